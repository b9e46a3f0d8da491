//! The strike of 16 dots: what is in it, how it looks, and that it is what its sources say.

use std::path::Path;

use yingbi::{
    cli::font::{self, Baking, SourceFiles},
    diagnostic::Language,
    text::{Face, Strike, Type, line, missing},
};

use super::{drawn, plain};

const BAKED: &[u8] = include_bytes!("../../fonts/sixteen/sixteen.strike");

#[test]
fn baking_again_gives_the_committed_bytes() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let baked = SourceFiles::read(&fonts).unwrap().bake().unwrap();
    assert!(
        baked == BAKED,
        "fonts/sixteen/sixteen.strike is old; run `yingbi font bake`"
    );
}

#[test]
fn no_character_of_the_standards_lacks_a_glyph() {
    let lists = [
        (27_775, include_str!("../../fonts/lists/GB18030_L2.txt")),
        (8_105, include_str!("../../fonts/lists/TGH8105.txt")),
        (6_763, include_str!("../../fonts/lists/GB2312.txt")),
        (682, include_str!("../../fonts/lists/GB2312_sym.txt")),
        (98, include_str!("../../fonts/lists/punct.txt")),
    ];
    for (count, list) in lists {
        assert_eq!(list.chars().count(), count);
        assert_eq!(missing(list, Strike::sixteen()), None);
        assert!(
            list.chars()
                .all(|character| Strike::sixteen().glyph(character).is_some())
        );
    }
}

/// How some glyphs look: hanzi of the common kind and the rare, and our own full-width ones.
const GOLDEN: &[(char, &str)] = &[
    (
        '影',
        "\
................
.#######.....#..
.#.....#.....#..
.#######....#...
.#.....#...#....
.#######..#...#.
....#.........#.
##########...#..
............#...
.#######...#....
.#.....#..#...#.
.#######......#.
....#........#..
.#..#..#....#...
#...#...#..#....
...##....##.....
",
    ),
    (
        '䶮',
        "\
.....#...#......
.....#....#.....
###############.
....#..#...#....
...#...#.##.....
..#....##....#..
.#..####.....#..
#.......######..
................
...#########....
.......#........
.#############..
......#.#.......
.....#...#......
...##.....##....
.##.........##..
",
    ),
    (
        '𬭎',
        "\
...#.....#......
...#......#.....
..####.########.
..#....#......#.
.#....#..#...#..
#.####...#......
...#...########.
...#.....#......
######...#.#....
...#....#..#....
...#....#..#....
...#....#.#.....
...#.#.#..#..#..
...##..#.#....#.
...#..#..######.
.....#....#...#.
",
    ),
    (
        '“',
        "\
................
..........#...#.
.........#...#..
.........##..##.
.........##..##.
................
................
................
................
................
................
................
................
................
................
................
",
    ),
    (
        '—',
        "\
................
................
................
................
................
................
................
................
################
................
................
................
................
................
................
................
",
    ),
    (
        '…',
        "\
................
................
................
................
................
................
................
................
..##...##...##..
..##...##...##..
................
................
................
................
................
................
",
    ),
    (
        '℃',
        "\
................
.##.............
#..#....####....
#..#...#....#...
.##...#......#..
.....#..........
.....#..........
.....#..........
.....#..........
.....#..........
.....#..........
......#......#..
.......#....#...
........####....
................
................
",
    ),
];

#[test]
fn glyphs_look_as_they_were_seen_to() {
    for (character, picture) in GOLDEN {
        let seen = drawn(&line(&character.to_string(), &plain()));
        assert_eq!(seen, *picture, "{character}");
    }
}

#[test]
fn dashes_and_ellipses_join_into_one() {
    let dash = drawn(&line("——", &plain()));
    assert_eq!(dash.lines().nth(8), Some("################################"));
    let ellipsis = drawn(&line("……", &plain()));
    assert_eq!(ellipsis.lines().nth(8), Some("..##...##...##....##...##...##.."));
}

