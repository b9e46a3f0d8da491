//! Fonts become strikes: what of an outline is lit, where it lies, and what is kept.

use std::{
    collections::BTreeSet,
    fs,
    sync::Arc,
    time::{Duration, SystemTime},
};

use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain as _,
    media::{Child, ChildFault, FontFault, FontSettings, Form, Prepared, Strikes, prepare, wanted},
    text::outline::{OutlineFault, Wanted, outline},
};

use super::{GLYPHS, child, font};
use crate::support::ttf;

/// A strike's glyph as rows of `#` and `.`, read by the form's own words, with nothing of the product.
fn glyph(strike: &[u8], character: char) -> Option<Vec<String>> {
    let number = |at: usize, length: usize| {
        strike[at..at + length]
            .iter()
            .rev()
            .fold(0, |number, byte| number << 8 | usize::from(*byte))
    };
    let (height, first, second) = (usize::from(strike[9]), number(10, 2), number(12, 2));
    let code = character as usize;
    let block = (code / 64 < first).then(|| number(16 + code / 64 * 2, 2))?;
    let entry = 16 + first * 2 + block * 256 + code % 64 * 4;
    let (offset, width) = (number(entry, 3), usize::from(strike[entry + 3]));
    let rows = 16 + first * 2 + second * 256 + offset;
    let lit = |row: usize, dot: usize| strike[rows + row * width.div_ceil(8) + dot / 8] & (0x80 >> (dot % 8)) != 0;
    let dots = |row: usize| (0..width).map(|dot| if lit(row, dot) { '#' } else { '.' }).collect();
    (width > 0).then(|| (0..height).map(dots).collect())
}

/// The strike of the test font in one size.
fn strike(dots: u8) -> Vec<u8> {
    let characters: BTreeSet<char> = " Ag\u{3000}一国空，无".chars().collect();
    let wanted = Wanted {
        index: None,
        sizes: vec![dots],
        characters,
    };
    outline(&font(), &wanted).unwrap().strikes.remove(0).1
}

#[test]
fn hanzi_fill_the_cell_dot_by_dot() {
    for (dots, unit) in [(16, 60), (24, 40), (32, 30), (48, 20)] {
        let strike = strike(dots);
        let side = usize::from(dots);
        let full = glyph(&strike, '国').unwrap();
        let stroke = 120 / unit;
        for (y, row) in full.iter().enumerate() {
            let expected: String = (0..side)
                .map(|x| {
                    if x < stroke || x >= side - stroke || y < stroke || y >= side - stroke {
                        '#'
                    } else {
                        '.'
                    }
                })
                .collect();
            assert_eq!(*row, expected, "row {y} of {dots} dots");
        }
        // A bar from 360 to 480 above the line, which lies 120 above the cell's lower edge.
        let bar = glyph(&strike, '一').unwrap();
        let top = side - (480 + 120) / unit;
        for (y, row) in bar.iter().enumerate() {
            let lit = (top..top + stroke).contains(&y);
            assert_eq!(*row, if lit { "#" } else { "." }.repeat(side), "row {y} of {dots} dots");
        }
    }
}

#[test]
fn a_dash_meets_the_next_one() {
    let dash = |size: u8| {
        let bytes = ttf::ttf("Test", &[('—', 960, &[[60, 360, 900, 480]]), ('国', 960, GLYPHS[5].2)]);
        let wanted = Wanted {
            index: None,
            sizes: vec![size],
            characters: "—国".chars().collect(),
        };
        glyph(&outline(&bytes, &wanted).unwrap().strikes[0].1, '—').unwrap()
    };
    for size in [16, 20, 24, 48] {
        let rows = dash(size);
        let lit: Vec<&String> = rows.iter().filter(|row| row.contains('#')).collect();
        assert!(
            !lit.is_empty() && lit.iter().all(|row| **row == "#".repeat(size.into())),
            "{size}"
        );
    }
}

