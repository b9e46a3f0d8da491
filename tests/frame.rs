//! A picture without its colours.

use proptest::prelude::*;
use yingbi::{frame::Frame, units::Size};

/// One LED of these channels, made grey.
fn grey(led: [u8; 3]) -> [u8; 3] {
    let mut frame = Frame::from_bytes(Size::new(1, 1), led.to_vec()).unwrap();
    frame.grey();
    frame.bytes().try_into().unwrap()
}

#[test]
fn green_looks_lighter_than_red_and_red_than_blue() {
    assert_eq!(grey([255, 0, 0]), [54; 3]);
    assert_eq!(grey([0, 255, 0]), [182; 3]);
    assert_eq!(grey([0, 0, 255]), [19; 3]);
    assert_eq!(grey([255, 200, 64]), [202; 3]);
}

#[test]
fn what_is_grey_stays_as_it_is() {
    for level in 0..=u8::MAX {
        assert_eq!(grey([level; 3]), [level; 3]);
    }
}

#[test]
fn every_led_of_a_frame_is_made_grey_without_allocating() {
    let size = Size::new(3, 2);
    let mut frame = Frame::from_bytes(size, (0..18).map(|at| at * 14).collect()).unwrap();
    let counted = allocation_counter::measure(|| frame.grey());
    assert_eq!(counted.count_total, 0);
    // The second channel plus about -14 * 54 / 256 and 14 * 19 / 256.
    assert_eq!(
        frame.bytes(),
        [
            12, 12, 12, 54, 54, 54, 96, 96, 96, 138, 138, 138, 180, 180, 180, 222, 222, 222
        ]
    );
}

proptest! {
    #[test]
    fn the_luma_is_that_of_bt_709_to_the_nearest_of_its_parts(led in any::<[u8; 3]>()) {
        let [red, green, blue] = led.map(f64::from);
        let exact = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        let [luma, ..] = grey(led);
        prop_assert!((f64::from(luma) - exact).abs() < 1.3, "{} for {}", luma, exact);
    }
}
