//! The names by which a box is filled.

use std::sync::Arc;

use jiff::civil::Date;

use super::content::Content;

/// What a box shows of an item, of its page or of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The item's title.
    Title,
    /// What it says.
    Body,
    /// The column's title.
    Column,
    /// Who publishes it.
    Department,
    /// Its document number 文号.
    Number,
    /// The date of publication: 2026年5月8日.
    Published,
    /// The building's short name.
    Site,
    /// The page's number and how many there are, 1/3; empty where there is only one.
    Page,
    /// Something that changes with the clock.
    Time(TimeField),
}

/// What a box shows of the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeField {
    /// 09:30:05
    Time,
    /// 09:30
    Minute,
    /// 2026年5月8日
    Date,
    /// 星期五
    Weekday,
    /// 2026年5月8日 星期五
    Day,
    /// 2026年5月8日 星期五 09:30:05
    DateTime,
}

impl Field {
    /// What `content` has for the field on page `page` (from 0) of `pages`, one text a paragraph; nothing for a time.
    pub(super) fn texts(self, content: &Content, page: u16, pages: u16) -> Vec<Arc<str>> {
        let text = match self {
            Self::Title => Arc::clone(&content.title),
            Self::Body => {
                return content
                    .body
                    .iter()
                    .map(|paragraph| Arc::clone(&paragraph.text))
                    .collect();
            }
            Self::Column => Arc::clone(&content.column),
            Self::Department => Arc::clone(&content.department),
            Self::Number => Arc::clone(&content.number),
            Self::Published => content.published.map(date).unwrap_or_default().into(),
            Self::Site => Arc::clone(&content.site),
            Self::Page if pages > 1 => format!("{}/{pages}", page + 1).into(),
            Self::Page | Self::Time(_) => Arc::default(),
        };
        if text.is_empty() { Vec::new() } else { vec![text] }
    }

    /// Whether a visitor reads it as part of the item, so that it counts towards the dwell.
    pub(super) const fn is_read(self) -> bool {
        matches!(
            self,
            Self::Title | Self::Body | Self::Department | Self::Number | Self::Published
        )
    }
}

impl TimeField {
    /// What is said instead where there is no room.
    pub(super) const fn shorter(self) -> Option<Self> {
        match self {
            Self::DateTime => Some(Self::Day),
            Self::Day => Some(Self::Date),
            Self::Time => Some(Self::Minute),
            Self::Date | Self::Minute | Self::Weekday => None,
        }
    }
}

/// A date as a notice writes it: 2026年5月8日.
pub(super) fn date(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
