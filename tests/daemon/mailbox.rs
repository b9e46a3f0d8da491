//! Mailboxes of one.

use std::{sync::Arc, thread, time::Duration};

use embedded_graphics::pixelcolor::Rgb888;
use yingbi::{
    daemon::{FrameBox, News, Slot, Taken},
    frame::Frame,
    units::{Level, Size},
};

const AT_ONCE: Duration = Duration::ZERO;

fn frame(level: u8) -> Frame {
    let mut frame = Frame::new(Size { width: 2, height: 1 });
    frame.fill(Rgb888::new(level, level, level));
    frame
}

#[test]
fn the_newest_frame_wins_and_the_others_are_counted() {
    let mailbox = FrameBox::new(frame(0));
    let mut taken = frame(0);
    assert_eq!(mailbox.take(&mut taken, AT_ONCE), Taken::Nothing);
    for level in 1..=3 {
        mailbox.put(&frame(level), Level::FULL, News::Frame);
    }
    assert_eq!(mailbox.take(&mut taken, AT_ONCE), Taken::News(News::Frame, Level::FULL));
    assert_eq!(taken, frame(3));
    assert_eq!(mailbox.dropped(), 2);
    assert_eq!(mailbox.take(&mut taken, AT_ONCE), Taken::Nothing);
}

#[test]
fn a_refresh_that_was_not_taken_is_still_owed() {
    let mailbox = FrameBox::new(frame(0));
    mailbox.put(&frame(1), Level::FULL, News::Refresh);
    mailbox.put(&frame(2), Level::FULL, News::Frame);
    let mut taken = frame(0);
    assert_eq!(
        mailbox.take(&mut taken, AT_ONCE),
        Taken::News(News::Refresh, Level::FULL)
    );
    assert_eq!(taken, frame(2));
}

#[test]
fn a_waiting_output_is_woken_by_a_frame_and_by_the_end() {
    let mailbox = Arc::new(FrameBox::new(frame(0)));
    let output = thread::spawn({
        let mailbox = Arc::clone(&mailbox);
        move || {
            let (mut taken, patience) = (frame(0), Duration::from_secs(60));
            (
                mailbox.take(&mut taken, patience),
                mailbox.take(&mut taken, patience),
                taken,
            )
        }
    });
    mailbox.put(&frame(5), Level::FULL, News::Frame);
    while mailbox.take(&mut frame(0), AT_ONCE) == Taken::News(News::Frame, Level::FULL) {
        mailbox.put(&frame(5), Level::FULL, News::Frame);
        thread::yield_now();
    }
    mailbox.close();
    assert_eq!(
        output.join().unwrap(),
        (Taken::News(News::Frame, Level::FULL), Taken::Closed, frame(5))
    );
}

#[test]
fn a_slot_gives_its_newest_value_once() {
    let slot = Slot::default();
    assert_eq!(slot.take(), None);
    slot.put(1);
    slot.put(2);
    assert_eq!((slot.take(), slot.take()), (Some(2), None));
}
