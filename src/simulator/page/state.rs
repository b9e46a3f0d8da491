//! What the page is told in words: one JSON shape for `/state.json` and for the WebSocket.

use std::sync::Arc;

use serde::Serialize;

use crate::{
    diagnostic::{Bilingual, Diagnostic, Severity},
    simulator::Hub,
    units::{Share, Size},
    wall::{ImportStage, ImportView, ScreenView, StopView},
};

/// The most problems that a page is told; it is told their number too.
const PROBLEMS: usize = 200;

/// The most videos that a page is told of.
const IMPORTS: usize = 20;

/// The screens, in the order of their numbers in picture messages.
#[derive(Debug, Serialize)]
pub(super) struct Screens {
    screens: Vec<Screen>,
    /// The stop in force.
    stopped: Option<StopView>,
    /// Whether the wall can be stopped by a button here.
    can_stop: bool,
}

#[derive(Debug, Serialize)]
struct Screen {
    id: String,
    /// Whether the site still has it.
    present: bool,
    width: u32,
    height: u32,
    /// What it shows; `null` for a screen that nobody described.
    view: Option<Arc<ScreenView>>,
}

/// The problems in force.
#[derive(Debug, Serialize)]
pub(super) struct Problems {
    /// How many there are; the list may stop earlier.
    total: usize,
    problems: Vec<Problem>,
}

#[derive(Debug, Serialize)]
struct Problem {
    severity: &'static str,
    file: Arc<str>,
    line: Option<u32>,
    column: Option<u32>,
    length: Option<u32>,
    excerpt: Option<Arc<str>>,
    offset: Option<u32>,
    message: Words,
    help: Words,
}

/// The videos that are being taken in: what is worked on first.
#[derive(Debug, Serialize)]
pub(super) struct Imports {
    imports: Vec<Import>,
}

#[derive(Debug, Serialize)]
struct Import {
    file: Arc<str>,
    stage: ImportStage,
    /// In percent; `null` where nobody can say.
    percent: Option<u8>,
    /// About so many; `null` where nobody can say.
    seconds_left: Option<u32>,
    told: Words,
}

#[derive(Debug, Serialize)]
struct Words {
    zh: String,
    en: String,
}

/// Everything at once, for `/state.json`.
#[derive(Debug, Serialize)]
pub(super) struct State {
    #[serde(flatten)]
    screens: Screens,
    #[serde(flatten)]
    imports: Imports,
    #[serde(flatten)]
    problems: Problems,
}

impl State {
    pub(super) fn of(hub: &Hub, can_stop: bool) -> Self {
        Self {
            screens: Screens::of(hub, can_stop),
            imports: Imports::of(hub),
            problems: Problems::of(hub),
        }
    }
}

impl Screens {
    pub(super) fn of(hub: &Hub, can_stop: bool) -> Self {
        let screens = hub.slots().map(|slot| {
            let view = slot.view();
            let drawn = slot.picture().map(|(_, frame)| frame.size());
            let told = view.as_ref().map(|view| Size::new(view.width, view.height));
            let size = drawn.or(told).unwrap_or_default();
            Screen {
                id: slot.id().to_owned(),
                present: !slot.is_withdrawn(),
                width: size.width,
                height: size.height,
                view,
            }
        });
        Self {
            screens: screens.collect(),
            stopped: hub.stopped(),
            can_stop,
        }
    }
}

impl Problems {
    pub(super) fn of(hub: &Hub) -> Self {
        let all = hub.problems();
        Self {
            total: all.len(),
            problems: all.iter().take(PROBLEMS).map(Problem::of).collect(),
        }
    }
}

impl Imports {
    pub(super) fn of(hub: &Hub) -> Self {
        let imports = hub.imports();
        Self {
            imports: imports.iter().take(IMPORTS).map(Import::of).collect(),
        }
    }
}

impl Import {
    fn of(import: &ImportView) -> Self {
        Self {
            file: Arc::clone(&import.path),
            stage: import.stage,
            percent: import.share.map(Share::percent),
            seconds_left: import.seconds_left,
            told: Words::of(&import.told()),
        }
    }
}

impl Problem {
    fn of(problem: &Diagnostic) -> Self {
        let place = problem.place.as_ref();
        Self {
            severity: match problem.severity {
                Severity::Warning => "warning",
                Severity::Error => "error",
            },
            file: Arc::clone(&problem.file),
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            length: place.map(|place| place.length),
            excerpt: place.map(|place| Arc::clone(&place.excerpt)),
            offset: place.map(|place| place.offset),
            message: Words::of(&problem.message),
            help: Words::of(&problem.help),
        }
    }
}

impl Words {
    fn of(words: &Bilingual) -> Self {
        Self {
            zh: words.zh.clone(),
            en: words.en.clone(),
        }
    }
}
