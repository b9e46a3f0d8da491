//! Program files and files of bitmaps.

use yingbi::{
    controller::onbon::{
        Form, Layout, Model,
        picture::{
            PictureError, bitmap,
            file::{DATA, Data, FIRST_OFFSET, PROGRAM, Program, fallback},
        },
    },
    units::Area,
};

use super::vectors;
use crate::support::wire::bytes;

const PLACE: Area = Area::new(0, 0, 64, 32);

/// The P file of the facts: a BX-6 of 64x32, red and green.
const P000: &str = "00 50303030 00 00 01 0500 00 00000000000000 0000 ff ffff 11 23 9920 12 31 00 00 00 01 33000000 \
    00 0000 0000 4000 2000 00 00 65 00 00 0000000000 0100 \
    1a000000 00 02 01 0a 9001 01 4000 00 00 000000000000 00 0e000000 00020000 39b71d70";

#[test]
fn every_file_of_the_maker_parses_and_encodes_again_byte_for_byte() {
    let runs = [(Form::Five, vectors::five()), (Form::Six, vectors::six())];
    let mut seen = Vec::new();
    for (form, bodies) in runs {
        for (name, length, crc, file) in vectors::files(&bodies) {
            assert_eq!(file.len(), length as usize);
            assert_eq!(file[file.len() - 4..], crc.to_le_bytes());
            let again = if name[0] == b'D' {
                Data::parse(&file).unwrap().encode()
            } else {
                Program::parse(form, &file).unwrap().encode(form)
            };
            assert_eq!(again, file);
            seen.push((form, name));
        }
    }
    let (p, d) = (*b"P000", *b"D000");
    let six = [(Form::Six, d), (Form::Six, p), (Form::Six, d), (Form::Six, p)];
    assert_eq!(seen, [&[(Form::Five, p)][..], &six].concat());
}

#[test]
fn the_whole_program_of_bx_6_means_what_its_table_says() {
    let file = bytes(P000);
    assert_eq!(file.len(), 92);
    let program = Program::parse(Form::Six, &file).unwrap();
    assert_eq!((program.name, program.times, program.span), (*b"P000", 1, 5));
    let area = &program.areas[0];
    assert_eq!((area.place, area.extra[1]), (PLACE, 0x65));
    let page = &area.pages[0];
    assert_eq!((page.mode, page.speed, page.stay), (2, 10, 400));
    assert_eq!((page.offset, page.length), (FIRST_OFFSET, 512));
    assert_eq!(program.encode(Form::Six), file);
}

#[test]
fn our_fallback_is_the_makers_program_of_the_same_picture_to_the_byte() {
    let runs = [
        ("BX-5E2", Layout::BytePairs, vectors::five(), 572 - 4 - 512),
        ("BX-6E2", Layout::WordPlanes, vectors::six(), 13),
    ];
    for (name, layout, bodies, at) in runs {
        let theirs = vectors::files(&bodies);
        let model = Model::named(name).unwrap();
        let frame = bitmap::unpack(layout, PLACE, &theirs[0].3[at..][..512]).unwrap();
        let ours = fallback(model, layout, &frame);
        assert_eq!(ours.len(), if model.has_data_files() { 2 } else { 1 });
        for (ours, (name, length, crc, bytes)) in ours.iter().zip(theirs) {
            assert_eq!((ours.name, &ours.bytes), (name, &bytes), "{model:?}");
            assert_eq!((ours.bytes.len() as u32, ours.crc()), (length, crc));
            assert_eq!(ours.kind, if name[0] == b'D' { DATA } else { PROGRAM });
        }
    }
}

#[test]
fn our_fallback_of_one_colour_is_the_makers_too() {
    let theirs = &vectors::files(&vectors::six())[2..];
    let model = Model::named("BX-6M2").unwrap();
    let frame = bitmap::unpack(Layout::Words, PLACE, &theirs[0].3[13..][..256]).unwrap();
    let ours: Vec<_> = fallback(model, Layout::Words, &frame)
        .into_iter()
        .map(|file| file.bytes)
        .collect();
    let theirs: Vec<_> = theirs.iter().map(|file| file.3.clone()).collect();
    assert_eq!(ours, theirs);
}

#[test]
fn a_program_finds_its_bitmap_where_the_first_offset_is_fourteen() {
    let theirs = vectors::files(&vectors::six());
    let data = Data::parse(&theirs[0].3).unwrap();
    let program = Program::parse(Form::Six, &theirs[1].3).unwrap();
    let page = &program.areas[0].pages[0];
    assert_eq!(data.bitmap(page.offset, page.length), Some(&*data.pixels));
    assert_eq!(data.bitmap(13, 512), None);
    assert_eq!(data.bitmap(15, 512), None);
}

#[test]
fn a_file_with_one_wrong_bit_is_refused_wherever_it_is() {
    let file = bytes(P000);
    for bit in 0..file.len() * 8 {
        let mut wrong = file.clone();
        wrong[bit / 8] ^= 1 << (bit % 8);
        assert!(Program::parse(Form::Six, &wrong).is_err(), "bit {bit}");
    }
    let error = Program::parse(Form::Six, &file[..file.len() - 1]).unwrap_err();
    assert!(
        matches!(error, PictureError::TooShort { field, .. } if field.en == "checksum"),
        "{error}"
    );
}

#[test]
fn cards_with_fonts_take_no_files() {
    let model = Model::named("BX-6K1").unwrap();
    let frame = yingbi::frame::Frame::new(yingbi::units::Size::new(8, 8));
    assert!(fallback(model, Layout::Bytes, &frame).is_empty());
}
