//! Frames that are not at hand: the screen holds what it shows, and goes on by itself.

use std::sync::Arc;

use yingbi::{
    daemon::{Painting, Player},
    stage::Painted,
    units::{Tick, Ticks},
};

use super::{Eye, VIDEO, notice, tick};
use crate::support::{
    footage::{Cinema, seen},
    site::Files,
};

#[test]
fn a_frame_that_is_not_at_hand_leaves_the_one_before_and_the_next_is_on_time() {
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&notice(50));
    let mut player = Player::new(wall, "lobby").unwrap();
    for more in 200..260 {
        cinema.screening.stick((220..224).contains(&more));
        let step = player.step(tick(50, more));
        let (painting, shown) = match more {
            220..224 => (Painting::Lacking, 19),
            _ => (Painting::Done, more - 200),
        };
        assert_eq!(step.painting, painting, "at {more}");
        assert_eq!(step.is_new, painting == Painting::Done, "at {more}");
        assert_eq!(seen(player.frame(), 0, 0), Some((1, shown as u32)), "at {more}");
    }
}

#[test]
fn where_the_first_frame_is_late_the_page_before_stays_and_nothing_is_black() {
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&notice(50));
    let mut player = Player::new(wall, "lobby").unwrap();
    player.step(tick(50, 199));
    let before = player.frame().clone();
    assert!(before.bytes().iter().any(|byte| *byte > 0));
    cinema.screening.stick(true);
    for more in 200..203 {
        assert_eq!(player.step(tick(50, more)).painting, Painting::Lacking);
        assert_eq!(*player.frame(), before);
    }
    cinema.screening.stick(false);
    assert_eq!(player.step(tick(50, 203)).painting, Painting::Done);
    assert_eq!(seen(player.frame(), 0, 0), Some((1, 3)));
}

#[test]
fn what_was_taken_away_is_not_held_for_longer_than_a_second() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let (with, only) = (cinema.wall(&files), cinema.wall(&Files::plain()));
    let mut player = Player::new(with, "lobby").unwrap();
    player.step(tick(50, 60));
    let before = player.frame().clone();
    cinema.screening.stick(true);
    // The notice is withdrawn, and the video takes its place at once.
    player.take_over(&only, tick(50, 61)).unwrap();
    for more in 61..61 + 50 {
        assert_eq!(player.step(tick(50, more)).painting, Painting::Lacking);
        assert_eq!(*player.frame(), before, "at {more}");
    }
    let step = player.step(tick(50, 61 + 50));
    assert_eq!((step.painting, step.is_new), (Painting::Lacking, true));
    assert!(player.frame().bytes().iter().all(|byte| *byte == 0));
    cinema.screening.stick(false);
    player.step(tick(50, 61 + 51));
    assert_eq!(seen(player.frame(), 0, 0), Some((1, 61 + 51)));
}

#[test]
fn an_alert_over_a_video_that_is_stuck_is_seen_at_once() {
    let alert = "priority = \"alert\"\n[[when]]\nhours = \"00:00:03-00:00:09\"\n[[play]]\nitem = \"通知/a\"\n";
    let files = notice(50)
        .with("all.toml", "[[play]]\nitem = \"通知/b.mp4\"\n")
        .with("alert.toml", alert);
    let mut cinema = Cinema::default().video(VIDEO, 1000);
    let wall = cinema.wall(&files);
    let mut player = Player::new(Arc::clone(&wall), "lobby").unwrap();
    player.step(tick(50, 10));
    cinema.screening.stick(true);
    assert_eq!(player.step(tick(50, 149)).painting, Painting::Lacking);
    assert_eq!(player.step(tick(50, 150)).painting, Painting::Done);
    let without = files.library().wall().cloned().unwrap();
    let mut eye = Eye::on(&without);
    eye.paint(tick(50, 150));
    assert_eq!(*player.frame(), eye.frame);
}

#[test]
fn a_clip_that_is_gone_is_opened_again_once_a_second_until_it_is_back() {
    let files = Files::plain();
    let mut cinema = Cinema::default().video(VIDEO, 1000);
    let wall = cinema.wall(&files);
    let want = cinema.burn(&files);
    let mut eye = Eye::on(&wall);
    for more in 10..75 {
        assert_eq!(eye.paint(tick(50, more)), Painted::Lacking);
        assert_eq!(eye.projector.films(tick(50, more)), [VIDEO.into()]);
    }
    want.iter().for_each(|want| cinema.make(want));
    let found: Vec<i64> = (75..160)
        .filter(|more| eye.paint(tick(50, *more)) == Painted::Whole)
        .collect();
    assert_eq!(
        found,
        (101..160).collect::<Vec<_>>(),
        "the tick of the whole second opens it"
    );
    assert_eq!(seen(&eye.frame, 0, 0), Some((1, 159)));
}

#[test]
fn a_test_of_the_whole_screen_is_seen_whatever_lies_under_it() {
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&Files::plain());
    let mut player = Player::new(Arc::clone(&wall), "lobby").unwrap();
    cinema.screening.stick(true);
    let now = tick(50, 50);
    let rate = player.rate();
    let test = yingbi::wall::PanelTest {
        since: rate.timestamp(now),
        until: rate.timestamp(now + Ticks(500)),
        by: "terminal".into(),
        output: None,
        patterns: [yingbi::panel::Pattern::Field(yingbi::panel::Hue::White)].into(),
        level: None,
    };
    assert_eq!(player.step(Tick(now.0 - 1)).painting, Painting::Lacking);
    player.test(Some(Arc::new(test)));
    assert_eq!(player.step(now).painting, Painting::Done);
    assert!(player.frame().bytes().iter().all(|byte| *byte == 255));
}
