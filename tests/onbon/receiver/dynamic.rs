//! Dynamic areas: how they run, what they go with, and what is refused.

use super::{Card, Head, Page, area_five, area_six, areas_six, bytes_of, five, model, program_six, red, six, words_of};
use yingbi::{
    controller::onbon::receiver::{Build, Lamps},
    units::Size,
};

/// A page at rest of one row, 10 ms long.
fn page(x: u32, row: &str) -> Page {
    Page::new(1, 1, row.len(), words_of(x, &[row], 1))
}

fn with(head: Head, pages: &[Page]) -> Vec<u8> {
    areas_six(&[(head, [0, 0, 2, 1], pages.to_vec())])
}

fn run(run: u8, timeout: u16) -> Card {
    let mut card = red(2, 1);
    let head = Head {
        run,
        timeout,
        ..Head::new(0)
    };
    card.does(0xa7, 0x00, &with(head, &[page(0, "R."), page(0, ".R")]));
    card
}

/// What is lit after so many ms.
fn after(card: &mut Card, milliseconds: u64) -> String {
    card.pass(milliseconds);
    card.lit().trim().to_owned()
}

#[test]
fn run_mode_0_loops() {
    let mut card = run(0, 0);
    assert_eq!(
        [0, 10, 10, 100_000, 10].map(|time| after(&mut card, time)),
        ["R.", ".R", "R.", "R.", ".R"]
    );
}

#[test]
fn run_mode_1_plays_once_and_stays_on_the_last_page() {
    let mut card = run(1, 0);
    assert_eq!(
        [0, 10, 10, 1_000_000].map(|time| after(&mut card, time)),
        ["R.", ".R", ".R", ".R"]
    );
    assert_eq!(card.receiver.next_change(card.now), None);
}

#[test]
fn run_mode_2_is_blank_when_nothing_came_for_the_timeout() {
    let mut card = run(2, 1);
    assert_eq!([0, 990, 10].map(|time| after(&mut card, time)), ["R.", ".R", ".."]);
    // An update wakes it.
    let head = Head {
        run: 2,
        timeout: 1,
        ..Head::new(0)
    };
    card.does(0xa7, 0x00, &with(head, &[page(0, "RR")]));
    assert_eq!([0, 999, 1].map(|time| after(&mut card, time)), ["RR", "RR", ".."]);
}

#[test]
fn run_mode_3_then_shows_the_last_page() {
    let mut card = run(3, 1);
    assert_eq!(
        [0, 980, 20, 10].map(|time| after(&mut card, time)),
        ["R.", "R.", ".R", ".R"]
    );
}

#[test]
fn run_mode_4_plays_once_and_is_gone() {
    let mut card = run(4, 0);
    assert_eq!([0, 10, 10].map(|time| after(&mut card, time)), ["R.", ".R", ".."]);
}

#[test]
fn areas_that_are_alone_stop_the_programs_and_those_that_are_not_stand_beside_them() {
    let mut card = red(4, 1);
    card.writes(&program_six(
        "003",
        [0, 0, 1, 1],
        &[Page::new(1, 100, 1, words_of(0, &["R"], 1))],
    ));
    assert_eq!(card.lit(), "R...\n");
    // As in the maker's example: two areas, each in a request of its own, and both are seen.
    for id in [0_u8, 1] {
        let x = u16::from(id) + 1;
        card.does(0xa7, 0x00, &area_six(id, [x, 0, 1, 1], &[page(x.into(), "R")]));
    }
    assert_eq!(card.lit(), ".RR.\n");
    let beside = Head {
        immediate: 0,
        ..Head::new(0)
    };
    let update = |head: &Head| areas_six(&[(head.clone(), [1, 0, 1, 1], vec![page(1, "R")])]);
    card.does(0xa7, 0x00, &update(&beside));
    assert_eq!(card.lit(), "..R.\n", "the other one is alone");
    card.does(0xa7, 0x01, &[1, 1]);
    assert_eq!(card.lit(), "RR..\n");
    // Related to program 3, and then to another one.
    for (related, lit) in [
        (vec![3], "RR..\n"),
        (vec![1, 3], "RR..\n"),
        (vec![2], "R...\n"),
        (vec![], "R...\n"),
    ] {
        let head = Head {
            all: 0,
            related,
            ..beside.clone()
        };
        card.does(0xa7, 0x00, &update(&head));
        assert_eq!(card.lit(), lit);
    }
    card.does(0xa7, 0x01, &[1, 0]);
    assert_eq!(card.lit(), "R...\n");
}

