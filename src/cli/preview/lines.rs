//! A page of type as JSON. The names of all fields are stable.

use std::io::{self, Write};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use serde::Serialize;

use super::sample::Setting;
use crate::units;

#[derive(Debug, Serialize)]
struct Page<'a> {
    /// From 1.
    page: u16,
    pages: u16,
    /// How long it stays.
    seconds: f64,
    template: &'a str,
    width: u32,
    height: u32,
    /// The rung of the ladder; `null` where there is no type of the item, and in a strip.
    dots: Option<u16>,
    leading: Option<u32>,
    tightened: bool,
    scrolls: bool,
    cut: bool,
    lines: Vec<Line<'a>>,
}

#[derive(Debug, Serialize)]
struct Line<'a> {
    text: &'a str,
    x: u32,
    y: u32,
    width: u32,
    dots: u16,
    colour: String,
    turn: Option<u8>,
    /// From 1.
    r#box: usize,
    area: Area,
}

#[derive(Debug, Serialize)]
struct Area {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

/// Page `page` (from 0) of `setting`, as one line.
pub(super) fn page(out: &mut impl Write, setting: &Setting, page: u16) -> io::Result<()> {
    let lines = setting.lines(page);
    let chosen = setting.rung();
    let told = Page {
        page: page + 1,
        pages: setting.pages(),
        seconds: setting.stay(page).as_secs_f64(),
        template: &setting.template.name,
        width: setting.size.width,
        height: setting.size.height,
        dots: chosen.and_then(|chosen| chosen.dots),
        leading: chosen.and_then(|chosen| chosen.leading),
        tightened: chosen.is_some_and(|chosen| chosen.tightened),
        scrolls: chosen.is_some_and(|chosen| chosen.scrolls),
        cut: chosen.is_some_and(|chosen| chosen.cut),
        lines: lines
            .iter()
            .map(|standing| Line {
                text: &standing.line.text,
                x: standing.line.x,
                y: standing.line.y,
                width: standing.line.width,
                dots: standing.kind.dots(),
                colour: hex(standing.colour),
                turn: setting.template.blocks[standing.block].turn,
                r#box: standing.block + 1,
                area: standing.area.into(),
            })
            .collect(),
    };
    writeln!(out, "{}", serde_json::to_string(&told).map_err(io::Error::from)?)
}

fn hex(colour: Rgb888) -> String {
    format!("#{:02x}{:02x}{:02x}", colour.r(), colour.g(), colour.b())
}

impl From<units::Area> for Area {
    fn from(area: units::Area) -> Self {
        Self {
            x: area.x,
            y: area.y,
            width: area.width,
            height: area.height,
        }
    }
}
