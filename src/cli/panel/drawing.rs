//! The wiring of one output as a sheet: what the controller is, the modules to scale in the order of their chain, and what the marks mean.

use embedded_graphics::{pixelcolor::Rgb888, prelude::Point};

use super::{
    facts::{Facts, length},
    pen::{INK, Pen},
    shares::shares,
    signal,
};
use crate::{
    frame::Frame,
    panel::{Corner, Heading, Module, Turn, Wiring},
    site::{Output, Screen},
    units::{Area, Size, WHITE},
};

pub(super) const SIGNAL: Rgb888 = Rgb888::new(208, 88, 0);
const MARK: Rgb888 = Rgb888::new(0, 72, 200);
const FIRST: Rgb888 = Rgb888::new(208, 240, 208);
const LAST: Rgb888 = Rgb888::new(248, 212, 208);
const OTHER: Rgb888 = Rgb888::new(240, 244, 248);
const FAINT: Rgb888 = Rgb888::new(112, 112, 112);

/// Around everything.
pub(super) const MARGIN: u32 = 32;
/// On either side of the wall: the arrow of the signal, a measure.
const SIDE: u32 = 152;
/// Above the wall: a measure, or the arrow of the signal.
const ABOVE: u32 = 96;
/// The column of the labels above the wall.
pub(super) const LABELS: u32 = 184;
/// Of a line of small type.
const LINE: u32 = 24;
/// The least size of a module that holds its number and its share of the data.
const READABLE: Size = Size::new(136, 76);
/// The largest wall on a sheet.
const LARGEST: u32 = 5600;

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// The screen.
    pub screen: &'a Screen,
    /// Which of its outputs, counted from 1.
    pub number: usize,
    /// That output.
    pub output: &'a Output,
    /// From where the wall is seen.
    pub side: Side,
}

/// From where a wall is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// From where people look at it.
    Front,
    /// From where the cables are.
    Back,
}

/// A module on the sheet.
pub(super) struct Piece {
    pub(super) area: Area,
    pub(super) entry: Corner,
    heading: Heading,
    /// How it hangs, where not upright.
    hung: String,
}

/// The sheet of `plan`.
pub fn draw(plan: &Plan<'_>) -> Frame {
    let facts = Facts::of(plan);
    let scale = scale(plan);
    let region = plan.output.panel.region.size();
    let (wide, high) = (region.width * scale, region.height * scale);
    let top = MARGIN + 40 + 32 + LINE * facts.lines.len() as u32 + ABOVE;
    let is_turned = matches!(&plan.output.panel.wiring, Wiring::Modules(modules) if modules.iter().any(|module| !hung(module, plan.side).is_empty()));
    let legend = (LEGEND.len() as u32 + u32::from(is_turned)) * LINE + 24;
    let width = (wide + 2 * (MARGIN + SIDE)).max(960).max(facts.width());
    let mut pen = Pen::new(width, top + high + 32 + legend + MARGIN);
    let wall = Area::new((width - wide) / 2, top, wide, high);
    head(&mut pen, &facts, width);
    let pieces = pieces(plan, wall, scale);
    let side = signal::side(&pieces[0], wall);
    measures(&mut pen, plan, wall, side);
    for (at, piece) in pieces.iter().enumerate() {
        pen.fill(piece.area, paper(at, pieces.len()));
        pen.frame(piece.area, 2, INK);
    }
    signal::chain(&mut pen, &pieces);
    let shares = shares(plan.output);
    for (at, (piece, share)) in pieces.iter().zip(&shares).enumerate() {
        label(&mut pen, piece.area, at + 1, share, paper(at, pieces.len()));
        entry(&mut pen, piece);
        hanging(&mut pen, piece);
    }
    signal::arrow(&mut pen, &pieces[0], wall, side);
    self::legend(&mut pen, wall.bottom() + 32, &facts);
    if is_turned {
        let y = wall.bottom() + 32 + LINE * LEGEND.len() as u32;
        pen.text(MARGIN, y, "倒装", 16, MARK);
        pen.text(MARGIN + 72, y, TURNED, 16, INK);
    }
    pen.finish()
}

/// Dots an LED: as few as make every module readable, as long as the sheet stays within bounds.
fn scale(plan: &Plan<'_>) -> u32 {
    let region = plan.output.panel.region.size();
    let sizes = match &plan.output.panel.wiring {
        Wiring::Plain => vec![region],
        Wiring::Modules(modules) => modules.iter().map(|module| module.area.size()).collect(),
    };
    let least = |size: Size| {
        READABLE
            .width
            .div_ceil(size.width.max(1))
            .max(READABLE.height.div_ceil(size.height.max(1)))
    };
    let wanted = sizes.into_iter().map(least).max().unwrap_or(1);
    let most = LARGEST / region.width.max(region.height).max(1);
    wanted.min(most).max(1)
}

