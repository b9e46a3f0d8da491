//! What of the log is written: each thing once a minute, and no more in all than a small disk can take for years.

use std::{collections::VecDeque, time::Duration};

use crate::units::Moment;

/// For how long the same line is counted rather than written.
const AGAIN: Duration = Duration::from_secs(60);

/// How many lines are remembered.
const MOST: usize = 64;

/// How often it is told that lines were left out.
const TOLD: Duration = Duration::from_secs(600);

/// How much may be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes at once.
    pub burst: u64,
    /// Bytes an hour, in the long run.
    pub hourly: u64,
}

impl Default for Limits {
    /// A month of the worst comes to 33 MB.
    fn default() -> Self {
        Self {
            burst: 2_000_000,
            hourly: 43_000,
        }
    }
}

/// Lets lines through, or counts them. Driven by moments alone.
#[derive(Debug)]
pub struct Gate {
    limits: Option<Limits>,
    /// What was written within the last minute, the oldest first.
    recent: VecDeque<Recent>,
    /// Bytes that may still be written, and when that was reckoned.
    left: u64,
    reckoned: Option<Moment>,
    /// Lines that were left out since that was told.
    omitted: u64,
    told: Option<Moment>,
}

#[derive(Debug)]
struct Recent {
    /// The line without its time.
    words: String,
    since: Moment,
    again: u64,
}

impl Gate {
    /// Nothing was written yet. Without limits everything passes: somebody is looking for something.
    pub fn new(limits: Option<Limits>) -> Self {
        Self {
            limits,
            recent: VecDeque::new(),
            left: limits.map_or(0, |limits| limits.burst),
            reckoned: None,
            omitted: 0,
            told: None,
        }
    }

    /// Counts lines that were lost before they came here.
    pub const fn add_dropped(&mut self, count: u64) {
        self.omitted += count;
    }

    /// What to write of `line`, which begins with its time, at `now`.
    pub fn take(&mut self, line: &str, now: Moment) -> String {
        if self.limits.is_none() {
            return line.to_owned();
        }
        let words = words(line);
        if let Some(recent) = self.recent.iter_mut().find(|recent| recent.words == words) {
            recent.again += 1;
            return String::new();
        }
        let mut text = String::new();
        if self.recent.len() == MOST {
            text += &self.sum_up(now);
        }
        self.recent.push_back(Recent {
            words: words.to_owned(),
            since: now,
            again: 0,
        });
        text += &self.pay(line.to_owned(), now);
        text
    }

    /// What is to be written at `now` though nothing comes: what was said again, and what was left out.
    pub fn due(&mut self, now: Moment) -> String {
        let mut text = String::new();
        while self
            .recent
            .front()
            .is_some_and(|recent| now.since(recent.since) >= AGAIN)
        {
            text += &self.sum_up(now);
        }
        if self.omitted > 0 && self.told.is_none_or(|told| now.since(told) >= TOLD) {
            self.told = Some(now);
            text += &self.omission();
        }
        text
    }

    /// What is to be written at the end.
    pub fn rest(&mut self) -> String {
        let recent = std::mem::take(&mut self.recent);
        let mut text: String = recent.iter().map(Recent::told).collect();
        text += &self.omission();
        text
    }

    fn omission(&mut self) -> String {
        match std::mem::take(&mut self.omitted) {
            0 => String::new(),
            count => format!("省略日志 {count} 行 {count} lines of the log were left out\n"),
        }
    }

    /// Forgets the oldest line, and says how often it came again.
    fn sum_up(&mut self, now: Moment) -> String {
        match self.recent.pop_front() {
            Some(recent) if recent.again > 0 => self.pay(recent.told(), now),
            _ => String::new(),
        }
    }

    /// The text, where there is room for it; else it is counted.
    fn pay(&mut self, text: String, now: Moment) -> String {
        let Some(limits) = self.limits else { return text };
        let since = now.since(self.reckoned.unwrap_or(now));
        let earned = u64::try_from(since.as_millis() * u128::from(limits.hourly) / 3_600_000).unwrap_or(u64::MAX);
        // Not before something was earned, or a busy log would earn nothing.
        if earned > 0 || self.reckoned.is_none() {
            self.left = self.left.saturating_add(earned).min(limits.burst);
            self.reckoned = Some(now);
        }
        let length = text.len() as u64;
        if length > self.left {
            self.omitted += 1;
            return String::new();
        }
        self.left -= length;
        text
    }
}

impl Recent {
    fn told(&self) -> String {
        match self.again {
            0 => String::new(),
            again => format!("重复 {again} 次 repeated {again} times: {}\n", self.words),
        }
    }
}

/// A line without the time with which it begins.
fn words(line: &str) -> &str {
    let line = line.trim_end_matches('\n');
    line.split_once(' ').map_or(line, |(_, words)| words)
}
