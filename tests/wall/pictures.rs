//! Pictures as items: how they look in a zone, how long they stay, where they are left out.

use std::{fs, path::PathBuf};

use yingbi::{
    diagnostic::Bilingual,
    frame::{Frame, scale},
    item::Picture,
    simulator::picture::{self as developed, Look},
    units::{Size, Tick},
    wall::{Library, Projector, ReadFault, SourceFile},
};

use crate::support::{
    pictures::pixels,
    site::{Files, messages, picture},
};

/// A site of one zone of that size on a screen of that colour.
fn site(size: Size, colour: &str) -> Files {
    let files = Files::plain();
    let sides = format!("width = {}\nheight = {}\n", size.width, size.height);
    let text = files.text("site.toml").replace("width = 128\nheight = 32\n", &sides);
    let text = text.replace("colour = \"full\"", &format!("colour = \"{colour}\""));
    files.with("site.toml", text)
}

fn plain(size: Size, original: Size) -> Vec<u8> {
    Picture::write(size, original, &pixels(size))
}

/// The wall at the second tick, and what is said about it.
fn shown(files: &Files) -> (Frame, Vec<String>) {
    let library = files.library();
    let mut projector = Projector::new(library.wall().unwrap().clone(), 0);
    (picture(&mut projector, Tick(1)), messages(library.problems()))
}

/// A landscape: a sky that darkens upwards, a sun, hills, and a frame of one pixel by which one sees that nothing is cut off.
fn landscape(size: Size) -> Vec<u8> {
    let pixel = |x: u32, y: u32| -> [u8; 3] {
        let (across, down) = (
            f64::from(x) / f64::from(size.width),
            f64::from(y) / f64::from(size.height),
        );
        if x == 0 || y == 0 || x == size.width - 1 || y == size.height - 1 {
            return [255, 255, 255];
        }
        let sun = ((across - 0.75) * f64::from(size.width)).hypot((down - 0.3) * f64::from(size.height));
        let hill = 0.7 + 0.12 * (across * 9.0).sin() - 0.05 * (across * 23.0).cos();
        match () {
            () if down > hill => [20, (60.0 + 120.0 * (down - hill)) as u8, 30],
            () if sun < f64::from(size.height) * 0.14 => [255, 190, 40],
            () => [(40.0 + 160.0 * down) as u8, (90.0 + 110.0 * down) as u8, 220],
        }
    };
    (0..size.height)
        .flat_map(|y| (0..size.width).flat_map(move |x| pixel(x, y)))
        .collect()
}

#[test]
fn a_picture_in_a_wide_zone_looks_as_it_was_seen_to() {
    let zone = Size::new(256, 96);
    for (name, size, colour) in [
        ("smaller", Size::new(640, 480), "full"),
        ("wide", Size::new(1200, 200), "full"),
        ("larger", Size::new(60, 24), "full"),
        ("red", Size::new(640, 480), "red"),
        ("red+green", Size::new(640, 480), "red+green"),
    ] {
        let bytes = Picture::write(size, size, &landscape(size));
        let (drawn, _) = shown(&site(zone, colour).with("items/通知/photo.jpg", bytes));
        compare(&drawn, name);
    }
}

/// Holds what is drawn to the picture of that name, which `UPDATE` writes.
fn compare(drawn: &Frame, name: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/picture/{name}.png"));
    let png = developed::png(drawn, Look::plain(1).unwrap()).unwrap();
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &png).unwrap();
    }
    assert!(fs::read(&path).unwrap() == png, "{name} has changed");
}

/// The same where LEDs take one bit, with pictures dithered so.
fn one_bit(size: Size, colour: &str, dither: &str) -> Files {
    let files = site(size, colour);
    let text = files.text("site.toml");
    let text = text.replacen("rate =", &format!("depth = 1\ndither = \"{dither}\"\nrate ="), 1);
    files.with("site.toml", text)
}

