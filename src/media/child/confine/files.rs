//! Files and network, by Landlock: all is refused that is not granted.

use std::{
    fs::{self, File},
    io::{self, Read as _},
    os::{
        fd::{AsFd, BorrowedFd},
        unix::{ffi::OsStrExt as _, fs::FileExt as _},
    },
    path::{Path, PathBuf},
};

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, BitFlags, LandlockStatus, PathBeneath, PathFd, Ruleset, RulesetAttr as _,
    RulesetCreatedAttr as _, Scope,
};

/// The newest version that is asked for: an older kernel gives what it has.
const WANTED: ABI = ABI::V10;

/// Where libraries are, and the list of them.
const LIBRARIES: [&str; 6] = [
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
];

/// What is granted.
#[derive(Debug, Default)]
pub(in crate::media::child) struct Grants<'a> {
    /// The program to be run.
    pub(in crate::media::child) program: Option<&'a Path>,
    /// The one file to be read.
    pub(in crate::media::child) file: Option<BorrowedFd<'a>>,
    /// Signals to other processes; the filter for calls may know better.
    pub(in crate::media::child) signals: bool,
}

/// Refuses files, network and signals to others, but for the grants. The version of Landlock that does; 0 where the kernel has none.
pub(super) fn shut(grants: &Grants<'_>) -> io::Result<u32> {
    let status = restrict(grants).map_err(|error| io::Error::other(error.to_string()))?;
    Ok(match status {
        LandlockStatus::Available { effective_abi, .. } => effective_abi as u32,
        LandlockStatus::NotEnabled | LandlockStatus::NotImplemented => 0,
    })
}

fn restrict(grants: &Grants<'_>) -> Result<LandlockStatus, landlock::RulesetError> {
    let read = AccessFs::ReadFile;
    let run = AccessFs::Execute | AccessFs::ReadFile;
    let mut scopes = Scope::from_all(WANTED);
    if grants.signals {
        scopes.remove(Scope::Signal);
    }
    let mut rules = Ruleset::default()
        .handle_access(AccessFs::from_all(WANTED))?
        .handle_access(AccessNet::from_all(WANTED))?
        .scope(scopes)?
        .create()?;
    if let Some(program) = grants.program {
        // A script, what runs it, and what that is loaded by.
        let chain = std::iter::successors(Some(program.to_owned()), |program| interpreter(program)).take(3);
        for path in chain {
            rules = grant(rules, &path, run)?;
        }
        for path in LIBRARIES.map(PathBuf::from).into_iter().chain(libraries(program)) {
            rules = grant(rules, &path, read.into())?;
        }
    }
    if let Some(file) = grants.file {
        rules = rules.add_rule(PathBeneath::new(file.as_fd(), read))?;
    }
    Ok(rules.restrict_self()?.landlock)
}

/// Grants what is at `path` or below; nothing where nothing is.
fn grant(
    rules: landlock::RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<landlock::RulesetCreated, landlock::RulesetError> {
    match PathFd::new(path) {
        Ok(fd) => Ok(rules.add_rule(PathBeneath::new(fd, access))?),
        Err(_) => Ok(rules),
    }
}

/// The libraries of a program that was put somewhere with all that it needs: `/opt/ffmpeg/lib` of `/opt/ffmpeg/bin/ffmpeg`.
fn libraries(program: &Path) -> Option<PathBuf> {
    let program = fs::canonicalize(program).ok()?;
    let bin = program.parent().filter(|folder| folder.ends_with("bin"))?;
    Some(bin.parent()?.join("lib"))
}

/// What the system starts in order to run `program`: the loader of a program with libraries, the interpreter of a script. `None` where it needs none
/// or cannot be read.
fn interpreter(program: &Path) -> Option<PathBuf> {
    let mut file = File::open(program).ok()?;
    let mut head = [0; 256];
    let length = file.read(&mut head).ok()?;
    let head = &head[..length];
    if let Some(line) = head.strip_prefix(b"#!") {
        let words = line.split(|byte| b" \t\n".contains(byte));
        let first = words
            .take_while(|word| word.len() < 200)
            .find(|word| !word.is_empty())?;
        return Some(path(first));
    }
    loader(&file, head)
}

/// The loader that an ELF file of this machine's kind (64 bits, little-endian) asks for.
fn loader(file: &File, head: &[u8]) -> Option<PathBuf> {
    /// `PT_INTERP`.
    const LOADER: u32 = 3;
    let number = |bytes: &[u8], at: usize| Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let short = |bytes: &[u8], at: usize| Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    if !head.starts_with(b"\x7FELF\x02\x01") {
        return None;
    }
    let (table, size, count) = (number(head, 32)?, short(head, 54)?, short(head, 56)?);
    for index in 0..u64::from(count.min(64)) {
        let mut entry = [0; 56];
        file.read_exact_at(&mut entry, table.checked_add(index * u64::from(size))?)
            .ok()?;
        if u32::from_le_bytes(*entry.first_chunk()?) != LOADER {
            continue;
        }
        let (at, length) = (number(&entry, 8)?, number(&entry, 32)?);
        let mut name = vec![0; usize::try_from(length).ok().filter(|length| *length < 256)?];
        file.read_exact_at(&mut name, at).ok()?;
        let name = name.split(|byte| *byte == 0).next()?;
        return Some(path(name));
    }
    None
}

fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}
