//! What is wrong is told, with a remedy, and stops nothing else.

use yingbi::{
    controller::onbon::{
        ANY,
        receiver::{Mischief, Refuses, Spell},
        session::Fault,
    },
    diagnostic::Explain,
    units::{Area, Size},
};

use super::rig::{Rig, dots, millis, picture, pushed, seconds, sheet};
use crate::support::dice::Dice;

const SIZE: Size = Size::new(64, 16);

/// The faults after a while with a card that does that, and whether it shows what it ought to.
fn with(mischief: Mischief) -> (Vec<Fault>, bool) {
    let mut rig = Rig::with("BX-6E2", SIZE, Some(57600), mischief);
    let mut dice = Dice(41);
    let mut shown = sheet(&rig, vec![pushed(SIZE.area(), &mut dice)]);
    shown.fallback = Some(dots(SIZE, &mut dice));
    rig.show(&shown);
    rig.run(seconds(30));
    let faults = rig.session.faults(rig.now);
    for fault in &faults {
        let help = fault.help();
        assert!(!help.zh.is_empty() && !help.en.is_empty() && !fault.chinese().is_empty());
    }
    (faults, rig.card.frame(rig.now) == picture(SIZE, &shown))
}

fn refusing(code: u8, group: u8, command: u8) -> Mischief {
    Mischief {
        refuses: Some(Refuses {
            code,
            command: Some((group, command)),
            every: 0,
        }),
        ..Mischief::default()
    }
}

#[test]
fn a_clock_that_is_refused_stops_no_picture() {
    let (faults, is_shown) = with(Mischief {
        refuses_clock: true,
        ..Mischief::default()
    });
    assert!(is_shown);
    assert!(faults.contains(&Fault::ClockRefused), "{faults:?}");
}

#[test]
fn what_is_refused_is_told_by_number_and_the_rest_goes_on() {
    for (group, command) in [
        (0xa2, 0x07),
        (0xa2, 0x08),
        (0xa2, 0x0f),
        (0xa1, 0x06),
        (0xa1, 0x02),
        (0xa2, 0x0e),
    ] {
        let (faults, is_shown) = with(refusing(2, group, command));
        assert!(is_shown, "{group:02x} {command:02x}: {faults:?}");
        let is_told = |fault: &Fault| matches!(fault, Fault::Refused { code: 2, .. });
        assert!(faults.iter().any(is_told), "{group:02x} {command:02x}: {faults:?}");
    }
}

// Fault 38, 87.
#[test]
fn a_card_that_is_not_the_one_meant_is_told() {
    let (faults, is_shown) = with(Mischief {
        wrong_type: Some([0x54, 0x01]),
        ..Mischief::default()
    });
    assert!(!is_shown);
    assert!(
        matches!(&faults[0], Fault::WrongType { found, goes_on: false, .. } if found == "BX-5E1"),
        "{faults:?}"
    );
    let (faults, is_shown) = with(Mischief {
        wrong_type: Some([0x74, 0x01]),
        ..Mischief::default()
    });
    assert!(is_shown);
    assert!(
        matches!(&faults[0], Fault::WrongType { goes_on: true, .. }),
        "{faults:?}"
    );
    let found = Size::new(96, 16);
    let (faults, is_shown) = with(Mischief {
        wrong_size: Some(found),
        ..Mischief::default()
    });
    assert!(is_shown);
    assert_eq!(faults, [Fault::WrongSize { expected: SIZE, found }]);
    // An area that it has no LEDs for follows from that, and is not told beside it.
    let found = Size::new(32, 16);
    let (faults, _) = with(Mischief {
        wrong_size: Some(found),
        ..Mischief::default()
    });
    assert_eq!(faults, [Fault::WrongSize { expected: SIZE, found }]);
}

// Fault 12.
#[test]
fn a_card_without_parameters_or_with_a_secret_is_told() {
    let (faults, _) = with(Mischief {
        lacks_parameters: true,
        ..Mischief::default()
    });
    assert_eq!(faults, [Fault::NoParameters]);
    let (faults, _) = with(Mischief {
        secret: Some(*b"secret"),
        ..Mischief::default()
    });
    assert!(matches!(faults[0], Fault::Secret { code: 20..=23 }), "{faults:?}");
}

// Fault 43.
#[test]
fn a_card_without_room_is_told() {
    let (faults, _) = with(Mischief {
        is_full: true,
        ..Mischief::default()
    });
    assert!(faults.contains(&Fault::MemoryFull { place: SIZE.area() }), "{faults:?}");
    assert!(
        faults.iter().any(|fault| matches!(fault, Fault::FlashFull { .. })),
        "{faults:?}"
    );
}

