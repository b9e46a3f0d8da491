//! How LEDs shine: region, gamma and brightness against an oracle in floating point.

use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    panel::{Format, Order, Panel, Spec},
    units::{Area, Level, Size},
};

/// A frame whose LEDs tell their place: red counts columns, green rows, blue is a constant.
fn places(size: Size) -> Frame {
    let mut bytes = Vec::new();
    for y in 0..size.height {
        for x in 0..size.width {
            bytes.extend([x as u8, y as u8, 7]);
        }
    }
    Frame::from_bytes(size, bytes).unwrap()
}

/// A frame with every channel value.
fn values() -> Frame {
    let bytes = (0..=255_u8).flat_map(|value| [value; 3]).collect();
    Frame::from_bytes(Size::new(256, 1), bytes).unwrap()
}

fn panel(region: Area, level: Level, gamma: u16) -> (Panel, Level) {
    let spec = Spec {
        gamma: [gamma; 3],
        ..Spec::plain(region)
    };
    (Panel::new(&spec), level)
}

fn pack((mut panel, level): (Panel, Level), frame: &Frame) -> Vec<u8> {
    let mut out = vec![9; 5];
    panel.pack(frame, level, &mut out);
    out
}

#[test]
fn linear_gamma_at_full_brightness_copies_the_frame() {
    let frame = places(Size::new(5, 4));
    let panel = panel(frame.size().area(), Level::FULL, 100);
    assert_eq!(pack(panel, &frame), frame.bytes());
}

#[test]
fn a_region_is_packed_row_by_row() {
    let panel = panel(Area::new(3, 1, 2, 2), Level::FULL, 100);
    let packed = pack(panel, &places(Size::new(6, 4)));
    assert_eq!(packed, [3, 1, 7, 4, 1, 7, 3, 2, 7, 4, 2, 7]);
}

