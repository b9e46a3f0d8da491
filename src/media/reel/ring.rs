//! The pictures of a clip that are in memory: those that are wanted next, and no more than there is room for.

use std::sync::Arc;

use super::cursors::Cursors;

/// The most that the pictures of one clip take, unless two of them take more.
const ROOM: usize = 8 << 20;

/// How many pictures are wanted soon: the next two or three of a place, the next of each of several.
const SOON: usize = 4;

/// Pictures that are unpacked. Whoever holds this holds a lock, so nothing here takes time.
#[derive(Debug)]
pub(super) struct Ring {
    cursors: Cursors,
    /// Bytes of a picture.
    bytes: usize,
    room: usize,
    slots: Vec<Slot>,
}

/// A picture in memory. Somebody may be drawing from it.
#[derive(Debug)]
struct Slot {
    picture: u32,
    pixels: Arc<[u8]>,
}

/// A picture that is to be unpacked now.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) picture: u32,
    /// Pixels that nobody else holds, of a picture that nobody wants; `None` where there is room for more.
    pub(super) pixels: Option<Arc<[u8]>>,
}

impl Ring {
    /// For a clip of so many pictures of so many bytes, of whose frames a second has so many.
    pub(super) fn new(stored: u32, bytes: usize, rate: u16) -> Self {
        // More than a second of it is more than any disk needs to wake up.
        let room = (ROOM / bytes.max(1)).min(usize::from(rate)).max(2);
        Self {
            cursors: Cursors::new(stored, room as u32),
            bytes,
            room,
            slots: Vec::with_capacity(room),
        }
    }

    pub(super) const fn bytes(&self) -> usize {
        self.bytes
    }

    pub(super) fn ask(&mut self, picture: u32) {
        self.cursors.ask(picture);
    }

    pub(super) fn expect(&mut self, picture: u32) {
        self.cursors.expect(picture);
    }

    /// The pixels of `picture`, if they are here.
    pub(super) fn get(&self, picture: u32) -> Option<Arc<[u8]>> {
        let slot = self.slots.iter().find(|slot| slot.picture == picture)?;
        Some(Arc::clone(&slot.pixels))
    }

    /// Whether it is time to read on: what is wanted soon is not here, or a quarter of what there is room for. Waking somebody for each picture
    /// costs more than some of them do.
    pub(super) fn is_low(&self) -> bool {
        let lacking = |wanted: usize| self.cursors.wanted().take(wanted).filter(|picture| !self.has(*picture));
        lacking(SOON).next().is_some() || 4 * lacking(self.room).count() >= self.room
    }

    /// What is to be unpacked next, and into what; `None` where all is here that is wanted, or every place is being drawn from.
    pub(super) fn job(&mut self) -> Option<Job> {
        let picture = self.cursors.wanted().find(|picture| !self.has(*picture))?;
        if self.slots.len() < self.room {
            return Some(Job { picture, pixels: None });
        }
        let is_free = |slot: &mut Slot| {
            let is_wanted = self.cursors.wanted().any(|wanted| wanted == slot.picture);
            !is_wanted && Arc::get_mut(&mut slot.pixels).is_some()
        };
        let free = self.slots.iter_mut().position(is_free)?;
        let Slot { pixels, .. } = self.slots.swap_remove(free);
        Some(Job {
            picture,
            pixels: Some(pixels),
        })
    }

    /// Takes in what a job brought.
    pub(super) fn put(&mut self, picture: u32, pixels: Arc<[u8]>) {
        self.slots.push(Slot { picture, pixels });
    }

    /// Lets go of all that is not expected. Whether there was anything.
    pub(super) fn rest(&mut self) -> Vec<Arc<[u8]>> {
        self.cursors.rest();
        let cursors = &self.cursors;
        let is_unwanted = |slot: &mut Slot| !cursors.wanted().any(|wanted| wanted == slot.picture);
        self.slots.extract_if(.., is_unwanted).map(|slot| slot.pixels).collect()
    }

    fn has(&self, picture: u32) -> bool {
        self.slots.iter().any(|slot| slot.picture == picture)
    }
}
