//! What tests of the wire share: bytes as they are printed, pictures of bytes that differ, and what a session sends.

use yingbi::{
    controller::{Controller, To, Transmit},
    units::Moment,
};

/// The bytes that `hex` is of, whatever stands between its digits.
pub(crate) fn bytes(hex: &str) -> Vec<u8> {
    let digits: Vec<u8> = hex.bytes().filter(u8::is_ascii_hexdigit).collect();
    let pairs = digits.chunks(2).map(|pair| std::str::from_utf8(pair).unwrap());
    pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap()).collect()
}

/// Bytes of which neighbours differ, and so do those of one place in universes that follow each other.
pub(crate) fn ramp(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at % 251) as u8).collect()
}

/// Everything that is due, as the datagrams that a link makes of it, each with where it goes. No transmission is more than one call can send.
pub(crate) fn sent(session: &mut (impl Controller + ?Sized), now: Moment) -> Vec<(To, Vec<u8>)> {
    let (mut datagrams, mut out) = (Vec::new(), Vec::new());
    while let Some(Transmit { length, segment, to }) = session.poll_transmit(now, &mut out) {
        assert_eq!(out.len(), length);
        assert!(length <= 65_507);
        let batch: Vec<_> = out.chunks(segment.unwrap_or(length)).map(<[u8]>::to_vec).collect();
        assert!(batch.len() <= 64 && (segment.is_none() || batch.len() > 1));
        datagrams.extend(batch.into_iter().map(|datagram| (to, datagram)));
        assert!(datagrams.len() < 100_000, "the session does not come to an end");
        out.clear();
    }
    datagrams
}

/// The same, wherever they go.
pub(crate) fn datagrams(session: &mut (impl Controller + ?Sized), now: Moment) -> Vec<Vec<u8>> {
    sent(session, now).into_iter().map(|(_, datagram)| datagram).collect()
}
