//! The output or the cards of a site that a controller shall be the other end of.

use std::{fs, path::Path};

use super::cards::on_one_line;
use crate::{
    cli::exit::{Exit, Failure},
    diagnostic::Bilingual,
    site::{self, Card, Colour, Output, Screen},
};

/// Output number `number`, from 1, of that screen of the site in `folder`, and what its LEDs can show; of its first screen unless one is
/// named.
pub(in crate::cli) fn output(folder: &Path, id: Option<&str>, number: usize) -> Result<(Output, Colour), Failure> {
    let screen = screen(folder, id)?;
    let output = number.checked_sub(1).and_then(|at| screen.outputs.get(at));
    let output = output.map(|output| (output.clone(), screen.colour));
    output.ok_or_else(|| {
        let words = Bilingual::new(
            format!("屏幕 {} 没有第 {number} 路输出", screen.id),
            format!("screen {} has no output number {number}", screen.id),
        );
        missing(words, &format!("{} [[screen.output]]", screen.outputs.len()))
    })
}

/// Card number `number`, from 1, of that screen of the site in `folder`, with all that hang on its line, and what the LEDs can show; of its
/// first screen unless one is named.
pub(in crate::cli) fn cards(folder: &Path, id: Option<&str>, number: usize) -> Result<(Vec<Card>, Colour), Failure> {
    let screen = screen(folder, id)?;
    let cards = on_one_line(&screen.cards, number).map(|cards| (cards, screen.colour));
    cards.ok_or_else(|| {
        let words = Bilingual::new(
            format!("屏幕 {} 没有第 {number} 张控制卡", screen.id),
            format!("screen {} has no card number {number}", screen.id),
        );
        missing(words, &format!("{} [[screen.card]]", screen.cards.len()))
    })
}

fn screen(folder: &Path, id: Option<&str>) -> Result<Screen, Failure> {
    let path = folder.join("site.toml");
    let bytes = fs::read(&path).map_err(|error| Failure::file(Exit::NO_INPUT, &path, &error))?;
    let parsed = site::parse("site.toml", &bytes);
    let site = parsed.value.ok_or_else(|| {
        let words = Bilingual::new("站点文件无法使用", "the site's file cannot be used");
        let help = Bilingual::new("请先更正以上问题", "mend the problems above first");
        Failure::new(Exit::CONFIG, words, help).because(&parsed.diagnostics)
    })?;
    let screen = match id {
        Some(id) => site.screen(id),
        None => site.screens.first(),
    };
    screen.cloned().ok_or_else(|| {
        let known: Vec<&str> = site.screens.iter().map(|screen| &*screen.id).collect();
        missing(
            Bilingual::new("站点没有这块屏幕", "the site has no such screen"),
            &known.join(", "),
        )
    })
}

fn missing(words: Bilingual, known: &str) -> Failure {
    let help = Bilingual::new(format!("现有：{known}"), format!("there are: {known}"));
    Failure::new(Exit::USAGE, words, help)
}
