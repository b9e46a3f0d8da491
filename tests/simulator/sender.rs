//! The socket that lights one screen for a sender card.

use std::time::Duration;

use tokio_tungstenite::tungstenite::Message;
use yingbi::{frame::Frame, units::Size};

use super::page::{Served, Viewer};

/// A browser in the place of one: draws what comes and says so.
impl Viewer {
    fn drawn(&mut self) {
        self.socket.send(Message::text(".")).unwrap();
    }
}

#[test]
fn one_screen_alone_is_sent_and_each_picture_once_the_last_is_drawn() {
    let served = Served::new();
    let mut frame = Frame::new(Size::new(8, 6));
    served.hub.show("gate", &Frame::new(Size::new(4, 4)));
    served.hub.show("lobby", &frame);
    let mut viewer = served.watch_at("/live/lobby", None).unwrap();
    assert_eq!(viewer.rows(), (1, 6));
    for value in 1..=50 {
        frame.row_mut(0).fill(value);
        frame.row_mut(5).fill(value);
        served.hub.show("lobby", &frame);
        served.hub.show("gate", &Frame::new(Size::new(4, u32::from(value))));
        std::thread::sleep(Duration::from_millis(1));
    }
    viewer.drawn();
    assert_eq!(viewer.rows(), (1, 2), "of fifty pictures the newest");
    assert_eq!(viewer.picture.bytes, frame.bytes());
}

#[test]
fn the_first_words_and_those_that_follow_name_the_version() {
    let served = Served::new();
    served.hub.expect("lobby");
    let mut viewer = served.watch_at("/live/lobby", None).unwrap();
    assert_eq!(viewer.words("version")["version"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn other_sites_and_screens_that_are_not_there_are_refused() {
    let served = Served::new();
    served.hub.show("lobby", &Frame::new(Size::new(8, 6)));
    let own = format!("http://{}", served.address);
    assert!(served.watch_at("/live/lobby", Some(&own)).is_ok());
    assert_eq!(
        served.watch_at("/live/lobby", Some("http://wall.example")).err(),
        Some(403)
    );
    assert_eq!(served.watch_at("/live/gate", Some(&own)).err(), Some(404));
}

#[test]
fn a_crowd_of_viewers_keeps_no_wall_dark() {
    let served = Served::new();
    served.hub.show("lobby", &Frame::new(Size::new(8, 6)));
    let crowd: Vec<Viewer> = std::iter::repeat_with(|| served.watch(None))
        .map_while(Result::ok)
        .collect();
    assert!(crowd.len() < 100, "there is a limit");
    let mut wall = served.watch_at("/live/lobby", None).unwrap();
    assert_eq!(wall.rows(), (0, 6));
}
