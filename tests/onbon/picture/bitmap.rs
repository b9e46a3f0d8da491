//! LEDs to bytes.

use proptest::prelude::*;
use yingbi::{
    controller::onbon::{
        Layout,
        picture::{PictureError, bitmap},
    },
    frame::Frame,
    units::{Area, Size},
};

use super::vectors;
use crate::support::wire::bytes;

const ALL: [Layout; 7] = [
    Layout::Bytes,
    Layout::BytePairs,
    Layout::Words,
    Layout::WordPlanes,
    Layout::Rgb565Low,
    Layout::Rgb565High,
    Layout::Rgb888,
];

/// A frame of these LEDs, all others dark.
fn frame(size: Size, leds: &[(u32, u32, [u8; 3])]) -> Frame {
    let mut frame = Frame::new(size);
    for (x, y, colour) in leds {
        frame.row_mut(*y)[*x as usize * 3..][..3].copy_from_slice(colour);
    }
    frame
}

/// The picture of the maker's example: 64x32.
fn example() -> Frame {
    let lit = [(0, 0, [255, 0, 0]), (1, 0, [0, 255, 0]), (33, 0, [255, 255, 0])];
    frame(Size::new(64, 32), &lit)
}

#[test]
fn the_same_picture_has_the_rows_that_were_captured() {
    let (frame, place) = (example(), Area::new(0, 0, 64, 32));
    let pairs = bitmap::pack(Layout::BytePairs, place, &frame);
    assert_eq!(pairs[..12], bytes("7fbf ffff ffff ffff bfbf ffff"));
    let planes = bitmap::pack(Layout::WordPlanes, place, &frame);
    assert_eq!(planes[..8], bytes("ffffff7f ffffffbf"));
    assert_eq!(planes[256..264], bytes("ffffffbf ffffffbf"));
    assert_eq!((pairs.len(), planes.len()), (512, 512));
}

#[test]
fn the_makers_bitmaps_come_back_as_the_picture_and_as_the_bytes() {
    let place = Area::new(0, 0, 64, 32);
    // The dynamic area of each run: BX-5E red and green, BX-6E2 red and green, BX-6M one colour.
    let runs = [
        (vectors::five(), Layout::BytePairs),
        (vectors::six(), Layout::WordPlanes),
    ];
    for (bodies, layout) in runs {
        for update in vectors::of(&bodies, [0xa7, 0x00]) {
            let found = &update[update.len() - 512..];
            let frame = bitmap::unpack(layout, place, found).unwrap();
            let lit = |x, y| {
                frame.led(x, y).map(|led| {
                    use embedded_graphics::prelude::RgbColor as _;
                    (led.r() > 0, led.g() > 0)
                })
            };
            assert_eq!(lit(0, 0), Some((true, false)), "{layout:?}");
            assert_eq!(lit(1, 0), Some((false, true)));
            assert_eq!(lit(33, 0), Some((true, true)));
            assert_eq!(lit(2, 0), Some((false, false)));
            assert_eq!(bitmap::pack(layout, place, &frame), found);
        }
    }
}

#[test]
fn at_places_off_the_grid_the_bytes_are_those_of_the_makers_sdk() {
    let lines = include_str!("../vectors/areas.hex").lines();
    let mut seen = 0;
    for line in lines.filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(' ').collect();
        let numbers: Vec<u32> = fields[1..5].iter().map(|field| field.parse().unwrap()).collect();
        let place = Area::new(numbers[0], numbers[1], numbers[2], numbers[3]);
        let layout = layout_named(fields[0]);
        let last = (place.width - 1, 0, [255, 255, 0]);
        let picture = frame(
            place.size(),
            &[
                (0, 0, [255, 0, 0]),
                (1, 0, [0, 255, 0]),
                (2, 1, [0x12, 0x34, 0x56]),
                last,
            ],
        );
        let packed = bitmap::pack(layout, place, &picture);
        let wanted = match fields.get(7) {
            Some(bitmap) => bytes(bitmap),
            // BX-5: 12 bytes of the area and 17 of the page stand before it.
            None => bytes(fields[5])[29..].to_vec(),
        };
        assert_eq!(packed, wanted, "{line}");
        assert_eq!(packed.len(), bitmap::length(layout, place));
        seen += 1;
    }
    assert_eq!(seen, 33);
}

fn layout_named(name: &str) -> Layout {
    match name {
        "bytes" => Layout::Bytes,
        "byte-pairs" => Layout::BytePairs,
        "words" => Layout::Words,
        "word-planes" => Layout::WordPlanes,
        "rgb565" => Layout::Rgb565Low,
        "rgb888" => Layout::Rgb888,
        other => panic!("{other}"),
    }
}

#[test]
fn sixteen_bits_stand_low_byte_first_for_bx5_and_high_byte_first_for_bx6() {
    // What `ImageBinary` of the maker's bx05 and bx06 makes of these three LEDs.
    let leds = [
        (0, 0, [0x12, 0x34, 0x56]),
        (1, 0, [255, 0, 0]),
        (2, 0, [0x08, 0xfc, 0x10]),
    ];
    let place = Area::new(0, 0, 3, 1);
    let picture = frame(place.size(), &leds);
    for (layout, made) in [
        (Layout::Rgb565Low, "aa11 00f8 e20f"),
        (Layout::Rgb565High, "11aa f800 0fe2"),
        (Layout::Rgb888, "123456 ff0000 08fc10"),
    ] {
        assert_eq!(bitmap::pack(layout, place, &picture), bytes(made));
    }
}

