//! Torn pictures: what each protocol can promise when datagrams are lost, overtaken or doubled. Every LED of a picture carries the
//! picture's number, so that the LEDs themselves say of which pictures they are.
//!
//! | protocol | what holds |
//! |---|---|
//! | DDP | What came in one packet is of one picture. Where packets are lost and nothing else happens, no LED ever goes back to an older picture. More it cannot tell: its packets do not say of which picture they are, and a picture whose push came may lack a part |
//! | sACN, Art-Net | What came in one universe is of one picture, and no universe ever goes back, whatever happens: late datagrams are known by their sequence. Without synchronisation universes of two pictures may stand side by side |
//! | with synchronisation | What is shown changes at a synchronisation and at no other moment. A universe that was lost keeps its old slots, and Art-Net counts every such picture as partial |

use std::time::Duration;

use proptest::prelude::*;
use yingbi::{
    controller::{Universes, artnet, sacn},
    frame::Frame,
    panel::Format,
    simulator::controller::{
        Effects, Machine, Setup,
        weather::{Happening, Mishaps, Weather},
    },
    units::{Moment, Size},
};

use super::way::{Protocol, START, peer};
use crate::support::wire::datagrams;

const SIZE: Size = Size::new(64, 48);

/// LEDs of one packet or universe.
const DDP: usize = 480;
const UNIVERSE: usize = 170;

const PICTURES: u8 = 40;

const UNIVERSES: Universes = Universes { first: 1, slots: 510 };

fn at(number: u8) -> Moment {
    START + Duration::from_millis(20 * u64::from(number))
}

/// What a controller showed in foul weather, after a first picture and before a last one in fair weather.
struct Shown {
    first: Frame,
    /// Each with whether a synchronisation made it be shown.
    foul: Vec<(Frame, bool)>,
    last: Frame,
    mishaps: Mishaps,
    /// Pictures that were counted as partial.
    partial: u64,
}

impl Shown {
    fn all(&self) -> impl Iterator<Item = &Frame> {
        let foul = self.foul.iter().map(|(frame, _)| frame);
        [&self.first].into_iter().chain(foul).chain([&self.last])
    }
}

/// Sends pictures 1 to [`PICTURES`].
fn shown(protocol: Protocol, faults: &str, seed: u64) -> Shown {
    let mut machine = Machine::new(Setup::plain(protocol.kind(), SIZE), None, START);
    let mut weather = Weather::new(faults.parse().unwrap(), seed, START);
    let mut session = protocol.session(Format::Rgb);
    let mut picture = |number: u8| {
        session.show(&vec![number; SIZE.leds() * 3], at(number));
        datagrams(&mut *session, at(number))
    };
    let fair = |machine: &mut Machine, datagrams: Vec<Vec<u8>>, now| {
        let mut effects = Effects::default();
        for datagram in datagrams {
            machine.take(peer(), &datagram, now, &mut effects);
        }
        // What has come without synchronisation is looked at once it is quiet.
        machine.poll(now + Duration::from_millis(50), &mut effects);
        effects.shown.pop().unwrap()
    };
    let first = fair(&mut machine, picture(1), at(1));
    let mut foul = Vec::new();
    for number in 2..PICTURES {
        for datagram in picture(number) {
            weather.take(peer(), &datagram, at(number));
            arrive(&mut machine, &mut weather, at(number), &mut foul);
        }
    }
    // All that is still under way arrives before the last one is sent.
    let later = at(PICTURES) + Duration::from_millis(100);
    arrive(&mut machine, &mut weather, later, &mut foul);
    let last = fair(&mut machine, picture(PICTURES), later);
    Shown {
        first,
        foul,
        last,
        mishaps: weather.mishaps(),
        partial: machine.counts().partial,
    }
}

fn arrive(machine: &mut Machine, weather: &mut Weather, now: Moment, shown: &mut Vec<(Frame, bool)>) {
    while let Some(Happening::Arrives { from, datagram }) = weather.poll(now) {
        let mut effects = Effects::default();
        machine.take(from, &datagram, now, &mut effects);
        let is_sync = matches!(
            sacn::packet::Packet::parse(&datagram),
            Ok(sacn::packet::Packet::Sync(_))
        ) || matches!(
            artnet::packet::Packet::parse(&datagram),
            Ok(artnet::packet::Packet::Sync)
        );
        shown.extend(effects.shown.into_iter().map(|frame| (frame, is_sync)));
    }
}

