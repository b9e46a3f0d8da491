//! What a scene's boxes can be filled with.

use std::sync::Arc;

use jiff::civil::Date;

use super::{field::Field, film::Film};
use crate::{
    frame::Fitting,
    item::{Chart, Counter, Paragraph, Picture},
};

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
    /// What is shown instead of all that, or in a box of its own among it.
    pub picture: Option<Picture>,
    /// Whether what is shown has a box of its own, [`Template::media_area`](super::Template::media_area), rather than the whole zone.
    pub is_beside: bool,
    /// How it fills its place.
    pub fitting: Fitting,
    /// `chart`: the figures that are drawn.
    pub chart: Option<Arc<Chart>>,
    /// The clip that is shown likewise.
    pub film: Option<Film>,
}

impl Content {
    /// Whether a picture or a film is shown instead of its words.
    pub const fn is_wordless(&self) -> bool {
        !self.is_beside && (self.picture.is_some() || self.film.is_some())
    }

    /// Whether it has anything for `field`. The time is always there, and so is the page's number.
    pub fn has(&self, field: Field) -> bool {
        match field {
            Field::Media => self.is_beside,
            Field::Chart => self.chart.is_some(),
            Field::Code => !self.link.is_empty(),
            Field::DaysLeft => matches!(self.counter, Some(Counter::Countdown(_))),
            Field::DayNumber => matches!(self.counter, Some(Counter::Days(_))),
            Field::Page | Field::Time(_) => true,
            _ => field.texts(self, 0, 1).iter().any(|text| !text.trim().is_empty()),
        }
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
