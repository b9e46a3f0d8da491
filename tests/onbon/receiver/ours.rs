//! What our own side makes, and what it makes of the answers: two readings of the same tables must agree.

use yingbi::{
    controller::{
        card::CardColour,
        onbon::{
            Model,
            message::{
                Brightness, Clock, FileName, Health, Hold, Hours, Identity, Network, Reply, Request, Search, Status,
            },
            model::MODELS,
            packet::Framing,
            picture::file::fallback,
            receiver::{Build, Lamps},
        },
    },
    frame::Frame,
    units::Size,
};

use super::{Card, model};
use crate::support::dice::Dice;

/// The error that a card answers to our request.
fn error(card: &mut Card, framing: Framing, request: &Request<'_>) -> u16 {
    let mut data = Vec::new();
    request.encode(&mut data);
    card.ask_raw(framing, &data).unwrap().error
}

#[test]
fn every_setting_that_we_send_is_understood() {
    let civil = jiff::civil::date(2026, 11, 23).at(9, 20, 0, 0);
    for (name, framing, hold) in [
        ("BX-5E1", Framing::Five, Hold::Five(100)),
        (
            "BX-6E1",
            Framing::Six,
            Hold::Six {
                is_count: false,
                value: 100,
            },
        ),
    ] {
        let mut card = Card::new(Build::new(model(name), Size::new(64, 32), Lamps::RedGreen));
        let network = Network {
            mode: 2,
            ip: [10, 0, 0, 9],
            mask: [255, 255, 0, 0],
            gateway: [10, 0, 0, 1],
            port: 5005,
            server_mode: 0,
            server_ip: [0; 4],
            server_port: 0,
            password: [0; 8],
            heartbeat: 0,
            id: [0; 12],
            spare: (framing == Framing::Five).then_some([0; 7]),
        };
        for request in [
            Request::Ping,
            Request::Switch { is_on: true },
            Request::SetClock(Clock::at(civil)),
            Request::SetHours(vec![Hours {
                on: (8, 0),
                off: (18, 30),
            }]),
            Request::SetHours(vec![]),
            Request::CancelHours,
            Request::SetBrightness(Brightness::HalfHours([9; 48])),
            Request::SetBrightness(Brightness::Manual([9; 48])),
            Request::LockScreen {
                is_kept: false,
                is_locked: false,
            },
            Request::LockProgram {
                is_kept: false,
                is_locked: true,
                name: FileName(*b"P000"),
                hold,
            },
            Request::Status,
            Request::ControllerId,
            Request::SetAddress { address: 1 },
            Request::SetBaud { code: 0 },
            Request::SetNetwork(network),
            Request::Health,
            Request::BeginTransfer,
            Request::StartDirectory { kind: 0, size: 5 },
            Request::DirectoryBlock { offset: 0 },
            Request::Volume,
            Request::TransferState,
            Request::EndTransfer,
            Request::Reset,
        ] {
            assert_eq!(error(&mut card, framing, &request), 0, "{name}: {request:?}");
        }
        for request in [Request::DeleteAllAreas, Request::DeleteAreas { ids: vec![0, 3] }] {
            assert_eq!(error(&mut card, Framing::Dynamic, &request), 0, "{name}: {request:?}");
        }
    }
}

#[test]
fn what_a_card_says_of_itself_is_what_we_read() {
    for (name, lamps, colour) in [
        ("BX-5E1", Lamps::RedGreen, CardColour::Dual),
        ("BX-5Q1+", Lamps::Full, CardColour::Full),
        ("BX-6E1", Lamps::Red, CardColour::Single),
        ("BX-6Q1", Lamps::Full, CardColour::Full),
    ] {
        let mut card = Card::new(Build::new(model(name), Size::new(320, 32), lamps));
        let said = card.tells(0xa2, 0x00, &[]);
        let identity = Identity::parse(&said).unwrap();
        assert_eq!(identity.device, model(name).wire);
        assert_eq!((identity.width, identity.height), (320, 32));
        assert_eq!(identity.card_colour(), Some(colour));
        assert_eq!(
            (identity.address, identity.is_configured, identity.is_on),
            (1, true, Some(true))
        );
        let mut again = Vec::new();
        identity.encode(&mut again);
        assert_eq!(again, said, "{name}");
        let said = card.tells(0xa2, 0x0f, &[]);
        let status = Status::parse(&said).unwrap();
        assert!(status.is_on && status.is_clock_sound && status.brightness == 15);
        assert_eq!(status.barcode.is_some(), name.starts_with("BX-6"));
        let health = card.tells(0xa4, 0x02, &[]);
        assert_eq!(Health::parse(&health).unwrap().port, 5005);
    }
    let mut card = Card::new(Build::new(model("BX-6E1"), Size::new(320, 32), Lamps::Red));
    let said = card.tells(0xa4, 0x03, &[]);
    let search = Search::parse(&said).unwrap();
    let mut again = Vec::new();
    search.encode(&mut again);
    // What we write behind it is of things that a virtual card does not have.
    assert_eq!(again[..said.len()], said);
    assert_eq!(
        (search.width, search.colour, search.brightness, search.is_on),
        (320, 1, 15, true)
    );
    assert!(search.is_clock_sound && search.has_barcode);
    assert!(Reply::parse(&[0, 0xa0, 0, 0, 0, 0, 0, 0, 0]).unwrap().is_ack());
}

/// A picture of LEDs that a card of those lamps can light.
fn dots(size: Size, lamps: Lamps, dice: &mut Dice) -> Frame {
    let mut frame = Frame::new(size);
    for led in frame.bytes_mut().chunks_mut(3) {
        let bits = [dice.below(2) as u8 * 255, dice.below(2) as u8 * 255];
        match lamps {
            Lamps::Red => led[0] = bits[0],
            Lamps::RedGreen => led[..2].copy_from_slice(&bits),
            _ => led.copy_from_slice(&[bits[0], bits[1], bits[0]]),
        }
    }
    frame
}

#[test]
fn the_fallback_picture_of_every_kind_of_card_is_played_dot_for_dot() {
    let mut dice = Dice(3);
    let mut played = 0;
    let known = |model: &&Model| !model.family.takes_words();
    for model in MODELS.iter().filter(known) {
        for colour in model.colours {
            let lamps = match colour {
                CardColour::Single => Lamps::Red,
                CardColour::Dual => Lamps::RedGreen,
                CardColour::Full => Lamps::Full,
            };
            let size = Size::new(1 + dice.below(100) as u32, 1 + dice.below(20) as u32);
            let frame = dots(size, lamps, &mut dice);
            let layout = model.layout(*colour).unwrap();
            let files = fallback(model, layout, &frame);
            let mut card = Card::new(Build::new(model, size, lamps));
            let files: Vec<_> = files
                .into_iter()
                .map(|file| (file.name, file.kind, file.bytes))
                .collect();
            card.writes(&files);
            assert!(
                card.receiver.frame(card.now) == frame,
                "{} {colour:?} {size}",
                model.name
            );
            played += 1;
        }
    }
    assert!(played > 50, "{played}");
}
