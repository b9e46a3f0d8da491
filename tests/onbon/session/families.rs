//! Cards that show other things than red and green dots: full colour, and words.

use std::sync::Arc;

use yingbi::{
    controller::{
        card::{CardArea, CardPage, Course, Entrance, Look},
        onbon::{
            receiver::Mischief,
            session::{Fault, Trust},
        },
    },
    frame::Frame,
    units::{Area, Size},
};

use super::rig::{Rig, picture, pushed, seconds, sheet};
use crate::support::dice::Dice;

const SIZE: Size = Size::new(64, 32);

fn words(place: Area, text: &str) -> CardArea {
    let page = CardPage::new(Look::Words(text.into()), Entrance::Cut, CardPage::PUSHED);
    CardArea {
        place,
        pages: Arc::from([page]),
        course: Course::Pushed,
    }
}

/// Colours that full-colour cards of either depth show as they are.
fn colours(place: Area, dice: &mut Dice) -> CardArea {
    let mut frame = Frame::new(place.size());
    for y in 0..place.height {
        for channel in frame.row_mut(y) {
            *channel = [0, 255][dice.below(2) as usize];
        }
    }
    let page = CardPage::new(Look::Dots(Arc::new(frame)), Entrance::Cut, CardPage::PUSHED);
    CardArea {
        pages: Arc::from([page]),
        ..pushed(place, dice)
    }
}

#[test]
fn full_colour_is_shown_dot_for_dot_at_any_x() {
    for name in ["BX-6Q2", "BX-5Q1+"] {
        let mut rig = Rig::new(name, SIZE, None);
        let mut dice = Dice(61);
        for x in [0, 1, 7, 13, 33] {
            let shown = sheet(&rig, vec![colours(Area::new(x, 3, 31, 20), &mut dice)]);
            rig.show(&shown);
            rig.run(seconds(2));
            assert_eq!(rig.card.frame(rig.now), picture(SIZE, &shown), "{name} at {x}");
        }
        assert_eq!(rig.session.faults(rig.now), []);
        assert_eq!(rig.card.tally().refused, 0, "{:?}", rig.card.refusal());
    }
}

#[test]
fn words_are_shown_changed_and_withdrawn_by_cards_with_fonts() {
    for (name, baud) in [("BX-5K1", Some(9600)), ("BX-6K1", None)] {
        let mut rig = Rig::new(name, SIZE, baud);
        for text in ["您好", "欢迎光临 12:30", "ABC"] {
            rig.show(&sheet(&rig, vec![words(SIZE.area(), text)]));
            rig.run(seconds(3));
            let shown: Vec<_> = rig.card.words().map(|words| words.text).collect();
            assert_eq!(
                shown,
                [text],
                "{name}: {:?} {:?}",
                rig.session.faults(rig.now),
                rig.card.refusal()
            );
        }
        let standing = rig.session.standing(rig.now);
        assert_eq!(standing.areas[0].trust, Trust::Sent, "it cannot be read back");
        rig.show(&sheet(&rig, Vec::new()));
        rig.run(seconds(2));
        assert_eq!(rig.card.words().count(), 0);
        assert_eq!(rig.session.faults(rig.now), []);
    }
}

#[test]
fn a_card_with_fonts_that_lost_its_power_is_told_again() {
    let mut rig = Rig::new("BX-6K1", SIZE, Some(57600));
    rig.show(&sheet(&rig, vec![words(SIZE.area(), "安全生产")]));
    rig.run(seconds(20));
    rig.card.power_cut(rig.now);
    rig.run(seconds(5));
    rig.card.power_back(rig.now);
    rig.run(seconds(10));
    assert_eq!(
        rig.card.words().next().map(|words| words.text).as_deref(),
        Some("安全生产")
    );
}

#[test]
fn words_are_no_dots_and_dots_no_words() {
    let mut rig = Rig::new("BX-6E2", SIZE, None);
    rig.show(&sheet(&rig, vec![words(SIZE.area(), "字")]));
    rig.run(seconds(3));
    assert!(matches!(rig.session.faults(rig.now)[..], [Fault::Unfit { .. }]));
    let mut rig = Rig::with("BX-6K1", SIZE, None, Mischief::default());
    rig.show(&sheet(&rig, vec![words(SIZE.area(), "\u{20000}")]));
    rig.run(seconds(3));
    assert!(matches!(rig.session.faults(rig.now)[..], [Fault::Unfit { .. }]));
    rig.show(&sheet(&rig, vec![pushed(SIZE.area(), &mut Dice(62))]));
    rig.run(seconds(3));
    assert!(matches!(rig.session.faults(rig.now)[..], [Fault::Unfit { .. }]));
}
