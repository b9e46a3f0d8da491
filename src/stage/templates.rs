//! The templates of a site over the built-in ones.

use std::{collections::BTreeMap, sync::Arc};

use super::template::Template;
use crate::diagnostic::Source;

/// The scenes that every site has: those of the sample site.
const BUILTIN: [(&str, &str); 14] = [
    ("scenes/chart.toml", include_str!("../../playlists/scenes/chart.toml")),
    ("scenes/clock.toml", include_str!("../../playlists/scenes/clock.toml")),
    (
        "scenes/counter.toml",
        include_str!("../../playlists/scenes/counter.toml"),
    ),
    (
        "scenes/meeting.toml",
        include_str!("../../playlists/scenes/meeting.toml"),
    ),
    ("scenes/news.toml", include_str!("../../playlists/scenes/news.toml")),
    ("scenes/notice.toml", include_str!("../../playlists/scenes/notice.toml")),
    (
        "scenes/picture.toml",
        include_str!("../../playlists/scenes/picture.toml"),
    ),
    ("scenes/policy.toml", include_str!("../../playlists/scenes/policy.toml")),
    (
        "scenes/posting.toml",
        include_str!("../../playlists/scenes/posting.toml"),
    ),
    ("scenes/slogan.toml", include_str!("../../playlists/scenes/slogan.toml")),
    (
        "scenes/solicitation.toml",
        include_str!("../../playlists/scenes/solicitation.toml"),
    ),
    ("scenes/ticker.toml", include_str!("../../playlists/scenes/ticker.toml")),
    (
        "scenes/transaction.toml",
        include_str!("../../playlists/scenes/transaction.toml"),
    ),
    (
        "scenes/welcome.toml",
        include_str!("../../playlists/scenes/welcome.toml"),
    ),
];

/// The templates of a site over the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    by_name: BTreeMap<Arc<str>, Arc<Template>>,
}

impl Templates {
    /// The built-in templates, by the names of their files.
    pub fn builtin() -> Self {
        let mut templates = Self::default();
        for (file, text) in BUILTIN {
            let template =
                Template::parse(&Source::new(file, text)).expect("the built-in scenes are in order: a test reads them");
            templates.insert(template);
        }
        templates
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
