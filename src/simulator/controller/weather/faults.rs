//! Faults as a person asks for them: `loss=5%,delay=30ms,reboot=60s`.
//!
//! | word | 中文 | value | what happens |
//! |---|---|---|---|
//! | `loss` | 丢包 | percent | datagrams are lost, in both directions |
//! | `duplicate` | 重复 | percent | datagrams come twice |
//! | `reorder` | 乱序 | percent | the next datagram overtakes; within 20 ms, else it comes late |
//! | `corrupt` | 误码 | percent | one bit of the datagram is turned over |
//! | `delay` | 延迟 | time, 10 s at most | every datagram comes so much later |
//! | `jitter` | 抖动 | time, 10 s at most | and up to so much later again; the order stays |
//! | `reboot` | 重启 | time | so often it goes down, counted from its start: dark and deaf, and then it remembers nothing |
//! | `boot` | 启动 | time | how long it stays down; 3 s unless told |
//! | `silent` | 失联 | span | nothing comes in and nothing goes out; the last picture stays |
//! | `stale` | 旧画面 | span, or no value for always | it answers and takes pictures, and goes on showing the last one before |
//! | `wrong-size` | 错尺寸 | `WxH` | it is set up for another size, as a plain panel of RGB |
//!
//! A span is `10s..20s`, counted from the start, or `10s..` to the end. Times are written `30ms`, `1.5s`, `2m`.

use std::{str::FromStr, time::Duration};

use crate::{
    diagnostic::{Bilingual, Explain},
    units::Size,
};

use super::dice::MILLION;

/// What shall go wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// Datagrams that are lost.
    pub loss: Odds,
    /// Datagrams that come twice.
    pub duplicate: Odds,
    /// Datagrams that the next one overtakes.
    pub reorder: Odds,
    /// Datagrams of which a bit is turned over.
    pub corrupt: Odds,
    /// How much later all datagrams come.
    pub delay: Duration,
    /// How much later again they come at most.
    pub jitter: Duration,
    /// When it goes down.
    pub reboot: Option<Reboot>,
    /// When it neither hears nor speaks.
    pub silent: Option<Window>,
    /// When it takes pictures and does not show them.
    pub stale: Option<Window>,
    /// The size that it is set up for instead of its own.
    pub wrong_size: Option<Size>,
}

/// How often something happens, in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Odds(u32);

/// Going down again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reboot {
    /// From one time to the next, more than nothing.
    pub every: Duration,
    /// How long it is down.
    pub takes: Duration,
}

/// A span of a controller's life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its beginning, counted from the start.
    pub from: Duration,
    /// The first moment after it; `None` for never.
    pub until: Option<Duration>,
}

/// Why faults cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultsError {
    /// A word that no fault has.
    #[error("unknown fault {found:?}")]
    Word {
        /// As written.
        found: String,
        /// The words that there are, in English and Chinese.
        known: &'static [(&'static str, &'static str)],
    },
    /// A value that the fault does not take.
    #[error("{word}: {found:?} is not {}", form.en)]
    Value {
        /// The fault.
        word: &'static str,
        /// As written.
        found: String,
        /// What it takes.
        form: Bilingual,
    },
    /// A fault that is asked for twice.
    #[error("{word} is asked for twice")]
    Twice {
        /// The fault.
        word: &'static str,
    },
    /// A time to boot without reboots.
    #[error("boot says how long a reboot takes, but there is no reboot")]
    Boot,
}

/// How long a reboot takes unless told.
const BOOT: Duration = Duration::from_secs(3);

/// The longest delay.
const LONGEST: Duration = Duration::from_secs(10);

/// The words, in both languages.
const WORDS: [(&str, &str); 11] = [
    ("loss", "丢包"),
    ("duplicate", "重复"),
    ("reorder", "乱序"),
    ("corrupt", "误码"),
    ("delay", "延迟"),
    ("jitter", "抖动"),
    ("reboot", "重启"),
    ("boot", "启动"),
    ("silent", "失联"),
    ("stale", "旧画面"),
    ("wrong-size", "错尺寸"),
];

impl Odds {
    /// Never.
    pub const NEVER: Self = Self(0);

    /// So many times in a million; never above always.
    pub const fn new(millionths: u32) -> Self {
        Self(if millionths > MILLION { MILLION } else { millionths })
    }

    /// How many times in a million.
    pub const fn millionths(self) -> u32 {
        self.0
    }

    /// Percent with at most four places: `5%`, `0.1%`; the sign may be left out.
    pub(in crate::simulator) fn read(text: &str) -> Option<Self> {
        let number = text.strip_suffix(['%', '％']).unwrap_or(text).trim_end();
        let millionths = decimal(number, 4)?;
        let within = millionths <= u64::from(MILLION);
        within.then_some(Self(millionths as u32))
    }
}

impl Window {
    /// All of its life.
    pub const ALWAYS: Self = Self {
        from: Duration::ZERO,
        until: None,
    };

    /// Whether a controller of that `age` is in it.
    pub fn contains(self, age: Duration) -> bool {
        self.from <= age && self.until.is_none_or(|until| age < until)
    }

    pub(in crate::simulator) fn read(text: &str) -> Option<Self> {
        let (from, until) = text.split_once("..")?;
        let from = if from.is_empty() { Duration::ZERO } else { time(from)? };
        let until = match until {
            "" => None,
            until => Some(time(until).filter(|until| *until > from)?),
        };
        Some(Self { from, until })
    }
}

impl FromStr for Faults {
    type Err = FaultsError;

