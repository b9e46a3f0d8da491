//! Lines of type, dot by dot: marks squeezed and trimmed, Latin beside hanzi, dashes that join, columns.
//!
//! `tests/text/pictures.txt` holds them as they were seen to be right; `UPDATE=1` draws them anew.

use std::{fmt::Write as _, fs, path::Path};

use yingbi::text::{Compositor, Face, Style, Type};

use super::{drawn, plain};

/// A text, the size of its type, and what there is to see.
const LINES: &[(&str, u16, &str)] = &[
    ("国，“资”。", 16, "two marks in a row, and one at the line's end"),
    ("《国》、《资》", 16, "an opening mark at the line's start"),
    ("用LED屏", 16, "a narrow space between hanzi and Latin"),
    ("2026年5月", 16, "numbers close to their units"),
    ("说——等……", 16, "a dash and an ellipsis of two cells each"),
    (
        "（一）gjpqy",
        24,
        "marks by their ink at another size; nothing of a descender is cut",
    ),
    ("“国资”", 24, "quotation marks at both edges"),
    ("第3条", 32, "a number between its words"),
];

#[test]
fn lines_look_as_they_were_seen_to() {
    let compositor = Compositor::default();
    let mut seen = String::new();
    for (text, dots, what) in LINES {
        let kind = Type::new(Face::Hei, *dots).expect("a size of the ladder");
        let picture = drawn(&compositor.mask(&compositor.line(text, kind), kind));
        writeln!(seen, "{text} {dots}: {what}\n{picture}").unwrap();
    }
    let style = Style {
        vertical: true,
        ..plain()
    };
    let page = &compositor.pages(["（国）12日"], &style, 16, 200)[0];
    let picture = drawn(&page.mask(&compositor, &style, 16, 80));
    writeln!(seen, "（国）12日: a column, its digits abreast\n{picture}").unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text/pictures.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &seen).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == seen,
        "the lines look otherwise; draw them with UPDATE=1 and look at what changed"
    );
}
