//! Faults of cards as a person writes them.

use std::time::Duration;

use yingbi::{
    controller::onbon::receiver::{Intrusion, Mischief, Other, Reboot, Refuses, Spell},
    diagnostic::Explain as _,
    simulator::{
        card::{CardFaults, Noise},
        controller::weather::{FaultsError, Odds},
    },
    units::Size,
};

fn read(text: &str) -> CardFaults {
    text.parse().unwrap()
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn every_fault_is_read_in_either_language() {
    let mischief = Mischief {
        refuses: Some(Refuses {
            code: 3,
            command: Some((0xa7, 0x00)),
            every: 5,
        }),
        busy: Some(Spell {
            from: seconds(10),
            long: seconds(10),
        }),
        slow: seconds(2),
        deaf: Some(Spell {
            from: seconds(30),
            long: Duration::MAX,
        }),
        reboot: Some(Reboot::AtByte(5000)),
        outage: seconds(1),
        lies: true,
        keeps_program: true,
        is_full: true,
        refuses_clock: true,
        lacks_parameters: true,
        wrong_type: Some([0x74, 0x01]),
        wrong_size: Some(Size::new(64, 16)),
        secret: Some(*b"123456"),
        others: vec![
            Other {
                at: seconds(30),
                what: Intrusion::Area,
            },
            Other {
                at: seconds(60),
                what: Intrusion::Off,
            },
        ],
    };
    let noise = Noise {
        lose: Odds::new(10_000),
        duplicate: Odds::new(20_000),
        corrupt: Odds::new(1_000),
        seed: 0,
    };
    let english = "nak=3@a700/5,busy=10s..20s,slow=2s,deaf=30s..,reboot-byte=5000,boot=1s,lies,stale,full,clock,bare,\
                   wrong-type=7401,wrong-size=64x16,secret=313233343536,other=off@60s+area@30s,\
                   loss=1%,duplicate=2%,corrupt=0.1%";
    assert_eq!(read(english), CardFaults { mischief, noise });
    let chinese = "拒绝=3@A700/5，忙=10s..20s，迟答=2s，失聪=30s..，断电字节=5000，启动=1s，谎报，旧节目，存满，拒绝校时，无屏参，\
                   错型号=7401，错尺寸=64x16，密码=313233343536，他人操作=off@60s+area@30s，丢字节=1%，重复=2%，误码=0.1%";
    assert_eq!(read(chinese), read(english));
    assert_eq!(read(""), CardFaults::default());
}

#[test]
fn power_comes_back_after_three_seconds_unless_told() {
    let mischief = read("reboot=60s").mischief;
    assert_eq!(
        (mischief.reboot, mischief.outage),
        (Some(Reboot::Every(seconds(60))), seconds(3))
    );
    assert_eq!(read("reboot-block=2").mischief.reboot, Some(Reboot::AfterBlocks(2)));
    assert_eq!("boot=1s".parse::<CardFaults>().unwrap_err(), FaultsError::Boot);
}

#[test]
fn what_is_not_understood_is_told_with_what_would_be_right() {
    for (text, told) in [
        ("lost=1%", "unknown fault \"lost\""),
        (
            "nak",
            "nak: \"\" is not an error, maybe with a command and a count, as 4, 3@a700, 5/3",
        ),
        (
            "nak=0",
            "nak: \"0\" is not an error, maybe with a command and a count, as 4, 3@a700, 5/3",
        ),
        (
            "nak=3@a7",
            "nak: \"3@a7\" is not an error, maybe with a command and a count, as 4, 3@a700, 5/3",
        ),
        ("lies=yes", "lies: \"yes\" is not a word by itself"),
        ("secret=1234", "secret: \"1234\" is not twelve hex digits"),
        (
            "other=area",
            "other: \"area\" is not what and when, as area@30s+off@60s, of area, delete, program, off, clock, dim",
        ),
        ("slow=0s", "slow: \"0s\" is not a time, as 60s"),
        ("full,full", "full is asked for twice"),
    ] {
        assert_eq!(text.parse::<CardFaults>().unwrap_err().to_string(), told, "{text}");
    }
    let unknown = "丢包=1%".parse::<CardFaults>().unwrap_err();
    assert!(unknown.help().zh.contains("loss（丢字节）"), "{}", unknown.help().zh);
}
