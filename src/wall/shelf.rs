//! One file's place in the library: its newest state, and the last version that was good.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    foreign::Foreign,
    kind::Kind,
    problem::Problem,
    source::{ReadFault, SourceFile},
    witness::{Task, Work, witnessed},
};
use crate::{
    almanac::{self, Almanac},
    diagnostic::{Bilingual, Diagnostic, Source},
    document::{self, Parsed},
    item::{self, Figures, Item},
    playlist::{self, Playlist},
    site::{self, Site},
    stage::Template,
    text::{
        Compositor, PhraseFile, Phrases, SharedStrike, Why,
        bitmap::{
            self,
            own::{self, OwnGlyph},
        },
    },
    units::Digest,
};

/// A good version of a file.
#[derive(Clone, Debug)]
pub(super) struct Good {
    /// The digest of its bytes.
    pub(super) digest: Digest,
    /// Its bytes, which may be older than the newest ones.
    pub(super) bytes: Arc<[u8]>,
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
    /// With its text, for the places of what contradicts another file.
    Almanac(Arc<Almanac>, Source),
    Item(Arc<Item>),
    /// The items of a sheet, in the order of its rows.
    Sheet(Arc<[Arc<Item>]>),
    Data(Arc<Figures>),
    Phrases(Arc<Phrases>),
    Glyph(Arc<OwnGlyph>),
    Strike(SharedStrike),
}

