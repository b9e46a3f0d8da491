//! How much of a processor a thread takes.

use std::time::Duration;

use crate::units::Moment;

/// Watches one thread, window by window. Driven by moments and by what the thread has worked since it began.
#[derive(Clone, Debug)]
pub struct Share {
    /// When the window began, and what had been worked then; `None` before the first one.
    since: Option<(Moment, Duration)>,
}

impl Share {
    /// How long a window is: one page that is hard to prepare is no reason.
    pub const WINDOW: Duration = Duration::from_secs(5);

    /// The most of a processor, in hundredths.
    pub const MOST: u32 = 50;

    /// Nothing was seen yet.
    pub const fn new() -> Self {
        Self { since: None }
    }

    /// Whether a window is over at `now`, or none has begun.
    pub fn is_due(&self, now: Moment) -> bool {
        self.since.is_none_or(|(since, _)| now.since(since) >= Self::WINDOW)
    }

    /// Whether the thread, which has worked for `worked` since it began, took too much of the window that ends at `now`. Another one begins.
    pub fn is_excessive(&mut self, now: Moment, worked: Duration) -> bool {
        let Some((since, before)) = self.since.replace((now, worked)) else {
            return false;
        };
        worked.saturating_sub(before) * 100 > now.since(since) * Self::MOST
    }
}

impl Default for Share {
    fn default() -> Self {
        Self::new()
    }
}
