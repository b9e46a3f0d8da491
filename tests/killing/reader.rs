//! A state folder read by its description alone: no code of the program's.

use std::{collections::BTreeMap, fs, path::Path};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Everything in a state folder, by path relative to it.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// What a state folder holds.
#[derive(Debug)]
pub(super) struct Kept {
    /// The programme that `current` names, with its digest; `None` where there is no `current`.
    pub(super) current: Option<Programme>,
    /// The newest programme that the journal names and that is whole.
    pub(super) named: Option<Programme>,
    /// The whole lines of the journal.
    pub(super) lines: Vec<Value>,
}

/// A programme: its digest, and its files by path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Programme {
    pub(super) digest: String,
    pub(super) files: Files,
}

/// All files below `folder`.
pub(super) fn load(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.is_file()
                && let Ok(bytes) = fs::read(&path)
            {
                // What is gone by now was on its way to another name.
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                files.insert(name, bytes);
            }
        }
    }
    files
}

/// Reads a state folder; what is torn or not what its name says is an error.
pub(super) fn read(files: &Files) -> Result<Kept, String> {
    for (path, bytes) in files {
        let Some(object) = path.strip_prefix("objects/").filter(|path| !path.contains('.')) else {
            continue;
        };
        if object.replace('/', "") != sha256(bytes) {
            return Err(format!("the object {path} is not what its name says"));
        }
    }
    let current = match files.get("current") {
        None => None,
        Some(bytes) => {
            let text = String::from_utf8_lossy(bytes);
            let whole = text.split('\n').collect::<Vec<_>>();
            let [digest, _site, ""] = whole[..] else {
                return Err(format!("current is torn: {text:?}"));
            };
            Some(programme(files, digest)?)
        }
    };
    let lines = lines(files)?;
    let named = lines.iter().rev().filter(|line| line["what"] == "programme");
    let named = named
        .filter_map(|line| programme(files, line["digest"].as_str()?).ok())
        .next();
    Ok(Kept { current, named, lines })
}

/// The lines of the journal: each is whole, but for the last, which may be torn.
fn lines(files: &Files) -> Result<Vec<Value>, String> {
    let Some(bytes) = files.get("journal.jsonl") else {
        return Ok(Vec::new());
    };
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    // What comes after the last line break: nothing, or a line that is torn.
    lines.pop();
    let line = |line: &&[u8]| -> Option<Value> {
        let text = std::str::from_utf8(line).ok()?;
        let (body, sum) = text.rsplit_once(",\"sum\":\"")?;
        let is_whole = sum == format!("{}\"}}", &sha256(body.as_bytes())[..8]);
        serde_json::from_str(text).ok().filter(|_| is_whole)
    };
    let read = lines
        .iter()
        .map(|text| line(text).ok_or_else(|| String::from_utf8_lossy(text).into_owned()));
    read.collect::<Result<_, _>>()
        .map_err(|text| format!("torn in the middle of the journal: {text}"))
}

/// The programme of that digest, by the lists that it stands upon.
fn programme(files: &Files, digest: &str) -> Result<Programme, String> {
    let mut chain = Vec::new();
    let mut next = Some(digest.to_owned());
    while let Some(name) = next {
        let path = format!(
            "objects/{}/{}.json",
            name.get(..2).unwrap_or_default(),
            name.get(2..).unwrap_or_default()
        );
        let list = files.get(&path).ok_or_else(|| format!("{path} is missing"))?;
        let list: Value = serde_json::from_slice(list).map_err(|error| format!("{path}: {error}"))?;
        next = list["base"].as_str().map(str::to_owned);
        chain.push(list);
    }
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for list in chain.iter().rev() {
        for path in list["gone"].as_array().into_iter().flatten() {
            names.remove(path.as_str().unwrap());
        }
        let own = list["files"].as_object().ok_or("a list without files")?;
        names.extend(
            own.iter()
                .map(|(path, digest)| (path.clone(), digest.as_str().unwrap().to_owned())),
        );
    }
    let whole = names.iter().map(|(path, digest)| {
        let object = format!("objects/{}/{}", &digest[..2], &digest[2..]);
        let bytes = files
            .get(&object)
            .ok_or_else(|| format!("{path} is missing: {object}"))?;
        Ok((path.clone(), bytes.clone()))
    });
    Ok(Programme {
        digest: digest.to_owned(),
        files: whole.collect::<Result<_, String>>()?,
    })
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
