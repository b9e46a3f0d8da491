//! Pictures of videos in their places, against another way: in floating point, LED by LED, from where its light comes.

use std::{fs, path::PathBuf};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use proptest::prelude::*;
use yingbi::{
    frame::{Fit, Fitting, Focus, Placed},
    media::film::{About, FilmFault, Pixels, Scaler, Turn},
    panel::Dither,
    simulator::picture::{self as developed, Look},
    site::Colour as Leds,
    stage::Rendition,
    units::{Area, Size},
};

use super::{about, frame, light, noise, on_one_bit, rendition, value, with_fit};

const TURNS: [Turn; 4] = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters];

/// How much of a pixel lies between these.
fn overlap(from: f64, to: f64, pixel: u32) -> f64 {
    (to.min(f64::from(pixel) + 1.0) - from.max(f64::from(pixel))).max(0.0)
}

/// The mean of the light of a part of a picture, as a value of each channel.
fn mean(pixels: &[u8], size: Size, [left, top, right, bottom]: [f64; 4]) -> [f64; 3] {
    let mut sums = [0.0; 3];
    for y in top as u32..(bottom.ceil() as u32).min(size.height) {
        for x in left as u32..(right.ceil() as u32).min(size.width) {
            let weight = overlap(left, right, x) * overlap(top, bottom, y);
            let at = (y * size.width + x) as usize * 3;
            for (sum, channel) in sums.iter_mut().zip(&pixels[at..at + 3]) {
                *sum += weight * light(*channel);
            }
        }
    }
    sums.map(|sum| value(sum / ((right - left) * (bottom - top))))
}

/// The upright picture.
fn upright(pixels: &[u8], size: Size, turn: Turn) -> (Vec<u8>, Size) {
    let (width, height) = (size.width as usize, size.height as usize);
    let pixel = |x: usize, y: usize| &pixels[(y * width + x) * 3..][..3];
    let turned = |to: Size, from: &dyn Fn(usize, usize) -> (usize, usize)| {
        let places = (0..to.height as usize).flat_map(|y| (0..to.width as usize).map(move |x| (x, y)));
        let bytes = places.flat_map(|(x, y)| {
            let (x, y) = from(x, y);
            pixel(x, y).to_vec()
        });
        (bytes.collect(), to)
    };
    let lying = Size::new(size.height, size.width);
    match turn {
        Turn::None => (pixels.to_vec(), size),
        Turn::Quarter => turned(lying, &|x, y| (y, height - 1 - x)),
        Turn::Half => turned(size, &|x, y| (width - 1 - x, height - 1 - y)),
        Turn::ThreeQuarters => turned(lying, &|x, y| (width - 1 - y, x)),
    }
}

