//! What must hold of a virtual card that hears any bytes at any time.

use std::time::Duration;

use yingbi::{
    controller::onbon::{
        Model, Receiver,
        packet::{Deframer, Framing, Header, Packet},
        receiver::{Build, LONGEST, Lamps, Mischief, Reboot},
    },
    units::{Moment, Size},
};

use super::is_told;

/// A card takes or refuses whatever comes, whenever it comes, and all it says are whole packets. The first byte chooses the card; then each
/// piece has a byte for the hundredths of a second before it, one that says whether the piece is bytes of the line, data of its own framing
/// or data for dynamic areas, and two for its length.
pub(crate) fn card(bytes: &[u8]) {
    let Some((&kind, mut rest)) = bytes.split_first() else {
        return;
    };
    let (name, lamps, own) = [
        ("BX-5E1", Lamps::RedGreen, Framing::Five),
        ("BX-5Q1+", Lamps::Full, Framing::Five),
        ("BX-6E2", Lamps::RedGreen, Framing::Six),
        ("BX-6Q1", Lamps::Full, Framing::Six),
        ("BX-6K1", Lamps::Red, Framing::Font),
    ][usize::from(kind) % 5];
    let Some(model) = Model::named(name) else { return };
    let mischief = Mischief {
        reboot: (kind >= 128).then_some(Reboot::Every(Duration::from_secs(2))),
        outage: Duration::from_millis(100),
        ..Mischief::default()
    };
    let mut now = Moment::ZERO;
    let mut card = Receiver::new(Build::new(model, Size::new(64, 32), lamps), mischief, now);
    let (mut said, mut line) = (Vec::new(), Vec::new());
    while let Some((&[wait, form, low, high], tail)) = rest.split_first_chunk() {
        let (piece, tail) = tail.split_at(usize::from(u16::from_le_bytes([low, high])).min(tail.len()));
        rest = tail;
        now = now + Duration::from_millis(10) * u32::from(wait);
        line.clear();
        let framing = if form % 3 == 2 { Framing::Dynamic } else { own };
        match form % 3 {
            0 => line.extend_from_slice(piece),
            _ => Packet {
                header: Header::to_any(framing, u16::from(form)),
                data: piece,
            }
            .frame(&mut line),
        }
        card.handle(&line, now, &mut said);
        assert_eq!(card.frame(now).size(), card.size());
        assert!(card.next_change(now).is_none_or(|next| next > now));
        assert!(card.poll_timeout().is_none_or(|next| next > now));
        if let Some(refusal) = card.refusal() {
            is_told(refusal);
        }
    }
    let (mut deframer, mut said) = (Deframer::new(LONGEST), &said[..]);
    while let Some(body) = deframer.next(&mut said) {
        assert!(body.is_ok_and(|body| Packet::parse(body).is_ok()));
    }
}
