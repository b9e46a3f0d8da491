//! Faults of cards as a person asks for them: `nak=4,slow=2s,reboot=60s`.
//!
//! | word | 中文 | value | what happens |
//! |---|---|---|---|
//! | `nak` | 拒绝 | error, then maybe `@` and a command, then maybe `/` and a count | requests are refused: `nak=4`, `nak=3@a700`, `nak=5/3` every third |
//! | `busy` | 忙 | span | it is busy (error 3) |
//! | `slow` | 迟答 | time | it answers so much later |
//! | `deaf` | 失聪 | span | it hears nothing |
//! | `reboot` | 重启 | time | so often its power fails |
//! | `reboot-at` | 定时断电 | time | its power fails once |
//! | `reboot-byte` | 断电字节 | count | once, after so many bytes |
//! | `reboot-block` | 断电分块 | count | once, after so many blocks of files |
//! | `boot` | 启动 | time | how long it is then without power; 3 s unless told |
//! | `lies` | 谎报 | none | ping and status tell of a card in order, whatever is so |
//! | `stale` | 旧节目 | none | it confirms a new program, and plays the old one |
//! | `full` | 存满 | none | there is no memory left (error 4) |
//! | `clock` | 拒绝校时 | none | its clock cannot be set (error 14) |
//! | `bare` | 无屏参 | none | it was never told what LEDs it has |
//! | `secret` | 密码 | twelve hex digits | somebody has set this secret |
//! | `wrong-type` | 错型号 | four hex digits | it says that it is of this type |
//! | `wrong-size` | 错尺寸 | `WxH` | it says that it has so many LEDs |
//! | `other` | 他人操作 | what`@`time, with `+` between | somebody else writes to it: `area`, `delete`, `program`, `off`, `clock`, `dim` |
//! | `loss` | 丢字节 | percent | bytes are lost, both ways |
//! | `duplicate` | 重复 | percent | bytes come twice |
//! | `corrupt` | 误码 | percent | one bit of a byte is turned over |
//!
//! Times and spans are written as for streams: see [`crate::simulator::controller::weather::Faults`].

use std::{str::FromStr, time::Duration};

use super::Noise;
use crate::{
    controller::onbon::receiver::{Intrusion, Mischief, Other, Reboot, Refuses, Spell},
    diagnostic::Bilingual,
    simulator::controller::weather::{FaultsError, Odds, Window, asked, size, time},
};

/// What shall go wrong with cards, and with the line to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardFaults {
    /// With each card.
    pub mischief: Mischief,
    /// With the line.
    pub noise: Noise,
}

/// How long a reboot takes unless told.
const BOOT: Duration = Duration::from_secs(3);

/// By how many seconds somebody else sets the clock back.
const BACK: i32 = 3600;

/// The words, in both languages.
const WORDS: [(&str, &str); 21] = [
    ("nak", "拒绝"),
    ("busy", "忙"),
    ("slow", "迟答"),
    ("deaf", "失聪"),
    ("reboot", "重启"),
    ("reboot-at", "定时断电"),
    ("reboot-byte", "断电字节"),
    ("reboot-block", "断电分块"),
    ("boot", "启动"),
    ("lies", "谎报"),
    ("stale", "旧节目"),
    ("full", "存满"),
    ("clock", "拒绝校时"),
    ("bare", "无屏参"),
    ("secret", "密码"),
    ("wrong-type", "错型号"),
    ("wrong-size", "错尺寸"),
    ("other", "他人操作"),
    ("loss", "丢字节"),
    ("duplicate", "重复"),
    ("corrupt", "误码"),
];

impl FromStr for CardFaults {
    type Err = FaultsError;

    /// Faults one after the other, with commas between them.
    fn from_str(text: &str) -> Result<Self, FaultsError> {
        let mut faults = Self::default();
        let mut boot = None;
        for (word, value) in asked(text, &WORDS)? {
            match word {
                "boot" => boot = Some(a_time(word, value)?),
                _ => faults.ask(word, value)?,
            }
        }
        let is_rebooting = faults.mischief.reboot.is_some();
        if boot.is_some() && !is_rebooting {
            return Err(FaultsError::Boot);
        }
        if is_rebooting {
            faults.mischief.outage = boot.unwrap_or(BOOT);
        }
        Ok(faults)
    }
}

