//! Videos become clips: for every place in which the site shows them, or one alone into a file.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Seek as _},
    path::Path,
    time::SystemTime,
};

use serde::Serialize;

use super::{Work, places::Places};
use crate::{
    cli::{
        arguments::SITE,
        clips::{Scratch, Teller, shown},
        exit::{Exit, Failure},
    },
    diagnostic::Bilingual,
    folder::StateFolder,
    frame::Fitting,
    item::Take,
    media::{
        ChildFault, ClipFault, ClipJob, ClipNote, Clips, Studio,
        film::{self as films, Container, FilmFault},
    },
    site::Colour,
    stage::Rendition,
    units::{Digest, Rate, Size},
};

/// A clip as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    form: &'static str,
    codec: &'a str,
    width: u32,
    height: u32,
    seconds: f64,
    sound: &'static str,
    shrinks: u32,
    places: &'a [String],
    clip_width: u32,
    clip_height: u32,
    rate: u16,
    frames: u32,
    made: &'static str,
    clip: &'a str,
    bytes: u64,
}

/// A video for which there is no place, as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Unplaced<'a> {
    file: &'a str,
    form: &'static str,
    codec: &'static str,
}

/// A clip that is there.
struct Made {
    note: ClipNote,
    /// What the video is, for people; the kind of its file alone where the clip was made before.
    codec: String,
    is_new: bool,
}

/// Makes the clips of the video at `path`, and says what it is.
pub(super) fn import(work: &Work<'_>, path: &Path, mut file: File, container: Container) -> Result<Exit, Failure> {
    let source = match looked_at(&mut file, container) {
        Ok(Ok(source)) => source,
        Ok(Err(fault)) => return work.refuse(path, &fault, Exit::PROBLEMS),
        Err(error) => return Ok(work.unread(path, &error)),
    };
    let film = Film {
        work,
        path,
        file,
        container,
        source,
    };
    match &work.options.clip.output {
        Some(output) => film.write_to(output),
        None => film.for_site(),
    }
}

/// The digest of its bytes, where nothing speaks against it so far.
fn looked_at(file: &mut File, container: Container) -> io::Result<Result<Digest, FilmFault>> {
    let bytes = file.metadata()?.len();
    if bytes > films::LARGEST_FILE {
        return Ok(Err(FilmFault::TooHeavy { bytes }));
    }
    if films::is_whole(container, file)? == Some(false) {
        return Ok(Err(FilmFault::Cut));
    }
    file.rewind()?;
    Digest::of_all(file).map(Ok)
}

/// A video of which clips are made.
struct Film<'a> {
    work: &'a Work<'a>,
    path: &'a Path,
    file: File,
    container: Container,
    source: Digest,
}

