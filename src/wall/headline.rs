//! A plain text on a scene that shows no body: 热烈欢迎, and in the next line whom.
//!
//! What the clerk typed below such a title belongs to it where it is short. What is longer is not shown, and that is told.

use std::sync::Arc;

use crate::{
    item::{Item, Paragraph, ParagraphKind},
    stage::Template,
};

/// The most lines of a text that are shown as a title.
const LINES: usize = 4;

/// The most of them that a title keeps apart: a fourth would cost it its size.
const APART: usize = 3;

/// The most characters of the lines below the first.
const SHORT: usize = 60;

/// How many characters of what is not shown are told.
const TOLD: usize = 20;

/// What stands as the title of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Headline {
    /// Its title.
    Title,
    /// All of its lines.
    Lines(Arc<str>),
    /// Its title; the body, which begins like this, has no place.
    Without(String),
}

impl Headline {
    /// That of `item` as `template` sets it.
    pub(super) fn of(item: &Item, template: &Template) -> Self {
        if !item.is_typed() || item.body.is_empty() || template.shows_body() {
            return Self::Title;
        }
        // Lines below the title of a chart are none of its title.
        let is_short = item.chart.is_none()
            && item.body.iter().map(|line| line.text.chars().count()).sum::<usize>() <= SHORT
            && item.body.len() < LINES
            && item.body.iter().all(is_line);
        if !is_short {
            return Self::Without(beginning(&item.body[0].text));
        }
        let below = item.body.iter().map(|line| &*line.text);
        let lines: Vec<&str> = std::iter::once(&*item.title).chain(below).collect();
        Self::Lines(lines.join(if lines.len() > APART { "\u{3000}" } else { "\n" }).into())
    }
}

fn is_line(paragraph: &Paragraph) -> bool {
    !matches!(paragraph.kind, ParagraphKind::Table { .. })
}

fn beginning(text: &str) -> String {
    let mut told: String = text.chars().take_while(|char| *char != '\n').take(TOLD).collect();
    if told.len() < text.len() {
        told.push('…');
    }
    told
}
