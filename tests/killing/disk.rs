//! A disk that may lose and reorder whatever it was not told to keep.
//!
//! The rules are those of ALICE (OSDI 2014) for a file system that promises no more than POSIX does: what was written to a file is safe
//! after a sync of that file, an entry of a folder after a sync of that folder, and nothing else is. Of what is not safe each piece is
//! there or not, whatever was done before or after it; what was written may be there in part, or as so many zeros.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    reader::Files,
    trace::{Call, Offset},
};

/// Of a longer piece, its beginnings in steps of so many parts.
const PARTS: usize = 512;

/// What a call does, to one file's content or to one folder's entries.
#[derive(Clone, Debug)]
enum Effect {
    Data {
        file: usize,
        offset: usize,
        bytes: Vec<u8>,
    },
    Length {
        file: usize,
        length: usize,
    },
    /// An entry comes, goes, or changes its name.
    Entry {
        come: Option<(String, Node)>,
        go: Option<String>,
    },
}

#[derive(Clone, Copy, Debug)]
enum Node {
    File(usize),
    Folder,
}

/// One effect, and after which it is safe.
#[derive(Clone, Debug)]
struct Step {
    effect: Effect,
    /// The number of the call that made it.
    call: usize,
    /// The number of the first call after which it is safe.
    safe: Option<usize>,
}

/// All effects of a run, in their order.
#[derive(Debug)]
pub(super) struct Disk {
    steps: Vec<Step>,
    calls: usize,
}

/// Whether a step is there after the cut: not at all, whole, or in another form.
#[derive(Clone, Debug)]
enum There {
    Not,
    Whole,
    /// So many bytes of it.
    Begun(usize),
    Zeros,
}

impl Disk {
    /// The effects of these calls; `keeps` says which paths matter.
    pub(super) fn new(calls: &[Call], keeps: impl Fn(&str) -> bool) -> Self {
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        let mut lengths: Vec<usize> = Vec::new();
        let mut steps: Vec<Step> = Vec::new();
        for (number, call) in calls.iter().enumerate() {
            let mut push = |effect| {
                steps.push(Step {
                    effect,
                    call: number,
                    safe: None,
                });
            };
            match call {
                Call::Mkdir(path) => push(Effect::Entry {
                    come: Some((path.clone(), Node::Folder)),
                    go: None,
                }),
                Call::Open {
                    path,
                    creates,
                    truncates,
                } if keeps(path) => {
                    if *creates && !names.contains_key(path) {
                        lengths.push(0);
                        let file = lengths.len() - 1;
                        names.insert(path.clone(), file);
                        push(Effect::Entry {
                            come: Some((path.clone(), Node::File(file))),
                            go: None,
                        });
                    } else if *truncates && lengths[names[path]] > 0 {
                        lengths[names[path]] = 0;
                        push(Effect::Length {
                            file: names[path],
                            length: 0,
                        });
                    }
                }
                Call::Write { path, offset, bytes } if keeps(path) => {
                    let file = names[path];
                    let offset = match offset {
                        Offset::At(at) => *at,
                        Offset::End => lengths[file],
                    };
                    lengths[file] = lengths[file].max(offset + bytes.len());
                    push(Effect::Data {
                        file,
                        offset,
                        bytes: bytes.clone(),
                    });
                }
                Call::Truncate { path, length } if keeps(path) => {
                    lengths[names[path]] = *length;
                    push(Effect::Length {
                        file: names[path],
                        length: *length,
                    });
                }
                Call::Rename(from, to) if keeps(from) => {
                    let file = names.remove(from).unwrap();
                    names.insert(to.clone(), file);
                    push(Effect::Entry {
                        come: Some((to.clone(), Node::File(file))),
                        go: Some(from.clone()),
                    });
                }
                Call::Unlink(path) if keeps(path) => {
                    names.remove(path).unwrap();
                    push(Effect::Entry {
                        come: None,
                        go: Some(path.clone()),
                    });
                }
                Call::Sync(path) => {
                    let file = names.get(path).copied();
                    steps.iter_mut().for_each(|step| step.sync(path, file, number));
                }
                _ => {}
            }
        }
        Self {
            steps,
            calls: calls.len(),
        }
    }

