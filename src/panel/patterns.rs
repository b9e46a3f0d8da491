//! Test pictures of one output, for whoever stands before the wall with a screwdriver.
//!
//! What tells things apart is their shape as well as their colour, so that every picture but those of one colour serves on LEDs of one
//! colour too. A picture is painted into the output's region of a frame and goes to the wire as any other does.

use embedded_graphics::{
    Drawable as _,
    geometry::Point,
    mono_font::{
        MonoFont, MonoTextStyle,
        ascii::{FONT_4X6, FONT_5X8, FONT_6X10, FONT_9X15, FONT_10X20},
    },
    pixelcolor::Rgb888,
    text::{Alignment, Baseline, Text, TextStyleBuilder},
};

use super::{Corner, Format, Heading, Module, Spec, Wiring};
use crate::{
    frame::Frame,
    units::{Area, BLACK, Size, WHITE},
};

const RED: Rgb888 = Rgb888::new(255, 0, 0);
const GREEN: Rgb888 = Rgb888::new(0, 255, 0);
const BLUE: Rgb888 = Rgb888::new(0, 0, 255);
const YELLOW: Rgb888 = Rgb888::new(255, 255, 0);

/// Digits, the largest first.
const FONTS: [&MonoFont<'static>; 5] = [&FONT_10X20, &FONT_9X15, &FONT_6X10, &FONT_5X8, &FONT_4X6];

/// What a test picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pattern {
    /// A border of one LED, and bars in the corners: clockwise from the top left one red, two green, three blue, four yellow.
    Corners,
    /// Each module's frame and its number in the chain, from 1 on; a block in the corner where its first LED is, with a tail the
    /// way the next ones lie. The first module of the chain has a green frame, the last one a red frame, all others a blue one.
    Modules,
    /// From dark to full along each row: grey, red, green and blue below each other; grey alone where LEDs have one colour.
    Ramps,
    /// Every LED in one colour.
    Field(Hue),
    /// One lit row that wanders down, one row a step.
    Rows,
    /// One lit column that wanders to the right, one column a step.
    Columns,
}

/// The colours of [`Pattern::Field`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    /// All of an LED.
    White,
    /// Red alone.
    Red,
    /// Green alone.
    Green,
    /// Blue alone.
    Blue,
}

impl Pattern {
    /// All of them, in the order in which a wall is looked over.
    pub const ALL: [Self; 9] = [
        Self::Corners,
        Self::Modules,
        Self::Field(Hue::Red),
        Self::Field(Hue::Green),
        Self::Field(Hue::Blue),
        Self::Field(Hue::White),
        Self::Ramps,
        Self::Rows,
        Self::Columns,
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Corners => "corners",
            Self::Modules => "modules",
            Self::Ramps => "ramps",
            Self::Field(Hue::White) => "white",
            Self::Field(Hue::Red) => "red",
            Self::Field(Hue::Green) => "green",
            Self::Field(Hue::Blue) => "blue",
            Self::Rows => "rows",
            Self::Columns => "columns",
        }
    }

    /// Its name in Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Corners => "四角",
            Self::Modules => "模组编号",
            Self::Ramps => "灰阶",
            Self::Field(Hue::White) => "全白",
            Self::Field(Hue::Red) => "全红",
            Self::Field(Hue::Green) => "全绿",
            Self::Field(Hue::Blue) => "全蓝",
            Self::Rows => "逐行",
            Self::Columns => "逐列",
        }
    }

    /// The pattern of that name, in either language.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|pattern| pattern.name() == name || pattern.chinese() == name)
    }

    /// Those of `wanted`; all of them where none is wanted by name.
    pub fn or_all(wanted: &[Self]) -> &[Self] {
        if wanted.is_empty() { &Self::ALL } else { wanted }
    }

    /// Whether it shows something of its own on LEDs of that format: single colours need them, and ramps need more than lit and dark.
    pub const fn suits(self, format: Format) -> bool {
        !matches!(
            (self, format),
            (
                Self::Field(Hue::Red | Hue::Green | Hue::Blue),
                Format::Grey | Format::OneBit
            ) | (Self::Field(Hue::Blue), Format::TwoBit)
                | (Self::Ramps, Format::OneBit | Format::TwoBit)
        )
    }

    /// How many steps it has before it comes again, on that panel: 1 where it stands still.
    pub const fn steps(self, spec: &Spec) -> u32 {
        let steps = match self {
            Self::Rows => spec.region.height,
            Self::Columns => spec.region.width,
            _ => 1,
        };
        if steps == 0 { 1 } else { steps }
    }
}

