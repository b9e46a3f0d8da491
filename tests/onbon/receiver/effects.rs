//! How pages come in, as dots.

use super::{Card, Head, Page, area_five, area_six, bytes_of, five, red, words_of};

/// What is lit of a card of one row, every 10 ms.
fn strip(card: &mut Card, steps: usize) -> Vec<String> {
    (0..steps)
        .map(|_| {
            let lit = card.lit();
            card.pass(10);
            lit.trim_end().to_owned()
        })
        .collect()
}

/// A page of one row at the left edge.
fn page(mode: u8, stay: u16, row: &str) -> Page {
    Page::new(mode, stay, row.len(), words_of(0, &[row], 1))
}

fn shown(pages: &[Page], steps: usize) -> Vec<String> {
    let mut card = red(4, 1);
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 4, 1], pages));
    strip(&mut card, steps)
}

#[test]
fn pages_at_rest_and_at_once_are_there_for_their_stay() {
    let pages = [page(1, 2, "RR.."), page(2, 1, "...R")];
    assert_eq!(shown(&pages, 5), ["RR..", "RR..", "...R", "RR..", "RR.."]);
}

#[test]
fn a_page_that_moves_left_pushes_the_one_before_it() {
    let pages = [page(1, 1, "RRRR"), page(3, 2, "R.R.")];
    let seen = shown(&pages, 9);
    assert_eq!(
        seen,
        ["RRRR", "RRRR", "RRRR", "RRR.", "RR.R", "R.R.", "R.R.", "RRRR", "RRRR"]
    );
}

#[test]
fn a_page_that_moves_right_comes_from_the_left() {
    let seen = shown(&[page(1, 1, "...."), page(0x25, 1, "RR..")], 6);
    assert_eq!(seen, ["....", "....", "....", "....", "R...", "RR.."]);
}

#[test]
fn the_first_page_of_all_comes_in_over_dark_leds() {
    let seen = shown(&[page(3, 1, "RRRR")], 7);
    assert_eq!(seen, ["....", "...R", "..RR", ".RRR", "RRRR", "RRRR", "RRRR"]);
}

#[test]
fn what_runs_left_without_a_stop_is_one_strip() {
    // Five LEDs long: the second page counts for one of its four.
    let pages = [page(4, 0, "RR.R"), Page::new(4, 0, 1, words_of(0, &["...."], 1))];
    let seen = shown(&pages, 12);
    assert_eq!(
        seen,
        [
            "....", "...R", "..RR", ".RR.", "RR.R", // in
            "R.R.", ".R.R", "R.RR", ".RR.", "RR.R", // and round again
            "R.R.", ".R.R",
        ]
    );
}

#[test]
fn what_runs_right_without_a_stop_is_one_strip() {
    let seen = shown(&[page(0x26, 0, "R...")], 8);
    assert_eq!(seen, ["....", "....", "....", "....", "R...", ".R..", "..R.", "...R"]);
}

/// What is lit of a card of one column, every 10 ms, as rows from top to bottom.
fn column(mode: u8, steps: usize) -> Vec<String> {
    let mut card = red(1, 3);
    let pages = [
        Page::new(1, 1, 1, words_of(0, &["R", "R", "R"], 1)),
        Page::new(mode, 1, 1, words_of(0, &["R", ".", "."], 1)),
    ];
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 1, 3], &pages));
    strip(&mut card, steps)
        .iter()
        .map(|rows| rows.replace('\n', ""))
        .collect()
}

#[test]
fn pages_move_up_and_down() {
    for mode in [5, 6] {
        assert_eq!(column(mode, 5), ["RRR", "RRR", "RRR", "RR.", "R.."], "{mode}");
    }
    for mode in [0x27, 0x28] {
        assert_eq!(column(mode, 5), ["RRR", "RRR", ".RR", "..R", "R.."], "{mode}");
    }
}

#[test]
fn every_speed_is_ten_milliseconds_a_led_slower() {
    let mut card = red(4, 1);
    let mut slow = page(3, 100, "RRRR");
    slow.speed = 2;
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &[slow]));
    let seen = strip(&mut card, 13);
    assert_eq!(
        (&*seen[2], &*seen[3], &*seen[5], &*seen[6]),
        ("....", "...R", "...R", "..RR")
    );
    assert_eq!((&*seen[11], &*seen[12]), (".RRR", "RRRR"));
}

#[test]
fn a_page_is_shown_as_often_as_it_says() {
    let mut twice = page(3, 0, "R...");
    twice.times = 2;
    let seen = shown(&[twice, page(1, 1, "....")], 9);
    // The second time it pushes itself.
    assert_eq!(
        seen,
        ["....", "...R", "..R.", ".R..", "R...", "...R", "..R.", ".R..", "...."]
    );
}

#[test]
fn effects_whose_dots_no_table_tells_are_a_cut_and_noted() {
    let mut card = red(4, 1);
    for mode in [0, 7, 8, 0x0b, 0x1f, 0x24] {
        card.does(0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &[page(mode, 1, "R..R")]));
        assert_eq!(card.lit(), "R..R\n");
    }
    let noted: Vec<u8> = card.receiver.shown_as_cut().collect();
    assert_eq!(noted, [0, 7, 8, 0x0b, 0x1f, 0x24]);
    card.refuses(18, 0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &[page(0x29, 1, "R..R")]));
}

#[test]
fn a_five_plays_the_same_way_at_any_x() {
    let mut card = five(21, 1);
    let row = "R.GA";
    let pages = [Page::new(3, 1, 4, bytes_of(13, &[row], 2))];
    card.does(0xa7, 0x00, &area_five(&Head::new(0), [13, 0, 4, 1], &pages));
    let seen = strip(&mut card, 5);
    let wanted = ["....", "...R", "..R.", ".R.G", "R.GA"];
    for (seen, wanted) in seen.iter().zip(wanted) {
        assert_eq!(*seen, format!("{}{wanted}....", ".".repeat(13)));
    }
}

#[test]
fn the_next_change_is_never_later_than_the_change() {
    let mut quick = page(4, 0, "RR.R");
    quick.speed = 1;
    for pages in [
        vec![page(1, 7, "RRRR"), page(3, 5, "R.R."), page(0x26, 0, "..RR")],
        vec![quick],
        vec![page(6, 3, "R..."), page(2, 1, "...R")],
    ] {
        let mut card = red(4, 1);
        card.does(0xa7, 0x00, &area_six(0, [0, 0, 4, 1], &pages));
        let mut lit = card.lit();
        let mut due = card.receiver.next_change(card.now).unwrap();
        for _ in 0..300 {
            card.pass(1);
            let seen = card.lit();
            assert!(seen == lit || due <= card.now, "it changed before it said");
            if due <= card.now {
                due = card.receiver.next_change(card.now).unwrap();
                assert!(due > card.now);
            }
            lit = seen;
        }
    }
}
