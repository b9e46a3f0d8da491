//! What is held, what is new, and what is sent again.

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    daemon::{Fault, Held, Painting, Step},
    frame::Frame,
    stage::Painted,
    units::{Rate, Size, Tick},
};

fn held() -> Held {
    Held::new(Size { width: 4, height: 2 }, Rate::new(10).unwrap())
}

fn shade(level: u8) -> impl FnOnce(&mut Frame) -> Painted {
    move |frame| {
        frame.fill(Rgb888::new(level, 0, 0));
        Painted::Whole
    }
}

fn shown(held: &Held) -> u8 {
    held.frame().bytes()[0]
}

fn done(is_new: bool, is_refresh: bool) -> Step {
    Step {
        painting: Painting::Done,
        is_new,
        is_refresh,
    }
}

#[test]
fn the_first_frame_is_news_even_where_it_is_black() {
    let mut held = held();
    assert_eq!(held.step(Tick(3), shade(0)), done(true, true));
    assert_eq!(held.step(Tick(4), shade(0)), done(false, false));
}

#[test]
fn a_frame_is_sent_again_at_every_whole_second_of_utc_new_or_not() {
    let mut held = held();
    held.step(Tick(8), shade(1));
    assert_eq!(held.step(Tick(9), shade(2)), done(true, false));
    assert_eq!(held.step(Tick(10), shade(2)), done(false, true));
    assert_eq!(held.step(Tick(11), shade(2)), done(false, false));
    assert_eq!(held.step(Tick(20), shade(3)), done(true, true));
    assert_eq!(
        held.step(Tick(35), shade(3)),
        done(false, true),
        "the tick of the whole second was skipped"
    );
}

// Fault 8.
#[test]
fn a_panic_in_painting_holds_the_frame_and_is_tried_again_at_the_next_second() {
    let mut held = held();
    held.step(Tick(12), shade(7));
    let broken = held.step(Tick(13), |frame| {
        frame.fill(Rgb888::new(9, 9, 9));
        panic!("a scene without pages");
    });
    let fault = Fault::Painting("a scene without pages".into());
    assert_eq!(
        fault.to_string(),
        "the screen could not be painted: a scene without pages"
    );
    assert_eq!(broken.painting, Painting::Failed(fault));
    assert_eq!((broken.is_new, shown(&held)), (false, 7));
    let waiting = held.step(Tick(19), |_| unreachable!("not tried again within the second"));
    assert_eq!((waiting.painting, shown(&held)), (Painting::Waiting, 7));
    assert_eq!(held.step(Tick(20), shade(8)), done(true, true));
    assert_eq!(shown(&held), 8);
}

// Fault 8.
#[test]
fn a_held_frame_is_sent_again_like_any_other() {
    let mut held = held();
    held.step(Tick(19), shade(7));
    let broken = held.step(Tick(20), |_| panic!("broken"));
    assert!(broken.is_refresh && !broken.is_new);
    assert!(matches!(broken.painting, Painting::Failed(_)));
}

#[test]
fn nothing_is_sent_before_there_was_a_first_frame() {
    let mut held = held();
    for tick in [9, 10] {
        let step = held.step(Tick(tick), |_| panic!("broken"));
        assert!(!step.is_new && !step.is_refresh);
    }
    assert_eq!(held.step(Tick(20), shade(1)), done(true, true));
}

#[test]
fn a_clock_set_back_does_not_keep_painting_from_being_tried_again() {
    let mut held = held();
    held.step(Tick(1_000), |_| panic!("broken"));
    assert_eq!(held.step(Tick(5), shade(1)).painting, Painting::Done);
}

#[test]
fn what_is_lacking_is_not_shown_and_is_tried_again_at_the_next_tick() {
    let mut held = held();
    held.step(Tick(12), shade(7));
    let lacking = held.step(Tick(13), lacking(9));
    assert_eq!(
        (lacking.painting, lacking.is_new, shown(&held)),
        (Painting::Lacking, false, 7)
    );
    assert_eq!(held.step(Tick(14), shade(8)), done(true, false));
}

#[test]
fn what_another_programme_may_have_taken_away_is_held_for_a_second_at_most() {
    let mut held = held();
    held.step(Tick(12), shade(7));
    held.loosen(Tick(13));
    held.loosen(Tick(18));
    for tick in 13..23 {
        held.step(Tick(tick), lacking(9));
        assert_eq!(shown(&held), 7, "at {tick}");
    }
    let over = held.step(Tick(23), lacking(9));
    assert_eq!((over.painting, over.is_new, shown(&held)), (Painting::Lacking, true, 9));
    held.step(Tick(24), shade(8));
    held.step(Tick(90), lacking(9));
    assert_eq!(shown(&held), 8, "once something whole was shown, that is held");
}

fn lacking(level: u8) -> impl FnOnce(&mut Frame) -> Painted {
    move |frame| {
        let _ = shade(level)(frame);
        Painted::Lacking
    }
}
