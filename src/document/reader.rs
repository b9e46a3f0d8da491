//! One reading of one document: its text, the way back to it, and the problems found so far.

use std::{cell::RefCell, ops::Range};

use toml::{Spanned, de::DeValue};

use super::{Parsed, Refusal, plain::Plain};
use crate::diagnostic::{Bilingual, Diagnostic, Explain, Severity, Source};

/// The most problems that are told of one file; a person repairs the first ones and looks again.
const MOST: usize = 100;

/// The longest quotation of a value in a message, in characters.
const QUOTED: usize = 40;

/// A document being read.
pub struct Reader<'s> {
    source: &'s Source,
    plain: Plain,
    /// Whether its values are written without TOML, so that a number comes as text.
    is_bare: bool,
    problems: RefCell<Vec<Problem>>,
}

struct Problem {
    span: Range<usize>,
    what: Box<dyn Explain>,
}

impl<'s> Reader<'s> {
    /// Begins to read the bytes `part` of `source`.
    pub(super) fn new(source: &'s Source, part: Range<usize>) -> Self {
        let plain = Plain::of(source.text(), part);
        let reader = Self {
            source,
            plain,
            is_bare: false,
            problems: RefCell::default(),
        };
        for (span, fault) in reader.plain.faults() {
            reader.problem(span.clone(), fault.clone());
        }
        reader
    }

    /// Begins to read pairs of keys and values that stand in `source` without TOML.
    pub(super) fn bare(source: &'s Source) -> Self {
        Self {
            source,
            plain: Plain::none(source.text().len()),
            is_bare: true,
            problems: RefCell::default(),
        }
    }

    /// The plain TOML that was made of the text.
    pub(super) fn plain(&self) -> &Plain {
        &self.plain
    }

    /// The bytes of the user's text that `span` of the plain text came from.
    pub fn span(&self, span: Range<usize>) -> Range<usize> {
        self.plain.origin(span)
    }

    /// Tells of a problem at the bytes `span` of the user's text.
    pub fn problem(&self, span: Range<usize>, what: impl Explain + 'static) {
        let what = Box::new(what);
        self.problems.borrow_mut().push(Problem { span, what });
    }

    /// What `read` gives, without the problems that it tells.
    pub(super) fn silently<T>(&self, read: impl FnOnce() -> T) -> T {
        let told = self.problems.borrow().len();
        let value = read();
        self.problems.borrow_mut().truncate(told);
        value
    }

    /// The user's own words at `span`, shortened to fit a message.
    pub fn quote(&self, span: Range<usize>) -> String {
        let text = self.source.text().get(span).unwrap_or_default();
        let mut words: String = text.chars().take(QUOTED).collect();
        if words.len() < text.len() {
            words.push('…');
        }
        words
    }

    /// All that was found, and `value` if nothing was refused.
    pub(super) fn finish<T>(self, value: Option<T>) -> Parsed<T> {
        let mut problems = self.problems.into_inner();
        let refused = problems
            .iter()
            .any(|problem| problem.what.severity() == Severity::Error);
        debug_assert!(value.is_some() || refused, "a reader that gives no value says why");
        problems.sort_by_key(|problem| problem.span.start);
        problems.truncate(MOST);
        let tell = |problem: Problem| Diagnostic::at(self.source, problem.span, &Told(problem.what));
        Parsed {
            value: value.filter(|_| !refused),
            diagnostics: problems.into_iter().map(tell).collect(),
        }
    }
}

/// A boxed problem is a problem.
struct Told(Box<dyn Explain>);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Explain for Told {
    fn chinese(&self) -> String {
        self.0.chinese()
    }

    fn help(&self) -> Bilingual {
        self.0.help()
    }

    fn severity(&self) -> Severity {
        self.0.severity()
    }
}

/// A value of the tree on its way to being read.
pub struct Spot<'r> {
    reader: &'r Reader<'r>,
    key: &'r str,
    value: &'r Spanned<DeValue<'r>>,
    takes: Bilingual,
}

impl<'r> Spot<'r> {
    /// The value of `key`, which takes `takes`.
    pub(super) fn new(reader: &'r Reader<'r>, key: &'r str, value: &'r Spanned<DeValue<'r>>, takes: Bilingual) -> Self {
        Self {
            reader,
            key,
            value,
            takes,
        }
    }

    /// An element of this list.
    pub fn element(&self, value: &'r Spanned<DeValue<'r>>) -> Self {
        Self::new(self.reader, self.key, value, self.takes.clone())
    }

    /// What the tree holds here.
    pub fn value(&self) -> &'r DeValue<'r> {
        self.value.get_ref()
    }

    /// Whether it is written without TOML, so that a number comes as text.
    pub fn is_bare(&self) -> bool {
        self.reader.is_bare
    }

    /// Where it stands in the user's text.
    pub fn span(&self) -> Range<usize> {
        self.reader.span(self.value.span())
    }

    /// Refuses the value: it is not what the key takes.
    pub fn refuse<T>(&self) -> Option<T> {
        self.refuse_because(Bilingual::default())
    }

    /// Refuses the value, and says why it will not do.
    pub fn refuse_because<T>(&self, why: Bilingual) -> Option<T> {
        // Quotation marks are TOML's; elsewhere they must not be copied.
        let plain = |words: &str| words.replace('"', "");
        let takes = match self.is_bare() {
            true => Bilingual::new(plain(&self.takes.zh), plain(&self.takes.en)),
            false => self.takes.clone(),
        };
        let refusal = Refusal {
            key: self.key.to_owned(),
            takes,
            found: self.found(),
            why,
        };
        self.reader.problem(self.span(), refusal);
        None
    }

    /// Tells of another problem of the value.
    pub fn problem<T>(&self, what: impl Explain + 'static) -> Option<T> {
        self.reader.problem(self.span(), what);
        None
    }

    /// Tells of a problem of the bytes `part` of the text that stands here; of the whole where escapes leave their place uncertain.
    pub fn problem_within<T>(&self, part: Range<usize>, what: impl Explain + 'static) -> Option<T> {
        let span = match self.text_start() {
            Some(start) => start + part.start..start + part.end,
            None => self.span(),
        };
        self.reader.problem(span, what);
        None
    }

    /// Where the text that stands here begins, if it is written just as it reads.
    fn text_start(&self) -> Option<usize> {
        let (DeValue::String(text), span) = (self.value(), self.span()) else {
            return None;
        };
        let written = self.reader.source.text().get(span.clone())?;
        let at = written.find(text.as_ref()).filter(|_| !text.is_empty())?;
        Some(span.start + at)
    }

    fn found(&self) -> Bilingual {
        match self.value() {
            DeValue::Array(_) => Bilingual::new("列表", "a list"),
            DeValue::Table(_) => Bilingual::new("表", "a table"),
            _ => {
                let words = self.reader.quote(self.span());
                Bilingual::new(words.clone(), words)
            }
        }
    }
}
