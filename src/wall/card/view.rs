//! What a card does with what its screen plays, in words: who turns the pages, how late they come, and what is lost on the way.

use std::{sync::Arc, time::Duration};

use serde::Serialize;

use super::{
    course::Reason,
    entrance,
    made::{Made, Style, lasts},
    roll::Why,
};
use crate::{
    controller::{
        card::{CardPage, Entrance},
        onbon::{Model, picture::entrance::effect},
    },
    diagnostic::Bilingual,
    units::{Area, Rate},
};

/// What one card does with one screen at one instant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardView {
    /// Its number among the screen's cards, from 1.
    pub number: usize,
    /// What it is.
    pub model: &'static str,
    /// Its areas, each in a place of its own.
    pub areas: Vec<CardAreaView>,
}

/// One area of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardAreaView {
    /// The zones that share it.
    pub zones: Vec<Arc<str>>,
    /// LEDs from the screen's left edge.
    pub x: u32,
    /// LEDs from the screen's top edge.
    pub y: u32,
    /// Columns of LEDs.
    pub width: u32,
    /// Rows of LEDs.
    pub height: u32,
    /// Who turns its pages: `pushed`, `looped`, `running` (a ticker) or `rolling` (a page that runs again and again).
    pub course: &'static str,
    /// How many pages the card has of it.
    pub pages: usize,
    /// How many the programme has in a round.
    pub round_pages: usize,
    /// How long what is sent at once takes on the wire, in milliseconds.
    pub wire_ms: u64,
    /// The round of what the card turns by itself, in milliseconds.
    pub round_ms: Option<u64>,
    /// How far the card is off by the end of a round, or a page comes late, in milliseconds.
    pub drift_ms: u64,
    /// How fast a page runs on the card, in LEDs a second; `null` where none does.
    pub run_leds_s: Option<u16>,
    /// How long after its beginning the last column of that is seen, in milliseconds.
    pub run_ms: Option<u64>,
    /// How often what tells the time is shown anew, in seconds; `null` where nothing does before the next day.
    pub clock_s: Option<u32>,
    /// What is lost on the way, and why, in Chinese.
    pub notes_zh: Vec<String>,
    /// The same in English.
    pub notes: Vec<String>,
}

impl CardAreaView {
    /// All of it in one sentence.
    pub fn words(&self) -> Bilingual {
        let (zones_zh, zones_en) = (self.zones.join("、"), self.zones.join(", "));
        let notes = |notes: &[String], between: &str| notes.iter().map(|note| format!("{between}{note}")).collect();
        let (notes_zh, notes_en): (String, String) = (notes(&self.notes_zh, "；"), notes(&self.notes, "; "));
        let (wire, drift) = (time(self.wire_ms), time(self.drift_ms));
        let round = time(self.round_ms.unwrap_or_default());
        let pages = self.pages;
        let (zh, en) = match self.course {
            "looped" => (
                format!("{pages} 页存在卡上循环，一轮 {round}，传送需 {wire}，每轮误差约 {drift}，每轮开头校准"),
                format!(
                    "{pages} pages that the card turns, a round of {round}; {wire} on the wire, off by about {drift} a round and set right at the beginning of each"
                ),
            ),
            "running" => (
                format!("整条滚动，一轮 {round}，传送需 {wire}，每轮误差约 {drift}，每轮开头校准"),
                format!(
                    "one strip that the card lets run, a round of {round}; {wire} on the wire, off by about {drift} a round and set right at the beginning of each"
                ),
            ),
            "rolling" => (
                format!("卡自己反复滚动此页，一遍 {round}，传送需 {wire}，每遍误差约 {drift}，每遍开头校准"),
                format!(
                    "a page that the card lets run again and again, {round} each time; {wire} on the wire, off by about {drift} a time and set right at the beginning of each"
                ),
            ),
            _ => (
                format!("逐页推送，每页到点后约 {drift} 显示（传送 {wire}）"),
                format!("each page is pushed, and seen about {drift} after its time ({wire} on the wire)"),
            ),
        };
        Bilingual::new(
            format!("区域 {zones_zh}：{zh}{notes_zh}"),
            format!("{zones_en}: {en}{notes_en}"),
        )
    }
}

