//! Any panel on any frame against the definition, on every kind of processor.

use proptest::{collection::vec, prelude::*};
use yingbi::{
    frame::Frame,
    panel::{Axis, Corner, Format, Grid, Lanes, Module, Order, Panel, Spec, Turn, Walk, Wiring},
    units::{Area, Level, Size},
};

use super::oracle;

pub(crate) const ORDERS: [Order; 6] = [Order::Rgb, Order::Rbg, Order::Grb, Order::Gbr, Order::Brg, Order::Bgr];
const FORMATS: [Format; 4] = [Format::Rgb, Format::Grey, Format::OneBit, Format::TwoBit];
const TURNS: [Turn; 4] = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters];

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn walk() -> impl Strategy<Value = Walk> {
    const CORNERS: [Corner; 4] = [
        Corner::TopLeft,
        Corner::TopRight,
        Corner::BottomLeft,
        Corner::BottomRight,
    ];
    let axis = any_of(&[Axis::Rows, Axis::Columns]);
    (any_of(&CORNERS), axis, any::<bool>()).prop_map(|(corner, axis, serpentine)| Walk {
        corner,
        axis,
        serpentine,
    })
}

fn grid() -> impl Strategy<Value = Grid> {
    let size = (1_u32..40, 1_u32..12, 1_u32..4, 1_u32..4);
    let hung = (any_of(&TURNS), any::<bool>(), any::<bool>());
    (size, walk(), walk(), hung).prop_map(|(size, chain, walk, (turn, mirrored, turned_back))| {
        let (width, height, columns, rows) = size;
        Grid {
            chain,
            walk,
            turn,
            mirrored,
            turned_back,
            ..Grid::new(Size::new(width, height), columns, rows)
        }
    })
}

/// Modules anywhere, on each other as well and outside.
fn list() -> impl Strategy<Value = Wiring> {
    let area = (0_u32..60, 0_u32..40, 1_u32..90, 1_u32..9);
    let module = (area, walk(), any_of(&TURNS), any::<bool>());
    let module = module.prop_map(|((x, y, width, height), walk, turn, mirrored)| Module {
        area: Area::new(x, y, width, height),
        turn,
        mirrored,
        walk,
    });
    vec(module, 0..5).prop_map(Wiring::from)
}

fn region() -> impl Strategy<Value = Area> {
    (0_u32..30, 0_u32..20, 1_u32..150, 1_u32..30).prop_map(|(x, y, width, height)| Area::new(x, y, width, height))
}

/// A region and a wiring that fills it, or one that does not.
fn place() -> impl Strategy<Value = (Area, Wiring)> {
    let filled = (grid(), 0_u32..30, 0_u32..20).prop_map(|(grid, x, y)| {
        let Size { width, height } = grid.size();
        (Area::new(x, y, width, height), grid.wiring())
    });
    let plain = region().prop_map(|region| (region, Wiring::Plain));
    prop_oneof![3 => filled, 1 => plain, 2 => (region(), list())]
}

fn spec() -> impl Strategy<Value = Spec> {
    let gamma = prop_oneof![Just([100; 3]), Just([220; 3]), [50_u16..400, 50_u16..400, 50_u16..400]];
    (place(), any_of(&FORMATS), any_of(&ORDERS), gamma).prop_map(|((region, wiring), format, order, gamma)| Spec {
        wiring,
        format,
        order,
        gamma,
        ..Spec::plain(region)
    })
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![Just(100_u8), 0_u8..=100].prop_map(|percent| Level::new(percent).unwrap())
}

/// Frames as large as the region's LEDs, smaller, and larger; half of their values are on the edge of something.
fn frame() -> impl Strategy<Value = Frame> {
    let value = || prop_oneof![any::<u8>(), any_of(&[0, 1, 127, 128, 254, 255])];
    (1_u32..180, 1_u32..60).prop_flat_map(move |(width, height)| {
        let size = Size::new(width, height);
        // A few hundred values, again and again, at distances that no width divides.
        vec(value(), 397).prop_map(move |values| {
            let bytes = (0..size.leds() * 3).map(|at| values[at % values.len()]);
            Frame::from_bytes(size, bytes.collect()).unwrap()
        })
    })
}

