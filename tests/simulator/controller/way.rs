//! The whole way: frame, panel, session, datagrams, receiver, LEDs. Whatever the protocol, the wiring and the format, what the LEDs show is
//! the frame.

use std::{net::SocketAddr, num::NonZeroU16};

use proptest::prelude::*;
use yingbi::{
    controller::{Controller, Universes, artnet, ddp, sacn},
    frame::Frame,
    panel::{Axis, Corner, Format, Module, Order, Panel, Spec, Turn, Walk, Wiring},
    simulator::controller::{Chain, Effects, Kind, Machine, Setup},
    units::{Area, Level, Moment, Size},
};

use crate::support::wire::datagrams;

pub(super) const START: Moment = Moment::from_nanoseconds(1_000_000_000);

pub(super) fn peer() -> SocketAddr {
    "192.0.2.1:50000".parse().unwrap()
}

/// A protocol, and what its outputs must be told.
#[derive(Clone, Copy, Debug)]
pub(super) enum Protocol {
    Ddp,
    Sacn { universes: Universes, sync: bool },
    ArtNet { universes: Universes, sync: bool },
}

impl Protocol {
    /// Our own session.
    pub(super) fn session(self, format: Format) -> Box<dyn Controller<Picture = [u8]>> {
        match self {
            Self::Ddp => Box::new(ddp::Sender::of(data_type(format), 1500)),
            Self::Sacn { universes, sync } => {
                let settings = sacn::Settings {
                    universes,
                    priority: 100,
                    sync: sync.then_some(NonZeroU16::new(63_999).unwrap()),
                    multicast: false,
                };
                let identity = sacn::Identity {
                    cid: [7; 16],
                    name: "影壁".into(),
                };
                Box::new(sacn::Sender::new(settings, identity))
            }
            Self::ArtNet { universes, sync } => Box::new(artnet::Sender::new(artnet::Settings {
                universes,
                sync,
                discover: false,
            })),
        }
    }

    pub(super) const fn kind(self) -> Kind {
        match self {
            Self::Ddp => Kind::Ddp,
            Self::Sacn { universes, .. } => Kind::Sacn(universes),
            Self::ArtNet { universes, .. } => Kind::ArtNet(universes),
        }
    }
}

fn data_type(format: Format) -> ddp::packet::DataType {
    use ddp::packet::DataType;
    match format {
        Format::Rgb => DataType::RGB8,
        Format::Grey => DataType::GREY8,
        Format::OneBit => DataType::GREY1,
        Format::TwoBit => DataType::TWO_BIT,
    }
}

fn protocols() -> impl Strategy<Value = Protocol> {
    // As few slots as make many universes of small pictures.
    let universes = (1_u16..300, 3_u16..40).prop_map(|(first, slots)| Universes { first, slots });
    prop_oneof![
        Just(Protocol::Ddp),
        (universes.clone(), any::<bool>()).prop_map(|(universes, sync)| Protocol::Sacn { universes, sync }),
        (universes, any::<bool>()).prop_map(|(universes, sync)| Protocol::ArtNet { universes, sync }),
    ]
}

fn walks() -> impl Strategy<Value = Walk> {
    let corners = prop::sample::select(vec![
        Corner::TopLeft,
        Corner::TopRight,
        Corner::BottomLeft,
        Corner::BottomRight,
    ]);
    let axes = prop::sample::select(vec![Axis::Rows, Axis::Columns]);
    (corners, axes, any::<bool>()).prop_map(|(corner, axis, serpentine)| Walk {
        corner,
        axis,
        serpentine,
    })
}

/// A module at any place, to be put at its own.
fn modules() -> impl Strategy<Value = Module> {
    let turns = prop::sample::select(vec![Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters]);
    (turns, any::<bool>(), walks()).prop_map(|(turn, mirrored, walk)| Module {
        area: Area::default(),
        turn,
        mirrored,
        walk,
    })
}

/// `area` cut in two again and again, by numbers that say where and whether.
fn cut(area: Area, cuts: &mut impl Iterator<Item = (u32, bool)>, areas: &mut Vec<Area>) {
    let Some((at, across)) = cuts.next() else {
        return areas.push(area);
    };
    let side = if across { area.width } else { area.height };
    if at % 4 == 0 || side < 2 {
        return areas.push(area);
    }
    let first = 1 + at % (side - 1);
    let (one, other) = if across {
        (
            Area { width: first, ..area },
            Area {
                x: area.x + first,
                width: area.width - first,
                ..area
            },
        )
    } else {
        (
            Area { height: first, ..area },
            Area {
                y: area.y + first,
                height: area.height - first,
                ..area
            },
        )
    };
    cut(one, cuts, areas);
    cut(other, cuts, areas);
}

