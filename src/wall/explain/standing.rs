//! How an item stands, in words.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};

use crate::{calendar::Occurrence, diagnostic::Bilingual, playlist::Priority};

/// How an item stands in a zone, by one playlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is on the wall.
    Seen {
        /// Its page, from 1.
        page: u16,
        /// How many it has.
        pages: u16,
        /// Until when this page stays.
        until: Timestamp,
    },
    /// It is in the loop that is seen, where something else has its turn.
    Waiting,
    /// It is in the loop, but the screen is dark.
    Dark {
        /// Why.
        reason: Bilingual,
        /// Until when.
        until: Timestamp,
    },
    /// It is in its loop, but a higher priority is seen.
    Beaten {
        /// The file of the playlist that is seen.
        file: Arc<str>,
        /// Its title.
        title: Arc<str>,
        /// Its priority.
        priority: Priority,
    },
    /// It is in the zone's loop, but a playlist of the whole screen lies above the zone.
    Covered {
        /// That playlist's file.
        file: Arc<str>,
        /// Its title.
        title: Arc<str>,
    },
    /// It has come into force, and joins the loop at the next page.
    Joining,
    /// It is in force, but beyond the number of items that the play shows.
    Limited {
        /// That number.
        limit: u32,
    },
    /// It is a video of which no clip for this place has been made yet.
    Preparing,
    /// The playlist is closed.
    Closed {
        /// When it opens next; `None` where that is not within 400 days.
        opens: Option<Occurrence>,
    },
    /// It is not yet in force.
    NotYet {
        /// From when on it is.
        from: Timestamp,
        /// Who says so.
        by: Bilingual,
    },
    /// It is festive, and the day is a solemn one.
    Solemn {
        /// What the day is kept for.
        name: Arc<str>,
    },
    /// It is no longer in force.
    Expired {
        /// Since when.
        until: Timestamp,
        /// Who says so.
        by: Bilingual,
    },
}

impl Standing {
    /// Its name for programs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Seen { .. } => "seen",
            Self::Waiting => "waiting",
            Self::Dark { .. } => "dark",
            Self::Beaten { .. } => "beaten",
            Self::Covered { .. } => "covered",
            Self::Joining => "joining",
            Self::Limited { .. } => "limited",
            Self::Preparing => "preparing",
            Self::Closed { .. } => "closed",
            Self::NotYet { .. } => "not yet",
            Self::Solemn { .. } => "solemn",
            Self::Expired { .. } => "expired",
        }
    }

    /// How far it is from being seen: 0 is nearest.
    pub(in crate::wall) const fn rank(&self) -> u8 {
        match self {
            Self::Seen { .. } => 0,
            Self::Waiting => 1,
            Self::Dark { .. } => 2,
            Self::Covered { .. } => 3,
            Self::Beaten { .. } => 4,
            Self::Joining => 5,
            Self::Limited { .. } => 6,
            Self::Solemn { .. } => 7,
            Self::Preparing => 8,
            Self::Closed { .. } => 9,
            Self::NotYet { .. } => 10,
            Self::Expired { .. } => 11,
        }
    }

    /// In words, with civil times of `zone`.
    pub fn sentence(&self, zone: &TimeZone) -> Bilingual {
        let civil = |instant: &Timestamp| zone.to_datetime(*instant).strftime("%Y-%m-%d %H:%M:%S").to_string();
        match self {
            Self::Seen { page, pages, until } => {
                let until = civil(until);
                Bilingual::new(
                    format!("正在播放：第 {page}/{pages} 页，至 {until}"),
                    format!("on the wall: page {page}/{pages}, until {until}"),
                )
            }
            Self::Waiting => Bilingual::new(
                "在循环之中，此刻轮到其他内容",
                "in the loop, where something else has its turn",
            ),
            Self::Dark { reason, until } => {
                let until = civil(until);
                Bilingual::new(
                    format!("屏幕熄屏，至 {until}：{}", reason.zh),
                    format!("the screen is dark until {until}: {}", reason.en),
                )
            }
            Self::Beaten { file, title, priority } => Bilingual::new(
                format!("让位于“{}”级节目单“{title}”（{file}）", priority.chinese()),
                format!(
                    "gives way to the playlist \"{title}\" ({file}) of priority \"{}\"",
                    priority.name()
                ),
            ),
            Self::Covered { file, title } => Bilingual::new(
                format!("被全屏节目单“{title}”（{file}）盖住"),
                format!("covered by the playlist \"{title}\" ({file}), which takes the whole screen"),
            ),
            Self::Joining => Bilingual::new(
                "已生效，下一页起加入循环",
                "in force; it joins the loop at the next page",
            ),
            Self::Limited { limit } => Bilingual::new(
                format!("排在前 {limit} 条之后，超出该节目的条数上限"),
                format!("comes after the first {limit}, which are all that the play shows"),
            ),
            Self::Preparing => Bilingual::new(
                "视频正在准备，准备好即播放",
                "the video is being made ready, and plays when it is",
            ),
            Self::Closed { opens: Some(opens) } => {
                let (start, end) = (civil(&opens.start), civil(&opens.end));
                Bilingual::new(
                    format!("节目单此刻不开放，下次开放 {start} 至 {end}"),
                    format!("the playlist is closed; it opens next from {start} to {end}"),
                )
            }
            Self::Closed { opens: None } => Bilingual::new(
                "节目单此刻不开放，400 天内也不再开放",
                "the playlist is closed, and does not open within 400 days",
            ),
            Self::NotYet { from, by } => {
                let from = civil(from);
                Bilingual::new(
                    format!("尚未到上屏时间，自 {from} 起（据{}）", by.zh),
                    format!("not yet in force; it is from {from} on, by {}", by.en),
                )
            }
            Self::Solemn { name } => Bilingual::new(
                format!("喜庆内容，{name}停播"),
                format!("festive, and the day is a solemn one: {name}"),
            ),
            Self::Expired { until, by } => {
                let until = civil(until);
                Bilingual::new(
                    format!("已过下屏时间，{until} 起不再显示（据{}）", by.zh),
                    format!("no longer in force since {until}, by {}", by.en),
                )
            }
        }
    }
}