    /// Gives `take` every different state in which a cut of the power after each call may leave the disk, with the number of that call;
    /// how many states that are, the same ones counted
    /// too, and after how many calls there are more than `most` and they are left out.
    pub(super) fn cut(&self, most: usize, mut take: impl FnMut(usize, &Files)) -> (usize, usize) {
        let (mut all, mut left_out) = (0, 0);
        for last in 0..self.calls {
            let made: Vec<&Step> = self.steps.iter().filter(|step| step.call <= last).collect();
            let forms: Vec<Vec<There>> = made.iter().map(|step| step.forms(last)).collect();
            let count: usize = forms.iter().map(Vec::len).product();
            if count > most {
                left_out += 1;
                continue;
            }
            let (mut choice, mut seen) = (vec![0; forms.len()], BTreeSet::new());
            loop {
                all += 1;
                let files = state(
                    made.iter()
                        .zip(&choice)
                        .zip(&forms)
                        .map(|((step, at), forms)| (*step, &forms[*at])),
                );
                if !seen.contains(&files) {
                    take(last, &files);
                    seen.insert(files);
                }
                if !turn(&mut choice, &forms) {
                    break;
                }
            }
        }
        (all, left_out)
    }
}

/// The next choice, as an odometer turns; `false` after the last.
fn turn(choice: &mut [usize], forms: &[Vec<There>]) -> bool {
    for (at, forms) in choice.iter_mut().zip(forms) {
        *at += 1;
        if *at < forms.len() {
            return true;
        }
        *at = 0;
    }
    false
}

impl Step {
    fn sync(&mut self, path: &str, synced: Option<usize>, call: usize) {
        let is_of = match &self.effect {
            Effect::Data { file, .. } | Effect::Length { file, .. } => synced == Some(*file),
            Effect::Entry { come, go } => {
                let name = come.as_ref().map(|(name, _)| name).or(go.as_ref()).unwrap();
                name.rsplit_once('/').map_or("", |(folder, _)| folder) == path && synced.is_none()
            }
        };
        if is_of {
            self.safe.get_or_insert(call);
        }
    }

    /// The forms in which it may be there after a cut behind the call of that number.
    fn forms(&self, last: usize) -> Vec<There> {
        if self.safe.is_some_and(|safe| safe <= last) {
            return vec![There::Whole];
        }
        let mut forms = vec![There::Not, There::Whole];
        if let Effect::Data { bytes, .. } = &self.effect {
            let step = bytes.len().div_ceil(PARTS);
            forms.extend((step..bytes.len()).step_by(step).map(There::Begun));
            forms.push(There::Zeros);
        }
        forms
    }
}

/// The files that can be reached once these steps are there as they are.
fn state<'a>(steps: impl Iterator<Item = (&'a Step, &'a There)>) -> Files {
    let mut entries: BTreeMap<&str, Node> = BTreeMap::new();
    let mut contents: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    for (step, there) in steps.filter(|(_, there)| !matches!(there, There::Not)) {
        match &step.effect {
            Effect::Data { file, offset, bytes } => {
                let content = contents.entry(*file).or_default();
                let zeros = vec![0; bytes.len()];
                let bytes = match there {
                    There::Begun(length) => &bytes[..*length],
                    There::Zeros => &zeros[..],
                    There::Whole | There::Not => &bytes[..],
                };
                let end = offset + bytes.len();
                content.resize(content.len().max(end), 0);
                content[*offset..end].copy_from_slice(bytes);
            }
            Effect::Length { file, length } => contents.entry(*file).or_default().resize(*length, 0),
            Effect::Entry { come, go } => {
                if let Some(go) = go {
                    entries.remove(go.as_str());
                }
                if let Some((come, node)) = come {
                    entries.insert(come, *node);
                }
            }
        }
    }
    let is_reached = |path: &str| {
        let mut folders = path.match_indices('/').map(|(end, _)| &path[..end]);
        folders.all(|folder| entries.contains_key(folder))
    };
    let reached = entries.iter().filter_map(|(path, node)| match node {
        Node::File(file) if is_reached(path) => {
            Some(((*path).to_owned(), contents.get(file).cloned().unwrap_or_default()))
        }
        Node::File(_) | Node::Folder => None,
    });
    reached.collect()
}
