//! Workbooks made plain in a child: what comes out, and what is refused in which words.

use std::time::Duration;

use yingbi::{
    diagnostic::Explain as _,
    media::{ChildFault, Limits, Task},
};

use super::child;
use crate::support::xlsx::{Cell, Part, parts, workbook, zip};

const LIMITS: Limits = Limits {
    memory: 512,
    cpu: 10,
    wall: Duration::from_secs(60),
    answer: 4 << 20,
};

fn plain(bytes: &[u8]) -> Result<String, ChildFault> {
    let answer = child().run(Task::Sheet, &[], bytes, &LIMITS)?;
    Ok(String::from_utf8(answer).unwrap())
}

fn refusal(bytes: &[u8]) -> String {
    let fault = plain(bytes).unwrap_err();
    assert!(!fault.chinese().is_ascii() && !fault.help().zh.is_ascii() && !fault.help().en.is_empty());
    fault.to_string()
}

fn sample() -> Vec<Part> {
    use Cell::{Date, DateTime, Error, Nothing, Number, Text};
    parts(&[
        &[Text("标题"), Text("内容"), Text("上屏"), Text("停留")],
        &[Text("停水通知"), Text("一楼，二楼\n三楼"), Date(46150.0), Number(15.0)],
        &[],
        &[
            Nothing,
            Text("他说“\"好\"”"),
            DateTime(46_150.354_166_666_7),
            Error("#REF!"),
        ],
    ])
}

#[test]
fn each_row_is_one_line_under_its_own_number() {
    assert_eq!(
        plain(&zip(&sample())).unwrap(),
        "标题,内容,上屏,停留\n停水通知,一楼，二楼\u{2028}三楼,2026-05-08,15\n\n,\"他说“\"\"好\"\"”\",2026-05-08 08:30,#REF!\n"
    );
}

#[test]
fn what_is_no_workbook_is_refused_in_words() {
    assert_eq!(
        refusal("标题,内容".as_bytes()),
        "the file is no workbook of the .xlsx kind"
    );
    assert_eq!(
        refusal(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest"),
        "the workbook is protected by a password, or of the old .xls kind"
    );
    assert_eq!(refusal(&workbook(&[])), "the workbook has no sheet with anything in it");
    // Another archive.
    let other = Part {
        name: "readme.txt".into(),
        bytes: b"nothing".to_vec(),
        packed: None,
    };
    assert!(refusal(&zip(&[other])).starts_with("the workbook is not whole, or is damaged"));
}

#[test]
fn a_workbook_that_is_cut_off_anywhere_is_refused() {
    let whole = zip(&sample());
    for part in 0..20 {
        refusal(&whole[..whole.len() * part / 20]);
    }
}

#[test]
fn a_workbook_that_unpacks_to_more_than_any_office_fills_is_refused() {
    // Fault 69: what says so in its list is not unpacked at all.
    let mut honest = sample();
    let bytes = vec![b' '; 160 << 20];
    honest.push(Part {
        name: "xl/media/image1.bin".into(),
        packed: Some(bytes.len() as u32),
        bytes: bytes.clone(),
    });
    assert!(
        refusal(&zip(&honest)).starts_with("the sheet has more than 2000 rows or 100000 cells, or its file unpacks")
    );
    // What lies is ended by what it may use up.
    let mut lying = sample();
    let strings = lying
        .iter_mut()
        .find(|part| part.name == "xl/sharedStrings.xml")
        .unwrap();
    strings.bytes = [&b"<sst><si><t>"[..], &bytes, &bytes, &bytes, &bytes].concat();
    strings.packed = Some(1000);
    refusal(&zip(&lying));
    // So many parts.
    let many: Vec<Part> = (0..3000)
        .map(|number| Part {
            name: format!("{number}"),
            bytes: Vec::new(),
            packed: None,
        })
        .collect();
    assert!(refusal(&zip(&many)).starts_with("the sheet has more than"));
}

#[test]
fn a_sheet_of_more_rows_than_are_read_is_refused() {
    let row: &[Cell<'_>] = &[Cell::Text("标题")];
    assert!(plain(&workbook(&vec![row; 2001])).is_ok());
    assert!(refusal(&workbook(&vec![row; 2002])).starts_with("the sheet has more than 2000 rows"));
}

#[test]
fn a_part_that_refers_to_itself_without_end_is_no_trap() {
    // Fault 70.
    let mut bomb = sample();
    let strings = bomb
        .iter_mut()
        .find(|part| part.name == "xl/sharedStrings.xml")
        .unwrap();
    let mut text = String::from("<!DOCTYPE x [<!ENTITY a0 \"哈哈哈哈哈哈哈哈\">");
    for level in 1..30 {
        let below = level - 1;
        text += &format!("<!ENTITY a{level} \"&a{below};&a{below};&a{below};&a{below};\">");
    }
    strings.bytes = format!("{text}]><sst><si><t>&a29;</t></si></sst>").into_bytes();
    // Refused, or read without what it refers to.
    if let Ok(text) = plain(&zip(&bomb)) {
        assert!(text.len() < 10_000);
    }
}

#[test]
fn workbooks_with_a_flipped_bit_never_disturb_the_parent() {
    // Fault 69.
    let asked = std::env::var("PICTURE_MUTANTS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: usize = asked.unwrap_or(60);
    let whole = zip(&sample());
    let mut good = 0;
    for number in 0..count {
        let mut bytes = whole.clone();
        let bit = (number as f64 * 0.618_033_988_75).fract() * (bytes.len() * 8) as f64;
        bytes[bit as usize / 8] ^= 1 << (bit as usize % 8);
        match plain(&bytes) {
            Ok(_) => good += 1,
            Err(fault) => assert!(!fault.chinese().is_ascii(), "{fault}"),
        }
    }
    assert!(good < count);
    assert!(plain(&whole).is_ok());
}
