//! ArtPoll: who is there?
//!
//! | byte | length | field |
//! |---|---|---|
//! | 12 | 1 | `0x02` answer again whenever something changes, `0x04` send diagnostics, `0x08` those to me alone, `0x10` no visible light communication, `0x20` targeted; `0x01` was used once; the rest is reserved |
//! | 13 | 1 | the least priority of diagnostics |
//! | 14 | 2 | targeted: the highest port address that shall answer, big-endian |
//! | 16 | 2 | targeted: the lowest one |
//! | 18 | 2 | the asker's manufacturer (ESTA), big-endian |
//! | 20 | 2 | the asker's product (OEM), big-endian |
//!
//! Who asks may leave out all from byte 14 on, which then counts as zero.

use super::{OP_POLL, PacketError, field, head};

const ON_CHANGE: u8 = 0x02;
const TARGETED: u8 = 0x20;
const RESERVED: u8 = 0xc0;

/// Who is there?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Poll {
    /// The flags, as in the table; their reserved bits are zero.
    pub flags: u8,
    /// The least priority of the diagnostics that shall be sent.
    pub priority: u8,
    /// Of a targeted one: the lowest and the highest port address that shall answer.
    pub target: [u16; 2],
    /// The asker's manufacturer.
    pub manufacturer: u16,
    /// The asker's product.
    pub product: u16,
    /// Whether it ends before the target.
    pub short: bool,
}

impl Poll {
    /// The plain question, as short as can be, to be answered again whenever something changes.
    pub const PLAIN: Self = Self {
        flags: ON_CHANGE,
        priority: 0,
        target: [0; 2],
        manufacturer: 0,
        product: 0,
        short: true,
    };

    /// Whether nodes shall answer again whenever something changes.
    pub const fn wants_changes(&self) -> bool {
        self.flags & ON_CHANGE != 0
    }

    /// Whether a node that puts out `universe` shall answer.
    pub const fn asks(&self, universe: u16) -> bool {
        let [lowest, highest] = self.target;
        self.flags & TARGETED == 0 || (lowest <= universe && universe <= highest)
    }

    /// Appends the datagram.
    pub fn encode(&self, out: &mut Vec<u8>) {
        head(OP_POLL, out);
        out.extend_from_slice(&[self.flags, self.priority]);
        if self.short {
            return;
        }
        let [lowest, highest] = self.target;
        for word in [highest, lowest, self.manufacturer, self.product] {
            out.extend_from_slice(&word.to_be_bytes());
        }
    }

    pub(super) fn parse(bytes: &[u8]) -> Result<Self, PacketError> {
        let [flags, priority] = field(bytes, 12)?;
        if flags & RESERVED != 0 {
            return Err(PacketError::Reserved {
                at: 12,
                value: flags,
                mask: RESERVED,
            });
        }
        let word = |at| field(bytes, at).map_or(0, u16::from_be_bytes);
        Ok(Self {
            flags,
            priority,
            target: [word(16), word(14)],
            manufacturer: word(18),
            product: word(20),
            short: bytes.len() < 16,
        })
    }
}
