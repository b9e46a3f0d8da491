//! Whatever the bytes, a reader gives a value or says where it is wrong; it never panics and never lasts long.

use proptest::prelude::*;
use yingbi::{diagnostic::Diagnostic, document::Parsed, item, playlist, site};

const SITE: &str = include_str!("site.toml");
const PLAYLIST: &str = include_str!("playlist.toml");
const ITEM: &str = include_str!("item.md");

/// Whether there is a value, and the problems.
fn read(kind: usize, bytes: &[u8]) -> (bool, Vec<Diagnostic>) {
    fn plain<T>(parsed: Parsed<T>) -> (bool, Vec<Diagnostic>) {
        (parsed.value.is_some(), parsed.diagnostics)
    }
    match kind {
        0 => plain(site::parse("site.toml", bytes)),
        1 => plain(playlist::parse("a.toml", bytes)),
        _ => plain(item::parse("items/a/b.md", bytes)),
    }
}

/// A value, or an error; every problem within the `lines` of the file, in order.
fn is_sound(kind: usize, bytes: &[u8]) {
    let (has_value, problems) = read(kind, bytes);
    assert_eq!(has_value, !problems.iter().any(Diagnostic::is_error), "{problems:#?}");
    let lines = bytes.iter().filter(|byte| matches!(**byte, b'\n' | b'\r')).count() + 1;
    let places: Vec<_> = problems
        .iter()
        .map(|problem| problem.place.as_ref().expect("a place"))
        .collect();
    assert!(
        places
            .iter()
            .all(|place| (1..=lines).contains(&(place.line as usize)) && place.column >= 1)
    );
    assert!(
        places.is_sorted_by_key(|place| (place.line, place.column)),
        "{problems:#?}"
    );
    assert!(problems.len() <= 201, "{}", problems.len());
}

// Fault 21.
#[test]
fn a_good_file_less_any_one_character_is_read_or_told() {
    for (kind, text) in [SITE, PLAYLIST, ITEM].iter().enumerate() {
        for (at, character) in text.char_indices() {
            let less = format!("{}{}", &text[..at], &text[at + character.len_utf8()..]);
            is_sound(kind, less.as_bytes());
        }
    }
}

// Fault 20, 21.
#[test]
fn a_good_file_cut_off_anywhere_is_read_or_told() {
    for (kind, text) in [SITE, PLAYLIST, ITEM].iter().enumerate() {
        (0..text.len()).for_each(|end| is_sound(kind, &text.as_bytes()[..end]));
    }
}

/// Lines of `long` characters, or nearly so, each of its own kind of trouble.
fn lines_of(long: usize) -> [String; 9] {
    [
        format!("title = \"{}\"", "a".repeat(long)),
        format!("{} = 1", "a".repeat(long)),
        "[".repeat(long),
        format!("title = {}", "[".repeat(long)),
        format!("{}a = 1", "a.".repeat(long / 2)),
        "＝".repeat(long / 3),
        "“".repeat(long / 3),
        "标题 ".repeat(long / 7),
        "a = 1, ".repeat(long / 7),
    ]
}

// Fault 89.
#[test]
fn a_line_of_a_megabyte_is_refused_by_its_length() {
    for line in lines_of(2 << 20) {
        for (kind, text) in [line.clone(), line.clone(), format!("+++\n{line}\n+++\n正文\n")]
            .iter()
            .enumerate()
        {
            let (_, problems) = read(kind, text.as_bytes());
            let length = line.len() + usize::from(kind == 2);
            let told = format!("a line of {length} bytes; at most 65536 are read");
            assert_eq!((problems.len(), &problems[0].message.en), (1, &told));
            let told = format!("这一行共 {length} 字节，最多 65536 字节");
            assert_eq!(problems[0].message.zh, told);
        }
        is_sound(2, line.as_bytes());
    }
}

#[test]
fn the_longest_line_that_is_read_is_read_or_told() {
    for line in lines_of(65_000) {
        is_sound(0, line.as_bytes());
        is_sound(1, line.as_bytes());
        is_sound(2, format!("+++\n{line}\n+++\n正文\n").as_bytes());
    }
    let (_, problems) = read(
        1,
        format!("title = \"{}\"\n[[play]]\nclock = true\n", "a".repeat(65_000)).as_bytes(),
    );
    let told = format!(
        "\"title\" takes one line of text, 1 to 40 characters; found \"{}…: it has 65000 characters",
        "a".repeat(39)
    );
    assert_eq!((problems.len(), &problems[0].message.en), (1, &told));
}

#[test]
fn a_document_too_long_for_a_person_is_refused_by_its_length() {
    let (_, problems) = read(1, "#\n".repeat(3 << 20).as_bytes());
    assert_eq!(
        problems[0].message.en,
        "6291456 bytes of settings; at most 4194304 are read"
    );
}

#[test]
fn a_nul_byte_is_refused_at_its_place() {
    for kind in 0..3 {
        let (_, problems) = read(kind, b"title = \"a\"\nx\0\n");
        let place = problems[0].place.as_ref().unwrap();
        assert_eq!((problems.len(), place.line, place.column), (1, 2, 2));
        assert_eq!(
            problems[0].message.en,
            "line 2: NUL character at byte 13; this is not a text file"
        );
    }
}

/// Pieces that a careless hand might put together.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\\[\\]{}=,.#'\"\\\\\n \t+-]{1,4}",
        "[＝“”，［］：‘’。\u{3000}｛｝]{1,3}",
        "(title|标题|zones|play|when|dwell|[a-z]{1,3}|[一-三]{1,2}|[0-9:-]{1,10})",
        Just("\n[[play]]\n".to_owned()),
        Just(" = ".to_owned()),
        Just("\"\"\"".to_owned()),
        Just("+++\n".to_owned()),
        any::<char>().prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    // Fault 21.
    #[test]
    fn any_bytes_are_read_or_told(kind in 0usize..3, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        is_sound(kind, &bytes);
    }

    #[test]
    fn any_pieces_of_toml_are_read_or_told(kind in 0usize..3, pieces in prop::collection::vec(piece(), 0..40)) {
        is_sound(kind, pieces.concat().as_bytes());
    }

    #[test]
    fn a_good_file_with_anything_put_in_is_read_or_told(kind in 0usize..3, at in 0usize..2000, extra in piece()) {
        let text = [SITE, PLAYLIST, ITEM][kind];
        let at = text.floor_char_boundary(at.min(text.len()));
        is_sound(kind, format!("{}{extra}{}", &text[..at], &text[at..]).as_bytes());
    }
}