#[test]
fn on_leds_of_one_bit_a_picture_is_of_lit_and_dark_leds_and_looks_as_it_was_seen_to() {
    let zone = Size::new(192, 96);
    let size = Size::new(640, 360);
    let bytes = Picture::write(size, size, &landscape(size));
    for (colour, lit) in [
        ("red", &[[255, 0, 0]][..]),
        ("amber", &[[255, 160, 0]]),
        ("red+green", &[[255, 0, 0], [0, 255, 0], [255, 255, 0]]),
        (
            "full",
            &[
                [255, 0, 0],
                [0, 255, 0],
                [0, 0, 255],
                [255, 255, 0],
                [255, 0, 255],
                [0, 255, 255],
                [255, 255, 255],
            ],
        ),
    ] {
        for dither in ["diffusion", "ordered", "none"] {
            let (drawn, said) = shown(&one_bit(zone, colour, dither).with("items/通知/photo.jpg", bytes.clone()));
            assert_eq!(said, [""; 0]);
            let (leds, _) = drawn.bytes().as_chunks::<3>();
            assert!(
                leds.iter().all(|led| *led == [0, 0, 0] || lit.contains(led)),
                "{colour} {dither}"
            );
            for x in (0..10).chain(182..192) {
                let column = (0..96).map(|y| drawn.led(x, y).unwrap());
                assert!(
                    column.clone().all(|led| led == yingbi::units::BLACK),
                    "{colour} {dither}: column {x}"
                );
            }
            if colour != "amber" {
                compare(&drawn, &format!("one-bit-{colour}-{dither}"));
            }
        }
    }
}

#[test]
fn on_leds_of_one_bit_type_is_what_it_is_without_shades_and_never_dithered() {
    let zone = Size::new(128, 64);
    let pages = |dither: &str| shown(&one_bit(zone, "full", dither).item("a", "停水通知", "3s")).0;
    let drawn = pages("diffusion");
    assert!(drawn == pages("none") && drawn == pages("ordered"));
    let (leds, _) = drawn.bytes().as_chunks::<3>();
    assert!(leds.as_flattened().iter().all(|value| [0, 255].contains(value)));
    let lit = leds.iter().filter(|led| **led != [0, 0, 0]).count();
    assert!(
        (50..zone.leds() / 3).contains(&lit),
        "type on black: {lit} LEDs are lit"
    );
}

#[test]
fn a_picture_keeps_its_proportions_and_is_black_around() {
    let (frame, _) =
        shown(&site(Size::new(256, 96), "full").with("items/通知/a.png", plain(Size::new(48, 24), Size::new(48, 24))));
    // Four times as large, and 192 of 256 columns wide: 32 are black on either side.
    for (x, is_black) in [(31, true), (32, false), (223, false), (224, true)] {
        let column = (0..96).map(|y| frame.led(x, y).unwrap());
        assert_eq!(
            column.clone().all(|led| led == yingbi::units::BLACK),
            is_black,
            "column {x}"
        );
    }
}

#[test]
fn a_picture_stays_ten_seconds_unless_somebody_says_otherwise() {
    let files = Files::plain()
        .with("items/通知/a.png", plain(Size::new(48, 24), Size::new(48, 24)))
        .item("b", "停水", "3s");
    let library = files.library();
    let wall = library.wall().unwrap();
    let item = &wall.items()[0];
    assert_eq!((&*item.id, &*item.title, &*item.column), ("通知/a.png", "a", "通知"));
    // In whole rounds of the loop, by the seconds that each of the two is seen.
    let seconds = |wall: &std::sync::Arc<yingbi::wall::Wall>, round: i64| {
        let mut projector = Projector::new(wall.clone(), 0);
        let frames: Vec<Frame> = (0..round)
            .map(|second| picture(&mut projector, Tick(second * 50)))
            .collect();
        let first = frames.iter().filter(|frame| **frame == frames[0]).count() as i64;
        (first.max(round - first), first.min(round - first))
    };
    assert_eq!(seconds(wall, 13), (10, 3));
    let dwell = files.with(
        "all.toml",
        "[[play]]\ncolumn = \"通知\"\norder = \"path\"\ndwell = \"4s\"\n",
    );
    assert_eq!(seconds(&dwell.wall(), 7), (4, 3));
}

