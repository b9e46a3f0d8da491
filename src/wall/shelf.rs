//! One file's place in the library: its newest state, and the last version that was good.

use std::sync::Arc;

use super::{kind::Kind, problem::Problem, source::SourceFile};
use crate::{
    diagnostic::{Diagnostic, Source},
    document::{self, Parsed},
    item::{self, Item},
    playlist::{self, Playlist},
    site::{self, Site},
    stage::Template,
    text::{Strike, missing},
    units::Digest,
};

/// A good version of a file.
#[derive(Clone, Debug)]
pub(super) struct Good {
    /// The digest of its bytes.
    pub(super) digest: Digest,
    /// What it says.
    pub(super) value: Value,
}

/// What a file says.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Site(Arc<Site>),
    /// With its text, for the places of references that lead nowhere.
    Playlist(Arc<Playlist>, Source),
    Scene(Arc<Template>),
    Item(Arc<Item>),
}

/// One file: what is in force of it, and what is wrong with its newest bytes.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    newest: SourceFile,
    pub(super) good: Option<Good>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Shelf {
    /// The file as it is now, over the state it had before. Unchanged bytes are not read again.
    pub(super) fn update(before: Option<&Self>, file: &SourceFile, kind: Kind) -> Self {
        if let Some(before) = before.filter(|before| before.is(file)) {
            return before.clone();
        }
        let Parsed { value, diagnostics } = read(file, kind);
        let fresh = value.map(|value| Good {
            digest: file.digest,
            value,
        });
        Self {
            newest: file.clone(),
            good: fresh.or_else(|| before.and_then(|before| before.good.clone())),
            diagnostics,
        }
    }

    /// The file's last good version, now that the file itself is gone: what was wrong with it has gone with it.
    pub(super) fn held(&self) -> Self {
        Self {
            diagnostics: Vec::new(),
            ..self.clone()
        }
    }

    fn is(&self, file: &SourceFile) -> bool {
        self.newest.digest == file.digest
            && self.newest.bytes.is_ok() == file.bytes.is_ok()
            && self.newest.bytes == file.bytes
    }
}

fn read(file: &SourceFile, kind: Kind) -> Parsed<Value> {
    let bytes = match &file.bytes {
        Ok(bytes) => bytes,
        Err(fault) => {
            return Parsed {
                value: None,
                diagnostics: vec![Diagnostic::of_file(Arc::clone(&file.path), &Problem::from(fault))],
            };
        }
    };
    match kind {
        Kind::Site => site::parse(&file.path, bytes).map(|site| Value::Site(Arc::new(site))),
        Kind::Playlist => {
            let source = source(file, bytes);
            playlist::parse(&file.path, bytes).map(|playlist| Value::Playlist(Arc::new(playlist), source))
        }
        Kind::Scene => match Template::parse(&source(file, bytes)) {
            Ok(template) => Parsed {
                value: Some(Value::Scene(Arc::new(template))),
                diagnostics: Vec::new(),
            },
            Err(diagnostics) => Parsed {
                value: None,
                diagnostics,
            },
        },
        Kind::Item => gate(item::parse(&file.path, bytes), file, bytes).map(|item| Value::Item(Arc::new(item))),
    }
}

/// Lets an item through when every character of it has a glyph: never a hole on the wall.
fn gate(mut parsed: Parsed<Item>, file: &SourceFile, bytes: &[u8]) -> Parsed<Item> {
    let Some(item) = &parsed.value else { return parsed };
    let texts = [&item.title]
        .into_iter()
        .chain(item.department.as_ref())
        .chain(item.number.as_ref());
    let paragraphs = item.body.iter().map(|paragraph| &paragraph.text);
    let hole = texts
        .chain(paragraphs)
        .find_map(|text| missing(text, Strike::sixteen()));
    if let Some((_, character)) = hole {
        let source = source(file, bytes);
        let problem = Problem::NoGlyph(character);
        parsed.diagnostics.push(match source.text().find(character) {
            Some(at) => Diagnostic::at(&source, at..at + character.len_utf8(), &problem),
            None => Diagnostic::of_file(Arc::clone(&file.path), &problem),
        });
        parsed.value = None;
    }
    parsed
}

/// The file's text; empty where it cannot be decoded, which its reader reports.
fn source(file: &SourceFile, bytes: &[u8]) -> Source {
    let text = document::decode(bytes).map(|decoded| decoded.text).unwrap_or_default();
    Source::new(Arc::clone(&file.path), text)
}
