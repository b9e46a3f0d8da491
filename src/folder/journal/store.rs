//! The objects: files of programmes by their digests, and the lists of them.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    fault::JournalFault,
    list::{Base, DEEPEST, List},
    whole::{self, NEW},
};
use crate::{
    folder::TOTAL_LIMIT,
    units::Digest,
    wall::{Manifest, SourceFile},
};

/// The largest file of a programme that is read back, in bytes: a text is smaller, a picture in its plain form too.
const OBJECT_LIMIT: u64 = 9_000_000;

/// The name of the folder of the objects.
pub(super) const OBJECTS: &str = "objects";

/// How many objects are remembered to be whole.
const KNOWN: usize = 200_000;

/// The folder of the objects.
#[derive(Clone, Debug)]
pub(super) struct Store {
    root: PathBuf,
    /// What was seen whole on the disk, or put there.
    known: HashSet<Object>,
    /// Folders of objects whose entries may not be on the disk: bringing them there has failed.
    unsettled: BTreeSet<PathBuf>,
    /// The programme that was kept last.
    last: Option<Base>,
}

/// An object, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Object {
    /// A file of a programme, by the digest of its bytes.
    File(Digest),
    /// A programme's manifest, by the digest of its wall.
    Programme(Digest),
}

impl Store {
    pub(super) fn new(state: &Path) -> Self {
        Self {
            root: state.join(OBJECTS),
            known: HashSet::new(),
            unsettled: BTreeSet::new(),
            last: None,
        }
    }

    /// Keeps a programme: its files first, then their list, so that a list that is there can be followed.
    pub(super) fn keep(&mut self, files: &[SourceFile]) -> Result<Digest, JournalFault> {
        let manifest = Manifest::of(files);
        let digest = manifest.digest();
        if !self.has(Object::Programme(digest)) {
            for file in files {
                if let Ok(bytes) = &file.bytes {
                    self.put(Object::File(file.digest), bytes)?;
                }
            }
            let list = List::of(&manifest, self.last.as_ref());
            self.put(Object::Programme(digest), &list.write())?;
            // A folder that one before us has made, and did not live to bring to the disk.
            whole::sync_folder(&self.root).map_err(JournalFault::unwritten(&self.root))?;
        }
        self.settle()?;
        let depth = self.list(digest)?.map_or(DEEPEST, |list| list.depth);
        self.last = Some(Base {
            digest,
            manifest,
            depth,
        });
        Ok(digest)
    }

    /// The files of the programme of that digest, as they were accepted.
    pub(super) fn files(&self, programme: Digest) -> Result<Vec<SourceFile>, JournalFault> {
        let manifest = self.manifest(programme)?.ok_or(JournalFault::NoProgramme(programme))?;
        let files = manifest.files().map(|(path, digest)| {
            let file = self.path(Object::File(digest));
            let version = self.read(path, digest).map_err(JournalFault::unread(&file))?;
            version.ok_or_else(|| JournalFault::NoFile {
                programme,
                path: Arc::clone(path),
            })
        });
        files.collect()
    }

    /// The version of that digest of the file at `path`; `None` where it is not kept, or not whole.
    pub(super) fn file(&self, path: &Arc<str>, digest: Digest) -> Option<SourceFile> {
        self.read(path, digest).ok().flatten()
    }

    fn read(&self, path: &Arc<str>, digest: Digest) -> io::Result<Option<SourceFile>> {
        let bytes = whole::read(&self.path(Object::File(digest)), OBJECT_LIMIT)?;
        let whole = bytes.filter(|bytes| Digest::of(bytes) == digest);
        Ok(whole.map(|bytes| SourceFile {
            path: Arc::clone(path),
            bytes: Ok(bytes.into()),
            digest,
        }))
    }

    /// The programme that was kept last.
    pub(super) fn last(&self) -> Option<Digest> {
        self.last.as_ref().map(|last| last.digest)
    }

    /// Which files a programme has; `None` where that is not there, or not what its name says.
    pub(super) fn manifest(&self, programme: Digest) -> Result<Option<Manifest>, JournalFault> {
        let lists = self.lists(programme)?;
        if lists.last().is_none_or(|(_, list)| list.base.is_some()) {
            return Ok(None);
        }
        let upwards = lists.into_iter().rev();
        let manifest = upwards.fold(Manifest::default(), |below, (_, list)| list.over(&below));
        Ok((manifest.digest() == programme).then_some(manifest))
    }

    /// The list of a programme and those that it stands upon, as far as they are there.
    fn lists(&self, programme: Digest) -> Result<Vec<(Digest, List)>, JournalFault> {
        let mut lists = Vec::new();
        let mut next = Some(programme);
        while let Some(digest) = next.filter(|_| lists.len() <= DEEPEST as usize) {
            let Some(list) = self.list(digest)? else { break };
            next = list.base;
            lists.push((digest, list));
        }
        Ok(lists)
    }