#[test]
fn a_channel_is_lit_from_its_half_on() {
    let place = Area::new(0, 0, 8, 1);
    let picture = frame(
        place.size(),
        &[
            (0, 0, [0x80, 0, 0]),
            (1, 0, [0x7f, 0x7f, 0x7f]),
            (2, 0, [0, 0, 0x80]),
            (3, 0, [0, 0xff, 0]),
        ],
    );
    assert_eq!(bitmap::pack(Layout::Bytes, place, &picture), [0b0100_1111]);
    assert_eq!(
        bitmap::pack(Layout::BytePairs, place, &picture),
        [0b0111_1111, 0b1110_1111]
    );
    assert_eq!(
        bitmap::pack(Layout::Words, place, &picture),
        [0xff, 0xff, 0xff, 0b0100_1111]
    );
}

#[test]
fn another_number_of_bytes_is_no_bitmap() {
    let place = Area::new(35, 0, 20, 2);
    let error = bitmap::unpack(Layout::Words, place, &[0; 7]).unwrap_err();
    assert_eq!(error, PictureError::Bitmap { found: 7, needed: 8 });
}

/// The bytes, LED by LED and bit by bit, from the tables: no rows, no shifts, no words.
fn oracle(layout: Layout, place: Area, frame: &Frame, from: u32) -> Vec<u8> {
    let led = |x: u32, y: u32| {
        use embedded_graphics::prelude::RgbColor as _;
        frame.led(from + x, y).map_or([0; 3], |led| [led.r(), led.g(), led.b()])
    };
    let places = || (0..place.height).flat_map(|y| (0..place.width).map(move |x| (x, y)));
    let bits = |planes: u32, unit: u32, at: &dyn Fn(u32, u32, u32) -> (u32, u32)| {
        let first = place.x / unit;
        let units = (place.x + place.width).div_ceil(unit) - first;
        let mut out = vec![0xff_u8; (planes * units * (unit / 8) * place.height) as usize];
        for (x, y) in places() {
            let [r, g, b] = led(x, y).map(|channel| channel >= 128);
            for plane in 0..planes {
                let lit = if planes == 1 {
                    r || g || b
                } else {
                    [r, g][plane as usize]
                };
                let absolute = place.x + x;
                let (byte, bit) = at(plane, y * units + absolute / unit - first, absolute % unit);
                if lit {
                    out[byte as usize] -= 1 << bit;
                }
            }
        }
        out
    };
    match layout {
        Layout::Bytes => bits(1, 8, &|_, byte, bit| (byte, 7 - bit)),
        Layout::BytePairs => bits(2, 8, &|plane, byte, bit| (byte * 2 + plane, 7 - bit)),
        Layout::Words => bits(1, 32, &|_, word, bit| (word * 4 + 3 - bit / 8, 7 - bit % 8)),
        Layout::WordPlanes => {
            let units = (place.x + place.width).div_ceil(32) - place.x / 32;
            let plane_bytes = units * 4 * place.height;
            bits(2, 32, &|plane, word, bit| {
                (plane * plane_bytes + word * 4 + 3 - bit / 8, 7 - bit % 8)
            })
        }
        Layout::Rgb565Low | Layout::Rgb565High => places()
            .flat_map(|(x, y)| {
                let [r, g, b] = led(x, y).map(u16::from);
                let short = (r / 8) * 2048 + (g / 4) * 32 + b / 8;
                let [high, low] = [(short / 256) as u8, (short % 256) as u8];
                if layout == Layout::Rgb565Low {
                    [low, high]
                } else {
                    [high, low]
                }
            })
            .collect(),
        Layout::Rgb888 => places().flat_map(|(x, y)| led(x, y)).collect(),
    }
}

fn some_frame(width: u32, height: u32, seed: &[u8]) -> Frame {
    let mut frame = Frame::new(Size::new(width, height));
    let mut state = 1_u32;
    for (byte, more) in frame.bytes_mut().iter_mut().zip(seed.iter().cycle()) {
        state = state
            .wrapping_mul(1_664_525)
            .wrapping_add(1_013_904_223 + u32::from(*more));
        *byte = (state >> 24) as u8;
    }
    frame
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_place_is_packed_as_the_tables_say(
        x in 0_u32..200,
        (width, height) in (1_u32..140, 1_u32..6),
        (frame_width, frame_height) in (1_u32..200, 1_u32..7),
        from in 0_u32..60,
        seed in prop::collection::vec(any::<u8>(), 1..9),
    ) {
        let frame = some_frame(frame_width, frame_height, &seed);
        let place = Area::new(x, 3, width, height);
        for layout in ALL {
            let packed = bitmap::pack_from(layout, place, &frame, from);
            prop_assert_eq!(packed.len(), bitmap::length(layout, place));
            prop_assert_eq!(packed, oracle(layout, place, &frame, from), "{:?}", layout);
        }
    }

    #[test]
    fn what_is_unpacked_packs_again_to_the_same_bytes(
        x in 0_u32..100,
        (width, height) in (1_u32..100, 1_u32..6),
        seed in prop::collection::vec(any::<u8>(), 1..9),
    ) {
        let frame = some_frame(width, height, &seed);
        let place = Area::new(x, 0, width, height);
        for layout in ALL {
            let packed = bitmap::pack(layout, place, &frame);
            let again = bitmap::unpack(layout, place, &packed).unwrap();
            prop_assert_eq!(bitmap::pack(layout, place, &again), packed);
            if layout == Layout::Rgb888 {
                prop_assert!(again == frame);
            }
        }
    }
}
