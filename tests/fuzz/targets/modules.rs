//! What must hold of any bytes that an installer may say of modules.

use yingbi::{
    frame::Frame,
    panel::{Axis, Corner, Grid, Module, Modules, Panel, Spec, Turn, Walk, Wiring},
    units::{Area, Level, Size},
};

use super::is_told;

/// What an installer says of modules, the shorthand or a list of them by the first byte: it is sound, or refused.
pub(crate) fn modules(bytes: &[u8]) {
    match bytes.split_first() {
        Some((form, bytes)) if form % 2 == 0 => is_shorthand(&String::from_utf8_lossy(bytes), form >> 1),
        Some((_, bytes)) => is_list(bytes),
        None => {}
    }
}

/// The shorthand is modules within their bounds, which make a wall without faults however they hang, or it is refused.
fn is_shorthand(written: &str, hung: u8) {
    let modules = match Modules::parse(written) {
        Ok(modules) => modules,
        Err(fault) => return is_told(&fault),
    };
    let of = |modules: &Modules| (modules.module, modules.columns, modules.rows);
    let again = Modules::parse(&modules.to_string()).expect("what is written can be read");
    assert_eq!(of(&again), of(&modules));
    let size = modules.size();
    assert!(size.width <= Size::LIMIT && size.height <= Size::LIMIT && size.leds() > 0);
    assert!((1..=Modules::MOST).contains(&modules.count()));
    if modules.count() <= 64 {
        let (walk, turn, mirrored) = how(hung);
        let grid = Grid {
            chain: walk,
            turn,
            mirrored,
            turned_back: hung & 1 != 0,
            ..modules.into()
        };
        assert_eq!(grid.wiring().faults(grid.size()), []);
        assert_eq!(grid.wiring().leds(grid.size()), size.leds());
    }
}

/// A list of modules is told to be faulty where some LED has no module, or two, or one has LEDs elsewhere; otherwise what is packed is
/// each LED once, at its place in the chain. Width and height of region and frame come first, then five bytes a module.
fn is_list(bytes: &[u8]) {
    let [width, height, frame_width, frame_height, rest @ ..] = bytes else {
        return;
    };
    let side = |byte: &u8| u32::from(byte % 32);
    let (region, frame) = (
        Size::new(side(width) + 1, side(height) + 1),
        Size::new(side(frame_width), side(frame_height)),
    );
    let modules: Vec<Module> = rest.as_chunks::<5>().0.iter().take(64).map(module).collect();
    let wiring = Wiring::from(modules.clone());
    let faults = wiring.faults(region);
    faults.iter().for_each(is_told);
    let mut lit = vec![0; region.leds()];
    let mut places = modules.iter().flat_map(Module::places);
    let is_within = places.all(|(x, y)| {
        let place = (y * region.width + x) as usize;
        x < region.width && lit.get_mut(place).map(|count| *count += 1).is_some()
    });
    let has_leds = modules.iter().all(|module| module.area.size().leds() > 0);
    let is_whole = lit.iter().all(|count| *count == 1);
    assert_eq!(faults.is_empty(), is_within && has_leds && is_whole, "{faults:?}");
    let leds = (1..=frame.leds() as u32).flat_map(|number| number.to_be_bytes().into_iter().skip(1));
    let picture = Frame::from_bytes(frame, leds.collect()).expect("three bytes an LED");
    let spec = Spec {
        wiring,
        ..Spec::plain(region.area())
    };
    let mut packed = vec![7; 5];
    Panel::new(&spec).pack(&picture, Level::FULL, &mut packed);
    let chain: Vec<u32> = packed
        .as_chunks::<3>()
        .0
        .iter()
        .map(|&[a, b, c]| u32::from_be_bytes([0, a, b, c]))
        .collect();
    let places = modules.iter().flat_map(Module::places);
    let wanted = places.map(
        |(x, y)| match x < region.width.min(frame.width) && y < region.height.min(frame.height) {
            true => y * frame.width + x + 1,
            false => 0,
        },
    );
    assert!(wanted.eq(chain));
}

fn module(&[x, y, width, height, hung]: &[u8; 5]) -> Module {
    let number = |byte: u8| u32::from(byte % 32);
    let (walk, turn, mirrored) = how(hung);
    Module {
        area: Area::new(number(x), number(y), number(width), number(height)),
        turn,
        mirrored,
        walk,
    }
}

fn how(byte: u8) -> (Walk, Turn, bool) {
    let walk = Walk {
        corner: [
            Corner::TopLeft,
            Corner::TopRight,
            Corner::BottomLeft,
            Corner::BottomRight,
        ][usize::from(byte >> 5 & 3)],
        axis: [Axis::Rows, Axis::Columns][usize::from(byte >> 4 & 1)],
        serpentine: byte & 8 != 0,
    };
    let turns = [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters];
    (walk, turns[usize::from(byte >> 1 & 3)], byte & 1 != 0)
}