/// What an area is told of by its zones' identities.
pub(super) fn area(made: &Made, model: &Model, rate: Rate, id: impl Fn(usize) -> Arc<str>) -> CardAreaView {
    let told = &made.told;
    let (course, round) = match made.style {
        Style::Running { length, .. } => ("running", Some(lasts(length, rate))),
        Style::Looped { length, .. } => ("looped", Some(lasts(length, rate))),
        Style::Rolling { length, .. } => ("rolling", Some(lasts(length, rate))),
        Style::Pushed if is_running(made) => ("running", None),
        Style::Pushed => ("pushed", None),
    };
    let drift = round.map_or(told.wire, |round| drift(model, made.window, &made.pages, round));
    let (notes_zh, notes) = notes(made, model).into_iter().map(|note| (note.zh, note.en)).unzip();
    CardAreaView {
        zones: made.traces.iter().map(|trace| id(trace.track)).collect(),
        x: made.place.x,
        y: made.place.y,
        width: made.place.width,
        height: made.place.height,
        course,
        pages: told.shown,
        round_pages: told.pages,
        wire_ms: milliseconds(told.wire),
        round_ms: round.map(milliseconds),
        drift_ms: milliseconds(drift),
        run_leds_s: told.run.map(|run| run.given),
        run_ms: told.run.map(|run| milliseconds(run.takes)),
        clock_s: made.beat,
        notes_zh,
        notes,
    }
}

fn is_running(made: &Made) -> bool {
    let first = made.pages.first();
    first.is_some_and(|page| matches!(page.entrance, Entrance::Running(_)))
}

/// How far the card is off after one round: its stays are whole hundredths of a second, and its speeds are steps.
fn drift(model: &Model, place: Area, pages: &[CardPage], round: Duration) -> Duration {
    let takes = |page: &CardPage| {
        let effect = effect(model, page.entrance);
        let way = match (page.entrance, &page.look) {
            (Entrance::Running(_), crate::controller::card::Look::Dots(strip)) => strip.size().width,
            (Entrance::FromRight(_), _) => place.width,
            (Entrance::FromBelow(_), _) => place.height,
            _ => 0,
        };
        if matches!(page.entrance, Entrance::Running(_)) {
            return effect.led * way;
        }
        let stay = Duration::from_millis(((page.stay.as_millis() + 5) / 10 * 10) as u64);
        stay + effect.led * way
    };
    let taken: Duration = pages.iter().map(takes).sum();
    taken.abs_diff(round)
}

/// What is lost of an area.
fn notes(made: &Made, model: &Model) -> Vec<Bilingual> {
    let told = &made.told;
    let mut notes = Vec::new();
    notes.extend(reason(made));
    if made.traces.len() > 1 {
        notes.push(Bilingual::new(
            "几个区域重叠或卡的分区不够，合为一个分区",
            "the zones overlap, or the card has no more areas, so they share one",
        ));
    }
    if let Some(lost) = told.lost {
        let (zh, en) = entrance::name(lost);
        notes.push(Bilingual::new(
            format!("“{zh}”改为直接切换"),
            format!("\"{en}\" is shown as a cut"),
        ));
    }
    if let Some(page) = made.pages.first()
        && let Some(lost) = effect(model, page.entrance).lost
    {
        notes.push(speed(lost));
    }
    notes.extend(run(made));
    notes.extend(told.stands.map(stands));
    if let (Some(beat), Some(every)) = (made.beat, told.every)
        && beat > every
    {
        notes.push(Bilingual::new(
            format!("时间每 {beat} 秒更新一次，线路来不及更密"),
            format!("the time is shown anew every {beat} s, since the line allows no more"),
        ));
    }
    if let Some(missing) = told.missing {
        let code = u32::from(missing);
        notes.push(Bilingual::new(
            format!("卡没有“{missing}”（U+{code:04X}）这个字符，此页不显示"),
            format!("the card has no \"{missing}\" (U+{code:04X}), so the page is left out"),
        ));
    }
    notes
}

