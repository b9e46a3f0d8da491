//! What is wrong with clips, kept for whoever tells of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
    ops::Range,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use thiserror::Error;

use crate::{
    clip::ClipFault,
    diagnostic::{Bilingual, Explain, Severity},
    units::Digest,
};

/// A clip that does not play as it was made.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("the clip {}: {trouble}", file.display())]
pub struct ReelFault {
    /// Its name.
    pub clip: Digest,
    /// Where it lies, or should lie.
    pub file: PathBuf,
    /// What is wrong.
    pub trouble: Trouble,
}

/// What is wrong with a clip.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum Trouble {
    /// There is no such file.
    #[error("it is not there")]
    Missing,
    /// The system does not give it out, or cannot start what plays it.
    #[error("it cannot be read: {reason}")]
    Unreadable {
        /// The system's words.
        reason: String,
    },
    /// It is no clip, or a damaged one.
    #[error(transparent)]
    Unsound(#[from] ClipFault),
    /// It plays, but some of its frames cannot be shown; others stand for them.
    #[error(
        "{frames} of its frames are damaged, from frame {first} on; the nearest sound ones before them are shown instead"
    )]
    Bad {
        /// How many, as far as it has been played.
        frames: u32,
        /// The first of them, from 0.
        first: u32,
    },
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing,
            io::ErrorKind::UnexpectedEof => Self::Unsound(ClipFault::Cut),
            _ => Self::Unreadable {
                reason: error.to_string(),
            },
        }
    }
}

impl Explain for ReelFault {
    fn chinese(&self) -> String {
        let what = match &self.trouble {
            Trouble::Missing => "文件不存在".into(),
            Trouble::Unreadable { reason } => format!("无法读取：{reason}"),
            Trouble::Unsound(fault) => fault.chinese(),
            Trouble::Bad { frames, first } => {
                format!("有 {frames} 帧已损坏（从第 {first} 帧起），已用此前最近的完好画面代替")
            }
        };
        format!("播放片段 {}：{what}", self.file.display())
    }

    fn help(&self) -> Bilingual {
        match &self.trouble {
            Trouble::Missing => Bilingual::new(
                "请保留原视频，本程序会重新制作；请勿手工删除状态文件夹里的文件",
                "leave the video where it is, and the clip is made again; do not delete files of the state folder by hand",
            ),
            Trouble::Unreadable { .. } => Bilingual::new(
                "请检查状态文件夹的权限和磁盘",
                "see whether the state folder may be read, and have the disk checked",
            ),
            Trouble::Unsound(fault) => fault.help(),
            Trouble::Bad { .. } => Bilingual::new(
                "请删除该文件，本程序会用原视频重新制作；如再次出现，请检查磁盘",
                "delete the file, and it is made anew of its video; should it happen again, have the disk checked",
            ),
        }
    }

    fn severity(&self) -> Severity {
        match self.trouble {
            Trouble::Bad { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }
}

/// The faults of a folder's clips. The display path does not come here.
#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<BTreeMap<Digest, Entry>>);

/// Which file it is, on which device.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct FileIs(pub(super) u64, pub(super) u64);

#[derive(Debug)]
struct Entry {
    file: PathBuf,
    trouble: Trouble,
    /// The file in which the pictures are bad: another may lie there since.
    file_is: FileIs,
    /// The bad pictures that are counted, however often the clip is open.
    pictures: BTreeSet<u32>,
}

impl Ledger {
    pub(super) fn faults(&self) -> Vec<ReelFault> {
        let entries = self.lock();
        let fault = |(clip, entry): (&Digest, &Entry)| ReelFault {
            clip: *clip,
            file: entry.file.clone(),
            trouble: entry.trouble.clone(),
        };
        entries.iter().map(fault).collect()
    }

    /// The clip could be opened: what was wrong with it is so no longer, but for bad pictures of the same file.
    pub(super) fn opened(&self, clip: Digest, file_is: FileIs) {
        let mut entries = self.lock();
        let is_same = |entry: &Entry| matches!(entry.trouble, Trouble::Bad { .. }) && entry.file_is == file_is;
        if !entries.get(&clip).is_some_and(is_same) {
            entries.remove(&clip);
        }
    }

    /// The clip cannot be played.
    pub(super) fn refuse(&self, clip: Digest, file: &Path, trouble: Trouble) {
        let entry = Entry::new(file, trouble, FileIs::default());
        self.lock().insert(clip, entry);
    }

    /// A picture of the clip is bad, and so are the frames that show it.
    pub(super) fn note(&self, clip: Digest, (file, file_is): (&Path, FileIs), picture: u32, shown: Range<u32>) {
        let none = Trouble::Bad {
            frames: 0,
            first: shown.start,
        };
        let mut entries = self.lock();
        let entry = entries
            .entry(clip)
            .or_insert_with(|| Entry::new(file, none.clone(), file_is));
        if !matches!(entry.trouble, Trouble::Bad { .. }) || entry.file_is != file_is {
            *entry = Entry::new(file, none, file_is);
        }
        if let Trouble::Bad { frames, first } = &mut entry.trouble
            && entry.pictures.insert(picture)
        {
            *frames += shown.end - shown.start;
            *first = shown.start.min(*first);
        }
    }

    pub(super) fn forget(&self, clip: Digest) {
        self.lock().remove(&clip);
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Digest, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entry {
    fn new(file: &Path, trouble: Trouble, file_is: FileIs) -> Self {
        Self {
            file: file.to_owned(),
            trouble,
            file_is,
            pictures: BTreeSet::new(),
        }
    }
}
