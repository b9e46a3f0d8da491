//! A folder that goes when nobody needs it any more.

use std::{
    env,
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process,
};

/// What the names of such folders begin with.
const NAME: &str = "yingbi-clips-";

/// A folder for what is needed as long as this value lives.
#[derive(Debug)]
pub(in crate::cli) struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Among the system's temporary files. That it could not be made is told by whoever writes into it.
    pub(super) fn new() -> Self {
        let folder = env::temp_dir();
        sweep(&folder);
        Self::made(folder.join(format!("{NAME}{}", process::id())))
    }

    /// Beside the file at `path`, so that what is made in it can be given that name.
    pub(in crate::cli) fn beside(path: &Path) -> Self {
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.part", process::id()));
        Self::made(path.with_file_name(name))
    }

    fn made(path: PathBuf) -> Self {
        // One that is there already is not ours: then nothing can be written.
        let _ = DirBuilder::new().mode(0o700).create(&path);
        Self { path }
    }

    pub(in crate::cli) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left takes room until the next command or the system tidies up.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Takes away what processes that are gone have left. Others' folders cannot be removed, and are let be.
fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name();
        let process = name
            .to_str()
            .and_then(|name| name.strip_prefix(NAME)?.parse::<u32>().ok());
        let is_gone = process.is_some_and(|process| !Path::new("/proc").join(process.to_string()).exists());
        if is_gone {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}