#[test]
fn letters_keep_their_width_and_their_tails() {
    for dots in [16_u8, 24, 32, 48] {
        let strike = strike(dots);
        let (a, g) = (glyph(&strike, 'A').unwrap(), glyph(&strike, 'g').unwrap());
        assert!(
            a[0].len() < usize::from(dots) && g[0].len() < a[0].len(),
            "{} and {} at {dots}",
            a[0].len(),
            g[0].len()
        );
        let lowest = |rows: &[String]| rows.iter().rposition(|row| row.contains('#')).unwrap();
        // The tail hangs below the foot of the other letter, and its last row, a bar, is there.
        assert!(lowest(&g) > lowest(&a), "at {dots}");
        assert!(
            g[lowest(&g)].matches('#').count() >= usize::from(dots) / 5,
            "at {dots}: {}",
            g[lowest(&g)]
        );
        // A blank column keeps two letters apart.
        assert!(a.iter().all(|row| row.ends_with('.')) && g.iter().all(|row| row.ends_with('.')));
    }
}

#[test]
fn blanks_have_a_width_only_where_they_are_meant() {
    let strike = strike(24);
    let blank = |character| glyph(&strike, character).map(|rows| (rows[0].len(), rows.concat().contains('#')));
    assert_eq!(blank('\u{3000}'), Some((24, false)));
    assert!(blank(' ').is_some_and(|(width, lit)| (4..=6).contains(&width) && !lit));
    // A hanzi without ink would be a hole on the wall, and one that the font lacks is not made up.
    assert_eq!((blank('空'), blank('无')), (None, None));
    assert_eq!(blank('，'), Some((24, true)));
}

#[test]
fn of_a_collection_the_font_for_the_mainland_is_taken_unless_another_is_asked_for() {
    let collection = ttf::ttc(&["Hei JP", "Hei Mono SC", "Hei SC"], &GLYPHS);
    let made = |index| {
        let wanted = Wanted {
            index,
            sizes: vec![16],
            characters: ['国'].into(),
        };
        outline(&collection, &wanted).map(|made| (made.index, made.fonts, made.name))
    };
    assert_eq!(made(None), Ok((1, 3, "Hei Mono SC".to_owned())));
    assert_eq!(made(Some(0)), Ok((0, 3, "Hei JP".to_owned())));
    assert_eq!(made(Some(3)), Err(OutlineFault::NoFont { index: 3, fonts: 3 }));
    let plain = ttf::ttc(&["Hei", "Hei Bold"], &GLYPHS);
    let wanted = Wanted {
        index: None,
        sizes: vec![16],
        characters: ['国'].into(),
    };
    assert_eq!(outline(&plain, &wanted).unwrap().index, 0);
}

#[test]
fn a_font_without_what_is_wanted_is_refused() {
    let wanted = |sizes: Vec<u8>, text: &str| Wanted {
        index: None,
        sizes,
        characters: text.chars().collect(),
    };
    let refused = |wanted| outline(&font(), &wanted).unwrap_err();
    assert_eq!(refused(wanted(vec![16], "龘")), OutlineFault::Nothing);
    assert_eq!(refused(wanted(vec![16, 65], "国")), OutlineFault::Size { dots: 65 });
    for fault in [refused(wanted(vec![16], "龘")), refused(wanted(vec![7], "国"))] {
        assert!(!fault.chinese().is_ascii() && !fault.help().en.is_empty());
    }
}

/// Settings for two small sizes.
fn settings() -> FontSettings {
    FontSettings {
        sizes: vec![16, 24],
        ..FontSettings::default()
    }
}

fn ready(bytes: &[u8], child: &Child, kept: &Strikes) -> Prepared {
    prepare(bytes, &settings(), child, kept).unwrap_or_else(|fault| panic!("{fault}"))
}