/// Paints step `step` of `pattern` over the region of `spec`, as far as it lies on `frame`; nothing else of the frame changes.
pub fn paint(pattern: Pattern, spec: &Spec, step: u32, frame: &mut Frame) {
    // Drawn on a frame of its own, so that nothing runs over the region's edge.
    let mut field = Frame::new(Size::new(
        spec.region.width.min(Size::LIMIT),
        spec.region.height.min(Size::LIMIT),
    ));
    let palette = Palette(spec.format);
    let step = step % pattern.steps(spec);
    let whole = field.size().area();
    match pattern {
        Pattern::Corners => corners(&mut field, palette),
        Pattern::Modules => modules(&mut field, &spec.wiring, palette),
        Pattern::Ramps => ramps(&mut field, palette),
        Pattern::Field(light) => field.fill(palette.colour(light.colour())),
        Pattern::Rows => field.fill_area(Area::new(0, step, whole.width, 1), WHITE),
        Pattern::Columns => field.fill_area(Area::new(step, 0, 1, whole.height), WHITE),
    }
    frame.copy_frame(&field, i64::from(spec.region.x), i64::from(spec.region.y));
}

/// What a colour is on LEDs of a format, so that what is drawn is seen.
#[derive(Clone, Copy)]
struct Palette(Format);

impl Palette {
    fn colour(self, colour: Rgb888) -> Rgb888 {
        match self.0 {
            Format::Rgb => colour,
            Format::TwoBit if colour == BLUE => YELLOW,
            Format::TwoBit => colour,
            Format::Grey | Format::OneBit if colour == BLACK => BLACK,
            Format::Grey | Format::OneBit => WHITE,
        }
    }
}

impl Hue {
    const fn colour(self) -> Rgb888 {
        match self {
            Self::White => WHITE,
            Self::Red => RED,
            Self::Green => GREEN,
            Self::Blue => BLUE,
        }
    }
}

fn corners(field: &mut Frame, palette: Palette) {
    let Size { width, height } = field.size();
    outline(field, Area::new(0, 0, width, height), WHITE);
    let tall = (height / 4).clamp(1, 8);
    let marks = [
        (Corner::TopLeft, RED),
        (Corner::TopRight, GREEN),
        (Corner::BottomRight, BLUE),
        (Corner::BottomLeft, YELLOW),
    ];
    for (bars, (corner, colour)) in (1..).zip(marks) {
        let y = if corner.is_top() {
            2
        } else {
            height.saturating_sub(2 + tall)
        };
        for bar in 0..bars {
            let inwards = 2 + 2 * bar;
            let x = if corner.is_left() {
                inwards
            } else {
                width.saturating_sub(1 + inwards)
            };
            field.fill_area(Area::new(x, y, 1, tall), palette.colour(colour));
        }
    }
}

fn modules(field: &mut Frame, wiring: &Wiring, palette: Palette) {
    let whole = [Module {
        area: field.size().area(),
        turn: super::Turn::None,
        mirrored: false,
        walk: super::Walk::default(),
    }];
    let modules = match wiring {
        Wiring::Plain => &whole[..],
        Wiring::Modules(modules) => modules,
    };
    for (at, module) in modules.iter().enumerate() {
        let colour = match at {
            0 => GREEN,
            at if at + 1 == modules.len() => RED,
            _ => BLUE,
        };
        outline(field, module.area, palette.colour(colour));
        entry(field, module, palette);
        number(field, module.area, at + 1);
    }
}

