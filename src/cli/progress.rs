//! How far a long piece of work has come, for whoever watches.

use super::terminal::Terminal;

/// One line on standard error, rewritten in place; nothing where nobody watches.
#[derive(Debug)]
pub(super) struct Progress {
    shown: bool,
    total: i64,
    percent: Option<i64>,
}

impl Progress {
    /// Of work in `total` steps.
    pub(super) const fn new(terminal: &Terminal, total: i64) -> Self {
        Self {
            shown: terminal.is_interactive(),
            total,
            percent: None,
        }
    }

    /// `done` steps are done.
    pub(super) fn at(&mut self, done: i64) {
        let percent = (done * 100).checked_div(self.total).unwrap_or(100);
        if self.shown && self.percent != Some(percent) {
            self.percent = Some(percent);
            eprint!("\r{percent:3} %  {done}/{}", self.total);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.percent.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}
