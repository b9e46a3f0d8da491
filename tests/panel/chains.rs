//! Common wirings, drawn: for each LED as it hangs its number in what is packed, from 0.

use yingbi::{
    frame::Frame,
    panel::{Axis, Corner, Grid, Module, Panel, Spec, Turn, Walk, Wiring},
    units::{Area, Level, Size},
};

/// Packs a frame whose LEDs are numbered, and writes at each LED's place where it came out.
fn drawn(wiring: Wiring, size: Size) -> String {
    let bytes = (0..size.leds()).flat_map(|at| [at as u8, 0, 0]);
    let frame = Frame::from_bytes(size, bytes.collect()).unwrap();
    let mut out = Vec::new();
    Panel::new(&Spec {
        wiring,
        ..Spec::plain(size.area())
    })
    .pack(&frame, Level::FULL, &mut out);
    let number = |at: u32| out.chunks(3).position(|led| led[0] == at as u8).unwrap();
    let row = |y: u32| {
        let numbers = (0..size.width).map(|x| format!("{:3}", number(y * size.width + x)));
        format!("\n{}", numbers.collect::<String>())
    };
    (0..size.height).map(row).collect()
}

fn of_grid(grid: &Grid) -> String {
    drawn(grid.wiring(), grid.size())
}

/// Two modules of 4x2 beside, two above each other.
fn four() -> Grid {
    Grid::new(Size::new(4, 2), 2, 2)
}

fn serpentine(corner: Corner, axis: Axis) -> Walk {
    Walk {
        corner,
        axis,
        serpentine: true,
    }
}

#[test]
fn a_controller_that_knows_its_modules_gets_row_after_row() {
    let picture = "
  0  1  2  3  4
  5  6  7  8  9";
    assert_eq!(drawn(Wiring::Plain, Size::new(5, 2)), picture);
}

#[test]
fn modules_row_by_row_each_of_them_row_by_row() {
    let picture = "
  0  1  2  3  8  9 10 11
  4  5  6  7 12 13 14 15
 16 17 18 19 24 25 26 27
 20 21 22 23 28 29 30 31";
    assert_eq!(of_grid(&four()), picture);
}

#[test]
fn modules_back_and_forth_with_the_second_row_hung_upside_down() {
    let picture = "
  0  1  2  3  8  9 10 11
  4  5  6  7 12 13 14 15
 31 30 29 28 23 22 21 20
 27 26 25 24 19 18 17 16";
    let grid = Grid {
        chain: serpentine(Corner::TopLeft, Axis::Rows),
        turned_back: true,
        ..four()
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn modules_in_columns_from_the_bottom_right_back_and_forth() {
    let picture = "
 16 17 18 19  8  9 10 11
 20 21 22 23 12 13 14 15
 24 25 26 27  0  1  2  3
 28 29 30 31  4  5  6  7";
    let grid = Grid {
        chain: serpentine(Corner::BottomRight, Axis::Columns),
        ..four()
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn a_strip_of_leds_that_is_laid_back_and_forth_from_the_bottom() {
    let picture = "
  8  9 10 11
  7  6  5  4
  0  1  2  3";
    let grid = Grid {
        walk: serpentine(Corner::BottomLeft, Axis::Rows),
        ..Grid::new(Size::new(4, 3), 1, 1)
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn a_strip_of_leds_that_is_laid_up_and_down_from_the_left() {
    let picture = "
  0  5  6 11
  1  4  7 10
  2  3  8  9";
    let grid = Grid {
        walk: serpentine(Corner::TopLeft, Axis::Columns),
        ..Grid::new(Size::new(4, 3), 1, 1)
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn modules_that_hang_on_their_side_clockwise_begin_at_the_top_right() {
    let picture = "
  4  0 12  8
  5  1 13  9
  6  2 14 10
  7  3 15 11";
    let grid = Grid {
        turn: Turn::Quarter,
        ..Grid::new(Size::new(4, 2), 2, 1)
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn modules_that_hang_on_their_other_side_begin_at_the_bottom_left() {
    let picture = "
  3  7 11 15
  2  6 10 14
  1  5  9 13
  0  4  8 12";
    let grid = Grid {
        turn: Turn::ThreeQuarters,
        ..Grid::new(Size::new(4, 2), 2, 1)
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn a_module_that_is_seen_from_behind_begins_at_the_top_right_and_goes_left() {
    let picture = "
  3  2  1  0
  7  6  5  4";
    let grid = Grid {
        mirrored: true,
        ..Grid::new(Size::new(4, 2), 1, 1)
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn a_module_that_is_mirrored_is_mirrored_before_it_is_turned() {
    let picture = "
  7  3
  6  2
  5  1
  4  0";
    let grid = Grid {
        mirrored: true,
        turn: Turn::Quarter,
        ..Grid::new(Size::new(4, 2), 1, 1)
    };
    assert_eq!(of_grid(&grid), picture);
}

#[test]
fn mixed_modules_follow_each_other_as_they_are_listed() {
    let picture = "
  6  7  0  1
  8  9  2  3
 10 11  4  5";
    let wiring = vec![
        Module::upright(Area::new(2, 0, 2, 3)),
        Module::upright(Area::new(0, 0, 2, 1)),
        Module::upright(Area::new(0, 1, 2, 2)),
    ];
    assert_eq!(drawn(wiring.into(), Size::new(4, 3)), picture);
}

#[test]
fn a_module_tells_where_its_leds_hang() {
    let module = Module {
        turn: Turn::Half,
        ..Module::upright(Area::new(10, 20, 2, 2))
    };
    let places: Vec<(u32, u32)> = module.places().collect();
    assert_eq!(places, [(11, 21), (10, 21), (11, 20), (10, 20)]);
}
