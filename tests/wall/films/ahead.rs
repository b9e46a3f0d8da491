//! What comes next is asked for while the page before it is seen.

use yingbi::units::Tick;

use super::{Eye, VIDEO, notice, tick};
use crate::support::footage::Cinema;

#[test]
fn the_first_frame_is_expected_from_the_first_tick_of_the_page_before() {
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&notice(50));
    let mut eye = Eye::on(&wall);
    eye.paint(tick(50, 0));
    assert_eq!(cinema.screening.expected(), [(1, 0)]);
    (1..350).for_each(|more| {
        eye.paint(tick(50, more));
    });
    assert_eq!(
        cinema.screening.expected(),
        [],
        "nothing but a notice comes after the video"
    );
}

#[test]
fn a_wall_that_takes_over_at_a_boundary_has_its_video_ready_there() {
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let files = notice(50);
    let before = files.wall();
    let wall = cinema.wall(&files);
    cinema.screening.be_strict();
    let mut eye = Eye::on(&before);
    eye.paint(tick(50, 350 + 10));
    // In both walls the notice is seen now; in the new one the video comes after it, at 550.
    assert!(eye.projector.take_over(wall, tick(50, 350 + 20)));
    let next: Vec<_> = (371..900).map(|more| eye.sees(tick(50, more), (0, 0))).collect();
    let first = next.iter().position(Option::is_some).unwrap();
    let frames: Vec<u32> = next[first..].iter().map_while(|seen| Some((*seen)?.1)).collect();
    assert!(
        frames
            .iter()
            .zip(frames[0]..)
            .all(|(frame, expected)| *frame == expected)
    );
    assert_eq!(cinema.screening.missed(), []);
}

#[test]
fn a_second_change_of_wall_before_the_boundary_leaves_nothing_behind() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150).video("items/通知/c.mp4", 250);
    let before = files.wall();
    let both = cinema.wall(&files);
    let mut eye = Eye::on(&before);
    eye.paint(tick(50, 10));
    assert!(eye.projector.take_over(both, tick(50, 20)));
    eye.paint(tick(50, 21));
    let last = cinema.without(VIDEO).wall(&files);
    assert!(eye.projector.take_over(last.clone(), tick(50, 30)));
    let mut alone = Eye::on(&last);
    // Of both, nothing is seen once the newest has taken over.
    for more in 2_000..3_000 {
        let tick: Tick = tick(50, more);
        assert_eq!(eye.sees(tick, (0, 0)), alone.sees(tick, (0, 0)), "at {more}");
    }
}
