//! Tables of fields: the one place where a key is defined.

use serde_json::Value;

use super::reader::Spot;
use crate::diagnostic::Bilingual;

/// A line of documentation in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Doc {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Doc {
    /// The two texts.
    pub const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }
}

impl From<Doc> for Bilingual {
    fn from(doc: Doc) -> Self {
        Self::new(doc.zh, doc.en)
    }
}

/// What happens where a key is not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It must be written.
    Required,
    /// Nothing.
    Optional,
    /// This value stands, in TOML; the reader parses the very text that the reference prints.
    Default(&'static str),
    /// The value comes from elsewhere, as the words say.
    Derived(Doc),
}

/// What a value may be, told to a person and to a schema.
pub trait Describe: Sync {
    /// The values that are taken, as an object of "takes …": `an integer from 1 to 8192`.
    fn describe(&self) -> Bilingual;

    /// The unit of the number, where there is one.
    fn unit(&self) -> Option<Doc> {
        None
    }

    /// The JSON Schema of the value.
    fn schema(&self) -> Value;

    /// The table below, where the value is one or is a list of them.
    fn child(&self) -> Option<&'static Table> {
        None
    }
}

/// What a value may be, and how it is read.
pub trait Kind: Describe {
    /// What is made of it.
    type Value;

    /// Reads the value at `spot`; whatever is wrong is told to the spot.
    fn read(&self, spot: &Spot<'_>) -> Option<Self::Value>;
}

/// One key of a table.
#[derive(Debug)]
pub struct Field<K> {
    /// The key.
    pub key: &'static str,
    /// The same key in Chinese.
    pub alias: &'static str,
    /// What its value may be.
    pub kind: K,
    /// What happens where it is not written.
    pub presence: Presence,
    /// What it means.
    pub doc: Doc,
}

impl<K> Field<K> {
    /// A field that may be left out, in the words of `doc`.
    pub const fn new(key: &'static str, alias: &'static str, kind: K, doc: Doc) -> Self {
        let presence = Presence::Optional;
        Self {
            key,
            alias,
            kind,
            presence,
            doc,
        }
    }

    /// The same field, which must be written.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.presence = Presence::Required;
        self
    }

    /// The same field, which stands at `literal` (in TOML) unless written.
    #[must_use]
    pub const fn or(mut self, literal: &'static str) -> Self {
        self.presence = Presence::Default(literal);
        self
    }

    /// The same field, whose value comes from elsewhere unless written.
    #[must_use]
    pub const fn or_from(mut self, zh: &'static str, en: &'static str) -> Self {
        self.presence = Presence::Derived(Doc::new(zh, en));
        self
    }
}

/// A field seen without the type of its value.
pub trait FieldInfo: Sync {
    /// The key.
    fn key(&self) -> &'static str;
    /// The same key in Chinese.
    fn alias(&self) -> &'static str;
    /// What happens where it is not written.
    fn presence(&self) -> Presence;
    /// What it means.
    fn doc(&self) -> Doc;
    /// What its value may be.
    fn kind(&self) -> &dyn Describe;
}

impl<K: Describe> FieldInfo for Field<K> {
    fn key(&self) -> &'static str {
        self.key
    }

    fn alias(&self) -> &'static str {
        self.alias
    }

    fn presence(&self) -> Presence {
        self.presence
    }

    fn doc(&self) -> Doc {
        self.doc
    }

    fn kind(&self) -> &dyn Describe {
        &self.kind
    }
}

/// All keys of one kind of table.
pub struct Table {
    /// Its heading in a file, as a person would write it: `[[screen]]`; a file's name for a root.
    pub heading: &'static str,
    /// What it is.
    pub doc: Doc,
    /// Its keys, in the order of the reference page.
    pub fields: &'static [&'static dyn FieldInfo],
}

impl Table {
    /// The heading without its brackets.
    pub fn name(&self) -> &'static str {
        self.heading.trim_matches(['[', ']'])
    }

    /// The field of that key or alias.
    pub fn field(&self, name: &str) -> Option<&'static dyn FieldInfo> {
        let found = self
            .fields
            .iter()
            .find(|field| field.key() == name || field.alias() == name);
        found.copied()
    }
}
