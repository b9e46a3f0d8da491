//! The synchronisations that a device hears, stream by stream.

use std::num::NonZeroU16;

use super::{
    super::packet::Sync,
    port::{Order, TIMEOUT},
};
use crate::units::Moment;

/// Streams that are told apart; of more, the one not heard for longest is forgotten.
const MOST: usize = 8;

/// The streams that were heard.
#[derive(Debug, Default)]
pub(super) struct Streams(Vec<Stream>);

/// The synchronisations of one source for one address.
#[derive(Debug)]
struct Stream {
    cid: [u8; 16],
    address: NonZeroU16,
    sequence: u8,
    heard: Moment,
}

impl Streams {
    /// When a synchronisation for `address` was heard last; `None` where there never was one.
    pub(super) fn heard(&self, address: NonZeroU16) -> Option<Moment> {
        let its = self.0.iter().filter(|stream| stream.address == address);
        its.map(|stream| stream.heard).max()
    }

    /// The place of a synchronisation in its stream, which is remembered.
    pub(super) fn hear(&mut self, sync: &Sync, now: Moment) -> Order {
        let is_its = |stream: &&mut Stream| stream.cid == sync.cid && stream.address == sync.address;
        if let Some(stream) = self.0.iter_mut().find(is_its) {
            if now.since(stream.heard) < TIMEOUT && Order::of(stream.sequence, sync.sequence) == Order::Late {
                return Order::Late;
            }
            stream.sequence = sync.sequence;
            stream.heard = now;
            return Order::Next;
        }
        self.make_room();
        self.0.push(Stream {
            cid: sync.cid,
            address: sync.address,
            sequence: sync.sequence,
            heard: now,
        });
        Order::Next
    }

    fn make_room(&mut self) {
        let oldest = self.0.iter().enumerate().min_by_key(|(_, stream)| stream.heard);
        if let Some((oldest, _)) = oldest.filter(|_| self.0.len() == MOST) {
            self.0.swap_remove(oldest);
        }
    }
}
