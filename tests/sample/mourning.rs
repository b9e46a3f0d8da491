//! A day of mourning on the sample site, made known at 09:40 of the Friday of the open-government week.

use std::sync::Arc;

use jiff::{Timestamp, civil::DateTime};
use yingbi::{frame::Frame, units::Tick, wall::Projector};

use super::{LIBRARY, LOBBY, WALL, column_of, files, pictures, sources};
use crate::support::site::messages;

fn at(civil: &str) -> Timestamp {
    let civil: DateTime = civil.parse().unwrap();
    WALL.calendar().zone.to_timestamp(civil).unwrap()
}

#[test]
fn the_lobby_turns_grey_at_once_is_silent_for_three_minutes_and_shows_nothing_festive() {
    let mut site = files(&[".toml", ".md", ".txt", ".csv"]);
    site.retain(|(name, _)| name != "肃静.txt");
    site.push(("肃静.txt".into(), "2026-05-15 10:00-10:03 全国哀悼\r\n".into()));
    let mourning = LIBRARY.accept(&[sources(site), pictures()].concat());
    assert_eq!(messages(mourning.problems()), Vec::<String>::new());
    let mut projector = Projector::new(Arc::clone(&WALL), LOBBY);
    let rate = projector.rate();
    let mut frame = Frame::new(projector.size());
    let first = rate.tick_at(at("2026-05-15T09:40:00"));
    projector.paint(Tick(first.0 - 1), &mut frame);
    assert!(!is_grey(&frame));
    assert!(projector.take_over(Arc::clone(mourning.wall().unwrap()), first));
    let silence = rate.tick_at(at("2026-05-15T10:00:00"))..rate.tick_at(at("2026-05-15T10:03:00"));
    let end = rate.tick_at(at("2026-05-15T10:05:00"));
    // Every tick of the first second and around the silence, and every third second of the rest.
    let near = |tick: Tick| {
        [first, silence.start, silence.end]
            .iter()
            .any(|edge| (tick.0 - edge.0).abs() < 50)
    };
    let ticks = (first.0..end.0)
        .map(Tick)
        .filter(|tick| near(*tick) || (tick.0 - first.0) % 150 == 0);
    for tick in ticks {
        projector.paint(tick, &mut frame);
        assert!(is_grey(&frame), "{tick:?}");
        let is_dark = frame.bytes().iter().all(|level| *level == 0);
        assert_eq!(is_dark, silence.contains(&tick), "{tick:?}");
        if (tick.0 - first.0) % 150 == 0 {
            let view = projector.view(tick);
            let reason = view.dark.map(|(zh, _)| zh);
            assert_eq!(reason.as_deref(), silence.contains(&tick).then_some("默哀：全国哀悼"));
            for cue in view.zones.iter().filter_map(|zone| zone.now.as_ref()) {
                assert!(
                    !column_of(&cue.item).is_some_and(|column| column.is_festive),
                    "{}",
                    cue.item
                );
            }
        }
    }
}

fn is_grey(frame: &Frame) -> bool {
    frame
        .bytes()
        .chunks_exact(3)
        .all(|led| led[0] == led[1] && led[1] == led[2])
}
