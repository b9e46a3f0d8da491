//! Faults as a person asks for them.

use std::time::Duration;

use yingbi::{
    diagnostic::Explain as _,
    simulator::controller::weather::{Faults, FaultsError, Odds, Reboot, Window},
    units::Size,
};

fn read(text: &str) -> Faults {
    text.parse().unwrap()
}

fn wrong(text: &str) -> FaultsError {
    text.parse::<Faults>().unwrap_err()
}

#[test]
fn all_faults_are_read_at_once() {
    let all = read(
        "loss=5%,delay=30ms,jitter=20ms,reorder=2%,duplicate=1%,corrupt=0.1%,reboot=60s,boot=1.5s,silent=10s..20s,stale,wrong-size=64x32",
    );
    let expected = Faults {
        loss: Odds::new(50_000),
        duplicate: Odds::new(10_000),
        reorder: Odds::new(20_000),
        corrupt: Odds::new(1000),
        delay: Duration::from_millis(30),
        jitter: Duration::from_millis(20),
        reboot: Some(Reboot {
            every: Duration::from_secs(60),
            takes: Duration::from_millis(1500),
        }),
        silent: Some(Window {
            from: Duration::from_secs(10),
            until: Some(Duration::from_secs(20)),
        }),
        stale: Some(Window::ALWAYS),
        wrong_size: Some(Size::new(64, 32)),
    };
    assert_eq!(all, expected);
}

#[test]
fn the_words_may_be_chinese_and_spaced_as_people_do() {
    assert_eq!(
        read("丢包=5%，重启=2m, 旧画面=1s.."),
        read("loss=5%,reboot=120s,stale=1s..")
    );
    assert_eq!(read(" loss = 5 %  , "), read("loss=5"));
    assert_eq!(read(""), Faults::default());
}

#[test]
fn what_is_wrong_is_named_with_what_would_be_right() {
    let unknown = wrong("lose=5%");
    assert_eq!(unknown.to_string(), "unknown fault \"lose\"");
    assert!(unknown.help().en.starts_with("known faults: loss, duplicate, reorder,"));
    assert!(unknown.help().zh.contains("loss（丢包）"));
    let value = wrong("delay=fast");
    assert_eq!(
        value.to_string(),
        "delay: \"fast\" is not a time of at most 10s, as 30ms"
    );
    assert_eq!(value.chinese(), "delay：“fast”不是不超过 10s 的时长，如 30ms");
    assert_eq!(wrong("loss=1%,loss=2%"), FaultsError::Twice { word: "loss" });
    assert_eq!(wrong("boot=1s"), FaultsError::Boot);
}

#[test]
fn values_out_of_bounds_are_refused() {
    for text in [
        "loss=101%",
        "loss=-1%",
        "loss=0.00001%",
        "loss",
        "loss=",
        "delay=11s",
        "delay=5",
        "jitter=1.2345s",
        "reboot=0s",
        "reboot",
        "silent=20s..10s",
        "silent=10s..10s",
        "silent=10s",
        "silent",
        "stale=soon",
        "wrong-size=0x4",
        "wrong-size=9000x4",
        "wrong-size=4",
        "delay=99999999999999999999h",
    ] {
        assert!(matches!(wrong(text), FaultsError::Value { .. }), "{text}");
    }
}
