//! Between the folder and the wall: pictures, videos and workbooks are taken in plain forms, which the wall reads without any decoder.
//!
//! ```text
//! SourceFile, waiting -> Admission::admit -> SourceFile with its plain form, or the reason for none, or still waiting
//!                              | what nobody has looked at yet                     ^
//!                              v                                                   |
//!                        desk -> worker -> folder::fetch -> Plains (made before?) -> Child::run
//!                             -> worker -> folder::open -> digest of a video -------+
//!     Wall::wants -> want     -> worker -> folder::open -> Clips::make -> FilmMaker-+
//! ```
//!
//! Nothing here delays a text: what is not known yet waits at the desk, and its last plain form (or, to the wall, its last good version) is in
//! force meanwhile. One worker takes one picture or workbook after the other, a second one reads videos, a third one makes clips of them, so
//! that nothing small waits for anything large; whoever listens is told when something is new. The bytes of the files
//! themselves are not kept. The desk holds one entry a file of the site, and so is bounded by it.
//!
//! A video has clips when the wall has said which it wants. One that was exchanged is shown as it was until all clips of the new one are there.

mod desk;
mod estimate;
mod films;
mod identify;
mod make;
mod plains;
mod progress;
mod studio;

use std::{
    collections::BTreeSet,
    fmt, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::{
    child::Child,
    clips::{Clips, FilmMaker},
};
use crate::{
    diagnostic::Diagnostic,
    item::Video,
    units::Digest,
    wall::{ClipWant, ImportView, SourceFile},
};

use desk::{Desk, Job, Lane, Made};

pub use plains::Plains;

/// While there is more to do, news is told at most so often: each one makes a wall anew.
const NEWS: Duration = Duration::from_millis(500);

/// How far those who read and convert videos stand back behind all others of the machine: 19 is last.
const NICE: i32 = 10;

/// Who is told of news.
type Listener = Arc<dyn Fn() + Send + Sync>;

/// Who makes clips, and where they are kept.
struct Films {
    clips: Clips,
    maker: Arc<dyn FilmMaker>,
}

/// Takes the pictures, videos and workbooks of one site in.
pub struct Admission {
    site: PathBuf,
    child: Child,
    /// Where plain forms are kept; `None` where none are.
    plains: Option<Plains>,
    films: Option<Films>,
    desk: Mutex<Desk>,
    /// Something is to be done, or has been.
    stir: Condvar,
    listener: Mutex<Option<Listener>>,
}

impl Admission {
    /// For the site in that folder: what a file needs is done by `child`.
    pub fn new(site: &Path, child: Child, plains: Option<Plains>) -> Self {
        Self {
            site: site.to_owned(),
            child,
            plains,
            films: None,
            desk: Mutex::default(),
            stir: Condvar::new(),
            listener: Mutex::default(),
        }
    }

    /// `files`, all of the site's, with the plain forms that are known; the others are put on the desk. Waits for nothing.
    pub fn admit(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let admitted = self.desk().admit(files);
        self.stir.notify_all();
        admitted
    }

    /// Whether the files that were admitted last have any that needs a plain form.
    pub fn is_needed(&self) -> bool {
        self.desk().is_needed()
    }

    /// Does all that is on the desk, with as many hands as the machine has, and returns when it is done.
    pub fn finish(&self) {
        let hands = thread::available_parallelism().map_or(1, usize::from).min(4);
        thread::scope(|scope| {
            for _ in 0..hands {
                scope.spawn(|| while self.step(Lane::Small) || self.step(Lane::Large) {});
            }
        });
    }

    /// With `clips` as the store of what is made of videos, and `maker` who makes it. Without them no video plays.
    #[must_use]
    pub fn with_clips(mut self, clips: Clips, maker: Arc<dyn FilmMaker>) -> Self {
        self.desk().films.load(&clips);
        self.films = Some(Films { clips, maker });
        self
    }

    /// Begins where `files`, in their plain forms, were in force before: a video that has become another one since is shown as it was until the
    /// clips of the new one are made.
    pub fn resume(&self, files: &[SourceFile]) {
        let mut desk = self.desk();
        for file in files {
            let video = file.bytes.as_ref().ok().and_then(|bytes| Video::read(bytes));
            if let Some(video) = video {
                desk.resume(&file.path, &video);
            }
        }
    }

    /// The clips that the wall in force would show and does not have, those needed soonest first: they are made in this order, in the place of
    /// what was wanted before.
    pub fn want(&self, wants: &[ClipWant]) {
        self.desk().films.want(wants);
        self.stir.notify_all();
    }

    /// The clips that play within the next days: they are never let go, and one of them that is not there is made again.
    pub fn protect(&self, clips: BTreeSet<Digest>) {
        if let Some(films) = &self.films {
            films.clips.touch(&clips);
            let in_use = self.desk().sources();
            films.clips.forget(|note| !in_use.contains(&note.source));
        }
        self.desk().films.protect(clips);
        self.stir.notify_all();
    }

    /// The most bytes of all clips, from now on.
    pub fn set_clip_space(&self, bytes: u64) {
        self.desk().films.set_space(bytes);
        self.stir.notify_all();
    }

    /// How far the videos that are being taken in have come: first what is being worked on, then what waits.
    pub fn progress(&self) -> Vec<ImportView> {
        self.desk().progress()
    }

    /// Videos of which a clip could not be made, beside what is told of the files themselves.
    pub fn problems(&self) -> Vec<Diagnostic> {
        self.desk().film_problems(Instant::now())
    }

    /// What is wrong with the store of clips: it is full, or cannot be written.
    pub fn store_problems(&self) -> Vec<Diagnostic> {
        self.desk().films.store_problems()
    }

    /// That clip does not play as it was made: it goes, and is made again if it is needed.
    pub fn lose(&self, clip: Digest) {
        if let Some(films) = &self.films {
            films.clips.remove(clip);
            self.desk().films.look(&films.clips);
            self.stir.notify_all();
        }
    }

    /// Makes all clips that are wanted, one after the other, and returns when that is done. `tell` hears how far it has come.
    pub fn finish_clips(&self, tell: &mut dyn FnMut(&[ImportView])) {
        while self.film(&mut || tell(&self.progress())) {}
    }

    /// Waits until nothing is left to be done, at most so long; whether nothing is. A worker must have been started.
    pub fn wait(&self, patience: Duration) -> bool {
        let deadline = Instant::now() + patience;
        let mut desk = self.desk();
        while desk.is_busy(Instant::now()) {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.stir.wait_timeout(desk, left);
            desk = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    /// Tells `listener` from now on when something is new; [`Admission::admit`] then says what. Called on the worker's thread.
    pub fn listen(&self, listener: impl Fn() + Send + Sync + 'static) {
        let mut own = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        *own = Some(Arc::new(listener));
    }

    /// Starts the workers, which do what comes onto the desk until [`Admission::end`]. They may be in the middle of a file then; nothing waits
    /// for them.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(self: &Arc<Self>) -> io::Result<()> {
        if let Some(films) = &self.films {
            films.clips.sweep();
            self.spawn("film", Self::work_at_films)?;
        }
        self.spawn("identify", |this| {
            stand_back();
            this.work(Lane::Large);
        })?;
        self.spawn("admit", |this| this.work(Lane::Small))
    }

    fn spawn(self: &Arc<Self>, name: &str, work: impl FnOnce(&Self) + Send + 'static) -> io::Result<()> {
        let this = Arc::clone(self);
        thread::Builder::new().name(name.into()).spawn(move || work(&this))?;
        Ok(())
    }

    /// Ends the workers.
    pub fn end(&self) {
        self.desk().is_ending = true;
        self.listener.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.stir.notify_all();
    }

    fn work(&self, lane: Lane) {
        let mut told = None::<Instant>;
        let mut is_new = false;
        loop {
            let worked = self.step(lane);
            is_new |= worked;
            let is_time = !worked || told.is_none_or(|told| told.elapsed() >= NEWS);
            if is_new && is_time {
                (told, is_new) = (Some(Instant::now()), false);
                self.tell();
            }
            if !worked && self.rest(lane) {
                return;
            }
        }
    }

    /// Waits for something to do; whether this is the end.
    fn rest(&self, lane: Lane) -> bool {
        let mut desk = self.desk();
        loop {
            let now = Instant::now();
            if desk.is_ending || desk.has_job(lane, now) {
                return desk.is_ending;
            }
            let until = desk.next_try(lane, now).unwrap_or(Duration::from_secs(60));
            let waited = self.stir.wait_timeout(desk, until);
            desk = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Does one job of that lane, if there is one.
    fn step(&self, lane: Lane) -> bool {
        let Some(job) = self.desk().take(lane, Instant::now()) else {
            return false;
        };
        // A fault of ours in one file shall not end the worker: that file counts as unreadable.
        let made = catch_unwind(AssertUnwindSafe(|| self.make(&job, lane))).unwrap_or_else(|_| Made::failed());
        self.desk().put(&job, made, Instant::now());
        self.stir.notify_all();
        true
    }

    fn make(&self, job: &Job, lane: Lane) -> Made {
        match lane {
            Lane::Small => {
                let twin = |source| self.desk().twin(job, source);
                make::make(&self.site, job, &self.child, self.plains.as_ref(), twin)
            }
            Lane::Large => identify::identify(&self.site, job, |read| self.desk().goes_on(job, read)),
        }
    }

    fn tell(&self) {
        let listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(listener) = listener {
            listener();
        }
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Admission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Admission")
            .field("site", &self.site)
            .finish_non_exhaustive()
    }
}

/// Lets all others of the machine go first. On Linux this is of the thread alone; where it is not granted, nothing is lost.
fn stand_back() {
    let _ = rustix::process::nice(NICE);
}
