//! How a picture of any proportions lands in a place of others.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use proptest::prelude::*;
use yingbi::{
    frame::{Fit, Fitting, Focus, Placed},
    units::{Area, Size},
};

fn fitting(fit: Fit, x: u8, y: u8) -> Fitting {
    Fitting {
        fit,
        focus: Focus { x, y },
        ground: Rgb888::BLACK,
    }
}

fn place(fit: Fit, from: (u32, u32), room: (u32, u32)) -> Placed {
    fitting(fit, 50, 50).place(Size::new(from.0, from.1), Size::new(room.0, room.1))
}

#[test]
fn a_portrait_is_seen_whole_between_two_bars() {
    let placed = place(Fit::Contain, (1080, 1920), (512, 256));
    assert_eq!(placed.from, Area::new(0, 0, 1080, 1920));
    assert_eq!(placed.to, Area::new(184, 0, 144, 256));
}

#[test]
fn a_picture_that_covers_its_place_is_cut_around_its_focus() {
    let placed = place(Fit::Cover, (4000, 3000), (512, 256));
    assert_eq!(
        placed,
        Placed {
            from: Area::new(0, 500, 4000, 2000),
            to: Area::new(0, 0, 512, 256)
        }
    );
    let at = |y| {
        fitting(Fit::Cover, 0, y)
            .place(Size::new(4000, 3000), Size::new(512, 256))
            .from
            .y
    };
    assert_eq!([at(0), at(25), at(100)], [0, 250, 1000]);
}

#[test]
fn a_stretched_picture_is_whole_and_has_no_bars() {
    let placed = place(Fit::Stretch, (1080, 1920), (512, 256));
    assert_eq!(
        placed,
        Placed {
            from: Area::new(0, 0, 1080, 1920),
            to: Area::new(0, 0, 512, 256)
        }
    );
}

#[test]
fn a_small_video_fills_its_place_and_a_small_picture_stays_sharp() {
    let (from, room) = (Size::new(100, 40), Size::new(256, 96));
    let whole = fitting(Fit::Contain, 50, 50);
    assert_eq!(whole.place(from, room).to, Area::new(8, 0, 240, 96));
    assert_eq!(whole.place_picture(from, room).to, Area::new(28, 8, 200, 80));
    for fit in [Fit::Cover, Fit::Stretch] {
        let fitting = fitting(fit, 50, 50);
        assert_eq!(fitting.place_picture(from, room), fitting.place(from, room));
    }
}

#[test]
fn what_is_shown_much_smaller_says_how_much() {
    assert_eq!(place(Fit::Contain, (1920, 1080), (256, 144)).shrinks(), 7);
    assert_eq!(place(Fit::Cover, (4000, 1000), (128, 128)).shrinks(), 7);
    assert_eq!(place(Fit::Stretch, (512, 3000), (512, 256)).shrinks(), 11);
    assert_eq!(place(Fit::Contain, (512, 256), (512, 256)).shrinks(), 1);
    assert_eq!(place(Fit::Contain, (100, 50), (512, 256)).shrinks(), 0);
}

fn sizes() -> impl Strategy<Value = Size> {
    let side = || prop_oneof![1_u32..12, 1_u32..5000];
    (side(), side()).prop_map(|(width, height)| Size::new(width, height))
}

proptest! {
    #[test]
    fn what_is_seen_and_where_lies_within_and_is_never_empty(
        from in sizes(), room in sizes(), x in 0_u8..=100, y in 0_u8..=100, which in 0_usize..3,
    ) {
        let fitting = fitting([Fit::Contain, Fit::Cover, Fit::Stretch][which], x, y);
        for placed in [fitting.place(from, room), fitting.place_picture(from, room)] {
            prop_assert!(placed.from.fits(from) && placed.to.fits(room), "{:?}", placed);
            prop_assert!(placed.from.size().leds() > 0 && placed.to.size().leds() > 0, "{:?}", placed);
        }
    }

    #[test]
    fn a_whole_picture_is_as_large_as_its_proportions_let_it(from in sizes(), room in sizes()) {
        let Placed { from: part, to } = fitting(Fit::Contain, 50, 50).place(from, room);
        prop_assert_eq!(part, from.area());
        // In floating point: by the tighter of the two sides.
        let times = (f64::from(room.width) / f64::from(from.width)).min(f64::from(room.height) / f64::from(from.height));
        for (side, whole) in [(to.width, from.width), (to.height, from.height)] {
            let exact = (f64::from(whole) * times).max(1.0);
            prop_assert!((f64::from(side) - exact).abs() <= 0.5 + 1e-6, "{} for {}", side, exact);
        }
        // In the middle.
        let (left, right) = (to.x, room.width - to.right());
        let (above, below) = (to.y, room.height - to.bottom());
        prop_assert!(right - left <= 1 && below - above <= 1);
    }

    #[test]
    fn a_picture_that_covers_shows_as_much_as_the_place_lets_it(
        from in sizes(), room in sizes(), x in 0_u8..=100, y in 0_u8..=100,
    ) {
        let Placed { from: part, to } = fitting(Fit::Cover, x, y).place(from, room);
        prop_assert_eq!(to, room.area());
        let times = (f64::from(room.width) / f64::from(from.width)).max(f64::from(room.height) / f64::from(from.height));
        for (side, seen) in [(part.width, room.width), (part.height, room.height)] {
            let exact = (f64::from(seen) / times).max(1.0);
            prop_assert!((f64::from(side) - exact).abs() <= 0.5 + 1e-6, "{} for {}", side, exact);
        }
        for (start, side, whole, focus) in [(part.x, part.width, from.width, x), (part.y, part.height, from.height, y)] {
            let exact = f64::from(whole - side) * f64::from(focus) / 100.0;
            prop_assert!((f64::from(start) - exact).abs() <= 0.5 + 1e-6);
        }
    }
}
