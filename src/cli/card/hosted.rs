//! Cards whose lines a daemon holds: it says how they stand, and passes on what is ordered.

use std::io::Write;

use super::{
    deed::Deed,
    error::CardError,
    told::{aligned, line, same},
};
use crate::{
    cli::{
        exit::{Exit, Failure},
        terminal::Terminal,
    },
    daemon::{Answer, CardTold, CardView, ControlError},
    diagnostic::{Bilingual, Language},
};

/// Tells what the daemon `answer`ed to the `deed`.
pub(super) fn told(
    answer: Answer,
    deed: Deed,
    json: bool,
    out: &mut dyn Write,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let (cards, busy) = match answer {
        Answer::Cards { .. } if deed == Deed::Files => return Err(Failure::of(Exit::UNAVAILABLE, &CardError::Held)),
        Answer::Cards { cards, busy } => (cards, busy),
        Answer::NoCard {
            zh,
            en,
            help_zh,
            help_en,
        } => {
            let (message, help) = (Bilingual::new(zh, en), Bilingual::new(help_zh, help_en));
            return Err(Failure::new(Exit::UNAVAILABLE, message, help));
        }
        _ => return Err(Failure::of(Exit::UNAVAILABLE, &ControlError::Unclear)),
    };
    let is_order = deed.order().is_some();
    for card in &cards {
        let text = match (json, is_order) {
            (true, _) => serde_json::to_string(card).map_err(std::io::Error::from)? + "\n",
            (false, false) => table(card, terminal.language()),
            // How it stood before the order is of no use, but for what may be in the order's way.
            (false, true) => hindrance(card, terminal.language()),
        };
        out.write_all(text.as_bytes())?;
    }
    for CardView { screen, card, .. } in cards.iter().filter(|_| is_order) {
        terminal.say(&Bilingual::new(
            format!("屏幕“{screen}”第 {card} 张卡：已交给运行中的程序下发；最多保持一分钟，之后按节目单恢复"),
            format!(
                "card {card} of screen \"{screen}\": the daemon that runs passes it on; it lasts until the programme says otherwise, a minute at most"
            ),
        ));
    }
    for (screen, card) in &busy {
        terminal.say(&Bilingual::new(
            format!(
                "屏幕“{screen}”第 {card} 张卡：{}",
                crate::diagnostic::Explain::chinese(&CardError::Busy)
            ),
            format!("card {card} of screen \"{screen}\": {}", CardError::Busy),
        ));
    }
    let is_well = busy.is_empty() && cards.iter().all(|card| card.answers && card.problems.is_empty());
    Ok(if is_well { Exit::DONE } else { Exit::PROBLEMS })
}

/// What of a card may be in an order's way; empty where all is well.
fn hindrance(card: &CardView, language: Language) -> String {
    if card.answers && card.problems.is_empty() {
        return String::new();
    }
    let mut lines = vec![answers(card)];
    lines.extend(problems(card));
    format!("{}\n{}", name(card).get(language), aligned(&lines, language))
}

fn table(card: &CardView, language: Language) -> String {
    let mut lines = vec![same(("型号", "model"), card.model.clone()), answers(card)];
    lines.extend(card.told.as_ref().map(itself));
    let kept = [
        (("屏", "LEDs"), &card.light, lit(card)),
        (("时钟", "clock"), &card.clock, ahead(card)),
        (("亮度表", "brightness"), &card.brightness, level(card)),
        (("定时开关", "hours"), &card.hours, None),
        (("断电备用画面", "fallback"), &card.fallback, None),
    ];
    lines.extend(kept.map(|(label, trust, value)| trusted(label, trust, value)));
    for (place, trust) in &card.areas {
        let label = (format!("区域 {place}"), format!("area {place}"));
        lines.push(trusted((&label.0, &label.1), trust, None));
    }
    lines.push(line(
        ("闪存写入", "flash"),
        format!("今天 {} 次", card.writes),
        format!("written {} times today", card.writes),
    ));
    lines.push(line(
        ("请求", "requests"),
        format!(
            "{} 次，{} 次无应答；重新下发 {} 次",
            card.requests.0, card.requests.1, card.reasserted
        ),
        format!(
            "{}, {} of them unanswered; all sent anew {} times",
            card.requests.0, card.requests.1, card.reasserted
        ),
    ));
    lines.extend(problems(card));
    format!("{}\n{}", name(card).get(language), aligned(&lines, language))
}

