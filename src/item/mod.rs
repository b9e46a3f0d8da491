//! One item: a published text, from its file's bytes to a value.
//!
//! Front matter between `+++` lines, or a head of `键：值` lines, or neither; then a body in a stated Markdown subset. Bytes in, an
//! [`Item`] and diagnostics out; the path under `items/` says in which folder it lies. Times stay civil here: the site's zone is not this room's business.

mod beyond;
mod body;
mod chart;
mod emphasis;
mod fault;
mod figures;
mod focus;
mod head;
mod kind;
mod named;
mod office;
mod picture;
mod read;
mod sheet;
mod table;
mod term;
mod video;

use std::{ops::Range, sync::Arc};

pub use beyond::{Beyond, Form};
pub use body::{Body, parse as parse_body, parse_typed};
pub use chart::{Bar, Chart, ChartBody, ChartFault, ChartKind, ChartSpec};
pub use figures::{Column as FiguresColumn, Figures, Number, figures};
pub use named::NamedFile;
pub use picture::{PICTURE_LIMIT, PICTURE_PIXELS, PICTURE_SIDE, Picture};
pub use sheet::{ROW_LIMIT, Row, mend, sheet, write_row};
pub use table::ITEM;
pub use video::{Take, Video};

use jiff::{
    SignedDuration,
    civil::{Date, DateTime},
};

use crate::{
    diagnostic::Place,
    document::{self, Parsed},
    frame::Fitting,
    units::Digest,
};

/// The longest text that an item may have, in characters: an hour and a half at reading speed.
pub const TEXT_LIMIT: usize = 20_000;

/// The longest title, in characters.
pub const TITLE_LIMIT: usize = 200;

/// Reads the bytes of the item `file`, whose path begins with `items/`.
pub fn parse(file: &str, bytes: &[u8]) -> Parsed<Item> {
    match document::source(file, bytes) {
        Ok(source) => read::item(&source, Digest::of(bytes)),
        Err(diagnostic) => Parsed::refused(*diagnostic),
    }
}

/// The item that a picture is: its file's name is its title, and the path with its extension its identity. `None` where `bytes` are no
/// picture in its plain form.
pub fn picture(file: &str, bytes: &Arc<[u8]>) -> Option<Item> {
    read::picture(file, Picture::read(bytes)?)
}

/// The item that a video is: its file's name is its title, and the path with its extension its identity. `None` where `bytes` are no
/// video in its plain form.
pub fn video(file: &str, bytes: &[u8]) -> Option<Item> {
    read::video(file, Video::read(bytes)?)
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Identity: the front matter's `id`, else the path under `items/` without its extension.
    pub id: Arc<str>,
    /// The file, relative to the site.
    pub file: Arc<str>,
    /// The column 栏目 that it is of: the folders that it lies in, until the wall has found which column they mean.
    pub column: Arc<str>,
    /// The column that it names itself, in place of its folder's.
    pub moved: Option<Moved>,
    /// Its title.
    pub title: Arc<str>,
    /// The department that publishes it.
    pub department: Option<Arc<str>>,
    /// Its document number 文号: 示例发〔2026〕23号.
    pub number: Option<Arc<str>>,
    /// When it was published, for order; also when it first shows, unless `from` says otherwise.
    pub published: Option<DateTime>,
    /// The first instant at which it may show 上屏.
    pub from: Option<DateTime>,
    /// The first instant at which it may no longer show 下屏; a date alone includes its day, so it is the next day's 00:00.
    pub until: Option<DateTime>,
    /// Whether it says that nothing ends it 长期, not its column's lifetime either.
    pub lasts: bool,
    /// How urgent it is, where its playlists shall not say.
    pub level: Option<Level>,
    /// How long it is posted, where that decides its end.
    pub posting: Option<Posting>,
    /// The scene that sets it, by name.
    pub scene: Option<Arc<str>>,
    /// How long each page stays, where the reading speed shall not decide.
    pub dwell: Option<SignedDuration>,
    /// The most pages that it takes, 1 to 999, where its column shall not decide.
    pub pages: Option<u16>,
    /// The address to which its QR code leads.
    pub link: Option<Arc<str>>,
    /// The days that its scene counts.
    pub counter: Option<Counter>,
    /// What it says.
    pub body: Vec<Paragraph>,
    /// What it shows: instead of any text, or beside it where it names a file as its `media`.
    pub picture: Option<Picture>,
    /// The picture or the video that it shows beside its text.
    pub media: Option<NamedFile>,
    /// How a picture or a video fills its place, where the item says.
    pub fitting: Option<Fitting>,
    /// Whether somebody owns up to it that its video flashes more than three times a second.
    pub may_flash: bool,
    /// The chart that it shows below its title.
    pub chart: Option<ChartSpec>,
    /// The video that it shows likewise.
    pub video: Option<Video>,
    /// The digest of its file's bytes.
    pub digest: Digest,
}

