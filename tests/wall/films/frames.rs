//! Which frame is seen follows from the tick alone.

use yingbi::stage::Painted;

use super::{Eye, VIDEO, notice, tick};
use crate::support::{
    dice::Dice,
    footage::Cinema,
    site::{Files, picture},
};

/// What a zone shows that plays `frames` frames of the video 1 after a notice of `notice` ticks, so many ticks after midnight.
fn oracle(more: i64, notice: i64, frames: i64) -> Option<(u8, u32)> {
    let place = more.rem_euclid(notice + frames);
    (place >= notice).then(|| (1, u32::try_from(place - notice).unwrap()))
}

#[test]
fn every_frame_is_seen_once_in_order_over_all_boundaries_at_25_and_50_ticks_a_second() {
    for rate in [25, 50] {
        let frames = 4 * rate + 13;
        let mut cinema = Cinema::default().video(VIDEO, frames);
        let wall = cinema.wall(&notice(u16::try_from(rate).unwrap()));
        cinema.screening.be_strict();
        let mut eye = Eye::on(&wall);
        let rate = i64::from(rate);
        for more in 0..60 * rate {
            let expected = oracle(more, 4 * rate, frames.into());
            assert_eq!(eye.sees(tick(rate, more), (127, 31)), expected, "{more} at {rate}");
        }
        assert_eq!(cinema.screening.missed(), [], "all was expected in time");
    }
}

#[test]
fn whenever_a_projector_begins_and_wherever_it_jumps_the_frame_is_that_of_the_tick() {
    let mut dice = Dice(8);
    for _ in 0..40 {
        let rate = [10, 25, 50, 60][dice.below(4) as usize];
        let frames = 1 + dice.below(700) as u32;
        let seconds = 1 + dice.below(9) as i64;
        let files = Files::plain()
            .with("site.toml", super::at_rate(rate))
            .item("a", "甲", &format!("{seconds}s"));
        let mut cinema = Cinema::default().video(VIDEO, frames);
        let wall = cinema.wall(&files);
        let rate = i64::from(rate);
        let least = 3 * rate;
        // A short one is seen again and again until three seconds are over.
        let passes = (least as u32).div_ceil(frames).max(1);
        let whole = i64::from(frames) * i64::from(passes);
        let mut jumping = Eye::on(&wall);
        for _ in 0..25 {
            let more = dice.below(86_400 * rate as u64) as i64;
            let place = oracle(more, seconds * rate, whole);
            let expected = place.map(|(video, at)| (video, at % frames));
            assert_eq!(jumping.sees(tick(rate, more), (64, 16)), expected);
            assert_eq!(Eye::on(&wall).sees(tick(rate, more), (64, 16)), expected);
        }
    }
}

#[test]
fn a_stay_longer_than_the_video_lets_it_go_on_without_a_seam() {
    let files = notice(50).with(
        "all.toml",
        "[[play]]\nitem = \"通知/a\"\n[[play]]\nitem = \"通知/b.mp4\"\ndwell = \"7s\"\n",
    );
    let mut cinema = Cinema::default().video(VIDEO, 90);
    let wall = cinema.wall(&files);
    cinema.screening.be_strict();
    let mut eye = Eye::on(&wall);
    for more in 0..2 * 550 {
        let expected = oracle(more, 200, 350).map(|(video, at)| (video, at % 90));
        assert_eq!(eye.sees(tick(50, more), (0, 0)), expected);
    }
    assert_eq!(cinema.screening.missed(), []);
}

#[test]
fn what_is_said_of_a_column_cuts_no_video_short_but_plays_it_whole() {
    for (dwell, passes) in [("1s", 1), ("4s", 1), ("6s", 2), ("13s", 3)] {
        let all = format!("[[play]]\ncolumn = \"通知\"\norder = \"path\"\ndwell = \"{dwell}\"\n");
        let mut cinema = Cinema::default().video(VIDEO, 200);
        let wall = cinema.wall(&notice(50).with("all.toml", all));
        let mut eye = Eye::on(&wall);
        let end = 200 + passes * 200;
        assert_eq!(eye.sees(tick(50, end - 1), (0, 0)), Some((1, 199)), "{dwell}");
        assert_eq!(eye.sees(tick(50, end), (0, 0)), None, "{dwell}");
    }
}

