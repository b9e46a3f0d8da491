//! New pictures as PNG files, named so that their order is that of time: `20261123T064512.345Z-000001.png`.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;

use super::SimulateError;
use crate::{
    frame::Frame,
    simulator::{
        Shown,
        picture::{Look, png},
    },
};

/// The most pictures that are recorded at a time: at 50 a second they take three minutes, and less than 2 GB for most screens.
pub const LIMIT: u32 = 10_000;

/// A folder that takes pictures.
#[derive(Debug)]
pub(super) struct Recorder {
    folder: PathBuf,
    count: u32,
    last: Option<Arc<Frame>>,
}

impl Recorder {
    /// Records into `folder`, which is made if it is not there.
    pub(super) fn new(folder: &Path) -> Result<Self, SimulateError> {
        fs::create_dir_all(folder).map_err(|error| failed(folder, error))?;
        Ok(Self {
            folder: folder.to_owned(),
            count: 0,
            last: None,
        })
    }

    /// Records the picture unless it is the one before, repeated; whether the limit is reached.
    pub(super) fn record(&mut self, shown: &Shown) -> Result<bool, SimulateError> {
        if self.last.as_ref() == Some(&shown.frame) {
            return Ok(false);
        }
        self.count += 1;
        let time = Timestamp::now().strftime("%Y%m%dT%H%M%S%.3fZ");
        let path = self.folder.join(format!("{time}-{:06}.png", self.count));
        let file = png(&shown.frame, Look::PLAIN)?;
        fs::write(&path, file).map_err(|error| failed(&path, error))?;
        self.last = Some(Arc::clone(&shown.frame));
        Ok(self.count == LIMIT)
    }
}

fn failed(path: &Path, error: std::io::Error) -> SimulateError {
    SimulateError::Record {
        path: path.to_owned(),
        error,
    }
}
