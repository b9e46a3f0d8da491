//! `yingbi import`: what people bring is made ready beforehand, and told: fonts as strikes, videos as clips. Pictures are looked at alone, since they are
//! made ready in no time.
//!
//! What a file is follows from its first bytes, and its name decides only what these leave open. Every file is taken by itself, whatever becomes
//! of the others; the worst that happened is the exit code.

mod film;
mod font;
mod picture;
mod places;

use std::{
    cell::OnceCell,
    fs::File,
    io::{self, Read as _, Write as _, stdout},
    path::{Path, PathBuf},
};

use serde::Serialize;

use super::{
    arguments::Import,
    clips::{Voice, shown},
    exit::{Exit, Failure},
    progress::Progress,
    terminal::Terminal,
};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain},
    folder::StateFolder,
    media::{
        Child,
        film::{self as films, Container, FilmFault, Found},
    },
    wall::{is_picture_file, is_video_file},
};

use places::Places;

/// A file that is refused, as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Refused<'a> {
    file: &'a str,
    form: &'static str,
    message: &'a str,
    help: &'a str,
    message_zh: &'a str,
    help_zh: &'a str,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Font,
    Video(Container),
    Picture,
}

/// Prepares every file that is named, one after the other.
pub(super) fn run(options: &Import, terminal: &Terminal) -> Result<Exit, Failure> {
    let state = StateFolder::locate(options.state.as_deref(), |name| std::env::var_os(name));
    let state = state.map_err(|fault| Failure::of(Exit::CANNOT_CREATE, &fault))?;
    if options.clip.output.is_some() && options.files.len() > 1 {
        return Err(Failure::new(
            Exit::USAGE,
            Bilingual::new("-o 只能用于一个视频", "-o is for one video"),
            Bilingual::new("请一次给出一个文件", "name one file at a time"),
        ));
    }
    let work = Work {
        options,
        terminal,
        state,
        child: Child::own(),
        places: OnceCell::new(),
    };
    let mut progress = Progress::new(terminal, options.files.len() as i64);
    let mut worst = Exit::DONE;
    for (done, file) in (0..).zip(&options.files) {
        progress.at(done);
        worst = worst.max(work.file(file)?);
    }
    drop(progress);
    Ok(worst)
}

/// What every file is prepared with.
struct Work<'a> {
    options: &'a Import,
    terminal: &'a Terminal,
    state: PathBuf,
    child: Child,
    /// Where the site would show videos; read once one is there.
    places: OnceCell<Places>,
}

impl Work<'_> {
    fn file(&self, path: &Path) -> Result<Exit, Failure> {
        let opened = File::open(path).and_then(|mut file| {
            let what = what(path, &mut file)?;
            Ok((file, what))
        });
        match opened {
            Err(error) => Ok(self.unread(path, &error)),
            Ok((_, Err(fault))) => self.refuse(path, &fault, Exit::PROBLEMS),
            Ok((_, Ok(What::Font))) => font::import(self, path),
            Ok((file, Ok(What::Video(container)))) => film::import(self, path, file, container),
            Ok((_, Ok(What::Picture))) => picture::import(self, path),
        }
    }

    fn unread(&self, path: &Path, error: &io::Error) -> Exit {
        self.terminal.failure(&Failure::file(Exit::NO_INPUT, path, error));
        Exit::NO_INPUT
    }

    /// Tells why nothing becomes of the file.
    fn refuse(&self, path: &Path, fault: &impl Explain, exit: Exit) -> Result<Exit, Failure> {
        self.refused(&Diagnostic::of_file(shown(path), fault), exit)
    }

    fn refused(&self, refused: &Diagnostic, exit: Exit) -> Result<Exit, Failure> {
        if self.options.json {
            self.print(&Refused {
                file: &refused.file,
                form: "refused",
                message: &refused.message.en,
                help: &refused.help.en,
                message_zh: &refused.message.zh,
                help_zh: &refused.help.zh,
            })?;
        }
        self.terminal.problems(std::slice::from_ref(refused));
        Ok(exit)
    }

    /// One JSON object on a line of its own.
    fn print(&self, line: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(line).map_err(io::Error::from)?;
        writeln!(stdout(), "{line}")?;
        Ok(())
    }

    /// A sentence for people, where none is to be told as JSON.
    fn say(&self, words: &Bilingual) -> Result<(), Failure> {
        writeln!(stdout(), "{}", words.get(self.terminal.language()))?;
        Ok(())
    }

    /// Who hears how far a clip has come.
    const fn voice(&self) -> Voice {
        if self.options.json {
            Voice::Json
        } else {
            Voice::of(self.terminal)
        }
    }
}

/// What the file at `path` is; an error of its own where it is nothing that can be used.
fn what(path: &Path, file: &mut File) -> io::Result<Result<What, FilmFault>> {
    let mut first = Vec::new();
    file.take(films::FIRST as u64).read_to_end(&mut first)?;
    let name = path.to_string_lossy();
    Ok(match films::sniff(&first) {
        Ok(container) if container.may_be_still() && !films::moves(container, file)? => Ok(What::Picture),
        Ok(container) => Ok(What::Video(container)),
        Err(FilmFault::NoVideo { found: Found::Picture }) => Ok(What::Picture),
        Err(_) if is_picture_file(&name) => Ok(What::Picture),
        Err(fault) if is_video_file(&name) => Err(fault),
        Err(
            fault @ FilmFault::NoVideo {
                found: Found::Heif | Found::Sound | Found::Playlist | Found::Real,
            },
        ) => Err(fault),
        Err(_) => Ok(What::Font),
    })
}
