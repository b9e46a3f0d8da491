//! Names of files that Windows, Samba and Linux all take.

use proptest::prelude::*;
use yingbi::{
    diagnostic::Language,
    feedback::{NAME_LIMIT, file_name},
};

fn name(text: &str) -> String {
    file_name(text, Language::Chinese)
}

/// What Microsoft's page on naming files refuses, written down anew.
fn is_taken_by_windows(name: &str) -> bool {
    let reserved = [
        "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1",
        "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    ];
    let stem = name.split('.').next().unwrap_or_default().to_uppercase();
    !name.is_empty()
        && !name.ends_with(['.', ' '])
        && !name.chars().any(|char| char < ' ' || "\\/:*?\"<>|".contains(char))
        && !reserved.contains(&stem.trim_end())
}

#[test]
fn titles_of_offices_stay_as_they_are() {
    for title in [
        "关于开展“清廉国资”建设的通知(最终版2)",
        "《示例省省属企业投资监督管理办法》要点",
        "2026年第1期",
        "Open day & guided tour",
    ] {
        assert_eq!(name(title), title);
    }
}

#[test]
fn signs_that_windows_refuses_become_their_full_width_forms() {
    assert_eq!(name("9:00/10:00 是否开会?"), "9：00／10：00 是否开会？");
    assert_eq!(name(r#"<a>|"b"*\"#), "＜a＞｜＂b＂＊＼");
}

#[test]
fn what_means_a_device_or_another_folder_does_not() {
    // Fault 67.
    for (text, expected) in [
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1", "_com1"),
        ("COM10", "COM10"),
        ("..", "无题"),
        ("../../etc/passwd", "／..／etc／passwd"),
        ("", "无题"),
        (" . ", "无题"),
        ("结束。。。...", "结束。。。"),
        ("上\u{202e}下\u{0}\n左", "上下 左"),
    ] {
        assert_eq!(name(text), expected, "{text:?}");
    }
    assert_eq!(file_name("", Language::English), "untitled");
}

proptest! {
    #[test]
    fn every_text_makes_a_name_that_windows_takes(text in "\\PC{0,120}|.{0,60}|[./\\\\: *conulpt1-9]{0,12}") {
        let name = name(&text);
        prop_assert!(is_taken_by_windows(&name), "{:?} from {:?}", name, text);
        prop_assert!(name.len() <= NAME_LIMIT + 1 && name.chars().count() <= 255);
        prop_assert!(!name.starts_with(['.', '~']));
    }
}
