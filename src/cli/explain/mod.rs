//! `yingbi explain`: what is on the wall at an instant and why, or why one item is or is not.

mod instant;
mod item;
mod lines;

use super::{
    arguments::Explain,
    exit::{Exit, Failure},
    past::{self, Question},
    terminal::Terminal,
};
use crate::{
    diagnostic::Bilingual,
    wall::history::{Held, Holding},
};

/// Answers, on the authority that the first line names.
pub(super) fn run(options: &Explain, terminal: &Terminal) -> Result<Exit, Failure> {
    let question = past::ask(
        &options.site,
        options.state.as_deref(),
        options.at.as_deref(),
        options.today,
        terminal,
    )?;
    if let past::Authority::Today(past::Why::Unreadable(fault)) = &question.authority {
        terminal.problems(&[fault.diagnostic()]);
    }
    if let Some(damage) = question.damage() {
        terminal.say(&damage);
    }
    match &options.item {
        Some(id) => item::run(id, options, &question, terminal),
        None => instant::run(options, &question, terminal),
    }
}

/// Frames that were held, in words.
pub(super) fn held(question: &Question, held: &Held) -> Bilingual {
    let (since, until) = (question.civil(held.since), question.civil(held.until));
    let (zh, en) = match held.why {
        Holding::Painting => ("画面无法生成", "they could not be painted"),
        Holding::Late => ("来不及播出", "they came too late"),
        Holding::Clip => ("视频的画面未能及时读出", "the frames of a video were not at hand"),
        Holding::Clock => (
            "系统时间被改，画面先按原有时间播完一页",
            "the clock had been set, and the page was ended by the old time first",
        ),
    };
    Bilingual::new(
        format!("{since} 至 {until} 间有 {} 帧沿用了前一帧：{zh}", held.frames),
        format!(
            "{} frame(s) between {since} and {until} were not shown, and the one before was held: {en}",
            held.frames
        ),
    )
}
