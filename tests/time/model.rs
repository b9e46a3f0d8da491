//! A site as plain data: what its files say, without a word on how they say it or on what it means.
//!
//! Days, times and civil times are numbers as in [`super::civil`].

use super::civil::{self, DAY, MonthDay};

/// Priorities from low to high; from this one on a playlist lights the dark.
pub(super) const ALERT: usize = 4;

pub(super) const PRIORITIES: [&str; 6] = ["filler", "routine", "campaign", "notice", "alert", "stop"];

/// The track that covers the whole screen.
pub(super) const WHOLE: &str = "*";

#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) zone: &'static str,
    pub(super) columns: Vec<Column>,
    pub(super) screens: Vec<Screen>,
    /// In path order.
    pub(super) playlists: Vec<Playlist>,
    /// In path order.
    pub(super) items: Vec<Item>,
    pub(super) calendar: Calendar,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) id: &'static str,
    pub(super) parent: Option<usize>,
    pub(super) lifetime: Option<Lifetime>,
    pub(super) festive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lifetime {
    Days(i64),
    Day,
    Holiday,
    Forever,
}

#[derive(Clone, Debug)]
pub(super) struct Screen {
    pub(super) id: &'static str,
    /// Ticks a second.
    pub(super) rate: i64,
    /// None of them: always lit.
    pub(super) lit: Vec<Window>,
    /// Its zones; the whole screen is a track besides.
    pub(super) zones: Vec<&'static str>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Window {
    pub(super) kinds: Vec<Kind>,
    pub(super) holidays: Vec<&'static str>,
    pub(super) season: Option<&'static str>,
    /// Monday is 0; none written is all.
    pub(super) weekdays: Vec<usize>,
    /// Goes with a first date.
    pub(super) rule: Option<Rule>,
    pub(super) from: Option<i64>,
    pub(super) until: Option<i64>,
    /// At least one stretch of the day.
    pub(super) hours: Vec<Stretch>,
    pub(super) also: Vec<i64>,
    pub(super) except: Vec<i64>,
}

/// From when until when, in seconds after 00:00.
pub(super) type Stretch = (i64, i64);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Workday,
    Weekend,
    Holiday,
    /// Weekends and holidays.
    Off,
}

/// Days that recur.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) every: Every,
    pub(super) interval: i64,
    pub(super) months: Vec<i64>,
    /// Negative ones count from the end.
    pub(super) month_days: Vec<i64>,
    /// The so-maniest of a weekday in its month, from the end where negative; 0 is each of them.
    pub(super) weekdays: Vec<(i64, usize)>,
    pub(super) end: End,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Every {
    Day,
    Week,
    Month,
    Year,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    Never,
    Until(i64),
    Count(usize),
}

#[derive(Clone, Debug)]
pub(super) struct Playlist {
    pub(super) file: String,
    pub(super) priority: usize,
    pub(super) screens: Vec<&'static str>,
    pub(super) zones: Vec<&'static str>,
    /// None of them: always open.
    pub(super) windows: Vec<Window>,
    pub(super) plays: Vec<Play>,
}

#[derive(Clone, Debug)]
pub(super) struct Play {
    pub(super) source: Source,
    pub(super) weight: i64,
}

#[derive(Clone, Debug)]
pub(super) enum Source {
    Item(usize),
    Column {
        column: usize,
        order: Order,
        limit: Option<usize>,
    },
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Order {
    Newest,
    Oldest,
    Path,
}

#[derive(Clone, Debug)]
pub(super) struct Item {
    pub(super) column: usize,
    pub(super) name: String,
    pub(super) published: Option<Stamp>,
    pub(super) from: Option<Stamp>,
    pub(super) until: Option<Stamp>,
    pub(super) posting: Option<Posting>,
    pub(super) countdown: Option<Stamp>,
    /// Seconds.
    pub(super) dwell: i64,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    pub(super) days: usize,
    /// Counted from the day of publication, not from the next.
    pub(super) same_day: bool,
}

/// A date, or a date and a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stamp {
    pub(super) day: i64,
    pub(super) time: Option<i64>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Calendar {
    pub(super) holidays: Vec<Holiday>,
    pub(super) festivals: Vec<(&'static str, MonthDay)>,
    pub(super) seasons: Vec<(&'static str, MonthDay, MonthDay)>,
    pub(super) solemn: Vec<Vec<OnDay>>,
    pub(super) silences: Vec<Silence>,
    pub(super) overtime: Vec<Overtime>,
    pub(super) works: Vec<Work>,
}

/// A run of days off, and the days that are worked for it.
#[derive(Clone, Debug)]
pub(super) struct Holiday {
    /// Two that fall together are joined.
    pub(super) names: Vec<&'static str>,
    pub(super) from: i64,
    pub(super) until: i64,
    pub(super) work: Vec<i64>,
    /// The year of the notice; the office's own where there is none.
    pub(super) notice: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum OnDay {
    Once(i64),
    Yearly(MonthDay),
}

#[derive(Clone, Debug)]
pub(super) struct Silence {
    pub(super) name: String,
    pub(super) days: Vec<OnDay>,
    pub(super) hours: Stretch,
}

#[derive(Clone, Debug)]
pub(super) struct Overtime {
    pub(super) days: Vec<i64>,
    pub(super) hours: Option<Stretch>,
}

#[derive(Clone, Debug)]
pub(super) struct Work {
    pub(super) name: String,
    pub(super) from: Stamp,
    pub(super) until: Stamp,
    /// None of them: all.
    pub(super) screens: Vec<&'static str>,
}

impl Site {
    pub(super) fn column_of(&self, item: usize) -> &Column {
        &self.columns[self.items[item].column]
    }

    /// The identity of an item.
    pub(super) fn id(&self, item: usize) -> String {
        format!("{}/{}", self.column_of(item).id, self.items[item].name)
    }

    /// The column and those above it, upwards.
    pub(super) fn way_up(&self, column: usize) -> Vec<usize> {
        let mut way = vec![column];
        while let Some(parent) = self.columns[way[way.len() - 1]].parent {
            way.push(parent);
        }
        way
    }
}

impl Stamp {
    /// The civil time that begins it.
    pub(super) fn begin(self) -> i64 {
        self.day * DAY + self.time.unwrap_or(0)
    }

    /// The civil time that ends it: a date alone includes its day.
    pub(super) fn end(self) -> i64 {
        self.day * DAY + self.time.unwrap_or(DAY)
    }
}

impl Holiday {
    /// `国庆节、中秋节`
    pub(super) fn name(&self) -> String {
        self.names.join("、")
    }
}

impl OnDay {
    pub(super) fn is(self, day: i64) -> bool {
        match self {
            Self::Once(once) => once == day,
            Self::Yearly(yearly) => civil::month_day(day) == yearly,
        }
    }
}
