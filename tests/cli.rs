//! The command line as a person uses it: what it prints, what it leaves behind, how it ends.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;
use yingbi::{frame::Frame, wall::Projector};

use crate::support::site::Files;

/// Runs the program on its own, in English, without colour.
fn yingbi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["--lang", "en"])
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The files in a folder of their own.
fn folder(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for source in files.sources() {
        let path = folder.path().join(&*source.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source.bytes.unwrap()).unwrap();
    }
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn check_of_a_good_site_counts_what_is_there_and_ends_with_0() {
    let site = folder(&Files::plain().item("甲", "甲", "4s"));
    let output = yingbi(&["check", text(site.path())]);
    assert_eq!(stderr(&output), "no problems: 1 screen(s), 1 item(s)\n");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn check_lists_from_when_until_when_each_item_may_show_and_why() {
    let site = folder(
        &Files::plain()
            .with(
                "items/通知/a.md",
                "+++\npublished = 2026-09-28\nposting = 5\n+++\n甲\n\n甲\n",
            )
            .with("items/通知/b.md", "乙\n\n乙\n")
            .with(
                "items/通知/c.md",
                "+++\nfrom = \"2026-05-08 08:30\"\nuntil = \"2026-05-08 17:00\"\n+++\n丙\n\n丙\n",
            ),
    );
    let output = yingbi(&["check", text(site.path())]);
    assert_eq!(
        stdout(&output),
        "2026-09-28 00:00 – 2026-10-05 24:00  通知/a  甲  (posted for 5 working day(s) counted from the day after publication: 2026-09-29 to 2026-10-05)\n\
         always – no end  通知/b  乙  (no end)\n\
         2026-05-08 08:30 – 2026-05-08 17:00  通知/c  丙  (its own \"until\")\n\
         lobby/main  one round takes 3 s, 1 item(s) (today from 00:00, routine)\n",
    );
    let output = yingbi(&["check", "--json", text(site.path())]);
    let first: serde_json::Value = serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    assert_eq!(first["item"], "通知/a");
    assert_eq!(first["until"], "2026-10-06T00:00:00+08:00");
    assert_eq!(first["why_zh"], "公示5个工作日，次日起算：2026-09-29 至 2026-10-05");
}

#[test]
fn check_names_every_problem_with_place_and_remedy_and_ends_with_1() {
    let site = folder(&Files::plain().with("items/通知/甲.md", "+++\ntitel = \"甲\"\n+++\n正文\n"));
    let output = yingbi(&["check", text(site.path())]);
    let said = stderr(&output);
    for part in [
        "error: unknown key \"titel\"; did you mean \"title\"?",
        "--> items/通知/甲.md:2:1",
        "help: ",
        "1 error(s), 0 warning(s)",
    ] {
        assert!(said.contains(part), "{part:?} in:\n{said}");
    }
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn check_speaks_chinese_where_it_is_asked_to() {
    let site = folder(&Files::plain().without("site.toml").with("site.toml", "title = 3\n"));
    let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["--lang", "zh", "check", text(site.path())])
        .output()
        .unwrap();
    let said = stderr(&output);
    assert!(said.contains("错误") && said.contains("site.toml:1:9"), "{said}");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn check_as_json_is_one_object_a_line_with_stable_names() {
    let site = folder(
        &Files::plain()
            .item("a", "甲", "5s")
            .with("b.toml", "[[play]]\nitem = \"无\"\n"),
    );
    let output = yingbi(&["check", "--json", text(site.path())]);
    let line: serde_json::Value = serde_json::from_str(stdout(&output).lines().next().unwrap()).unwrap();
    let mut names: Vec<&String> = line.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "column",
            "file",
            "help",
            "help_zh",
            "line",
            "message",
            "message_zh",
            "severity"
        ]
    );
    assert_eq!(
        (&line["file"], &line["line"], &line["column"]),
        (&"b.toml".into(), &2.into(), &8.into())
    );
}

#[test]
fn a_folder_that_is_not_there_is_no_input() {
    let output = yingbi(&["check", "no-such-folder"]);
    assert!(stderr(&output).contains("no-such-folder"), "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(66));
}

#[test]
fn a_site_that_cannot_be_used_is_a_wrong_configuration() {
    let site = folder(&Files::plain().with("site.toml", "title = 3\n"));
    let output = yingbi(&["timeline", text(site.path())]);
    assert!(
        stderr(&output).contains("the site cannot be used"),
        "{}",
        stderr(&output)
    );
    assert_eq!(output.status.code(), Some(78));
}

#[test]
fn preview_writes_the_picture_that_the_projector_paints() {
    let files = Files::plain()
        .item("甲", "关于开展工作的通知", "4s")
        .item("乙", "乙", "4s");
    let site = folder(&files);
    let file = site.path().join("wall.png");
    let output = yingbi(&[
        "preview",
        text(site.path()),
        "--at",
        "2026-05-15T10:00:05+08:00",
        "-o",
        text(&file),
    ]);
    assert_eq!((stderr(&output), output.status.code()), (String::new(), Some(0)));
    let mut projector = Projector::new(files.wall(), 0);
    let mut painted = Frame::new(projector.size());
    projector.paint(
        projector.rate().tick_at("2026-05-15T10:00:05+08:00".parse().unwrap()),
        &mut painted,
    );
    let mut reader = png::Decoder::new(std::io::Cursor::new(fs::read(&file).unwrap()))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    assert_eq!(bytes, painted.bytes());
}

#[test]
fn preview_of_civil_time_is_that_of_the_sites_zone() {
    let site = folder(&Files::plain().item("甲", "甲", "4s").item("乙", "乙", "4s"));
    let picture = |at: &str| {
        let file = site.path().join("wall.png");
        let output = yingbi(&["preview", text(site.path()), "--at", at, "-o", text(&file)]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        fs::read(file).unwrap()
    };
    assert_eq!(picture("2026-05-15 10:00:05"), picture("2026-05-15T02:00:05Z"));
    assert_ne!(picture("2026-05-15 10:00:05"), picture("2026-05-15T10:00:01"));
}

#[test]
fn preview_refuses_a_picture_of_no_kind_a_time_that_is_none_and_a_screen_that_is_not_there() {
    let site = folder(&Files::plain().item("甲", "甲", "4s"));
    for (arguments, message) in [
        (
            ["-o", "wall.bmp", "--at", "10:00"],
            "cannot tell what kind of picture wall.bmp shall be",
        ),
        (
            ["-o", "wall.png", "--at", "yesterday"],
            "cannot read the time \"yesterday\"",
        ),
        (["-o", "wall.png", "--screen", "hall"], "there is no screen \"hall\""),
        (["-o", "wall.gif", "--for", "1x"], "cannot read the length \"1x\""),
    ] {
        let output = yingbi(&[&["preview", text(site.path())][..], &arguments[..]].concat());
        assert!(
            stderr(&output).contains(message),
            "{message:?} in:\n{}",
            stderr(&output)
        );
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn a_timeline_has_no_gap_and_names_the_dark() {
    let lit = "\n[[screen.lit]]\nstart = \"08:00\"\nend = \"18:00\"\n";
    let screen = crate::support::site::PLAIN.replace("[[screen.zone]]", &format!("{lit}\n[[screen.zone]]"));
    let site = folder(
        &Files::plain()
            .with("site.toml", screen)
            .item("甲", "甲", "4s")
            .item("乙", "乙", "3s"),
    );
    let output = yingbi(&[
        "timeline",
        text(site.path()),
        "--from",
        "2026-05-15T17:59:50+08:00",
        "--until",
        "2026-05-15T18:00:10+08:00",
        "--json",
    ]);
    let rows: Vec<serde_json::Value> = stdout(&output)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.first().unwrap()["since"], "2026-05-15T17:59:50+08:00");
    assert!(
        rows.windows(2).all(|pair| pair[0]["until"] == pair[1]["since"]),
        "{rows:#?}"
    );
    let dark = rows.last().unwrap();
    assert_eq!(
        (&dark["since"], &dark["until"], &dark["dark"]),
        (
            &"2026-05-15T18:00:00+08:00".into(),
            &"2026-05-15T18:00:10+08:00".into(),
            &"outside the lit hours".into()
        )
    );
}

#[test]
fn explain_says_on_which_rung_of_the_ladder_an_item_stands() {
    let tall = crate::support::site::PLAIN.replace("height = 32", "height = 96");
    let body = "请各处室、各直属单位认真抓好落实。".repeat(6);
    let item = format!("+++\ntitle = \"关于开展工作的通知\"\n+++\n{body}\n");
    let files = Files::plain().with("items/通知/甲.md", item);
    for (files, scrolls) in [(files.clone(), true), (files.with("site.toml", tall), false)] {
        let site = folder(&files);
        let explain = |arguments: &[&str]| {
            let at = [
                "explain",
                text(site.path()),
                "--today",
                "--at",
                "2026-05-15T10:00:00+08:00",
            ];
            stdout(&yingbi(&[&at[..], arguments].concat()))
        };
        let line: serde_json::Value = serde_json::from_str(explain(&["--json"]).lines().next().unwrap()).unwrap();
        let (rung, pages) = (&line["now"]["rung"], line["now"]["pages"].as_u64().unwrap());
        assert_eq!((&rung["pages"], &rung["scrolls"]), (&pages.into(), &scrolls.into()));
        assert_eq!(pages > 1, !scrolls);
        let dots = &rung["dots"];
        let (en, zh) = if scrolls {
            (
                format!("set: size {dots}, scrolling"),
                format!("版面：字号 {dots} 点，滚动"),
            )
        } else {
            (
                format!("set: size {dots}, {pages} pages"),
                format!("版面：字号 {dots} 点，{pages} 页"),
            )
        };
        assert!(explain(&[]).contains(&en), "{en:?} in:\n{}", explain(&[]));
        let chinese = Command::new(env!("CARGO_BIN_EXE_yingbi"))
            .args([
                "--lang",
                "zh",
                "explain",
                text(site.path()),
                "--today",
                "--at",
                "2026-05-15T10:00:00+08:00",
            ])
            .output()
            .unwrap();
        assert!(stdout(&chinese).contains(&zh), "{zh:?} in:\n{}", stdout(&chinese));
    }
}

#[test]
fn explain_says_what_the_cards_of_a_screen_do() {
    let card = "[[screen.card]]\nmodel = \"BX-6E2\"\nport = \"/dev/ttyS0\"\nbaud = 57600\n";
    let plain = crate::support::site::PLAIN.replace("\"full\"", "\"red\"\ndepth = 1");
    let files = Files::plain().with("site.toml", plain + card);
    let site = folder(&files.item("甲", "甲", "4s").item("乙", "乙", "3s"));
    let explain = |arguments: &[&str]| {
        let (site, at) = (text(site.path()), "2026-05-15T10:00:00+08:00");
        stdout(&yingbi(
            &[&["explain", site, "--today", "--at", at][..], arguments].concat(),
        ))
    };
    let told = explain(&[]);
    assert!(
        told.contains("  card 1 (BX-6E2), main: each page is pushed, and seen about "),
        "{told}"
    );
    let line: serde_json::Value = serde_json::from_str(explain(&["--json"]).lines().next().unwrap()).unwrap();
    let card = &line["cards"][0];
    assert_eq!(
        (&card["number"], &card["course"], &card["round_pages"]),
        (&1.into(), &"pushed".into(), &2.into())
    );
    let help = stdout(&yingbi(&["explain", "--help"]));
    for name in card.as_object().unwrap().keys() {
        assert!(help.contains(name.as_str()), "{name} is not in the help");
    }
}

#[test]
fn wrong_usage_ends_with_2_and_help_with_0() {
    assert_eq!(yingbi(&["prewiev"]).status.code(), Some(2));
    assert_eq!(yingbi(&["preview"]).status.code(), Some(2), "neither -o nor --terminal");
    let help = yingbi(&["--help"]);
    assert_eq!(help.status.code(), Some(0));
    for command in [
        "run",
        "check",
        "preview",
        "timeline",
        "explain",
        "simulate",
        "decode",
        "discover",
        "font",
        "completions",
    ] {
        assert!(stdout(&help).contains(command), "{command}");
    }
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish"] {
        let output = yingbi(&["completions", shell]);
        assert!(stdout(&output).contains("timeline"), "{shell}");
    }
}

#[test]
fn colour_is_for_terminals_and_for_whoever_asks() {
    let site = folder(&Files::plain().with("b.toml", "[[play]]\nitem = \"无\"\n"));
    let plain = yingbi(&["check", text(site.path())]);
    assert!(!stderr(&plain).contains('\x1b'));
    let coloured = yingbi(&["check", "--color", "always", text(site.path())]);
    assert!(stderr(&coloured).contains('\x1b'));
}

#[test]
fn no_floor_of_the_clock_binds_the_timeline() {
    let site = folder(&Files::plain().item("甲", "甲", "4s"));
    let output = yingbi(&[
        "timeline",
        text(site.path()),
        "--from",
        "1970-01-01T08:00:00+08:00",
        "--until",
        "1970-01-01T08:00:04+08:00",
    ]);
    assert_eq!(
        stdout(&output),
        "1970-01-01 08:00:00.000 – 08:00:04.000  lobby/main  甲 1/1  [通知/甲]  all.toml (routine)\n"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn faults_and_protocols_that_there_are_not_are_named_with_those_that_are() {
    let fault = yingbi(&["simulate", "--listen", "ddp", "--size", "4x4", "--fault", "lose=5%"]);
    assert_eq!(fault.status.code(), Some(2));
    for word in ["unknown fault \"lose\"", "known faults: loss,"] {
        assert!(stderr(&fault).contains(word), "{}", stderr(&fault));
    }
    let of_card = |fault: &str| {
        let card = [
            "simulate",
            "--listen",
            "onbon:pty",
            "--model",
            "BX-6E2",
            "--size",
            "64x32",
        ];
        let output = yingbi(&[&card[..], &["--fault", fault]].concat());
        assert_eq!(output.status.code(), Some(2));
        stderr(&output)
    };
    assert!(of_card("foo=3").contains("known faults: nak, busy,"));
    assert!(of_card("secret=abc").contains("secret: \"abc\" is not"));
    let protocol = yingbi(&["simulate", "--listen", "opc:127.0.0.1", "--size", "4x4"]);
    assert_eq!(protocol.status.code(), Some(2));
    assert!(stderr(&protocol).contains("ddp, sacn, artnet"), "{}", stderr(&protocol));
}

#[test]
fn a_virtual_controller_of_a_site_without_that_output_says_what_there_is() {
    let site = folder(&Files::plain());
    let output = yingbi(&["simulate", "--listen", "ddp", "--site", text(site.path())]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        stderr(&output).contains("has no output number 1"),
        "{}",
        stderr(&output)
    );
}
