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
    for card in &cards {
        let text = match json {
            true => serde_json::to_string(card).map_err(std::io::Error::from)? + "\n",
            false => table(card, terminal.language()),
        };
        out.write_all(text.as_bytes())?;
    }
    if deed.order().is_some() && !cards.is_empty() {
        terminal.say(&Bilingual::new(
            "已交给运行中的程序下发；最多保持一分钟，之后按节目单恢复",
            "the daemon that runs passes it on; it lasts until the programme says otherwise, a minute at most",
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

fn table(card: &CardView, language: Language) -> String {
    let CardView { screen, card: at, .. } = card;
    let name = Bilingual::new(
        format!("屏幕“{screen}”第 {at} 张卡（{}）", place(card)),
        format!("card {at} of screen \"{screen}\" ({})", place(card)),
    );
    let mut lines = vec![same(("型号", "model"), card.model.clone()), answers(card)];
    lines.extend(card.told.as_ref().map(itself));
    let kept = [
        (("屏", "LEDs"), &card.light),
        (("时钟", "clock"), &card.clock),
        (("亮度表", "brightness"), &card.brightness),
        (("定时开关", "hours"), &card.hours),
        (("断电备用画面", "fallback"), &card.fallback),
    ];
    lines.extend(kept.map(|(label, trust)| trusted(label, trust)));
    for (place, trust) in &card.areas {
        let label = (format!("区域 {place}"), format!("area {place}"));
        lines.push(trusted((&label.0, &label.1), trust));
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
    lines.extend(
        card.problems
            .iter()
            .map(|(zh, en)| line(("问题", "problem"), zh.clone(), en.clone())),
    );
    format!("{}\n{}", name.get(language), aligned(&lines, language))
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
    line(
        ("卡自报", "says"),
        format!("{model}，固件 {firmware}，卡号 {number}，{width}x{height}"),
        format!("{model}, firmware {firmware}, number {number}, {width}x{height}"),
    )
}

/// How far something is known to be there.
fn trusted(label: (&str, &str), trust: &str) -> (Bilingual, Bilingual) {
    let (zh, en) = match trust {
        "unsent" => ("未下发", "not sent yet"),
        "refused" => ("卡拒绝", "refused"),
        "sent" => ("已下发，无法读回", "sent, unverified"),
        "verified" => ("已读回核对", "read back, and right"),
        "unwanted" => ("不需要", "not wanted"),
        other => (other, other),
    };
    line(label, zh.to_owned(), en.to_owned())
}