#[test]
fn an_area_beside_a_program_may_not_share_leds_with_it() {
    let mut card = red(4, 1);
    card.writes(&program_six(
        "003",
        [0, 0, 2, 1],
        &[Page::new(1, 100, 2, words_of(0, &["RR"], 1))],
    ));
    let update = |head: Head| areas_six(&[(head, [1, 0, 1, 1], vec![page(1, "R")])]);
    let with = |all, related| Head {
        immediate: 0,
        all,
        related,
        ..Head::new(0)
    };
    for head in [with(1, vec![]), with(0, vec![3])] {
        card.refuses(18, 0xa7, 0x00, &update(head));
    }
    for head in [with(0, vec![2]), Head::new(0)] {
        card.does(0xa7, 0x00, &update(head));
    }
}

#[test]
fn an_area_whose_time_is_over_gives_way_to_the_program() {
    let mut card = red(2, 1);
    card.writes(&program_six(
        "000",
        [0, 0, 2, 1],
        &[Page::new(1, 100, 2, words_of(0, &["R."], 1))],
    ));
    let head = Head {
        run: 2,
        timeout: 5,
        ..Head::new(0)
    };
    card.does(0xa7, 0x00, &with(head, &[page(0, "RR")]));
    assert_eq!([0, 4_999, 1].map(|time| after(&mut card, time)), ["RR", "RR", "R."]);
}

#[test]
fn areas_are_deleted_one_by_one_or_all() {
    let mut card = red(4, 1);
    for id in 0..4 {
        card.does(0xa7, 0x00, &area_six(id, [id.into(), 0, 1, 1], &[page(id.into(), "R")]));
    }
    assert_eq!(card.lit(), "RRRR\n");
    card.does(0xa7, 0x01, &[2, 1, 3]);
    assert_eq!(card.lit(), "R.R.\n");
    card.does(0xa7, 0x01, &[0]);
    assert_eq!(card.lit(), "R.R.\n");
    card.does(0xa7, 0x01, &[0xff]);
    assert_eq!(card.lit(), "....\n");
    card.refuses(18, 0xa7, 0x01, &[2, 1]);
    card.refuses(18, 0xa7, 0x01, &[0xff, 1]);
}

#[test]
fn several_areas_of_one_update_have_their_leds_one_after_the_other() {
    let mut card = six(70, 2);
    let page = |x, rows: &[&str]| Page::new(1, 1, 2, words_of(x, rows, 2));
    let areas = [
        (Head::new(0), [31, 0, 2, 2], vec![page(31, &["RG", "A."])]),
        (
            Head::new(7),
            [64, 1, 1, 1],
            vec![Page::new(1, 1, 1, words_of(64, &["G"], 2))],
        ),
    ];
    card.does(0xa7, 0x00, &areas_six(&areas));
    let dots = |count| ".".repeat(count);
    assert_eq!(
        card.lit(),
        format!("{}RG{}\n{}A.{}G{}\n", dots(31), dots(37), dots(31), dots(31), dots(5))
    );
}

#[test]
fn there_are_so_many_areas_and_no_more() {
    for (name, most) in [("BX-6E1", 4), ("BX-6Q1", 32)] {
        let lamps = if most == 32 { Lamps::Full } else { Lamps::Red };
        let mut card = Card::new(Build::new(model(name), Size::new(40, 1), lamps));
        let page = |x: u16| {
            let leds = if most == 32 {
                vec![255, 0, 0]
            } else {
                words_of(x.into(), &["R"], 1)
            };
            Page::new(1, 1, 1, leds)
        };
        for id in 0..most {
            card.does(0xa7, 0x00, &area_six(id as u8, [id, 0, 1, 1], &[page(id)]));
        }
        card.refuses(4, 0xa7, 0x00, &area_six(200, [most, 0, 1, 1], &[page(most)]));
        assert_eq!(card.lit().matches('R').count(), usize::from(most));
        // One of them may come again.
        card.does(0xa7, 0x00, &area_six(0, [0, 0, 1, 1], &[page(0)]));
    }
}

#[test]
fn areas_may_not_share_leds_nor_reach_beyond_them() {
    let mut card = red(4, 2);
    let page = |x, rows: &[&str]| vec![Page::new(1, 1, 2, words_of(x, rows, 1))];
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 2, 2], &page(0, &["RR", "RR"])));
    card.refuses(18, 0xa7, 0x00, &area_six(1, [1, 1, 2, 1], &page(1, &["RR"])));
    card.refuses(18, 0xa7, 0x00, &area_six(1, [3, 0, 2, 1], &page(3, &["RR"])));
    card.refuses(18, 0xa7, 0x00, &area_six(1, [2, 1, 2, 2], &page(2, &["RR", "RR"])));
    card.refuses(
        18,
        0xa7,
        0x00,
        &area_six(1, [2, 1, 0, 1], &[Page::new(1, 1, 1, vec![])]),
    );
    // Of several areas none is taken if one is not.
    let both = [
        (Head::new(1), [2, 0, 2, 1], page(2, &["RR"])),
        (Head::new(2), [3, 0, 1, 1], page(3, &["R"])),
    ];
    card.refuses(18, 0xa7, 0x00, &areas_six(&both));
    assert_eq!(card.lit(), "RR..\nRR..\n");
    assert_eq!(card.receiver.areas().collect::<Vec<_>>(), [0]);
}

