//! `floor` in the state folder: the instant before which it cannot be, as one line of RFC 3339.
//!
//! It is written beside its place, brought to the disk, and moved there, so that a cut in the power leaves the old one or the new one.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read as _, Write as _},
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use jiff::{RoundMode, Timestamp, TimestampRound, Unit};
use rustix::fs::OFlags;
use thiserror::Error;

use crate::diagnostic::{Bilingual, Explain, Severity};

/// The most of the file that is read: a line is 21 bytes long.
const LONGEST: u64 = 64;

/// What is wrong with the floor's file. Nothing that is shown depends on it while the clock is right.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FloorError {
    /// It cannot be read, with the system's words.
    #[error("the clock's floor {} cannot be read: {reason}", file.display())]
    Unread {
        /// The file.
        file: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// It says something else than an instant that a clock may have shown.
    #[error("the clock's floor {} is garbled", file.display())]
    Garbled {
        /// The file.
        file: PathBuf,
    },
    /// It cannot be written, with the system's words.
    #[error("the clock's floor {} cannot be written: {reason}", file.display())]
    Unwritten {
        /// The file.
        file: PathBuf,
        /// The system's words.
        reason: String,
    },
}

/// The floor's file.
#[derive(Clone, Debug)]
pub struct FloorFile {
    file: PathBuf,
    /// Where it is written before it takes its place.
    draft: PathBuf,
}

impl FloorFile {
    /// The file in the state folder `state`.
    pub fn new(state: &Path) -> Self {
        Self {
            file: state.join("floor"),
            draft: state.join("floor.new"),
        }
    }

    /// The file's path.
    pub fn path(&self) -> &Path {
        &self.file
    }

    /// The floor as it was stored; `None` where none was. An instant that is not `plausible` is garbled as well.
    ///
    /// # Errors
    /// The file cannot be read, or is garbled.
    pub fn read(&self, plausible: impl Fn(Timestamp) -> bool) -> Result<Option<Timestamp>, FloorError> {
        let file = self.file.clone();
        match read(&self.file) {
            Ok(bytes) => {
                let line = std::str::from_utf8(&bytes)
                    .ok()
                    .and_then(|text| text.strip_suffix('\n'));
                let instant = line.and_then(|line| line.parse().ok()).filter(|at| plausible(*at));
                instant.map(Some).ok_or(FloorError::Garbled { file })
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FloorError::Unread {
                file,
                reason: error.to_string(),
            }),
        }
    }

    /// Stores `floor`, in whole seconds, and returns once it is on the disk.
    ///
    /// # Errors
    /// It cannot be written; what was stored before is still there.
    pub fn write(&self, floor: Timestamp) -> Result<(), FloorError> {
        self.put(floor).map_err(|error| FloorError::Unwritten {
            file: self.file.clone(),
            reason: error.to_string(),
        })
    }

    fn put(&self, floor: Timestamp) -> io::Result<()> {
        let second = TimestampRound::new().smallest(Unit::Second).mode(RoundMode::Floor);
        let floor = floor.round(second).unwrap_or(floor);
        let mut draft = File::create(&self.draft)?;
        writeln!(draft, "{floor}")?;
        draft.sync_all()?;
        fs::rename(&self.draft, &self.file)?;
        let folder = self.file.parent().unwrap_or_else(|| Path::new("."));
        File::open(folder)?.sync_all()
    }
}

/// Reads a file of which nothing is sure, not even that it is one: a pipe in its place must not hold us up.
fn read(path: &Path) -> io::Result<Vec<u8>> {
    let nonblocking = i32::try_from(OFlags::NONBLOCK.bits()).expect("open flags fit in an i32");
    let file = OpenOptions::new().read(true).custom_flags(nonblocking).open(path)?;
    let mut bytes = Vec::new();
    file.take(LONGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Explain for FloorError {
    fn chinese(&self) -> String {
        match self {
            Self::Unread { file, reason } => format!("时钟下限文件 {} 无法读取：{reason}", file.display()),
            Self::Garbled { file } => format!("时钟下限文件 {} 内容有误", file.display()),
            Self::Unwritten { file, reason } => format!("时钟下限文件 {} 无法写入：{reason}", file.display()),
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::Unread { .. } | Self::Garbled { .. } => Bilingual::new(
                "暂以程序的发布日期为下限；时钟可用时会自动重写此文件",
                "until it is written again, which a good clock brings about, the program's own date is the floor",
            ),
            Self::Unwritten { .. } => Bilingual::new(
                "请检查状态文件夹的权限和磁盘空间；播放不受影响，但断电后时钟归零时可能无法识别",
                "see whether the state folder may be written and the disk is full; the wall plays on, but a clock that is reset by a power \
                 cut may not be found out",
            ),
        }
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