impl Film<'_> {
    fn for_site(&self) -> Result<Exit, Failure> {
        let site = self.work.options.site.as_deref().unwrap_or_else(|| Path::new(SITE));
        let clips = Clips::new(&StateFolder::place(&self.work.state).0);
        let places = match self.work.places.get() {
            Some(places) => places,
            None => {
                let read = Places::new(site, &clips)?;
                self.work.places.get_or_init(|| read)
            }
        };
        let placed = places.of(self.path, self.source, self.work.options.column.as_deref());
        if placed.wants.is_empty() {
            return self.unplaced();
        }
        let protected = places.protected();
        let mut made = Vec::new();
        let mut exit = Exit::DONE;
        for want in &placed.wants {
            match self.make(&clips, &want.rendition, places.site().clip_space, &protected) {
                Ok(clip) => made.push(clip),
                // Of the next place the same would be said.
                Err(fault) => {
                    exit = self.refused(&fault)?;
                    break;
                }
            }
        }
        let takes: Vec<Take> = made.iter().map(|made| made.note.take.clone()).collect();
        let shown = placed.shown(&takes);
        for (at, made) in made.iter().enumerate() {
            let name = made.note.take.clip;
            let places = shown.get(&name.to_string()).map_or(&[][..], Vec::as_slice);
            self.tell(made, at == 0, places, &clips.path(name))?;
        }
        Ok(exit)
    }

    /// Makes one clip, in a folder of its own first.
    fn write_to(&self, output: &Path) -> Result<Exit, Failure> {
        let options = &self.work.options.clip;
        let rendition = Rendition {
            size: options.size.unwrap_or(Size::new(1, 1)),
            rate: Rate::new(options.rate).expect("the arguments were read as a rate"),
            fitting: Fitting {
                fit: options.fit.into(),
                focus: options.focus,
                ..Fitting::default()
            },
            leds: Colour::from(options.leds).into(),
            may_flash: options.flashes,
        };
        let scratch = Scratch::beside(output);
        let clips = Clips::new(scratch.path());
        let made = match self.make(&clips, &rendition, u64::MAX, &BTreeSet::new()) {
            Ok(made) => made,
            Err(fault) => return self.refused(&fault),
        };
        let moved = fs::rename(clips.path(made.note.take.clip), output);
        moved.map_err(|error| Failure::file(Exit::CANNOT_CREATE, output, &error))?;
        self.tell(&made, true, &[], output)?;
        Ok(Exit::DONE)
    }

    fn make(
        &self,
        clips: &Clips,
        rendition: &Rendition,
        quota: u64,
        protected: &BTreeSet<Digest>,
    ) -> Result<Made, ClipFault> {
        let name = Clips::name(self.source, rendition);
        if let Some(note) = clips.note(name).filter(|note| clips.has(note)) {
            clips.touch([&name]);
            return Ok(Made {
                note,
                codec: self.container.name().into(),
                is_new: false,
            });
        }
        let job = ClipJob {
            source: &self.file,
            digest: self.source,
            rendition,
            quota,
            protected,
        };
        let mut teller = Teller::new(&shown(self.path), self.work.voice());
        let stamp = self.stamp();
        let (note, filmed) = clips.make(
            &job,
            &Studio::new(self.work.child.clone()),
            &mut |progress| teller.tell(progress),
            &mut || stamp.is_some() && self.stamp() == stamp,
        )?;
        Ok(Made {
            note,
            codec: filmed.codec,
            is_new: true,
        })
    }

    /// What tells that the file is still the same.
    fn stamp(&self) -> Option<(u64, SystemTime)> {
        let metadata = fs::metadata(self.path).ok()?;
        Some((metadata.len(), metadata.modified().ok()?))
    }

    fn refused(&self, fault: &ClipFault) -> Result<Exit, Failure> {
        let exit = match fault {
            ClipFault::Film(ChildFault::Start { .. } | ChildFault::Talk { .. }) => Exit::UNAVAILABLE,
            fault if fault.is_of_the_store() => Exit::CANNOT_CREATE,
            _ => Exit::PROBLEMS,
        };
        self.work.refuse(self.path, fault, exit)
    }

    /// The site would show it nowhere.
    fn unplaced(&self) -> Result<Exit, Failure> {
        let file = shown(self.path);
        let codec = self.container.name();
        if self.work.options.json {
            let form = "unplaced";
            self.work.print(&Unplaced {
                file: &file,
                form,
                codec,
            })?;
            return Ok(Exit::PROBLEMS);
        }
        self.work.say(&Bilingual::new(
            format!("{file}：视频（{codec}），站点中没有播放它的区域\n  请用 --column 写明将放入的栏目，或用 -o、--size 制成单个片段"),
            format!(
                "{file}: video ({codec}), for which the site has no place\n  name the column in which it will lie with --column, or make one clip with -o and --size"
            ),
        ))?;
        Ok(Exit::PROBLEMS)
    }

    /// Says what a clip is; of the `first` one what the video is as well.
    fn tell(&self, made: &Made, first: bool, places: &[String], clip: &Path) -> Result<(), Failure> {
        let ClipNote {
            rendition,
            take,
            length,
            ..
        } = &made.note;
        let file = shown(self.path);
        let Size { width, height } = take.original;
        let rate = rendition.rate.hertz();
        let seconds = f64::from(take.frames) / f64::from(rate);
        let shrinks = rendition.fitting.place(take.original, rendition.size).shrinks();
        if self.work.options.json {
            return self.work.print(&Line {
                file: &file,
                form: "video",
                codec: &made.codec,
                width,
                height,
                seconds: (seconds * 1000.0).round() / 1000.0,
                sound: if take.had_sound { "dropped" } else { "none" },
                shrinks,
                places,
                clip_width: rendition.size.width,
                clip_height: rendition.size.height,
                rate,
                frames: take.frames,
                made: if made.is_new { "now" } else { "before" },
                clip: &shown(clip),
                bytes: *length,
            });
        }
        if first {
            let codec = &made.codec;
            let (sound_zh, sound) = if take.had_sound {
                ("，声音不播放", ", without its sound")
            } else {
                ("", "")
            };
            self.work.say(&Bilingual::new(
                format!("{file}：视频（{codec}），{width}×{height}，{seconds:.1} 秒{sound_zh}"),
                format!("{file}: video ({codec}), {width}x{height}, {seconds:.1} s{sound}"),
            ))?;
        }
        self.work.say(&clip_words(
            made,
            places,
            clip,
            shrinks,
            self.work.options.clip.output.is_some(),
        ))
    }
}

/// A clip as a line: `lobby/main 256x96`.
fn clip_words(made: &Made, places: &[String], clip: &Path, shrinks: u32, is_named: bool) -> Bilingual {
    let ClipNote {
        rendition,
        take,
        length,
        ..
    } = &made.note;
    let Size { width, height } = rendition.size;
    let (rate, frames, megabytes) = (rendition.rate.hertz(), take.frames, *length as f64 / 1e6);
    let place = if is_named {
        clip.display().to_string()
    } else {
        places.join(", ")
    };
    let (made_zh, made_en) = if made.is_new {
        ("已制成", "made")
    } else {
        ("此前已制成", "made before")
    };
    let (small_zh, small) = if shrinks > 4 {
        (
            format!("；画面缩小到约 1/{shrinks}，其中小字将看不清"),
            format!("; shown at about 1/{shrinks} of its size: small text in it cannot be read"),
        )
    } else {
        Default::default()
    };
    Bilingual::new(
        format!("  {place} {width}×{height}，每秒 {rate} 帧，共 {frames} 帧，{megabytes:.1} MB，{made_zh}{small_zh}"),
        format!("  {place} {width}x{height}, {frames} frames, {rate} a second, {megabytes:.1} MB, {made_en}{small}"),
    )
}
