//! Files: written, read, listed, deleted, and played.

use yingbi::{
    controller::onbon::receiver::{Build, Lamps},
    units::Size,
};

use super::{
    Card, Page, blocks, bytes_of, five, model, program_five, program_six, program_six_with, red, start, summed,
    words_of,
};

fn page(stay: u16, row: &str) -> Page {
    Page::new(1, stay, row.len(), words_of(0, &[row], 1))
}

fn one(digits: &str, row: &str) -> Vec<([u8; 4], u8, Vec<u8>)> {
    program_six(digits, [0, 0, row.len() as u16, 1], &[page(10, row)])
}

#[test]
fn a_program_is_played_from_the_end_of_its_transfer_on() {
    let mut card = red(4, 1);
    card.writes(&one("000", "RR.."));
    assert_eq!(card.lit(), "RR..\n");
    card.does(0xa1, 0x08, &[]);
    for (name, kind, bytes) in one("000", "..RR") {
        card.does(0xa1, 0x02, &start(name, kind, &bytes, 1));
        for block in blocks(name, &bytes, 7) {
            card.does(0xa1, 0x03, &block);
            assert_eq!(card.lit(), "RR..\n");
        }
    }
    card.does(0xa1, 0x09, &[]);
    assert_eq!(card.lit(), "..RR\n");
    assert_eq!(card.receiver.tally().programs, 2);
}

#[test]
fn a_five_has_its_leds_in_the_program_itself() {
    let mut card = five(20, 2);
    let pages = [Page::new(2, 100, 5, bytes_of(11, &["RGA.R", "..A.."], 2))];
    card.writes(&[(*b"P000", 0, program_five(*b"P000", [11, 0, 5, 2], &pages))]);
    let dots = |count| ".".repeat(count);
    assert_eq!(
        card.lit(),
        format!("{}RGA.R{}\n{}..A..{}\n", dots(11), dots(4), dots(11), dots(4))
    );
    card.does(0xa1, 0x08, &[]);
    card.refuses(10, 0xa1, 0x02, &start(*b"D000", 9, &summed(vec![0; 20]), 1));
}

#[test]
fn files_are_listed_and_read_back() {
    let mut card = red(4, 1);
    let files = [one("000", "R..."), one("001", ".R..")].concat();
    card.writes(&files);
    let mut sorted = files.clone();
    sorted.sort();
    assert_eq!(card.tells(0xa1, 0x06, &[0, 5]), [4, 0]);
    let listed = card.tells(0xa1, 0x07, &[0, 0]);
    assert_eq!(listed[..5], [1, 0, 0, 4, 0]);
    for ((name, kind, bytes), entry) in sorted.iter().zip(listed[5..].chunks(13)) {
        let length = (bytes.len() as u32).to_le_bytes();
        assert_eq!(
            entry,
            [&name[..], &[*kind], &length, &bytes[bytes.len() - 4..]].concat()
        );
    }
    assert_eq!(card.tells(0xa1, 0x07, &[3, 0]).len(), 5 + 13);
    card.refuses(18, 0xa1, 0x07, &[5, 0]);
    for (name, _, bytes) in &files {
        let head = card.tells(0xa1, 0x04, name);
        let length = (bytes.len() as u32).to_le_bytes();
        assert_eq!(head, [&name[..], &length, &bytes[bytes.len() - 4..]].concat());
        let block = card.tells(0xa1, 0x05, &[&name[..], &[10, 0, 0, 0]].concat());
        assert_eq!(block, [&[1], &name[..], &[10, 0, 0, 0], &bytes[10..]].concat());
        card.refuses(18, 0xa1, 0x05, &[&name[..], &length].concat());
    }
    card.refuses(6, 0xa1, 0x04, b"P009");
}

#[test]
fn a_long_file_is_read_in_blocks() {
    let mut card = Card::new(Build::new(model("BX-6Q1"), Size::new(40, 10), Lamps::Full));
    let leds: Vec<u8> = (0..1200_u32).map(|at| at as u8).collect();
    let files = program_six("000", [0, 0, 40, 10], &[Page::new(1, 1, 40, leds)]);
    card.writes(&files);
    let (name, _, bytes) = &files[0];
    card.tells(0xa1, 0x04, name);
    let mut read = Vec::new();
    loop {
        let place = (read.len() as u32).to_le_bytes();
        let block = card.tells(0xa1, 0x05, &[&name[..], &place].concat());
        read.extend_from_slice(&block[9..]);
        if block[0] == 1 {
            break;
        }
        assert_eq!(block.len(), 9 + 1024);
    }
    assert_eq!(read, *bytes);
}

