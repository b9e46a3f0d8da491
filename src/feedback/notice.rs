//! A problem, and who can do something about it.

use crate::diagnostic::Diagnostic;

/// Who can do something about a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Whoever fills the folder: it is about its files.
    Clerk,
    /// Whoever looks after the machine: its clock, its network, its disk.
    Integrator,
}

/// What a notice is about that tells that the wall is stopped.
pub const STOPPED: &str = "停播";

/// A problem as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Who can do something about it.
    pub whose: Whose,
    /// The problem.
    pub diagnostic: Diagnostic,
}

impl Notice {
    /// Whether it tells that the wall is stopped.
    pub(super) fn is_stop(&self) -> bool {
        self.whose == Whose::Integrator && &*self.diagnostic.file == STOPPED
    }
}
