//! What a scene's boxes can be filled with.

use std::sync::Arc;

use jiff::civil::Date;

use super::film::Film;
use crate::item::{Counter, Paragraph, Picture};

/// The fields of one item, as the boxes of a template name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// The address that its QR code leads to; empty where it has none.
    pub link: Arc<str>,
    /// `title`: the item's title.
    pub title: Arc<str>,
    /// `body`: what it says.
    pub body: Vec<Paragraph>,
    /// `column`: the column's title.
    pub column: Arc<str>,
    /// `department`: who publishes it.
    pub department: Arc<str>,
    /// `number`: its document number 文号.
    pub number: Arc<str>,
    /// `published`: the date of publication.
    pub published: Option<Date>,
    /// `first_day`, `last_day`, `period`: the days of a posting 公示期, both included.
    pub period: Option<(Date, Date)>,
    /// `days_left`, `day_number`: the days that are counted.
    pub counter: Option<Counter>,
    /// `site`: the building's short name.
    pub site: Arc<str>,
    /// How much of it is shown, and where the rest is.
    pub extent: Extent,
    /// What is shown instead of all that.
    pub picture: Option<Picture>,
    /// The clip that is shown instead of all that.
    pub film: Option<Film>,
}

impl Content {
    /// Whether a picture or a film is shown instead of its words.
    pub const fn is_wordless(&self) -> bool {
        self.picture.is_some() || self.film.is_some()
    }
}

/// How many pages a content may take, and where the whole of it is when it is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The most pages, 1 to [`Extent::LIMIT`]; numbers beyond count as the nearest of these.
    pub pages: u16,
    /// What follows 全文见 on the last page; without it a visitor is told to ask at the desk.
    pub full_text: Option<Arc<str>>,
}

impl Extent {
    /// The most pages that any content takes.
    pub const LIMIT: u16 = 999;
}

impl Default for Extent {
    fn default() -> Self {
        Self {
            pages: Self::LIMIT,
            full_text: None,
        }
    }
}
