//! BDF files: what is read, how it lies in the cell, and what is refused where.

use yingbi::{
    diagnostic::Explain as _,
    text::{
        Sheet,
        bitmap::{self, BitmapFont, bdf},
    },
};

use super::{THREE, drawn};

/// A font of 8 dots, 7 above the line, whose glyphs are these.
fn font(head: &str, glyphs: &str) -> String {
    format!("STARTFONT 2.1\nFONT f\nSIZE 8 75 75\nFONTBOUNDINGBOX 8 8 0 -1\n{head}CHARS 1\n{glyphs}ENDFONT\n")
}

/// A glyph of that code, box and rows.
fn glyph(code: &str, advance: i32, bbx: &str, rows: &str) -> String {
    format!("STARTCHAR g{code}\nENCODING {code}\nDWIDTH {advance} 0\nBBX {bbx}\nBITMAP\n{rows}ENDCHAR\n")
}

fn read(text: &str) -> BitmapFont {
    bdf::read(text.as_bytes()).unwrap_or_else(|fault| panic!("{fault}\n{text}"))
}

/// Line, column and words of the refusal.
fn refused(bytes: impl AsRef<[u8]>) -> (u32, u32, String) {
    let fault = bdf::read(bytes.as_ref()).expect_err("it is refused");
    assert!(!fault.chinese().is_ascii() && !fault.help().zh.is_empty() && !fault.help().en.is_empty());
    (fault.place.line, fault.place.column, fault.problem.to_string())
}

#[test]
fn a_font_is_read_dot_by_dot() {
    let font = read(THREE);
    assert_eq!((font.height(), font.ascent(), font.count()), (16, 14, 3));
    let stroke = font.glyph('丨').unwrap();
    assert_eq!(
        drawn(stroke)[3..15],
        [
            "........", "....#...", "...#.#..", "...#.#..", "..#...#.", "..#...#.", ".#######", ".#.....#", ".#.....#",
            ".#.....#", ".#.....#", "........"
        ]
    );
    let one = font.glyph('一').unwrap();
    let lit: Vec<(usize, String)> = drawn(one)
        .into_iter()
        .enumerate()
        .filter(|(_, row)| row.contains('#'))
        .collect();
    assert_eq!(lit, [(8, ".###############".to_owned())]);
    let wide = font.glyph('中').unwrap();
    assert_eq!(wide.width, 20);
    assert_eq!(drawn(wide)[2], "#.################.#");
}

#[test]
fn a_glyph_that_sticks_out_of_the_cell_is_moved_into_it_whole() {
    let cases = [
        // Two dots left of the origin.
        (glyph("65", 4, "3 1 -2 0", "E0\n"), "###."),
        // Wider than its advance.
        (glyph("65", 2, "4 1 1 0", "F0\n"), ".####"),
        // Padding of the box counts for nothing.
        (glyph("65", 4, "8 1 -4 0", "07\n"), ".###"),
        // A dot beyond the box is padding too.
        (glyph("65", 3, "2 1 0 0", "FF\n"), "##."),
    ];
    for (text, row) in cases {
        let font = read(&font("", &text));
        let rows = drawn(font.glyph('A').unwrap());
        let lit: Vec<&String> = rows.iter().filter(|row| row.contains('#')).collect();
        assert_eq!(lit, [row], "{text}");
    }
    let below = read(&font("", &glyph("65", 1, "1 3 0 -4", "80\n80\n80\n")));
    assert_eq!(drawn(below.glyph('A').unwrap()).concat(), ".....###");
    let above = read(&font("", &glyph("65", 1, "1 2 0 9", "80\n80\n")));
    assert_eq!(drawn(above.glyph('A').unwrap()).concat(), "##......");
}

#[test]
fn a_glyph_taller_than_the_cell_is_left_out_and_named() {
    let tall = glyph("66", 1, "1 9 0 -1", &"80\n".repeat(9));
    let font = read(&font("", &(glyph("65", 1, "1 1 0 0", "80\n") + &tall)));
    assert_eq!((font.count(), font.glyph('B')), (1, None));
    assert_eq!(
        (font.left_out().count, &font.left_out().names[..]),
        (1, &["g66".to_owned()][..])
    );
}

