//! Any bytes, at any moment: no panic, no answer that is none, no memory without bound.

use std::time::Duration;

use proptest::prelude::*;
use yingbi::{
    controller::onbon::{
        packet::{Framing, Packet},
        receiver::{Build, Intrusion, LONGEST, Lamps, Mischief, Other, Reboot, Spell},
    },
    units::Size,
};

use super::{Card, model};
use crate::support::{dice::Dice, mistakes::mutant, wire::bytes};

/// A card of any kind, with some mischief.
fn card(kind: u64) -> Card {
    let (name, lamps) = [
        ("BX-5E1", Lamps::RedGreen),
        ("BX-5Q1+", Lamps::Full),
        ("BX-6E2", Lamps::RedGreen),
        ("BX-6Q1", Lamps::Full),
        ("BX-5K1", Lamps::Green),
        ("BX-6K1", Lamps::Amber),
    ][kind as usize % 6];
    let mischief = match kind / 6 % 3 {
        0 => Mischief::default(),
        1 => Mischief {
            slow: Duration::from_millis(30),
            reboot: Some(Reboot::Every(Duration::from_secs(1))),
            outage: Duration::from_millis(50),
            ..Mischief::default()
        },
        _ => Mischief {
            deaf: Some(Spell {
                from: Duration::from_secs(1),
                long: Duration::from_secs(1),
            }),
            others: vec![Other {
                at: Duration::from_millis(500),
                what: Intrusion::Program,
            }],
            ..Mischief::default()
        },
    };
    Card::with(Build::new(model(name), Size::new(64, 32), lamps), mischief)
}

/// It hears `pieces` with so many ms between them; whatever it says are whole frames.
fn hear(card: &mut Card, pieces: &[(u16, Vec<u8>)]) {
    let (mut out, mut count) = (Vec::new(), 0);
    for (wait, piece) in pieces {
        card.now = card.now + Duration::from_millis((*wait).into());
        card.receiver.handle(piece, card.now, &mut out);
        count += piece.len() as u64;
        let frame = card.receiver.frame(card.now);
        assert_eq!(frame.size(), card.receiver.size());
        assert!(card.receiver.next_change(card.now).is_none_or(|next| next > card.now));
        assert!(card.receiver.poll_timeout().is_none_or(|next| next > card.now));
    }
    let tally = card.receiver.tally();
    assert_eq!(tally.bytes, count);
    for body in crate::onbon::deframed(&out) {
        assert!(Packet::parse(&body.unwrap()).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_in_any_pieces(
        kind in 0_u64..18,
        pieces in prop::collection::vec((0_u16..500, prop::collection::vec(any::<u8>(), 0..200)), 0..20),
    ) {
        hear(&mut card(kind), &pieces);
    }

    #[test]
    fn any_data_in_sound_frames(
        kind in 0_u64..18,
        requests in prop::collection::vec((0_u16..500, any_request()), 0..20),
    ) {
        let mut card = card(kind);
        let framings = match kind % 6 {
            0 | 1 => [Framing::Five, Framing::Dynamic],
            2 | 3 => [Framing::Six, Framing::Dynamic],
            _ => [Framing::Font; 2],
        };
        let pieces: Vec<_> = requests
            .into_iter()
            .map(|(wait, data)| {
                let framing = framings[usize::from(data.get(1) == Some(&0xa7))];
                (wait, card.frame(framing, &data))
            })
            .collect();
        hear(&mut card, &pieces);
    }
}

/// Data that begin like a request.
fn any_request() -> impl Strategy<Value = Vec<u8>> {
    let group = prop_oneof![Just(0xa1_u8), Just(0xa2), Just(0xa3), Just(0xa4), Just(0xa7)];
    let body = prop::collection::vec(prop_oneof![3 => 0_u8..3, 1 => any::<u8>()], 0..120);
    (group, 0_u8..0x28, body).prop_map(|(group, command, body)| {
        let length = (body.len() as u16).to_le_bytes();
        [&[1, group, command], &length[..], &body].concat()
    })
}

#[test]
fn the_vendors_frames_with_mistakes_in_them() {
    let files = [
        include_str!("../vectors/onbon-bx-5e.hex"),
        include_str!("../vectors/onbon-bx-6e.hex"),
    ];
    for (kind, file) in [0, 2].into_iter().zip(files) {
        let frames: Vec<Vec<u8>> = file.lines().filter(|line| !line.starts_with('#')).map(bytes).collect();
        for seed in 0..60 {
            let mut dice = Dice(seed);
            // Mistakes in what the sums are made of, so that they get through to whatever reads them.
            let pieces: Vec<(u16, Vec<u8>)> = frames
                .iter()
                .map(|frame| {
                    let body = super::only_body(frame);
                    let packet = Packet::parse(&body).unwrap();
                    let data = match dice.below(3) {
                        0 => mutant(packet.data, dice.below(1 << 32)),
                        _ => packet.data.to_vec(),
                    };
                    let mut again = Vec::new();
                    let mut header = packet.header;
                    header.device = yingbi::controller::onbon::packet::ANY_DEVICE;
                    Packet {
                        header,
                        data: &data[..data.len().min(60_000)],
                    }
                    .frame(&mut again);
                    (dice.below(300) as u16, again)
                })
                .collect();
            hear(&mut card(kind), &pieces);
        }
    }
}

#[test]
fn a_frame_without_end_is_given_up() {
    let mut card = card(2);
    card.hear(&[0xa5; 8]);
    for _ in 0..LONGEST / 1024 + 2 {
        card.hear(&[7; 1024]);
    }
    assert_eq!(card.receiver.refusal().unwrap().code(), None);
    assert!(card.receiver.tally().malformed > 0);
    card.tells(0xa2, 0x00, &[]);
}