/// The number of each run of so many LEDs; `None` where a run is of more than one picture.
fn runs(frame: &Frame, leds: usize) -> Option<Vec<u8>> {
    let runs = frame.bytes().chunks(leds * 3);
    runs.map(|run| run.iter().all(|byte| *byte == run[0]).then_some(run[0]))
        .collect()
}

/// Whether of each run the numbers only ever rise.
fn goes_on(pictures: &[Vec<u8>]) -> bool {
    pictures
        .windows(2)
        .all(|pair| pair[0].iter().zip(&pair[1]).all(|(before, after)| before <= after))
}

fn is_one(frame: &Frame) -> bool {
    runs(frame, SIZE.leds()).is_some()
}

fn protocols() -> impl Strategy<Value = (Protocol, usize)> {
    let universes = UNIVERSES;
    prop::sample::select(vec![
        (Protocol::Ddp, DDP),
        (Protocol::Sacn { universes, sync: false }, UNIVERSE),
        (Protocol::Sacn { universes, sync: true }, UNIVERSE),
        (Protocol::ArtNet { universes, sync: false }, UNIVERSE),
        (Protocol::ArtNet { universes, sync: true }, UNIVERSE),
    ])
}

const FOUL: &str = "loss=5%,reorder=10%,duplicate=10%";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_came_in_one_datagram_is_of_one_picture((protocol, leds) in protocols(), seed in any::<u64>()) {
        let shown = shown(protocol, FOUL, seed);
        let Mishaps { lost, reordered, duplicated, .. } = shown.mishaps;
        prop_assert!(lost > 0 && reordered > 0 && duplicated > 0);
        for frame in shown.all() {
            prop_assert!(runs(frame, leds).is_some());
        }
    }

    #[test]
    fn no_universe_goes_back_whatever_happens((protocol, leds) in protocols(), seed in any::<u64>()) {
        let faults = if matches!(protocol, Protocol::Ddp) { "loss=10%" } else { FOUL };
        let shown = shown(protocol, faults, seed);
        let numbers: Vec<Vec<u8>> = shown.all().map(|frame| runs(frame, leds).unwrap()).collect();
        prop_assert!(goes_on(&numbers));
    }

    #[test]
    fn whatever_happened_the_next_picture_is_whole((protocol, leds) in protocols(), seed in any::<u64>()) {
        let shown = shown(protocol, FOUL, seed);
        let whole = runs(&shown.last, leds).unwrap();
        prop_assert!(whole.iter().all(|number| *number == PICTURES), "{whole:?}");
    }

    #[test]
    fn with_synchronisation_nothing_changes_before_it(seed in any::<u64>()) {
        let universes = UNIVERSES;
        for protocol in [Protocol::Sacn { universes, sync: true }, Protocol::ArtNet { universes, sync: true }] {
            let shown = shown(protocol, FOUL, seed);
            prop_assert!(shown.foul.iter().all(|(_, is_sync)| *is_sync));
        }
    }

    #[test]
    fn a_picture_that_art_net_shows_by_sync_is_one_or_counted_as_partial(seed in any::<u64>()) {
        let shown = shown(Protocol::ArtNet { universes: UNIVERSES, sync: true }, FOUL, seed);
        let torn = shown.all().filter(|frame| !is_one(frame)).count() as u64;
        prop_assert!(torn <= shown.partial, "{torn} torn, {} partial", shown.partial);
    }

    #[test]
    fn delay_and_jitter_alone_tear_nothing((protocol, _) in protocols(), seed in any::<u64>()) {
        let shown = shown(protocol, "delay=10ms,jitter=15ms", seed);
        prop_assert_eq!(shown.partial, 0);
        let comes_by_universes = matches!(protocol, Protocol::ArtNet { sync: false, .. });
        prop_assert!(comes_by_universes || shown.all().all(is_one));
    }
}

#[test]
fn ddp_tears_by_loss_and_reordering_and_cannot_help_it() {
    let torn = (0..20).any(|seed| {
        let shown = shown(Protocol::Ddp, FOUL, seed);
        shown.all().any(|frame| !is_one(frame))
    });
    assert!(torn);
}
