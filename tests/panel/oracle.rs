//! What a panel packs, written down from the definition and as slowly as it may be: modules as pictures of numbers that are mirrored and
//! turned, bits as letters.

use yingbi::{
    frame::Frame,
    panel::{Axis, Corner, Format, Module, Spec, Turn, Walk, Wiring},
    units::{Level, Size},
};

/// The chain's numbers of an upright module of `size`, a row a list: somebody walks from the corner to the edge, and on from there.
fn walked(walk: Walk, size: Size) -> Vec<Vec<usize>> {
    let (width, height) = (i64::from(size.width), i64::from(size.height));
    let is_left = matches!(walk.corner, Corner::TopLeft | Corner::BottomLeft);
    let is_top = matches!(walk.corner, Corner::TopLeft | Corner::TopRight);
    let (start_x, start_y) = (if is_left { 0 } else { width - 1 }, if is_top { 0 } else { height - 1 });
    let (right, down) = (if is_left { 1 } else { -1 }, if is_top { 1 } else { -1 });
    let (mut step, aside) = match walk.axis {
        Axis::Rows => ((right, 0), (0, down)),
        Axis::Columns => ((0, down), (right, 0)),
    };
    let is_on = |x: i64, y: i64| (0..width).contains(&x) && (0..height).contains(&y);
    let mut numbers = vec![vec![usize::MAX; size.width as usize]; size.height as usize];
    let (mut x, mut y) = (start_x, start_y);
    for number in 0..size.leds() {
        numbers[y as usize][x as usize] = number;
        if is_on(x + step.0, y + step.1) {
            (x, y) = (x + step.0, y + step.1);
        } else if walk.serpentine {
            step = (-step.0, -step.1);
            (x, y) = (x + aside.0, y + aside.1);
        } else if walk.axis == Axis::Rows {
            (x, y) = (start_x, y + aside.1);
        } else {
            (x, y) = (x + aside.0, start_y);
        }
    }
    numbers
}

/// A picture turned by 90 degrees, clockwise: its left column from the bottom up is the top row.
fn turned(picture: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let width = picture[0].len();
    let column = |x: usize| picture.iter().rev().map(|row| row[x]).collect();
    (0..width).map(column).collect()
}

/// Where the LEDs of `module` hang within the region, in the order of the chain.
fn hung(module: &Module) -> Vec<(u64, u64)> {
    let quarters = match module.turn {
        Turn::None => 0,
        Turn::Quarter => 1,
        Turn::Half => 2,
        Turn::ThreeQuarters => 3,
    };
    let area = module.area;
    let upright = match quarters % 2 {
        0 => area.size(),
        _ => Size::new(area.height, area.width),
    };
    let mut picture = walked(module.walk, upright);
    if module.mirrored {
        picture.iter_mut().for_each(|row| row.reverse());
    }
    for _ in 0..quarters {
        picture = turned(&picture);
    }
    let mut places = vec![(0, 0); area.size().leds()];
    for (y, row) in picture.iter().enumerate() {
        for (x, number) in row.iter().enumerate() {
            places[*number] = (u64::from(area.x) + x as u64, u64::from(area.y) + y as u64);
        }
    }
    places
}

/// What the LEDs of the chain are to show, before any table; black outside.
pub(crate) fn chain(spec: &Spec, frame: &Frame) -> Vec<[u8; 3]> {
    let region = spec.region;
    let places: Vec<(u64, u64)> = match &spec.wiring {
        Wiring::Plain => {
            let rows = (0..u64::from(region.height)).map(|y| (0..u64::from(region.width)).map(move |x| (x, y)));
            rows.flatten().collect()
        }
        Wiring::Modules(modules) => modules.iter().flat_map(hung).collect(),
    };
    let shown = |(x, y): (u64, u64)| {
        if x >= u64::from(region.width) || y >= u64::from(region.height) {
            return [0; 3];
        }
        let at = |from: u32, within: u64| u32::try_from(u64::from(from) + within).ok();
        let led = at(region.x, x).zip(at(region.y, y)).and_then(|(x, y)| frame.led(x, y));
        led.map_or([0; 3], |led| {
            use embedded_graphics::pixelcolor::RgbColor;
            [led.r(), led.g(), led.b()]
        })
    };
    places.into_iter().map(shown).collect()
}

/// The exact light of `value`, of 255 parts, without colour temperature.
pub(crate) fn exact(value: u8, gamma: u16, level: Level) -> f64 {
    let bright = f64::from(level.percent()) / 100.0;
    // By logarithms, where the panel takes powers.
    match value {
        0 => 0.0,
        _ => ((f64::from(value) / 255.0).ln() * f64::from(gamma) / 100.0).exp() * 255.0 * bright,
    }
}

/// Whether `byte` is that light, to the nearest.
fn is_near(byte: u8, exact: f64) -> bool {
    (f64::from(byte) - exact).abs() <= 0.5 + 1e-6
}

/// Says where `packed` is not what `spec` makes of `frame`; `None` where it is. Knows neither colour temperature nor power limit.
pub(crate) fn wrong(spec: &Spec, frame: &Frame, level: Level, packed: &[u8]) -> Option<String> {
    let chain = chain(spec, frame);
    let is_lit = |value: u8| f64::from(value) / 255.0 >= 0.5 && level.percent() > 0;
    let bits = |letters: String| -> Vec<f64> {
        let bytes = letters.as_bytes().chunks(8).map(|byte| {
            let byte = format!("{:0<8}", String::from_utf8_lossy(byte));
            f64::from(u8::from_str_radix(&byte, 2).unwrap())
        });
        bytes.collect()
    };
    let letter = |is_lit: bool| if is_lit { '1' } else { '0' };
    let wanted: Vec<f64> = match spec.format {
        Format::Rgb => {
            let name = format!("{:?}", spec.order).to_uppercase();
            let led = |led: &[u8; 3]| {
                let channel = |letter: char| "RGB".find(letter).unwrap();
                let value = |letter| exact(led[channel(letter)], spec.gamma[channel(letter)], level);
                name.chars().map(value).collect::<Vec<f64>>()
            };
            chain.iter().flat_map(led).collect()
        }
        Format::Grey => {
            let most = |led: &[u8; 3]| exact(*led.iter().max().unwrap(), spec.gamma[0], level);
            chain.iter().map(most).collect()
        }
        Format::OneBit => bits(
            chain
                .iter()
                .map(|led| letter(led.iter().any(|value| is_lit(*value))))
                .collect(),
        ),
        Format::TwoBit => {
            let pair = |led: &[u8; 3]| [letter(is_lit(led[0])), letter(is_lit(led[1]))];
            bits(chain.iter().flat_map(pair).collect())
        }
    };
    if wanted.len() != packed.len() || spec.bytes() != packed.len() {
        return Some(format!("{} bytes, not {}", packed.len(), wanted.len()));
    }
    let mut pairs = packed.iter().zip(&wanted).enumerate();
    let (at, (is, should)) = pairs.find(|(_, (is, should))| !is_near(**is, **should))?;
    Some(format!("byte {at} is {is}, not {should}"))
}
