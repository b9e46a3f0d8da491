//! LEDs on a wire: every wiring drawn by hand, as an installer would number the LEDs on paper.

use yingbi::{
    frame::Frame,
    panel::{Axis, Corner, Format, Module, Order, Spec, Turn, Walk, Wiring},
    simulator::controller::Chain,
    units::{Area, Size},
};

/// Modules of 3x2 LEDs, or 2x3 where they are turned by a quarter.
const WIDE: Area = Area::new(0, 0, 3, 2);
const TALL: Area = Area::new(0, 0, 2, 3);

const fn walk(corner: Corner, axis: Axis, serpentine: bool) -> Walk {
    Walk {
        corner,
        axis,
        serpentine,
    }
}

const fn module(area: Area, walk: Walk) -> Module {
    Module {
        area,
        turn: Turn::None,
        mirrored: false,
        walk,
    }
}

/// The LEDs' numbers on the wire, row by row, from 1; of a region that just holds the modules.
fn numbers(modules: &[Module]) -> Vec<Vec<u8>> {
    let width = modules.iter().map(|module| module.area.right()).max().unwrap();
    let height = modules.iter().map(|module| module.area.bottom()).max().unwrap();
    let spec = Spec {
        wiring: Wiring::Modules(modules.into()),
        format: Format::Grey,
        ..Spec::plain(Area::new(0, 0, width, height))
    };
    let wire: Vec<u8> = (1..=(width * height) as u8).collect();
    rows(&Chain::of(&spec).light(&wire))
}

/// The red of each LED.
fn rows(frame: &Frame) -> Vec<Vec<u8>> {
    let row = |y| frame.row(y).chunks(3).map(|led| led[0]).collect();
    (0..frame.size().height).map(row).collect()
}

#[test]
fn a_walk_through_a_module_goes_as_drawn() {
    use Axis::{Columns, Rows};
    use Corner::{BottomLeft, BottomRight, TopLeft, TopRight};
    for (corner, axis, serpentine, drawn) in [
        (TopLeft, Rows, false, [[1, 2, 3], [4, 5, 6]]),
        (TopLeft, Rows, true, [[1, 2, 3], [6, 5, 4]]),
        (TopRight, Rows, false, [[3, 2, 1], [6, 5, 4]]),
        (TopRight, Rows, true, [[3, 2, 1], [4, 5, 6]]),
        (BottomLeft, Rows, false, [[4, 5, 6], [1, 2, 3]]),
        (BottomLeft, Rows, true, [[6, 5, 4], [1, 2, 3]]),
        (BottomRight, Rows, false, [[6, 5, 4], [3, 2, 1]]),
        (BottomRight, Rows, true, [[4, 5, 6], [3, 2, 1]]),
        (TopLeft, Columns, false, [[1, 3, 5], [2, 4, 6]]),
        (TopLeft, Columns, true, [[1, 4, 5], [2, 3, 6]]),
        (TopRight, Columns, false, [[5, 3, 1], [6, 4, 2]]),
        (TopRight, Columns, true, [[5, 4, 1], [6, 3, 2]]),
        (BottomLeft, Columns, false, [[2, 4, 6], [1, 3, 5]]),
        (BottomLeft, Columns, true, [[2, 3, 6], [1, 4, 5]]),
        (BottomRight, Columns, false, [[6, 4, 2], [5, 3, 1]]),
        (BottomRight, Columns, true, [[6, 3, 2], [5, 4, 1]]),
    ] {
        let walk = walk(corner, axis, serpentine);
        assert_eq!(numbers(&[module(WIDE, walk)]), drawn, "{walk:?}");
    }
}

#[test]
fn a_module_that_is_turned_clockwise_takes_its_numbers_with_it() {
    let upright = module(WIDE, Walk::default());
    for (turn, area, drawn) in [
        (Turn::None, WIDE, vec![vec![1, 2, 3], vec![4, 5, 6]]),
        (Turn::Quarter, TALL, vec![vec![4, 1], vec![5, 2], vec![6, 3]]),
        (Turn::Half, WIDE, vec![vec![6, 5, 4], vec![3, 2, 1]]),
        (Turn::ThreeQuarters, TALL, vec![vec![3, 6], vec![2, 5], vec![1, 4]]),
    ] {
        assert_eq!(numbers(&[Module { area, turn, ..upright }]), drawn, "{turn:?}");
    }
}

