//! `yingbi import` and `yingbi font show` as a person uses them.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use tempfile::TempDir;
use yingbi::text::Sheet;

use super::font;

fn yingbi(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_yingbi"));
    command.args(["--lang", "en"]).args(arguments).current_dir(folder);
    command.output().expect("the program runs")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn import_says_what_each_font_covers_and_what_is_missing() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.ttf"), font()).unwrap();
    fs::write(
        folder.path().join("b.bdf"),
        include_bytes!("../fuzz/cases/bdf/three.bdf"),
    )
    .unwrap();
    let import = || yingbi(folder.path(), &["import", "--state", "state", "a.ttf", "b.bdf"]);
    let output = import();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let said = stdout(&output);
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines[0], "a.ttf: outlines, strikes made");
    assert!(
        lines[1].starts_with("  16 dots: GB18030_L2 2/27775, TGH8105 2/8105, GB2312 2/6763"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].starts_with("    8103 missing: U+3447 㑇  ") && lines[2].ends_with(", and 8083 more"),
        "{}",
        lines[2]
    );
    let sizes: Vec<&str> = lines[3..6]
        .iter()
        .filter_map(|line| line.split_once(':'))
        .map(|(size, _)| size)
        .collect();
    assert_eq!(sizes, ["  24 dots", "  32 dots", "  48 dots"]);
    assert_eq!(
        lines[6],
        "  for a site to use it, run this again with --site and the site's folder"
    );
    assert_eq!(lines[7], "b.bdf: bitmap, strike made");
    assert!(stdout(&import()).contains("a.ttf: outlines, strikes were made before"));
    let installed = yingbi(
        folder.path(),
        &["import", "--state", "state", "--site", "site", "a.ttf"],
    );
    assert!(stdout(&installed).ends_with("  put into site/fonts; a scene uses it by face = \"a\"\n"));
    for size in [16, 24, 32, 48] {
        let strike = fs::read(folder.path().join(format!("site/fonts/a-{size}.strike"))).unwrap();
        assert_eq!(u32::from(Sheet::read(&strike).unwrap().height()), size);
    }
    let json = yingbi(folder.path(), &["import", "--json", "--state", "state", "a.ttf"]);
    let first: serde_json::Value = serde_json::from_str(stdout(&json).lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["dots"], &first["form"], &first["made"]),
        (&16.into(), &"outlines".into(), &"before".into())
    );
    assert_eq!(
        (&first["covers"][1]["list"], &first["covers"][1]["has"]),
        (&"TGH8105".into(), &2.into())
    );
    let strike = first["strike"].as_str().unwrap();
    assert!(folder.path().join(strike).is_file(), "{strike}");
}

#[test]
fn import_goes_on_after_a_file_that_is_none_and_ends_with_the_worst() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("good.ttf", &font());
    write("bad.ttf", &font()[..200]);
    write("bad.bdf", b"STARTFONT 2.1\nFONTBOUNDINGBOX 1 2 three 4\n");
    write("picture.gif", b"GIF89a");
    write("text.font", b"text");
    let import = |files: &[&str]| yingbi(folder.path(), &[&["import", "--state", "state"], files].concat());
    let output = import(&["bad.ttf", "bad.bdf", "picture.gif", "text.font", "good.ttf"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).starts_with("good.ttf: outlines, strikes made"));
    let said = stderr(&output);
    for part in [
        "--> bad.ttf",
        "the font cannot be read: ",
        "--> bad.bdf:2:21",
        "not a whole number",
        "not a BDF font: its first line does not begin with STARTFONT",
        "help: give a font in BDF, PCF, TTF, OTF or TTC",
        "--> picture.gif",
    ] {
        assert!(said.contains(part), "{part:?} in\n{said}");
    }
    let output = import(&["bad.bdf", "nowhere.ttf", "good.ttf"]);
    assert_eq!(output.status.code(), Some(66));
    assert!(stderr(&output).contains("nowhere.ttf: "));
    fs::write(folder.path().join("file"), "").unwrap();
    let output = yingbi(folder.path(), &["import", "--state", "file", "good.ttf"]);
    assert_eq!(output.status.code(), Some(73), "{}", stderr(&output));
    assert_eq!(import(&[]).status.code(), Some(2));
}

#[test]
fn show_draws_the_glyphs_of_the_site_first() {
    let folder = TempDir::new().unwrap();
    let site = folder.path().join("fonts/造字");
    fs::create_dir_all(&site).unwrap();
    let rows = "8001\n".repeat(16);
    let bdf = format!(
        "STARTFONT 2.1\nFONT f\nSIZE 16 75 75\nFONTBOUNDINGBOX 16 16 0 -2\nCHARS 1\nSTARTCHAR x\nENCODING -1\nDWIDTH 16 0\n\
         BBX 16 16 0 -2\nBITMAP\n{rows}ENDCHAR\nENDFONT\n"
    );
    fs::write(site.join("U+E001.bdf"), &bdf).unwrap();
    let show = |text: &str| yingbi(folder.path(), &["font", "show", "--ascii", "--site", ".", text]);
    let output = show("U+E001");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let expected = format!(
        "U+E001 \u{e001}  16 dots, 16 wide, drawn by the site\n{}\n",
        "#..............#\n".repeat(16)
    );
    assert_eq!(stdout(&output), expected);
    assert!(stdout(&show("一\u{e001}")).contains("U+4E00 一"));
    // Without the site there is no such glyph.
    let without = yingbi(folder.path(), &["font", "show", "U+E001"]);
    assert_eq!(without.status.code(), Some(1));
    // A wrong one is told beside the good ones.
    fs::write(site.join("字.png"), "no picture").unwrap();
    let output = show("U+E001");
    assert_eq!((output.status.code(), stdout(&output)), (Some(1), expected));
    assert!(stderr(&output).contains("--> fonts/造字/字.png"), "{}", stderr(&output));
    let nowhere = yingbi(folder.path(), &["font", "show", "--site", "nowhere", "一"]);
    assert_eq!(nowhere.status.code(), Some(66));
}
