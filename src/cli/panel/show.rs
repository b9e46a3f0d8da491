//! `yingbi panel show`: the wiring of one output as a drawing that can be held against the wall.

use std::fs;

use super::{Plan, Side, draw};
use crate::{
    cli::{
        arguments::PanelShow,
        exit::{Exit, Failure},
        load,
        terminal::Terminal,
    },
    diagnostic::Bilingual,
    simulator::picture::{Look, png},
    site::{Output, Screen},
};

/// Draws the output asked for.
pub(super) fn run(options: &PanelShow, terminal: &Terminal) -> Result<Exit, Failure> {
    let wall = load::wall(&options.site, terminal)?;
    let screen = &wall.site().screens[load::screen(&wall, options.screen.as_deref())?];
    let output = output(screen, options.number)?;
    let sheet = draw(&Plan {
        screen,
        number: options.number,
        output,
        side: if options.back { Side::Back } else { Side::Front },
    });
    let bytes = png(&sheet, Look::PLAIN).map_err(|error| Failure::of(Exit::USAGE, &error))?;
    fs::write(&options.output, bytes).map_err(|error| Failure::file(Exit::CANNOT_CREATE, &options.output, &error))?;
    Ok(Exit::DONE)
}

/// The screen's output of that number, counted from 1.
pub(super) fn output(screen: &Screen, number: usize) -> Result<&Output, Failure> {
    let found = number.checked_sub(1).and_then(|at| screen.outputs.get(at));
    found.ok_or_else(|| {
        let (id, count) = (&screen.id, screen.outputs.len());
        Failure::new(
            Exit::USAGE,
            Bilingual::new(
                format!("屏幕 {id} 没有第 {number} 路输出，共有 {count} 路"),
                format!("screen {id} has no output {number}; it has {count}"),
            ),
            Bilingual::new(
                "请在 site.toml 中写 [[screen.output]]，或改 --output",
                "write [[screen.output]] in site.toml, or another --output",
            ),
        )
    })
}
