//! What every reader gives back.

use crate::diagnostic::Diagnostic;

/// The value of a file, if it is in order, and everything that is to be said about it.
#[derive(Clone, Debug)]
pub struct Parsed<T> {
    /// The value; `None` where anything was refused.
    pub value: Option<T>,
    /// All problems, in the order of their places.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Parsed<T> {
    /// No value, for one reason.
    pub fn refused(diagnostic: Diagnostic) -> Self {
        Self {
            value: None,
            diagnostics: vec![diagnostic],
        }
    }

    /// The same diagnostics over what `change` makes of the value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed {
            value: self.value.map(change),
            diagnostics: self.diagnostics,
        }
    }
}
