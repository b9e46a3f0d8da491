//! Scenes as written: TOML boxes.

use std::{collections::BTreeMap, sync::Arc};

use jiff::SignedDuration;

use super::{content::Content, scene::Scene};
use crate::{
    diagnostic::{Diagnostic, Source},
    site::Colour,
    units::{Rate, Size},
};

/// One scene file: named boxes with fields and styles.
#[derive(Clone, Debug)]
pub struct Template {
    /// Its name: the file's name without extension.
    pub name: Arc<str>,
}

/// The templates of a site over the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    by_name: BTreeMap<Arc<str>, Arc<Template>>,
}

/// How a content comes out in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// How long each page stays: at least one page.
    pub pages: Vec<SignedDuration>,
}

impl Template {
    /// The template in `source`, or all that is wrong with it.
    pub fn parse(source: &Source) -> Result<Self, Vec<Diagnostic>> {
        let _ = source;
        Err(Vec::new())
    }

    /// How many pages `content` takes on `size` LEDs, and how long each must stay to be read: max(3 s, characters / 4 a second).
    pub fn measure(&self, content: &Content, size: Size) -> Measured {
        let _ = (content, size);
        Measured { pages: Vec::new() }
    }

    /// Page `page` (from 0) of `content` on `size` LEDs that can show `colour`.
    pub fn prepare(&self, content: &Content, page: u16, size: Size, colour: Colour) -> Scene {
        let _ = (content, page, size, colour);
        Scene::default()
    }

    /// How many LEDs `content` takes in a ticker of this style, the gap to the next one included.
    pub fn ticker_width(&self, content: &Content) -> u32 {
        let _ = content;
        0
    }

    /// The joined strip of `contents` for a ticker zone of `size`, running at `speed` LEDs a tick.
    pub fn prepare_ticker(&self, contents: &[&Content], size: Size, speed: u16, rate: Rate, colour: Colour) -> Scene {
        let _ = (contents, size, speed, rate, colour);
        Scene::default()
    }
}

impl Templates {
    /// The built-in templates: `notice`, `slogan`, `ticker`, `clock`.
    pub fn builtin() -> Self {
        Self::default()
    }

    /// Puts `template` in place of any of the same name.
    pub fn insert(&mut self, template: Template) {
        self.by_name.insert(Arc::clone(&template.name), Arc::new(template));
    }

    /// The template of that name.
    pub fn get(&self, name: &str) -> Option<&Arc<Template>> {
        self.by_name.get(name)
    }

    /// All names, sorted.
    pub fn names(&self) -> impl Iterator<Item = &Arc<str>> {
        self.by_name.keys()
    }
}
