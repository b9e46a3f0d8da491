//! PCF files in every order of bytes and bits, against files of `bdftopcf` and against a writer of the tests' own.

use yingbi::{
    diagnostic::Explain as _,
    text::bitmap::{self, BitmapFont, bdf, pcf},
};

use super::THREE;

/// The three glyphs as `bdftopcf` wrote them: the lowest or highest byte and bit first, rows padded to so many bytes, in units of so many.
const OF_X: [(&str, &[u8]); 4] = [
    ("lL-p1-u1", include_bytes!("../../fuzz/cases/pcf/three-lL-p1-u1.pcf")),
    ("lM-p4-u4", include_bytes!("../../fuzz/cases/pcf/three-lM-p4-u4.pcf")),
    ("mL-p4-u2", include_bytes!("../../fuzz/cases/pcf/three-mL-p4-u2.pcf")),
    ("mM-p4-u4", include_bytes!("../../fuzz/cases/pcf/three-mM-p4-u4.pcf")),
];

/// How a file is written.
#[derive(Clone, Copy, Debug)]
struct Form {
    high_byte_first: bool,
    high_bit_first: bool,
    /// Bytes to which rows are padded, as a power of two.
    padding: u32,
    /// Bytes that are swapped together, as a power of two.
    unit: u32,
    compressed: bool,
}

impl Form {
    fn all() -> impl Iterator<Item = Self> {
        (0..2 * 2 * 4 * 3 * 2).map(|number| Self {
            high_byte_first: number % 2 == 1,
            high_bit_first: number / 2 % 2 == 1,
            padding: number / 4 % 4,
            unit: number / 16 % 3,
            compressed: number / 48 == 1,
        })
    }

    fn format(self) -> u32 {
        let flag = |is: bool, bit: u32| u32::from(is) << bit;
        self.padding | flag(self.high_byte_first, 2) | flag(self.high_bit_first, 3) | self.unit << 4
    }