#[test]
fn a_picture_has_no_place_in_a_ticker() {
    let files = Files::plain().with("items/通知/a.png", plain(Size::new(48, 24), Size::new(48, 24)));
    let text = files.text("site.toml").to_owned() + "kind = \"ticker\"\n";
    let (frame, problems) = shown(&files.with("site.toml", text));
    assert_eq!(problems, Vec::<String>::new());
    assert!(frame == Frame::new(Size::new(128, 32)));
}

#[test]
fn a_picture_that_is_made_much_smaller_is_shown_with_a_warning() {
    let zone = Size::new(128, 32);
    let wide = |original| site(zone, "full").with("items/通知/a.png", plain(zone, original));
    assert_eq!(shown(&wide(Size::new(512, 128))).1, Vec::<String>::new());
    let library = wide(Size::new(4000, 1000)).library();
    assert_eq!(
        messages(library.problems()),
        ["items/通知/a.png: is shown 128 LEDs wide, about 1/31 of its 4000 pixels: small text in it cannot be read"]
    );
    assert!(!library.problems()[0].is_error() && library.problems()[0].message.zh.contains("看不清"));
}

#[test]
fn on_leds_of_one_colour_a_picture_is_as_light_as_it_was() {
    let size = Size::new(128, 32);
    let halves = |left: [u8; 3], right: [u8; 3]| {
        let row = [left.repeat(64), right.repeat(64)].concat();
        Picture::write(size, size, &row.repeat(32))
    };
    let seen = |colour: &str, bytes: Vec<u8>| {
        let (frame, _) = shown(&site(size, colour).with("items/通知/a.png", bytes));
        [frame.row(0)[..3].to_vec(), frame.row(0)[64 * 3..][..3].to_vec()]
    };
    assert_eq!(seen("red", halves([255; 3], [0; 3])), [[255, 0, 0], [0, 0, 0]]);
    let [green, blue] = &seen("green", halves([0, 255, 0], [0, 0, 255]))[..] else {
        unreachable!()
    };
    assert!(green[1] > 200 && blue[1] > 60 && blue[1] < 90, "{green:?} {blue:?}");
    assert_eq!(
        seen("red+green", halves([255, 0, 0], [0, 0, 255])),
        [[255, 0, 0], [127, 127, 0]]
    );
}

#[test]
fn a_picture_that_waits_or_is_refused_keeps_its_last_good_version() {
    let files = Files::plain().with("items/通知/a.png", plain(Size::new(48, 24), Size::new(48, 24)));
    let before = files.library();
    let with = |fault: ReadFault| -> Library {
        let mut sources = files.sources();
        let file: &mut SourceFile = sources.iter_mut().find(|file| file.path.ends_with("a.png")).unwrap();
        file.bytes = Err(fault);
        before.accept(&sources)
    };
    let waiting = with(ReadFault::Waiting { is_hollow: false });
    let refused = with(ReadFault::Refused {
        message: Bilingual::new("图片不完整", "the picture is not whole"),
        help: Bilingual::new("请重新复制", "copy it again"),
    });
    for library in [&waiting, &refused] {
        assert_eq!(library.wall().unwrap().digest(), before.wall().unwrap().digest());
        assert_eq!(library.problems().len(), 1);
    }
    assert!(!waiting.problems()[0].is_error());
    let told = &refused.problems()[0];
    assert!(
        told.is_error()
            && told.message.zh == "图片不完整"
            && told.help.zh == "请重新复制；此前若有正确的版本，则继续播放"
    );
    // What was never admitted is none.
    let raw = Files::plain().with("items/通知/a.png", b"\x89PNG\r\n\x1a\n");
    assert_eq!(
        messages(raw.library().problems()),
        ["items/通知/a.png: is no picture in its plain form"]
    );
}

