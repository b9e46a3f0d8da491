//! Days that are counted down or up.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, date},
};
use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    item::Counter,
    site::Colour,
    stage::{Block, Content, Field, Fill, Now, Scene, Template, Templates},
    text::{Align, Compositor, Face, Type},
    units::{BLACK, Size, Tick, WHITE},
};

use super::picture::letters;

fn template(block: Block) -> Template {
    Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![block],
    }
}

fn counted(field: Field, before: &str, after: &str) -> Block {
    Block {
        fill: Fill::Field(field),
        before: before.into(),
        after: after.into(),
        size: 32,
        ..Block::default()
    }
}

fn content(counter: Counter) -> Content {
    Content {
        counter: Some(counter),
        ..Content::default()
    }
}

fn painted(scene: &Scene, civil: DateTime, size: Size) -> Frame {
    let mut frame = Frame::new(size);
    scene.paint(Now { tick: Tick(0), civil }, Tick(0), &mut frame);
    frame
}

/// What a box of the fixed text `words` shows.
fn fixed(words: &str, align: Align, size: Size) -> Frame {
    let block = Block {
        fill: Fill::Text(words.into()),
        align,
        size: 32,
        ..Block::default()
    };
    let scene = template(block).prepare(&Compositor::default(), &Content::default(), 0, size, Colour::Full);
    painted(&scene, date(2026, 5, 8).at(9, 30, 5, 0), size)
}

const WIDE: Size = Size::new(400, 32);

fn countdown(until: DateTime) -> Scene {
    let block = counted(Field::DaysLeft, "距国庆节还有", "天");
    template(block).prepare(
        &Compositor::default(),
        &content(Counter::Countdown(until)),
        0,
        WIDE,
        Colour::Full,
    )
}

fn days_since(first: Date) -> Scene {
    let block = counted(Field::DayNumber, "第", "天");
    template(block).prepare(
        &Compositor::default(),
        &content(Counter::Days(first)),
        0,
        WIDE,
        Colour::Full,
    )
}

#[test]
fn a_countdown_tells_civil_days_and_changes_at_midnight_without_being_prepared_anew() {
    let scene = countdown(date(2026, 10, 1).at(0, 0, 0, 0));
    let tells = |civil: DateTime, words: &str| {
        assert!(
            painted(&scene, civil, WIDE) == fixed(words, Align::Left, WIDE),
            "{civil} is not {words}"
        );
    };
    tells(date(2026, 7, 9).at(12, 0, 0, 0), "距国庆节还有84天");
    tells(date(2026, 9, 29).at(23, 59, 59, 999_999_999), "距国庆节还有2天");
    tells(date(2026, 9, 30).at(0, 0, 0, 0), "距国庆节还有1天");
    tells(date(2026, 9, 30).at(23, 59, 59, 0), "距国庆节还有1天");
    tells(date(2026, 10, 1).at(0, 0, 0, 0), "距国庆节还有0天");
}

#[test]
fn a_countdown_to_an_hour_counts_to_its_day() {
    let scene = countdown(date(2026, 10, 1).at(9, 0, 0, 0));
    let eve = painted(&scene, date(2026, 9, 30).at(18, 0, 0, 0), WIDE);
    assert!(eve == fixed("距国庆节还有1天", Align::Left, WIDE));
    let morning = painted(&scene, date(2026, 10, 1).at(8, 59, 59, 0), WIDE);
    assert!(morning == fixed("距国庆节还有0天", Align::Left, WIDE));
}

#[test]
fn day_one_is_day_1_and_the_next_midnight_begins_day_2() {
    let scene = days_since(date(2024, 2, 28));
    let tells = |civil: DateTime, words: &str| {
        assert!(
            painted(&scene, civil, WIDE) == fixed(words, Align::Left, WIDE),
            "{civil} is not {words}"
        );
    };
    tells(date(2024, 2, 28).at(0, 0, 0, 0), "第1天");
    tells(date(2024, 2, 28).at(23, 59, 59, 0), "第1天");
    tells(date(2024, 2, 29).at(0, 0, 0, 0), "第2天");
    tells(date(2024, 3, 1).at(8, 0, 0, 0), "第3天");
}

