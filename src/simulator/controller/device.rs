//! What all virtual controllers have in common, whatever protocol they speak.

use std::{fmt, net::SocketAddr};

use super::{artnet::ArtNet, chain::Chain, ddp::Ddp, machine::Reply, sacn::Sacn};
use crate::{
    controller::{Counts, Protocol, Universes},
    diagnostic::{Bilingual, Explain},
    units::Moment,
};

/// Which controller to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A DDP display.
    Ddp,
    /// A receiver of these universes of sACN.
    Sacn(Universes),
    /// A node that puts out these universes of Art-Net.
    ArtNet(Universes),
}

/// The receiving end of one protocol.
pub(super) trait Device: fmt::Debug + Send {
    /// Takes one datagram and appends what it answers.
    ///
    /// # Errors
    /// Why it does not take it.
    fn handle(
        &mut self,
        from: SocketAddr,
        datagram: &[u8],
        now: Moment,
        replies: &mut Vec<Reply>,
    ) -> Result<(), Refused>;

    /// Does what is due at `now` though nothing came, and appends what it says.
    fn poll(&mut self, _now: Moment, _replies: &mut Vec<Reply>) {}

    /// When to poll again though nothing came.
    fn poll_timeout(&self) -> Option<Moment> {
        None
    }

    /// The bytes that it puts out to its LEDs, if it put out a picture since the last call.
    fn shown(&mut self) -> Option<&[u8]>;

    /// A universe whose multicast group it wants to be in besides those that it puts out; each is told once.
    fn wants(&mut self) -> Option<u16> {
        None
    }

    /// What it has seen.
    fn counts(&self) -> Counts;
}

/// The picture that was put out last, and whether anybody has looked.
#[derive(Debug, Default)]
pub(super) struct Latest {
    bytes: Vec<u8>,
    is_new: bool,
}

impl Latest {
    pub(super) fn put(&mut self, picture: &[u8]) {
        self.bytes.clear();
        self.bytes.extend_from_slice(picture);
        self.is_new = true;
    }

    pub(super) fn take(&mut self) -> Option<&[u8]> {
        std::mem::take(&mut self.is_new).then_some(&self.bytes)
    }
}

/// Why a controller did not take a datagram, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    message: Bilingual,
    help: Bilingual,
}

impl Kind {
    /// Its protocol.
    pub const fn protocol(self) -> Protocol {
        match self {
            Self::Ddp => Protocol::Ddp,
            Self::Sacn(_) => Protocol::Sacn,
            Self::ArtNet(_) => Protocol::ArtNet,
        }
    }

    /// The universes that carry a picture of `bytes`, in words; `None` where the protocol has none.
    pub fn carried(self, bytes: usize) -> Option<Bilingual> {
        let (Self::Sacn(universes) | Self::ArtNet(universes)) = self else {
            return None;
        };
        let first = universes.first;
        let last = last(universes, bytes);
        Some(Bilingual::new(
            format!("域 {first}–{last}，每域 {} 通道", universes.slots),
            format!("universes {first} to {last} of {} slots", universes.slots),
        ))
    }

    /// What it has seen, in words: what its protocol cannot tell is left out.
    pub fn told(self, counts: &Counts) -> Bilingual {
        let Counts {
            datagrams,
            pictures,
            partial,
            withheld,
            lost,
            late,
            malformed,
            refused,
        } = counts;
        let (zh, en) = match self {
            Self::Ddp => (format!("丢包 {lost}"), format!("{lost} lost")),
            Self::Sacn(_) => (
                format!("同步未显示 {withheld}，迟到 {late}"),
                format!("{withheld} withheld, {late} late"),
            ),
            Self::ArtNet(_) => (format!("丢包 {lost}，迟到 {late}"), format!("{lost} lost, {late} late")),
        };
        Bilingual::new(
            format!(
                "数据报 {datagrams}，画面 {pictures}（不完整 {partial}），{zh}，格式有误 {malformed}，未接收 {refused}"
            ),
            format!(
                "{datagrams} datagrams, {pictures} pictures ({partial} partial), {en}, {malformed} malformed, {refused} refused"
            ),
        )
    }

    /// The universes whose multicast groups it is in, of a picture of `bytes`.
    pub(super) fn groups(self, bytes: usize) -> impl Iterator<Item = u16> {
        let universes = match self {
            Self::Sacn(universes) => Some(universes.first..=last(universes, bytes)),
            Self::Ddp | Self::ArtNet(_) => None,
        };
        universes.into_iter().flatten()
    }

    /// A controller that was just switched on, with `chain` behind it; `address` is where it says that it is.
    pub(super) fn switch_on(self, address: Option<SocketAddr>, chain: &Chain) -> Box<dyn Device> {
        let (size, bytes) = (chain.size(), chain.bytes());
        match self {
            Self::Ddp => Box::new(Ddp::new(address, size, chain.format())),
            Self::Sacn(universes) => Box::new(Sacn::new(universes, bytes)),
            Self::ArtNet(universes) => Box::new(ArtNet::new(universes, bytes, address, size)),
        }
    }
}

/// The last universe of a picture of `bytes`.
fn last(universes: Universes, bytes: usize) -> u16 {
    let more = universes.count(bytes).saturating_sub(1);
    universes.first.saturating_add(u16::try_from(more).unwrap_or(u16::MAX))
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.protocol().title())
    }
}

impl Refused {
    pub(in crate::simulator) fn of(refusal: &impl Explain) -> Self {
        Self {
            message: Bilingual::new(refusal.chinese(), refusal.to_string()),
            help: refusal.help(),
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message.en)
    }
}

impl Explain for Refused {
    fn chinese(&self) -> String {
        self.message.zh.clone()
    }

    fn help(&self) -> Bilingual {
        self.help.clone()
    }
}
