//! The data datagrams of one pass, one after the other with their heads in place: what changes from pass to pass is patched.

use super::{
    Identity, Settings,
    packet::{Data, HEAD, LAST_UNIVERSE, OPTIONS_AT, Options, SEQUENCE_AT},
};
use crate::controller::SLOTS;

/// The datagrams of a picture of a given length.
#[derive(Debug, Default)]
pub(super) struct Train {
    datagrams: Vec<u8>,
    /// What they carry, in one piece: an unchanged picture costs one comparison.
    carried: Vec<u8>,
    /// Slots of each datagram but the last, which may have fewer.
    slots: usize,
    /// Bytes of the whole picture.
    length: usize,
}

impl Train {
    /// The datagrams of a picture of `length` dark bytes. Bytes beyond universe 63,999 are in none.
    pub(super) fn new(settings: &Settings, identity: &Identity, length: usize) -> Self {
        let slots = settings.universes.slots.clamp(1, SLOTS);
        let first = settings.universes.first;
        let dark = [0; SLOTS as usize];
        let mut train = Self {
            slots: slots.into(),
            length,
            ..Self::default()
        };
        for universe in first.max(1)..=LAST_UNIVERSE {
            let rest = length - train.carried.len();
            if rest == 0 {
                break;
            }
            let slots = &dark[..rest.min(train.slots)];
            Data {
                cid: identity.cid,
                name: &identity.name,
                priority: settings.priority,
                sync: settings.sync,
                sequence: 0,
                options: Options::default(),
                universe,
                start_code: 0,
                slots,
            }
            .encode(&mut train.datagrams);
            train.carried.extend_from_slice(slots);
        }
        train
    }

    /// How many datagrams there are.
    pub(super) const fn count(&self) -> usize {
        if self.carried.is_empty() {
            0
        } else {
            self.carried.len().div_ceil(self.slots)
        }
    }

    /// The length of the picture that they are for.
    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// The size of every datagram but the last.
    pub(super) const fn stride(&self) -> usize {
        HEAD + self.slots
    }

    /// Puts `picture`, which has their length, into the datagrams; whether it is another than the one before.
    pub(super) fn load(&mut self, picture: &[u8]) -> bool {
        let carried = &picture[..self.carried.len()];
        if carried == self.carried {
            return false;
        }
        self.carried.copy_from_slice(carried);
        let stride = self.stride();
        for (datagram, slots) in self.datagrams.chunks_mut(stride).zip(carried.chunks(self.slots)) {
            datagram[HEAD..].copy_from_slice(slots);
        }
        true
    }

    /// Appends at most `most` datagrams from that of index `from` on, numbered and with `options`; the bytes that were appended.
    pub(super) fn copy(&self, from: usize, most: usize, sequence: u8, options: Options, out: &mut Vec<u8>) -> usize {
        let stride = self.stride();
        let start = from * stride;
        let end = self.datagrams.len().min(start + most * stride);
        let place = out.len();
        out.extend_from_slice(&self.datagrams[start..end]);
        for datagram in out[place..].chunks_mut(stride) {
            datagram[SEQUENCE_AT] = sequence;
            datagram[OPTIONS_AT] = options.byte();
        }
        end - start
    }
}
