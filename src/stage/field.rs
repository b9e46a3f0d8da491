//! The names by which a box is filled.

use std::sync::Arc;

use jiff::civil::Date;

use super::content::Content;
use crate::item::{Chart, ChartBody};

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
    /// The first day of its posting 公示首日: 2026年9月29日.
    FirstDay,
    /// The last day of its posting 公示末日: 2026年10月10日.
    LastDay,
    /// Both 公示期: 2026年9月29日至10月10日; without years where there is no room for them.
    Period,
    /// The building's short name.
    Site,
    /// The page's number and how many there are, 1/3; empty where there is only one.
    Page,
    /// The item's address as a QR code 二维码.
    Code,
    /// The picture or the video beside its text 画面.
    Media,
    /// Its chart 图表, which makes pages.
    Chart,
    /// The days until the item's countdown ends 倒计天数, 0 to 9999; today is 0 on its last day.
    DaysLeft,
    /// The day that this is since the item's day one 第几天, 1 to 9999.
    DayNumber,
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
    /// What `content` has for the field on page `page` (from 0) of `pages`, one text a paragraph; nothing for what changes with the
    /// clock.
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
            Self::FirstDay => content.period.map(|(first, _)| date(first)).unwrap_or_default().into(),
            Self::LastDay => content.period.map(|(_, last)| date(last)).unwrap_or_default().into(),
            Self::Period => content.period.map(period).unwrap_or_default().into(),
            Self::Site => Arc::clone(&content.site),
            Self::Page if pages > 1 => format!("{}/{pages}", page + 1).into(),
            Self::Chart => content.chart.as_deref().map(charted).unwrap_or_default().into(),
            Self::Page | Self::Code | Self::Media => Arc::default(),
            Self::DaysLeft | Self::DayNumber | Self::Time(_) => Arc::default(),
        };
        if text.is_empty() { Vec::new() } else { vec![text] }
    }

    /// The same in fewer words, where there are any.
    pub(super) fn brief(self, content: &Content) -> Option<String> {
        match self {
            Self::Period => content.period.map(brief_period),
            _ => None,
        }
    }

    /// Whether a visitor reads it as part of the item, so that it counts towards the dwell.
    pub(super) const fn is_read(self) -> bool {
        match self {
            Self::Title | Self::Body | Self::Department | Self::Number | Self::Published => true,
            Self::FirstDay | Self::LastDay | Self::Period => true,
            Self::Column | Self::Site | Self::Page | Self::Code | Self::Media | Self::Chart => false,
            Self::DaysLeft | Self::DayNumber | Self::Time(_) => false,
        }
    }

    /// Whether it stands still on all pages, so that running text can hold it.
    pub(super) const fn is_still(self) -> bool {
        !matches!(
            self,
            Self::Page | Self::Code | Self::Media | Self::DaysLeft | Self::DayNumber | Self::Time(_)
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

/// The figures of a chart in words: 企业开办1,286件，不动产登记964件。数据来源：示例.
pub(super) fn charted(chart: &Chart) -> String {
    let unit = chart.unit.as_deref().unwrap_or_default();
    let said = match &chart.body {
        ChartBody::Bars(bars) => {
            let said: Vec<String> = bars
                .iter()
                .map(|bar| format!("{}{}", bar.label, counted(&bar.text, unit)))
                .collect();
            said.join("，")
        }
        ChartBody::Table(rows) => {
            let head = rows.first().map_or(&[][..], |head| head);
            let said = |row: &Arc<[Arc<str>]>| -> String {
                let cells = row.iter().zip(head).skip(1).map(|(cell, name)| format!("{name}{cell}"));
                let cells: Vec<String> = cells.collect();
                format!("{}：{}", row.first().map_or("", |label| label), cells.join("、"))
            };
            let said: Vec<String> = rows.iter().skip(1).map(said).collect();
            said.join("；")
        }
    };
    let source = chart
        .source
        .as_ref()
        .map_or_else(String::new, |source| format!("数据来源：{source}"));
    format!("{said}。{source}")
}

/// A value with its unit, which a share has already.
fn counted(value: &str, unit: &str) -> String {
    let has_unit = !value.ends_with(|sign: char| sign.is_ascii_digit());
    if has_unit {
        value.into()
    } else {
        format!("{value}{unit}")
    }
}

/// A date as a notice writes it: 2026年5月8日.
pub(super) fn date(date: Date) -> String {
    format!("{}年{}", date.year(), month_and_day(date))
}

/// A first and a last day as a notice writes them: 2026年9月29日至10月10日.
pub(super) fn period((first, last): (Date, Date)) -> String {
    match first {
        _ if first == last => date(first),
        _ if first.year() == last.year() => format!("{}至{}", date(first), month_and_day(last)),
        _ => format!("{}至{}", date(first), date(last)),
    }
}

/// The same without years.
pub(super) fn brief_period((first, last): (Date, Date)) -> String {
    if first == last {
        month_and_day(first)
    } else {
        format!("{}至{}", month_and_day(first), month_and_day(last))
    }
}

fn month_and_day(date: Date) -> String {
    format!("{}月{}日", date.month(), date.day())
}
