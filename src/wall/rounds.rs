//! How long a round takes in each zone on a day, and what the quotas of columns ask for in vain.

use std::{collections::HashSet, sync::Arc};

use jiff::{SignedDuration, Timestamp, civil::Date};
use thiserror::Error;

use super::{kind::SITE, whole::Wall};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain, Severity},
    playlist::Priority,
    programme::{Asked, Demand, Infeasible, Loop, Obstacle, Quota},
    units::Rate,
};

/// Whoever waits longer than this for an item has left the lobby.
const LONG: SignedDuration = SignedDuration::from_mins(15);

/// The rounds of one day.
#[derive(Clone, Debug)]
pub struct Rounds {
    /// The longest of each zone that shows something, by screen and zone in the site's order.
    pub zones: Vec<ZoneRound>,
    /// Warnings: of pages that take more than 15 minutes a round, and of quotas that cannot be kept. Each once.
    pub problems: Vec<Diagnostic>,
}

/// The longest round of one zone on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneRound {
    /// The screen's identity.
    pub screen: Arc<str>,
    /// The zone's identity, or `*`.
    pub zone: Arc<str>,
    /// Whether it is a strip.
    pub ticker: bool,
    /// The time within which everything in the loop comes.
    pub length: SignedDuration,
    /// How many items are in it.
    pub items: usize,
    /// The priority of its playlists.
    pub priority: Priority,
    /// When it is first seen on the day.
    pub since: Timestamp,
}

impl ZoneRound {
    /// Its length in words, as `12 min 30 s`.
    pub fn words(&self) -> Bilingual {
        length(self.length)
    }

    /// Whether it takes more than 15 minutes to come round with pages.
    pub fn is_long(&self) -> bool {
        !self.ticker && self.length > LONG
    }
}

impl Wall {
    /// How long a round takes on the civil day `date`, zone by zone.
    pub fn rounds(&self, date: Date) -> Rounds {
        let mut rounds = Rounds {
            zones: Vec::new(),
            problems: Vec::new(),
        };
        for screen in 0..self.site().screens.len() {
            let day = self.programme().compile(screen, date);
            for track in 0..self.tracks(screen) {
                let loops = day.loops(track);
                let zone = loops
                    .iter()
                    .max_by_key(|one| (one.round, std::cmp::Reverse(one.since)))
                    .map(|longest| self.zone_round(screen, track, longest));
                let long = zone.as_ref().filter(|zone| zone.is_long()).map(RoundProblem::long);
                let vain = self.vain(screen, track, &loops);
                let problems = long.into_iter().chain(vain);
                let diagnostics = problems.map(|problem| Diagnostic::of_file(SITE.into(), &problem));
                rounds.problems.extend(diagnostics);
                rounds.zones.extend(zone);
            }
        }
        rounds
    }

    fn zone_round(&self, screen: usize, track: usize, of: &Loop) -> ZoneRound {
        let rate = self.rate(screen);
        ZoneRound {
            screen: Arc::clone(&self.site().screens[screen].id),
            zone: self.zone_id(screen, track),
            ticker: self.is_ticker(screen, track),
            length: rate.duration(of.round),
            items: of.items,
            priority: of.priority,
            since: rate.timestamp(of.since),
        }
    }

    /// What the loops of a track do not do, each thing once: as of the first loop of the day that does not.
    fn vain(&self, screen: usize, track: usize, loops: &[Loop]) -> Vec<RoundProblem> {
        let rate = self.rate(screen);
        let quotas = &self.programme().plan().quotas;
        let mut told: HashSet<Asked> = HashSet::new();
        let mut vain = Vec::new();
        for one in loops {
            for infeasible in one.infeasible.iter().filter(|infeasible| told.insert(infeasible.asked)) {
                let since = self.site().timezone.to_datetime(rate.timestamp(one.since));
                vain.push(RoundProblem::Vain {
                    place: Place {
                        screen: Arc::clone(&self.site().screens[screen].id),
                        zone: self.zone_id(screen, track),
                    },
                    since: since.strftime("%H:%M").to_string(),
                    asked: self.words(quotas, infeasible.asked),
                    reach: reach(infeasible),
                    why: self.why(quotas, infeasible, rate),
                    absent: matches!(infeasible.why, Obstacle::Crowded { .. } | Obstacle::TooLong { .. }),
                });
            }
        }
        vain
    }

    /// What is asked, as `column "x" at least 30 %`.
    fn words(&self, quotas: &[Quota], asked: Asked) -> Bilingual {
        let quota = &quotas[asked.quota];
        let title = self
            .site()
            .column(&quota.column)
            .map_or(&quota.column, |column| &column.title);
        let (zh, en) = match asked.demand {
            Demand::Least => (format!("最少 {}", quota.least), format!("at least {}", quota.least)),
            Demand::Most => (format!("最多 {}", quota.most), format!("at most {}", quota.most)),
            Demand::Repeats => {
                let times = quota.repeats.unwrap_or(u16::MAX);
                (
                    format!("每条每小时最多 {times} 次"),
                    format!("each item at most {times} times an hour"),
                )
            }
        };
        Bilingual::new(format!("栏目“{title}”{zh}"), format!("column \"{title}\" {en}"))
    }