#[test]
fn a_stated_size_below_the_height_of_a_line_is_the_cell() {
    // Ten rows a line, eight of them used; one glyph reaches into the ninth.
    let head = "STARTPROPERTIES 3\nFONT_ASCENT 8\nFONT_DESCENT 2\nPIXEL_SIZE 8\nENDPROPERTIES\n";
    let mut glyphs: String = (97..=120)
        .map(|code| glyph(&code.to_string(), 1, "1 8 0 -1", &"80\n".repeat(8)))
        .collect();
    glyphs += &glyph("65", 1, "1 2 0 7", "80\n80\n");
    let font = read(&font(head, &glyphs));
    assert_eq!((font.height(), font.ascent()), (8, 7));
    assert_eq!(drawn(font.glyph('a').unwrap()).concat(), "########");
    assert_eq!(drawn(font.glyph('x').unwrap()).concat(), "########");
    assert_eq!(drawn(font.glyph('A').unwrap()).concat(), "##......");
}

#[test]
fn codes_of_gb_2312_become_characters_with_the_marks_that_tables_confuse() {
    let registry = |name: &str| {
        let (registry, encoding) = name.split_once('-').unwrap();
        format!("STARTPROPERTIES 2\nCHARSET_REGISTRY \"{registry}\"\nCHARSET_ENCODING \"{encoding}\"\nENDPROPERTIES\n")
    };
    let has = |charset: &str, code: &str| -> Vec<char> {
        let text = font(&registry(charset), &glyph(code, 1, "1 1 0 0", "80\n"));
        read(&text).glyphs().map(|(character, _)| character).collect()
    };
    assert_eq!(has("GB2312.1980-0", "12321"), ['啊']);
    assert_eq!(has("GB2312.1980-0", "45217"), ['啊']);
    // 0x2124 and 0x212A: the middle dot and the dash.
    assert_eq!(has("GB2312.1980-0", "8484"), ['·']);
    assert_eq!(has("GB2312.1980-0", "8490"), ['—']);
    assert_eq!(has("GBK-0", "33088"), ['丂']);
    assert_eq!(has("BIG5-0", "42048"), ['一']);
    assert_eq!(has("ISO8859-1", "233"), ['é']);
    // A font that went through a table of the other sort has the look-alikes, and gets what Chinese texts use.
    assert_eq!(has("ISO10646-1", "12539"), ['·', '・']);
    assert_eq!(has("ISO10646-1", "8213"), ['—', '―']);
    // Without properties, the name says it.
    let named = font("", &glyph("12321", 1, "1 1 0 0", "80\n")).replace(
        "FONT f",
        "FONT -isas-song ti-medium-r-normal--16-160-72-72-c-160-gb2312.1980-0",
    );
    assert!(read(&named).glyph('啊').is_some());
}

#[test]
fn a_font_as_a_strike_shows_the_same() {
    let font = read(THREE);
    let bytes = font.strike();
    let sheet = Sheet::read(&bytes).unwrap();
    assert_eq!(sheet.height(), 16);
    for (character, glyph) in font.glyphs() {
        assert_eq!(sheet.glyph(character), Some(glyph));
    }
    assert_eq!(sheet.glyph('国'), None);
}

#[test]
fn lines_of_windows_and_bytes_of_any_code_in_comments_are_passed_over() {
    let mut bytes = THREE.replace('\n', "\r\n").into_bytes();
    let comment = b"COMMENT \xff\xfe\xc4\xe3\r\n";
    let at = bytes.windows(5).position(|word| word == b"\nFONT").unwrap();
    bytes.splice(at + 1..at + 1, comment.iter().copied());
    assert_eq!(bdf::read(&bytes).unwrap(), read(THREE));
    assert_eq!(bitmap::read(&bytes).unwrap(), read(THREE));
}

