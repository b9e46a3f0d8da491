//! A clip that is being played: a thread reads ahead, the player finds.

use std::{
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::{
    fault::{Ledger, Trouble},
    film::Film,
    ring::{Job, Ring},
};
use crate::{
    clip::{Clip, Footage},
    units::Digest,
};

/// How long `show` waits for a picture that is on its way: a seek takes less, and a tick more.
const SHOWING: Duration = Duration::from_millis(5);
/// How long `open` waits to learn whether there is such a clip.
const OPENING: Duration = Duration::from_millis(2);
/// After so long without a question the pictures are let go.
const IDLE: Duration = Duration::from_secs(3);
/// Bytes of the stack of the thread that reads ahead: it calls nothing deep.
const STACK: usize = 256 << 10;

/// A clip that is being played. Its thread ends when the last who plays it lets go.
#[derive(Debug)]
pub(super) struct Reel(Arc<Shared>);

/// What player and reader share. The lock is held to look and to swap, never while something is read, unpacked or drawn.
#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    /// The reader has something to do.
    work: Condvar,
    /// The reader has done something.
    done: Condvar,
}

#[derive(Debug)]
struct State {
    stage: Stage,
    /// What was expected before the clip was open.
    expected: Option<u32>,
    /// When the player came last.
    asked: Instant,
    /// The player waited in vain, and the reader has done nothing since: he need not wait again.
    is_late: bool,
    /// Nobody plays the clip any more.
    is_over: bool,
}

#[derive(Debug)]
enum Stage {
    Opening,
    Open {
        clip: Arc<Clip>,
        ring: Ring,
    },
    /// It cannot be played.
    Lost,
}

impl Reel {
    /// Opens the clip in `file`; `None` where it turns out at once that there is none, or an unsound one.
    pub(super) fn open(clip: Digest, file: PathBuf, ledger: &Arc<Ledger>) -> Option<Self> {
        let shared = Arc::new(Shared::new());
        let reader = Reader {
            shared: Arc::clone(&shared),
            clip,
            file: file.clone(),
            ledger: Arc::clone(ledger),
        };
        let thread = thread::Builder::new()
            .name(format!("clip {}", clip.short()))
            .stack_size(STACK);
        if let Err(error) = thread.spawn(move || reader.read()) {
            ledger.refuse(clip, &file, Trouble::from(error));
            return None;
        }
        let this = Self(shared);
        this.0.can_be_played().then_some(this)
    }
}

impl Drop for Reel {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
        self.0.work.notify_one();
    }
}

impl Footage for Reel {
    fn show(&self, frame: u32, draw: &mut dyn FnMut(&[u8])) -> bool {
        let pixels = self.0.pixels(frame);
        if let Some(pixels) = &pixels {
            draw(pixels);
        }
        pixels.is_some()
    }

    fn expect(&self, frame: u32) {
        self.0.expect(frame);
    }
}

impl Shared {
    fn new() -> Self {
        Self {
            state: Mutex::new(State {
                stage: Stage::Opening,
                expected: None,
                asked: Instant::now(),
                is_late: false,
                is_over: false,
            }),
            work: Condvar::new(),
            done: Condvar::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the clip is open, or still being opened.
    fn can_be_played(&self) -> bool {
        let is_opening = |state: &mut State| matches!(state.stage, Stage::Opening);
        let waited = self.done.wait_timeout_while(self.lock(), OPENING, is_opening);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        !matches!(state.stage, Stage::Lost)
    }

    /// The pixels of that frame. Waits for them where they are on their way, but not again before something else has come.
    fn pixels(&self, frame: u32) -> Option<Arc<[u8]>> {
        let mut state = self.lock();
        state.asked = Instant::now();
        let deadline = state.asked + SHOWING;
        let mut has_asked = false;
        loop {
            match &mut state.stage {
                Stage::Lost => return None,
                Stage::Opening => state.expected = Some(frame),
                Stage::Open { clip, ring } => {
                    let picture = clip.index.picture(frame)?;
                    if !has_asked {
                        ring.ask(picture);
                        has_asked = true;
                    }
                    let pixels = ring.get(picture);
                    let has_work = ring.is_low();
                    if pixels.is_some() {
                        drop(state);
                        if has_work {
                            self.work.notify_one();
                        }
                        return pixels;
                    }
                    self.work.notify_one();
                }
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if state.is_late || left.is_zero() {
                state.is_late = true;
                return None;
            }
            (state, _) = self
                .done
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn expect(&self, frame: u32) {
        let mut state = self.lock();
        match &mut state.stage {
            Stage::Lost => {}
            Stage::Opening => state.expected = Some(frame),
            Stage::Open { clip, ring } => {
                if let Some(picture) = clip.index.picture(frame) {
                    ring.expect(picture);
                }
                drop(state);
                self.work.notify_one();
            }
        }
    }

    /// The clip is open, or will not be.
    fn opened(&self, film: Option<&Film>) {
        let mut state = self.lock();
        state.stage = film.map_or(Stage::Lost, |film| {
            let clip = Arc::clone(film.clip());
            let stored = clip.index.stored().len() as u32;
            let mut ring = Ring::new(stored, clip.frame_bytes(), clip.head.rate.hertz());
            let expected = state.expected.take().and_then(|frame| clip.index.picture(frame));
            if let Some(picture) = expected {
                ring.expect(picture);
            }
            Stage::Open { clip, ring }
        });
        state.is_late = false;
        drop(state);
        self.done.notify_all();
    }

    /// Waits for something to do; `None` where nobody plays the clip any more.
    fn job(&self) -> Option<(Job, usize)> {
        let mut state = self.lock();
        loop {
            if state.is_over {
                return None;
            }
            let idle = state.asked.elapsed();
            let Stage::Open { ring, .. } = &mut state.stage else {
                return None;
            };
            if let Some(job) = ring.job() {
                return Some((job, ring.bytes()));
            }
            if idle < IDLE {
                let waited = self.work.wait_timeout(state, IDLE - idle);
                (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            let unwanted = ring.rest();
            if unwanted.is_empty() {
                state = self.work.wait(state).unwrap_or_else(PoisonError::into_inner);
            } else {
                drop(state);
                drop(unwanted);
                state = self.lock();
            }
        }
    }

    /// A picture is there.
    fn put(&self, picture: u32, pixels: Arc<[u8]>) {
        let mut state = self.lock();
        if let Stage::Open { ring, .. } = &mut state.stage {
            ring.put(picture, pixels);
        }
        state.is_late = false;
        drop(state);
        self.done.notify_all();
    }

    fn is_over(&self) -> bool {
        self.lock().is_over
    }
}

/// Reads ahead, in a thread of its own.
struct Reader {
    shared: Arc<Shared>,
    clip: Digest,
    file: PathBuf,
    ledger: Arc<Ledger>,
}

impl Reader {
    fn read(self) {
        let film = Film::open(self.clip, &self.file, &self.ledger);
        self.shared.opened(film.as_ref().ok());
        let Ok(mut film) = film else { return };
        while let Some((job, bytes)) = self.shared.job() {
            let fresh = || std::iter::repeat_n(0, bytes).collect();
            let mut pixels = job.pixels.unwrap_or_else(fresh);
            // Nobody else has it.
            let Some(into) = Arc::get_mut(&mut pixels) else { return };
            if !film.unpack(job.picture, into, || self.shared.is_over()) {
                return self.shared.opened(None);
            }
            self.shared.put(job.picture, pixels);
        }
    }
}
