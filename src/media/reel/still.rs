//! A clip for whoever can wait: a preview, a look at the past, a test.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
};

use super::{fault::Ledger, film::Film};
use crate::{clip::Footage, units::Digest};

/// Reads and unpacks in the caller's thread.
#[derive(Debug)]
pub(super) struct Still(Mutex<Shown>);

#[derive(Debug)]
struct Shown {
    film: Film,
    /// The picture whose pixels are at hand.
    picture: Option<u32>,
    pixels: Box<[u8]>,
}

impl Still {
    /// `None` where there is no such clip, or an unsound one.
    pub(super) fn open(name: Digest, path: &Path, ledger: &Arc<Ledger>) -> Option<Self> {
        let film = Film::open(name, path, ledger).ok()?;
        Some(Self(Mutex::new(Shown {
            picture: None,
            pixels: vec![0; film.clip().frame_bytes()].into(),
            film,
        })))
    }
}

impl Footage for Still {
    fn show(&self, frame: u32, draw: &mut dyn FnMut(&[u8])) -> bool {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Shown { film, picture, pixels } = &mut *shown;
        let Some(wanted) = film.clip().index.picture(frame) else {
            return false;
        };
        if *picture != Some(wanted) {
            *picture = film.unpack(wanted, pixels, || false).then_some(wanted);
        }
        if picture.is_some() {
            draw(pixels);
        }
        picture.is_some()
    }

    fn expect(&self, _: u32) {}
}