#[test]
fn flash_tells_what_is_free_and_refuses_more() {
    let build = Build {
        flash: 400,
        ..Build::new(model("BX-6E1"), Size::new(4, 1), Lamps::Red)
    };
    let mut card = Card::new(build);
    let free = |card: &mut Card| {
        let volume = card.tells(0xa1, 0x12, &[]);
        assert_eq!(volume[..4], 400_u32.to_le_bytes());
        u32::from_le_bytes(volume[4..].try_into().unwrap())
    };
    assert_eq!(free(&mut card), 400);
    let files = one("000", "RRRR");
    let used: usize = files.iter().map(|(_, _, bytes)| bytes.len()).sum();
    card.writes(&files);
    assert_eq!(free(&mut card), 400 - used as u32);
    card.does(0xa1, 0x08, &[]);
    // A new one stands beside the old one until it takes its place.
    card.refuses(4, 0xa1, 0x02, &start(*b"D001", 9, &summed(vec![9; 300]), 1));
    card.does(0xa1, 0x02, &start(*b"D001", 9, &summed(vec![9; 200]), 1));
    assert_eq!(free(&mut card), 400 - used as u32 - 204);
    card.does(0xa1, 0x00, &[]);
    assert_eq!(free(&mut card), 400);
    assert_eq!(card.lit(), "....\n");
}

#[test]
fn what_is_wrong_with_a_file_is_told_by_the_number_of_its_error() {
    let mut card = red(4, 1);
    let files = one("000", "RRRR");
    let (name, kind, bytes) = &files[1];
    card.refuses(8, 0xa1, 0x02, &start(*name, *kind, bytes, 1));
    card.refuses(8, 0xa1, 0x09, &[]);
    card.does(0xa1, 0x08, &[]);
    card.refuses(8, 0xa1, 0x03, &blocks(*name, bytes, 1024)[0]);
    for (wrong, kind, error) in [
        (*b"D000", 0, 9),
        (*b"P00A", 0, 9),
        (*b"p000", 0, 9),
        (*b"P000", 13, 10),
        (*b"P000", 9, 9),
    ] {
        card.refuses(error, 0xa1, 0x02, &start(wrong, kind, bytes, 1));
    }
    card.refuses(18, 0xa1, 0x02, &start(*name, *kind, bytes, 2));
    card.refuses(8, 0xa1, 0x02, &[&name[..], &[0, 4, 0, 0, 0, 1, 0, 0, 0, 0]].concat());
    card.does(0xa1, 0x02, &start(*name, *kind, bytes, 1));
    // A block of another file, one behind a gap, one that is too long, a last one that is none, one that is and does not say so.
    let block =
        |name: &[u8; 4], last, offset: u32, data: &[u8]| [&name[..], &[last], &offset.to_le_bytes(), data].concat();
    card.refuses(6, 0xa1, 0x03, &block(b"P001", 0, 0, &bytes[..8]));
    card.refuses(16, 0xa1, 0x03, &block(name, 0, 1, &bytes[..8]));
    card.refuses(16, 0xa1, 0x03, &block(name, 0, 0, &[&bytes[..], &[0]].concat()));
    card.refuses(16, 0xa1, 0x03, &block(name, 1, 0, &bytes[..8]));
    card.refuses(16, 0xa1, 0x03, &block(name, 0, 0, bytes));
    card.refuses(16, 0xa1, 0x03, &block(name, 0, 0, &[]));
    card.refuses(18, 0xa1, 0x03, &block(name, 2, 0, &bytes[..8]));
    card.does(0xa1, 0x03, &block(name, 0, 0, &bytes[..8]));
    assert_eq!(card.tells(0xa1, 0x13, &[])[9..], [8, 0, 0, 0]);
    card.refuses(8, 0xa1, 0x09, &[]);
    // The end that failed took the transfer with it.
    card.refuses(8, 0xa1, 0x09, &[]);
    assert_eq!(card.receiver.files().count(), 0);
}

#[test]
fn sums_are_compared_with_the_bytes_and_with_what_was_announced() {
    let mut card = red(4, 1);
    let (name, kind, bytes) = one("000", "RRRR").remove(1);
    card.does(0xa1, 0x08, &[]);
    let mut announced = start(name, kind, &bytes, 1);
    announced[13] ^= 1;
    card.does(0xa1, 0x02, &announced);
    card.refuses(11, 0xa1, 0x03, &blocks(name, &bytes, 1024)[0]);
    let mut spoilt = bytes.clone();
    spoilt[9] ^= 1;
    card.does(0xa1, 0x02, &start(name, kind, &spoilt, 1));
    card.refuses(11, 0xa1, 0x03, &blocks(name, &spoilt, 1024)[0]);
}

