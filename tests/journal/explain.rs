//! `yingbi explain --at`: what was on the wall, on what authority, in both languages.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;
use yingbi::{
    units::Tick,
    wall::history::{Event, Held, Holding},
};

use super::hall::{Hall, after, files, instant};
use crate::support::site::Files;

/// Runs the program in that language.
pub(super) fn yingbi(language: &str, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["--lang", language])
        .args(arguments)
        .output()
        .expect("the program runs")
}

pub(super) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub(super) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The files in a folder of their own.
pub(super) fn folder(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), files);
    folder
}

pub(super) fn write(folder: &Path, files: &Files) {
    for source in files.sources() {
        let path = folder.join(&*source.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source.bytes.unwrap()).unwrap();
    }
}

pub(super) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A site on the disk that was played from 10:00:00 until 10:01:30, with a change at 10:01:01, and then changed in every file.
pub(super) fn hall() -> (TempDir, Hall) {
    let first = files();
    let site = folder(&first);
    let canonical = site.path().canonicalize().unwrap();
    let mut hall = Hall::of(text(&canonical), &first, after(0));
    hall.play(after(0), after(61));
    hall.change(&first.clone().item("乙", "乙改动后", "5s"), after(61));
    hall.play(after(61), after(90));
    hall.note(after(90), Event::Ended);
    let other = Files::plain().item("别的", "别的事项", "4s");
    fs::remove_dir_all(site.path().join("items")).unwrap();
    fs::remove_file(site.path().join("pages.toml")).unwrap();
    fs::remove_file(site.path().join("ticker.toml")).unwrap();
    write(site.path(), &other);
    (site, hall)
}

pub(super) fn explain(language: &str, site: &Path, state: &Path, more: &[&str]) -> Output {
    let arguments = [&["explain", text(site), "--state", text(state)], more].concat();
    yingbi(language, &arguments)
}

/// The digest of the programme that ran at `tick`, in twelve digits.
fn ran(hall: &Hall, tick: Tick) -> String {
    super::hall::replay(hall.state.path(), tick).wall().digest().short()
}