    fn u32(self, number: u32) -> [u8; 4] {
        if self.high_byte_first {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    }

    fn u16(self, number: u16) -> [u8; 2] {
        if self.high_byte_first {
            number.to_be_bytes()
        } else {
            number.to_le_bytes()
        }
    }
}

/// A glyph on its way into a file: code, left, right, advance, ascent, descent, rows of `#`.
type Box = (u16, [i16; 5], Vec<&'static str>);

fn boxes() -> Vec<Box> {
    let stroke = vec![
        "...#...", "..#.#..", "..#.#..", ".#...#.", ".#...#.", "#######", "#.....#", "#.....#", "#.....#", "#.....#",
    ];
    let middle = vec!["####################", "#..................#"];
    vec![
        (0x4e00, [1, 16, 16, 6, -5], vec!["###############"]),
        (0x4e28, [1, 8, 8, 10, 0], stroke),
        (0x4e2d, [0, 20, 20, 2, 0], middle),
    ]
}

/// The bytes of a font with these glyphs, 14 rows above the line and 2 below it.
fn write(form: Form, boxes: &[Box]) -> Vec<u8> {
    let tables = [
        (1, properties(form), form.format()),
        (2, accelerators(form), form.format()),
        (
            4,
            metrics(form, boxes),
            form.format() | if form.compressed { 0x100 } else { 0 },
        ),
        (8, bitmaps(form, boxes), form.format()),
        (32, encodings(form, boxes), form.format()),
    ];
    let mut bytes = b"\x01fcp".to_vec();
    bytes.extend((tables.len() as u32).to_le_bytes());
    let mut at = 8 + 16 * tables.len();
    for (kind, table, format) in &tables {
        for number in [*kind, *format, table.len() as u32 + 4, at as u32] {
            bytes.extend(number.to_le_bytes());
        }
        at += table.len() + 4;
    }
    for (_, table, format) in tables {
        bytes.extend(format.to_le_bytes());
        bytes.extend(table);
    }
    bytes
}

fn properties(form: Form) -> Vec<u8> {
    let strings = b"CHARSET_REGISTRY\0ISO10646\0CHARSET_ENCODING\x001\0";
    let mut table = form.u32(2).to_vec();
    for (name, value) in [(0, 17), (26, 43)] {
        table.extend(form.u32(name));
        table.push(1);
        table.extend(form.u32(value));
    }
    // Eighteen bytes of entries, and two to the next whole four.
    table.extend([0, 0]);
    table.extend(form.u32(strings.len() as u32));
    table.extend(strings);
    table
}

fn accelerators(form: Form) -> Vec<u8> {
    [&[0; 8][..], &form.u32(14), &form.u32(2), &[0; 48]].concat()
}

fn metrics(form: Form, boxes: &[Box]) -> Vec<u8> {
    let mut table = Vec::new();
    if form.compressed {
        table.extend(form.u16(boxes.len() as u16));
        table.extend(
            boxes
                .iter()
                .flat_map(|(_, numbers, _)| numbers.map(|number| (number + 128) as u8)),
        );
    } else {
        table.extend(form.u32(boxes.len() as u32));
        for (_, numbers, _) in boxes {
            table.extend(numbers.iter().flat_map(|number| form.u16(*number as u16)));
            table.extend([0, 0]);
        }
    }
    table
}

fn bitmaps(form: Form, boxes: &[Box]) -> Vec<u8> {
    let (mut offsets, mut data) = (Vec::new(), Vec::new());
    for (_, _, rows) in boxes {
        offsets.extend(form.u32(data.len() as u32));
        data.extend(dots(form, rows));
    }
    let mut table = form.u32(boxes.len() as u32).to_vec();
    table.extend(offsets);
    for padding in 0..4 {
        table.extend(form.u32(if padding == form.padding { data.len() as u32 } else { 0 }));
    }
    table.extend(data);
    table
}

/// The rows of a glyph: the dots of each in the order of the bits; then, as a unit is a number of its own, its bytes in their order.
fn dots(form: Form, rows: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in rows {
        let start = bytes.len();
        for dots in row.as_bytes().chunks(8) {
            let bit = |(index, dot): (usize, &u8)| {
                let place = if form.high_bit_first { 7 - index } else { index };
                u8::from(*dot == b'#') << place
            };
            bytes.push(dots.iter().enumerate().map(bit).sum());
        }
        let pad = 1 << form.padding;
        bytes.resize(start + (bytes.len() - start).div_ceil(pad) * pad, 0);
    }
    if form.high_byte_first != form.high_bit_first {
        bytes.chunks_exact_mut(1 << form.unit).for_each(<[u8]>::reverse);
    }
    bytes
}

fn encodings(form: Form, boxes: &[Box]) -> Vec<u8> {
    let mut table = Vec::new();
    for bound in [0x00, 0x2f, 0x4e, 0x4e, 0] {
        table.extend(form.u16(bound));
    }
    for cell in 0..=0x2f {
        let index = boxes.iter().position(|(code, ..)| *code == 0x4e00 + cell);
        table.extend(form.u16(index.map_or(0xffff, |index| index as u16)));
    }
    table
}

fn read(bytes: &[u8]) -> BitmapFont {
    pcf::read(bytes).unwrap_or_else(|fault| panic!("{fault}"))
}

#[test]
fn files_of_bdftopcf_say_what_their_bdf_says() {
    let expected = bdf::read(THREE.as_bytes()).unwrap();
    for (name, bytes) in OF_X {
        assert_eq!(read(bytes), expected, "{name}");
        assert_eq!(bitmap::read(bytes).unwrap(), expected, "{name}");
    }
}

#[test]
fn every_order_of_bytes_and_bits_and_every_padding_gives_the_same_glyphs() {
    let boxes = boxes();
    let plain = Form {
        high_byte_first: true,
        high_bit_first: true,
        padding: 0,
        unit: 0,
        compressed: false,
    };
    let expected = read(&write(plain, &boxes));
    let of_bdf = bdf::read(THREE.as_bytes()).unwrap();
    for character in ['一', '丨'] {
        assert_eq!(expected.glyph(character), of_bdf.glyph(character));
    }
    let mut forms = 0;
    for form in Form::all() {
        // A unit that is larger than a row would reach into the next one; X does not write such files.
        if form.unit <= form.padding {
            forms += 1;
            assert_eq!(read(&write(form, &boxes)), expected, "{form:?}");
        }
    }
    assert_eq!(forms, 72);
}

// Fault 61.
#[test]
fn every_cut_and_every_wrong_byte_is_refused_or_read_but_never_worse() {
    let (_, bytes) = OF_X[3];
    for length in 0..bytes.len() {
        let fault = pcf::read(&bytes[..length]);
        assert!(
            fault.is_err() || length > bytes.len() - 64,
            "{length} bytes are no font"
        );
    }
    for at in 0..bytes.len() {
        for value in [0x00, 0x7f, 0x80, 0xff] {
            let mut changed = bytes.to_vec();
            changed[at] = value;
            if let Err(fault) = pcf::read(&changed) {
                assert!(fault.at <= bytes.len(), "{fault}");
                assert!(!fault.chinese().is_ascii() && !fault.help().en.is_empty());
            }
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_its_byte() {
    let form = Form {
        high_byte_first: false,
        high_bit_first: true,
        padding: 0,
        unit: 0,
        compressed: false,
    };
    let good = write(form, &boxes());
    let words = |bytes: &[u8]| pcf::read(bytes).unwrap_err().to_string();
    let with = |at: usize, value: &[u8]| {
        let mut bytes = good.clone();
        bytes[at..at + value.len()].copy_from_slice(value);
        words(&bytes)
    };
    // Where the table of that number lies, counted from 0 in the order of the file.
    let table = |index: usize| u32::from_le_bytes(good[8 + index * 16 + 12..][..4].try_into().unwrap()) as usize;
    assert_eq!(words(b"STARTFONT"), "byte 0: not a PCF font");
    assert_eq!(words(&good[..6]), "byte 4: the file or a table of it is cut off here");
    assert_eq!(with(4, &[200]), "byte 4: a list of 200 tables");
    assert_eq!(with(8 + 2 * 16, &[64]), "byte 8: the table of metrics is missing");
    assert_eq!(
        with(8 + 3 * 16 + 12, &[0xff, 0xff]),
        "byte 64: the table of bitmaps lies beyond the file's end"
    );
    assert_eq!(
        with(table(3) + 4, &[2]),
        format!("byte {}: 2 bitmaps, but 3 metrics", table(3) + 4)
    );
    assert_eq!(
        with(table(4) + 7, &[1]),
        format!("byte {}: codes of more than two bytes", table(4) + 6)
    );
    assert_eq!(
        with(table(4) + 14, &[9]),
        format!("byte {}: glyph 9 is missing", table(4) + 14)
    );
    assert_eq!(
        with(table(3) + 8, &[0xff, 0xff]),
        format!("byte {}: the rows of this glyph lie beyond the bitmaps", table(3) + 8)
    );
    assert_eq!(
        with(table(2) + 8 + 2, &[100]),
        format!(
            "byte {}: glyph 0x4E00 is 99 by 1 dots; 64 by 64 is the most",
            table(3) + 8
        )
    );
    assert_eq!(
        with(table(1) + 12, &[99]),
        format!(
            "byte {}: its lines are 101 dots high; 8 to 64 can be used",
            table(1) + 12
        )
    );
}