fn name(card: &CardView) -> Bilingual {
    let CardView { screen, card: at, .. } = card;
    Bilingual::new(
        format!("屏幕“{screen}”第 {at} 张卡（{}）", place(card)),
        format!("card {at} of screen \"{screen}\" ({})", place(card)),
    )
}

fn problems(card: &CardView) -> impl Iterator<Item = (Bilingual, Bilingual)> {
    let problems = card.problems.iter();
    problems.map(|(zh, en)| line(("问题", "problem"), zh.clone(), en.clone()))
}

/// Whether its LEDs are lit, where that is known.
fn lit(card: &CardView) -> Option<Bilingual> {
    let is_lit = card.lit?;
    Some(if is_lit {
        Bilingual::new("开", "lit")
    } else {
        Bilingual::new("关", "dark")
    })
}

/// How far its clock is off, where it said.
fn ahead(card: &CardView) -> Option<Bilingual> {
    let ahead = card.ahead?;
    let by = ahead.unsigned_abs();
    Some(match ahead {
        -1..=1 => Bilingual::new("准", "right"),
        2.. => Bilingual::new(format!("快 {by} 秒"), format!("{by} s ahead")),
        _ => Bilingual::new(format!("慢 {by} 秒"), format!("{by} s behind")),
    })
}

/// How bright it says that it is.
fn level(card: &CardView) -> Option<Bilingual> {
    let level = card.level?;
    let words = format!("{level}/15 ({} %)", u16::from(level) * 100 / 15);
    Some(Bilingual::new(words.clone(), words))
}

/// Its line, speed and address.
fn place(card: &CardView) -> String {
    let baud = card.baud.map_or_else(String::new, |baud| format!(" {baud}"));
    let number = card.number.map_or_else(String::new, |number| format!(" #{number}"));
    format!("{}{baud}{number}", card.line)
}

fn answers(card: &CardView) -> (Bilingual, Bilingual) {
    let ago = card.answered.map_or_else(Default::default, |ago| {
        (format!("（{ago:.0} 秒前）"), format!(" ({ago:.0} s ago)"))
    });
    let (zh, en) = match (card.connected, card.answers) {
        (false, _) => ("线路未通", "the line is not open"),
        (true, false) => ("没有应答", "it does not answer"),
        (true, true) => ("有应答", "it answers"),
    };
    line(("通信", "line"), format!("{zh}{}", ago.0), format!("{en}{}", ago.1))
}

fn itself(told: &CardTold) -> (Bilingual, Bilingual) {
    let CardTold {
        model,
        firmware,
        number,
        size: (width, height),
    } = told;
    // Cards with fonts tell neither their firmware nor their LEDs.
    let (mut zh, mut en) = (vec![model.clone()], vec![model.clone()]);
    if !firmware.is_empty() {
        zh.push(format!("固件 {firmware}"));
        en.push(format!("firmware {firmware}"));
    }
    zh.push(format!("卡号 {number}"));
    en.push(format!("number {number}"));
    if (*width, *height) != (0, 0) {
        zh.push(format!("{width}x{height}"));
        en.push(format!("{width}x{height}"));
    }
    line(("卡自报", "says"), zh.join("，"), en.join(", "))
}

/// What something is, where that is known, and how far it is known to be there.
fn trusted(label: (&str, &str), trust: &str, value: Option<Bilingual>) -> (Bilingual, Bilingual) {
    let (zh, en) = match trust {
        "unsent" => ("未下发", "not sent yet"),
        "refused" => ("卡拒绝", "refused"),
        "sent" => ("已下发，无法读回", "sent, unverified"),
        "verified" => ("已读回核对", "read back, as it ought to be"),
        "unable" => ("该型号没有", "such a card has none"),
        "unwanted" => ("不需要", "not wanted"),
        other => (other, other),
    };
    match value {
        Some(value) => line(label, format!("{}（{zh}）", value.zh), format!("{} ({en})", value.en)),
        None => line(label, zh.to_owned(), en.to_owned()),
    }
}
