//! `yingbi preview --text`: a text as an item would be set, as pictures and as lines with their places.

use std::{
    fs,
    io::Cursor,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::site::Files;

const NOTICE: &str =
    "关于做好2026年端午节值班工作的通知\n各处室、各直属单位：\n6月19日至21日放假，共3天，请妥善安排值班。\n";

/// Runs the program in a folder, in English.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .current_dir(folder)
        .args(["--lang", "en", "preview"])
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The pages that a run prints.
fn pages(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", said(output));
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A picture's width, height and RGB bytes.
fn picture(path: &Path) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(Cursor::new(fs::read(path).unwrap()))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    (reader.info().width, reader.info().height, bytes)
}

/// A site with a template that only makes pages of type, of one size and as close as can be.
fn paged() -> TempDir {
    let scene = "[[box]]\nflow = [\"title\", \"body\"]\nsize = 16\nleading = 0\npaged = true\n";
    folder(&Files::plain().with("scenes/paged.toml", scene))
}

/// Sets the notice by that template on 96x32 LEDs.
fn run_paged(here: &TempDir, more: &[&str]) -> Output {
    let text = [".", "--template", "paged", "--text", NOTICE, "--size", "96x32"];
    run(here.path(), &[&text[..], more].concat())
}

fn empty() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// The files in a folder of their own.
fn folder(files: &Files) -> TempDir {
    let folder = empty();
    for source in files.sources() {
        let path = folder.path().join(&*source.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, source.bytes.unwrap()).unwrap();
    }
    folder
}

fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))).unwrap()
}

#[test]
fn every_page_tells_its_lines_in_order_and_they_hold_the_whole_text() {
    let pages = pages(&run(
        paged().path(),
        &[
            ".",
            "--template",
            "paged",
            "--text",
            NOTICE,
            "--size",
            "256x32",
            "--json",
        ],
    ));
    let count = pages.len();
    assert!(count > 1, "{pages:#?}");
    let mut text = String::new();
    for (page, at) in pages.iter().zip(1..) {
        assert_eq!((&page["page"], &page["pages"]), (&at.into(), &count.into()));
        assert_eq!(
            (&page["width"], &page["height"], &page["template"]),
            (&256.into(), &32.into(), &"paged".into())
        );
        assert!(page["seconds"].as_f64().unwrap() >= 3.0);
        assert_eq!((&page["scrolls"], &page["cut"]), (&false.into(), &false.into()));
        for line in page["lines"].as_array().unwrap() {
            let [x, y, width, dots] = ["x", "y", "width", "dots"].map(|key| number(&line[key]));
            assert_eq!(dots, number(&page["dots"]));
            assert!(x + width <= 256 && y + dots <= 32, "{line}");
            text += line["text"].as_str().unwrap();
        }
    }
    assert_eq!(text, NOTICE.replace('\n', ""));
}