#[test]
fn what_chinese_sets_on_a_full_cell_has_one() {
    let width = |character| Strike::sixteen().glyph(character).unwrap().width;
    let full = "“”‘’—―…·℃№‰×÷±§°→←↑↓●○■□▲△◆◇ⅠⅩⅹ─│┼▶《》，。";
    let narrow: Vec<char> = full.chars().filter(|c| width(*c) != 16).collect();
    assert_eq!(narrow, []);
    assert!("aZ09~é€ǎαЯ ".chars().all(|character| width(character) == 8));
}

#[test]
fn the_command_line_shows_a_glyph_with_its_source() {
    let shown = |characters: &str, ascii, language| {
        let mut out = Vec::new();
        let code = font::show(characters, sixteen_dots(), ascii, language, &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    };
    let (code, english) = shown("—", true, Language::English);
    assert_eq!(code, 0);
    let empty = "................\n";
    let full = "################\n";
    assert_eq!(
        english,
        format!(
            "U+2014 —  16 dots wide, sixteen, drawn by us\n{}{full}{}\n",
            empty.repeat(8),
            empty.repeat(7)
        )
    );
    let (code, chinese) = shown("±1\u{e000}", false, Language::Chinese);
    assert_eq!(code, 1);
    assert!(chinese.contains("U+00B1 ±  宽 16 点，sixteen，自绘\n"));
    assert!(chinese.contains("U+0031 1  宽 8 点，sixteen\n"));
    assert!(chinese.ends_with("U+E000 \u{e000}  无字形\n"));
    let mut out = Vec::new();
    let large = Type::new(Face::Song, 48).unwrap();
    font::show("啰", large, true, Language::English, &mut out).unwrap();
    let said = String::from_utf8(out).unwrap();
    assert!(said.starts_with("U+5570 啰  48 dots wide, hei48\n"), "{said}");
    assert_eq!(
        said.lines().skip(1).map(str::len).collect::<Vec<_>>(),
        [&[48; 48][..], &[0]].concat()
    );
}

fn sixteen_dots() -> Type {
    Type::new(Face::Hei, 16).unwrap()
}

#[test]
fn the_command_line_counts_what_a_list_lacks_and_names_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.txt");
    std::fs::write(&path, "国资\u{e000}\n\u{e001} 国\u{e002}").unwrap();
    let path = path.to_str().unwrap().to_owned();
    let mut out = Vec::new();
    let lists = ["TGH8105".to_owned(), path.clone()];
    assert_eq!(font::coverage(&lists, 2, Language::English, &mut out).unwrap(), 1);
    let said = String::from_utf8(out).unwrap();
    let beginning = "\
TGH8105: 8105 characters
  Hei 16 dots: 8105 there, 0 of them from another strike; 0 missing
  Hei 24 dots: 8105 there, 0 of them from another strike; 0 missing
  Hei 32 dots: 8105 there, 0 of them from another strike; 0 missing
  Hei 48 dots: 8105 there, 0 of them from another strike; 0 missing
  Song 24 dots: 8105 there, 1467 of them from another strike; 0 missing
";
    let ending = format!(
        "\
{path}: 5 characters
  Hei 16 dots: 2 there, 0 of them from another strike; 3 missing
    U+E000 \u{e000}
    U+E001 \u{e001}
    and 1 more
  Hei 24 dots: 2 there, 0 of them from another strike; 3 missing
  Hei 32 dots: 2 there, 0 of them from another strike; 3 missing
  Hei 48 dots: 2 there, 0 of them from another strike; 3 missing
  Song 24 dots: 2 there, 0 of them from another strike; 3 missing
"
    );
    assert_eq!(said, format!("{beginning}{ending}"));
    let absent = font::coverage(&["no-such-list".to_owned()], 2, Language::English, &mut Vec::new()).unwrap_err();
    assert!(absent.to_string().starts_with("no-such-list: "));
}