#[test]
fn what_is_wrong_is_told_with_line_and_column() {
    let changed = |from: &str, to: &str| refused(THREE.replacen(from, to, 1));
    let line = |text: &str| THREE.lines().position(|line| line == text).unwrap() as u32 + 1;
    let (bbx, row) = (line("BBX 15 1 1 5"), line("FFFE"));
    let cases = [
        (refused(""), (1, 1, "the file ends here, before ENDFONT")),
        (
            refused("hello\n"),
            (1, 1, "not a BDF font: its first line does not begin with STARTFONT"),
        ),
        (
            refused(THREE.strip_suffix("ENDFONT\n").unwrap()),
            (line("ENDFONT") - 1, 8, "the file ends here, before ENDFONT"),
        ),
        (
            changed("BBX 15 1 1 5", "BBX 15 1 one 5"),
            (bbx, 10, "not a whole number"),
        ),
        (
            changed("BBX 15 1 1 5", "BBX 15 1"),
            (bbx, 9, "4 whole number(s) belong on this line"),
        ),
        (changed("FFFE\n", "FFXE\n"), (row, 3, "not a hexadecimal digit")),
        (
            changed("FFFE\n", "FF\n"),
            (row, 1, "a row of this glyph has 4 hexadecimal digits"),
        ),
        (
            changed("FFFE\n", "FFFE\n0000\n"),
            (row + 1, 1, "ENDCHAR belongs here: by its BBX the glyph has 1 rows"),
        ),
        (changed("BBX 15 1 1 5\n", ""), (bbx, 1, "BITMAP before BBX")),
        (
            changed("ENDCHAR\n", ""),
            (
                line("STARTCHAR U+4E00") - 1,
                1,
                "ENDCHAR belongs here: by its BBX the glyph has 10 rows",
            ),
        ),
        (
            changed("CHARS 3\n", ""),
            (line("CHARS 3"), 1, "this line may not stand here"),
        ),
        (
            changed("BBX 15 1 1 5", "BBX 65 1 1 5"),
            (bbx, 1, "glyph U+4E00 is 65 by 1 dots; 64 by 64 is the most"),
        ),
        (
            changed("DWIDTH 16 0", "DWIDTH 70 0"),
            (
                line("STARTCHAR U+4E00"),
                1,
                "glyph U+4E00 is 70 by 1 dots; 64 by 64 is the most",
            ),
        ),
        (
            changed("FONT_ASCENT 14", "FONT_ASCENT 80"),
            (line("CHARS 3"), 1, "its lines are 82 dots high; 8 to 64 can be used"),
        ),
        (
            changed("\"ISO10646\"", "\"JISX0208.1983\""),
            (
                13,
                1,
                "its glyphs are numbered by JISX0208.1983-1, which cannot be read",
            ),
        ),
    ];
    for (found, (line, column, words)) in cases {
        assert_eq!(found, (line, column, words.to_owned()));
    }
    let none = THREE
        .replace("ENCODING 2", "ENCODING -2")
        .replace("ENCODING 1", "ENCODING -1");
    assert_eq!(refused(none).2, "no glyph of it stands for a character");
}

#[test]
fn a_file_larger_than_a_font_can_be_is_not_looked_at() {
    let bytes = vec![b'\n'; bitmap::FILE_LIMIT + 1];
    assert_eq!(refused(bytes).2, "the file has 25165825 bytes, of at most 25165824");
}

#[test]
fn a_problem_in_a_very_long_line_is_shown_in_a_short_one() {
    let long = THREE.replace("FFFE\n", &format!("{}X\n", "0".repeat(1 << 20)));
    let fault = bdf::read(long.as_bytes()).unwrap_err();
    assert_eq!((fault.place.line, fault.place.column), (37, (1 << 20) + 1));
    assert!(fault.place.excerpt.chars().count() <= 76);
    assert_eq!(fault.place.excerpt.chars().nth(fault.place.offset as usize), Some('X'));
}