#[test]
fn every_file_may_change_and_yesterday_is_still_told_by_digest() {
    let (site, hall) = hall();
    let output = explain(
        "en",
        site.path(),
        hall.state.path(),
        &["--at", "2024-05-15 10:00:30", "--zone", "main"],
    );
    assert_eq!(stderr(&output), "");
    let expected = format!(
        "\
2024-05-15 10:00:30, by the journal: programme {}, accepted 2024-05-15 10:00:00, on the wall since 2024-05-15 10:00:00; the daemon running since 2024-05-15 10:00:00
lobby  lobby  96x48
  brightness: 40 % (usual)
  main  乙 [通知/乙]  page 1/1, 2024-05-15 10:00:27 until 2024-05-15 10:00:32
      from: items/通知/乙.md, playlist pages.toml (routine)
      why: the playlist \"pages\" is always open, and \"routine\" is the highest priority here now
      set: size 16, 1 page
      next: 甲 [通知/甲]  page 1/1, 2024-05-15 10:00:32 until 2024-05-15 10:00:36
",
        ran(&hall, after(30))
    );
    assert_eq!(stdout(&output), expected);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn the_same_is_told_in_chinese() {
    let (site, hall) = hall();
    let output = explain(
        "zh",
        site.path(),
        hall.state.path(),
        &["--at", "2024-05-15 10:00:30", "--zone", "main"],
    );
    assert_eq!(stderr(&output), "");
    let expected = format!(
        "\
2024-05-15 10:00:30，据播出记录，节目 {}，2024-05-15 10:00:00 采用，2024-05-15 10:00:00 起播出；程序自 2024-05-15 10:00:00 起运行
lobby  lobby  96x48
  亮度：40 %（平时）
  main  乙 [通知/乙]  第 1/1 页，2024-05-15 10:00:27 至 2024-05-15 10:00:32
      来自：items/通知/乙.md，节目单 pages.toml（日常）
      原因：节目单“pages”全天开放，“日常”级在此区域为当前最高
      版面：字号 16 点，1 页
      其后：甲 [通知/甲]  第 1/1 页，2024-05-15 10:00:32 至 2024-05-15 10:00:36
",
        ran(&hall, after(30))
    );
    assert_eq!(stdout(&output), expected);
}

#[test]
fn where_a_zone_still_shows_the_programme_before_its_page_ends_at_the_change() {
    let (site, hall) = hall();
    let output = explain(
        "en",
        site.path(),
        hall.state.path(),
        &["--at", "2024-05-15 10:01:02", "--zone", "main"],
    );
    let said = stdout(&output);
    let first = said.lines().next().unwrap();
    assert!(
        first.contains(&ran(&hall, after(62)))
            && first.contains("accepted 2024-05-15 10:01:01, on the wall since 2024-05-15 10:01:01"),
        "{said}"
    );
    for line in [
        "  main  甲 [通知/甲]  page 1/1, 2024-05-15 10:00:59 until 2024-05-15 10:01:03",
        // The new programme takes over where that page ends.
        "      next: 乙改动后 [通知/乙]  page 1/1, 2024-05-15 10:01:03 until 2024-05-15 10:01:08",
    ] {
        assert!(said.lines().any(|one| one == line), "{line} is not in:\n{said}");
    }
}

#[test]
fn a_site_that_can_no_longer_be_read_at_all_has_its_past_nevertheless() {
    let (site, hall) = hall();
    fs::write(site.path().join("site.toml"), "title = 3\n").unwrap();
    let at = ["--at", "2024-05-15 10:00:30"];
    let bad = explain("en", site.path(), hall.state.path(), &at);
    assert!(stdout(&bad).contains("by the journal: programme"), "{}", stderr(&bad));
    let path = site.path().canonicalize().unwrap();
    drop(site);
    let gone = explain("en", &path, hall.state.path(), &at);
    assert_eq!(stdout(&gone), stdout(&bad));
}

#[test]
fn the_files_of_today_answer_where_the_journal_cannot_and_it_is_said_why() {
    let (site, hall) = hall();
    let empty = TempDir::new().unwrap();
    let elsewhere = folder(&files());
    let path = site.path().canonicalize().unwrap();
    let path = text(&path);
    for (site, state, at, zh, en) in [
        (
            site.path(),
            hall.state.path(),
            "2199-01-01",
            "（此刻尚未到来）",
            " (this is still to come)",
        ),
        (
            site.path(),
            empty.path(),
            "2024-05-15 10:00:30",
            "（没有播出记录）",
            " (there is no journal)",
        ),
        (
            site.path(),
            hall.state.path(),
            "2024-05-15 09:00",
            "（播出记录自 2024-05-15 10:00:00 起）",
            " (the journal begins at 2024-05-15 10:00:00)",
        ),
        (
            elsewhere.path(),
            hall.state.path(),
            "2024-05-15 10:00:30",
            &format!("（播出记录属于另一站点 {path}）"),
            &format!(" (the journal is that of another site, {path})"),
        ),
    ] {
        let (zh, en) = (format!("，按今天的文件{zh}"), format!(", by today's files{en}"));
        for (language, words) in [("zh", zh), ("en", en)] {
            let output = explain(language, site, state, &["--at", at]);
            let said = stdout(&output);
            let first = said.lines().next().unwrap_or_default();
            assert!(
                first.ends_with(&words),
                "{words} is not the end of {first}\n{}",
                stderr(&output)
            );
            assert!(said.lines().count() > 2, "{said}");
        }
    }
}

#[test]
fn today_can_be_asked_for_though_the_journal_knows() {
    let (site, hall) = hall();
    let at = ["--at", "2024-05-15 10:00:30", "--today"];
    let output = yingbi("en", &[&["explain", text(site.path())], &at[..]].concat());
    let said = stdout(&output);
    assert_eq!(said.lines().next(), Some("2024-05-15 10:00:30, by today's files"));
    assert!(said.contains("[通知/别的]"), "{said}");
    drop(hall);
}

#[test]
fn while_no_daemon_was_running_that_is_said_first() {
    let (site, mut hall) = hall();
    hall.boot(&files(), after(600));
    hall.play(after(600), after(601));
    let at = ["--at", "2024-05-15 10:05"];
    let output = explain("en", site.path(), hall.state.path(), &at);
    assert_eq!(
        stdout(&output).lines().next(),
        Some(
            "2024-05-15 10:05:00, by the journal: the daemon was not running from 2024-05-15 10:01:30 until 2024-05-15 10:10:00. \
             What follows is by today's files: what would have been shown"
        )
    );
    let output = explain("zh", site.path(), hall.state.path(), &at);
    assert_eq!(
        stdout(&output).lines().next(),
        Some(
            "2024-05-15 10:05:00，据播出记录，程序没有运行（2024-05-15 10:01:30 至 2024-05-15 10:10:00）。以下按今天的文件，为本应显示的内容"
        )
    );
}

#[test]
fn held_frames_and_another_program_are_noted() {
    let (site, mut hall) = hall();
    let held = |frames, why| Held {
        since: instant(after(20)),
        until: instant(after(40)),
        frames,
        why,
    };
    hall.boot(&files(), after(0));
    hall.play(after(0), after(50));
    for (frames, why) in [(3, Holding::Painting), (1, Holding::Late)] {
        hall.note(after(50), Event::Held("lobby".into(), held(frames, why)));
    }
    let output = explain("en", site.path(), hall.state.path(), &["--at", "2024-05-15 10:00:30"]);
    let said = stdout(&output);
    for line in [
        "  note: 3 frame(s) between 2024-05-15 10:00:20 and 2024-05-15 10:00:40 were not shown, and the one before was held: they could not be painted",
        "  note: 1 frame(s) between 2024-05-15 10:00:20 and 2024-05-15 10:00:40 were not shown, and the one before was held: they came too late",
    ] {
        assert!(said.lines().any(|one| one == line), "{line} is not in:\n{said}");
    }
    let later = explain("en", site.path(), hall.state.path(), &["--at", "2024-05-15 10:00:41"]);
    assert!(!stdout(&later).contains("note:"), "{}", stdout(&later));
}

#[test]
fn a_clock_that_could_not_be_believed_is_noted() {
    let (site, mut hall) = hall();
    hall.boot(&files(), after(0));
    hall.believe(Some("2024-05-16T00:00:00Z".parse().unwrap()), after(0));
    hall.play(after(0), after(50));
    let at = ["--at", "2024-05-15 10:00:30"];
    for (language, words) in [
        (
            "en",
            "  note: the clock could not be believed (it stood below 2024-05-16 08:00:00): only what bears no date was played\n",
        ),
        (
            "zh",
            "  注意：当时时钟不可信（早于 2024-05-16 08:00:00），只播不带日期的内容\n",
        ),
    ] {
        let said = stdout(&explain(language, site.path(), hall.state.path(), &at));
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn a_programme_of_another_version_is_noted() {
    let (site, hall) = hall();
    let path = hall.state.path().join("journal.jsonl");
    let lines = fs::read_to_string(&path).unwrap();
    let older = lines.lines().map(|line| {
        let (body, _) = line.rsplit_once(",\"sum\"").unwrap();
        let body = body.replace(
            &format!("\"version\":\"{}\"", env!("CARGO_PKG_VERSION")),
            "\"version\":\"0.0.7\"",
        );
        let sum = yingbi::units::Digest::of(body.as_bytes()).to_string();
        format!("{body},\"sum\":\"{}\"}}\n", &sum[..8])
    });
    fs::write(&path, older.collect::<String>()).unwrap();
    let output = explain("en", site.path(), hall.state.path(), &["--at", "2024-05-15 10:00:30"]);
    assert!(
        stdout(&output).contains("  note: it was played by version 0.0.7 with time zones 20"),
        "{}",
        stdout(&output)
    );
    let output = explain("zh", site.path(), hall.state.path(), &["--at", "2024-05-15 10:00:30"]);
    assert!(
        stdout(&output).contains("  注意：当时由 0.0.7（时区数据 20"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn a_programme_whose_files_are_gone_is_named_and_what_is_missing_is_said() {
    let (site, hall) = hall();
    let item = files().sources()[0].digest.to_string();
    let object = hall.state.path().join("objects").join(&item[..2]).join(&item[2..]);
    fs::remove_file(object).unwrap();
    let digest = ran_digest(&hall);
    let output = explain("en", site.path(), hall.state.path(), &["--at", "2024-05-15 10:00:30"]);
    assert!(stdout(&output).contains(&format!("by the journal: programme {digest}, accepted")));
    let said = stderr(&output);
    assert!(
        said.contains(&format!(
            "{} of the programme {digest} is missing from the state folder, or damaged there",
            files().sources()[0].path
        )),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(1));
}

/// The digest of the first programme, in twelve digits, from the journal's text.
fn ran_digest(hall: &Hall) -> String {
    let text = fs::read_to_string(hall.state.path().join("journal.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(text.lines().nth(1).unwrap()).unwrap();
    line["digest"].as_str().unwrap()[..12].to_owned()
}

#[test]
fn damaged_lines_are_counted() {
    let (site, hall) = hall();
    let path = hall.state.path().join("journal.jsonl");
    let mut text = fs::read_to_string(&path)
        .unwrap()
        .replacen("\"frames\"", "\"frame\"", 1);
    text = text.replacen("\"rate\":10", "\"rate\":11", 1);
    fs::write(&path, text + "{\"v\":1,").unwrap();
    let at = ["--at", "2024-05-15 10:01:20"];
    let output = explain("en", site.path(), hall.state.path(), &at);
    assert_eq!(stderr(&output), "2 damaged line(s) of the journal were left out\n");
    let output = explain("zh", site.path(), hall.state.path(), &at);
    assert_eq!(stderr(&output), "播出记录中有 2 行已损坏，未予采用\n");
}

#[test]
fn what_gives_way_and_the_dark_are_told() {
    let (site, _hall) = hall();
    let notice = "priority = \"notice\"\n[[when]]\nstart = \"10:00\"\nend = \"10:05\"\n[[play]]\nclock = true\n";
    let whole =
        "priority = \"alert\"\nzones = \"*\"\n[[when]]\nstart = \"10:06\"\nend = \"10:07\"\n[[play]]\nclock = true\n";
    write(
        site.path(),
        &files().with("notice.toml", notice).with("whole.toml", whole),
    );
    let at = |time: &str| {
        let output = yingbi("en", &["explain", text(site.path()), "--today", "--at", time]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        stdout(&output)
    };
    let beaten = at("2024-05-15 10:01");
    for line in [
        "  main  时钟 [clock]  page 1/1, 2024-05-15 10:01:00 until 2024-05-15 10:02:00",
        "      from: playlist notice.toml (notice)",
        "      why: the playlist \"notice\" is open from 2024-05-15 10:00 to 2024-05-15 10:05, and \"notice\" is the highest priority here now",
    ] {
        assert!(beaten.lines().any(|one| one == line), "{line} is not in:\n{beaten}");
    }
    let gives_way = |line: &str| line.starts_with("      gives way: playlist ") && line.contains(" (routine): ");
    assert!(beaten.lines().any(gives_way), "{beaten}");
    let covered = at("2024-05-15 10:06");
    assert!(covered.contains("  (covered by the whole screen's)\n"), "{covered}");
    assert!(covered.contains("  *  时钟 [clock]"), "{covered}");
    let dark = at("2024-05-15 10:11");
    assert!(
        dark.ends_with("  dark: outside the lit hours, until 2024-05-15 10:12:00\n"),
        "{dark}"
    );
}

#[test]
fn as_json_every_line_is_an_object_with_the_documented_names() {
    let (site, hall) = hall();
    let at = ["--at", "2024-05-15 10:00:30", "--json"];
    let output = explain("en", site.path(), hall.state.path(), &at);
    let lines: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let zones: Vec<_> = lines.iter().map(|line| line["zone"].as_str().unwrap()).collect();
    assert_eq!(zones, ["main", "ticker"]);
    let main = &lines[0];
    assert_eq!(main["authority"], "journal");
    assert_eq!(main["programme"].as_str().unwrap()[..12], ran_digest(&hall));
    assert_eq!(main["accepted"], "2024-05-15T10:00:00+08:00");
    assert_eq!(main["now"]["item"], "通知/乙");
    assert_eq!(main["now"]["until"], "2024-05-15T10:00:32+08:00");
    let help = stdout(&yingbi("en", &["explain", "--help"]));
    let now = main["now"].as_object().unwrap();
    for name in main.as_object().unwrap().keys().chain(now.keys()) {
        let is_named = help
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == name);
        assert!(is_named, "{name} is not in the help");
    }
}

#[test]
fn a_screen_or_zone_that_is_not_there_is_wrong_usage() {
    let (site, hall) = hall();
    for (option, message) in [
        (["--screen", "strip"], "there is no screen \"strip\""),
        (["--zone", "left"], "there is no zone \"left\""),
    ] {
        let more = [&["--at", "2024-05-15 10:00:30"], &option[..]].concat();
        let output = explain("en", site.path(), hall.state.path(), &more);
        assert!(stderr(&output).contains(message), "{}", stderr(&output));
        assert_eq!(output.status.code(), Some(2));
    }
}
