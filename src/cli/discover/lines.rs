//! What was found, as lines for `site.toml`, or as JSON.
//!
//! | field of JSON | |
//! |---|---|
//! | `protocol` | `ddp`, `artnet`, `sacn` or `onbon` |
//! | `role` | `controller`, `source` of sACN, which sends as we do, or `card` |
//! | `address`, `port` | where it is; no port of a source |
//! | `serial`, `baud` | where a card is on a serial port |
//! | `number`, `model`, `wire`, `firmware`, `width`, `height`, `colour` | of a card, null where it does not say |
//! | `name` | as it calls itself |
//! | `reachable` | whether it is in a network of this machine |
//! | `leds` | of a DDP display that says so |
//! | `universes` | those that it puts out or sends |
//! | `mac`, `cid` | of a node, of a source, in hex |

use std::{collections::BTreeSet, fmt::Write as _, net::IpAddr};

use serde_json::json;

use super::{CardPlace, Found, FoundCard, Ways, What};
use crate::{
    controller::{Protocol, card::CardColour, runs, sacn::packet::LAST_UNIVERSE},
    diagnostic::{Bilingual, Language, tamed},
    units::Size,
};

/// One line of JSON.
pub(super) fn json(found: &Found, ways: &Ways) -> String {
    let Found { address, name, what } = found;
    let mut line = json!({
        "protocol": protocol(what).name(),
        "role": if matches!(what, What::Sacn { .. }) { "source" } else { "controller" },
        "address": address.ip(),
        "name": name,
        "reachable": !ways.is_foreign(address.ip()),
    });
    match what {
        What::Ddp { leds } => {
            line["port"] = address.port().into();
            if let Some(leds) = leds {
                line["leds"] = (*leds).into();
            }
        }
        What::ArtNet { universes, mac, .. } => {
            line["port"] = address.port().into();
            line["universes"] = json!(universes);
            line["mac"] = hex(mac).into();
        }
        What::Sacn { cid, universes } => {
            line["universes"] = json!(universes);
            line["cid"] = hex(cid).into();
        }
    }
    format!("{line}\n")
}

/// One line of JSON of a card.
pub(super) fn card_json(card: &FoundCard, ways: &Ways) -> String {
    let mut line = json!({
        "protocol": "onbon",
        "role": "card",
        "name": "",
        "number": card.number,
        "model": card.model.map(|model| model.name),
        "wire": hex(&card.wire),
        "firmware": card.firmware,
        "width": card.leds.map(|(size, _)| size.width),
        "height": card.leds.map(|(size, _)| size.height),
        "colour": card.leds.and_then(|(_, colour)| colour).map(CardColour::word),
        "mac": card.mac.map(|mac| hex(&mac)),
        "reachable": card.ip().is_none_or(|ip| !ways.is_foreign(ip)),
    });
    match &card.place {
        CardPlace::Network(address) => {
            line["address"] = json!(address.ip());
            line["port"] = address.port().into();
        }
        CardPlace::Serial(port, baud) => {
            line["serial"] = json!(port);
            line["baud"] = (*baud).into();
        }
    }
    format!("{line}\n")
}

/// A table a card, with what it says of itself above it.
pub fn cards_toml(cards: &[&FoundCard], ways: &Ways, language: Language) -> String {
    let mut lines = String::new();
    for card in cards {
        if card.ip().is_some_and(|ip| ways.is_foreign(ip)) {
            lines += &format!("# {}\n", foreign().get(language));
        }
        lines += &format!("{}[[screen.card]]\n", above(card, language));
        lines += &match card.model {
            Some(model) => format!("model = \"{}\"\n", model.name),
            None => String::new(),
        };
        lines += &match &card.place {
            CardPlace::Network(address) => format!("address = \"{address}\"\n"),
            CardPlace::Serial(port, baud) => {
                format!("port = {}\nbaud = {baud}\nnumber = {}\n", json!(port), card.number)
            }
        };
        lines += "\n";
    }
    lines
}

/// What a card says of itself, as a comment.
fn above(card: &FoundCard, language: Language) -> String {
    let name = match card.model {
        Some(model) => model.name.to_owned(),
        None => hex(&card.wire),
    };
    let leds = match card.leds {
        Some((size, colour)) => {
            let (zh, en) = colour.map_or(("颜色未知", "unknown colour"), CardColour::names);
            let (width, height) = (size.width, size.height);
            Bilingual::new(format!("{width}x{height} {zh}"), format!("{width}x{height} {en}"))
        }
        None => Bilingual::new("没有屏参", "no screen parameters"),
    };
    let (firmware, number) = (tamed(&card.firmware), card.number);
    let words = Bilingual::new(
        format!("{firmware}，卡号 {number}，{}", leds.zh),
        format!("{firmware}, number {number}, {}", leds.en),
    );
    let mut lines = format!("# ONBON  {name}  {}\n", words.get(language));
    if let Some((size, Some(colour))) = card.leds {
        lines += &format!("# {}\n", screen(size, colour).get(language));
    }
    if card.model.is_none() {
        let words = Bilingual::new(
            "不认识的型号：请写入卡上印的型号 model = \"BX-…\"",
            "its type is not known: write what is printed on it, model = \"BX-...\"",
        );
        lines += &format!("# {}\n", words.get(language));
    }
    lines
}

