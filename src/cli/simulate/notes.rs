//! Words for whoever started it.

use std::{io::Write, net::SocketAddr};

use super::{Options, SimulateError};
use crate::{
    controller::Counts,
    diagnostic::{Bilingual, Diagnostic, Explain as _, Language},
    simulator::{
        Hub,
        controller::{
            Kind, Refused, Setup,
            weather::{Faults, Mishaps},
        },
    },
};

/// Where words go, and in which language.
pub(super) struct Voice<'a> {
    language: Language,
    out: &'a mut dyn Write,
}

impl<'a> Voice<'a> {
    pub(super) fn new(language: Language, out: &'a mut dyn Write) -> Self {
        Self { language, out }
    }

    pub(super) fn say(&mut self, words: &Bilingual) -> Result<(), SimulateError> {
        writeln!(self.out, "{}", words.get(self.language)).map_err(SimulateError::Write)
    }
}

/// Words for whoever started it.
pub(super) struct Notes<'a> {
    pub(super) voice: Voice<'a>,
    setup: Setup,
    view: Option<SocketAddr>,
    refusal: Option<Refused>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(options: &Options, out: &'a mut dyn Write) -> Self {
        Self {
            voice: Voice::new(options.language, out),
            setup: options.setup.clone(),
            view: options.view,
            refusal: None,
        }
    }

    fn say(&mut self, words: &Bilingual) -> Result<(), SimulateError> {
        self.voice.say(words)
    }

    /// Says what listens, and where.
    pub(super) fn listening(&mut self, address: SocketAddr) -> Result<(), SimulateError> {
        let Setup {
            kind, ref faults, seed, ..
        } = self.setup;
        let size = faults.wrong_size.unwrap_or_else(|| self.setup.chain.size());
        let (zh, en) = match self.view {
            Some(view) => (format!("，网页 http://{view}/"), format!(", shown at http://{view}/")),
            None => Default::default(),
        };
        let (carried_zh, carried_en) = match kind.carried(self.setup.chain.bytes()) {
            Some(Bilingual { zh, en }) => (format!("，{zh}"), format!(", {en},")),
            None => Default::default(),
        };
        let a = if kind == Kind::Ddp { "a" } else { "an" };
        let has_faults = *faults != Faults::default();
        self.say(&Bilingual::new(
            format!("{size} 点的 {kind} 显示端{carried_zh}，接收地址 {address}{zh}；按 Ctrl-C 结束"),
            format!("{a} {kind} display of {size} LEDs{carried_en} listens on {address}{en}; Ctrl-C ends it"),
        ))?;
        if !has_faults {
            return Ok(());
        }
        self.say(&Bilingual::new(
            format!("故障的随机种子是 {seed}；加上 --seed {seed} 可重现"),
            format!("the seed of its faults is {seed}; --seed {seed} repeats them"),
        ))
    }

    /// Tells of a refusal once, not for every datagram; on the page, and in words where they spoil no picture.
    pub(super) fn refusal(&mut self, refusal: Option<Refused>, hub: &Hub, in_words: bool) -> Result<(), SimulateError> {
        let Some(refusal) = refusal.filter(|refusal| Some(refusal) != self.refusal.as_ref()) else {
            return Ok(());
        };
        hub.report(vec![Diagnostic::of_file(
            self.setup.kind.protocol().name().into(),
            &refusal,
        )]);
        let help = refusal.help();
        let words = Bilingual::new(
            format!("数据报未接收：{}；{}", refusal.chinese(), help.zh),
            format!("datagram not taken: {refusal}; {}", help.en),
        );
        self.refusal = Some(refusal);
        if in_words { self.say(&words) } else { Ok(()) }
    }

    /// Says what was seen.
    pub(super) fn farewell(&mut self, counts: &Counts, mishaps: &Mishaps) -> Result<(), SimulateError> {
        self.say(&self.setup.kind.told(counts))?;
        if self.setup.faults == Faults::default() {
            return Ok(());
        }
        let Mishaps {
            lost,
            reordered,
            duplicated,
            corrupted,
            unheard,
            overflowed,
            reboots,
            hidden,
        } = mishaps;
        self.say(&Bilingual::new(
            format!(
                "故障：丢包 {lost}，乱序 {reordered}，重复 {duplicated}，误码 {corrupted}，失联期间 {unheard}，积压丢弃 {overflowed}，重启 {reboots} 次，未显示的画面 {hidden}"
            ),
            format!(
                "faults: {lost} lost, {reordered} reordered, {duplicated} duplicated, {corrupted} corrupted, {unheard} unheard, {overflowed} dropped from a full queue, {reboots} reboots, {hidden} pictures not shown"
            ),
        ))
    }
}
