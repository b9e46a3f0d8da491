//! Pictures in a zone of other proportions: whole between bars, covering it around a point, or stretched.

use std::{fs, path::PathBuf};

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    frame::{Fit, Fitting, Focus, Frame},
    item::Picture,
    panel::Dither,
    simulator::picture::{self as developed, Look},
    site::{Colour, Depth, Leds},
    stage::{Content, Template},
    text::Compositor,
    units::{BLACK, Size, Tick},
};

use super::picture::at;

/// A round clock on a wall of bricks between two posts, by which one sees what is cut off and what is an oval.
fn scene(size: Size) -> Vec<u8> {
    let pixel = |x: u32, y: u32| -> [u8; 3] {
        let (across, down) = (
            f64::from(x) - f64::from(size.width) * 0.5,
            f64::from(y) - f64::from(size.height) * 0.3,
        );
        let radius = f64::from(size.width.min(size.height)) * 0.22;
        let (from_middle, brick) = (across.hypot(down), size.width / 20);
        match () {
            () if x < brick / 2 || x + brick / 2 >= size.width => [240, 240, 230],
            () if from_middle < radius * 0.1 => [20, 20, 20],
            () if across.abs() < radius * 0.08 && down < 0.0 && -down < radius * 0.8 => [20, 20, 20],
            () if from_middle < radius => [250, 240, 200],
            () if from_middle < radius * 1.15 => [30, 60, 140],
            () if y % brick < 2 || (x + y / brick % 2 * brick) % (2 * brick) < 2 => [190, 170, 150],
            () => [150, (70.0 + 60.0 * f64::from(y) / f64::from(size.height)) as u8, 60],
        }
    };
    (0..size.height)
        .flat_map(|y| (0..size.width).flat_map(move |x| pixel(x, y)))
        .collect()
}

fn shown(size: Size, fitting: Fitting, zone: Size, leds: impl Into<Leds>) -> Frame {
    let bytes = Picture::write(size, size, &scene(size)).into();
    let content = Content {
        picture: Picture::read(&bytes),
        fitting,
        ..Content::default()
    };
    let template = Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: Vec::new(),
    };
    let mut frame = Frame::new(zone);
    template
        .prepare(&Compositor::default(), &content, 0, zone, leds)
        .paint(at(0), Tick(0), &mut frame);
    frame
}

fn fitting(fit: Fit, x: u8, y: u8, ground: Rgb888) -> Fitting {
    Fitting {
        fit,
        focus: Focus { x, y },
        ground,
    }
}

#[test]
fn pictures_fill_their_place_as_they_were_seen_to() {
    let zone = Size::new(160, 80);
    let (landscape, portrait, small) = (Size::new(400, 300), Size::new(240, 320), Size::new(60, 30));
    let ground = Rgb888::new(0, 30, 70);
    let one_bit = Leds {
        depth: Depth::OneBit,
        dither: Dither::Diffusion,
        ..Colour::Full.into()
    };
    let plain: Leds = Colour::Full.into();
    for (name, size, fitting, leds) in [
        ("contain", landscape, fitting(Fit::Contain, 50, 50, ground), plain),
        ("cover", landscape, fitting(Fit::Cover, 50, 50, ground), plain),
        ("cover-top", landscape, fitting(Fit::Cover, 50, 20, ground), plain),
        ("cover-portrait", portrait, fitting(Fit::Cover, 50, 25, ground), plain),
        ("stretch", landscape, fitting(Fit::Stretch, 50, 50, ground), plain),
        ("contain-small", small, fitting(Fit::Contain, 50, 50, ground), plain),
        ("cover-small", small, fitting(Fit::Cover, 50, 50, ground), plain),
        ("one-bit", portrait, fitting(Fit::Contain, 50, 50, ground), one_bit),
    ] {
        let drawn = shown(size, fitting, zone, leds);
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/fit/{name}.png"));
        let png = developed::png(&drawn, Look::plain(1).unwrap()).unwrap();
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &png).unwrap();
        }
        assert!(fs::read(&path).unwrap() == png, "{name} has changed");
    }
}

#[test]
fn bars_have_the_colour_of_the_ground_and_what_covers_has_none() {
    let zone = Size::new(160, 80);
    let ground = Rgb888::new(0, 255, 0);
    let count = |fit| {
        let frame = shown(Size::new(400, 300), fitting(fit, 50, 50, ground), zone, Colour::Full);
        (0..160).filter(|x| frame.led(*x, 40) == Some(ground)).count()
    };
    // 107 of 160 columns are the picture.
    assert_eq!(
        [count(Fit::Contain), count(Fit::Cover), count(Fit::Stretch)],
        [53, 0, 0]
    );
    // Red LEDs have no green; they show how light it is, or nothing.
    let red = shown(
        Size::new(400, 300),
        fitting(Fit::Contain, 50, 50, ground),
        zone,
        Colour::Red,
    );
    assert!(
        red.bytes()
            .as_chunks::<3>()
            .0
            .iter()
            .all(|[_, green, blue]| (*green, *blue) == (0, 0))
    );
}

#[test]
fn a_picture_in_a_zone_without_leds_is_nothing() {
    let frame = shown(Size::new(40, 30), Fitting::default(), Size::new(0, 8), Colour::Full);
    assert!(frame.bytes().is_empty());
}
