//! What a card says of itself.

use jiff::civil::date;
use yingbi::{
    controller::onbon::receiver::{Build, Lamps, Mischief},
    units::Size,
};

use super::{Card, Page, five, model, program_six, red, six, words_of};

#[test]
fn a_five_answers_a_ping_with_every_field_of_the_table() {
    let mut card = five(320, 32);
    card.does(0xa2, 0x07, &[&[0][..], &[9; 48]].concat());
    let data = card.tells(0xa2, 0x00, &[]);
    assert_eq!(data.len(), 31);
    assert_eq!(data[..2], [0x54, 0x01]);
    assert_eq!(data[10], 1, "screen parameters");
    assert_eq!(data[11..13], [1, 0]);
    assert_eq!(data[14..18], [0x40, 1, 32, 0]);
    assert_eq!(data[18..21], [3, 9, 1]);
    card.does(0xa2, 0x05, &[0]);
    assert_eq!(card.tells(0xa2, 0x00, &[])[20], 0);
}

#[test]
fn a_six_answers_with_its_barcode_and_more() {
    let build = Build {
        has_565: true,
        ..Build::new(model("BX-6Q2"), Size::new(64, 32), Lamps::Full)
    };
    let data = Card::new(build.clone()).tells(0xa2, 0x00, &[]);
    assert_eq!(data.len(), 27 + 4 + 16 + 128 + 128 + 4);
    assert_eq!(data[18], 255);
    assert_eq!(data[27..31], [1, 0, 0, 1]);
    assert_eq!(data[31..47], build.barcode);
    assert_eq!(red(8, 8).tells(0xa2, 0x00, &[])[18], 1);
}

#[test]
fn the_status_tells_program_locks_and_clock() {
    let mut card = six(8, 1);
    let page = [Page::new(1, 1, 8, words_of(0, &["RRRRRRRR"], 2))];
    card.writes(&program_six("004", [0, 0, 8, 1], &page));
    card.does(0xa2, 0x02, &[0x26, 0x20, 0x11, 0x23, 0x02, 0x44, 0x20, 0x01]);
    card.does(0xa2, 0x06, &[1, 0, 0, 0x23, 0x59]);
    card.pass(5_000);
    let data = card.tells(0xa2, 0x0f, &[]);
    assert_eq!(data[..6], [1, 1, 0, 15, 1, 0]);
    assert_eq!(&data[6..10], b"P004");
    assert_eq!(data[10..14], [0, 0, 0, 1]);
    assert_eq!(data[14..22], [0x26, 0x20, 0x11, 0x23, 0x02, 0x44, 0x25, 0x01]);
    assert_eq!(data.len(), 22 + 11 + 12 + 16);
    assert_eq!(five(8, 1).tells(0xa2, 0x0f, &[]).len(), 22 + 11);
    card.does(0xa2, 0x0e, &[0, 1, b'P', b'0', b'0', b'4', 0, 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(card.tells(0xa2, 0x0f, &[])[11], 1);
    assert_eq!(card.receiver.civil(card.now), date(2026, 11, 23).at(2, 44, 25, 0));
}

#[test]
fn a_card_that_lies_says_that_all_is_well() {
    let build = Build::new(model("BX-6E1"), Size::new(8, 1), Lamps::Red);
    let lies = Mischief {
        lies: true,
        ..Mischief::default()
    };
    let mut card = Card::with(build, lies);
    card.does(0xa2, 0x05, &[0]);
    card.does(0xa2, 0x07, &[&[0][..], &[0; 48]].concat());
    let (ping, status) = (card.tells(0xa2, 0x00, &[]), card.tells(0xa2, 0x0f, &[]));
    assert_eq!(
        (&ping[19..21], status[0], status[3], status[13]),
        (&[15, 1][..], 1, 15, 1)
    );
    assert!(!card.receiver.is_lit(card.now));
    assert_eq!(card.receiver.brightness(card.now), 0);
}

#[test]
fn the_network_block_is_kept_and_told() {
    let mut card = six(8, 1);
    let mut block = vec![
        2, 10, 0, 0, 9, 255, 255, 0, 0, 10, 0, 0, 1, 0x8d, 0x13, 0, 0, 0, 0, 0, 0, 0,
    ];
    block.extend_from_slice(b"password\x1e\0identity0001");
    assert_eq!(block.len(), 44);
    card.does(0xa4, 0x01, &block);
    card.does(0xa4, 0x00, &[2, 3, 4, 5, 6, 7]);
    card.receiver.power_cut(card.now);
    card.receiver.power_back(card.now);
    let health = card.tells(0xa4, 0x02, &[]);
    assert_eq!(
        health,
        [&b"password"[..], &block[1..15], &[2, 3, 4, 5, 6, 7], b"identity0001"].concat()
    );
    let found = card.tells(0xa4, 0x03, &[]);
    assert_eq!(found[..18], [&[2, 3, 4, 5, 6, 7], &block[1..13]].concat());
    assert_eq!(found.len(), 6 + 14 + 2 + 29 + 16 + 19 + 4 + 10 + 28 + 4);
    card.refuses(18, 0xa4, 0x01, &block[1..]);
    block[0] = 3;
    card.refuses(18, 0xa4, 0x01, &block);
    five(8, 1).refuses(2, 0xa4, 0x03, &[]);
}

#[test]
fn other_settings_are_taken_at_their_lengths_and_at_no_other() {
    let mut card = six(8, 1);
    for (command, length) in [
        (0x0c, 1),
        (0x12, 2),
        (0x14, 11),
        (0x13, 6),
        (0x15, 6),
        (0x17, 1),
        (0x1a, 2),
        (0x1c, 64),
        (0x20, 11),
        (0x21, 1),
        (0x22, 1),
        (0x24, 0),
    ] {
        card.does(0xa2, command, &vec![0; length]);
        card.refuses(18, 0xa2, command, &vec![0; length + 1]);
    }
    card.does(0xa2, 0x1d, &[1]);
    assert_eq!(card.tells(0xa2, 0x00, &[])[13], 1);
    card.refuses(18, 0xa2, 0x1d, &[3]);
    card.refuses(18, 0xa2, 0x1b, &[0xfe, 0xff]);
    let barcode = *b"0123456789abcdef";
    let sum = yingbi::controller::onbon::packet::checksum::crc16(&barcode).to_le_bytes();
    card.does(0xa2, 0x1e, &[&barcode[..], &sum].concat());
    assert_eq!(card.tells(0xa2, 0x1f, &[]), barcode);
    card.refuses(18, 0xa2, 0x1e, &[&barcode[..], &[0, 0]].concat());
}

#[test]
fn the_firmware_and_the_whole_state_are_told_as_the_vendor_s_software_reads_them() {
    let mut card = six(320, 32);
    let firmware = card.tells(0xa2, 0x04, &[]);
    assert_eq!((firmware.len(), &firmware[..5]), (4 + 8 + 19, &b"F001V"[..]));
    assert_eq!(card.tells(0xa2, 0x2b, &[]), card.tells(0xa4, 0x03, &[]));
    five(8, 1).refuses(2, 0xa2, 0x2b, &[]);
}