#[test]
fn a_block_may_come_again_since_its_answer_can_get_lost() {
    let mut card = red(4, 1);
    card.does(0xa1, 0x08, &[]);
    for (name, kind, bytes) in one("000", "R.RR") {
        card.does(0xa1, 0x02, &start(name, kind, &bytes, 1));
        for block in blocks(name, &bytes, 10) {
            card.does(0xa1, 0x03, &block);
            card.does(0xa1, 0x03, &block);
        }
    }
    card.does(0xa1, 0x09, &[]);
    assert_eq!(card.lit(), "R.RR\n");
}

#[test]
fn a_file_is_overwritten_only_where_that_was_said() {
    let mut card = red(4, 1);
    card.writes(&one("000", "RRRR"));
    card.does(0xa1, 0x08, &[]);
    let (name, kind, bytes) = one("000", "R...").remove(0);
    card.refuses(15, 0xa1, 0x02, &start(name, kind, &bytes, 0));
    card.does(0xa1, 0x02, &start(name, kind, &bytes, 1));
}

#[test]
fn a_program_without_its_pictures_or_beyond_them_does_not_take_effect() {
    let mut card = red(4, 1);
    card.writes(&one("000", "RRRR"));
    let send = |card: &mut Card, files: &[([u8; 4], u8, Vec<u8>)]| {
        card.does(0xa1, 0x08, &[]);
        for (name, kind, bytes) in files {
            card.does(0xa1, 0x02, &start(*name, *kind, bytes, 1));
            card.does(0xa1, 0x03, &blocks(*name, bytes, 4096)[0]);
        }
    };
    send(&mut card, &one("001", "...R")[1..]);
    card.refuses(6, 0xa1, 0x09, &[]);
    // Pictures of another length than the program says, and the old program with new ones that do not fit.
    let two = program_six("000", [0, 0, 4, 1], &[page(1, "R..."), page(1, "...R")]);
    send(&mut card, &[one("000", "RRRR").remove(0), two[1].clone()]);
    card.refuses(18, 0xa1, 0x09, &[]);
    send(&mut card, &two[..1]);
    card.refuses(18, 0xa1, 0x09, &[]);
    assert_eq!(card.lit(), "RRRR\n");
    send(&mut card, &two);
    card.does(0xa1, 0x09, &[]);
    assert_eq!(card.lit(), "R...\n");
}

#[test]
fn files_are_deleted_by_name() {
    let mut card = red(4, 1);
    card.writes(&[one("000", "R..."), one("001", ".R..")].concat());
    card.refuses(6, 0xa1, 0x01, b"\x02\0P000P007");
    assert_eq!(card.receiver.files().count(), 4);
    card.does(0xa1, 0x01, b"\x02\0P000D000");
    assert_eq!(card.lit(), ".R..\n");
    card.refuses(18, 0xa1, 0x01, b"\x02\0P001");
    card.does(0xa1, 0x0b, &start(*b"C000", 1, &summed(vec![1; 40]), 1));
    card.does(0xa1, 0x0c, &blocks(*b"C000", &summed(vec![1; 40]), 100)[0]);
    card.refuses(6, 0xa1, 0x01, b"\x01\0C000");
    assert_eq!(card.tells(0xa1, 0x0d, b"C000").len(), 12);
    card.does(0xa1, 0x0a, b"\x01\0C000");
    card.refuses(6, 0xa1, 0x0d, b"C000");
}

#[test]
fn programs_play_in_turn_each_for_its_time() {
    let mut card = red(2, 1);
    let place = [0, 0, 2, 1];
    let always = super::ALWAYS;
    let first = program_six("000", place, &[page(10, "R."), page(10, "..")]);
    let second = program_six_with("001", place, &[page(30, ".R")], 0, 2, &always);
    card.writes(&[first, second].concat());
    let mut seen = Vec::new();
    for _ in 0..25 {
        seen.push(card.lit().trim().to_owned());
        card.pass(100);
    }
    let round = [vec!["R.", ".."], vec![".R"; 20]].concat();
    assert_eq!(seen[..22], round);
    assert_eq!(seen[22..], ["R.", "..", ".R"]);
}