    /// Faults one after the other, with commas between them.
    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let mut faults = Self::default();
        let mut boot = None;
        for (word, value) in asked(text, &WORDS)? {
            faults.ask(word, value, &mut boot)?;
        }
        match (&mut faults.reboot, boot) {
            (Some(reboot), Some(takes)) => reboot.takes = takes,
            (None, Some(_)) => return Err(FaultsError::Boot),
            (_, None) => {}
        }
        Ok(faults)
    }
}

impl Faults {
    fn ask(&mut self, word: &'static str, value: Option<&str>, boot: &mut Option<Duration>) -> Result<(), FaultsError> {
        let found = value.unwrap_or_default();
        let wrong = |zh: &str, en: &str| FaultsError::Value {
            word,
            found: found.to_owned(),
            form: Bilingual::new(zh, en),
        };
        let odds = || Odds::read(found).ok_or_else(|| wrong("百分比，如 5%", "a percentage, as 5%"));
        let late = || {
            let within = time(found).filter(|time| *time <= LONGEST);
            within.ok_or_else(|| wrong("不超过 10s 的时长，如 30ms", "a time of at most 10s, as 30ms"))
        };
        let long = || {
            let some = time(found).filter(|time| !time.is_zero());
            some.ok_or_else(|| wrong("时长，如 60s", "a time, as 60s"))
        };
        let span = || Window::read(found).ok_or_else(|| wrong("时段，如 10s..20s", "a span, as 10s..20s"));
        match word {
            "loss" => self.loss = odds()?,
            "duplicate" => self.duplicate = odds()?,
            "reorder" => self.reorder = odds()?,
            "corrupt" => self.corrupt = odds()?,
            "delay" => self.delay = late()?,
            "jitter" => self.jitter = late()?,
            "reboot" => {
                let every = long()?;
                self.reboot = Some(Reboot { every, takes: BOOT });
            }
            "boot" => *boot = Some(long()?),
            "silent" => self.silent = Some(span()?),
            "stale" if value.is_none() => self.stale = Some(Window::ALWAYS),
            "stale" => self.stale = Some(span()?),
            _ => {
                let size = size(found).ok_or_else(|| wrong("宽x高，如 128x64", "a size, as 128x64"));
                self.wrong_size = Some(size?);
            }
        }
        Ok(())
    }
}

/// The faults that `text` asks for, by their words in English, with what is written behind each; of those that are `known`.
pub(in crate::simulator) fn asked<'a>(
    text: &'a str,
    known: &'static [(&'static str, &'static str)],
) -> Result<Vec<(&'static str, Option<&'a str>)>, FaultsError> {
    let mut asked: Vec<(&str, Option<&str>)> = Vec::new();
    for written in text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = written
            .split_once(['=', '＝'])
            .map_or((written, None), |(name, value)| {
                (name.trim_end(), Some(value.trim_start()))
            });
        let word = word(name, known)?;
        if asked.iter().any(|(other, _)| *other == word) {
            return Err(FaultsError::Twice { word });
        }
        asked.push((word, value));
    }
    Ok(asked)
}

/// The fault of that name, in English.
fn word(name: &str, known: &'static [(&'static str, &'static str)]) -> Result<&'static str, FaultsError> {
    let found = known.iter().find(|(en, zh)| name == *en || name == *zh);
    found.map(|(en, _)| *en).ok_or_else(|| FaultsError::Word {
        found: name.to_owned(),
        known,
    })
}

/// A time: `30ms`, `1.5s`, `2m`.
pub(in crate::simulator) fn time(text: &str) -> Option<Duration> {
    let (number, unit) = text.split_at(text.find(|c: char| c.is_ascii_alphabetic())?);
    let unit = match unit {
        "ms" => 1_000,
        "s" => 1_000_000,
        "m" | "min" => 60_000_000,
        "h" => 3_600_000_000,
        _ => return None,
    };
    // Thousandths of the unit, each of so many nanoseconds.
    let nanoseconds = decimal(number.trim_end(), 3)?.checked_mul(unit)?;
    Some(Duration::from_nanos(nanoseconds))
}

/// A number with at most `places` after its point, as so many of its smallest part.
fn decimal(text: &str, places: usize) -> Option<u64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(part) || part.len() > places {
        return None;
    }
    let part: u64 = format!("{part:0<places$}").parse().ok()?;
    let whole: u64 = whole.parse().ok()?;
    whole.checked_mul(10_u64.pow(places as u32))?.checked_add(part)
}

impl Explain for FaultsError {
    fn chinese(&self) -> String {
        match self {
            Self::Word { found, .. } => format!("不认识故障“{found}”"),
            Self::Value { word, found, form } => format!("{word}：“{found}”不是{}", form.zh),
            Self::Twice { word } => format!("{word} 写了两次"),
            Self::Boot => "boot 是每次重启的时长，但没有写 reboot".to_owned(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Word { known, .. } => {
                let zh: Vec<String> = known.iter().map(|(en, zh)| format!("{en}（{zh}）")).collect();
                let en: Vec<&str> = known.iter().map(|(en, _)| *en).collect();
                Bilingual::new(
                    format!("可用的故障：{}", zh.join("、")),
                    format!("known faults: {}", en.join(", ")),
                )
            }
            Self::Value { form, .. } => Bilingual::new(format!("请写{}", form.zh), format!("write {}", form.en)),
            Self::Twice { .. } => Bilingual::new("请只写一次", "write it once"),
            Self::Boot => Bilingual::new("请加上 reboot=60s", "add reboot=60s"),
        }
    }
}

/// A size written `128x64`.
pub(in crate::simulator) fn size(text: &str) -> Option<Size> {
    let side = |digits: &str| digits.parse().ok().filter(|side| (1..=Size::LIMIT).contains(side));
    let (width, height) = text.split_once(['x', 'X', '×', '*'])?;
    Some(Size::new(side(width)?, side(height)?))
}