fn pieces(plan: &Plan<'_>, wall: Area, scale: u32) -> Vec<Piece> {
    let region = plan.output.panel.region.size();
    let piece = |module: &Module| {
        let Area { x, y, width, height } = module.area;
        let (mut entry, mut heading, mut left) = (module.entry(), module.heading(), x);
        if plan.side == Side::Back {
            left = region.width.saturating_sub(x + width);
            entry = entry.mirrored();
            heading = heading.mirrored();
        }
        Piece {
            area: Area::new(wall.x + left * scale, wall.y + y * scale, width * scale, height * scale),
            entry,
            heading,
            hung: hung(module, plan.side),
        }
    };
    match &plan.output.panel.wiring {
        Wiring::Modules(modules) if !modules.is_empty() => modules.iter().map(piece).collect(),
        _ => vec![piece(&Module {
            area: region.area(),
            turn: Turn::None,
            mirrored: false,
            walk: crate::panel::Walk::default(),
        })],
    }
}

/// How a module hangs, as seen from that side: nobody can tell it by its first LED alone, which lies in any corner of an upright one.
fn hung(module: &Module, side: Side) -> String {
    let turned = match (module.turn, side) {
        (Turn::None, _) => "",
        (Turn::Half, _) => "倒装",
        (Turn::Quarter, Side::Front) | (Turn::ThreeQuarters, Side::Back) => "右转",
        (Turn::ThreeQuarters, Side::Front) | (Turn::Quarter, Side::Back) => "左转",
    };
    let mirrored = if module.mirrored { "镜像" } else { "" };
    format!("{mirrored}{turned}")
}

const fn paper(at: usize, count: usize) -> Rgb888 {
    match at {
        0 => FIRST,
        _ if at + 1 == count => LAST,
        _ => OTHER,
    }
}

fn head(pen: &mut Pen, facts: &Facts, width: u32) {
    pen.text(MARGIN, MARGIN, &facts.title.zh, 32, INK);
    pen.text(MARGIN, MARGIN + 40, &facts.title.en, 24, FAINT);
    let badge = pen.width(&facts.side, 32) + 24;
    let area = Area::new(width - MARGIN - badge, MARGIN, badge, 48);
    pen.fill(area, INK);
    pen.text(area.x + 12, area.y + 8, &facts.side, 32, WHITE);
    for (at, (label, value)) in (0..).zip(&facts.lines) {
        let y = MARGIN + 40 + 32 + LINE * at;
        pen.text(MARGIN, y, label, 16, FAINT);
        pen.text(MARGIN + LABELS, y, value, 16, INK);
    }
}

/// How wide and how high the wall is.
fn measures(pen: &mut Pen, plan: &Plan<'_>, wall: Area, signal: Heading) {
    let region = plan.output.panel.region.size();
    let line = wall.y - 16;
    let across = length(region.width, plan.screen.pitch);
    pen.fill(Area::new(wall.x, line, wall.width, 1), FAINT);
    for x in [wall.x, wall.right() - 1] {
        pen.fill(Area::new(x, line - 6, 1, 13), FAINT);
    }
    // Beside the arrow, where that comes from above.
    let y = if signal == Heading::Up { line - 68 } else { line - 26 };
    pen.centred(wall.x + wall.width / 2, y, &across, 16, INK);
    let is_left = signal == Heading::Right;
    let line = if is_left { wall.x - 16 } else { wall.right() + 16 };
    pen.fill(Area::new(line, wall.y, 1, wall.height), FAINT);
    for y in [wall.y, wall.bottom() - 1] {
        pen.fill(Area::new(line - 6, y, 13, 1), FAINT);
    }
    let down = length(region.height, plan.screen.pitch);
    for (at, part) in (0..).zip(down.split(" = ")) {
        let x = if is_left {
            line - 12 - pen.width(part, 16)
        } else {
            line + 12
        };
        pen.text(
            x,
            (wall.y + wall.height / 2 + 20 * at).saturating_sub(16),
            part,
            16,
            INK,
        );
    }
}

