//! Videos and their clips in memory: every frame says of which video it is, and which one it is.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use embedded_graphics::prelude::RgbColor as _;
use yingbi::{
    clip::{Footage, Footages},
    frame::Frame,
    item::{Take, Video},
    units::{Digest, Size},
    wall::{ClipWant, Library, Wall},
};

use super::site::Files;

/// Every video is so large.
const ORIGINAL: Size = Size::new(256, 64);

/// Videos, the clips that were made of them, and who asks for what.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cinema {
    videos: BTreeMap<String, (u8, u32)>,
    takes: BTreeMap<String, Vec<Take>>,
    pub(crate) screening: Arc<Screening>,
}

/// The clips, for the display path.
#[derive(Debug, Default)]
pub(crate) struct Screening(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    clips: BTreeMap<Digest, Clip>,
    /// Whether no frame is at hand.
    is_stuck: bool,
    /// Whether no frame is at hand that was not expected, or follows one that was seen.
    is_strict: bool,
    expected: Vec<(u8, u32)>,
    missed: Vec<(u8, u32)>,
}

#[derive(Clone, Copy, Debug)]
struct Clip {
    tag: u8,
    frames: u32,
    size: Size,
}

impl Cinema {
    /// One more video at `path`, of so many frames wherever it plays. Its frames begin with its number, 1 for the first.
    pub(crate) fn video(mut self, path: &str, frames: u32) -> Self {
        let tag = u8::try_from(self.videos.len() + 1).expect("few videos");
        self.videos.insert(path.into(), (tag, frames));
        self
    }

    /// The same without the video at `path`.
    pub(crate) fn without(mut self, path: &str) -> Self {
        self.videos.remove(path).expect("only what is there is taken away");
        self
    }

    /// Makes the clip that is wanted.
    pub(crate) fn make(&mut self, want: &ClipWant) {
        let (tag, frames) = self.videos[&*want.path];
        let clip = Digest::of_parts([want.source.bytes().as_slice(), &want.rendition.write()]);
        self.screening.state().clips.insert(
            clip,
            Clip {
                tag,
                frames,
                size: want.rendition.size,
            },
        );
        self.takes.entry(want.path.to_string()).or_default().push(Take {
            rendition: want.rendition.digest(),
            clip,
            contents: Digest::of(&[tag]),
            frames,
            original: ORIGINAL,
            had_sound: true,
        });
    }

    /// The files with the videos in plain form, as far as clips were made of them.
    pub(crate) fn among(&self, files: &Files) -> Files {
        let videos = self.videos.keys();
        videos.fold(files.clone(), |files, path| {
            let takes = self.takes.get(path).map_or(&[][..], Vec::as_slice);
            files.with(path, Video::write(Digest::of(path.as_bytes()), takes))
        })
    }

    /// The library that has accepted the files and the videos.
    pub(crate) fn library(&self, files: &Files) -> Library {
        let library = Library::default().with_footages(Arc::clone(&self.screening) as Arc<dyn Footages>);
        library.accept(&self.among(files).sources())
    }

    /// Lets all clips be gone from where they lay, of which no wall learns; the wants by which they are made again.
    pub(crate) fn burn(&self, files: &Files) -> Vec<ClipWant> {
        self.screening.state().clips.clear();
        let none = Self {
            takes: BTreeMap::new(),
            ..self.clone()
        };
        none.library(files).wall().expect("there is a site").wants().to_vec()
    }

    /// The wall of the files and the videos once every clip that it wants was made.
    pub(crate) fn wall(&mut self, files: &Files) -> Arc<Wall> {
        let wants = self.library(files).wall().expect("there is a site").wants().to_vec();
        wants.iter().for_each(|want| self.make(want));
        let wall = Arc::clone(self.library(files).wall().expect("there is a site"));
        assert_eq!(wall.wants(), []);
        wall
    }
}

impl Screening {
    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0)
    }

    /// Lets no frame be at hand any more, or all again.
    pub(crate) fn stick(&self, is_stuck: bool) {
        self.state().is_stuck = is_stuck;
    }

    /// Lets from now on no frame be at hand of an opened clip that was not expected there and does not follow one that was seen.
    pub(crate) fn be_strict(&self) {
        self.state().is_strict = true;
    }

    /// What was expected since this was asked last: of which video, and which frame.
    pub(crate) fn expected(&self) -> Vec<(u8, u32)> {
        std::mem::take(&mut self.state().expected)
    }

    /// What was not at hand since this was asked last.
    pub(crate) fn missed(&self) -> Vec<(u8, u32)> {
        std::mem::take(&mut self.state().missed)
    }
}

impl Footages for Screening {
    fn open(&self, clip: Digest) -> Option<Arc<dyn Footage>> {
        let clip = *self.state().clips.get(&clip)?;
        Some(Arc::new(Opened {
            state: Arc::clone(&self.0),
            clip,
            pixels: Mutex::new(vec![clip.tag; clip.size.leds() * 3]),
            ready: Mutex::new(Vec::with_capacity(READY)),
        }))
    }
}

/// How many frames are at hand at once.
const READY: usize = 8;

/// A clip that somebody has opened.
#[derive(Debug)]
struct Opened {
    state: Arc<Mutex<State>>,
    clip: Clip,
    pixels: Mutex<Vec<u8>>,
    /// The frames that are at hand where one is strict.
    ready: Mutex<Vec<u32>>,
}

impl Opened {
    fn make_ready(&self, frame: u32) {
        let mut ready = lock(&self.ready);
        if ready.len() == READY {
            ready.remove(0);
        }
        ready.push(frame);
    }
}

impl Footage for Opened {
    fn show(&self, frame: u32, draw: &mut dyn FnMut(&[u8])) -> bool {
        assert!(frame < self.clip.frames, "there is no frame {frame}");
        let is_ready = lock(&self.ready).contains(&frame);
        let mut state = lock(&self.state);
        let is_missed = state.is_strict && !is_ready;
        if is_missed {
            state.missed.push((self.clip.tag, frame));
        }
        self.make_ready(frame);
        self.make_ready((frame + 1) % self.clip.frames);
        if is_missed || state.is_stuck {
            return false;
        }
        let mut pixels = lock(&self.pixels);
        let [high, low] = u16::try_from(frame).expect("few frames").to_be_bytes();
        for pixel in pixels.as_chunks_mut::<3>().0 {
            *pixel = [MARK | self.clip.tag, high, low];
        }
        draw(&pixels);
        true
    }

    fn expect(&self, frame: u32) {
        self.make_ready(frame);
        lock(&self.state).expected.push((self.clip.tag, frame));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is red in every frame besides the video's number, and in nothing else that is shown.
const MARK: u8 = 0xa0;

/// Of which video the LED in that place shows which frame; `None` where it shows none.
pub(crate) fn seen(frame: &Frame, x: u32, y: u32) -> Option<(u8, u32)> {
    let led = frame.led(x, y).expect("it is on the screen");
    let number = u32::from(led.g()) << 8 | u32::from(led.b());
    (led.r() & 0xf0 == MARK && number < 0x400).then_some((led.r() & 0xf, number))
}
