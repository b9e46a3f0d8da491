//! What is known of each kind of card.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use yingbi::{
    controller::{
        card::{CardArea, CardColour, CardPage, Course, Entrance, Look},
        onbon::{
            Family, Form, Model,
            model::{AREAS_IN_DOUBT, Evidence, MODELS, OFFSET_FROM_ONE, wire_time},
            picture::area::{Update, updates},
        },
    },
    frame::Frame,
    units::{Area, Digest, Size},
};

#[test]
fn a_name_is_known_however_it_is_written() {
    for name in ["BX-6E2", "bx6e2", "6E2", "bx-6e2", "BX 6E2", "6e2"] {
        assert_eq!(Model::named(name).map(|model| model.name), Some("BX-6E2"), "{name}");
    }
    assert_eq!(Model::named("5q1+").map(|model| model.name), Some("BX-5Q1+"));
    for name in ["", "BX", "BX-6", "BX-6E9", "EQ2008", "影壁"] {
        assert_eq!(Model::named(name), None, "{name}");
    }
}

#[test]
fn a_slip_of_the_hand_leads_to_the_names_nearest() {
    assert_eq!(Model::nearest("BX-6E22")[0], "BX-6E2");
    assert!(Model::nearest("BX-6E9").contains(&"BX-6E1"));
    assert!(Model::nearest("listen").is_empty());
    assert!(Model::nearest("").is_empty());
    assert!(MODELS.iter().all(|model| Model::nearest(model.name)[0] == model.name));
}

#[test]
fn no_two_kinds_have_one_name_or_one_type() {
    let names: BTreeSet<_> = MODELS.iter().map(|model| model.name).collect();
    assert_eq!(names.len(), MODELS.len());
    for model in MODELS {
        assert_eq!(Model::named(model.name), Some(model));
        let known = match model.family {
            Family::FiveK | Family::SixK => Model::of_font_wire(model.wire[0]),
            _ => Model::of_wire(model.wire),
        };
        assert_eq!(known, Some(model));
    }
    assert_eq!(Model::of_wire([0xfe, 0xff]), None);
}

#[test]
fn the_types_that_were_captured_are_those_of_the_frames() {
    let captured: Vec<_> = MODELS
        .iter()
        .filter(|model| model.wire_evidence == Evidence::Captured)
        .map(|model| (model.name, model.wire))
        .collect();
    let frames = [("BX-5E2", [0x54, 2]), ("BX-6M2", [0x62, 2]), ("BX-6E2", [0x74, 2])];
    assert_eq!(captured, frames);
}

#[test]
fn every_kind_can_write_each_colour_that_it_has_and_no_other() {
    for model in MODELS {
        for colour in [CardColour::Single, CardColour::Dual, CardColour::Full] {
            let writes = model.layout(colour).is_some();
            let has = model.colours.contains(&colour) && !model.family.takes_words();
            assert_eq!(writes, has, "{} {colour:?}", model.name);
        }
        assert!(!model.colours.is_empty());
        assert_eq!(model.has_data_files(), model.has(&OFFSET_FROM_ONE));
    }
}

#[test]
fn no_kind_can_be_proved_to_show_its_areas() {
    assert!(MODELS.iter().all(|model| !model.reads.areas));
}

#[test]
fn several_areas_all_stop_the_programs_as_in_the_makers_examples() {
    let place = |x| Area::new(x, 0, 16, 16);
    let look = Look::Dots(Arc::new(Frame::new(Size::new(16, 16))));
    let pages: Arc<[CardPage]> = [CardPage::new(look, Entrance::Cut, CardPage::PUSHED)].into();
    let area = |x| CardArea {
        place: place(x),
        pages: Arc::clone(&pages),
        course: Course::Pushed,
    };
    let areas = [area(0), area(16), area(32)];
    let areas: Vec<_> = (0..3).zip(&areas).collect();
    // What the examples are for.
    for (name, form, requests) in [("BX-5E1", Form::Five, 3), ("BX-6E1", Form::Six, 1)] {
        let model = Model::named(name).unwrap();
        let bodies = updates(model, model.layout(CardColour::Dual).unwrap(), &areas);
        assert_eq!(bodies.len(), requests);
        let read = bodies.iter().flat_map(|body| Update::parse(form, body).unwrap().areas);
        assert_eq!(read.map(|area| area.immediate).collect::<Vec<_>>(), [1; 3]);
        assert_eq!(model.immediate.evidence, Evidence::Documented);
        assert!(!model.has(&AREAS_IN_DOUBT));
    }
    assert!(Model::named("BX-6M2").unwrap().has(&AREAS_IN_DOUBT));
    assert_eq!(Model::named("BX-6M2").unwrap().immediate.evidence, Evidence::Assumed);
}

