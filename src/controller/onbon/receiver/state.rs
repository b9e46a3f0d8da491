//! What a card remembers: for ever, and until its power fails.

use super::{
    area::Areas,
    build::Build,
    files::{Files, Name, Store, Transfer},
    light::{BRIGHTEST, Brightness, Windows},
    program::{Pictures, Program},
    screen::Screen,
    words::WordArea,
};
use crate::{frame::Frame, units::Moment};
use std::collections::BTreeMap;

/// What survives a power cut.
#[derive(Clone, Debug)]
pub(super) struct Flash {
    pub(super) number: u16,
    pub(super) name: [u8; 64],
    pub(super) mac: [u8; 6],
    /// As A4 01 has it: mode, address, mask, gateway, port, server mode, server, port, password, heartbeat, network id.
    pub(super) network: [u8; 44],
    pub(super) barcode: [u8; 16],
    pub(super) baud: u8,
    pub(super) secret: Option<[u8; 6]>,
    pub(super) brightness: Brightness,
    pub(super) windows: Windows,
    pub(super) is_locked: bool,
    pub(super) lock: Option<Lock>,
    pub(super) store: Store,
}

/// One program is to be played, and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lock {
    pub(super) name: Name,
    pub(super) until: Until,
}

/// How long a lock holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    Forever,
    At(Moment),
    /// So many times from then on.
    Times(u32, Moment),
}

/// What a power cut takes away.
#[derive(Debug, Default)]
pub(super) struct Ram {
    pub(super) areas: Areas,
    pub(super) words: BTreeMap<u8, WordArea>,
    pub(super) transfer: Transfer,
    /// Switched on or off by hand, and when.
    pub(super) by_hand: Option<(bool, Moment)>,
    pub(super) is_locked: bool,
    /// What was lit when the screen was locked.
    pub(super) frozen: Option<Frame>,
    pub(super) lock: Option<Lock>,
    /// The programs as they are played, in order of their numbers.
    pub(super) programs: Vec<Program>,
    pub(super) playing: Option<Playing>,
    pub(super) is_listing: bool,
    pub(super) reading: Option<(Name, bool)>,
}

/// The program that is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Playing {
    pub(super) name: Name,
    pub(super) since: Moment,
}

impl Flash {
    /// As it leaves the factory.
    pub(super) fn new(build: &Build, secret: Option<[u8; 6]>) -> Self {
        let mut network = [0; 44];
        // Static address 192.168.0.199, and the usual port.
        network[..15].copy_from_slice(&[2, 192, 168, 0, 199, 255, 255, 255, 0, 192, 168, 0, 1, 0x8d, 0x13]);
        Self {
            number: build.number,
            name: [0; 64],
            mac: [0x02, 0, 0, 0, 0, build.number as u8],
            network,
            barcode: build.barcode,
            baud: 2,
            secret,
            brightness: Brightness::by_hand(BRIGHTEST),
            windows: Windows::new(),
            is_locked: false,
            lock: None,
            store: Store::default(),
        }
    }
}

impl Ram {
    /// After its power came on.
    pub(super) fn new(flash: &Flash, screen: &Screen) -> Self {
        Self {
            is_locked: flash.is_locked,
            lock: flash.lock,
            programs: programs(&flash.store.files, screen),
            ..Self::default()
        }
    }
}

/// The programs that lie in flash whole, in order of their numbers.
pub(super) fn programs(files: &Files, screen: &Screen) -> Vec<Program> {
    let read = |(name, file): (&Name, _)| Program::read(*name, file, screen, &Pictures::In(files)).ok();
    files
        .iter()
        .filter(|(name, _)| name[0] == b'P')
        .filter_map(read)
        .collect()
}