#[test]
fn an_area_holds_300_kilobytes() {
    let mut card = Card::new(Build::new(model("BX-6Q2"), Size::new(400, 200), Lamps::Full));
    let pages = |count| vec![Page::new(1, 1, 400, vec![9; 400 * 200 * 3]); count];
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 400, 200], &pages(1)));
    card.refuses(4, 0xa7, 0x00, &area_six(0, [0, 0, 400, 200], &pages(2)));
}

#[test]
fn fields_beyond_the_tables_are_refused_one_by_one() {
    let mut card = red(4, 1);
    let good = area_six(0, [0, 0, 4, 1], &[page(0, "RRRR")]);
    // Where each field stands, behind the two bytes of the count and the four of the length.
    for (at, wrong, what) in [
        (7, 5, "run mode"),
        (10, 2, "all programs"),
        (13, 2, "immediate"),
        (18, 0x11, "type of area"),
        (27, 1, "border, whose pattern no table tells"),
        (31, 1, "sound"),
        (37, 0, "no pages"),
        (39, 25, "length of a page"),
        (43, 1, "style of a page"),
        (44, 0x29, "display mode"),
        (61, 1, "offset"),
        (65, 5, "length of its LEDs"),
    ] {
        let mut bad = good.clone();
        assert_ne!(bad[at], wrong, "{what}");
        bad[at] = wrong;
        card.refuses(18, 0xa7, 0x00, &bad);
        assert!(card.lit() == "....\n", "{what}");
    }
    let mut padded = good.clone();
    padded[69 + 3] = 0x0f;
    // The last byte of the word is its leftmost: of its four lower bits none is of the area.
    padded[69 + 3] &= 0xf7;
    card.refuses(18, 0xa7, 0x00, &padded);
    let mut longer = good.clone();
    longer.push(0xff);
    card.refuses(18, 0xa7, 0x00, &longer);
    card.refuses(18, 0xa7, 0x00, &good[..good.len() - 1]);
    card.refuses(4, 0xa7, 0x00, &[0, 0]);
    card.refuses(2, 0xa7, 0x02, &[]);
    card.does(0xa7, 0x00, &good);
    assert_eq!(card.lit(), "RRRR\n");
}

#[test]
fn a_valid_length_is_at_most_the_width_and_must_be_there_where_it_counts() {
    let mut card = red(2, 1);
    let strip = |valid| [Page::new(4, 0, valid, words_of(0, &["RR"], 1))];
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 2, 1], &strip(500)));
    card.refuses(18, 0xa7, 0x00, &area_six(0, [0, 0, 2, 1], &strip(0)));
    let still = [Page::new(1, 1, 0, words_of(0, &["RR"], 1))];
    card.does(0xa7, 0x00, &area_six(0, [0, 0, 2, 1], &still));
}

#[test]
fn the_length_of_a_request_may_be_missing_as_in_the_manual_of_dynamic_areas() {
    let mut card = five(8, 1);
    let area = area_five(
        &Head::new(0),
        [0, 0, 8, 1],
        &[Page::new(1, 1, 8, bytes_of(0, &["RGA.RGA."], 2))],
    );
    let framing = yingbi::controller::onbon::packet::Framing::Dynamic;
    let answer = card.ask_raw(framing, &[&[1, 0xa7, 0, 0, 0], &area[..]].concat());
    assert_eq!(answer.unwrap().error, 0);
    assert_eq!(card.lit(), "RGA.RGA.\n");
    let answer = card.ask_raw(framing, &[&[1, 0xa7, 0, 1, 0], &area[..]].concat());
    assert_eq!(answer.unwrap().error, 18);
}

#[test]
fn a_five_refuses_the_body_of_a_six_and_the_other_way_round() {
    let six_body = area_six(0, [0, 0, 8, 1], &[page(0, "RRRRRRRR")]);
    let five_body = area_five(
        &Head::new(0),
        [0, 0, 8, 1],
        &[Page::new(1, 1, 8, bytes_of(0, &["RRRRRRRR"], 1))],
    );
    let one = |name| Card::new(Build::new(model(name), Size::new(8, 1), Lamps::Red));
    let (mut five, mut six) = (one("BX-5E1"), one("BX-6E1"));
    five.does(0xa7, 0x00, &five_body);
    six.does(0xa7, 0x00, &six_body);
    five.refuses(18, 0xa7, 0x00, &six_body);
    assert_ne!(six.ask(0xa7, 0x00, &five_body).error, 0);
    assert_eq!((five.lit(), six.lit()), ("RRRRRRRR\n".into(), "RRRRRRRR\n".into()));
}
