//! ONBON BX without a card.

mod message;
mod packet;
mod picture;
mod receiver;
mod session;
mod vectors;

use yingbi::controller::onbon::packet::{Deframer, LineError, enclose};

/// Longer than any body of these tests.
const LIMIT: usize = 1 << 20;

/// Everything that comes of `bytes` at once.
fn deframed(bytes: &[u8]) -> Vec<Result<Vec<u8>, LineError>> {
    taken(&mut Deframer::new(LIMIT), bytes)
}

/// Everything that `deframer` makes of `bytes`.
fn taken(deframer: &mut Deframer, mut bytes: &[u8]) -> Vec<Result<Vec<u8>, LineError>> {
    let mut all = Vec::new();
    while let Some(body) = deframer.next(&mut bytes) {
        all.push(body.map(<[u8]>::to_vec));
    }
    assert!(bytes.is_empty());
    all
}

/// `body` as a frame.
fn enclosed(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    enclose(body, &mut out);
    out
}

/// The body of the only frame in `bytes`.
fn only_body(bytes: &[u8]) -> Vec<u8> {
    let mut all = deframed(bytes);
    assert_eq!(all.len(), 1, "{all:?}");
    all.remove(0).unwrap()
}
