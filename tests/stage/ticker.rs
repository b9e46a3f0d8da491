//! The running strip, against an oracle that looks at each LED.

use yingbi::{
    frame::Frame,
    site::Colour,
    stage::{Block, Content, Field, Fill, Pane, Template},
    text::Compositor,
    units::{BLACK, Motion, Pace, Rate, Size, Tick, Ticks},
};

use super::picture::at;

fn template() -> Template {
    Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 13,
        blocks: vec![Block {
            fill: Fill::Field(Field::Title),
            ..Block::default()
        }],
    }
}

/// A pane whose text runs `speed` LEDs a tick.
fn at_speed(size: Size, speed: u16) -> Pane {
    Pane {
        motion: Motion::Leds(speed.try_into().expect("it runs")),
        ..size.into()
    }
}

fn titled(title: &str) -> Content {
    Content {
        title: title.into(),
        ..Content::default()
    }
}

fn painted(template: &Template, contents: &[&Content], size: Size, speed: u16, tick: i64) -> Frame {
    let scene = template.prepare_ticker(&Compositor::default(), contents, at_speed(size, speed), Colour::Full);
    let mut frame = super::picture::noise(size, 7);
    scene.paint(at(tick), Tick(0), &mut frame);
    frame
}

#[test]
fn a_ticker_shows_column_x_plus_tick_times_speed_of_the_strip() {
    let template = template();
    let contents = [titled("办公时间"), titled("Open 9:00"), titled("")];
    let contents: Vec<&Content> = contents.iter().collect();
    for speed in [1, 3, 8] {
        let size = Size::new(57, 16);
        let cycle: i64 = contents
            .iter()
            .map(|content| {
                template
                    .ticker_ticks(&Compositor::default(), content, at_speed(size, speed))
                    .0
                    * i64::from(speed)
            })
            .sum();
        // The whole strip at rest, seen through a zone as wide as it is.
        let whole = Size::new(u32::try_from(cycle).unwrap(), 16);
        let strip = painted(&template, &contents, whole, speed, 0);
        for tick in [0, 1, 2, 50, cycle - 1, cycle, 123_456_789, -1, -77] {
            let frame = painted(&template, &contents, size, speed, tick);
            for y in 0..size.height {
                for x in 0..size.width {
                    let column = (tick * i64::from(speed) + i64::from(x)).rem_euclid(cycle);
                    let column = u32::try_from(column).unwrap();
                    assert_eq!(
                        frame.led(x, y),
                        strip.led(column, y),
                        "speed {speed}, tick {tick}, LED {x},{y}"
                    );
                }
            }
        }
    }
}

#[test]
fn each_content_begins_at_the_left_edge_on_the_tick_of_its_cue() {
    let template = template();
    let (first, second) = (titled("甲乙丙"), titled("ABC"));
    let size = Size::new(24, 16);
    let speed = 5;
    let ticks = template
        .ticker_ticks(&Compositor::default(), &first, at_speed(size, speed))
        .0;
    assert_eq!(template.ticker_width(&Compositor::default(), &first, size), 3 * 16 + 13);
    assert_eq!(ticks, 13, "61 LEDs at 5 a tick");
    let joined = painted(&template, &[&first, &second], size, speed, ticks);
    let alone = painted(&template, &[&second], size, speed, 0);
    assert_eq!(joined, alone);
}

#[test]
fn a_strip_shorter_than_its_zone_repeats() {
    let template = template();
    let content = titled("A");
    let size = Size::new(64, 16);
    let frame = painted(&template, &[&content], size, 1, 0);
    let cycle = template.ticker_width(&Compositor::default(), &content, size);
    assert_eq!(cycle, 8 + 13);
    for y in 0..16 {
        for x in cycle..64 {
            assert_eq!(frame.led(x, y), frame.led(x - cycle, y));
        }
    }
}

#[test]
fn a_ticker_of_nothing_is_the_ground_alone() {
    let template = template();
    let size = Size::new(8, 16);
    assert_eq!(painted(&template, &[], size, 2, 5), Frame::new(size));
    assert_eq!(painted(&template, &[&titled("")], size, 2, 5), Frame::new(size));
}

#[test]
fn type_in_a_ticker_is_as_large_as_the_zone_is_high() {
    let mut template = template();
    template.blocks[0].size = 128;
    let width = |height| template.ticker_width(&Compositor::default(), &titled("甲"), Size::new(64, height));
    assert_eq!(width(16), 16 + 13);
    assert_eq!(width(31), 24 + 13);
    assert_eq!(width(32), 32 + 13);
    assert_eq!(width(8), 16 + 13);
}

#[test]
fn a_content_longer_than_a_strip_may_be_is_cut() {
    let template = template();
    let width = template.ticker_width(&Compositor::default(), &titled(&"长".repeat(5000)), Size::new(64, 16));
    assert_eq!(width, 16_384 + 13);
}

#[test]
fn a_slow_ticker_moves_by_one_led_every_few_ticks() {
    let (template, content) = (template(), titled("慢"));
    let pane = Pane {
        size: Size::new(24, 16),
        rate: Rate::new(100).unwrap(),
        motion: Motion::Pace(Pace::new(300).unwrap()),
    };
    assert_eq!(
        template.ticker_ticks(&Compositor::default(), &content, pane),
        Ticks(2 * 29)
    );
    let scene = template.prepare_ticker(&Compositor::default(), &[&content], pane, Colour::Full);
    let painted = |tick| {
        let mut frame = Frame::new(pane.size);
        scene.paint(at(tick), Tick(0), &mut frame);
        frame
    };
    for tick in [0, 2, 30, -4] {
        assert_eq!(painted(tick), painted(tick + 1), "tick {tick}");
        assert_ne!(painted(tick), painted(tick + 2), "tick {tick}");
    }
    assert_eq!(painted(58), painted(0));
}