    fn why(&self, quotas: &[Quota], infeasible: &Infeasible, rate: Rate) -> Bilingual {
        match &infeasible.why {
            Obstacle::Together { with, twice_running } => {
                let mut reasons = Vec::new();
                if *twice_running {
                    reasons.push(Bilingual::new("同一条信息不连播", "no item comes twice running"));
                }
                reasons.extend(with.iter().map(|asked| self.words(quotas, *asked)));
                if reasons.is_empty() {
                    return Bilingual::new("此时没有别的内容可填满一小时", "there is nothing else to fill the hour");
                }
                let join =
                    |text: fn(&Bilingual) -> &str, between| reasons.iter().map(text).collect::<Vec<_>>().join(between);
                Bilingual::new(
                    format!("因为{}", join(|text| &text.zh, "，")),
                    format!("because {}", join(|text| &text.en, ", and ")),
                )
            }
            Obstacle::Coarse { longest } => {
                let length = length(rate.duration(*longest));
                Bilingual::new(
                    format!("其中最长的一条播 {}，有的小时多出或少了一条", length.zh),
                    format!(
                        "its longest item lasts {}, so some hours get one too many or too few",
                        length.en
                    ),
                )
            }
            Obstacle::TooLong { longest } => {
                let length = length(rate.duration(*longest));
                Bilingual::new(
                    format!("其中一条播 {}，超过该栏目一小时所得，因而不播", length.zh),
                    format!(
                        "an item of it lasts {}, longer than that, and so does not come",
                        length.en
                    ),
                )
            }
            Obstacle::Crowded { missing } => Bilingual::new(
                format!("此轮有 {missing} 条信息一次也排不上"),
                format!("{missing} item(s) of this loop do not come even once"),
            ),
        }
    }

    fn rate(&self, screen: usize) -> Rate {
        self.site().screens[screen].rate
    }
}

/// A zone of a screen.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    screen: Arc<str>,
    zone: Arc<str>,
}

/// What a day's rounds leave to be wished for.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
enum RoundProblem {
    #[error("screen \"{}\", zone \"{}\": one round of {items} items takes {}, more than 15 minutes", .place.screen, .place.zone, .length.en)]
    Long {
        place: Place,
        items: usize,
        length: Bilingual,
    },
    #[error("screen \"{}\", zone \"{}\", from {since}: {}{}: {}", .place.screen, .place.zone, .asked.en, .reach.en, .why.en)]
    Vain {
        place: Place,
        since: String,
        asked: Bilingual,
        reach: Bilingual,
        why: Bilingual,
        /// Whether it is kept only because items do not come.
        absent: bool,
    },
}

impl RoundProblem {
    fn long(zone: &ZoneRound) -> Self {
        Self::Long {
            place: Place {
                screen: Arc::clone(&zone.screen),
                zone: Arc::clone(&zone.zone),
            },
            items: zone.items,
            length: length(zone.length),
        }
    }
}

impl Explain for RoundProblem {
    fn chinese(&self) -> String {
        match self {
            Self::Long { place, items, length } => format!(
                "屏幕“{}”区域“{}”：{items} 条信息一轮需 {}，超过 15 分钟",
                place.screen, place.zone, length.zh
            ),
            Self::Vain {
                place,
                since,
                asked,
                reach,
                why,
                ..
            } => format!(
                "屏幕“{}”区域“{}”自 {since} 起：{}{}：{}",
                place.screen, place.zone, asked.zh, reach.zh, why.zh
            ),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Long { .. } => Bilingual::new(
                "请用“条数”(limit) 限制条数、缩短“停留”(dwell)，或分时段播放",
                "limit how many items play, shorten their dwell, or play them in windows of their own",
            ),
            Self::Vain { absent: false, .. } => Bilingual::new(
                "请在 site.toml 中放宽其中一项，或增减该时段的信息；此前按最接近的次序播放",
                "relax one of these in site.toml, or give the loop other items; until then it plays in the nearest order",
            ),
            Self::Vain { absent: true, .. } => Bilingual::new(
                "请放宽该项，或减少条数、缩短停留",
                "relax it, or let fewer items play, or shorter ones",
            ),
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}

/// How near the loop comes to what is asked.
fn reach(infeasible: &Infeasible) -> Bilingual {
    let percent = format!("{}.{} %", infeasible.reach / 10, infeasible.reach % 10);
    let (zh, en) = match (infeasible.asked.demand, &infeasible.why) {
        (_, Obstacle::Crowded { .. } | Obstacle::TooLong { .. }) => return Bilingual::default(),
        (Demand::Least, _) => (format!("，只能达到 {percent}"), format!(", but reaches {percent}")),
        (Demand::Most, _) => (format!("，却会占到 {percent}"), format!(", but takes {percent}")),
        (Demand::Repeats, _) => (
            format!("，却要播 {} 次", infeasible.reach),
            format!(", but one comes {} times", infeasible.reach),
        ),
    };
    Bilingual::new(zh, en)
}

/// A length of time to the second, rounded up.
fn length(duration: SignedDuration) -> Bilingual {
    let seconds = duration.as_secs() + i64::from(duration.subsec_nanos() > 0);
    let (minutes, rest) = (seconds / 60, seconds % 60);
    match (minutes, rest) {
        (0, _) => Bilingual::new(format!("{rest} 秒"), format!("{rest} s")),
        (_, 0) => Bilingual::new(format!("{minutes} 分钟"), format!("{minutes} min")),
        _ => Bilingual::new(format!("{minutes} 分 {rest} 秒"), format!("{minutes} min {rest} s")),
    }
}
