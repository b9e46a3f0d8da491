//! What a file of the site is, by its path.

use super::foreign::Foreign;
use crate::{almanac::DayList, text::bitmap::own::is_glyph_file};

/// The kinds of files that a site is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `site.toml`.
    Site,
    /// Any other `*.toml` at the site's root.
    Playlist,
    /// `scenes/*.toml`.
    Scene,
    /// `calendar/*.toml`.
    Almanac,
    /// 肃静.txt or 加开.txt, at the site's root.
    Days(DayList),
    /// A text under `items/`.
    Item,
    /// A picture under `items/`, in its plain form; that of a video, where it moves.
    Picture,
    /// A video under `items/`, in its plain form.
    Video,
    /// A sheet under `items/`, in its plain form: an item a row.
    Sheet,
    /// The figures of charts, under `data/`, in their plain form.
    Data,
    /// A file under `items/` that cannot be shown, or one at the root that should lie there.
    Foreign,
    /// A glyph of the site's own, under `fonts/`.
    Glyph,
    /// A strike of a face of the site's own, under `fonts/`.
    Strike,
    /// One of [`PHRASES`]: words that are never split.
    Phrases,
}

/// The names that the file of phrases may have, at the site's root.
pub const PHRASES: [&str; 2] = ["不拆词.txt", "phrases.txt"];

/// The path of the site's own file.
pub(super) const SITE: &str = "site.toml";

impl Kind {
    /// Whether it is type rather than something that is set in type.
    pub(super) const fn is_font(self) -> bool {
        matches!(self, Self::Glyph | Self::Strike)
    }

    /// Whether it holds items.
    pub(super) const fn is_item(self) -> bool {
        matches!(self, Self::Item | Self::Picture | Self::Video | Self::Sheet)
    }

    /// Whether its text goes to the wall, so that every character of it needs a glyph.
    pub(super) const fn has_text(self) -> bool {
        matches!(self, Self::Site | Self::Item | Self::Sheet | Self::Data)
    }

    /// The kind of the file at `path`, relative to the site; `None` for what is not the wall's.
    pub(super) fn of(path: &str) -> Option<Self> {
        // Windows does not tell 通知.TXT from 通知.txt, and neither do we.
        let lower = path.to_ascii_lowercase();
        let (is_toml, is_text) = (
            lower.ends_with(".toml"),
            lower.ends_with(".md") || lower.ends_with(".txt"),
        );
        match path.split_once('/') {
            None if let Some(list) = DayList::of(path) => Some(Self::Days(list)),
            None if path == SITE => Some(Self::Site),
            None if is_toml => Some(Self::Playlist),
            None if PHRASES.contains(&path) => Some(Self::Phrases),
            Some(("scenes", name)) if is_toml && !name.contains('/') => Some(Self::Scene),
            Some(("calendar", name)) if is_toml && !name.contains('/') => Some(Self::Almanac),
            Some(("data", name)) if is_data_file(name) && !name.contains('/') => Some(Self::Data),
            Some(("fonts", _)) if is_glyph_file(path) => Some(Self::Glyph),
            Some(("fonts", _)) if is_strike_file(path) => Some(Self::Strike),
            _ if Foreign::of(path).is_some() => Some(Self::Foreign),
            Some(("items", _)) if is_text => Some(Self::Item),
            Some(("items", _)) if is_picture_file(path) => Some(Self::Picture),
            Some(("items", _)) if is_video_file(path) => Some(Self::Video),
            Some(("items", _)) if is_sheet_file(path) => Some(Self::Sheet),
            _ => None,
        }
    }
}

/// Whether a file under `items/` holds items, by its name.
pub(super) fn is_item_file(name: &str) -> bool {
    has_extension(name, &["md", "txt"]) || is_picture_file(name) || is_video_file(name) || is_sheet_file(name)
}

/// Whether a file under `items/` is a picture, by its name.
pub fn is_picture_file(name: &str) -> bool {
    has_extension(name, &["png", "jpg", "jpeg", "webp", "bmp", "gif"])
}

/// Whether a file under `data/` holds figures, by its name.
pub fn is_data_file(name: &str) -> bool {
    has_extension(name, &["csv", "xlsx"])
}

/// Whether a file under `items/` is a video, by its name. A picture that moves is one too, which its name does not say.
pub fn is_video_file(name: &str) -> bool {
    has_extension(
        name,
        &[
            "mp4", "m4v", "mov", "avi", "wmv", "mkv", "flv", "mpg", "mpeg", "ts", "3gp", "webm", "asf",
        ],
    )
}

/// Whether a file under `items/` is a sheet, by its name.
pub fn is_sheet_file(name: &str) -> bool {
    has_extension(name, &["xlsx", "csv"])
}

/// Whether the wall takes a file under `items/` only in a plain form, which is made of it in a process of its own: see
/// [`ReadFault::Waiting`](super::ReadFault::Waiting).
pub fn is_foreign(path: &str) -> bool {
    let is_workbook = has_extension(path, &["xlsx"]);
    match path.split_once('/') {
        Some(("items", name)) => is_picture_file(name) || is_video_file(name) || is_workbook,
        Some(("data", _)) => is_workbook,
        _ => false,
    }
}

/// Whether a file under `fonts/` holds a strike of a face: one that was imported, or a bitmap font.
pub fn is_strike_file(name: &str) -> bool {
    has_extension(name, &["strike", "bdf", "pcf"])
}

fn has_extension(name: &str, known: &[&str]) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    known.iter().any(|known| extension.eq_ignore_ascii_case(known))
}