impl Item {
    /// Whether it was to show a picture, a video or a chart that is not there, and nothing is left of it.
    pub fn is_bereft(&self) -> bool {
        let lacks_chart = self.chart.as_ref().is_some_and(|chart| chart.drawn.is_none());
        let lacks_media = self.media.is_some() && !self.shows_media() && self.body.is_empty();
        lacks_chart || lacks_media
    }

    /// Whether it shows a picture or a video: instead of any text, or beside it.
    pub fn shows_media(&self) -> bool {
        self.picture.is_some() || self.video.is_some()
    }

    /// The file of the picture or video that it shows, where it shows one: another one than its own where it names that.
    pub fn shown_file(&self) -> &Arc<str> {
        let named = self.media.as_ref().and_then(|media| media.file.as_ref());
        named.unwrap_or(&self.file)
    }

    /// Whether it is a plain text `.txt`, each line of which stands as it was typed.
    pub fn is_typed(&self) -> bool {
        is_typed(&self.file)
    }
}

fn is_typed(file: &str) -> bool {
    file.to_ascii_lowercase().ends_with(".txt")
}

/// A column by identity or title, and where it is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// The identity or the title, as written.
    pub column: Arc<str>,
    /// Where it stands in the item's file.
    pub place: Place,
}

/// How urgent an item is 级别. It never plays lower than its playlists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 普通: as its playlists say.
    Routine,
    /// 重要: what visitors must see; while it shows, nothing lower does.
    Notice,
    /// 紧急: at once, and outside the lit hours too.
    Alert,
}

impl Level {
    /// Its name, as items write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::Notice => "notice",
            Self::Alert => "alert",
        }
    }

    /// Its Chinese name, as items write it.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Routine => "普通",
            Self::Notice => "重要",
            Self::Alert => "紧急",
        }
    }
}

/// A posting period 公示期.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Posting {
    /// In working days.
    Days {
        /// How many, 1 to 400.
        days: u16,
        /// The first day that counts.
        count: Count,
    },
    /// From the first of these days to the last, both included.
    Between(Date, Date),
}

impl Posting {
    /// How many working days it takes, where that is what is written.
    pub const fn days(self) -> Option<u16> {
        match self {
            Self::Days { days, .. } => Some(days),
            Self::Between(..) => None,
        }
    }
}

/// From which day on a posting period counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Count {
    /// 当日: the day of publication, where it is a working day.
    SameDay,
    /// 次日: the day after.
    NextDay,
}

/// Days that a scene counts, on the wall's own calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counter {
    /// Down to this instant 倒计时, at which the item leaves; a date alone is its 00:00.
    Countdown(DateTime),
    /// Up from this day 首日, which is day 1.
    Days(Date),
}

/// A paragraph of the body, as plain text without line breaks of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its text; a `\n` is a forced line break. The rows of a table end with `\n`, its cells with `\t`, but for the last ones.
    pub text: Arc<str>,
    /// The bytes of the text that are emphasised, in order, none touching the next.
    pub emphasis: Arc<[Range<u32>]>,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// Running text, its first line indented by two characters.
    Text,
    /// A heading.
    Heading,
    /// A point of a list.
    Point(Point),
    /// A table.
    Table {
        /// Whether its first row says what its columns are.
        headed: bool,
    },
}

/// Where a point of a list belongs, and its mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Point {
    /// In how many lists its own list lies.
    pub depth: u8,
    /// The bytes of its text that are its mark and the space after that.
    pub mark: u8,
}

impl Paragraph {
    /// A paragraph of `text` without emphasis.
    pub fn new(kind: ParagraphKind, text: impl Into<Arc<str>>) -> Self {
        Self {
            kind,
            text: text.into(),
            emphasis: Arc::default(),
        }
    }
}
