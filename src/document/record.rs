//! A table of the tree, read by its table of fields.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    fault::Fault,
    kind::{Many, One},
    nearest::nearest,
    reader::{Reader, Spot},
    table::{Field, FieldInfo, Kind, Presence, Table},
};
use crate::diagnostic::{Bilingual, Explain};

/// A value and the bytes of the user's text where it stands; where it is a default, where its table stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
}

/// One table of a file. Its keys are already checked: unknown, missing and double ones have been told.
pub struct Record<'r> {
    reader: &'r Reader<'r>,
    span: Range<usize>,
    entries: Vec<Entry<'r>>,
    /// The keys that unknown ones were taken to mean.
    meant: Vec<&'static str>,
    sound: bool,
}

struct Entry<'r> {
    field: &'static dyn FieldInfo,
    key: &'r Spanned<std::borrow::Cow<'r, str>>,
    value: &'r Spanned<DeValue<'r>>,
}

impl<'r> Record<'r> {
    /// The root of a document; `sound` where its syntax was in order, so that what is missing was never written.
    pub(super) fn root(reader: &'r Reader<'r>, table: &'static Table, tree: &'r DeTable<'r>, sound: bool) -> Self {
        let span = reader.span(0..0);
        Self::open(reader, table, tree, span, sound)
    }

    fn open(
        reader: &'r Reader<'r>,
        table: &'static Table,
        tree: &'r DeTable<'r>,
        span: Range<usize>,
        sound: bool,
    ) -> Self {
        let mut record = Self {
            reader,
            span,
            entries: Vec::with_capacity(tree.len()),
            meant: Vec::new(),
            sound,
        };
        record.sort_out(table, tree);
        record.tell_missing(table);
        record
    }

    /// Files every entry of the tree under its field.
    fn sort_out(&mut self, table: &'static Table, tree: &'r DeTable<'r>) {
        let mut written: Vec<_> = tree.iter().collect();
        written.sort_by_key(|(key, _)| key.span().start);
        for (key, value) in written {
            match table.field(key.get_ref()) {
                Some(field) => self.admit(Entry { field, key, value }),
                None => {
                    let meant = self.tell_unknown(table, key);
                    self.meant.extend(meant);
                }
            }
        }
    }

    fn admit(&mut self, entry: Entry<'r>) {
        match self.entries.iter().find(|other| other.field.key() == entry.field.key()) {
            None => self.entries.push(entry),
            Some(first) => {
                let (first, second) = (first.key.get_ref().to_string(), entry.key.get_ref().to_string());
                let span = self.reader.span(entry.key.span());
                self.reader.problem(span, Fault::AliasTwice { first, second });
            }
        }
    }