fn packed(spec: &Spec, frame: &Frame, level: Level, lanes: Lanes) -> Vec<u8> {
    let mut out = vec![0xa5; 1000];
    Panel::on(spec, lanes).pack(frame, level, &mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_led_of_the_chain_shines_as_the_one_of_the_frame_where_it_hangs(
        spec in spec(), frame in frame(), level in level(),
    ) {
        let packed = packed(&spec, &frame, level, Lanes::widest());
        prop_assert_eq!(oracle::wrong(&spec, &frame, level, &packed), None);
    }

    #[test]
    fn one_after_the_other_and_many_at_once_pack_the_same_bytes(
        spec in spec(), kelvin in proptest::option::of(1000_u16..20_000), frame in frame(), level in level(),
    ) {
        let spec = Spec { kelvin, ..spec };
        let wide = packed(&spec, &frame, level, Lanes::widest());
        prop_assert_eq!(wide, packed(&spec, &frame, level, Lanes::one()));
    }

    #[test]
    fn a_panel_that_has_packed_before_packs_as_a_new_one(
        spec in spec(), one in frame(), other in frame(), levels in [level(), level()],
    ) {
        let mut panel = Panel::new(&spec);
        let mut out = Vec::new();
        for (frame, level) in [(&one, levels[0]), (&other, levels[0]), (&other, levels[1]), (&one, levels[0])] {
            panel.pack(frame, level, &mut out);
            prop_assert_eq!(&out, &packed(&spec, frame, level, Lanes::one()));
        }
    }
}

/// Runs of every length around the width of what is packed at once, on both ways.
#[test]
fn runs_of_every_length_are_packed_whole() {
    for width in (1..=130).chain([191, 192, 193, 640]) {
        let size = Size::new(width, 2);
        let bytes: Vec<u8> = (0..size.leds() * 3).map(|at| (at * 7 % 251) as u8).collect();
        let frame = Frame::from_bytes(size, bytes).unwrap();
        let serpentine = Walk {
            serpentine: true,
            ..Walk::ROWS
        };
        let module = Module {
            walk: serpentine,
            ..Module::upright(size.area())
        };
        for (order, format) in ORDERS
            .into_iter()
            .flat_map(|order| FORMATS.map(|format| (order, format)))
        {
            let spec = Spec {
                wiring: vec![module].into(),
                order,
                format,
                gamma: [220, 180, 100],
                ..Spec::plain(size.area())
            };
            let wide = packed(&spec, &frame, Level::FULL, Lanes::widest());
            assert_eq!(
                wide,
                packed(&spec, &frame, Level::FULL, Lanes::one()),
                "{width} {order:?} {format:?}"
            );
            assert_eq!(
                oracle::wrong(&spec, &frame, Level::FULL, &wide),
                None,
                "{width} {order:?} {format:?}"
            );
        }
    }
}

#[test]
fn after_the_first_frame_nothing_is_allocated_whatever_the_level() {
    let grid = Grid {
        chain: Walk {
            serpentine: true,
            ..Walk::ROWS
        },
        turned_back: true,
        ..Grid::new(Size::new(32, 16), 3, 2)
    };
    let frame = Frame::new(grid.size());
    for format in FORMATS {
        let mut panel = Panel::new(&Spec {
            wiring: grid.wiring(),
            format,
            ..Spec::plain(grid.size().area())
        });
        let mut out = Vec::new();
        panel.pack(&frame, Level::FULL, &mut out);
        let made = allocation_counter::measure(|| {
            for percent in [100, 40, 0] {
                panel.pack(&frame, Level::new(percent).unwrap(), &mut out);
            }
        });
        assert_eq!(made.count_total, 0, "{format:?}");
    }
}