/// A module's number and its share of the data, as large as they fit; the number alone where both do not.
fn label(pen: &mut Pen, area: Area, number: usize, share: &str, paper: Rgb888) {
    let number = number.to_string();
    let (first, last) = share.split_once('-').unwrap_or((share, ""));
    let broken = format!("-{last}");
    let choices: [&[(&str, u16)]; 6] = [
        &[(&number, 48), (share, 16)],
        &[(&number, 32), (share, 16)],
        &[(&number, 24), (first, 16), (&broken, 16)],
        &[(&number, 16), (share, 16)],
        &[(&number, 24)],
        &[(&number, 16)],
    ];
    let size = |pen: &Pen, lines: &[(&str, u16)]| {
        let wide = lines.iter().map(|(text, dots)| pen.width(text, *dots)).max();
        let high = lines.iter().map(|(_, dots)| u32::from(*dots) + 4).sum::<u32>();
        Size::new(wide.unwrap_or(0) + 8, high + 4)
    };
    // The marks of the first LED and the heads of the chain stay clear.
    let room = Size::new(area.width.saturating_sub(20), area.height.saturating_sub(20));
    let fits = |size: Size| size.width <= room.width && size.height <= room.height;
    let Some(lines) = choices.into_iter().find(|lines| fits(size(pen, lines))) else {
        return;
    };
    let Size { width, height } = size(pen, lines);
    let (x, y) = (area.x + (area.width - width) / 2, area.y + (area.height - height) / 2);
    pen.fill(Area::new(x, y, width, height), paper);
    let mut line = y + 4;
    for (text, dots) in lines {
        pen.centred(x + width / 2, line, text, *dots, INK);
        line += u32::from(*dots) + 4;
    }
}

/// The first LED of a module, and which way the next ones lie.
fn entry(pen: &mut Pen, piece: &Piece) {
    let area = piece.area;
    let side = 8.min(area.width / 3).min(area.height / 3);
    let x = if piece.entry.is_left() {
        area.x + 4
    } else {
        area.right() - 4 - side
    };
    let y = if piece.entry.is_top() {
        area.y + 4
    } else {
        area.bottom() - 4 - side
    };
    pen.fill(Area::new(x, y, side, side), MARK);
    let start = centre(Area::new(x, y, side, side));
    let long = 22;
    let tip = start
        + match piece.heading {
            Heading::Left => Point::new(-long, 0),
            Heading::Right => Point::new(long, 0),
            Heading::Up => Point::new(0, -long),
            Heading::Down => Point::new(0, long),
        };
    pen.arrow(start, tip, 2, MARK);
}

/// How a module hangs where not upright, at the other end of the side on which its first LED is.
fn hanging(pen: &mut Pen, piece: &Piece) {
    let (area, wide) = (piece.area, pen.width(&piece.hung, 16));
    // Beside the mark of the first LED and its arrow.
    if piece.hung.is_empty() || area.width < wide + 44 || area.height < 24 {
        return;
    }
    let x = if piece.entry.is_left() {
        area.right() - 4 - wide
    } else {
        area.x + 4
    };
    let y = if piece.entry.is_top() {
        area.y + 4
    } else {
        area.bottom() - 20
    };
    pen.text(x, y, &piece.hung, 16, MARK);
}

const TURNED: &str = "倒装：转 180 度；右转、左转：转 90 度　turned by 180 degrees; by 90 to the right or left";

const LEGEND: [&str; 5] = [
    "绿底：第一块模组　green: first of the chain",
    "红底：最后一块模组　red: last of the chain",
    "信号走向　the signal, from module to module",
    "模组的第一颗灯及其后走向　first LED of a module, and which way the next ones lie",
    "",
];

fn legend(pen: &mut Pen, top: u32, facts: &Facts) {
    for (at, words) in (0..).zip(LEGEND) {
        let y = top + LINE * at;
        let middle = y.cast_signed() + 8;
        let left = MARGIN.cast_signed();
        match at {
            0 | 1 => {
                let swatch = Area::new(MARGIN, y, 40, 16);
                pen.fill(swatch, if at == 0 { FIRST } else { LAST });
                pen.frame(swatch, 1, INK);
            }
            2 => pen.arrow(Point::new(left, middle), Point::new(left + 40, middle), 4, SIGNAL),
            3 => {
                pen.fill(Area::new(MARGIN, y + 4, 8, 8), MARK);
                pen.arrow(Point::new(left + 4, middle), Point::new(left + 30, middle), 2, MARK);
            }
            _ => pen.text(MARGIN, y, facts.example, 16, FAINT),
        }
        let words = if words.is_empty() { facts.notation } else { words };
        pen.text(MARGIN + 72, y, words, 16, INK);
    }
}

pub(super) fn centre(area: Area) -> Point {
    Point::new(
        (area.x + area.width / 2).cast_signed(),
        (area.y + area.height / 2).cast_signed(),
    )
}
