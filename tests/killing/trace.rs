//! The system calls of the script as they were made, from strace.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Stdio},
};

use super::script;

/// The calls by which anything comes to a disk.
pub(super) const CALLS: &str = "openat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,ftruncate,lseek,close";

/// One call that succeeded, with the paths relative to the state folder; what concerns no file in it is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Mkdir(String),
    Open {
        path: String,
        creates: bool,
        truncates: bool,
    },
    /// Writes at that offset.
    Write {
        path: String,
        offset: Offset,
        bytes: Vec<u8>,
    },
    Truncate {
        path: String,
        length: usize,
    },
    /// Of a file or of a folder.
    Sync(String),
    Rename(String, String),
    Unlink(String),
    /// What the script promised from here on.
    Promise(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Offset {
    At(usize),
    End,
}

/// Whether calls can be traced here; says why not.
pub(super) fn is_possible() -> bool {
    let traced = Command::new("strace")
        .args(["-f", "-o", "/dev/null", "true"])
        .stderr(Stdio::null())
        .status();
    let is_possible = traced.is_ok_and(|status| status.success());
    if !is_possible {
        super::figure("not proved: strace is missing or may not trace here");
    }
    is_possible
}

/// Runs the script once in `folder` and tells the calls of its saving thread.
pub(super) fn record(folder: &Path) -> Vec<Call> {
    let out = folder.join("trace");
    let (out, calls) = (out.to_str().unwrap(), format!("trace={CALLS}"));
    let wrapper = ["strace", "-ff", "-xx", "-s", "1000000", "-e", &calls, "-o", out];
    assert!(script::command(folder, &wrapper).status().unwrap().success());
    let mut traces = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_str().unwrap().starts_with("trace.") {
            traces.push(fs::read_to_string(path).unwrap());
        }
    }
    let mut read: Vec<Vec<Call>> = traces.iter().map(|trace| Reader::new(folder).read(trace)).collect();
    read.sort_by_key(Vec::len);
    let longest = read.pop().unwrap();
    assert!(read.iter().all(Vec::is_empty), "one thread saves");
    longest
}

struct Open {
    path: String,
    offset: Offset,
}

/// Follows which file each descriptor stands for.
struct Reader {
    state: String,
    promises: String,
    open: BTreeMap<u32, Open>,
    calls: Vec<Call>,
}

impl Reader {
    fn new(folder: &Path) -> Self {
        let name = |name| folder.join(name).to_str().unwrap().to_owned();
        Self {
            state: name("state"),
            promises: name("promises"),
            open: BTreeMap::new(),
            calls: Vec::new(),
        }
    }

    fn read(mut self, trace: &str) -> Vec<Call> {
        for line in trace.lines() {
            self.line(line);
        }
        self.calls
    }

    /// Takes one line: `name(arguments) = result`.
    fn line(&mut self, line: &str) {
        let Some((call, result)) = line.rsplit_once(" = ") else {
            return;
        };
        let Ok(result) = result.split(' ').next().unwrap().parse::<u64>() else {
            return;
        };
        let Some((name, arguments)) = call.trim_end().trim_end_matches(')').split_once('(') else {
            return;
        };
        let strings: Vec<Vec<u8>> = arguments.split('"').skip(1).step_by(2).map(unescape).collect();
        let paths: Vec<String> = strings
            .iter()
            .map(|text| String::from_utf8_lossy(text).into_owned())
            .collect();
        let numbers: Vec<&str> = arguments.split(", ").collect();
        match name {
            "openat" => self.open(&paths[0], arguments, u32::try_from(result).unwrap()),
            "close" => drop(self.open.remove(&numbers[0].parse().unwrap())),
            "mkdir" | "mkdirat" => self.on(&paths[0], Call::Mkdir),
            "unlink" | "unlinkat" => self.on(&paths[0], Call::Unlink),
            "rename" | "renameat" | "renameat2" => {
                if let (Some(from), Some(to)) = (self.inside(&paths[0]), self.inside(&paths[1])) {
                    self.calls.push(Call::Rename(from, to));
                }
            }
            _ => self.descriptor(name, &numbers, strings.first(), result),
        }
    }

    fn open(&mut self, path: &str, flags: &str, descriptor: u32) {
        let offset = if flags.contains("O_APPEND") {
            Offset::End
        } else {
            Offset::At(0)
        };
        if path == self.promises {
            let path = path.to_owned();
            self.open.insert(descriptor, Open { path, offset });
        }
        let Some(path) = self.inside(path) else { return };
        self.calls.push(Call::Open {
            path: path.clone(),
            creates: flags.contains("O_CREAT"),
            truncates: flags.contains("O_TRUNC"),
        });
        self.open.insert(descriptor, Open { path, offset });
    }

    fn descriptor(&mut self, name: &str, numbers: &[&str], bytes: Option<&Vec<u8>>, result: u64) {
        let Some(open) = numbers[0]
            .parse()
            .ok()
            .and_then(|descriptor| self.open.get_mut(&descriptor))
        else {
            return;
        };
        let (path, number) = (open.path.clone(), usize::try_from(result).unwrap());
        let call = match name {
            "write" => {
                let bytes = bytes.unwrap().clone();
                assert_eq!(bytes.len(), number, "what is written is written whole");
                if path == self.promises {
                    Call::Promise(String::from_utf8(bytes).unwrap())
                } else {
                    let offset = open.offset;
                    if let Offset::At(at) = &mut open.offset {
                        *at += number;
                    }
                    Call::Write { path, offset, bytes }
                }
            }
            "fsync" | "fdatasync" => Call::Sync(path),
            "ftruncate" => Call::Truncate {
                path,
                length: numbers[1].parse().unwrap(),
            },
            "lseek" => {
                if let Offset::At(at) = &mut open.offset {
                    *at = number;
                }
                return;
            }
            other => panic!("{other} is not known"),
        };
        self.calls.push(call);
    }

    fn on(&mut self, path: &str, call: impl FnOnce(String) -> Call) {
        if let Some(path) = self.inside(path) {
            self.calls.push(call(path));
        }
    }

    /// The path relative to the state folder; the folder itself is empty.
    fn inside(&self, path: &str) -> Option<String> {
        let rest = path.strip_prefix(&self.state)?;
        Some(rest.trim_start_matches('/').to_owned())
    }
}

/// `\x2f\x64` as bytes.
fn unescape(text: &str) -> Vec<u8> {
    let codes = text.split("\\x").skip(1);
    codes.map(|code| u8::from_str_radix(code, 16).unwrap()).collect()
}
