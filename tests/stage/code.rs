//! QR codes: modules of whole LEDs, a quiet zone of four of them, and as much error correction as costs no size.

use yingbi::{
    diagnostic::Source,
    frame::Frame,
    site::Colour,
    stage::{Content, Now, Template},
    text::Compositor,
    units::{BLACK, Size, Tick, WHITE},
};

const SIZE: Size = Size::new(96, 96);

fn template(keys: &str) -> Template {
    Template::parse(&Source::new(
        "scenes/code.toml",
        format!("[[box]]\nfield = \"code\"\n{keys}"),
    ))
    .expect("a good scene")
}

fn content(link: &str) -> Content {
    Content {
        link: link.into(),
        ..Content::default()
    }
}

fn drawn(template: &Template, link: &str, size: Size, colour: Colour) -> Frame {
    let scene = template.prepare(&Compositor::default(), &content(link), 0, size, colour);
    let mut frame = Frame::new(size);
    let civil = jiff::civil::date(2026, 5, 8).at(9, 0, 0, 0);
    scene.paint(Now { tick: Tick(0), civil }, Tick(0), &mut frame);
    frame
}

/// The least and the last row or column in which anything is lit, and the same of what is dark inside that.
fn bounds(frame: &Frame) -> ((u32, u32), (u32, u32)) {
    let size = frame.size();
    let lit = |x: u32, y: u32| frame.led(x, y) != Some(BLACK);
    let rows: Vec<u32> = (0..size.height)
        .filter(|y| (0..size.width).any(|x| lit(x, *y)))
        .collect();
    let (top, bottom) = (rows[0], rows[rows.len() - 1]);
    let columns: Vec<u32> = (0..size.width).filter(|x| lit(*x, top)).collect();
    let (left, right) = (columns[0], columns[columns.len() - 1]);
    let dark: Vec<u32> = (top..=bottom).filter(|y| (left..=right).any(|x| !lit(x, *y))).collect();
    ((top, bottom), (dark[0], dark[dark.len() - 1]))
}

#[test]
fn a_code_has_a_quiet_zone_of_four_modules_on_leds_of_every_colour() {
    for colour in [Colour::Full, Colour::Red, Colour::Amber, Colour::RedGreen] {
        for keys in ["", "colour = \"darkred\"\n", "colour = \"gold\"\n"] {
            let template = template(keys);
            let link = "https://www.example.cn/a";
            let scale = template.code_scale(&content(link), SIZE).expect("it has a code");
            let ((top, bottom), (first, last)) = bounds(&drawn(&template, link, SIZE, colour));
            assert!(scale >= 2);
            assert_eq!(
                (first - top, bottom - last),
                (4 * scale, 4 * scale),
                "{colour:?} {keys}"
            );
            assert_eq!((bottom - top + 1) % scale, 0);
        }
    }
}

#[test]
fn a_code_of_a_dark_colour_stands_on_white() {
    let frame = drawn(
        &template("colour = \"#200000\"\n"),
        "https://www.example.cn/a",
        SIZE,
        Colour::Full,
    );
    let ((top, _), _) = bounds(&frame);
    let white = (0..96).any(|x| frame.led(x, top) == Some(WHITE));
    assert!(white);
}

#[test]
fn modules_are_as_large_as_the_least_correction_lets_them_be() {
    // 17 characters: level L takes 25 modules, H takes 33 or more; with 4 on either side the first has 2 LEDs a module in 66.
    let template = template("");
    let scale = |side: u32| template.code_scale(&content("https://example.cn"), Size::new(side, side));
    assert_eq!(
        (scale(66), scale(65), scale(33), scale(32)),
        (Some(2), Some(1), Some(1), Some(0))
    );
}

#[test]
fn without_an_address_there_is_no_code_and_without_room_it_is_left_out() {
    let template = template("");
    assert_eq!(template.code_scale(&content(""), SIZE), None);
    let frame = drawn(&template, "https://www.example.cn/a", Size::new(24, 24), Colour::Full);
    assert!((0..24).all(|y| (0..24).all(|x| frame.led(x, y) == Some(BLACK))));
}