#[test]
fn a_video_alone_comes_round_without_a_seam_whatever_its_transition() {
    for effect in ["cut", "fade 1s", "push 1s"] {
        let all = format!("[[play]]\ncolumn = \"通知\"\ntransition = \"{effect}\"\n");
        let mut cinema = Cinema::default().video(VIDEO, 170);
        let wall = cinema.wall(&Files::plain().with("all.toml", all));
        cinema.screening.be_strict();
        let mut eye = Eye::on(&wall);
        eye.paint(tick(50, 0));
        for more in 1..1000 {
            assert_eq!(
                eye.sees(tick(50, more), (3, 3)),
                Some((1, more as u32 % 170)),
                "{effect}"
            );
        }
        assert_eq!(cinema.screening.missed().len(), 1, "only the very first");
    }
}

#[test]
fn while_one_video_pushes_the_other_out_it_moves_and_the_other_stands_at_its_last_frame() {
    let other = "items/通知/c.mov";
    let all = "[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"push 1s\"\n";
    let mut cinema = Cinema::default().video(VIDEO, 150).video(other, 200);
    let wall = cinema.wall(&Files::plain().with("all.toml", all));
    cinema.screening.be_strict();
    let mut eye = Eye::on(&wall);
    for more in 1..150 {
        eye.paint(tick(50, more));
    }
    cinema.screening.missed();
    for more in 150..350 {
        let right = eye.sees(tick(50, more), (127, 0));
        let left = seen_left(&eye);
        let later = more - 150;
        if later == 0 {
            assert_eq!(left, Some((1, 149)), "at first only the old one is seen");
        } else if later < 50 {
            assert_eq!(
                (left, right),
                (Some((1, 149)), Some((2, later as u32))),
                "after {later} ticks"
            );
        } else {
            assert_eq!((left, right), (Some((2, later as u32)), Some((2, later as u32))));
        }
    }
    assert_eq!(cinema.screening.missed(), []);
}

fn seen_left(eye: &Eye) -> Option<(u8, u32)> {
    crate::support::footage::seen(&eye.frame, 0, 0)
}

#[test]
fn a_video_fades_in_over_a_notice_while_it_moves() {
    let all = "[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"fade 1s\"\n";
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&notice(50).with("all.toml", all));
    let mut eye = Eye::on(&wall);
    let mut before = None;
    for more in 201..250 {
        assert_eq!(eye.paint(tick(50, more)), Painted::Whole);
        assert_ne!(before.as_ref(), Some(&eye.frame), "it comes in");
        before = Some(eye.frame.clone());
    }
    assert_eq!(
        eye.sees(tick(50, 250), (0, 0)),
        Some((1, 50)),
        "its first second was seen while it came"
    );
    assert_eq!(eye.sees(tick(50, 349), (0, 0)), Some((1, 149)));
}

#[test]
fn painting_a_video_allocates_nothing_between_the_boundaries() {
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&notice(50));
    let mut eye = Eye::on(&wall);
    for boundary in [0, 200] {
        eye.paint(tick(50, boundary));
        let counted = allocation_counter::measure(|| {
            for more in 1..150 {
                eye.paint(tick(50, boundary + more));
            }
        });
        assert_eq!(counted.count_total, 0);
    }
}

#[test]
fn what_a_wall_without_clips_shows_is_what_it_showed_before_there_were_any() {
    let files = notice(50);
    let cinema = Cinema::default().video(VIDEO, 150);
    let (with, without) = (cinema.library(&files), files.library());
    let [mut with, mut without] = [&with, &without].map(|library| Eye::on(library.wall().unwrap()).projector);
    for more in (0..1000).step_by(37) {
        let tick = tick(50, more);
        assert_eq!(picture(&mut with, tick), picture(&mut without, tick));
    }
}
