//! Videos of the past, of stops, and of those who only look.

use std::sync::Arc;

use jiff::civil::date;
use yingbi::{
    clip::Footages,
    frame::Frame,
    stage::Painted,
    units::{Rate, Tick},
    wall::{
        Library, SafePage, Wall,
        history::{Replay, Step, TakeOver, retrace},
    },
};

use super::{Eye, VIDEO, notice, tick};
use crate::support::{
    footage::{Cinema, seen},
    site::Files,
};

fn replay(wall: &Arc<Wall>, at: Tick) -> Replay {
    let rate = Rate::new(50).unwrap();
    let take = TakeOver {
        edition: wall.edition(),
        tick: tick(50, 0),
        rate,
        is_anew: true,
    };
    let load = |_| Ok::<_, ()>(Arc::clone(wall));
    let replay = retrace(&[Step::Take(take)], "lobby", rate.timestamp(at), load);
    replay.unwrap().unwrap()
}

#[test]
fn the_past_is_painted_of_what_was_kept_and_says_where_a_clip_is_gone() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150);
    cinema.wall(&files);
    let library = cinema.library(&files);
    let kept = library.kept();
    let again = Library::default()
        .with_footages(Arc::clone(&cinema.screening) as Arc<dyn Footages>)
        .accept(&kept);
    let wall = again.wall().cloned().unwrap();
    assert_eq!(wall.digest(), library.wall().unwrap().digest());
    let (noon, mut frame) = (tick(50, 350 * 40 + 277), Frame::new(wall.site().screens[0].size));
    assert_eq!(replay(&wall, noon).paint(noon, &mut frame), Painted::Whole);
    assert_eq!(seen(&frame, 9, 9), Some((1, 77)));
    cinema.burn(&files);
    assert_eq!(replay(&wall, noon).paint(noon, &mut frame), Painted::Lacking);
    let notice = tick(50, 350 * 40 + 100);
    assert_eq!(replay(&wall, notice).paint(notice, &mut frame), Painted::Whole);
}

#[test]
fn a_video_plays_while_nobody_knows_the_time() {
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&Files::plain());
    let undated = Arc::new(wall.undated("2026-05-01T00:00:00Z".parse().unwrap()));
    let mut eye = Eye::on(&undated);
    assert!((0..450).all(|more| eye.sees(tick(50, more), (0, 0)).is_some_and(|(video, _)| video == 1)));
}

#[test]
fn a_proof_of_a_video_is_one_of_its_frames_and_there_is_none_without_its_clip() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let before = cinema.library(&files).wall().cloned().unwrap();
    let names = |wall: &Wall| -> Vec<String> { wall.proofs().iter().map(|proof| proof.item.id.to_string()).collect() };
    assert_eq!(names(&before), ["通知/a"]);
    let wall = cinema.wall(&files);
    assert_eq!(names(&wall), ["通知/a", "通知/b.mp4"]);
    let proof = &wall.proofs()[1];
    let noon = date(2026, 5, 15).at(12, 0, 0, 0);
    assert_eq!(proof.pages(wall.compositor()), 1);
    assert_eq!(seen(&proof.picture(&wall, 0, noon).unwrap(), 0, 0), Some((1, 50)));
    cinema.burn(&files);
    assert_eq!(proof.picture(&wall, 0, noon), None);
}

#[test]
fn a_stop_whose_video_is_not_at_hand_shows_the_sites_name_at_once() {
    let stop = "priority = \"stop\"\n[[play]]\nitem = \"通知/b.mp4\"\n";
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&notice(50).with("stop.toml", stop));
    let mut page = SafePage::new(&wall, 0);
    let mut frame = Frame::new(wall.site().screens[0].size);
    cinema.screening.stick(true);
    page.paint(tick(50, 10), &mut frame);
    let mut still = Frame::new(frame.size());
    page.paint_still(&mut still);
    assert_eq!(frame, still);
    cinema.screening.stick(false);
    page.paint(tick(50, 11), &mut frame);
    assert_eq!(seen(&frame, 0, 0), Some((1, 11)));
}