#[test]
fn a_font_is_made_once_and_found_again_without_a_child() {
    let state = TempDir::new().unwrap();
    let kept = Strikes::new(state.path());
    let first = ready(&font(), &child(), &kept);
    assert_eq!(
        (first.form, first.was_known, &first.unstored),
        (Form::Outlines, false, &None)
    );
    let face = first.face.as_ref().unwrap();
    assert_eq!((face.index, face.fonts, face.name.as_str()), (0, 1, "Test Hei"));
    let sizes: Vec<u8> = first.strikes.iter().map(|strike| strike.dots).collect();
    assert_eq!(sizes, [16, 24]);
    assert!(glyph(&first.strikes[1].bytes, '国').is_some());
    // From here on there is no program that could make one.
    let nobody = Child::of("/nowhere", ["child"]);
    let again = ready(&font(), &nobody, &kept);
    assert_eq!(
        again,
        Prepared {
            was_known: true,
            face: None,
            ..first.clone()
        }
    );
    // Other settings, another strike.
    let other = FontSettings {
        index: Some(0),
        ..settings()
    };
    let fault = prepare(&font(), &other, &nobody, &kept).unwrap_err();
    assert!(
        matches!(fault, FontFault::Outlines(ChildFault::Start { .. })),
        "{fault}"
    );
    // A disk that has spoilt one is found out.
    let path = kept.path(first.strikes[0].name);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert!(kept.get(first.strikes[0].name).is_none());
    let mended = ready(&font(), &child(), &kept);
    assert_eq!(mended, first);
    assert!(kept.get(first.strikes[0].name).is_some());
}

#[test]
fn a_state_folder_that_takes_nothing_is_told_and_the_font_is_ready_all_the_same() {
    let state = TempDir::new().unwrap();
    fs::write(state.path().join("strikes"), "in the way").unwrap();
    let made = ready(&font(), &child(), &Strikes::new(state.path()));
    assert_eq!(made.strikes.len(), 2);
    let fault = made.unstored.unwrap();
    assert!(!fault.chinese().is_ascii() && fault.to_string().contains("cannot be written"));
}

#[test]
fn a_bitmap_font_needs_no_child() {
    let state = TempDir::new().unwrap();
    let kept = Strikes::new(state.path());
    let nobody = Child::of("/nowhere", ["child"]);
    let bdf = include_bytes!("../fuzz/cases/bdf/three.bdf");
    let first = ready(bdf, &nobody, &kept);
    assert_eq!(
        (first.form, first.strikes.len(), first.strikes[0].dots),
        (Form::Bitmap, 1, 16)
    );
    assert_eq!(glyph(&first.strikes[0].bytes, '一').unwrap()[8], ".###############");
    assert!(ready(bdf, &nobody, &kept).was_known);
    let fault = prepare(b"STARTFONT 2.1\nCHARS x\n", &settings(), &nobody, &kept).unwrap_err();
    let diagnostic = fault.diagnostic(Arc::from("a.bdf"));
    assert_eq!(
        (diagnostic.file.as_ref(), diagnostic.place.map(|place| place.line)),
        ("a.bdf", Some(2))
    );
}

#[test]
fn what_is_wanted_of_outlines_are_the_hanzi_of_the_lists_their_marks_and_ascii() {
    let wanted = wanted();
    for list in ["TGH8105", "GB2312", "GB2312_sym", "punct"] {
        let path = format!("{}/fonts/lists/{list}.txt", env!("CARGO_MANIFEST_DIR"));
        let characters = fs::read_to_string(path).unwrap();
        let missing: String = characters
            .trim()
            .chars()
            .filter(|character| !wanted.contains(character))
            .collect();
        assert_eq!(missing, "", "of {list}");
    }
    assert!((' '..='~').all(|character| wanted.contains(&character)));
    assert!(!wanted.iter().any(|character| character.is_control()));
}

// Fault 17.
#[test]
fn of_more_strikes_than_there_is_room_for_those_go_that_were_not_used_for_longest() {
    let state = TempDir::new().unwrap();
    let kept = Strikes::new(state.path());
    let name = |number: u8| yingbi::units::Digest::of(&[number]);
    let day = |number: u8| SystemTime::UNIX_EPOCH + Duration::from_secs(86_400 * u64::from(number));
    for number in 1..=5 {
        kept.put(name(number), b"a strike").unwrap();
        let file = fs::File::options().write(true).open(kept.path(name(number))).unwrap();
        // Holes take no room here, but they count.
        file.set_len(if number == 2 { 40 } else { 80 << 20 }).unwrap();
        file.set_modified(day(number)).unwrap();
    }
    assert_eq!(kept.get(name(2)).unwrap(), b"a strike", "which is noted");
    kept.put(name(6), b"another").unwrap();
    let stays = (1..=6).filter(|number| kept.path(name(*number)).exists());
    assert_eq!(stays.collect::<Vec<_>>(), [2, 3, 4, 5, 6]);
}
