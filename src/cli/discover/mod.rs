//! `yingbi discover`: which controllers are there, and the lines that `site.toml` needs for them.
//!
//! ```text
//! Ways (this machine's networks) -> questions -> network -> answers -> Findings -> lines for site.toml, or JSON
//! ```
//!
//! DDP displays are asked for their status and configuration, Art-Net nodes by ArtPoll. Receivers of sACN say nothing of themselves; their
//! sources tell every ten seconds which universes they send, so that it is known which are taken. Cards (ONBON BX) are asked over UDP, and on
//! every serial port at the speeds at which they leave the factory.

mod cards;
mod error;
mod findings;
mod lines;
mod ports;
mod search;
mod ways;

use std::{io::Write, net::IpAddr, sync::Arc, time::Duration};

pub use cards::{CardPlace, Cards, FoundCard};
pub use error::DiscoverError;
pub use findings::{Findings, Found, What};
pub use lines::{SacnLines, cards_toml, toml};
pub use search::search;
pub use ways::{Network, Ways};

use crate::diagnostic::{Bilingual, Language};

/// How often sources of sACN tell what they send.
const SACN_PERIOD: Duration = Duration::from_secs(10);

/// What `yingbi discover` is asked to do.
#[derive(Clone, Debug)]
pub struct Options {
    /// How long to listen.
    pub length: Duration,
    /// The only interface to ask by, by its name or address.
    pub interface: Option<Arc<str>>,
    /// Addresses to ask too, such as those behind a router.
    pub addresses: Vec<IpAddr>,
    /// The serial ports on which to ask for cards; all that there are where none is named, unless `network_only`.
    pub serial: Vec<Arc<str>>,
    /// Ask on no serial port.
    pub network_only: bool,
    /// One JSON object a line instead of lines for `site.toml`.
    pub json: bool,
    /// The language of comments and notes.
    pub language: Language,
}

/// Asks, listens, and writes what was found to `out`; all else goes to `notes`. How many were found.
///
/// # Errors
/// There is no network, or none by that interface; the output is gone.
pub fn run(options: &Options, out: &mut dyn Write, notes: &mut dyn Write) -> Result<usize, DiscoverError> {
    let ways = Ways::of_this_machine(options.interface.as_ref(), &options.addresses)?;
    let ways = match options.network_only {
        true => ways,
        false => ways.with_ports(&options.serial),
    };
    discover(&ways, options, out, notes)
}

/// The same, by these `ways`.
///
/// # Errors
/// As for [`run`].
pub fn discover(
    ways: &Ways,
    options: &Options,
    out: &mut dyn Write,
    notes: &mut dyn Write,
) -> Result<usize, DiscoverError> {
    let mut say = |words: Bilingual| writeln!(notes, "{}", words.get(options.language)).map_err(DiscoverError::Write);
    say(beginning(ways, options.length))?;
    let (findings, troubles) = search(ways, options.length)?;
    let is_troubled = !troubles.is_empty();
    for trouble in troubles {
        say(trouble)?;
    }
    let (found, cards) = (findings.found(), findings.cards.found());
    let told = if options.json {
        let cards = cards.iter().map(|card| lines::card_json(card, ways));
        found
            .iter()
            .map(|found| lines::json(found, ways))
            .chain(cards)
            .collect()
    } else {
        toml(&found, ways, options.language) + &cards_toml(&cards, ways, options.language)
    };
    let count = found.len() + cards.len();
    out.write_all(told.as_bytes())
        .and_then(|()| out.flush())
        .map_err(DiscoverError::Write)?;
    if count == 0 {
        say(if is_troubled { nothing_yet() } else { nothing() })?;
    }
    Ok(count)
}

fn beginning(ways: &Ways, length: Duration) -> Bilingual {
    let networks = ways.networks();
    let seconds = length.as_secs_f32();
    let mut words = Bilingual::new(
        format!("正在询问 {networks}，{seconds} 秒"),
        format!("asking {networks} for {seconds} s"),
    );
    if length < SACN_PERIOD {
        words.zh += "；sACN 信号源每 10 秒才通报一次，要全部听到请用 --for 12s";
        words.en += "; sources of sACN tell of themselves every 10 s only: --for 12s hears all of them";
    }
    if !ways.ports.is_empty() {
        words.zh += "；串口按常用波特率逐一询问，约需 20 秒";
        words.en += "; serial ports are asked at the usual speeds one after the other, for some twenty seconds";
    }
    words
}

/// What was in the way has been told, and is to be mended first.
fn nothing_yet() -> Bilingual {
    Bilingual::new(
        "没有找到。请先处理上面所说的问题，再试一次",
        "nothing was found. Mend what is told above first, and try again",
    )
}

fn nothing() -> Bilingual {
    Bilingual::new(
        "没有找到。请检查：控制器是否通电、网线灯是否亮；是否与本机在同一网段；防火墙是否放行 UDP 4048、5005、5007、5568、6454；\
         串口卡的接线、波特率（9600 或 57600）和供电。\n\
         许多 DDP 控制器（如 WLED）和所有 sACN 接收器不应答查询：请直接写它的地址。",
        "nothing was found. See whether the controller has power and its network lamp is lit; whether it is in a network of this \
         machine; whether a firewall lets UDP 4048, 5005, 5007, 5568 and 6454 through; of cards on serial lines the wiring, the baud rate \
         (9600 or 57600) and the power.\n\
         Many DDP controllers (WLED) and all receivers of sACN answer no question: write their address by hand.",
    )
}