#[test]
fn a_number_that_cannot_be_told_leaves_its_words_out_too_but_not_the_ground() {
    let block = Block {
        background: Some(Rgb888::BLUE),
        ..counted(Field::DayNumber, "第", "天")
    };
    let mut ground = Frame::new(WIDE);
    ground.fill(Rgb888::BLUE);
    let first = date(2026, 5, 9);
    let scene = template(block).prepare(
        &Compositor::default(),
        &content(Counter::Days(first)),
        0,
        WIDE,
        Colour::Full,
    );
    let shown = |days: i32| {
        let civil = first.checked_add(days.days()).unwrap().at(9, 0, 0, 0);
        painted(&scene, civil, WIDE)
    };
    assert!(shown(-1) == ground, "the day before day one");
    assert!(shown(0) != ground && shown(9998) != ground);
    assert!(shown(9999) == ground, "day 10000");

    let scene = countdown(date(2060, 1, 1).at(0, 0, 0, 0));
    let black = Frame::new(WIDE);
    assert!(painted(&scene, date(2026, 5, 8).at(9, 0, 0, 0), WIDE) == black);
    let past = countdown(date(2026, 5, 8).at(0, 0, 0, 0));
    assert!(painted(&past, date(2026, 5, 9).at(9, 0, 0, 0), WIDE) == black);
}

#[test]
fn a_box_of_a_counter_that_the_item_does_not_have_is_left_out_with_its_background() {
    for (field, counter) in [
        (Field::DaysLeft, None),
        (Field::DaysLeft, Some(Counter::Days(date(2026, 5, 8)))),
        (Field::DayNumber, None),
        (
            Field::DayNumber,
            Some(Counter::Countdown(date(2026, 6, 8).at(0, 0, 0, 0))),
        ),
    ] {
        let block = Block {
            background: Some(WHITE),
            ..counted(field, "第", "天")
        };
        let content = Content {
            counter,
            ..Content::default()
        };
        let scene = template(block).prepare(&Compositor::default(), &content, 0, WIDE, Colour::Full);
        let frame = painted(&scene, date(2026, 5, 8).at(9, 0, 0, 0), WIDE);
        assert!(frame == Frame::new(WIDE), "{field:?} {counter:?}");
    }
}

#[test]
fn a_count_is_as_large_as_four_digits_allow_so_that_it_never_changes_its_size() {
    let most = Compositor::default().width("第9999天", Type::new(Face::Hei, 32).unwrap());
    for (width, expected) in [(most, 32), (most - 1, 24)] {
        let size = Size::new(width, 32);
        let block = counted(Field::DayNumber, "第", "天");
        let scene = template(block).prepare(
            &Compositor::default(),
            &content(Counter::Days(date(2026, 5, 8))),
            0,
            size,
            Colour::Full,
        );
        let shown = painted(&scene, date(2026, 5, 8).at(9, 0, 0, 0), size);
        let block = Block {
            fill: Fill::Text("第1天".into()),
            size: expected,
            ..Block::default()
        };
        let fixed = template(block).prepare(&Compositor::default(), &Content::default(), 0, size, Colour::Full);
        assert!(
            shown == painted(&fixed, date(2026, 5, 8).at(9, 0, 0, 0), size),
            "{width}"
        );
    }
}

#[test]
fn what_is_beside_a_count_can_be_smaller_and_stands_on_the_ground_of_its_digits() {
    let block = Block {
        beside: Some(16),
        ..counted(Field::DaysLeft, "", "天")
    };
    let size = Size::new(80, 32);
    let until = Counter::Countdown(date(2026, 5, 15).at(0, 0, 0, 0));
    let scene = template(block).prepare(&Compositor::default(), &content(until), 0, size, Colour::Full);
    let frame = painted(&scene, date(2026, 5, 8).at(9, 0, 0, 0), size);
    let mut rows: Vec<String> = letters(&frame).iter().map(|row| row[..32].to_owned()).collect();
    rows.retain(|row| row.contains('W'));
    assert_eq!(rows, GOLDEN);
}

