//! A process that confines itself and becomes a program of others: `ffmpeg` or `ffprobe`, with the video on its standard input.
//!
//! What the file is, it reads under its confinement, and tells the program so: nothing of a stranger's file is ever read outside.

use std::{
    ffi::OsString,
    fs::File,
    io::{self, Write as _},
    os::{
        fd::{AsFd as _, AsRawFd as _},
        unix::{fs::FileExt as _, process::CommandExt as _},
    },
    path::Path,
    process::{Child, Command, Stdio},
};

use super::{
    COMMAND,
    confine::{self, Bounds, Grants},
};
use crate::media::film::{
    FIRST,
    ffmpeg::{self, OTHERS, Part, UNSTARTED},
    sniff,
};

/// The hidden command within the hidden command.
pub(super) const EXEC: &str = "exec";
/// Starts this program again as one that becomes `part` of ffmpeg, within `bounds`; `source` is the video. Its outputs are pipes.
pub(super) fn start(part: Part, older: bool, ffmpeg: &Path, source: &File, bounds: &Bounds) -> io::Result<Child> {
    let numbers = [
        std::process::id(),
        bounds.memory,
        bounds.cpu,
        part.number(),
        older.into(),
    ];
    let numbers = numbers.map(|number| number.to_string());
    Command::new("/proc/self/exe")
        .args([COMMAND, EXEC])
        .args(numbers)
        .arg(part.program(ffmpeg))
        .env_clear()
        .current_dir("/")
        .stdin(Stdio::from(source.try_clone()?))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// Becomes what the arguments say; comes back only where that fails, with the exit code.
pub(super) fn serve(arguments: &[OsString]) -> io::Result<u8> {
    let (program, numbers) = arguments.split_last().ok_or_else(nothing)?;
    let number = |word: &OsString| word.to_str()?.parse::<u32>().ok();
    let numbers: Option<Vec<u32>> = numbers.iter().map(number).collect();
    let Some([parent, memory, cpu, part, older]) = numbers.as_deref() else {
        return Err(nothing());
    };
    let part = Part::of(*part).ok_or_else(nothing)?;
    confine::begin(Some(*parent as i32))?;
    confine::shed()?;
    let bounds = Bounds {
        memory: *memory,
        cpu: *cpu,
        file: 0,
        threads: true,
    };
    let source = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let program = Path::new(program);
    let grants = Grants {
        program: Some(program),
        file: Some(source.as_fd()),
        signals: false,
    };
    confine::others(&bounds, &grants)?;
    let mut first = [0; FIRST];
    let length = source.read_at(&mut first, 0)?;
    let format = sniff(&first[..length]).ok().and_then(ffmpeg::format);
    let Some(format) = format else { return Ok(OTHERS) };
    debug_assert!(source.as_raw_fd() > 2, "the program keeps the three");
    drop(source);
    let error = Command::new(program)
        .args(ffmpeg::arguments(part, format, *older == 1))
        .env_clear()
        .exec();
    let _ = writeln!(io::stderr(), "{error}");
    Ok(UNSTARTED)
}

fn nothing() -> io::Error {
    io::Error::other("this is no job")
}
