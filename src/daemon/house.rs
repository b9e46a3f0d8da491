//! Keeping house: what failed, how often we were started, and when to try again. Its thread waits for the disk, so that nobody else does.

mod budget;
mod quarantine;
mod refuge;

use std::{
    io,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use super::{card::Ledger, clock, shared::Shared, threads::Alive};
use crate::{
    folder::{Markers, Note, Stopper},
    units::Moment,
    wall,
};

pub use budget::{BUDGET, Budget, LIVED, REFUGE, SPAN};
pub use quarantine::Quarantine;
pub use refuge::wall as safe_page;

/// How often the thread looks around.
const PERIOD: Duration = Duration::from_millis(500);

/// What the daemon knows of its own failures.
#[derive(Debug)]
pub(super) struct House {
    pub(super) quarantine: Arc<Quarantine>,
    /// How often the flash of cards was written.
    pub(super) ledger: Ledger,
    budget: Mutex<Budget>,
    markers: Markers,
    /// How many threads have a marker.
    marked: AtomicUsize,
    is_safe: AtomicBool,
    watch: OnceLock<Stopper>,
}

impl House {
    /// Counts this start, and what the process before has left behind, in the state folder `state`.
    pub(super) fn enter(state: &Path) -> Self {
        let markers = Markers::locate(state, |name| std::env::var_os(name));
        let quarantine = Quarantine::new(Note::new(state, "quarantine"), &markers.gather());
        save(&quarantine);
        let now = clock::moment();
        let mut budget = Budget::new(Note::new(state, "starts"), &boot(), now);
        let is_safe = budget.is_spent();
        if !is_safe {
            budget.try_at(now);
        }
        Self {
            quarantine: Arc::new(quarantine),
            ledger: Ledger::open(Note::new(state, "flash")),
            budget: Mutex::new(budget),
            markers,
            marked: AtomicUsize::new(0),
            is_safe: AtomicBool::new(is_safe),
            watch: OnceLock::new(),
        }
    }

    /// Lets this thread leave a mark on what it works on.
    pub(super) fn mark(&self) {
        let number = self.marked.fetch_add(1, Ordering::Relaxed);
        let marker = self.markers.open(&number.to_string());
        wall::witness(self.quarantine.witness(marker));
    }

    /// Whether nothing but the safe page is played.
    pub(super) fn is_safe(&self) -> bool {
        self.is_safe.load(Ordering::Relaxed)
    }

    /// The programme is tried again, in place of the safe page; whether it was that.
    pub(super) fn leave_refuge(&self) -> bool {
        let was_safe = self.is_safe.swap(false, Ordering::Relaxed);
        if was_safe {
            self.budget().try_at(clock::moment());
        }
        was_safe
    }

    /// The watch that can be asked for the files.
    pub(super) fn set_watch(&self, watch: Stopper) {
        let _ = self.watch.set(watch);
    }

    /// The daemon was told to end.
    pub(super) fn end(&self) {
        if let Some(watch) = self.watch.get() {
            watch.stop();
        }
    }

    /// The daemon ends as it was told to, whatever it was at.
    pub(super) fn close(&self) {
        let _ = self.markers.gather();
        self.ledger.save();
        if !self.is_safe() {
            self.budget().ended();
        }
    }

    /// Starts the thread. It ends with the daemon.
    pub(super) fn start(shared: &Arc<Shared>, alive: Alive) -> io::Result<()> {
        let shared = Arc::clone(shared);
        thread::Builder::new().name("house".into()).spawn(move || {
            let mut rounds = Rounds {
                since: clock::moment(),
                was_safe: shared.house.is_safe(),
                has_lived: false,
            };
            while !shared.is_ending() {
                rounds.go(&shared.house);
                clock::sleep_until(clock::moment() + PERIOD);
            }
            drop(alive);
        })?;
        Ok(())
    }

    /// Asks the watch for the files once more, where it has begun.
    pub(super) fn ask(&self) {
        if let Some(watch) = self.watch.get() {
            watch.ask();
        }
    }

    fn budget(&self) -> MutexGuard<'_, Budget> {
        self.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the thread remembers.
struct Rounds {
    /// Since when the safe page is played, or the programme.
    since: Moment,
    was_safe: bool,
    has_lived: bool,
}

impl Rounds {
    fn go(&mut self, house: &House) {
        let now = clock::moment();
        let is_safe = house.is_safe();
        if is_safe != self.was_safe {
            (self.since, self.was_safe) = (now, is_safe);
        }
        let lived = now.since(self.since);
        if is_safe && lived >= REFUGE {
            house.ask();
        }
        if !is_safe && !self.has_lived && lived >= LIVED {
            self.has_lived = true;
            house.budget().lived();
        }
        if house.quarantine.has_grown() {
            house.ask();
        }
        save(&house.quarantine);
        house.ledger.save();
    }
}

fn save(quarantine: &Quarantine) {
    if let Err(error) = quarantine.save() {
        tracing::debug!(%error, "what failed cannot be remembered");
    }
}

/// The name of this run of the machine; none where the system gives none. A service may be told it by its unit, since what it sees of
/// `/proc` is little.
fn boot() -> String {
    let told = std::env::var("YINGBI_BOOT_ID").unwrap_or_default();
    let name = match told.trim() {
        "" => std::fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default(),
        told => told.to_owned(),
    };
    name.split_whitespace().collect()
}