/// 7 at twice the size of 天.
const GOLDEN: [&str; 22] = [
    ".WWWWWWWWWWWWWW.................",
    ".WWWWWWWWWWWWWW.................",
    ".WWWWWWWWWWWWWW.................",
    "...........WWW..................",
    "..........WWWW..................",
    "..........WWW...................",
    ".........WWW....................",
    ".........WWW......WWWWWWWWWWW...",
    "........WWW............W........",
    "........WWW............W........",
    ".......WWWW............W........",
    ".......WWW.............W........",
    ".......WWW......WWWWWWWWWWWWWWW.",
    "......WWWW.............W........",
    "......WWWW............W.W.......",
    "......WWW.............W.W.......",
    "......WWW............W...W......",
    "......WWW............W...W......",
    ".....WWWW...........W.....W.....",
    ".....WWWW..........W.......W....",
    ".....WWWW.........W.........W...",
    ".....WWWW.......WW...........WW.",
];

#[test]
fn a_ticker_tells_the_days_too() {
    let size = Size::new(64, 16);
    let content = content(Counter::Countdown(date(2026, 5, 15).at(0, 0, 0, 0)));
    let template = template(counted(Field::DaysLeft, "", "天"));
    assert_eq!(
        template.ticker_width(&Compositor::default(), &content, size),
        4 * 8 + 16
    );
    assert_eq!(
        template.ticker_width(&Compositor::default(), &Content::default(), size),
        1
    );
    let scene = template.prepare_ticker(&Compositor::default(), &[&content], size.into(), Colour::Full);
    let shown = painted(&scene, date(2026, 5, 8).at(9, 0, 0, 0), Size::new(48, 16));
    let expected = fixed("7天", Align::Left, Size::new(48, 16));
    assert!(shown == expected);
}

#[test]
fn painting_a_count_allocates_nothing() {
    let templates = Templates::builtin();
    let counter = templates.get("counter").expect("built in");
    let content = Content {
        title: "距国庆节还有".into(),
        ..content(Counter::Countdown(date(2026, 10, 1).at(0, 0, 0, 0)))
    };
    let size = Size::new(256, 96);
    let scene = counter.prepare(&Compositor::default(), &content, 0, size, Colour::Full);
    let mut frame = Frame::new(size);
    let counted = allocation_counter::measure(|| {
        for day in 1..=28 {
            let civil = date(2026, 9, day).at(0, 0, 0, 0);
            scene.paint(Now { tick: Tick(0), civil }, Tick(0), &mut frame);
        }
    });
    assert_eq!(counted.count_total, 0);
}

proptest! {
    #[test]
    fn the_days_left_and_the_day_number_are_those_of_the_calendar(
        // Counted a day at a time, so that no arithmetic is shared with what is tested.
        start in 0_i32..20_000, days in 0_i32..400, hour in 0_i8..24,
    ) {
        let today = date(2000, 1, 1).checked_add(start.days()).unwrap();
        let mut other = today;
        for _ in 0..days {
            other = other.tomorrow().unwrap();
        }
        let (left, number) = (format!("距国庆节还有{}天", days), format!("第{}天", days + 1));
        let shown = painted(&countdown(other.at(0, 0, 0, 0)), today.at(hour, 0, 0, 0), WIDE);
        prop_assert_eq!(shown, fixed(&left, Align::Left, WIDE));
        let shown = painted(&days_since(today), other.at(hour, 0, 0, 0), WIDE);
        prop_assert_eq!(shown, fixed(&number, Align::Left, WIDE));
    }
}
