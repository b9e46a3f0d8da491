//! The drawing of an output's wiring.

use std::{fs, process::Command, sync::Arc};

use embedded_graphics::pixelcolor::Rgb888;
use proptest::prelude::*;
use yingbi::{
    cli::panel::{Plan, Side, draw, shares},
    controller::{Universes, artnet},
    frame::Frame,
    panel::{Axis, Corner, Format, Grid, Spec, Turn, Walk, Wiring},
    site::{self, Protocol, Screen},
    units::Size,
};

const SITE: &str = r#"
title = "示例单位"
timezone = "Asia/Shanghai"
[[screen]]
id = "lobby"
title = "一楼大厅屏"
width = 320
height = 32
colour = "full"
pitch = 10
[[screen.zone]]
id = "main"
[[screen.output]]
protocol = "ddp"
address = "192.0.2.10:4048"
"#;

/// The paper of the first module of a chain.
const FIRST: Rgb888 = Rgb888::new(208, 240, 208);

fn screen(size: Size, wiring: Wiring, protocol: Protocol) -> Screen {
    let mut site = site::parse("site.toml", SITE.as_bytes()).value.unwrap();
    let mut screen = site.screens.remove(0);
    screen.outputs[0].protocol = protocol;
    screen.outputs[0].panel = Spec {
        wiring,
        ..Spec::plain(size.area())
    };
    screen
}

fn art_net(first: u16) -> Protocol {
    Protocol::ArtNet(artnet::Settings {
        universes: Universes { first, slots: 510 },
        sync: true,
        discover: false,
    })
}

fn sheet(screen: &Screen, side: Side) -> Frame {
    draw(&Plan {
        screen,
        number: 1,
        output: &screen.outputs[0],
        side,
    })
}

/// The last column that has `colour`.
fn last_column(frame: &Frame, colour: Rgb888) -> u32 {
    let Size { width, height } = frame.size();
    let has = |x: &u32| (0..height).any(|y| frame.led(*x, y) == Some(colour));
    (0..width).rev().find(has).unwrap()
}

#[test]
fn shares_are_universes_and_slots_from_1_on() {
    let grid = Grid::new(Size::new(32, 16), 3, 1);
    let screen = screen(grid.size(), grid.wiring(), art_net(10));
    // 1,536 bytes a module, 510 a universe.
    assert_eq!(shares(&screen.outputs[0]), ["10.1-13.6", "13.7-16.12", "16.13-19.18"]);
}

#[test]
fn shares_are_bytes_where_there_are_no_universes() {
    let grid = Grid::new(Size::new(32, 16), 2, 1);
    let mut screen = screen(grid.size(), grid.wiring(), Protocol::Ddp);
    assert_eq!(shares(&screen.outputs[0]), ["0-1535", "1536-3071"]);
    screen.outputs[0].panel.format = Format::OneBit;
    assert_eq!(shares(&screen.outputs[0]), ["0-63", "64-127"]);
    screen.outputs[0].panel.wiring = Wiring::Plain;
    assert_eq!(shares(&screen.outputs[0]), ["0-127"]);
}

#[test]
fn from_behind_the_first_module_hangs_on_the_other_side() {
    let grid = Grid::new(Size::new(32, 16), 10, 2);
    let screen = screen(grid.size(), grid.wiring(), art_net(0));
    let (front, back) = (sheet(&screen, Side::Front), sheet(&screen, Side::Back));
    assert_eq!(front.size(), back.size());
    let middle = front.size().width / 2;
    assert!(last_column(&front, FIRST) < middle);
    assert!(last_column(&back, FIRST) > middle);
}

#[test]
fn a_module_that_hangs_upside_down_says_so_and_not_by_the_mark_of_its_first_led_alone() {
    // One has its first LED at the bottom right because it is made so, the other because it hangs upside down.
    let upright = Grid {
        walk: Walk {
            corner: Corner::BottomRight,
            ..Walk::default()
        },
        ..Grid::new(Size::new(64, 64), 2, 1)
    };
    let turned = Grid {
        turn: Turn::Half,
        ..Grid::new(Size::new(64, 64), 2, 1)
    };
    let drawn = |grid: &Grid| sheet(&screen(grid.size(), grid.wiring(), Protocol::Ddp), Side::Front);
    let (upright, turned) = (drawn(&upright), drawn(&turned));
    assert!(
        turned.size().height > upright.size().height,
        "a line of the legend more"
    );
    let differs = |x: u32, y: u32| upright.led(x, y) != turned.led(x, y);
    let Size { width, height } = upright.size();
    let found = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .filter(|(x, y)| differs(*x, *y));
    assert!(found.count() > 100, "a word on each module");
}

#[test]
fn a_drawing_is_the_same_every_time() {
    let grid = Grid::new(Size::new(64, 64), 4, 2);
    let screen = screen(grid.size(), grid.wiring(), Protocol::Ddp);
    assert_eq!(
        sheet(&screen, Side::Front).digest(),
        sheet(&screen, Side::Front).digest()
    );
}

/// Runs the program on the site of this page.
fn run(arguments: &[&str]) -> (Option<i32>, String, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("site.toml"), SITE).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["panel", "show", "."])
        .args(arguments)
        .args(["-o", "wiring.png", "--lang", "en"])
        .current_dir(&folder)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (output.status.code(), said, folder)
}

#[test]
fn the_command_writes_the_drawing_as_png() {
    let (code, said, folder) = run(&["--screen", "lobby", "--output", "1", "--back"]);
    assert_eq!(code, Some(0), "{said}");
    let png = fs::read(folder.path().join("wiring.png")).unwrap();
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
}

#[test]
fn an_output_that_there_is_not_is_a_clear_problem() {
    let (code, said, _folder) = run(&["--output", "2"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("screen lobby has no output 2; it has 1"), "{said}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_wall_fits_on_a_sheet(
        width in 1_u32..200, height in 1_u32..80, columns in 1_u32..12, rows in 1_u32..6, corner in 0_usize..4, is_rows: bool,
    ) {
        let corner = [Corner::TopLeft, Corner::TopRight, Corner::BottomLeft, Corner::BottomRight][corner];
        let axis = if is_rows { Axis::Rows } else { Axis::Columns };
        let chain = Walk { corner, axis, serpentine: true };
        let grid = Grid { chain, ..Grid::new(Size::new(width, height), columns, rows) };
        let screen = screen(grid.size(), grid.wiring(), art_net(0));
        let sheet = sheet(&screen, Side::Front);
        prop_assert!(sheet.size().width <= 8_000 && sheet.size().height <= 8_000, "{}", sheet.size());
        let plain = self::screen(grid.size(), Wiring::Modules(Arc::from([])), Protocol::Ddp);
        draw(&Plan { screen: &plain, number: 1, output: &plain.outputs[0], side: Side::Back });
    }
}