#[test]
fn a_region_beyond_the_frame_stays_dark_there_and_keeps_its_length() {
    let inside = panel(Area::new(1, 1, 2, 2), Level::FULL, 100);
    let packed = pack(inside, &places(Size::new(2, 2)));
    assert_eq!(packed, [1, 1, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    let outside = panel(Area::new(u32::MAX, u32::MAX, 2, 1), Level::FULL, 100);
    assert_eq!(pack(outside, &places(Size::new(2, 2))), [0; 6]);
}

#[test]
fn brightness_and_gamma_of_known_values() {
    let area = Size::new(256, 1).area();
    let half = pack(panel(area, Level::new(50).unwrap(), 100), &values());
    assert_eq!((half[255 * 3], half[128 * 3], half[3]), (128, 64, 1));
    // 255 x (128 / 255)^2.2 = 55.98
    let corrected = pack(panel(area, Level::FULL, 220), &values());
    assert_eq!((corrected[255 * 3], corrected[128 * 3]), (255, 56));
    let dark = pack(panel(area, Level::new(0).unwrap(), 220), &values());
    assert!(dark.iter().all(|byte| *byte == 0));
}

/// A frame of one LED, packed.
fn led(colour: [u8; 3], percent: u8, spec: &Spec) -> Vec<u8> {
    let frame = Frame::from_bytes(Size::new(1, 1), colour.into()).unwrap();
    pack((Panel::new(spec), Level::new(percent).unwrap()), &frame)
}

fn one_led() -> Spec {
    Spec::plain(Area::new(0, 0, 1, 1))
}

#[test]
fn each_channel_has_its_own_gamma_and_its_own_place_on_the_wire() {
    let spec = Spec {
        gamma: [100, 200, 300],
        order: Order::Gbr,
        ..one_led()
    };
    // 255 x (128 / 255)^2 = 64.25, 255 x (128 / 255)^3 = 32.25
    assert_eq!(led([128; 3], 100, &spec), [64, 32, 128]);
}

#[test]
fn what_is_fully_on_never_vanishes_unless_the_brightness_is_nought() {
    let spec = Spec {
        gamma: [280; 3],
        kelvin: Some(1667),
        ..one_led()
    };
    for colour in [[255, 0, 0], [0, 255, 0], [0, 0, 255], [255, 255, 255]] {
        for percent in 1..=100 {
            for (value, lit) in colour.iter().zip(led(colour, percent, &spec)) {
                assert_eq!(*value > 0, lit > 0, "{colour:?} at {percent} %");
            }
        }
        assert_eq!(led(colour, 0, &spec), [0; 3]);
    }
}

#[test]
fn a_grey_of_half_a_part_is_lit_and_one_below_is_not() {
    // 50 of 255 at 1 % are half a part, 49 less.
    assert_eq!(led([50, 49, 0], 1, &one_led()), [1, 0, 0]);
}

#[test]
fn a_warm_white_has_less_blue_and_a_cold_one_less_red() {
    let white = |kelvin| {
        let spec = Spec {
            kelvin: Some(kelvin),
            ..one_led()
        };
        led([255; 3], 100, &spec)
    };
    assert_eq!(white(6500), [255; 3]);
    // Illuminant A, the black body of 2,856 K (x 0.4476, y 0.4074), is 1.846, 0.826, 0.233 in linear sRGB, and that of 6,500 K (x 0.3135,
    // y 0.3237) is 1.043, 0.984, 1.035: the quotients are as 1 to 0.474 to 0.127.
    let [red, green, blue] = white(2856)[..] else {
        unreachable!()
    };
    assert_eq!(red, 255);
    assert!(green.abs_diff(121) <= 2 && blue.abs_diff(32) <= 2, "{green} {blue}");
    let [red, green, blue] = white(9300)[..] else {
        unreachable!()
    };
    assert!(red < green && green < blue && blue == 255, "{red} {green} {blue}");
    assert_eq!(white(500), white(1667));
    assert_eq!(white(60_000), white(25_000));
}

#[test]
fn leds_of_one_colour_are_as_bright_as_the_brightest_channel() {
    let spec = Spec {
        format: Format::Grey,
        gamma: [100, 300, 300],
        order: Order::Bgr,
        kelvin: Some(3000),
        ..one_led()
    };
    for colour in [[200, 0, 0], [0, 200, 10], [3, 7, 200]] {
        assert_eq!(led(colour, 50, &spec), [100]);
    }
}

#[test]
fn a_bit_is_set_from_half_of_a_channel_on_whatever_gamma_and_brightness() {
    let bits = |format, colours: &[[u8; 3]], percent| {
        let size = Size::new(colours.len() as u32, 1);
        let spec = Spec {
            format,
            gamma: [250; 3],
            ..Spec::plain(size.area())
        };
        let frame = Frame::from_bytes(size, colours.concat()).unwrap();
        pack((Panel::new(&spec), Level::new(percent).unwrap()), &frame)
    };
    let (dark, red, green, blue, yellow) = ([127; 3], [128, 0, 0], [0, 128, 0], [0, 0, 128], [255, 255, 0]);
    let row = [red, dark, green, blue, dark, yellow, dark, dark, dark, red];
    for percent in [1, 40, 100] {
        assert_eq!(bits(Format::OneBit, &row, percent), [0b1011_0100, 0b0100_0000]);
        assert_eq!(
            bits(Format::TwoBit, &row, percent),
            [0b1000_0100, 0b0011_0000, 0b0010_0000]
        );
    }
    assert_eq!(bits(Format::OneBit, &row, 0), [0; 2]);
    assert_eq!(bits(Format::TwoBit, &row, 0), [0; 3]);
}

proptest! {
    #[test]
    fn every_value_is_within_half_a_step_of_the_exact_one(percent in 0_u8..=100, gamma in 1_u16..=500) {
        let frame = values();
        let panel = panel(frame.size().area(), Level::new(percent).unwrap(), gamma);
        let packed = pack(panel, &frame);
        for (value, led) in packed.chunks(3).enumerate() {
            // By logarithms, where the panel takes powers.
            let share = (value as f64 / 255.0).ln() * f64::from(gamma) / 100.0;
            let exact = share.exp() * 2.55 * f64::from(percent);
            for channel in led {
                prop_assert!((f64::from(*channel) - exact).abs() <= 0.5 + 1e-9, "{value}: {channel} for {exact}");
            }
        }
    }

    #[test]
    fn a_darker_value_never_shines_brighter(percent in 0_u8..=100, gamma in 0_u16..=500) {
        let frame = values();
        let panel = panel(frame.size().area(), Level::new(percent).unwrap(), gamma);
        let packed = pack(panel, &frame);
        prop_assert_eq!(packed[0], 0);
        prop_assert!(packed.chunks(3).is_sorted());
    }

    #[test]
    fn a_region_is_the_same_leds_as_in_the_whole(x in 0_u32..8, y in 0_u32..6, width in 1_u32..8, height in 1_u32..6) {
        let size = Size::new(16, 12);
        let level = Level::new(70).unwrap();
        let whole = pack(panel(size.area(), level, 180), &places(size));
        let part = pack(panel(Area::new(x, y, width, height), level, 180), &places(size));
        for row in 0..height {
            for column in 0..width {
                let at = |x: u32, y: u32, stride: u32| ((y * stride + x) * 3) as usize;
                prop_assert_eq!(
                    &part[at(column, row, width)..][..3],
                    &whole[at(x + column, y + row, size.width)..][..3]
                );
            }
        }
    }
}
