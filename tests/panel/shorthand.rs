//! The shorthand of modules, as installers write it, and what they are told where it is none.

use proptest::prelude::*;
use yingbi::{
    diagnostic::Explain,
    panel::{Modules, ModulesFault, PRESETS, Preset},
    units::Size,
};

fn modules(written: &str) -> String {
    match Modules::parse(written) {
        Ok(modules) => modules.to_string(),
        Err(fault) => panic!("{written:?}: {fault}"),
    }
}

/// The fault in both languages, and what to do.
fn told(written: &str) -> [String; 4] {
    let fault = Modules::parse(written).expect_err(written);
    let help = fault.help();
    [fault.chinese(), fault.to_string(), help.zh, help.en]
}

#[test]
fn a_name_a_name_with_its_size_or_a_size_alone_stand_before_the_numbers() {
    assert_eq!(modules("P10 10x2"), "32x16 10x2");
    assert_eq!(modules("P2.5 4x2"), "64x64 4x2");
    assert_eq!(modules("P2.5 128x64 2x2"), "128x64 2x2");
    assert_eq!(modules("32x16 10x2"), "32x16 10x2");
    assert_eq!(Modules::parse("P10 10x2").unwrap().size(), Size::new(320, 32));
    assert_eq!(Modules::parse("P10 10x2").unwrap().draw(), Some(84_000));
    assert_eq!(Modules::parse("32x16 10x2").unwrap().draw(), None);
}

#[test]
fn hands_write_the_same_in_many_ways() {
    for written in [
        "p10 10x2",
        "P10 10×2",
        "P10 10*2",
        "P10 10 x 2",
        "  P10\t10X2 ",
        "P 10 10x2",
        "P10.0 10x2",
        "Ｐ１０　１０×２",
        "P10，10＊2",
        "P10、10乘2",
        "P10 32x16 10x2",
        "32 × 16 10 × 2",
    ] {
        assert_eq!(modules(written), "32x16 10x2", "{written}");
    }
    for written in ["P4.75 2x1", "F3.75 2x1", "Φ3.75 2x1", "f3.75 64*32 2*1"] {
        assert_eq!(modules(written), "64x32 2x1", "{written}");
    }
    assert_eq!(modules("F5 2x1"), modules("P7.62 2x1"));
}

#[test]
fn the_common_modules_have_the_sizes_that_they_have_in_shops() {
    let sizes = |name: &str| {
        let boards = Preset::named(name).unwrap().boards.iter();
        boards.map(|board| board.size.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(sizes("P10"), ["32x16"]);
    assert_eq!(sizes("P4.75"), ["64x32", "64x16"]);
    assert_eq!(sizes("P7.62"), ["64x32"]);
    assert_eq!(sizes("P5"), ["64x32"]);
    assert_eq!(sizes("P4")[0], "64x32");
    assert_eq!(sizes("P3"), ["64x64"]);
    assert_eq!(sizes("P2.5"), ["64x64", "128x64"]);
    assert_eq!(sizes("P2")[0], "128x64");
}

#[test]
fn no_two_presets_share_a_name_and_none_draws_more_than_its_leds_could() {
    let names: Vec<&str> = PRESETS
        .iter()
        .flat_map(|preset| preset.also.iter().chain([&preset.name]))
        .copied()
        .collect();
    for name in &names {
        assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}");
    }
    for board in PRESETS.iter().flat_map(|preset| preset.boards) {
        // An LED of three chips takes 60 mA at most, and no module is without any.
        assert!((1..60 * board.size.leds() as u32).contains(&board.draws), "{board:?}");
    }
}

#[test]
fn a_name_that_is_not_known_brings_the_nearest_one_or_all() {
    let [zh, en, help, english] = told("P12 10x2");
    assert_eq!((&*zh, &*en), ("不认识模组“P12”", "no module \"P12\" is known"));
    assert_eq!((&*help, &*english), ("是否指 P10？", "did you mean P10?"));
    assert_eq!(told("P4.57 1x1")[3], "did you mean P4.75?");
    assert_eq!(told("F375 1x1")[3], "did you mean P4.75?");
    assert_eq!(told("P7 1x1")[3], "did you mean P8?");
    let [_, _, help, english] = told("LED 10x2");
    assert!(help.contains("已知型号：P10、P8"), "{help}");
    assert!(english.starts_with("known are P10, P8, P7.62"), "{english}");
}

#[test]
fn a_size_that_the_name_does_not_have_brings_those_that_it_has() {
    let [zh, en, help, english] = told("P2.5 32x16 2x2");
    assert_eq!(zh, "P2.5 没有 32x16 点的模组");
    assert_eq!(en, "no P2.5 has 32x16 LEDs");
    assert!(help.starts_with("P2.5 有 64x64、128x64；"), "{help}");
    assert!(english.starts_with("P2.5 has 64x64 or 128x64;"), "{english}");
}

#[test]
fn what_is_missing_too_much_or_nought_is_said_with_what_would_be_right() {
    assert_eq!(Modules::parse(" \t"), Err(ModulesFault::Nothing));
    assert_eq!(
        told("p10")[3],
        "add how many hang beside and above each other: \"P10 10x2\""
    );
    assert_eq!(told("32x16")[2], "在后面写“横排块数x竖排块数”，如 \"32x16 10x2\"");
    assert_eq!(told("P10 10")[1], "\"10\" is not two numbers with an x between");
    assert_eq!(told("P10 10x2x3")[0], "“10x2x3”不是“数字x数字”");
    assert_eq!(told("P10 -1x2")[1], "\"-1x2\" is not two numbers with an x between");
    assert_eq!(
        told("P10 0x2")[1],
        "\"0x2\" is nothing: both numbers must be at least 1"
    );
    assert!(told("P10 32x16 10x2 3x3")[1].contains("more parts"));
    assert!(told("P10 300x2")[1].contains("9600x32 LEDs; a screen has 8192"));
    assert!(told("P10 99999999999999999999x2")[1].contains("LEDs; a screen has 8192"));
    assert!(told("1x1 512x512")[1].contains("262144 modules"));
}

proptest! {
    #[test]
    fn whatever_is_written_is_either_modules_or_a_fault_that_says_what_to_do(
        written in "[pPfFΦ]? ?[0-9.]{0,5}[ ,　]?([0-9]{1,5}[x× *X]){0,3}[0-9]{0,3}.{0,2}",
    ) {
        match Modules::parse(&written) {
            Ok(modules) => {
                prop_assert!(modules.size().leds() > 0 && modules.count() <= Modules::MOST);
                // What is printed is read again, but for what it draws.
                let again = Modules::parse(&modules.to_string()).unwrap();
                prop_assert_eq!(again, Modules { draws: None, ..modules });
            }
            Err(fault) => prop_assert!(!fault.help().zh.is_empty() && !fault.help().en.is_empty()),
        }
    }
}

#[test]
fn a_refusal_repeats_no_more_of_what_was_written_than_a_line_holds() {
    let long = "q".repeat(5_000);
    for written in [
        format!("{long} 1x1"),
        format!("P10 {long}"),
        format!("1x1 {} {long}", "1x1"),
        format!("{}x1", "9".repeat(5_000)),
        format!("P10 0x{}", "9".repeat(5_000)),
        format!("1x1 1x1 {}x1", "9".repeat(5_000)),
    ] {
        let fault = Modules::parse(&written).unwrap_err();
        assert!(fault.to_string().chars().count() < 200, "{fault}");
        assert!(fault.chinese().chars().count() < 200 && fault.help().en.chars().count() < 400);
    }
}