#[test]
fn the_command_line_says_whether_the_strike_is_as_baked() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let copy = tempfile::tempdir().unwrap();
    copy_folder(&fonts, copy.path());
    let strike = copy.path().join("sixteen/sixteen.strike");
    let bake = |check| {
        let mut out = Vec::new();
        let code = font::bake(&sixteen(copy.path(), check), Language::English, &mut out).unwrap();
        let said = String::from_utf8(out).unwrap();
        (
            code,
            said.strip_prefix(&format!("{}: ", strike.display()))
                .unwrap()
                .to_owned(),
        )
    };
    let size = BAKED.len();
    assert_eq!(bake(true), (0, format!("as baked from its sources ({size} bytes)\n")));
    std::fs::write(&strike, b"old").unwrap();
    assert_eq!(
        bake(true),
        (
            1,
            format!("not as baked from its sources; run yingbi font bake ({size} bytes)\n")
        )
    );
    assert_eq!(
        bake(false),
        (
            0,
            format!("written; build again for it to take effect ({size} bytes)\n")
        )
    );
    assert!(std::fs::read(&strike).unwrap() == BAKED);
}

#[test]
fn sources_that_cannot_be_read_or_understood_are_named() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let copy = tempfile::tempdir().unwrap();
    let missing = font::bake(&sixteen(copy.path(), false), Language::English, &mut Vec::new()).unwrap_err();
    assert!(missing.to_string().contains("unifont_all-16.0.04.hex.xz: "));
    copy_folder(&fonts, copy.path());
    std::fs::write(copy.path().join("sixteen/blocks.txt"), "0020-007E").unwrap();
    let mut out = Vec::new();
    assert_eq!(
        font::bake(&sixteen(copy.path(), false), Language::Chinese, &mut out).unwrap(),
        1
    );
    let said = "区段表第1行的开头不是十六进制的“起..止”\n  写法如 3000..303F\n";
    assert_eq!(String::from_utf8(out).unwrap(), said);
}

fn sixteen(fonts: &Path, check: bool) -> Baking {
    Baking {
        fonts: fonts.to_path_buf(),
        name: Some("sixteen".to_owned()),
        from: None,
        check,
    }
}

fn copy_folder(from: &Path, to: &Path) {
    for folder in ["sixteen", "lists"] {
        std::fs::create_dir_all(to.join(folder)).unwrap();
        for file in std::fs::read_dir(from.join(folder)).unwrap() {
            let path = file.unwrap().path();
            std::fs::copy(&path, to.join(folder).join(path.file_name().unwrap())).unwrap();
        }
    }
}

#[test]
fn what_is_dropped_by_rule_has_no_glyph() {
    let dropped = "\u{0}\u{7f}\u{ad}\u{200b}\u{200d}\u{200e}\u{2028}\u{2060}\u{fe0f}\u{feff}\u{e0100}";
    for character in dropped.chars() {
        assert_eq!(
            Strike::sixteen().glyph(character),
            None,
            "U+{:04X}",
            u32::from(character)
        );
    }
    assert_eq!(missing(dropped, Strike::sixteen()), None);
}

#[test]
fn outlines_that_are_not_here_or_are_others_are_named_and_nothing_is_written() {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts");
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("other.ttc");
    let bake = |from: &Path, language| {
        let baking = Baking {
            fonts: fonts.clone(),
            name: Some("hei24".to_owned()),
            from: Some(from.to_path_buf()),
            check: true,
        };
        let mut out = Vec::new();
        let code = font::bake(&baking, language, &mut out).unwrap();
        (code, String::from_utf8(out).unwrap())
    };
    let (code, said) = bake(&other, Language::English);
    let expected = format!("hei24: not checked, since its source {} is not here\n", other.display());
    assert_eq!(code, 66);
    assert!(
        said.starts_with(&expected) && said.contains("install the package fonts-noto-cjk"),
        "{said}"
    );
    std::fs::write(&other, b"another font").unwrap();
    let (code, said) = bake(&other, Language::Chinese);
    assert_eq!(code, 66);
    assert!(said.contains("是别的版本\n  其 SHA-256 应为 b76b0433"), "{said}");
}