/// A wiring of a region: plain, or modules of all sizes in any order, each turned and walked in its own way.
fn wirings(size: Size) -> impl Strategy<Value = Wiring> {
    let cuts = prop::collection::vec((any::<u32>(), any::<bool>()), 0..20);
    let ways = prop::collection::vec(modules(), 24);
    let mixed = (cuts, ways, any::<u64>()).prop_map(move |(cuts, ways, seed)| {
        let mut areas = Vec::new();
        cut(size.area(), &mut cuts.into_iter(), &mut areas);
        let mut dice = crate::support::dice::Dice(seed);
        for at in (1..areas.len()).rev() {
            areas.swap(at, dice.below(at as u64 + 1) as usize);
        }
        let hung = areas.into_iter().zip(ways).map(|(area, way)| Module { area, ..way });
        Wiring::Modules(hung.collect())
    });
    prop_oneof![1 => Just(Wiring::Plain), 4 => mixed]
}

/// A panel somewhere on a screen, or partly beside it.
fn specs() -> impl Strategy<Value = Spec> {
    let regions = (0_u32..8, 0_u32..8, 1_u32..24, 1_u32..24);
    let formats = prop::sample::select(vec![Format::Rgb, Format::Grey, Format::OneBit, Format::TwoBit]);
    let orders = prop::sample::select(vec![
        Order::Rgb,
        Order::Rbg,
        Order::Grb,
        Order::Gbr,
        Order::Brg,
        Order::Bgr,
    ]);
    (regions, formats, orders).prop_flat_map(|((x, y, width, height), format, order)| {
        let region = Area::new(x, y, width, height);
        wirings(region.size()).prop_map(move |wiring| Spec {
            wiring,
            format,
            order,
            ..Spec::plain(region)
        })
    })
}

fn frames() -> impl Strategy<Value = Frame> {
    let sizes = (1_u32..32, 1_u32..32);
    sizes.prop_flat_map(|(width, height)| super::super::frames(Size::new(width, height)))
}

/// What LEDs of that format can show of a colour, as an installer would say it.
fn shown_of([red, green, blue]: [u8; 3], format: Format) -> [u8; 3] {
    let lit = |channel: u8| if channel >= 128 { 255 } else { 0 };
    match format {
        Format::Rgb => [red, green, blue],
        Format::Grey => [red.max(green).max(blue); 3],
        Format::OneBit => [lit(red.max(green).max(blue)); 3],
        Format::TwoBit => [lit(red), lit(green), 0],
    }
}

/// The part of `frame` that the panel lights, as its LEDs can show it.
fn expected(frame: &Frame, spec: &Spec) -> Frame {
    let Area { x, y, width, height } = spec.region;
    let places = (0..height).flat_map(|row| (0..width).map(move |column| (x + column, y + row)));
    let leds = places.flat_map(|(x, y)| {
        let Size { width, height } = frame.size();
        let inside = x < width && y < height;
        let at = x as usize * 3;
        let colour = inside.then(|| <[u8; 3]>::try_from(&frame.row(y)[at..at + 3]).unwrap());
        shown_of(colour.unwrap_or_default(), spec.format)
    });
    Frame::from_bytes(spec.region.size(), leds.collect()).unwrap()
}

fn machine(protocol: Protocol, spec: &Spec) -> Machine {
    let setup = Setup {
        chain: Chain::of(spec),
        ..Setup::plain(protocol.kind(), spec.region.size())
    };
    Machine::new(setup, None, START)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn what_the_leds_show_is_the_frame(
        protocol in protocols(),
        spec in specs(),
        frames in prop::collection::vec(frames(), 1..4),
    ) {
        let mut panel = Panel::new(&spec);
        let mut session = protocol.session(spec.format);
        let mut machine = machine(protocol, &spec);
        let (mut packed, mut last) = (Vec::new(), None);
        for (number, frame) in (0..).zip(&frames) {
            let now = START + std::time::Duration::from_millis(20 * number);
            panel.pack(frame, Level::FULL, &mut packed);
            session.show(&packed, now);
            let mut effects = Effects::default();
            for datagram in datagrams(&mut *session, now) {
                machine.take(peer(), &datagram, now, &mut effects);
            }
            last = effects.shown.pop().or(last);
            prop_assert_eq!(last.as_ref(), Some(&expected(frame, &spec)));
            prop_assert!(machine.refusal().is_none(), "{:?}", machine.refusal());
        }
        prop_assert_eq!(machine.counts().partial, 0);
    }

    /// The chain of LEDs and the packing share no code, and each of them undoes the other.
    #[test]
    fn the_chain_takes_as_many_bytes_as_the_panel_packs(spec in specs()) {
        prop_assert_eq!(Chain::of(&spec).bytes(), spec.bytes());
    }
}
