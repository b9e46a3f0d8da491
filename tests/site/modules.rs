//! Modules of an output: the shorthand, the way of the data, the list; and what does not fit.

use yingbi::{
    panel::{Axis, Corner, Grid, Module, Turn, Walk, Wiring},
    units::{Area, Size},
};

use super::outputs::read;

fn output(keys: &str) -> super::outputs::document::Read {
    read("", &format!("protocol = \"ddp\"\naddress = \"192.0.2.10\"\n{keys}"))
}

#[test]
fn a_controller_that_knows_its_modules_gets_the_picture_row_by_row() {
    assert_eq!(output("").output().panel.wiring, Wiring::Plain);
}

#[test]
fn the_shorthand_and_a_wiring_make_the_chain() {
    let keys = "modules = \"P10 2x2\"\nwiring = { corner = \"bottom-right\", axis = \"columns\", serpentine = true, turned_back = true, \
                module_corner = \"top-right\", module_axis = \"columns\", module_serpentine = true, turn = 180, mirrored = true }";
    let grid = Grid {
        chain: Walk {
            corner: Corner::BottomRight,
            axis: Axis::Columns,
            serpentine: true,
        },
        walk: Walk {
            corner: Corner::TopRight,
            axis: Axis::Columns,
            serpentine: true,
        },
        turn: Turn::Half,
        mirrored: true,
        turned_back: true,
        ..Grid::new(Size::new(32, 16), 2, 2)
    };
    assert_eq!(output(keys).output().panel.wiring, grid.wiring());
    let plain = output("模组 = \"P10 2x2\"").output().panel.wiring;
    assert_eq!(plain, Grid::new(Size::new(32, 16), 2, 2).wiring());
}

#[test]
fn modules_that_do_not_fill_the_region_are_refused_with_what_would() {
    assert_eq!(
        output("modules = \"P10 10x2\"").en(),
        ["9:11 modules \"P10 10x2\" are 320x32, the region is 64x32+0+0; write modules = \"P10 2x2\""]
    );
    assert_eq!(
        output("modules = \"P10 1x1\"\nregion = { x = 8, y = 8, width = 40 }").en(),
        [
            "9:11 modules \"P10 1x1\" are 32x16, the region is 40x24+8+8; write region = { x = 8, y = 8, width = 32, height = 16 }"
        ]
    );
    assert_eq!(
        output("modules = \"16x16 2x2\"").zh(),
        [
            "9:11 模组“16x16 2x2”合计 32x32 点，而范围是 64x32 点；写 modules = \"16x16 4x2\" 或 region = { width = 32, height = 32 }"
        ]
    );
    assert_eq!(
        output("modules = \"P10 4x1\"\nwiring = { turn = 90 }")
            .output()
            .panel
            .region
            .size(),
        Size::new(64, 32)
    );
    assert_eq!(
        output("modules = \"P11 2x2\"").en(),
        ["9:11 no module \"P11\" is known; did you mean P10?"]
    );
}

#[test]
fn a_list_is_a_chain_of_mixed_modules() {
    let keys = "wiring = { module_serpentine = true, turn = 180 }\n\
                [[screen.output.module]]\nx = 32\npreset = \"P6 32x32\"\nturn = 90\nserpentine = false\n\
                [[screen.output.module]]\npreset = \"P10\"\nmirrored = true\n\
                [[screen.output.module]]\ny = 16\nwidth = 16\nheight = 32\nturn = 270\ncorner = \"bottom-left\"\naxis = \"columns\"\n";
    let module = |area, turn, mirrored, walk| Module {
        area,
        turn,
        mirrored,
        walk,
    };
    let rows = |serpentine| Walk {
        serpentine,
        ..Walk::default()
    };
    let columns = Walk {
        corner: Corner::BottomLeft,
        axis: Axis::Columns,
        serpentine: true,
    };
    let chain = vec![
        module(Area::new(32, 0, 32, 32), Turn::Quarter, false, rows(false)),
        module(Area::new(0, 0, 32, 16), Turn::Half, true, rows(true)),
        module(Area::new(0, 16, 32, 16), Turn::ThreeQuarters, false, columns),
    ];
    assert_eq!(output(keys).output().panel.wiring, Wiring::from(chain));
}

#[test]
fn modules_that_overlap_are_refused_and_gaps_are_told() {
    let list = |places: &[(u32, u32)]| {
        let module = |(x, y): &(u32, u32)| format!("[[screen.output.module]]\nx = {x}\ny = {y}\npreset = \"P10\"\n");
        output(&places.iter().map(module).collect::<String>())
    };
    assert_eq!(list(&[(0, 0), (32, 0), (0, 16), (32, 16)]).en(), [""; 0]);
    assert_eq!(
        list(&[(0, 0), (24, 0), (0, 16), (32, 16)]).en(),
        [
            "6:1 8 x 16".replace("8 x 16", "128 LEDs of the region belong to no module, the first at column 56, row 0; add the modules that are missing, or make the region smaller"),
            "13:1 modules 1 and 2 both lie on 8x16+24+0; correct the place of one of the two".into(),
        ]
    );
    let gap = list(&[(0, 0), (32, 0), (0, 16)]);
    assert_eq!(
        gap.zh(),
        ["6:1 范围中有 512 点不属于任何模组，首个在左 32、上 16（均从 0 起）；补上缺少的模组，或缩小范围"]
    );
    assert!(gap.0.value.is_some(), "the rest of the wall plays");
    assert_eq!(
        list(&[(0, 0), (32, 0), (0, 16), (40, 16)]).en()[1..],
        [
            "21:1 module 4 at 32x16+40+16 lies outside of the region of 64x32 LEDs; see whether its place is right (it counts from the region's top left corner), or enlarge the region"
        ]
    );
}

#[test]
fn modules_are_said_in_one_way() {
    assert_eq!(
        output("modules = \"P10 2x2\"\n[[screen.output.module]]\npreset = \"P10\"").en(),
        [
            "10:17 \"modules\" and [[screen.output.module]] both say which modules there are; keep one of the two ways of writing it"
        ]
    );
    assert_eq!(
        output("wiring = { serpentine = true }").en(),
        [
            "9:10 there is a wiring, but nothing says which modules there are; add a line such as modules = \"P10 10x2\"; where the controller knows its modules by itself, remove the wiring"
        ]
    );
    assert_eq!(
        output("wiring = { serpentine = true }\n[[screen.output.module]]\nwidth = 64\nheight = 32").en(),
        [
            "9:12 \"serpentine\" is of a wall of equal modules; the list of modules is in the order of the chain already; remove the line, and list the modules in the order of the data"
        ]
    );
    assert_eq!(
        output("[[screen.output.module]]\npreset = \"P10\"\nwidth = 64").en(),
        [
            "11:1 \"preset\" and \"width\" or \"height\" both say how large the module is; keep \"preset\", or keep \"width\" and \"height\""
        ]
    );
    assert_eq!(
        output("[[screen.output.module]]\nwidth = 64").en(),
        ["9:1 nothing says how large the module is; write its name, such as preset = \"P10\", or width and height"]
    );
    assert_eq!(
        output("[[screen.output.module]]\npreset = \"P10 32x8\"\n").en()[0]
            .split(';')
            .next(),
        Some("10:10 no P10 has 32x8 LEDs")
    );
}

#[test]
fn a_turn_is_a_quarter_or_several() {
    assert_eq!(
        output("modules = \"P10 2x2\"\nwiring = { turn = 45 }").en(),
        ["10:19 \"turn\" takes 0, 90, 180 or 270; found 45; write 0, 90, 180 or 270"]
    );
}