#[test]
fn programs_play_on_their_days_and_at_their_hours_and_by_priority() {
    let mut card = red(2, 1);
    let place = [0, 0, 2, 1];
    // Until the end of 2026; Mondays 08:00 to 09:00.
    let until = [0xff, 0xff, 0xff, 1, 1, 0x26, 0x20, 0x12, 0x31, 0, 0, 0];
    let mondays = [
        &[0x01, 0xff, 0xff, 1, 1, 0xff, 0xff, 1, 1, 1][..],
        &[0x08, 0, 0, 0x09, 0, 0],
        &[0, 0],
    ]
    .concat();
    let plain = program_six_with("000", place, &[page(10, "R.")], 0, 0, &until);
    let urgent = program_six_with("001", place, &[page(10, ".R")], 1, 0, &mondays);
    card.writes(&[plain, urgent].concat());
    for (clock, lit) in [
        ([0x26, 0x20, 0x11, 0x23, 0x07, 0x59, 0x59, 1], "R.\n"),
        ([0x26, 0x20, 0x11, 0x23, 0x08, 0x00, 0x00, 1], ".R\n"),
        ([0x26, 0x20, 0x11, 0x23, 0x09, 0x00, 0x00, 1], "R.\n"),
        ([0x26, 0x20, 0x11, 0x24, 0x08, 0x30, 0x00, 2], "R.\n"),
        ([0x27, 0x20, 0x01, 0x01, 0x08, 0x30, 0x00, 5], "..\n"),
    ] {
        card.does(0xa2, 0x02, &clock);
        assert_eq!(card.lit(), lit, "{clock:02x?}");
    }
}

#[test]
fn a_lock_holds_one_program_for_its_time() {
    let mut card = red(2, 1);
    card.writes(&[one("000", "R."), one("001", ".R")].concat());
    // 1,000 x 10 ms, high byte first.
    card.does(0xa2, 0x0e, &[0, 1, b'P', b'0', b'0', b'1', 0, 0, 0, 0x03, 0xe8]);
    for _ in 0..10 {
        assert_eq!(card.lit(), ".R\n");
        card.pass(999);
    }
    card.pass(10);
    card.lit();
    card.pass(200);
    let lit: std::collections::BTreeSet<String> = (0..4)
        .map(|_| {
            card.pass(100);
            card.lit()
        })
        .collect();
    assert_eq!(lit.len(), 2, "both play in turn again");
    card.refuses(18, 0xa2, 0x0e, &[0, 1, b'P', b'0', b'0', b'1', 2, 0, 0, 0x03, 0xe8]);
    let mut five = five(8, 1);
    five.does(0xa2, 0x0e, &[0, 1, b'P', b'0', b'0', b'1', 0xe8, 3, 0, 0]);
    five.refuses(18, 0xa2, 0x0e, &[0, 1, b'P', b'0', b'0', b'1', 0, 0, 0, 0x03, 0xe8]);
}

#[test]
fn areas_that_a_card_fills_by_itself_are_taken_and_not_drawn() {
    let mut card = five(8, 1);
    // A clock, whatever is in it, and then a picture.
    let row = Page::new(1, 100, 8, bytes_of(0, &["R.R.R.R."], 2));
    let program = program_five(*b"P000", [0, 0, 8, 1], &[row]);
    let mut content = program[..program.len() - 4].to_vec();
    let areas = 1 + 4 + 3 + 2 + 12;
    assert_eq!(content[areas], 1);
    content[areas] = 2;
    content.splice(areas + 1..areas + 1, [3, 0, 0, 0, 2, 9, 9]);
    card.writes(&[(*b"P000", 0, summed(content.clone()))]);
    assert_eq!(card.lit(), "R.R.R.R.\n");
    assert_eq!(card.receiver.tally().undrawn, 1);
    content[areas + 5] = 0x77;
    card.does(0xa1, 0x08, &[]);
    let bad = summed(content);
    card.does(0xa1, 0x02, &start(*b"P000", 0, &bad, 1));
    card.refuses(18, 0xa1, 0x03, &blocks(*b"P000", &bad, 1024)[0]);
}

/// As the vendor's software asks for it.
#[test]
fn a_deletion_that_names_nothing_takes_all_programs() {
    let mut card = Card::new(Build::new(model("BX-6E1"), Size::new(4, 1), Lamps::Red));
    for number in ["000", "001"] {
        card.writes(&one(number, "RRRR"));
    }
    assert_eq!(card.tells(0xa1, 0x06, &[0, 5]), [4, 0]);
    card.does(0xa1, 0x01, &[0, 0]);
    assert_eq!(card.tells(0xa1, 0x06, &[0, 5]), [0, 0]);
    assert_eq!(card.lit(), "....\n");
}
