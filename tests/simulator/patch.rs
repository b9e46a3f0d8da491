//! Changed rows, applied by somebody who knows only their description.

use jiff::Timestamp;
use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    simulator::patch::{Label, changed_rows, patch},
    units::Size,
};

use super::{frames, sizes};

/// What a viewer holds, and what messages make of it.
#[derive(Debug, Default)]
pub(crate) struct Applier {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) bytes: Vec<u8>,
}

fn label(screen: u16, sequence: u64) -> Label {
    Label {
        screen,
        sequence,
        since: None,
    }
}

fn number(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .rev()
        .fold(0, |value, byte| value << 8 | usize::from(*byte))
}

impl Applier {
    /// Applies `message`; returns its screen, its sequence, and how many rows it brought.
    pub(crate) fn apply(&mut self, message: &[u8]) -> (usize, usize, usize) {
        assert_eq!(&message[..2], [1, 0], "kind and spare byte");
        let (width, height) = (number(&message[4..8]), number(&message[8..12]));
        if (width, height) != (self.width, self.height) {
            *self = Self {
                width,
                height,
                bytes: vec![0xAA; width * height * 3],
            };
        }
        let (mut rest, mut brought, mut below) = (&message[32..], 0, 0);
        for _ in 0..number(&message[20..24]) {
            let (first, rows) = (number(&rest[..4]), number(&rest[4..8]));
            assert!(first >= below && rows > 0, "runs come from top to bottom");
            let length = rows * width * 3;
            self.bytes[first * width * 3..][..length].copy_from_slice(&rest[8..8 + length]);
            (rest, brought, below) = (&rest[8 + length..], brought + rows, first + rows);
        }
        assert!(rest.is_empty(), "nothing after the last run");
        (number(&message[2..4]), number(&message[12..20]), brought)
    }
}

proptest! {
    #[test]
    fn applying_every_patch_or_skipping_pictures_ends_at_the_newest(
        pictures in sizes().prop_flat_map(|size| proptest::collection::vec(frames(size), 1..6)),
        skipped in proptest::collection::vec(any::<bool>(), 6),
    ) {
        let mut applier = Applier::default();
        let mut seen: Option<&Frame> = None;
        let last = pictures.len() - 1;
        for (at, picture) in pictures.iter().enumerate() {
            if at != last && skipped[at] {
                continue;
            }
            match patch(label(7, at as u64), seen, picture) {
                Some(message) => {
                    let (screen, sequence, _) = applier.apply(&message);
                    prop_assert_eq!((screen, sequence), (7, at));
                }
                None => prop_assert_eq!(seen, Some(picture)),
            }
            seen = Some(picture);
        }
        prop_assert_eq!(applier.bytes, pictures[last].bytes());
    }
}

#[test]
fn only_the_rows_that_changed_travel() {
    let before = Frame::new(Size::new(4, 6));
    let mut after = before.clone();
    for y in [1, 2, 5] {
        after.row_mut(y)[0] = 1;
    }
    assert_eq!(changed_rows(Some(&before), &after), [(1, 2), (5, 1)]);
    let message = patch(label(0, 1), Some(&before), &after).expect("three rows changed");
    assert_eq!(message.len(), 32 + 2 * 8 + 3 * 4 * 3);
}

#[test]
fn a_picture_of_another_size_travels_whole() {
    let small = Frame::new(Size::new(2, 2));
    let large = Frame::new(Size::new(2, 3));
    assert_eq!(changed_rows(Some(&small), &large), [(0, 3)]);
}

#[test]
fn the_bytes_of_a_small_message_are_as_the_table_says() {
    let frame = Frame::from_bytes(Size::new(1, 2), vec![1, 2, 3, 4, 5, 6]).expect("two LEDs");
    let since = Timestamp::from_nanosecond(0x0506_0708).ok();
    let label = Label {
        since,
        ..label(0x0102, 0x0304)
    };
    let message = patch(label, None, &frame).expect("the first message is whole");
    #[rustfmt::skip]
    let expected = [
        1, 0, 0x02, 0x01,
        1, 0, 0, 0,  2, 0, 0, 0,
        0x04, 0x03, 0, 0, 0, 0, 0, 0,
        1, 0, 0, 0,
        0x08, 0x07, 0x06, 0x05, 0, 0, 0, 0,
        0, 0, 0, 0,  2, 0, 0, 0,
        1, 2, 3, 4, 5, 6,
    ];
    assert_eq!(message, expected);
}
