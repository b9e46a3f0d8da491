//! Test pictures on a screen's outputs, for whoever hangs or mends it.
//!
//! What is seen is a function of the test, the screen as the site has it, and the tick, as everything is; so a test of the past can be painted
//! again. A test shows on a dark screen too, and never while the wall is stopped.

use std::{sync::Arc, time::Duration};

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    diagnostic::Bilingual,
    frame::Frame,
    panel::{Pattern, Spec, paint},
    site::Screen,
    units::{Level, Rate, Tick},
};

/// Test pictures on a screen's outputs, for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelTest {
    /// From when on.
    pub since: Timestamp,
    /// Until when, at the latest.
    pub until: Timestamp,
    /// Who asked for it.
    pub by: Arc<str>,
    /// The only output that shows them, from 0 on; `None` for all of them, or the whole of a screen that has none.
    pub output: Option<usize>,
    /// What is shown, one after the other, again and again; nothing where it is empty.
    pub patterns: Arc<[Pattern]>,
    /// How bright, in percent of what the output has; `None` leaves the brightness of the time.
    pub level: Option<Level>,
}

/// The same in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TestView {
    /// Since when, RFC 3339 in the site's zone.
    pub since: String,
    /// Until when at the latest, RFC 3339 in the site's zone.
    pub until: String,
    /// Who asked for it.
    pub by: Arc<str>,
    /// All of it in Chinese.
    pub told_zh: String,
    /// All of it in English.
    pub told_en: String,
}

impl PanelTest {
    /// The longest that a test lasts: whoever stood before the wall may be called away.
    pub const LONGEST: Duration = Duration::from_secs(600);

    /// How long a picture stands that does not move.
    const STILL: u64 = 4_000;

    /// How long a row or a column stands before the next one is lit.
    const STEP: u64 = 40;

    /// Whether it is seen at `tick` on a screen of `rate`.
    pub fn holds(&self, rate: Rate, tick: Tick) -> bool {
        rate.tick_from(self.since) <= tick && tick < rate.tick_from(self.until)
    }

    /// Whether the output of that number, from 0, shows it.
    pub fn includes(&self, output: usize) -> bool {
        self.output.is_none_or(|own| own == output)
    }

    /// Paints its picture of `tick`, at which it holds, over the outputs of `screen` on `frame`; the rest of the frame stays.
    pub fn paint(&self, screen: &Screen, tick: Tick, frame: &mut Frame) {
        let since = screen.rate.tick_from(self.since);
        let elapsed = screen.rate.duration(tick.since(since)).as_millis();
        let elapsed = u64::try_from(elapsed).unwrap_or_default();
        if screen.outputs.is_empty() {
            self.paint_on(&Spec::plain(screen.size.area()), elapsed, frame);
        }
        let outputs = screen.outputs.iter().enumerate();
        for (_, output) in outputs.filter(|(number, _)| self.includes(*number)) {
            self.paint_on(&output.panel, elapsed, frame);
        }
        let has_more = !screen.outputs.is_empty() && self.output.is_none();
        for card in screen.cards.iter().filter(|_| has_more) {
            self.paint_on(&Spec::plain(card.region), elapsed, frame);
        }
    }

    fn paint_on(&self, spec: &Spec, elapsed: u64, frame: &mut Frame) {
        if let Some((pattern, step)) = self.shown(spec, elapsed) {
            paint(pattern, spec, step, frame);
        }
    }

    /// What a panel shows so many milliseconds after the test began, and at which step. Of several patterns those are left out that its
    /// LEDs cannot show.
    fn shown(&self, spec: &Spec, elapsed: u64) -> Option<(Pattern, u32)> {
        let suits = |pattern: &Pattern| pattern.suits(spec.format);
        let some_suit = self.patterns.iter().any(suits);
        let all = || {
            self.patterns
                .iter()
                .copied()
                .filter(|pattern| !some_suit || suits(pattern))
        };
        let round: u64 = all().map(|pattern| lasts(pattern, spec)).sum();
        let mut rest = elapsed.checked_rem(round)?;
        for pattern in all() {
            let lasts = lasts(pattern, spec);
            if rest < lasts {
                return Some((pattern, u32::try_from(rest / Self::STEP).unwrap_or_default()));
            }
            rest -= lasts;
        }
        None
    }

    /// In words, with civil times of `zone`.
    pub fn view(&self, zone: &TimeZone) -> TestView {
        let told = self.words(zone);
        let written = |instant: Timestamp| instant.display_with_offset(zone.to_offset(instant)).to_string();
        TestView {
            since: written(self.since),
            until: written(self.until),
            by: Arc::clone(&self.by),
            told_zh: told.zh,
            told_en: told.en,
        }
    }

    /// In one sentence, with civil times of `zone`.
    pub fn words(&self, zone: &TimeZone) -> Bilingual {
        let civil = |instant| zone.to_datetime(instant).strftime("%Y-%m-%d %H:%M:%S").to_string();
        let (since, until) = (civil(self.since), civil(self.until));
        let names =
            |name: fn(Pattern) -> &'static str| self.patterns.iter().map(|pattern| name(*pattern)).collect::<Vec<_>>();
        let (zh, en) = match self.output {
            Some(output) => (
                format!("第 {} 路输出，", output + 1),
                format!("output {}, ", output + 1),
            ),
            None => Default::default(),
        };
        Bilingual::new(
            format!(
                "屏体测试（{since} 至 {until}，{zh}{}，由“{}”）",
                names(Pattern::chinese).join("、"),
                self.by
            ),
            format!(
                "panel test ({since} until {until}, {en}{}, by \"{}\")",
                names(Pattern::name).join(", "),
                self.by
            ),
        )
    }
}

/// How many milliseconds a pattern stands on a panel before the next one comes.
fn lasts(pattern: Pattern, spec: &Spec) -> u64 {
    let walk = u64::from(pattern.steps(spec)) * PanelTest::STEP;
    walk.max(PanelTest::STILL)
}