#[test]
fn what_is_lit_lies_in_the_lines_and_every_line_is_lit() {
    let here = paged();
    let arguments = [
        ".",
        "--template",
        "paged",
        "--text",
        NOTICE,
        "--size",
        "192x32",
        "--leds",
        "red",
        "--json",
        "-o",
        "p.png",
    ];
    let pages = pages(&run(here.path(), &arguments));
    for (page, at) in pages.iter().zip(1..) {
        let path = if pages.len() > 1 {
            format!("p-{at}.png")
        } else {
            "p.png".into()
        };
        let (width, _, bytes) = picture(&here.path().join(path));
        let boxes: Vec<[u32; 4]> = page["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| ["x", "y", "width", "dots"].map(|key| number(&line[key])))
            .collect();
        let mut lit = vec![false; boxes.len()];
        for (at, led) in (0..).zip(bytes.chunks(3)).filter(|(_, led)| led != &[0, 0, 0]) {
            assert_eq!(&led[1..], [0, 0], "red LEDs only");
            let (x, y) = (at % width, at / width);
            let around = |[left, top, width, dots]: &[u32; 4]| {
                (*left..left + width).contains(&x) && (*top..top + dots).contains(&y)
            };
            let line = boxes.iter().position(around);
            lit[line.unwrap_or_else(|| panic!("({x}, {y}) is lit outside of {boxes:?}"))] = true;
        }
        assert!(!lit.is_empty() && lit.iter().all(|lit| *lit));
    }
}

#[test]
fn several_pages_are_numbered_files_or_one_sheet_or_one_that_is_asked_for() {
    let here = paged();
    let count = pages(&run_paged(&here, &["--json", "-o", "all.png", "--page", "all"])).len();
    assert!(count > 1);
    let (width, height, _) = picture(&here.path().join("all.png"));
    assert_eq!((width, height as usize), (96, count * 32 + (count - 1) * 4));
    let first = run_paged(&here, &["-o", "p.png"]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    let second = run_paged(&here, &["-o", "second.png", "--page", "2"]);
    assert_eq!(second.status.code(), Some(0));
    assert_eq!(
        picture(&here.path().join("second.png")),
        picture(&here.path().join("p-2.png"))
    );
    assert_ne!(
        picture(&here.path().join("p-1.png")),
        picture(&here.path().join("p-2.png"))
    );
    assert!(here.path().join(format!("p-{count}.png")).exists() && !here.path().join("p.png").exists());
    let beyond = run_paged(&here, &["--json", "--page", "99"]);
    assert!(said(&beyond).contains("there is no page 99"), "{}", said(&beyond));
    assert_eq!(beyond.status.code(), Some(2));
    let moving = run_paged(&here, &["-o", "p.gif"]);
    assert_eq!(moving.status.code(), Some(0));
    assert!(fs::read(here.path().join("p.gif")).unwrap().starts_with(b"GIF89a"));
}

#[test]
fn a_file_is_read_as_an_item_whatever_it_was_saved_as() {
    let here = empty();
    let (gbk, _, _) = encoding_rs::GB18030.encode("值班安排\n今日由办公室值班。\n");
    fs::write(here.path().join("值班.txt"), &gbk).unwrap();
    fs::write(
        here.path().join("a.md"),
        "+++\ntitle = \"值班安排\"\n+++\n今日由办公室值班。\n",
    )
    .unwrap();
    let lines =
        |file: &str| pages(&run(here.path(), &["--file", file, "--size", "160x48", "--json"]))[0]["lines"].clone();
    assert_eq!(lines("值班.txt"), lines("a.md"));
    let title = lines("a.md")
        .as_array()
        .unwrap()
        .iter()
        .any(|line| line["text"] == "值班安排");
    assert!(title, "{}", lines("a.md"));
    let missing = run(here.path(), &["--file", "b.md", "--size", "160x48", "--json"]);
    assert!(said(&missing).contains("b.md"), "{}", said(&missing));
    assert_eq!(missing.status.code(), Some(66));
}

#[test]
fn a_text_that_cannot_be_set_is_refused_with_place_reason_and_remedy() {
    let here = empty();
    let output = run(
        here.path(),
        &["--text", "通知\n欢迎😀光临", "--size", "160x32", "--json"],
    );
    for part in [
        "cannot show \"😀\" (U+1F600): emoji have no bitmap form",
        "--> --text:2:3",
        "help: ",
        "the text cannot be set",
    ] {
        assert!(said(&output).contains(part), "{part:?} in:\n{}", said(&output));
    }
    assert_eq!((output.stdout.len(), output.status.code()), (0, Some(1)));
    let empty = run(here.path(), &["--text", "", "--size", "160x32", "--json"]);
    assert_eq!(empty.status.code(), Some(1), "{}", said(&empty));
}

#[test]
fn a_sites_own_template_and_columns_are_used_and_its_programme_is_not() {
    let scene = "[[box]]\nfield = \"column\"\nh = 16\n\n[[box]]\nfield = \"title\"\ny = 16\nalign = \"right\"\n";
    let files = Files::plain()
        .with("scenes/own.toml", scene)
        .with("c.toml", "[[play]]\nitem = \"无\"\n")
        .item("甲", "甲", "4s");
    let site = folder(&files);
    let at = site.path().to_str().unwrap();
    let pages = pages(&run(
        site.path(),
        &[at, "--text", "值班", "--template", "own", "--size", "64x32", "--json"],
    ));
    let line = |at: usize| {
        let line = &pages[0]["lines"][at];
        (
            line["text"].as_str().unwrap(),
            number(&line["x"]),
            number(&line["y"]),
            number(&line["box"]),
        )
    };
    assert_eq!((line(0), line(1)), (("通知", 0, 0, 1), ("值班", 32, 16, 2)));
    let unknown = run(
        site.path(),
        &["--text", "值班", "--template", "own", "--size", "64x32", "--json"],
    );
    assert!(
        said(&unknown).contains("there is no template \"own\""),
        "{}",
        said(&unknown)
    );
    assert_eq!(unknown.status.code(), Some(2));
    let near = run(
        site.path(),
        &["--text", "值班", "--template", "notise", "--size", "64x32", "--json"],
    );
    assert!(said(&near).contains("did you mean \"notice\"?"), "{}", said(&near));
}

#[test]
fn a_sites_own_phrases_are_not_split() {
    let text = "一二三四五六阳光示例中心";
    let scene = "[[box]]\nfield = \"title\"\nsize = 16\nleading = 0\n";
    let first = |files: Files| {
        let site = folder(&files.with("scenes/own.toml", scene));
        let arguments = [".", "--text", text, "--template", "own", "--size", "128x32", "--json"];
        pages(&run(site.path(), &arguments))[0]["lines"][0]["text"].clone()
    };
    assert_eq!(first(Files::plain()), "一二三四五六阳光");
    assert_eq!(
        first(Files::plain().with("不拆词.txt", "阳光示例中心\n")),
        "一二三四五六"
    );
}

#[test]
fn a_template_that_is_refused_is_told_with_its_place() {
    let site = folder(&Files::plain().with("scenes/own.toml", "[[box]]\nfeld = \"title\"\n"));
    let output = run(
        site.path(),
        &[".", "--text", "值班", "--template", "own", "--size", "64x32", "--json"],
    );
    assert!(said(&output).contains("--> scenes/own.toml:2:1"), "{}", said(&output));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn what_is_left_out_is_told() {
    let text = format!("关于值班的通知\n{}", "请妥善安排值班。".repeat(40));
    let output = run(
        paged().path(),
        &[".", "--template", "paged", "--text", &text, "--size", "64x32", "--json"],
    );
    let page = &pages(&output)[0];
    assert_eq!((&page["cut"], &page["pages"]), (&true.into(), &3.into()));
    assert!(
        said(&output).contains("pages of its text, 3 are shown"),
        "{}",
        said(&output)
    );
}

#[test]
fn a_text_needs_a_size_and_goes_with_no_instant() {
    let here = empty();
    for arguments in [
        &["--text", "值班", "--json"][..],
        &["--text", "值班", "--file", "a.md", "--size", "64x32", "--json"],
        &["--text", "值班", "--size", "64x32", "--json", "--at", "10:00"],
        &["--text", "值班", "--size", "64x0", "--json"],
        &["--text", "值班", "--size", "64x32"],
        &["--size", "64x32", "--json"],
    ] {
        assert_eq!(run(here.path(), arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn the_terminal_shows_every_page() {
    let output = run(empty().path(), &["--text", "值班", "--size", "64x32", "--terminal"]);
    let shown = String::from_utf8(output.stdout.clone()).unwrap();
    assert_eq!(
        (shown.lines().count(), output.status.code()),
        (16, Some(0)),
        "{}",
        said(&output)
    );
}

#[test]
fn what_runs_is_told_as_one_line_beyond_the_zone_and_moves_in_a_film() {
    let here = empty();
    let text = format!("关于值班的通知\n{}", "请妥善安排值班。".repeat(4));
    for template in ["notice", "ticker"] {
        let arguments = [
            "--text",
            &text,
            "--template",
            template,
            "--size",
            "64x16",
            "--json",
            "-o",
            "a.png",
        ];
        let page = &pages(&run(here.path(), &arguments))[0];
        assert_eq!(
            (&page["scrolls"], &page["pages"]),
            (&true.into(), &1.into()),
            "{template}"
        );
        let lines = page["lines"].as_array().unwrap();
        assert!(
            lines
                .iter()
                .any(|line| number(&line["x"]) + number(&line["width"]) > 64),
            "{lines:?}"
        );
        let told: String = lines.iter().map(|line| line["text"].as_str().unwrap()).collect();
        assert!(
            told.contains("关于值班的通知") && told.contains("请妥善安排值班。"),
            "{told}"
        );
        assert_eq!(picture(&here.path().join("a.png")).0, 64);
        let film = run(
            here.path(),
            &[
                "--text",
                &text,
                "--template",
                template,
                "--size",
                "64x16",
                "-o",
                "a.apng",
                "--fps",
                "5",
            ],
        );
        assert_eq!(film.status.code(), Some(0), "{}", said(&film));
        let bytes = fs::read(here.path().join("a.apng")).unwrap();
        let reader = png::Decoder::new(Cursor::new(bytes)).read_info().unwrap();
        assert!(reader.info().animation_control.unwrap().num_frames > 10, "{template}");
    }
}
