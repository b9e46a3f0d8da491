//! Texts that tell the time.

use jiff::civil::{DateTime, date};
use yingbi::{
    frame::Frame,
    site::Colour,
    stage::{Block, Content, Field, Fill, Now, Scene, Template, TimeField},
    text::{Align, Compositor},
    units::{BLACK, Size, Tick},
};

fn scene_of(fill: Fill, align: Align, size: Size) -> Scene {
    let template = Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![Block {
            fill,
            align,
            size: 32,
            ..Block::default()
        }],
    };
    template.prepare(&Compositor::default(), &Content::default(), 0, size, Colour::Full)
}

fn painted(scene: &Scene, civil: DateTime, size: Size) -> Frame {
    let mut frame = Frame::new(size);
    scene.paint(Now { tick: Tick(0), civil }, Tick(0), &mut frame);
    frame
}

/// A box that tells `field` shows what a box of the fixed text `words` shows.
fn tells(field: TimeField, civil: DateTime, words: &str, size: Size) {
    for align in [Align::Left, Align::Centre, Align::Right] {
        let live = scene_of(Fill::Field(Field::Time(field)), align, size);
        let fixed = scene_of(Fill::Text(words.into()), align, size);
        assert_eq!(
            painted(&live, civil, size),
            painted(&fixed, civil, size),
            "{field:?} {align:?}"
        );
    }
}

#[test]
fn dates_are_written_without_padding_and_clocks_with_it() {
    let wide = Size::new(600, 32);
    let civil = date(2026, 5, 8).at(9, 30, 5, 0);
    tells(TimeField::DateTime, civil, "2026年5月8日 星期五 09:30:05", wide);
    tells(TimeField::Day, civil, "2026年5月8日 星期五", wide);
    tells(TimeField::Date, civil, "2026年5月8日", wide);
    tells(TimeField::Weekday, civil, "星期五", wide);
    tells(TimeField::Time, civil, "09:30:05", wide);
    tells(TimeField::Minute, civil, "09:30", wide);
    tells(
        TimeField::DateTime,
        date(2036, 12, 28).at(23, 59, 59, 0),
        "2036年12月28日 星期日 23:59:59",
        wide,
    );
    tells(TimeField::Time, date(2026, 1, 1).at(0, 0, 0, 0), "00:00:00", wide);
}

#[test]
fn a_time_that_does_not_fit_is_set_smaller_and_then_said_in_fewer_words() {
    let civil = date(2026, 5, 8).at(9, 30, 5, 0);
    tells(
        TimeField::DateTime,
        civil,
        "2026年5月8日 星期五 09:30:05",
        Size::new(248, 16),
    );
    tells(TimeField::DateTime, civil, "2026年5月8日 星期五", Size::new(239, 16));
    tells(TimeField::DateTime, civil, "2026年5月8日", Size::new(120, 16));
    tells(TimeField::Time, civil, "09:30", Size::new(60, 16));
}

#[test]
fn boxes_of_different_turns_show_for_five_seconds_each() {
    let size = Size::new(64, 16);
    let block = |turn, words: &str| Block {
        fill: Fill::Text(words.into()),
        turn: Some(turn),
        ..Block::default()
    };
    let template = |blocks| Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks,
    };
    let both = template(vec![block(1, "甲"), block(2, "乙")]).prepare(
        &Compositor::default(),
        &Content::default(),
        0,
        size,
        Colour::Full,
    );
    let alone = |words| {
        let scene =
            template(vec![block(1, words)]).prepare(&Compositor::default(), &Content::default(), 0, size, Colour::Full);
        painted(&scene, super::picture::civil(), size)
    };
    for second in 0..60 {
        let shown = painted(&both, date(2026, 5, 8).at(9, 30, second, 0), size);
        let words = if second / 5 % 2 == 0 { "甲" } else { "乙" };
        assert_eq!(shown, alone(words), "second {second}");
    }
}
