//! A clerk mistypes, three times over: the wall never shows it, the share says what is wrong.

use std::{
    fs,
    io::Cursor,
    thread,
    time::{Duration, Instant},
};

use super::hall::{Hall, PATIENCE_OF_CLERK, Pictures};

const SITE: &str = r#"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[contact]
name = "办公室值班室"
phone = "0000-00001234"

[[column]]
id = "notices"
title = "通知公告"

[[screen]]
id = "strip"
width = 320
height = 32
rate = 50
colour = "red"
brightness = 100
night = { level = 100 }

[[screen.zone]]
id = "main"
"#;

const PLAYLIST: &str = "title = \"门头条屏\"\n[[play]]\ncolumn = \"notices\"\ndwell = \"2s\"\n";
const ITEM: &str = "标题：办公楼周五消防演练\r\n发布：2026年5月8日\r\n\r\n请各处室按时参加\r\n";

/// A mistake of each kind, and the words by which the list has to name it.
const MISTAKES: [(&str, &str, &str, &[&str]); 3] = [
    (
        "items/通知公告/演练.txt",
        ITEM,
        "标题：办公楼周五消防演练\r\n下屏：2026-02-30\r\n\r\n请各处室按时参加\r\n",
        &["items/通知公告/演练.txt", "第 2 行", "2026-02-30"],
    ),
    (
        "strip.toml",
        PLAYLIST,
        "title＝“门头条屏”\n[[play]]\ncolumn = \"notices\"\ndwell = \"2s\"\n",
        &["strip.toml", "第 1 行", "＝"],
    ),
    (
        "items/通知公告/演练.txt",
        ITEM,
        "标题：办公楼周五消防演练\r\n\r\n请\u{2f8ff}处室按时参加\r\n",
        &["items/通知公告/演练.txt", "第 3 行", "\u{2f8ff}", "U+2F8FF"],
    ),
];

// Fault 21. Fault 60.
#[test]
fn what_is_mistyped_never_reaches_the_wall_and_is_told_on_the_share() {
    let mut hall = Hall::open(SITE, &[("strip.toml", PLAYLIST), ("items/通知公告/演练.txt", ITEM)]);
    let good = Pictures::of(&hall.wall());
    hall.waits_for(&good);
    until_the_list_says(&mut hall, &good, &["没有问题"]);
    for (path, sound, mistake, words) in MISTAKES {
        hall.write(path, mistake.as_bytes());
        until_the_list_says(&mut hall, &good, words);
        until_the_list_says(&mut hall, &good, &["处理：", "办公室值班室", "0000-00001234"]);
        hall.write(path, sound.as_bytes());
        let took = until_the_list_says(&mut hall, &good, &["没有问题"]);
        eprintln!("{path}: no problem any more {took:?} after it was mended");
    }
    the_picture_on_the_share_is_what_preview_shows(&hall);
}

/// Waits until the list has all `words`, while the wall shows nothing but what is `good`; how long that took.
fn until_the_list_says(hall: &mut Hall, good: &Pictures, words: &[&str]) -> Duration {
    let begin = Instant::now();
    loop {
        let picture = hall.picture().unwrap();
        assert!(good.have(&picture), "the wall shows something else");
        let list = fs::read(hall.path().join("反馈/问题清单.txt")).unwrap_or_default();
        if is_for_windows(&list) && words.iter().all(|word| String::from_utf8_lossy(&list).contains(word)) {
            return begin.elapsed();
        }
        let list = String::from_utf8_lossy(&list);
        assert!(begin.elapsed() < PATIENCE_OF_CLERK, "{words:?} is never said:\n{list}");
        thread::sleep(Duration::from_millis(20));
    }
}

/// Whether it begins with a mark of UTF-8, and every line ends with CR and LF; nothing was written yet where it is empty.
fn is_for_windows(list: &[u8]) -> bool {
    if list.is_empty() {
        return false;
    }
    assert!(list.starts_with(&[0xEF, 0xBB, 0xBF]), "no mark of UTF-8");
    let text = std::str::from_utf8(list).unwrap();
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    true
}

fn the_picture_on_the_share_is_what_preview_shows(hall: &Hall) {
    // The next one is of files that have been good for a while.
    thread::sleep(Duration::from_secs(8));
    let bytes = fs::read(hall.path().join("反馈/现在屏幕.png")).unwrap();
    let (pixels, instant) = pixels(&bytes);
    let instant = instant.expect("it says since when it is shown");
    let preview = hall.state.path().join("preview.png");
    hall.ask(
        "preview",
        &["--today", "--at", &instant, "-o", preview.to_str().unwrap()],
    );
    assert_eq!(pixels, self::pixels(&fs::read(preview).unwrap()).0, "at {instant}");
}

/// The pixels of a picture as RGB, and the instant that it bears.
fn pixels(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    pixels.truncate(info.buffer_size());
    let mut texts = reader.info().uncompressed_latin1_text.iter();
    let plain = texts
        .find(|text| text.keyword == "Instant")
        .map(|text| text.text.clone());
    let mut texts = reader.info().utf8_text.iter();
    let wide = texts
        .find(|text| text.keyword == "Instant")
        .and_then(|text| text.get_text().ok());
    (pixels, plain.or(wide))
}
