//! The way of the data: chains of modules, drawn as an installer would draw them, and lists that are no panel.

use yingbi::{
    diagnostic::Explain,
    panel::{Axis, Corner, Grid, Module, Turn, Walk, Wiring, WiringFault},
    units::{Area, Size},
};

/// The numbers of the modules as they hang, from 1, `v` behind those that hang upside down.
fn chain(grid: &Grid) -> String {
    let Wiring::Modules(modules) = grid.wiring() else {
        unreachable!("a grid is made of modules");
    };
    let mut cells = vec![vec![String::new(); grid.columns as usize]; grid.rows as usize];
    for (at, module) in modules.iter().enumerate() {
        let (column, row) = (module.area.x / module.area.width, module.area.y / module.area.height);
        let sign = if module.turn == Turn::Half { "v" } else { " " };
        cells[row as usize][column as usize] = format!("{:2}{sign}", at + 1);
    }
    let rows = cells.iter().map(|row| row.concat().trim_end().to_owned());
    rows.map(|row| format!("\n{row}")).collect()
}

fn grid(corner: Corner, axis: Axis, serpentine: bool) -> Grid {
    Grid {
        chain: Walk {
            corner,
            axis,
            serpentine,
        },
        ..Grid::new(Size::new(4, 2), 4, 3)
    }
}

#[test]
fn rows_from_the_top_left() {
    let drawn = "
 1  2  3  4
 5  6  7  8
 9 10 11 12";
    assert_eq!(chain(&Grid::new(Size::new(4, 2), 4, 3)), drawn);
}

#[test]
fn rows_from_the_bottom_right_back_and_forth_with_every_second_row_upside_down() {
    let drawn = "
12 11 10  9
 5v 6v 7v 8v
 4  3  2  1";
    let grid = Grid {
        turned_back: true,
        ..grid(Corner::BottomRight, Axis::Rows, true)
    };
    assert_eq!(chain(&grid), drawn);
}

#[test]
fn columns_from_the_top_right() {
    let drawn = "
10  7  4  1
11  8  5  2
12  9  6  3";
    assert_eq!(chain(&grid(Corner::TopRight, Axis::Columns, false)), drawn);
}

#[test]
fn columns_from_the_bottom_left_back_and_forth() {
    let drawn = "
 3  4  9 10
 2  5  8 11
 1  6  7 12";
    assert_eq!(chain(&grid(Corner::BottomLeft, Axis::Columns, true)), drawn);
}

#[test]
fn a_module_that_is_turned_by_a_quarter_takes_its_height_for_its_width() {
    let grid = Grid {
        turn: Turn::Quarter,
        ..Grid::new(Size::new(32, 16), 3, 2)
    };
    assert_eq!(grid.size(), Size::new(48, 64));
    assert_eq!(grid.wiring().faults(grid.size()), []);
    assert_eq!(grid.wiring().leds(grid.size()), 48 * 64);
}

fn list(areas: &[(u32, u32, u32, u32)]) -> Wiring {
    let module = |(x, y, width, height): &(u32, u32, u32, u32)| Module::upright(Area::new(*x, *y, *width, *height));
    areas.iter().map(module).collect::<Vec<_>>().into()
}

#[test]
fn mixed_modules_that_fill_the_region_are_in_order() {
    let mixed = list(&[(0, 0, 8, 4), (8, 0, 4, 8), (0, 4, 4, 4), (4, 4, 4, 4)]);
    assert_eq!(mixed.faults(Size::new(12, 8)), []);
    assert_eq!(Wiring::Plain.faults(Size::new(12, 8)), []);
}

#[test]
fn modules_on_the_same_leds_are_named_with_what_they_share() {
    let faults = list(&[(0, 0, 8, 4), (8, 0, 8, 4), (6, 2, 6, 4)]).faults(Size::new(16, 6));
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "modules 1 and 3 both lie on 2x2+6+2");
    assert_eq!(told[1], "modules 2 and 3 both lie on 4x2+8+2");
    assert_eq!(
        faults[0].chinese(),
        "第 1 块与第 3 块模组重叠，重叠处为左 6、上 2、宽 2、高 2"
    );
    // Below the first two, beside the third: six columns and four, two rows each.
    assert_eq!(faults[2], WiringFault::Gap { leds: 20, x: 0, y: 4 });
    assert_eq!(faults.len(), 3);
}

#[test]
fn a_module_that_is_missing_is_a_gap_with_its_first_led() {
    let wiring = list(&[(0, 0, 8, 4), (16, 0, 8, 4)]);
    let faults = wiring.faults(Size::new(24, 4));
    assert_eq!(faults, [WiringFault::Gap { leds: 32, x: 8, y: 0 }]);
    assert!(
        faults[0].chinese().contains("首个在左 8、上 0"),
        "{}",
        faults[0].chinese()
    );
    assert!(faults[0].help().zh.contains("补上缺少的模组"));
    assert_eq!(
        list(&[]).faults(Size::new(2, 2)),
        [WiringFault::Gap { leds: 4, x: 0, y: 0 }]
    );
}

#[test]
fn a_module_beyond_the_region_or_of_no_size_is_named() {
    let faults = list(&[(0, 0, 8, 4), (4, 4, 8, 4), (0, 4, 4, 0), (0, 4, 4, 4)]).faults(Size::new(8, 8));
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told[0], "module 2 at 8x4+4+4 lies outside of the region of 8x8 LEDs");
    assert_eq!(told[1], "module 3 has no LEDs");
    assert_eq!(told.len(), 2);
}

#[test]
fn a_heap_of_modules_is_told_in_a_few_lines() {
    let heap = list(&[(0, 0, 8, 4); 500]);
    assert_eq!(heap.faults(Size::new(8, 4)).len(), 16);
    let far = list(&[(u32::MAX, u32::MAX, 8, 4); 500]);
    assert_eq!(far.faults(Size::new(8, 4)).len(), 17);
}
