//! Which cards are meant.

use std::sync::Arc;

use jiff::tz::TimeZone;

use crate::{
    cli::{
        arguments::Cards,
        exit::{Exit, Failure},
        load,
        terminal::Terminal,
    },
    controller::onbon::{self, Model},
    daemon::CardRefusal,
    diagnostic::Bilingual,
    site::{CardWay, Site},
};

/// A card that is meant.
#[derive(Clone, Debug)]
pub(super) struct Target {
    /// Its screen, and its number there from 1 on; `None` where no site names it.
    pub(super) place: Option<(Arc<str>, usize)>,
    pub(super) way: CardWay,
    /// Its address; [`onbon::ANY`] for the only one.
    pub(super) number: u16,
    /// Its kind, where somebody says.
    pub(super) model: Option<&'static Model>,
    /// The zone of its clock.
    pub(super) zone: TimeZone,
}

impl Target {
    /// The card that was named without a site, if one was. Its clock is of this machine's zone.
    pub(super) fn direct(cards: &Cards) -> Option<Self> {
        let way = match (&cards.tcp, &cards.serial) {
            (Some(address), _) => CardWay::Tcp {
                address: address.with_port(onbon::PORT),
            },
            (None, Some(port)) => CardWay::Serial {
                port: port.as_str().into(),
                baud: cards.baud.unwrap_or(CardWay::BAUD),
                turnaround: CardWay::TURNAROUND,
            },
            (None, None) => return None,
        };
        Some(Self {
            place: None,
            way,
            number: cards.number.unwrap_or(onbon::ANY),
            model: cards.model,
            zone: TimeZone::system(),
        })
    }

    /// The cards of the site that are meant: at least one.
    pub(super) fn of_site(cards: &Cards, terminal: &Terminal) -> Result<Vec<Self>, Failure> {
        let wall = load::wall(&cards.site, terminal)?;
        let site = wall.site();
        if let Some(screen) = &cards.screen {
            load::screen(&wall, Some(screen))?;
        }
        let all = all(site, cards.screen.as_deref());
        let count = all.len();
        let is_meant = |target: &Self| {
            let number = target.place.as_ref().map(|(_, number)| *number);
            cards.card.is_none_or(|card| usize::try_from(card).ok() == number)
        };
        let meant: Vec<Self> = all.into_iter().filter(is_meant).collect();
        if meant.is_empty() {
            return Err(match cards.card {
                Some(card) if count > 0 => Failure::of(Exit::USAGE, &CardRefusal::NoCard { card, count }),
                _ => {
                    let screen = cards.screen.clone();
                    Failure::of(Exit::CONFIG, &CardRefusal::None { screen })
                }
            });
        }
        Ok(meant)
    }

    /// Where it is, for people.
    pub(super) fn line(&self) -> String {
        match &self.way {
            CardWay::Tcp { address } => address.to_string(),
            CardWay::Serial { port, baud, .. } => format!("{port} {baud}"),
        }
    }

    /// Its name, for people.
    pub(super) fn name(&self) -> Bilingual {
        let line = self.line();
        let number = (self.number != onbon::ANY).then_some(self.number);
        let (zh, en) = number.map_or_else(Default::default, |number| {
            (format!("，卡号 {number}"), format!(", number {number}"))
        });
        match &self.place {
            Some((screen, card)) => Bilingual::new(
                format!("屏幕“{screen}”第 {card} 张卡（{line}{zh}）"),
                format!("card {card} of screen \"{screen}\" ({line}{en})"),
            ),
            None => Bilingual::new(format!("控制卡（{line}{zh}）"), format!("card at {line}{en}")),
        }
    }
}

fn all(site: &Site, screen: Option<&str>) -> Vec<Target> {
    let screens = site.screens.iter().filter(|it| screen.is_none_or(|id| *it.id == *id));
    screens
        .flat_map(|screen| {
            screen.cards.iter().enumerate().map(|(number, card)| Target {
                place: Some((Arc::clone(&screen.id), number + 1)),
                way: card.way.clone(),
                number: card.number,
                model: Some(card.model),
                zone: site.timezone.clone(),
            })
        })
        .collect()
}
