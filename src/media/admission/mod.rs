//! Between the folder and the wall: pictures and workbooks are taken in plain forms, which the wall reads without any decoder.
//!
//! ```text
//! SourceFile, waiting -> Admission::admit -> SourceFile with its plain form, or the reason for none, or still waiting
//!                              | what nobody has looked at yet                     ^
//!                              v                                                   |
//!                        desk -> worker -> folder::fetch -> Plains (made before?) -> Child::run
//! ```
//!
//! Nothing here delays a text: what is not known yet waits at the desk, and its last plain form (or, to the wall, its last good version) is in
//! force meanwhile. One worker takes one file after the other; whoever listens is told when something is new. The bytes of the files
//! themselves are not kept. The desk holds one entry a file of the site, and so is bounded by it.

mod desk;
mod make;
mod plains;

use std::{
    fmt, io,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use super::child::Child;
use crate::wall::SourceFile;

use desk::{Desk, Job, Made};

pub use plains::Plains;

/// While there is more to do, news is told at most so often: each one makes a wall anew.
const NEWS: Duration = Duration::from_millis(500);

/// Who is told of news.
type Listener = Arc<dyn Fn() + Send + Sync>;

/// Takes the pictures and workbooks of one site in.
pub struct Admission {
    site: PathBuf,
    child: Child,
    /// Where plain forms are kept; `None` where none are.
    plains: Option<Plains>,
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
                scope.spawn(|| while self.step() {});
            }
        });
    }

    /// With `clips` as the store of what is made of videos, and `maker` who makes it. Without them no video plays.
    #[must_use]
    pub fn with_clips(self, clips: super::Clips, maker: Arc<dyn super::FilmMaker>) -> Self {
        let _ = (clips, maker);
        self
    }

    /// Begins where `files`, in their plain forms, were in force before: a video that has become another one since is shown as it was until the
    /// clips of the new one are made.
    pub fn resume(&self, files: &[SourceFile]) {
        let _ = files;
    }

    /// The clips that the wall in force would show and does not have, those needed soonest first: they are made in this order, in the place of
    /// what was wanted before.
    pub fn want(&self, wants: &[crate::wall::ClipWant]) {
        let _ = wants;
    }

    /// The clips that play within the next days: they are never let go, and one of them that is not there is made again.
    pub fn protect(&self, clips: std::collections::BTreeSet<crate::units::Digest>) {
        let _ = clips;
    }

    /// The most bytes of all clips, from now on.
    pub fn set_clip_space(&self, bytes: u64) {
        let _ = bytes;
    }

    /// How far the videos that are being taken in have come: first what is being worked on, then what waits.
    pub fn progress(&self) -> Vec<crate::wall::ImportView> {
        Vec::new()
    }

    /// What is wrong with clips and their store, beside what is told of the files themselves.
    pub fn problems(&self) -> Vec<crate::diagnostic::Diagnostic> {
        Vec::new()
    }

    /// Makes all clips that are wanted, one after the other, and returns when that is done. `tell` hears how far it has come.
    pub fn finish_clips(&self, tell: &mut dyn FnMut(&[crate::wall::ImportView])) {
        let _ = tell;
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

    /// Starts the worker, which does what comes onto the desk until [`Admission::end`]. It may be in the middle of a file then; nothing waits
    /// for it.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn start(self: &Arc<Self>) -> io::Result<()> {
        let this = Arc::clone(self);
        thread::Builder::new().name("admit".into()).spawn(move || this.work())?;
        Ok(())
    }

    /// Ends the worker.
    pub fn end(&self) {
        self.desk().is_ending = true;
        self.listener.lock().unwrap_or_else(PoisonError::into_inner).take();
        self.stir.notify_all();
    }

    fn work(&self) {
        let mut told = None::<Instant>;
        let mut is_new = false;
        loop {
            let worked = self.step();
            is_new |= worked;
            let is_time = !worked || told.is_none_or(|told| told.elapsed() >= NEWS);
            if is_new && is_time {
                (told, is_new) = (Some(Instant::now()), false);
                self.tell();
            }
            if !worked && self.rest() {
                return;
            }
        }
    }

    /// Waits for something to do; whether this is the end.
    fn rest(&self) -> bool {
        let mut desk = self.desk();
        loop {
            let now = Instant::now();
            if desk.is_ending || desk.has_job(now) {
                return desk.is_ending;
            }
            let until = desk.next_try(now).unwrap_or(Duration::from_secs(60));
            let waited = self.stir.wait_timeout(desk, until);
            desk = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Does one job, if there is one.
    fn step(&self) -> bool {
        let Some(job) = self.desk().take(Instant::now()) else {
            return false;
        };
        // A fault of ours in one file shall not end the worker: that file counts as unreadable.
        let made = catch_unwind(AssertUnwindSafe(|| self.make(&job))).unwrap_or_else(|_| Made::failed());
        self.desk().put(&job, made);
        self.stir.notify_all();
        true
    }

    fn make(&self, job: &Job) -> Made {
        let twin = |source| self.desk().twin(job, source);
        make::make(&self.site, job, &self.child, self.plains.as_ref(), twin)
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