/// Why the pages are turned as they are, where that is not as it should be.
fn reason(made: &Made) -> Option<Bilingual> {
    let (shown, all) = (made.told.shown, made.told.pages);
    Some(match made.told.reason {
        Reason::Alone | Reason::Fast | Reason::Strip => return None,
        Reason::Slow => Bilingual::new(
            "传送一页的时间超过其停留的一半，故由卡自己翻页",
            "a page takes more than half of its stay on the wire, so the card turns them",
        ),
        Reason::NoRoom => Bilingual::new(
            "卡存不下一轮，逐页推送而略迟",
            "the card has no room for a round, so pages are pushed and come late",
        ),
        Reason::Together => Bilingual::new(
            "几个区域各自翻页，卡无法循环，逐页推送而略迟",
            "several zones turn pages of their own, which no card can, so pages are pushed and come late",
        ),
        Reason::Cut => Bilingual::new(
            format!("卡只存得下一轮 {all} 页中的前 {shown} 页，其余不显示；请缩短节目单，或提高波特率、改用网口"),
            format!(
                "the card has room for the first {shown} of {all} pages only; let fewer play, or use a faster line or the network"
            ),
        ),
        Reason::Part => Bilingual::new(
            "卡存不下整条，按条目分段滚动",
            "the card has no room for all of the strip, so it runs in parts, item by item",
        ),
    })
}

/// How a page runs, and how fast.
fn run(made: &Made) -> Option<Bilingual> {
    let run = made.told.run?;
    let takes = time(milliseconds(run.takes));
    let given = run.given;
    let mut zh = format!("文字在卡上滚动，每秒 {given} 点，{takes} 后末字出现");
    let mut en = format!("its text runs on the card, {given} LEDs a second, and its end is seen after {takes}");
    if run.wanted != given {
        zh += &format!("（屏上每秒 {} 点）", run.wanted);
        en += &format!(" (on the wall {} a second)", run.wanted);
    }
    if run.takes_along {
        zh += "；卡的分区不够，旁边不动的内容随文字滚动";
        en += "; the card has no area for what stands beside it, which runs along";
    }
    Some(Bilingual::new(zh, en))
}

/// Why what runs stands.
fn stands(why: Why) -> Bilingual {
    let (zh, en) = match why {
        Why::Film => {
            return Bilingual::new(
                "控制卡不放视频，显示其中一幅画面",
                "a card plays no video, and shows one picture of it",
            );
        }
        Why::Several => ("", ""),
        Why::Areas => (
            "：卡没有空余的分区来放旁边不动的内容",
            ": the card has no areas to spare for what stands beside it",
        ),
        Why::Room => ("：卡存不下全文", ": the card has no room for all of it"),
        Why::Slow => (
            "：线路或卡的速度来不及在本页内滚完；请提高波特率或改用网口",
            ": line or card are too slow for all of it to be seen in its time; use a faster line or the network",
        ),
        Why::Turned => (
            "：由卡翻页时不滚动；请提高波特率或改用网口",
            ": nothing runs on pages that the card turns; use a faster line or the network",
        ),
    };
    Bilingual::new(
        format!("滚动的文字停在开头{zh}"),
        format!("text that runs stands at its beginning{en}"),
    )
}

/// What a card cannot do of a speed.
fn speed(lost: crate::controller::onbon::picture::entrance::Lost) -> Bilingual {
    use crate::controller::onbon::picture::entrance::Lost;
    match lost {
        Lost::Speed { wanted, given } => Bilingual::new(
            format!("移动速度由每秒 {wanted} 点改为 {given} 点"),
            format!("it moves {given} LEDs a second rather than {wanted}"),
        ),
        Lost::Seamless => Bilingual::new(
            "由卡用自带的字滚动，首尾之间有空隙",
            "the card lets it run in its own type, with a gap at the end",
        ),
    }
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// `0.35 s`.
fn time(milliseconds: u64) -> String {
    if milliseconds < 1000 {
        return format!("{milliseconds} ms");
    }
    format!("{}.{} s", milliseconds / 1000, milliseconds % 1000 / 100)
}