#[test]
fn left_and_right_are_exchanged_before_a_module_is_turned() {
    let mirrored = Module {
        mirrored: true,
        ..module(WIDE, Walk::default())
    };
    assert_eq!(numbers(&[mirrored]), [[3, 2, 1], [6, 5, 4]]);
    let turned = Module {
        area: TALL,
        turn: Turn::Quarter,
        ..mirrored
    };
    assert_eq!(numbers(&[turned]), [[6, 3], [5, 2], [4, 1]]);
}

#[test]
fn modules_of_all_sizes_take_the_wire_in_their_order() {
    let modules = [
        module(Area::new(2, 0, 2, 1), walk(Corner::TopRight, Axis::Rows, false)),
        module(Area::new(0, 0, 2, 1), Walk::default()),
        module(Area::new(0, 1, 4, 1), walk(Corner::BottomRight, Axis::Columns, true)),
    ];
    assert_eq!(numbers(&modules), [[3, 4, 2, 1], [8, 7, 6, 5]]);
}

fn wired(format: Format, order: Order, size: Size) -> Chain {
    Chain::of(&Spec {
        format,
        order,
        ..Spec::plain(size.area())
    })
}

#[test]
fn every_order_of_colours_gives_red_green_and_blue() {
    for (order, wire) in [
        (Order::Rgb, [1, 2, 3]),
        (Order::Rbg, [1, 3, 2]),
        (Order::Grb, [2, 1, 3]),
        (Order::Gbr, [2, 3, 1]),
        (Order::Brg, [3, 1, 2]),
        (Order::Bgr, [3, 2, 1]),
    ] {
        let chain = wired(Format::Rgb, order, Size::new(1, 1));
        assert_eq!(chain.light(&wire).bytes(), [1, 2, 3], "{order:?}");
    }
}

#[test]
fn bits_light_leds_from_the_highest_on_and_go_on_in_the_next_row() {
    let one = wired(Format::OneBit, Order::Rgb, Size::new(5, 2));
    assert_eq!(one.bytes(), 2);
    let frame = one.light(&[0b1010_0110, 0b0100_0000]);
    assert_eq!(rows(&frame), [[255, 0, 255, 0, 0], [255, 255, 0, 0, 255]]);
    let two = wired(Format::TwoBit, Order::Rgb, Size::new(5, 1));
    assert_eq!(two.bytes(), 2);
    let lit = two.light(&[0b1001_1100, 0b0100_0000]);
    let expected = [[255, 0, 0], [0, 255, 0], [255, 255, 0], [0, 0, 0], [0, 255, 0]];
    assert_eq!(lit.bytes(), expected.as_flattened());
}

#[test]
fn leds_of_one_colour_shine_in_it() {
    let amber = embedded_graphics::pixelcolor::Rgb888::new(255, 160, 0);
    let chain = wired(Format::Grey, Order::Rgb, Size::new(3, 1)).glowing(amber);
    assert_eq!(chain.light(&[255, 51, 0]).bytes(), [255, 160, 0, 51, 32, 0, 0, 0, 0]);
}

#[test]
fn leds_that_the_wire_does_not_reach_are_dark_and_what_is_too_much_runs_off_its_end() {
    let chain = wired(Format::Grey, Order::Rgb, Size::new(3, 1));
    assert_eq!(rows(&chain.light(&[7])), [[7, 0, 0]]);
    assert_eq!(rows(&chain.light(&[7, 8, 9, 10])), [[7, 8, 9]]);
    let plain = Chain::plain(Size::new(2, 1));
    assert_eq!(plain.light(&[1, 2, 3, 4]).bytes(), [1, 2, 3, 4, 0, 0]);
}