/// A block in the corner of a module's first LED, with a tail the way the next ones lie.
fn entry(field: &mut Frame, module: &Module, palette: Palette) {
    let Area { x, y, width, height } = module.area;
    let block = (width.min(height) / 8).clamp(1, 4);
    let tail = 2 * block;
    let corner = module.entry();
    // The block, grown by the tail along the wire.
    let along = |is_along: bool| block + if is_along { tail } else { 0 };
    let heading = module.heading();
    let wide = along(matches!(heading, Heading::Left | Heading::Right)).min(width);
    let tall = along(matches!(heading, Heading::Up | Heading::Down)).min(height);
    let place = |is_near: bool, start: u32, length: u32, size: u32| {
        if is_near {
            start
        } else {
            (start + length).saturating_sub(size)
        }
    };
    let area = |wide: u32, tall: u32| {
        Area::new(
            place(corner.is_left(), x, width, wide),
            place(corner.is_top(), y, height, tall),
            wide,
            tall,
        )
    };
    // The tail is half as thick as the block.
    let thin = block.div_ceil(2);
    let tail = match heading {
        Heading::Left | Heading::Right => area(wide, thin),
        Heading::Up | Heading::Down => area(thin, tall),
    };
    field.fill_area(tail, palette.colour(YELLOW));
    field.fill_area(area(block, block), WHITE);
}

/// The largest number that fits into the middle of `area`, one LED clear of its frame; none where none does.
fn number(field: &mut Frame, area: Area, number: usize) {
    let digits = number.to_string();
    let room = Size::new(area.width.saturating_sub(4), area.height.saturating_sub(2));
    let fits = |font: &&&MonoFont<'_>| {
        let wide = font.character_size.width * digits.len() as u32;
        wide <= room.width && font.character_size.height <= room.height
    };
    let Some(font) = FONTS.iter().find(fits) else { return };
    let (x, y) = (area.x + area.width / 2, area.y + area.height / 2);
    let centred = TextStyleBuilder::new()
        .alignment(Alignment::Center)
        .baseline(Baseline::Middle)
        .build();
    let text = Text::with_text_style(
        &digits,
        Point::new(x.cast_signed(), y.cast_signed()),
        MonoTextStyle::new(font, WHITE),
        centred,
    );
    let Ok(_) = text.draw(field);
}

fn ramps(field: &mut Frame, palette: Palette) {
    let lights = [Hue::White, Hue::Red, Hue::Green, Hue::Blue];
    let count = if palette.0 == Format::Rgb {
        lights.len() as u32
    } else {
        1
    };
    let Size { width, height } = field.size();
    for (band, light) in (0..count).zip(lights) {
        let (top, bottom) = (height * band / count, height * (band + 1) / count);
        for x in 0..width {
            let value = (255 * x).checked_div(width - 1).unwrap_or(255) as u8;
            let area = Area::new(x, top, 1, bottom - top);
            field.fill_area(area, dimmed(light.colour(), value));
        }
    }
}

/// `colour`, of which every channel is either full or dark, at `value`.
fn dimmed(colour: Rgb888, value: u8) -> Rgb888 {
    use embedded_graphics::pixelcolor::RgbColor as _;
    Rgb888::new(colour.r() & value, colour.g() & value, colour.b() & value)
}

/// A frame of one LED along the inside of `area`.
fn outline(field: &mut Frame, area: Area, colour: Rgb888) {
    let Area { x, y, width, height } = area;
    if width == 0 || height == 0 {
        return;
    }
    for (y, height) in [(y, 1), (area.bottom() - 1, 1)] {
        field.fill_area(Area::new(x, y, width, height), colour);
    }
    for x in [x, area.right() - 1] {
        field.fill_area(Area::new(x, y, 1, height), colour);
    }
}