impl CardFaults {
    fn ask(&mut self, word: &'static str, value: Option<&str>) -> Result<(), FaultsError> {
        let Self { mischief, noise } = self;
        match word {
            "nak" => mischief.refuses = Some(refuses(word, value)?),
            "busy" => mischief.busy = Some(a_spell(word, value)?),
            "slow" => mischief.slow = a_time(word, value)?,
            "deaf" => mischief.deaf = Some(a_spell(word, value)?),
            "reboot" => mischief.reboot = Some(Reboot::Every(a_time(word, value)?)),
            "reboot-at" => mischief.reboot = Some(Reboot::At(a_time(word, value)?)),
            "reboot-byte" => mischief.reboot = Some(Reboot::AtByte(a_count(word, value)?)),
            "reboot-block" => mischief.reboot = Some(Reboot::AfterBlocks(a_count(word, value)?)),
            "lies" => mischief.lies = nothing(word, value)?,
            "stale" => mischief.keeps_program = nothing(word, value)?,
            "full" => mischief.is_full = nothing(word, value)?,
            "clock" => mischief.refuses_clock = nothing(word, value)?,
            "bare" => mischief.lacks_parameters = nothing(word, value)?,
            "secret" => mischief.secret = Some(hex(word, value, "十二位十六进制数", "twelve hex digits")?),
            "wrong-type" => {
                mischief.wrong_type = Some(hex(word, value, "四位十六进制数，如 7401", "four hex digits, as 7401")?);
            }
            "other" => mischief.others = others(word, value)?,
            "loss" => noise.lose = odds(word, value)?,
            "duplicate" => noise.duplicate = odds(word, value)?,
            "corrupt" => noise.corrupt = odds(word, value)?,
            _ => {
                let form = || wrong(word, value, "宽x高，如 128x64", "a size, as 128x64");
                mischief.wrong_size = Some(value.and_then(size).ok_or_else(form)?);
            }
        }
        Ok(())
    }
}

fn wrong(word: &'static str, value: Option<&str>, zh: &str, en: &str) -> FaultsError {
    FaultsError::Value {
        word,
        found: value.unwrap_or_default().to_owned(),
        form: Bilingual::new(zh, en),
    }
}

fn nothing(word: &'static str, value: Option<&str>) -> Result<bool, FaultsError> {
    match value {
        None => Ok(true),
        Some(_) => Err(wrong(word, value, "单独一个词", "a word by itself")),
    }
}

fn a_time(word: &'static str, value: Option<&str>) -> Result<Duration, FaultsError> {
    let some = value.and_then(time).filter(|time| !time.is_zero());
    some.ok_or_else(|| wrong(word, value, "时长，如 60s", "a time, as 60s"))
}

fn a_count(word: &'static str, value: Option<&str>) -> Result<u64, FaultsError> {
    let count = value.and_then(|value| value.parse().ok());
    count.ok_or_else(|| wrong(word, value, "个数，如 5000", "a count, as 5000"))
}

fn a_spell(word: &'static str, value: Option<&str>) -> Result<Spell, FaultsError> {
    let window = match value {
        None => Some(Window::ALWAYS),
        Some(value) => Window::read(value),
    };
    let Window { from, until } =
        window.ok_or_else(|| wrong(word, value, "时段，如 10s..20s", "a span, as 10s..20s"))?;
    let long = until.map_or(Duration::MAX, |until| until - from);
    Ok(Spell { from, long })
}

fn odds(word: &'static str, value: Option<&str>) -> Result<Odds, FaultsError> {
    let odds = value.and_then(Odds::read);
    odds.ok_or_else(|| wrong(word, value, "百分比，如 5%", "a percentage, as 5%"))
}

fn hex<const N: usize>(word: &'static str, value: Option<&str>, zh: &str, en: &str) -> Result<[u8; N], FaultsError> {
    value.and_then(bytes).ok_or_else(|| wrong(word, value, zh, en))
}

/// Bytes written as hex digits.
fn bytes<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

fn refuses(word: &'static str, value: Option<&str>) -> Result<Refuses, FaultsError> {
    let read = || {
        let value = value?;
        let (rest, every) = match value.split_once('/') {
            Some((rest, every)) => (rest, every.parse().ok()?),
            None => (value, 1),
        };
        let (code, command) = match rest.split_once('@') {
            Some((code, command)) => (code, Some(bytes(command).map(|[group, command]| (group, command))?)),
            None => (rest, None),
        };
        let code = code.parse().ok().filter(|code| *code > 0)?;
        Some(Refuses { code, command, every })
    };
    let form = || {
        wrong(
            word,
            value,
            "错误码，可加命令与间隔，如 4、3@a700、5/3",
            "an error, maybe with a command and a count, as 4, 3@a700, 5/3",
        )
    };
    read().ok_or_else(form)
}

fn others(word: &'static str, value: Option<&str>) -> Result<Vec<Other>, FaultsError> {
    let other = |written: &str| {
        let (what, at) = written.split_once('@')?;
        let what = match what {
            "area" => Intrusion::Area,
            "delete" => Intrusion::Delete,
            "program" => Intrusion::Program,
            "off" => Intrusion::Off,
            "clock" => Intrusion::Clock(BACK),
            "dim" => Intrusion::Brightness(0),
            _ => return None,
        };
        Some(Other { at: time(at)?, what })
    };
    let all: Option<Vec<Other>> = value.and_then(|value| value.split('+').map(|one| other(one.trim())).collect());
    let mut all = all.ok_or_else(|| {
        wrong(
            word,
            value,
            "操作与时刻，如 area@30s+off@60s；操作有 area、delete、program、off、clock、dim",
            "what and when, as area@30s+off@60s, of area, delete, program, off, clock, dim",
        )
    })?;
    all.sort_by_key(|other| other.at);
    Ok(all)
}
