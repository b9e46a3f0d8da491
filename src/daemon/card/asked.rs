//! What somebody asks about cards over the control socket: which cards are meant, and what each of them says.

use std::{sync::Arc, time::Duration};

use thiserror::Error;

use super::{CardOrder, CardView, Reply};
use crate::{
    controller::onbon::session::Order,
    daemon::{clock, shared::Shared},
    diagnostic::{Bilingual, Explain},
    site::{CardWay, Site},
};

/// After so long no further card is asked. Whoever asks waits longer than this and the last card take.
const PATIENCE: Duration = Duration::from_secs(3);

/// Why nothing can be said of cards.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CardRefusal {
    /// The daemon has no site yet.
    #[error("the daemon is still starting")]
    Starting,
    /// The site has no cards, or that screen has none.
    #[error("there is no [[screen.card]] {}", screen.as_ref().map_or_else(|| "in site.toml".to_owned(), |screen| format!("on a screen \"{screen}\"")))]
    None {
        /// The screen, where one was named.
        screen: Option<String>,
    },
    /// The screen has no card of that number.
    #[error("there is no card {card}; there are {count}")]
    NoCard {
        /// The number that was asked for, from 1 on.
        card: u32,
        /// How many there are on the screens that are meant.
        count: usize,
    },
    /// A brightness is no percentage.
    #[error("a brightness is 0 to 100 %")]
    NoBrightness,
}

impl Explain for CardRefusal {
    fn chinese(&self) -> String {
        match self {
            Self::Starting => "程序仍在启动".into(),
            Self::None { screen: None } => "site.toml 中没有 [[screen.card]]".into(),
            Self::None { screen: Some(screen) } => format!("屏幕“{screen}”没有 [[screen.card]]"),
            Self::NoCard { card, count } => format!("没有第 {card} 张卡，共有 {count} 张"),
            Self::NoBrightness => "亮度应为 0 至 100 %".into(),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Starting => Bilingual::new("请稍后再试", "try again in a moment"),
            Self::None { screen: None } => Bilingual::new(
                "请在 site.toml 的 [[screen]] 下写入控制卡（yingbi discover 给出所需各行），或用 --tcp、--serial 指明一张卡",
                "write the cards below [[screen]] in site.toml (`yingbi discover` gives the lines), or name a card by --tcp or --serial",
            ),
            Self::None { screen: Some(_) } => Bilingual::new(
                "请在该屏幕下写 [[screen.card]]，或改 --screen",
                "write [[screen.card]] below that [[screen]], or give another --screen",
            ),
            Self::NoCard { .. } => Bilingual::new("请改 --card", "give another --card"),
            Self::NoBrightness => Bilingual::new("请改亮度", "give another brightness"),
        }
    }
}

/// Which cards are meant, and what they are to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::daemon) struct WantedCards {
    /// The screen's identity; all screens where none is given.
    pub(in crate::daemon) screen: Option<String>,
    /// The card's number on its screen, from 1 on; all where none is given.
    pub(in crate::daemon) card: Option<u32>,
    pub(in crate::daemon) order: Option<CardOrder>,
}

/// What became of asking.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::daemon) struct Told {
    /// How the cards stand.
    pub(in crate::daemon) cards: Vec<CardView>,
    /// Those of which nothing could be learnt, since more waits for them than they do: screen, and number from 1 on.
    pub(in crate::daemon) busy: Vec<(String, u32)>,
}

/// A card that is meant: its screen, its number on it from 0 on, its way.
type Meant = (Arc<str>, usize, CardWay);

impl WantedCards {
    fn find(&self, site: &Site) -> Result<Vec<Meant>, CardRefusal> {
        let is_meant = |id: &str| self.screen.as_deref().is_none_or(|screen| screen == id);
        let screens = site.screens.iter().filter(|screen| is_meant(&screen.id));
        let all: Vec<Meant> = screens
            .flat_map(|screen| {
                let cards = screen.cards.iter().enumerate();
                cards.map(|(number, card)| (Arc::clone(&screen.id), number, card.way.clone()))
            })
            .collect();
        if all.is_empty() {
            let screen = self.screen.clone();
            return Err(CardRefusal::None { screen });
        }
        let Some(card) = self.card else {
            return Ok(all);
        };
        let count = all.len();
        let is_it = |(_, number, _): &Meant| u32::try_from(number + 1) == Ok(card);
        let found: Vec<_> = all.into_iter().filter(is_it).collect();
        match found.is_empty() {
            true => Err(CardRefusal::NoCard { card, count }),
            false => Ok(found),
        }
    }

    fn order(&self) -> Result<Option<Order>, CardRefusal> {
        match self.order {
            Some(order) => order.order().map(Some).ok_or(CardRefusal::NoBrightness),
            None => Ok(None),
        }
    }
}

impl Shared {
    /// Asks the cards that are meant, and gives them the order first, where there is one. Waits for their lines, a few seconds at most.
    pub(in crate::daemon) fn ask_cards(&self, wanted: &WantedCards) -> Result<Told, CardRefusal> {
        let bill = self.bill().ok_or(CardRefusal::Starting)?;
        let (order, meant) = (wanted.order()?, wanted.find(bill.whole().site())?);
        if let Some(order) = wanted.order {
            tracing::info!(?order, cards = meant.len(), "ordered over the control socket");
        }
        let deadline = clock::moment() + PATIENCE;
        let mut told = Told::default();
        for (screen, number, way) in meant {
            let reply = match clock::moment() < deadline {
                true => self.lines.ask(&screen, number, &way, order),
                false => None,
            };
            match reply {
                Some(Reply::Stands(view)) => told.cards.push(*view),
                Some(Reply::Busy) | None => {
                    let number = u32::try_from(number + 1).unwrap_or(u32::MAX);
                    told.busy.push((screen.as_ref().into(), number));
                }
            }
        }
        Ok(told)
    }
}
