//! What a screen shows, told in words: for the page, for `--json`, for the terminal.

use std::sync::Arc;

use serde::Serialize;

/// What one screen shows at one instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ScreenView {
    /// The screen's identity.
    pub id: Arc<str>,
    /// Its name for people.
    pub title: Arc<str>,
    /// Columns of LEDs.
    pub width: u32,
    /// Rows of LEDs.
    pub height: u32,
    /// Ticks a second.
    pub rate: u16,
    /// Why it is dark, in both languages; `None` while it is lit.
    pub dark: Option<(String, String)>,
    /// One a zone, in the site's order, then the whole screen's.
    pub zones: Vec<ZoneView>,
}

/// What one zone shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ZoneView {
    /// The zone's identity, or `*`.
    pub id: Arc<str>,
    /// LEDs from the left edge.
    pub x: u32,
    /// LEDs from the top edge.
    pub y: u32,
    /// Columns of LEDs.
    pub width: u32,
    /// Rows of LEDs.
    pub height: u32,
    /// What plays now.
    pub now: Option<CueView>,
    /// What comes next.
    pub next: Option<CueView>,
}

/// One cue, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CueView {
    /// The item's identity, or `clock`.
    pub item: Arc<str>,
    /// Its title.
    pub title: Arc<str>,
    /// The item's file, where it has one.
    pub file: Option<Arc<str>>,
    /// Its page, from 1.
    pub page: u16,
    /// How many pages it has.
    pub pages: u16,
    /// Since when, RFC 3339 in the site's zone.
    pub since: String,
    /// Until when, RFC 3339 in the site's zone.
    pub until: String,
    /// The playlist's file.
    pub playlist: Arc<str>,
    /// The playlist's priority by name.
    pub priority: &'static str,
    /// Why it plays, in Chinese.
    pub why_zh: String,
    /// Why it plays, in English.
    pub why_en: String,
}