#[test]
fn abilities_are_those_of_the_table() {
    let size = Size::new(320, 32);
    let abilities = |name: &str, colour| Model::named(name).unwrap().abilities(size, colour);
    let six = abilities("BX-6E2", CardColour::Dual);
    assert_eq!(
        (six.areas, six.memory, six.pages, six.takes_words),
        (4, 300_000, 65_535, false)
    );
    assert_eq!(abilities("BX-6Q1", CardColour::Full).areas, 32);
    let words = abilities("BX-5K1", CardColour::Single);
    assert!(words.takes_words && words.pages == 1);
    assert_eq!(six.most, size);
    // 320 LEDs of three bytes are 960 bytes a row: 312 rows are just in 300,000 bytes, with the head of the page.
    let tall = Size::new(320, 400);
    let most = |name: &str, colour| Model::named(name).unwrap().abilities(tall, colour).most;
    assert_eq!(most("BX-6Q1", CardColour::Full), Size::new(320, 312));
    assert_eq!(most("BX-6E2", CardColour::Dual), tall);
    assert_eq!(most("BX-5K1", CardColour::Single), tall);
}

#[test]
fn the_bytes_of_an_area_are_those_of_its_request_and_what_frames_it() {
    let places = [Area::new(35, 0, 64, 32), Area::new(0, 0, 320, 32)];
    for (name, colour) in [("BX-5M1", CardColour::Single), ("BX-6E2", CardColour::Dual)] {
        let model = Model::named(name).unwrap();
        let layout = model.layout(colour).unwrap();
        for place in places {
            // Two pages, and a strip of three.
            for (width, entrance) in [(place.width, Entrance::Cut), (place.width * 5 / 2, running())] {
                let frame = Frame::new(Size::new(width, place.height));
                let page = CardPage {
                    digest: Digest::of(frame.bytes()),
                    look: Look::Dots(Arc::new(frame)),
                    entrance,
                    stay: Duration::from_secs(5),
                };
                let pages: Arc<[CardPage]> = [page.clone(), page].into();
                let bytes = model.bytes_of(place, colour, &pages);
                let course = Course::Pushed;
                let sent: usize = updates(model, layout, &[(0, &CardArea { place, pages, course })])
                    .iter()
                    .map(Vec::len)
                    .sum();
                // 8 of preamble, 16 of header, 5 of head, 2 of checksum, 1 of end; the rest is allowance.
                assert!(
                    (sent + 32..sent + sent / 8 + 300).contains(&bytes),
                    "{name} {place:?}: {sent}, {bytes}"
                );
            }
        }
    }
}

#[test]
fn a_strip_takes_the_memory_of_the_pages_that_it_is_cut_into() {
    let (model, place) = (Model::named("BX-6E2").unwrap(), Area::new(0, 0, 64, 16));
    let one = model.bytes_of_size(place, CardColour::Dual, place.size());
    assert!((256..320).contains(&one), "{one}");
    let strip = |width| model.bytes_of_size(place, CardColour::Dual, Size::new(width, 16));
    assert_eq!(
        (strip(64), strip(65), strip(128), strip(640)),
        (one, 2 * one, 2 * one, 10 * one)
    );
}

fn running() -> Entrance {
    Entrance::Running(std::num::NonZeroU16::new(50).unwrap())
}

#[test]
fn a_byte_takes_ten_bits_of_the_line() {
    assert_eq!(wire_time(960, Some(9600)), Duration::from_secs(1));
    assert_eq!(wire_time(5760, Some(57600)), Duration::from_secs(1));
    assert!(wire_time(2700, None) < Duration::from_millis(50));
    assert!(wire_time(usize::MAX, Some(1)) > Duration::from_secs(1));
}
