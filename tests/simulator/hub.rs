//! The newest state, for whoever looks.

use yingbi::{frame::Frame, simulator::Hub, units::Size};

#[test]
fn the_newest_picture_of_each_screen_is_kept() {
    let hub = Hub::default();
    let (mut lobby, gate) = (Frame::new(Size::new(4, 2)), Frame::new(Size::new(2, 2)));
    assert!(hub.picture("lobby").is_none());
    for nth in 0..9 {
        lobby.bytes_mut().fill(nth);
        hub.show("lobby", &lobby);
        hub.show("gate", &gate);
    }
    assert_eq!(hub.picture("lobby").as_deref(), Some(&lobby));
    assert_eq!(hub.picture("gate").as_deref(), Some(&gate));
}

#[test]
fn a_picture_in_a_readers_hands_never_changes() {
    let hub = Hub::default();
    let mut frame = Frame::new(Size::new(4, 2));
    let mut held = Vec::new();
    for nth in 0..20 {
        frame.bytes_mut().fill(nth);
        hub.show("lobby", &frame);
        held.push(hub.picture("lobby").expect("just shown"));
    }
    for (nth, picture) in held.iter().enumerate() {
        assert!(picture.bytes().iter().all(|byte| usize::from(*byte) == nth));
    }
}

#[test]
fn showing_allocates_nothing_while_nobody_looks() {
    let hub = Hub::default();
    let mut frame = Frame::new(Size::new(64, 32));
    for nth in 0..8 {
        frame.bytes_mut().fill(nth);
        hub.show("lobby", &frame);
    }
    let counted = allocation_counter::measure(|| {
        for nth in 0..100 {
            frame.bytes_mut().fill(nth);
            hub.show("lobby", &frame);
        }
    });
    assert_eq!(counted.count_total, 0);
}

#[test]
fn a_screen_may_come_back_in_another_size() {
    let hub = Hub::default();
    for size in [Size::new(4, 2), Size::new(9, 9), Size::new(4, 2)] {
        hub.show("lobby", &Frame::new(size));
        assert_eq!(hub.picture("lobby").expect("just shown").size(), size);
    }
}

#[test]
fn a_picture_comes_with_the_instant_since_which_it_is_shown() {
    let hub = Hub::default();
    let mut frame = Frame::new(Size::new(4, 2));
    let at = |second: i64| jiff::Timestamp::from_second(second).unwrap();
    hub.show_since("lobby", &frame, at(1));
    // Shown once more it is still the same picture.
    hub.show_since("lobby", &frame, at(2));
    let (picture, since) = hub.shot("lobby").expect("just shown");
    assert_eq!((&*picture, since), (&frame, Some(at(1))));
    frame.bytes_mut().fill(9);
    hub.show_since("lobby", &frame, at(3));
    let (picture, since) = hub.shot("lobby").expect("just shown");
    assert_eq!((&*picture, since), (&frame, Some(at(3))));
    hub.show("gate", &frame);
    assert_eq!(hub.shot("gate").expect("just shown").1, None);
}
