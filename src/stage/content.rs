//! What a scene's boxes can be filled with.

use std::sync::Arc;

use jiff::civil::Date;

use crate::item::{Counter, Paragraph};

/// The fields of one item, as the boxes of a template name them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
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
}