    fn tell_unknown(&self, table: &Table, key: &Spanned<std::borrow::Cow<'_, str>>) -> Option<&'static str> {
        let names = table.fields.iter().flat_map(|field| [field.key(), field.alias()]);
        let hint = nearest(key.get_ref(), names);
        let known: Vec<_> = table
            .fields
            .iter()
            .map(|field| format!("{} {}", field.key(), field.alias()))
            .collect();
        let span = self.reader.span(key.span());
        let fault = Fault::UnknownKey {
            key: self.reader.quote(span.clone()).trim_matches('"').to_owned(),
            hint: hint.map(str::to_owned),
            known: known.join(", "),
        };
        self.reader.problem(span, fault);
        hint.and_then(|hint| table.field(hint)).map(FieldInfo::key)
    }

    fn tell_missing(&self, table: &'static Table) {
        let is_written = |key: &str| self.entries.iter().any(|entry| entry.field.key() == key);
        for field in table.fields {
            let key = field.key();
            let required = field.presence() == Presence::Required;
            if self.sound && required && !is_written(key) && !self.meant.contains(&key) {
                let fault = Fault::Missing {
                    heading: table.heading,
                    key,
                    alias: field.alias(),
                    takes: field.kind().describe(),
                };
                self.reader.problem(self.span.clone(), fault);
            }
        }
    }

    /// Where the table stands: its heading, or the file's first line.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Whether the syntax of the whole file was in order. Where it was not, what seems absent may have been meant.
    pub fn is_sound(&self) -> bool {
        self.sound
    }

    /// Tells of a problem of the table as a whole.
    pub fn problem(&self, what: impl Explain + 'static) {
        self.reader.problem(self.span(), what);
    }

    /// Tells that something is absent from the table, unless an unknown key may be just that.
    pub fn absence(&self, what: impl Explain + 'static) {
        if self.sound && self.meant.is_empty() {
            self.problem(what);
        }
    }

    /// Tells of a problem at the bytes `span` of the user's text.
    pub fn problem_at(&self, span: Range<usize>, what: impl Explain + 'static) {
        self.reader.problem(span, what);
    }

    /// Where the key of `field` stands, if it is written.
    pub fn written<K>(&self, field: &Field<K>) -> Option<Range<usize>> {
        self.entry(field.key).map(|entry| self.reader.span(entry.key.span()))
    }

    /// The value of `field`, or its default; `None` where it is absent or refused.
    pub fn get<K: Kind>(&self, field: &'static Field<K>) -> Option<K::Value> {
        self.located(field).map(|located| located.value)
    }

    /// The value of `field` where it may be absent; the outer `None` where it is refused.
    pub fn optional<K: Kind>(&self, field: &'static Field<K>) -> Option<Option<K::Value>> {
        let value = self.get(field);
        (value.is_some() || self.written(field).is_none()).then_some(value)
    }

    /// The value of `field`, or its default, with its place; `None` where it is absent or refused.
    pub fn located<K: Kind>(&self, field: &'static Field<K>) -> Option<Located<K::Value>> {
        let takes = field.kind.describe();
        match self.entry(field.key) {
            Some(entry) => {
                let spot = Spot::new(self.reader, entry.key.get_ref(), entry.value, takes);
                let span = spot.span();
                field.kind.read(&spot).map(|value| Located { value, span })
            }
            None => self.default(field, takes),
        }
    }

    /// The same, telling no problems: for a second look at a field that was read before.
    pub fn peek<K: Kind>(&self, field: &'static Field<K>) -> Option<Located<K::Value>> {
        self.reader.silently(|| self.located(field))
    }

    fn default<K: Kind>(&self, field: &'static Field<K>, takes: Bilingual) -> Option<Located<K::Value>> {
        let Presence::Default(literal) = field.presence else {
            return None;
        };
        let value = DeValue::parse(literal).expect("a default is TOML: a test reads them all");
        let spot = Spot::new(self.reader, field.key, &value, takes);
        let value = field.kind.read(&spot)?;
        let span = self.span();
        Some(Located { value, span })
    }

    /// The table at `field`; `None` where it is absent or refused.
    pub fn table(&self, field: &'static Field<One>) -> Option<Self> {
        let entry = self.entry(field.key)?;
        let table = field.kind.0;
        match entry.value.get_ref() {
            DeValue::Table(tree) => Some(self.below(table, tree, entry.value)),
            _ => self.refuse(field, entry),
        }
    }

    /// The tables at `field`, in the order written.
    pub fn tables(&self, field: &'static Field<Many>) -> Vec<Self> {
        let Some(entry) = self.entry(field.key) else {
            return Vec::new();
        };
        let DeValue::Array(list) = entry.value.get_ref() else {
            return self.refuse(field, entry).unwrap_or_default();
        };
        let open = |value: &'r Spanned<DeValue<'r>>| match value.get_ref() {
            DeValue::Table(tree) => Some(self.below(field.kind.0, tree, value)),
            _ => {
                let takes = crate::document::Describe::describe(&field.kind);
                Spot::new(self.reader, entry.key.get_ref(), value, takes).refuse()
            }
        };
        list.iter().filter_map(open).collect()
    }

    fn below(&self, table: &'static Table, tree: &'r DeTable<'r>, value: &Spanned<DeValue<'_>>) -> Self {
        let span = self.reader.span(value.span());
        Self::open(self.reader, table, tree, span, self.sound)
    }

    fn refuse<T>(&self, field: &'static dyn FieldInfo, entry: &Entry<'r>) -> Option<T> {
        let takes = field.kind().describe();
        Spot::new(self.reader, entry.key.get_ref(), entry.value, takes).refuse()
    }

    fn entry(&self, key: &str) -> Option<&Entry<'r>> {
        self.entries.iter().find(|entry| entry.field.key() == key)
    }
}