/// What the screen of a card must say, whose keys stand above those of the card.
fn screen(size: Size, colour: CardColour) -> Bilingual {
    let Size { width, height } = size;
    let (zh, en, depth) = match colour {
        CardColour::Single => (
            "\"red\"（按灯的颜色）",
            "\"red\" (or whichever its LEDs are)",
            ", depth = 1",
        ),
        CardColour::Dual => ("\"red+green\"", "\"red+green\"", ", depth = 1"),
        CardColour::Full => ("\"full\"", "\"full\"", ""),
    };
    Bilingual::new(
        format!("所在的 [[screen]] 写 width = {width}, height = {height}, colour = {zh}{depth}"),
        format!("its [[screen]] has width = {width}, height = {height}, colour = {en}{depth}"),
    )
}

/// A table a controller, with what it says of itself above it; sources of sACN have one together.
pub fn toml(found: &[&Found], ways: &Ways, language: Language) -> String {
    let mut lines = String::new();
    for found in found {
        let block = match &found.what {
            What::Ddp { leds } => display(found, *leds, language),
            What::ArtNet { universes, says, .. } => node(found, universes, *says, language),
            What::Sacn { .. } => continue,
        };
        let warning = ways.is_foreign(found.address.ip()).then(foreign);
        let warning = warning.map_or_else(String::new, |words| format!("# {}\n", words.get(language)));
        lines += &format!("{warning}{block}\n");
    }
    let sources = SacnLines::of(found);
    lines + &sources.told(language)
}

fn display(found: &Found, leds: Option<u64>, language: Language) -> String {
    let leds = leds.map_or_else(Bilingual::default, |leds| {
        Bilingual::new(format!("，{leds} 灯"), format!(", {leds} LEDs"))
    });
    let Found { address, name, .. } = found;
    let leds = leds.get(language);
    format!("# DDP  {name}{leds}\n[[screen.output]]\nprotocol = \"ddp\"\naddress = \"{address}\"\n")
}

fn node(found: &Found, universes: &BTreeSet<u16>, says: Option<IpAddr>, language: Language) -> String {
    let Found { address, name, .. } = found;
    let written = runs(universes.iter().copied());
    let words = Bilingual::new(format!("输出域 {written}"), format!("puts out universes {written}"));
    let mut block = format!("# Art-Net  {name}, {}\n", words.get(language));
    if let Some(says) = says {
        let words = Bilingual::new(format!("它自称在 {says}"), format!("it says that it is at {says}"));
        block += &format!("# {}\n", words.get(language));
    }
    block += &format!("[[screen.output]]\nprotocol = \"artnet\"\naddress = \"{address}\"\n");
    if let Some(first) = universes.first() {
        block += &format!("universe = {first}\n");
    }
    block
}

fn foreign() -> Bilingual {
    Bilingual::new(
        "注意：不在本机的网段内；请给本机加一个同网段的地址，或改控制器的地址",
        "mind: it is in no network of this machine; give this machine an address there, or change the controller's",
    )
}

/// The sources of sACN: what they send, and where there is room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SacnLines {
    sources: Vec<(IpAddr, String, String)>,
    taken: BTreeSet<u16>,
}

impl SacnLines {
    /// Those of `found`.
    pub fn of(found: &[&Found]) -> Self {
        let mut all = Self::default();
        for found in found {
            if let What::Sacn { universes, .. } = &found.what {
                all.taken.extend(universes);
                all.sources
                    .push((found.address.ip(), found.name.clone(), runs(universes.iter().copied())));
            }
        }
        all
    }

    /// The first universe above all that are taken, else the first free one.
    pub fn free(&self) -> Option<u16> {
        let above = self.taken.last().map_or(1, |last| last.saturating_add(1));
        let first_free = || (1..=LAST_UNIVERSE).find(|universe| !self.taken.contains(universe));
        Some(above).filter(|above| *above <= LAST_UNIVERSE).or_else(first_free)
    }

    fn told(&self, language: Language) -> String {
        let Some(free) = self.free().filter(|_| !self.sources.is_empty()) else {
            return String::new();
        };
        let mut lines = String::new();
        for (address, name, ranges) in &self.sources {
            let words = Bilingual::new(format!("正在发送域 {ranges}"), format!("sends universes {ranges}"));
            writeln!(lines, "# sACN  {address}  {name}, {}", words.get(language))
                .expect("a string takes all that is written to it");
        }
        let words = Bilingual::new(
            "以上为信号源，其所用的域已被占用；sACN 接收器不应答，下面从未用的域开始：",
            "these are sources, whose universes are taken; receivers of sACN do not answer. The next free universe is:",
        );
        let words = words.get(language);
        lines + &format!("# {words}\n[[screen.output]]\nprotocol = \"sacn\"\nuniverse = {free}\n")
    }
}

const fn protocol(what: &What) -> Protocol {
    match what {
        What::Ddp { .. } => Protocol::Ddp,
        What::ArtNet { .. } => Protocol::ArtNet,
        What::Sacn { .. } => Protocol::Sacn,
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
