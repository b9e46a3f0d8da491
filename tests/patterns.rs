//! Test pictures of one output, drawn as letters: `r`, `g`, `b`, `y`, `w` for a full colour, `.` for dark, `o` for anything between.

use std::sync::Arc;

use embedded_graphics::prelude::RgbColor as _;
use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    panel::{Axis, Corner, Format, Heading, Hue, Module, Pattern, Spec, Turn, Walk, Wiring, paint},
    units::{Area, Size, WHITE},
};

fn module(area: Area, turn: Turn) -> Module {
    Module {
        area,
        turn,
        mirrored: false,
        walk: Walk::default(),
    }
}

fn drawn(pattern: Pattern, spec: &Spec, step: u32) -> Vec<String> {
    let mut frame = Frame::new(spec.region.size());
    paint(pattern, spec, step, &mut frame);
    let row = |y| (0..spec.region.width).map(|x| letter(&frame, x, y)).collect();
    (0..spec.region.height).map(row).collect()
}

fn letter(frame: &Frame, x: u32, y: u32) -> char {
    let led = frame.led(x, y).unwrap();
    match [led.r(), led.g(), led.b()] {
        [0, 0, 0] => '.',
        [255, 0, 0] => 'r',
        [0, 255, 0] => 'g',
        [0, 0, 255] => 'b',
        [255, 255, 0] => 'y',
        [255, 255, 255] => 'w',
        _ => 'o',
    }
}

#[test]
fn corners_have_a_border_and_one_to_four_bars_in_a_colour_each() {
    let expected = [
        "wwwwwwwwwwwwwwwwwwwwwwww",
        "w......................w",
        "w.r................g.g.w",
        "w.r................g.g.w",
        "w.r................g.g.w",
        "w......................w",
        "w......................w",
        "w.y.y.y.y........b.b.b.w",
        "w.y.y.y.y........b.b.b.w",
        "w.y.y.y.y........b.b.b.w",
        "w......................w",
        "wwwwwwwwwwwwwwwwwwwwwwww",
    ];
    assert_eq!(
        drawn(Pattern::Corners, &Spec::plain(Area::new(0, 0, 24, 12)), 0),
        expected
    );
}

#[test]
fn modules_have_a_frame_a_number_and_a_mark_where_their_first_led_is() {
    let modules = [
        module(Area::new(0, 0, 16, 12), Turn::None),
        module(Area::new(16, 0, 12, 12), Turn::Quarter),
        module(Area::new(28, 0, 12, 12), Turn::Half),
    ];
    let spec = Spec {
        wiring: Wiring::Modules(Arc::from(modules)),
        ..Spec::plain(Area::new(0, 0, 40, 12))
    };
    let expected = [
        "wyygggggggggggggbbbbbbbbbbbwrrrrrrrrrrrr",
        "g..............gb..........yr..........r",
        "g..............gb..........yr..........r",
        "g.......w......gb....www...br...wwwww..r",
        "g......ww......gb...w...w..br.......w..r",
        "g.....w.w......gb.......w..br......w...r",
        "g.......w......gb.....ww...br.....ww...r",
        "g.......w......gb....w.....br.......w..r",
        "g.......w......gb...w......br...w...w..r",
        "g.....wwwww....gb...wwwww..br....www...r",
        "g..............gb..........br..........r",
        "ggggggggggggggggbbbbbbbbbbbbrrrrrrrrryyw",
    ];
    assert_eq!(drawn(Pattern::Modules, &spec, 0), expected);
}

#[test]
fn leds_of_one_colour_show_all_of_it() {
    let spec = Spec {
        format: Format::OneBit,
        ..Spec::plain(Area::new(0, 0, 12, 10))
    };
    let expected = [
        "wwwwwwwwwwww",
        "w..........w",
        "w..........w",
        "w.....w....w",
        "w....ww....w",
        "w.....w....w",
        "w.....w....w",
        "w.....w....w",
        "w....www...w",
        "wwwwwwwwwwww",
    ];
    assert_eq!(drawn(Pattern::Modules, &spec, 0), expected);
}