#[test]
fn a_card_that_is_busy_for_long_is_told_and_then_shown() {
    let spell = Spell {
        from: seconds(0),
        long: seconds(25),
    };
    let mischief = Mischief {
        busy: Some(spell),
        ..Mischief::default()
    };
    let mut rig = Rig::with("BX-5E1", SIZE, None, mischief);
    let shown = sheet(&rig, vec![pushed(SIZE.area(), &mut Dice(42))]);
    rig.show(&shown);
    rig.run(seconds(20));
    assert!(
        rig.session
            .faults(rig.now)
            .iter()
            .any(|fault| matches!(fault, Fault::Busy { .. }))
    );
    rig.run(seconds(10));
    assert_eq!(rig.card.frame(rig.now), picture(SIZE, &shown));
    assert_eq!(rig.session.faults(rig.now), []);
}

// Fault 38.
#[test]
fn silence_and_garbage_are_told_apart() {
    let mut rig = Rig::new("BX-6E2", SIZE, Some(9600));
    let shown = sheet(&rig, vec![pushed(SIZE.area(), &mut Dice(43))]);
    rig.card.power_cut(rig.now);
    rig.show(&shown);
    rig.run(seconds(20));
    let silent = Fault::Silent {
        number: 1,
        baud: Some(9600),
    };
    assert_eq!(rig.session.faults(rig.now), [silent]);
    let garbled = Fault::Garbled {
        number: 1,
        baud: Some(9600),
    };
    for second in 0..20 {
        use yingbi::controller::Controller;
        rig.session.handle(&[0x3c, 0xff, 0x81, 0xa5, 0x00], rig.now);
        rig.run(seconds(1));
        if second > 10 {
            assert_eq!(rig.session.faults(rig.now), std::slice::from_ref(&garbled), "{second}");
        }
    }
    let help = garbled.help();
    assert!(help.zh.contains("57600") && help.zh.contains("同一卡号"), "{}", help.zh);
    assert!(
        !help.zh.contains("9600 或") && !help.en.contains("9600 or"),
        "{}",
        help.en
    );
    rig.card.power_back(rig.now);
    rig.run(seconds(10));
    assert_eq!(rig.session.faults(rig.now), []);
}

#[test]
fn a_card_that_is_gone_is_told_as_gone_and_not_as_deaf_to_one_thing() {
    let mut rig = Rig::new("BX-6E2", SIZE, Some(57600));
    let shown = sheet(&rig, vec![pushed(SIZE.area(), &mut Dice(45))]);
    rig.show(&shown);
    rig.run(seconds(10));
    assert_eq!(rig.session.faults(rig.now), []);
    rig.card.power_cut(rig.now);
    for _ in 0..300 {
        rig.run(millis(100));
        let faults = rig.session.faults(rig.now);
        let is_deaf = |fault: &Fault| matches!(fault, Fault::Unheard { .. });
        assert!(!faults.iter().any(is_deaf), "{faults:?}");
    }
    assert!(matches!(rig.session.faults(rig.now)[..], [Fault::Silent { .. }]));
}

#[test]
fn a_card_without_a_number_is_told_without_one_and_its_generation_is_asked_for() {
    let silent = Fault::Silent {
        number: ANY,
        baud: None,
    };
    assert_eq!(silent.chinese(), "控制卡没有应答：一个字节也没有收到");
    assert_eq!(silent.to_string(), "the card does not answer: not one byte came back");
    assert!(silent.help().zh.contains("代数"), "{}", silent.help().zh);
    let seventh = Fault::Silent { number: 7, baud: None };
    assert_eq!(seventh.chinese(), "控制卡 7 没有应答：一个字节也没有收到");
}

#[test]
fn an_area_that_the_card_cannot_show_is_told_and_the_others_are_shown() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    let mut dice = Dice(44);
    let good = pushed(Area::new(0, 0, 32, 16), &mut dice);
    let beyond = pushed(Area::new(48, 0, 32, 16), &mut dice);
    let shown = sheet(&rig, vec![good.clone(), beyond]);
    rig.show(&shown);
    rig.run(seconds(5));
    assert_eq!(rig.card.areas().count(), 1);
    assert!(matches!(rig.session.faults(rig.now)[..], [Fault::Unfit { .. }]));
    let shown = sheet(&rig, vec![good]);
    rig.show(&shown);
    rig.run(seconds(5));
    assert_eq!(rig.session.faults(rig.now), []);
}
