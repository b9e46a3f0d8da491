//! Frames on a line: what is written otherwise, what is found again, whatever comes before.

use proptest::{collection::vec, prelude::*};
use yingbi::{
    controller::onbon::packet::{Deframer, LineError, enclosed as length},
    diagnostic::Explain as _,
};

use super::super::{deframed, enclosed, taken};
use crate::support::wire::bytes;

/// The bodies in `bytes`, found in another way: whatever stands between A5 and the next A5 or 5A, if the escapes in it are known.
fn bodies(bytes: &[u8]) -> Vec<Vec<u8>> {
    let after_starts = bytes.split(|byte| *byte == 0xa5).skip(1);
    let written = after_starts.filter_map(|piece| {
        let end = piece.iter().position(|byte| *byte == 0x5a)?;
        Some(&piece[..end]).filter(|body| !body.is_empty())
    });
    written.filter_map(unescaped).collect()
}

fn unescaped(written: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = written.iter();
    let mut body = Vec::new();
    while let Some(&byte) = bytes.next() {
        body.push(match byte {
            0xa6 | 0x5b => match (byte, bytes.next()?) {
                (0xa6, 1) => 0xa6,
                (0xa6, 2) => 0xa5,
                (0x5b, 1) => 0x5b,
                (0x5b, 2) => 0x5a,
                _ => return None,
            },
            _ => byte,
        });
    }
    Some(body)
}

/// Bytes of which many mean something.
fn line() -> impl Strategy<Value = Vec<u8>> {
    let telling = prop::sample::select(vec![0xa5u8, 0xa5, 0xa6, 0x5a, 0x5b, 0x01, 0x02, 0x00]);
    vec(prop_oneof![4 => telling, 1 => any::<u8>()], 0..200)
}

#[test]
fn the_vendor_s_own_tests_of_escapes_hold() {
    let cases = [("a55a", "a602 5b02"), ("a5a6005b005a", "a602 a601 00 5b01 00 5b02")];
    for (body, written) in cases {
        let frame = bytes(&format!("a5a5a5a5a5a5a5a5 {written} 5a"));
        assert_eq!(enclosed(&bytes(body)), frame);
        assert_eq!(deframed(&frame), [Ok(bytes(body))]);
    }
}

#[test]
fn one_byte_a5_is_enough_and_any_number_is_not_too_many() {
    for starts in 1..40 {
        let mut frame = vec![0xa5; starts];
        frame.extend_from_slice(&[1, 2, 0x5a]);
        assert_eq!(deframed(&frame), [Ok(vec![1, 2])]);
    }
}

/// As the vendor's software does.
#[test]
fn an_end_that_is_written_twice_is_no_noise() {
    let line = bytes("a501025a5a a5035a5a 5a");
    let mut deframer = Deframer::new(10);
    assert_eq!(taken(&mut deframer, &line), [Ok(vec![1, 2]), Ok(vec![3])]);
    assert_eq!(deframer.noise(), 0);
}

#[test]
fn what_is_no_frame_has_a_name() {
    let cases = [
        ("010203 a5015a", LineError::Noise { bytes: 3 }, Some("01")),
        ("a50102 a5035a", LineError::Interrupted { bytes: 2 }, Some("03")),
        ("a501a6 a5035a", LineError::Interrupted { bytes: 1 }, Some("03")),
        (
            "a50102a603045a a5055a",
            LineError::Escape {
                at: 2,
                first: 0xa6,
                second: 0x03,
            },
            Some("05"),
        ),
        (
            "a55b5a a5055a",
            LineError::Escape {
                at: 0,
                first: 0x5b,
                second: 0x5a,
            },
            Some("05"),
        ),
        ("a5a55a a5055a", LineError::Empty, Some("05")),
    ];
    for (line, error, next) in cases {
        let all = deframed(&bytes(line));
        assert_eq!(all[0], Err(error), "{line}");
        assert_eq!(all.last().unwrap().clone().ok(), next.map(bytes), "{line}");
        assert!(!error.chinese().is_empty() && !error.help().zh.is_empty() && !error.to_string().is_empty());
    }
}

#[test]
fn a_body_that_is_too_long_is_let_go_and_the_next_one_taken() {
    let mut deframer = Deframer::new(4);
    let all = taken(&mut deframer, &bytes("a50102030405060708095a a501020304 5a"));
    let too_long = Err(LineError::TooLong { limit: 4 });
    assert_eq!(all.first(), Some(&too_long));
    assert_eq!(all.last(), Some(&Ok(vec![1, 2, 3, 4])));
}

#[test]
fn noise_without_end_is_told_again_and_again_and_takes_no_room() {
    let mut deframer = Deframer::new(1000);
    let noise = vec![0x33; 1 << 20];
    let all = taken(&mut deframer, &noise);
    assert_eq!(all.len(), (1 << 20) / 1000);
    assert!(all.iter().all(|told| *told == Err(LineError::Noise { bytes: 1000 })));
    assert_eq!(deframer.kept(), 0);
}

#[test]
fn a_line_that_is_opened_anew_begins_outside_of_a_frame() {
    let mut deframer = Deframer::new(100);
    assert_eq!(taken(&mut deframer, &[0xa5, 1, 2]), []);
    assert!(deframer.is_within() && deframer.kept() == 2);
    deframer.reset();
    assert!(!deframer.is_within());
    assert_eq!(
        taken(&mut deframer, &[3, 0x5a, 0xa5, 4, 0x5a]),
        [Err(LineError::Noise { bytes: 2 }), Ok(vec![4])]
    );
}

proptest! {
    #[test]
    fn any_body_comes_through(body in vec(any::<u8>(), 1..300)) {
        let frame = enclosed(&body);
        prop_assert_eq!(frame.len(), length(&body));
        prop_assert_eq!(frame.iter().filter(|byte| **byte == 0xa5).count(), 8);
        prop_assert_eq!(frame.iter().filter(|byte| **byte == 0x5a).count(), 1);
        prop_assert_eq!(deframed(&frame), [Ok(body)]);
    }

    #[test]
    fn of_any_bytes_the_frames_are_found_and_no_others(line in line()) {
        let found: Vec<_> = deframed(&line).into_iter().filter_map(Result::ok).collect();
        prop_assert_eq!(found, bodies(&line));
    }

    #[test]
    fn pieces_do_not_matter(line in line(), cuts in vec(1..9usize, 0..100), limit in 1..40usize) {
        let mut whole = Deframer::new(limit);
        let at_once = taken(&mut whole, &line);
        let mut pieces = Deframer::new(limit);
        let (mut told, mut rest) = (Vec::new(), &line[..]);
        for cut in cuts {
            let (piece, more) = rest.split_at(cut.min(rest.len()));
            told.extend(taken(&mut pieces, piece));
            prop_assert!(pieces.kept() <= limit);
            rest = more;
        }
        told.extend(taken(&mut pieces, rest));
        prop_assert_eq!(told, at_once);
        prop_assert_eq!(pieces.is_within(), whole.is_within());
    }

    #[test]
    fn after_any_bytes_the_next_frame_is_found(line in line(), body in vec(any::<u8>(), 1..30)) {
        let mut deframer = Deframer::new(30);
        taken(&mut deframer, &line);
        let all = taken(&mut deframer, &enclosed(&body));
        prop_assert_eq!(all.last(), Some(&Ok(body)));
    }
}
