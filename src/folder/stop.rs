//! A stop 停播: the file in the site's folder that asks for it, and the one in the state folder that keeps it.

use std::{
    fs, io,
    os::unix::ffi::OsStrExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::Timestamp;
use thiserror::Error;
use toml::de::{DeTable, DeValue};

use super::whole;
use crate::{
    diagnostic::{Bilingual, Explain, Severity},
    wall::{Stopped, is_stop},
};

/// The version of the file that is written.
const VERSION: &str = "1";

/// The most of the file that is read.
const LONGEST: u64 = 64 << 10;

/// What the name of a file that stops the wall begins with.
const STOP: &str = "停播";

/// The same as a share hands it on that was mounted with the Chinese code page.
const STOP_IN_GBK: &[u8] = b"\xCD\xA3\xB2\xA5";

/// The name of the file at the root of `site` that stops the wall: one that begins with 停播, or `STOP.txt` in any case; or of the folder there
/// that is called 停播. Files of the site itself (`*.toml`) and other folders do not. Lists the root and opens nothing.
///
/// # Errors
/// It cannot be listed.
pub fn stop_file(site: &Path) -> io::Result<Option<String>> {
    for entry in fs::read_dir(site)?.filter_map(Result::ok) {
        let name = entry.file_name();
        // Of what cannot be told it is safer to believe that it is a file.
        if asks_for_stop(name.as_bytes()) {
            let told = told(name.as_bytes());
            // 停播通知 may be a folder of somebody's drafts.
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) || is_stop(&told) {
                return Ok(Some(told));
            }
        }
    }
    Ok(None)
}

fn asks_for_stop(name: &[u8]) -> bool {
    let begins = name.starts_with(STOP.as_bytes()) || name.starts_with(STOP_IN_GBK);
    let is_table = name.len() > 5 && name[name.len() - 5..].eq_ignore_ascii_case(b".toml");
    // Windows hides the ending, and people write it once more.
    let is_english = [&b"stop.txt"[..], b"stop.txt.txt"]
        .iter()
        .any(|stop| name.eq_ignore_ascii_case(stop));
    (begins && !is_table) || is_english
}

fn told(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GBK.decode(name).0.into_owned(),
    }
}

/// Why nobody can say since when the wall is stopped. It is stopped.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum StopError {
    /// It cannot be read, with the system's words.
    #[error("{} cannot be read: {reason}; the wall is stopped", file.display())]
    Unread {
        /// The file.
        file: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// It does not say what it should.
    #[error("{} is garbled; the wall is stopped", .0.display())]
    Garbled(PathBuf),
    /// It is of a newer version of the program.
    #[error("{} is of a newer version of the program; the wall is stopped", .0.display())]
    Newer(PathBuf),
}

/// `stop.toml` in the state folder: while it is there, whatever it says, the wall is stopped.
#[derive(Clone, Debug)]
pub struct StopFile {
    file: PathBuf,
}

impl StopFile {
    /// Its name.
    pub const NAME: &str = "stop.toml";

    /// The file in the state folder `state`.
    pub fn new(state: &Path) -> Self {
        Self {
            file: state.join(Self::NAME),
        }
    }

    /// The stop that is kept; `None` where none is.
    ///
    /// # Errors
    /// There is a file, and it cannot be understood.
    pub fn read(&self) -> Result<Option<Stopped>, StopError> {
        let file = self.file.clone();
        match whole::read(&self.file, LONGEST) {
            Ok(None) => Ok(None),
            Ok(Some(bytes)) => understand(file, &bytes).map(Some),
            // A folder that was taken from us says nothing of a stop, and the screen shall not stay dark for that.
            Err(_) if is_shut(&self.file) => Ok(None),
            Err(error) => Err(StopError::Unread {
                file,
                reason: error.to_string(),
            }),
        }
    }

    /// Keeps `stopped`; returns once it is on the disk.
    ///
    /// # Errors
    /// It cannot be written; what was kept before is still there.
    pub fn write(&self, stopped: &Stopped) -> io::Result<()> {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let mut text = format!(
            "# The wall is stopped while this file is here. `yingbi resume` takes it away. 停播期间请勿删除\nversion = {VERSION}\nsince = \"{}\"\nby = {}\n",
            stopped.since,
            quoted(&stopped.by),
        );
        if let Some(reason) = &stopped.reason {
            text += &format!("reason = {}\n", quoted(reason));
        }
        whole::put(&self.file, text.as_bytes())?;
        self.sync()
    }

    /// Lets the stop go; returns once that is on the disk.
    ///
    /// # Errors
    /// It cannot be taken away.
    pub fn remove(&self) -> io::Result<()> {
        if whole::remove(&self.file)? {
            self.sync()?;
        }
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        whole::sync_folder(self.file.parent().unwrap_or_else(|| Path::new(".")))
    }
}

/// Whether the folder of `file` may not even be entered.
fn is_shut(file: &Path) -> bool {
    fs::symlink_metadata(file).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

fn understand(file: PathBuf, bytes: &[u8]) -> Result<Stopped, StopError> {
    let Some(text) = std::str::from_utf8(bytes).ok() else {
        return Err(StopError::Garbled(file));
    };
    let Ok(table) = DeTable::parse(text) else {
        return Err(StopError::Garbled(file));
    };
    let table = table.get_ref();
    let text = |key: &str| match table.get(key).map(toml::Spanned::get_ref) {
        Some(DeValue::String(text)) => Some(Arc::<str>::from(&**text)),
        _ => None,
    };
    match table.get("version").map(toml::Spanned::get_ref) {
        Some(DeValue::Integer(version)) if version.to_string() == VERSION => {}
        Some(DeValue::Integer(_)) => return Err(StopError::Newer(file)),
        _ => return Err(StopError::Garbled(file)),
    }
    let since = text("since").and_then(|since| since.parse::<Timestamp>().ok());
    match (since, text("by")) {
        (Some(since), Some(by)) => Ok(Stopped {
            since,
            by,
            reason: text("reason"),
        }),
        _ => Err(StopError::Garbled(file)),
    }
}

impl Explain for StopError {
    fn chinese(&self) -> String {
        match self {
            Self::Unread { file, reason } => format!("{} 无法读取：{reason}；按停播处理", file.display()),
            Self::Garbled(file) => format!("{} 内容有误；按停播处理", file.display()),
            Self::Newer(file) => format!("{} 由更新的版本写入；按停播处理", file.display()),
        }
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "确认无误后运行 yingbi resume 恢复播出",
            "once all is well, run yingbi resume",
        )
    }

    fn severity(&self) -> Severity {
        Severity::Warning
    }
}