/// Holds what the scaler makes of a picture with square pixels to what it should be.
fn compare(about: &About, rendition: &Rendition, pixels: &[u8]) {
    let mut scaler = Scaler::new(about, rendition).unwrap();
    let seen = scaler.scale(&Pixels::Rgb(pixels)).unwrap().clone();
    let (upright, size) = upright(pixels, about.size, about.turn);
    assert_eq!(scaler.original(), size);
    let Placed { from, to } = rendition.fitting.place(size, rendition.size);
    let (wide, high) = (
        f64::from(from.width) / f64::from(to.width),
        f64::from(from.height) / f64::from(to.height),
    );
    for y in 0..rendition.size.height {
        for x in 0..rendition.size.width {
            let led = seen.led(x, y).unwrap();
            let is_inside = (to.x..to.right()).contains(&x) && (to.y..to.bottom()).contains(&y);
            if !is_inside {
                assert_eq!(led, rendition.fitting.ground);
                continue;
            }
            let left = f64::from(from.x) + f64::from(x - to.x) * wide;
            let top = f64::from(from.y) + f64::from(y - to.y) * high;
            let exact = mean(&upright, size, [left, top, left + wide, top + high]);
            for (seen, exact) in [led.r(), led.g(), led.b()].into_iter().zip(exact) {
                assert!((f64::from(seen) - exact).abs() < 0.75, "{x} {y}: {seen}, not {exact}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn every_led_is_the_mean_of_the_light_that_falls_on_it(
        (width, height) in (1_u32..60, 1_u32..40),
        (across, down) in (1_u32..48, 1_u32..48),
        (which, turn) in (0_usize..3, 0_usize..4),
        (x, y) in (0_u8..=100, 0_u8..=100),
        seed in any::<u32>(),
    ) {
        let size = Size::new(width, height);
        let fitting = Fitting {
            fit: [Fit::Contain, Fit::Cover, Fit::Stretch][which],
            focus: Focus { x, y },
            ground: Rgb888::new(10, 60, 110),
        };
        let about = About { turn: TURNS[turn], ..about(size) };
        let rendition = Rendition { fitting, ..rendition(Size::new(across, down), 25) };
        compare(&about, &rendition, &noise(size, seed));
    }
}

#[test]
fn a_picture_in_a_place_of_its_own_size_is_left_alone() {
    let size = Size::new(64, 32);
    let pixels = noise(size, 7);
    let mut scaler = Scaler::new(&about(size), &rendition(size, 25)).unwrap();
    assert!(scaler.scale(&Pixels::Rgb(&pixels)).unwrap().bytes() == pixels);
}

#[test]
fn a_whole_multiple_makes_a_square_of_each_pixel() {
    let size = Size::new(8, 4);
    let pixels = noise(size, 3);
    let mut scaler = Scaler::new(&about(size), &rendition(Size::new(24, 12), 25)).unwrap();
    let seen = scaler.scale(&Pixels::Rgb(&pixels)).unwrap();
    for (y, row) in seen.bytes().chunks_exact(24 * 3).enumerate() {
        for (x, led) in row.chunks_exact(3).enumerate() {
            assert_eq!(led, &pixels[(y / 3 * 8 + x / 3) * 3..][..3]);
        }
    }
}

#[test]
fn pixels_that_are_not_square_are_made_so() {
    // A DVD of 16:9: 720 x 576, each pixel 64/45 as wide as high.
    let dvd = About {
        aspect: (64, 45),
        ..about(Size::new(720, 576))
    };
    let scaler = Scaler::new(&dvd, &rendition(Size::new(512, 256), 25)).unwrap();
    assert_eq!(scaler.original(), Size::new(1024, 576));
    let lying = About {
        turn: Turn::Quarter,
        ..dvd.clone()
    };
    let scaler = Scaler::new(&lying, &rendition(Size::new(512, 256), 25)).unwrap();
    assert_eq!(scaler.original(), Size::new(576, 1024));
    // A circle of ovals: columns 180 to 539 are its middle half.
    let row = [[0; 3].repeat(180), [255; 3].repeat(360), [0; 3].repeat(180)].concat();
    let mut scaler = Scaler::new(&dvd, &with_fit(rendition(Size::new(256, 256), 25), Fit::Cover)).unwrap();
    let seen = scaler.scale(&Pixels::Rgb(&row.repeat(576))).unwrap();
    // 576 of 1024 columns are seen, the middle half of all being 512 of those.
    let lit = (0..256).filter(|x| seen.led(*x, 100).unwrap() == Rgb888::WHITE).count();
    assert!((226..=228).contains(&lit), "{lit} of 256");
}

#[test]
fn proportions_beyond_reason_do_no_harm() {
    for aspect in [(u32::MAX, 1), (1, u32::MAX), (0, 0)] {
        for turn in TURNS {
            for fit in [Fit::Contain, Fit::Cover, Fit::Stretch] {
                let about = About {
                    aspect,
                    turn,
                    ..about(Size::new(16, 8))
                };
                let mut scaler = Scaler::new(&about, &with_fit(rendition(Size::new(32, 16), 25), fit)).unwrap();
                let size = scaler.original();
                assert!(size.width >= 1 && size.height >= 1);
                scaler.scale(&Pixels::Rgb(&[9; 16 * 8 * 3])).unwrap();
            }
        }
    }
}

#[test]
fn a_video_of_too_many_pixels_is_refused_before_one_is_made() {
    for size in [
        Size::new(16_384, 8640),
        Size::new(0, 8),
        Size::new(u32::MAX, u32::MAX),
        Size::new(70_000, 1),
    ] {
        let fault = Scaler::new(&about(size), &rendition(Size::new(32, 16), 25)).unwrap_err();
        assert_eq!(fault, FilmFault::TooLarge { size });
    }
    assert!(Scaler::new(&about(Size::new(4096, 2304)), &rendition(Size::new(32, 16), 25)).is_ok());
}

#[test]
fn nothing_is_allocated_for_a_picture_once_the_first_is_made() {
    let size = Size::new(64, 48);
    let pixels = noise(size, 1);
    for turn in TURNS {
        for rendition in [
            rendition(Size::new(32, 16), 25),
            on_one_bit(rendition(Size::new(32, 16), 25), Leds::RedGreen, Dither::Ordered),
        ] {
            let mut scaler = Scaler::new(&About { turn, ..about(size) }, &rendition).unwrap();
            scaler.scale(&Pixels::Rgb(&pixels)).unwrap();
            let counted = allocation_counter::measure(|| {
                scaler.scale(&Pixels::Rgb(&pixels)).unwrap();
            });
            assert_eq!(counted.count_total, 0);
        }
    }
}

/// A street scene of simple shapes by which one sees what is up, what is left, and whether circles are round.
fn scene(size: Size) -> Vec<u8> {
    let pixel = |x: u32, y: u32| -> [u8; 3] {
        let (across, down) = (
            f64::from(x) / f64::from(size.width),
            f64::from(y) / f64::from(size.height),
        );
        let sun = ((across - 0.25) * f64::from(size.width)).hypot((down - 0.3) * f64::from(size.height));
        let is_edge = x < 4 || y < 4 || x + 4 >= size.width || y + 4 >= size.height;
        match () {
            () if is_edge => [255, 255, 255],
            () if sun < f64::from(size.width.min(size.height)) * 0.18 => [255, 190, 40],
            () if (0.6..0.85).contains(&across) && down > 0.35 => match (x / 12 + y / 12) % 2 {
                0 => [150, 60, 40],
                _ => [110, 40, 30],
            },
            () if down > 0.75 => [30, (110.0 + 80.0 * across) as u8, 40],
            () => [(60.0 + 120.0 * down) as u8, (110.0 + 90.0 * down) as u8, 225],
        }
    };
    (0..size.height)
        .flat_map(|y| (0..size.width).flat_map(move |x| pixel(x, y)))
        .collect()
}

#[test]
fn pictures_of_videos_look_as_they_were_seen_to() {
    let fitting = |fit, x, y, ground| Fitting {
        fit,
        focus: Focus { x, y },
        ground,
    };
    let black = Rgb888::BLACK;
    let place = rendition(Size::new(160, 80), 25);
    let landscape = about(Size::new(640, 480));
    let portrait = About {
        turn: Turn::Quarter,
        ..about(Size::new(640, 360))
    };
    let small = about(Size::new(60, 45));
    let of = |fitting| Rendition { fitting, ..place };
    for (name, about, rendition) in [
        ("contain", &landscape, of(fitting(Fit::Contain, 50, 50, black))),
        ("cover", &landscape, of(fitting(Fit::Cover, 50, 50, black))),
        ("cover-top", &landscape, of(fitting(Fit::Cover, 50, 0, black))),
        ("stretch", &landscape, of(fitting(Fit::Stretch, 50, 50, black))),
        (
            "portrait",
            &portrait,
            of(fitting(Fit::Contain, 50, 50, Rgb888::new(0, 40, 90))),
        ),
        ("small", &small, of(fitting(Fit::Contain, 50, 50, black))),
        (
            "one-bit-red",
            &landscape,
            on_one_bit(place, Leds::Red, Dither::Diffusion),
        ),
        (
            "one-bit-full",
            &landscape,
            on_one_bit(place, Leds::Full, Dither::Ordered),
        ),
        (
            "one-bit-none",
            &landscape,
            on_one_bit(place, Leds::RedGreen, Dither::None),
        ),
    ] {
        // As it is seen upright.
        let upright_size = match about.turn {
            Turn::Quarter => Size::new(about.size.height, about.size.width),
            _ => about.size,
        };
        let (pixels, size) = match about.turn {
            // Turned back, so that it is upright again.
            Turn::Quarter => upright(&scene(upright_size), upright_size, Turn::ThreeQuarters),
            _ => (scene(upright_size), upright_size),
        };
        assert_eq!(size, about.size);
        let mut scaler = Scaler::new(about, &rendition).unwrap();
        let seen = scaler.scale(&Pixels::Rgb(&pixels)).unwrap();
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/film/{name}.png"));
        let png = developed::png(seen, Look::plain(1).unwrap()).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &png).unwrap();
        }
        assert!(fs::read(&path).unwrap() == png, "{name} has changed");
    }
}

#[test]
fn bars_are_of_a_colour_that_the_leds_have_and_stay_out_of_the_dithering() {
    let ground = Fitting {
        ground: Rgb888::new(200, 30, 30),
        ..Fitting::default()
    };
    let place = Rendition {
        fitting: ground,
        ..rendition(Size::new(64, 16), 25)
    };
    let size = Size::new(32, 32);
    let mut scaler = Scaler::new(&about(size), &on_one_bit(place, Leds::Full, Dither::Diffusion)).unwrap();
    let seen = scaler.scale(&Pixels::Rgb(&[128; 32 * 32 * 3])).unwrap().clone();
    let picture = Area::new(24, 0, 16, 16);
    for y in 0..16 {
        for x in 0..64 {
            let led = seen.led(x, y).unwrap();
            if !(picture.x..picture.right()).contains(&x) {
                assert_eq!(led, Rgb888::RED);
            }
        }
    }
    // About a fifth of the LEDs give the light of half the number.
    let mut within = frame(picture.size(), &vec![0; picture.size().leds() * 3]);
    within.copy_area(&seen, picture, 0, 0);
    let lit = within.bytes().iter().filter(|value| **value == 255).count();
    let share = lit as f64 / within.bytes().len() as f64;
    assert!((0.18..0.26).contains(&share), "{share}");
}