/// One file: what is in force of it, and what is wrong with its newest bytes.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    newest: SourceFile,
    pub(super) good: Option<Good>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Shelf {
    /// The file as it is now, over the state it had before; `compositor` says what has a glyph. Unchanged bytes are not read again, unless
    /// that may have `changed`.
    pub(super) fn update(
        before: Option<&Self>,
        file: &SourceFile,
        kind: Kind,
        compositor: &Compositor,
        changed: bool,
    ) -> Self {
        let stays = |before: &&Self| before.is(file) && !(changed && kind.has_text());
        if let Some(before) = before.filter(stays) {
            return before.clone();
        }
        let work = Work {
            path: &file.path,
            digest: file.digest,
            task: Task::Read,
        };
        let parsed = witnessed(&work, || read(file, kind, compositor)).unwrap_or_else(|words| {
            Parsed::refused(Diagnostic::of_file(Arc::clone(&file.path), &Problem::Broke(words)))
        });
        let Parsed { value, diagnostics } = parsed;
        let fresh = value.zip(file.bytes.as_ref().ok()).map(|(value, bytes)| Good {
            digest: file.digest,
            bytes: Arc::clone(bytes),
            value,
        });
        let mended = (kind == Kind::Sheet)
            .then(|| mended(before, file, &diagnostics, compositor))
            .flatten();
        Self {
            newest: file.clone(),
            good: mended
                .or(fresh)
                .or_else(|| before.and_then(|before| before.kept(compositor, changed)))
                .filter(|good| file.bytes != Err(ReadFault::Quarantined) || good.digest != file.digest),
            diagnostics,
        }
    }

    /// The last good version, unless a glyph that it needs may have gone with the site's own: a hole on the wall is worse than no item.
    fn kept(&self, compositor: &Compositor, changed: bool) -> Option<Good> {
        let is_whole = |good: &&Good| match &good.value {
            Value::Item(item) if changed => holes_of_item(item, compositor).is_empty(),
            Value::Data(figures) if changed => holes(figures.texts(), compositor).is_empty(),
            Value::Sheet(items) if changed => items.iter().all(|item| holes_of_item(item, compositor).is_empty()),
            _ => true,
        };
        self.good.as_ref().filter(is_whole).cloned()
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

fn read(file: &SourceFile, kind: Kind, compositor: &Compositor) -> Parsed<Value> {
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
        Kind::Site => {
            let parsed = gate(
                site::parse(&file.path, bytes),
                |site| holes_of_site(site, compositor),
                file,
                bytes,
            );
            parsed.map(|site| Value::Site(Arc::new(site)))
        }
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
        Kind::Almanac => {
            let source = source(file, bytes);
            almanac::parse(&file.path, bytes).map(|almanac| Value::Almanac(Arc::new(almanac), source))
        }
        Kind::Days(list) => {
            let source = source(file, bytes);
            almanac::parse_list(list, &file.path, bytes).map(|almanac| Value::Almanac(Arc::new(almanac), source))
        }
        Kind::Glyph => match own::read_glyph(&file.path, bytes) {
            Ok(glyph) => Parsed {
                value: Some(Value::Glyph(Arc::new(glyph))),
                diagnostics: Vec::new(),
            },
            Err(fault) => Parsed::refused(fault.diagnostic(Arc::clone(&file.path))),
        },
        Kind::Strike => strike(file, bytes),
        Kind::Phrases => match document::source(&file.path, bytes) {
            Ok(source) => phrases(&source),
            Err(diagnostic) => Parsed::refused(*diagnostic),
        },
        Kind::Foreign => refused_unread(file),
        Kind::Item => gate(
            item::parse(&file.path, bytes),
            |item| holes_of_item(item, compositor),
            file,
            bytes,
        )
        .map(|item| Value::Item(Arc::new(item))),
        // What the file is was found out where it was decoded.
        Kind::Picture | Kind::Video => {
            match item::picture(&file.path, bytes).or_else(|| item::video(&file.path, bytes)) {
                Some(item) => Parsed {
                    value: Some(Value::Item(Arc::new(item))),
                    diagnostics: Vec::new(),
                },
                None => Parsed::refused(Diagnostic::of_file(Arc::clone(&file.path), &Problem::NotPlain)),
            }
        }
        Kind::Sheet => sheet(file, bytes, compositor),
        Kind::Data => gate(
            item::figures(&file.path, bytes),
            |figures| holes(figures.texts(), compositor),
            file,
            bytes,
        )
        .map(|figures| Value::Data(Arc::new(figures))),
    }
}

/// The items of a sheet: those of its good rows of which every character has a glyph.
fn sheet(file: &SourceFile, bytes: &[u8], compositor: &Compositor) -> Parsed<Value> {
    let Parsed { value, mut diagnostics } = item::sheet(&file.path, bytes);
    let items = value.and_then(|rows| {
        let (count, mut items) = (rows.len(), Vec::new());
        for row in rows {
            let holes = holes_of_item(&row.item, compositor);
            diagnostics.extend(holes.iter().take(TOLD).map(|(text, (told, why))| {
                let problem = Problem::NoGlyph {
                    told: told.clone(),
                    why: *why,
                };
                Diagnostic {
                    place: Some(row.place(text)),
                    ..Diagnostic::of_file(Arc::clone(&file.path), &problem)
                }
            }));
            if holes.is_empty() {
                items.push(Arc::new(row.item));
            }
        }
        (count == 0 || !items.is_empty()).then_some(items)
    });
    Parsed {
        value: items.map(|items| Value::Sheet(items.into())),
        diagnostics,
    }
}

/// A sheet of which `told` says that rows are bad, with those rows as they were when they were good, as far as `before` has them.
fn mended(before: Option<&Shelf>, file: &SourceFile, told: &[Diagnostic], compositor: &Compositor) -> Option<Good> {
    let bad = told.iter().filter(|told| told.is_error());
    let bad: BTreeSet<u32> = bad.filter_map(|told| Some(told.place.as_ref()?.line)).collect();
    let before = before?.good.as_ref().filter(|_| !bad.is_empty())?;
    let bytes: Arc<[u8]> = item::mend(file.bytes.as_ref().ok()?, &before.bytes, &bad)?.into();
    let value = sheet(file, &bytes, compositor).value?;
    Some(Good {
        digest: Digest::of(&bytes),
        bytes,
        value,
    })
}

/// A file that nobody reads, whatever stands in it.
fn refused_unread(file: &SourceFile) -> Parsed<Value> {
    let foreign = Foreign::of(&file.path);
    let told = foreign.map(|foreign| Diagnostic::of_file(Arc::clone(&file.path), &Problem::Foreign(foreign)));
    Parsed {
        value: None,
        diagnostics: told.into_iter().collect(),
    }
}

/// The strike in `bytes`, whether it was imported or is a bitmap font.
fn strike(file: &SourceFile, bytes: &Arc<[u8]>) -> Parsed<Value> {
    let is_imported = file.path.to_ascii_lowercase().ends_with(".strike");
    let made = if is_imported {
        Ok(Arc::clone(bytes))
    } else {
        bitmap::read(bytes).map(|font| font.strike().into())
    };
    let made = made.map_err(|fault| fault.diagnostic(Arc::clone(&file.path)));
    let strike = made.and_then(|bytes| {
        SharedStrike::read(bytes).map_err(|fault| Diagnostic::of_file(Arc::clone(&file.path), &fault))
    });
    match strike {
        Ok(strike) => Parsed {
            value: Some(Value::Strike(strike)),
            diagnostics: Vec::new(),
        },
        Err(diagnostic) => Parsed::refused(diagnostic),
    }
}

/// The phrases in `source`: its good lines hold, and the others are told.
fn phrases(source: &Source) -> Parsed<Value> {
    let PhraseFile { phrases, faults } = Phrases::parse(source.text());
    let told = faults.into_iter().take(TOLD);
    Parsed {
        value: Some(Value::Phrases(Arc::new(phrases))),
        diagnostics: told
            .map(|fault| Diagnostic::at(source, fault.span, &fault.error))
            .collect(),
    }
}

/// Lets a value through when every character of it has a glyph: never a hole on the wall.
fn gate<T>(mut parsed: Parsed<T>, holes: impl FnOnce(&T) -> Holes, file: &SourceFile, bytes: &[u8]) -> Parsed<T> {
    let holes = parsed.value.as_ref().map(holes).unwrap_or_default();
    if holes.is_empty() {
        return parsed;
    }
    let source = source(file, bytes);
    let told = holes.into_iter().take(TOLD).map(|(text, (told, why))| {
        let problem = Problem::NoGlyph { told, why };
        match source.text().find(&text) {
            Some(at) => Diagnostic::at(&source, at..at + text.len(), &problem),
            None => Diagnostic::of_file(Arc::clone(&file.path), &problem),
        }
    });
    parsed.diagnostics.extend(told);
    parsed.value = None;
    parsed
}

/// How many characters without a glyph, or lines that are no phrases, are named of one file.
const TOLD: usize = 20;

/// What of a file cannot be set, with the reason: each once, in the order of code points.
type Holes = BTreeMap<String, (Bilingual, Why)>;

fn holes_of_item(item: &Item, compositor: &Compositor) -> Holes {
    let head = [&item.title].into_iter().chain(&item.department).chain(&item.number);
    holes(
        head.chain(item.body.iter().map(|paragraph| &paragraph.text)),
        compositor,
    )
}

fn holes_of_site(site: &Site, compositor: &Compositor) -> Holes {
    let titles = site.columns.iter().map(|column| &column.title);
    let full_texts = site.columns.iter().filter_map(|column| column.full_text.as_ref());
    holes(
        [&site.title]
            .into_iter()
            .chain(titles)
            .chain(&site.full_text)
            .chain(full_texts),
        compositor,
    )
}

fn holes<'a>(texts: impl Iterator<Item = &'a Arc<str>>, compositor: &Compositor) -> Holes {
    let mut holes = Holes::new();
    for refusal in texts.flat_map(|text| compositor.refusals(text)) {
        let told = || (refusal.told(), refusal.why);
        holes.entry(refusal.text.to_owned()).or_insert_with(told);
    }
    holes
}

/// The file's text; empty where it cannot be decoded, which its reader reports.
fn source(file: &SourceFile, bytes: &[u8]) -> Source {
    let text = document::decode(bytes).map(|decoded| decoded.text).unwrap_or_default();
    Source::new(Arc::clone(&file.path), text)
}