#[test]
fn ramps_go_from_dark_to_full_in_four_bands_or_one() {
    let spec = Spec::plain(Area::new(0, 0, 256, 8));
    let mut frame = Frame::new(Size::new(256, 8));
    paint(Pattern::Ramps, &spec, 0, &mut frame);
    for x in 0..=255 {
        let led = |y| frame.led(u32::from(x), y).map(|led| [led.r(), led.g(), led.b()]);
        assert_eq!(led(0), Some([x, x, x]));
        assert_eq!(
            [led(3), led(5), led(7)],
            [Some([x, 0, 0]), Some([0, x, 0]), Some([0, 0, x])]
        );
    }
    let grey = Spec {
        format: Format::Grey,
        ..Spec::plain(Area::new(0, 0, 3, 2))
    };
    assert_eq!(drawn(Pattern::Ramps, &grey, 0), [".ow", ".ow"]);
}

#[test]
fn fields_are_all_of_one_colour() {
    let spec = Spec::plain(Area::new(0, 0, 3, 1));
    let fields = [Hue::White, Hue::Red, Hue::Green, Hue::Blue].map(|hue| drawn(Pattern::Field(hue), &spec, 0).concat());
    assert_eq!(fields, ["www", "rrr", "ggg", "bbb"]);
}

#[test]
fn a_row_wanders_down_and_a_column_to_the_right_and_both_come_again() {
    let spec = Spec::plain(Area::new(0, 0, 3, 2));
    assert_eq!(drawn(Pattern::Rows, &spec, 0), ["www", "..."]);
    assert_eq!(drawn(Pattern::Rows, &spec, 1), ["...", "www"]);
    assert_eq!(drawn(Pattern::Rows, &spec, 2), ["www", "..."]);
    assert_eq!(drawn(Pattern::Columns, &spec, 2), ["..w", "..w"]);
    assert_eq!(drawn(Pattern::Columns, &spec, u32::MAX), ["w..", "w.."]);
    assert_eq!((Pattern::Rows.steps(&spec), Pattern::Columns.steps(&spec)), (2, 3));
}

#[test]
fn every_pattern_is_found_by_both_of_its_names() {
    for pattern in Pattern::ALL {
        assert_eq!(Pattern::named(pattern.name()), Some(pattern));
        assert_eq!(Pattern::named(pattern.chinese()), Some(pattern));
    }
    assert_eq!(Pattern::named("plaid"), None);
}

#[test]
fn the_first_led_of_a_module_is_where_turning_and_mirroring_put_it() {
    let walk = Walk {
        corner: Corner::TopLeft,
        axis: Axis::Columns,
        serpentine: false,
    };
    let place = |turn, mirrored| {
        let module = Module {
            turn,
            mirrored,
            walk,
            ..module(Area::new(0, 0, 4, 4), turn)
        };
        (module.entry(), module.heading())
    };
    assert_eq!(place(Turn::None, false), (Corner::TopLeft, Heading::Down));
    assert_eq!(place(Turn::Quarter, false), (Corner::TopRight, Heading::Left));
    assert_eq!(place(Turn::Half, false), (Corner::BottomRight, Heading::Up));
    assert_eq!(place(Turn::ThreeQuarters, false), (Corner::BottomLeft, Heading::Right));
    assert_eq!(place(Turn::None, true), (Corner::TopRight, Heading::Down));
    assert_eq!(place(Turn::Quarter, true), (Corner::BottomRight, Heading::Left));
}

proptest! {
    #[test]
    fn nothing_is_painted_outside_of_the_region(
        x in 0_u32..20, y in 0_u32..20, width in 0_u32..70, height in 0_u32..40, which in 0_usize..9, step: u32,
    ) {
        let region = Area::new(x, y, width, height);
        let mut frame = Frame::new(Size::new(80, 50));
        frame.fill(WHITE);
        let modules = [module(Area::new(0, 0, width, height), Turn::Half), module(Area::new(3, 2, 90, 90), Turn::Quarter)];
        let spec = Spec { wiring: Wiring::Modules(Arc::from(modules)), ..Spec::plain(region) };
        paint(Pattern::ALL[which], &spec, step, &mut frame);
        for y in 0..50 {
            for x in 0..80 {
                let is_inside = region.overlaps(Area::new(x, y, 1, 1));
                prop_assert!(is_inside || frame.led(x, y) == Some(WHITE));
            }
        }
    }
}
