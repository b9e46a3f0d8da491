//! Words for whoever started virtual cards.

use std::net::SocketAddr;

use super::CardOptions;
use crate::{
    cli::simulate::{Place, SimulateError, notes::Voice, role::ONBON},
    controller::onbon::receiver::Build,
    diagnostic::{Bilingual, Diagnostic, Explain as _},
    simulator::{Hub, VirtualCard, card::Traffic, controller::Refused},
};

/// Words for whoever started them.
pub(super) struct Notes<'a> {
    pub(super) voice: Voice<'a>,
    view: Option<SocketAddr>,
    /// The last refusal of each card.
    refusals: Vec<Option<Refused>>,
}

impl<'a> Notes<'a> {
    pub(super) fn new(options: &CardOptions, voice: Voice<'a>) -> Self {
        Self {
            voice,
            view: options.view,
            refusals: vec![None; options.cards.len()],
        }
    }

    /// Says what listens, and where.
    pub(super) fn listening(&mut self, options: &CardOptions, cards: &VirtualCard) -> Result<(), SimulateError> {
        let told: Vec<String> = options.cards.iter().map(named).collect();
        // The name that was asked for is the one that stays.
        let asked = match &options.place {
            Place::Pty(link) => link.clone(),
            Place::Tcp(_) => None,
        };
        let (zh, en) = match asked.or_else(|| cards.path()) {
            Some(path) => (
                format!("串口 {}，{} bps", path.display(), options.baud),
                format!("at the serial port {}, {} baud", path.display(), options.baud),
            ),
            None => (
                format!("TCP {}", cards.address()),
                format!("at TCP {}", cards.address()),
            ),
        };
        let (page_zh, page_en) = match self.view {
            Some(view) => (format!("，网页 http://{view}/"), format!(", shown at http://{view}/")),
            None => Default::default(),
        };
        self.voice.say(&Bilingual::new(
            format!("控制卡 {}，{zh}{page_zh}；按 Ctrl-C 结束", told.join("、")),
            format!("{} {en}{page_en}; Ctrl-C ends it", told.join(", ")),
        ))
    }

    /// Tells of a refusal once, not for every request; on the page, and in words where they spoil no picture.
    pub(super) fn refusal(
        &mut self,
        card: usize,
        refusal: Option<Refused>,
        hub: &Hub,
        in_words: bool,
    ) -> Result<(), SimulateError> {
        let Some(refusal) = refusal.filter(|refusal| Some(refusal) != self.refusals[card].as_ref()) else {
            return Ok(());
        };
        hub.report(vec![Diagnostic::of_file(ONBON.into(), &refusal)]);
        let help = refusal.help();
        let words = Bilingual::new(
            format!("未执行：{}；{}", refusal.chinese(), help.zh),
            format!("not done: {refusal}; {}", help.en),
        );
        self.refusals[card] = Some(refusal);
        if in_words { self.voice.say(&words) } else { Ok(()) }
    }

    /// Says that the power failed, or is back.
    pub(super) fn power(&mut self, is_back: bool) -> Result<(), SimulateError> {
        let (zh, en) = if is_back {
            ("来电", "the power is back")
        } else {
            ("断电，3 秒后来电", "the power fails for 3 s")
        };
        self.voice.say(&Bilingual::new(zh, en))
    }

    /// Says what passed.
    pub(super) fn farewell(&mut self, traffic: &Traffic) -> Result<(), SimulateError> {
        let Traffic {
            heard,
            said,
            spoilt,
            clients,
            refused,
        } = traffic;
        self.voice.say(&Bilingual::new(
            format!(
                "收到 {heard} 字节，发出 {said} 字节；连接 {clients} 次，拒绝 {refused} 次；丢失 {}，重复 {}，误码 {}，冲突 {}，速率不符 {}",
                spoilt.lost, spoilt.duplicated, spoilt.corrupted, spoilt.collided, spoilt.misread
            ),
            format!(
                "{heard} bytes heard, {said} said; {clients} connections, {refused} refused; {} bytes lost, {} duplicated, {} corrupted, {} collided, {} at another speed",
                spoilt.lost, spoilt.duplicated, spoilt.corrupted, spoilt.collided, spoilt.misread
            ),
        ))
    }
}

/// A card, as one names it.
fn named(build: &Build) -> String {
    format!("{} {} #{}", build.model.name, build.size, build.number)
}
