//! What a site brings in its folder `fonts`: single glyphs and faces of its own.

use std::collections::BTreeMap;

use yingbi::{
    text::{Drawn, write},
    units::Tick,
    wall::Projector,
};

use crate::support::site::{Files, messages, picture};

/// A square of black and white, as somebody would draw a glyph: 16 dots each way, all black.
fn glyph(side: u32) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![0; (side * side) as usize]).unwrap();
    drop(writer);
    file
}

/// A strike of 16 dots in which 国 is a black square.
fn strike() -> Vec<u8> {
    let square = Drawn {
        width: 16,
        rows: vec![0xff; 32],
    };
    write(16, &BTreeMap::from([('国', square)])).unwrap()
}

fn lit(files: &Files) -> usize {
    let picture = picture(&mut Projector::new(files.wall(), 0), Tick(88_940_300_000));
    picture
        .bytes()
        .chunks(3)
        .filter(|led| led.iter().any(|channel| *channel > 0))
        .count()
}

/// A scene of the title alone, in a face of that name.
fn scene(face: &str) -> String {
    format!("[[box]]\nfield = \"title\"\nface = \"{face}\"\ncolour = \"white\"\n")
}

#[test]
fn a_glyph_that_the_site_draws_makes_its_character_drawable() {
    let files = Files::plain()
        .with("site.toml", yingbi_site("all"))
        .with("scenes/all.toml", scene("hei"))
        .item("名", "\u{e001}", "5s");
    let refused = messages(files.library().problems());
    assert!(
        refused.len() == 1 && refused[0].starts_with("items/通知/名.md:2:10: cannot show U+E001"),
        "{refused:?}"
    );
    let drawn = files.with("fonts/造字/U+E001.png", glyph(16));
    assert_eq!(lit(&drawn), 256);
}

// Fault 60.
#[test]
fn an_item_whose_glyph_is_taken_away_goes_with_it_rather_than_leave_a_hole() {
    let with = Files::plain()
        .with("fonts/造字/U+E001.png", glyph(16))
        .item("名", "\u{e001}", "5s")
        .item("甲", "甲", "5s");
    let library = with.library();
    assert_eq!(library.wall().unwrap().items().len(), 2);
    let without = with.without("fonts/造字/U+E001.png");
    let library = library.accept(&without.sources());
    assert_eq!(library.wall().unwrap().items().len(), 1);
    assert_eq!(library.problems().len(), 1);
}

#[test]
fn a_picture_that_is_no_glyph_is_refused_by_its_name_and_the_wall_stays() {
    let files = Files::plain()
        .with("fonts/造字/U+E001.png", glyph(15))
        .item("甲", "甲", "5s");
    let library = files.library();
    let told = messages(library.problems());
    assert!(
        told.len() == 1 && told[0].starts_with("fonts/造字/U+E001.png: "),
        "{told:?}"
    );
    assert!(library.wall().is_some());
}

#[test]
fn a_scene_sets_its_type_in_a_face_of_the_sites_own() {
    let files = Files::plain()
        .with("site.toml", yingbi_site("all"))
        .with("fonts/大字-16.strike", strike())
        .item("甲", "国", "5s");
    let own = files.clone().with("scenes/all.toml", scene("大字"));
    assert_eq!(lit(&own), 256);
    let hei = files.clone().with("scenes/all.toml", scene("hei"));
    assert!(lit(&hei) < 200);
    // What the face lacks comes from 黑体.
    let other = |face: &str| {
        lit(&files
            .clone()
            .with("scenes/all.toml", scene(face))
            .item("甲", "资", "5s"))
    };
    assert_eq!(other("大字"), other("hei"));
}

#[test]
fn a_face_that_is_not_there_is_named_and_hei_stands_in() {
    let files = Files::plain()
        .with("site.toml", yingbi_site("all"))
        .with("fonts/大标题-16.strike", strike())
        .with("scenes/all.toml", scene("大标提"))
        .item("甲", "国", "5s");
    let library = files.library();
    assert_eq!(
        messages(library.problems()),
        ["scenes/all.toml: there is no face \"大标提\"; did you mean \"大标题\"?"]
    );
    assert!(library.wall().is_some());
}

// Fault 61.
#[test]
fn a_strike_file_that_is_none_is_refused_and_the_wall_stays() {
    let mut bad = strike();
    bad.truncate(100);
    let library = Files::plain()
        .with("fonts/大字-16.strike", bad)
        .item("甲", "甲", "5s")
        .library();
    let told = messages(library.problems());
    assert!(
        told.len() == 1 && told[0].starts_with("fonts/大字-16.strike"),
        "{told:?}"
    );
    assert!(library.wall().is_some());
}

/// The plain site whose column is set by the scene `name`.
fn yingbi_site(name: &str) -> String {
    let column = "id = \"通知\"\n";
    crate::support::site::PLAIN.replacen(column, &format!("{column}scene = \"{name}\"\n"), 1)
}