#[test]
fn what_is_no_plain_form_is_never_read_as_one() {
    let sound = plain(Size::new(48, 24), Size::new(48, 24));
    let read = |bytes: &[u8]| Picture::read(&bytes.into()).is_some();
    assert!(read(&sound));
    for length in (0..sound.len()).step_by(7) {
        assert!(!read(&sound[..length]));
    }
    for at in 0..16 {
        let mut bytes = sound.clone();
        bytes[at] ^= 0x80;
        assert!(!read(&bytes), "byte {at}");
    }
}

#[test]
fn pictures_fill_as_much_of_a_room_as_their_proportions_let_them() {
    let contained = |size: (u32, u32), room: (u32, u32)| {
        let to = scale::contained(Size::new(size.0, size.1), Size::new(room.0, room.1));
        (to.width, to.height)
    };
    assert_eq!(contained((4000, 3000), (256, 96)), (128, 96));
    assert_eq!(contained((3000, 4000), (256, 96)), (72, 96));
    assert_eq!(contained((10_000, 10), (256, 96)), (256, 1));
    assert_eq!(contained((256, 96), (256, 96)), (256, 96));
    assert_eq!(contained((200, 90), (256, 96)), (200, 90));
    assert_eq!(contained((100, 40), (256, 96)), (200, 80));
    assert_eq!(contained((8, 8), (256, 96)), (32, 32));
}

#[test]
fn a_smaller_picture_is_the_mean_of_the_light_of_each_area() {
    // By another way: in floating point, pixel by pixel.
    let light = |value: u8| {
        let part = f64::from(value) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    let value = |light: f64| {
        let part = if light <= 0.003_130_8 {
            light * 12.92
        } else {
            1.055 * light.powf(1.0 / 2.4) - 0.055
        };
        part * 255.0
    };
    let overlap =
        |from: f64, to: f64, pixel: u32| (to.min(f64::from(pixel) + 1.0) - from.max(f64::from(pixel))).max(0.0);
    for (size, to) in [
        (Size::new(48, 24), Size::new(47, 23)),
        (Size::new(48, 24), Size::new(16, 8)),
        (Size::new(48, 24), Size::new(7, 24)),
        (Size::new(31, 17), Size::new(1, 1)),
    ] {
        let source = pixels(size);
        let made = scale::shrink(&source, size, to);
        assert_eq!(made.len(), to.leds() * 3);
        let (wide, high) = (
            f64::from(size.width) / f64::from(to.width),
            f64::from(size.height) / f64::from(to.height),
        );
        for (at, seen) in made.iter().enumerate() {
            let (x, y, channel) = (at / 3 % to.width as usize, at / 3 / to.width as usize, at % 3);
            let (x, y) = (x as f64 * wide, y as f64 * high);
            let mut sum = 0.0;
            for row in 0..size.height {
                for column in 0..size.width {
                    let weight = overlap(x, x + wide, column) * overlap(y, y + high, row);
                    sum += weight * light(source[(row * size.width + column) as usize * 3 + channel]);
                }
            }
            let expected = value(sum / (wide * high));
            assert!(
                (f64::from(*seen) - expected).abs() < 0.75,
                "{size} to {to}, {at}: {seen}, not {expected}"
            );
        }
    }
}

#[test]
fn several_pictures_of_a_folder_that_are_made_much_smaller_are_one_warning() {
    let zone = Size::new(128, 32);
    let large = plain(zone, Size::new(4000, 1000));
    let files = (1..=5).fold(site(zone, "full"), |files, number| {
        files.with(&format!("items/通知/{number}.png"), &large)
    });
    let library = files.with("items/通知/活动/甲.png", &large).library();
    assert_eq!(
        messages(library.problems()),
        [
            "items/通知: 5 pictures or videos (1.png, 2.png, 3.png, …) are shown at less than 1/4 of their size even where they are largest: \
             small text in them cannot be read",
            "items/通知/活动/甲.png: is shown 128 LEDs wide, about 1/31 of its 4000 pixels: small text in it cannot be read",
        ]
    );
    assert!(
        library.problems()[0]
            .message
            .zh
            .starts_with("5 个图片或视频（1.png、2.png、3.png等）")
    );
}