    /// The list of a programme; `None` where it is not there.
    pub(super) fn list(&self, programme: Digest) -> Result<Option<List>, JournalFault> {
        let path = self.path(Object::Programme(programme));
        let bytes = whole::read(&path, TOTAL_LIMIT).map_err(JournalFault::unread(&path))?;
        Ok(bytes.and_then(|bytes| List::read(&bytes)))
    }

    /// Every object with its size in bytes.
    pub(super) fn all(&self) -> Result<BTreeMap<Object, u64>, JournalFault> {
        let mut all = BTreeMap::new();
        for folder in entries(&self.root)? {
            for path in entries(&folder)? {
                if let (Some(object), Ok(metadata)) = (object(&folder, &path), fs::metadata(&path)) {
                    all.insert(object, metadata.len());
                }
            }
        }
        Ok(all)
    }

    /// Lets go of what `unwanted` says, and of what was never finished.
    pub(super) fn sweep(&mut self, unwanted: impl Fn(Object) -> bool) -> Result<(), JournalFault> {
        for folder in entries(&self.root)? {
            let mut has_changed = false;
            for path in entries(&folder)? {
                let object = object(&folder, &path);
                let is_unfinished = path.to_str().is_some_and(|path| path.ends_with(NEW));
                if object.is_some_and(&unwanted) || is_unfinished {
                    fs::remove_file(&path).map_err(JournalFault::unwritten(&path))?;
                    object.map(|object| self.known.remove(&object));
                    has_changed = true;
                }
            }
            if has_changed {
                whole::sync_folder(&folder).map_err(JournalFault::unwritten(&folder))?;
            }
        }
        Ok(())
    }

    fn put(&mut self, object: Object, bytes: &[u8]) -> Result<(), JournalFault> {
        if self.has(object) {
            return Ok(());
        }
        let path = self.path(object);
        let folder = path.parent().expect("an object lies in a folder");
        self.unsettled.insert(folder.to_owned());
        whole::make_folder(folder)
            .and_then(|()| whole::put(&path, bytes))
            .and_then(|()| whole::sync_folder(folder))
            .map_err(JournalFault::unwritten(&path))?;
        self.unsettled.remove(folder);
        self.know(object);
        Ok(())
    }

    /// Brings to the disk what was put into its place by somebody who did not come to that.
    fn settle(&mut self) -> Result<(), JournalFault> {
        while let Some(folder) = self.unsettled.first() {
            // Where there is no folder, nothing was put into it.
            if folder.is_dir() {
                whole::sync_folder(folder).map_err(JournalFault::unwritten(folder))?;
            }
            self.unsettled.pop_first();
        }
        Ok(())
    }

    /// Whether the object is there and whole. It is read once, since a disk may have spoilt it.
    fn has(&mut self, object: Object) -> bool {
        if self.known.contains(&object) {
            return true;
        }
        let is_whole = match object {
            Object::File(digest) => whole::read(&self.path(object), OBJECT_LIMIT)
                .is_ok_and(|bytes| bytes.is_some_and(|bytes| Digest::of(&bytes) == digest)),
            Object::Programme(digest) => self.manifest(digest).is_ok_and(|manifest| {
                let mut files = manifest.iter().flat_map(Manifest::files);
                manifest.is_some() && files.all(|(_, digest)| self.is_there(Object::File(digest)))
            }),
        };
        if is_whole {
            self.know(object);
        }
        is_whole
    }

    /// What is forgotten is looked at once more.
    fn know(&mut self, object: Object) {
        if self.known.len() >= KNOWN {
            self.known.clear();
        }
        self.known.insert(object);
    }

    fn is_there(&self, object: Object) -> bool {
        self.known.contains(&object) || fs::metadata(self.path(object)).is_ok_and(|metadata| metadata.is_file())
    }

    fn path(&self, object: Object) -> PathBuf {
        let (digest, ending) = match object {
            Object::File(digest) => (digest, ""),
            Object::Programme(digest) => (digest, LIST),
        };
        let hex = digest.to_string();
        self.root.join(&hex[..2]).join(format!("{}{ending}", &hex[2..]))
    }
}

/// How the names of lists end.
const LIST: &str = ".json";

/// The object at `path` in `folder`; `None` for what is none of ours.
fn object(folder: &Path, path: &Path) -> Option<Object> {
    let (head, tail) = (folder.file_name()?.to_str()?, path.file_name()?.to_str()?);
    match tail.strip_suffix(LIST) {
        Some(tail) => Some(Object::Programme(format!("{head}{tail}").parse().ok()?)),
        None => Some(Object::File(format!("{head}{tail}").parse().ok()?)),
    }
}

/// What is in `folder`; nothing where it is missing, or no folder.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, JournalFault> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).map_err(JournalFault::unread(folder))?;
    Ok(entries.filter_map(Result::ok).map(|entry| entry.path()).collect())
}
