//! The thread that brings the newest order to the disk, and tells the page and the list of problems of it.

use std::{
    io,
    path::Path,
    sync::{Arc, PoisonError},
    thread,
    time::Duration,
};

use super::{
    super::{problems::Origin, shared::Shared},
    HaltFault, State,
};
use crate::{diagnostic::Diagnostic, folder::StopFile, wall::Stopped};

/// How often what could not be kept is tried again, and the end is looked for.
const RETRY: Duration = Duration::from_millis(500);

pub(super) fn start(shared: &Arc<Shared>, state: &Path) -> io::Result<()> {
    let keeper = Keeper {
        shared: Arc::clone(shared),
        file: StopFile::new(state),
    };
    thread::Builder::new()
        .name("stop".into())
        .spawn(move || keeper.keep())?;
    Ok(())
}

struct Keeper {
    shared: Arc<Shared>,
    file: StopFile,
}

impl Keeper {
    fn keep(&self) {
        while !self.shared.is_ending() {
            let (number, stopped) = self.newest();
            // The words first: the disk may take long, or for ever.
            self.tell(stopped.as_ref());
            if self.is_due(number) {
                let kept = match &stopped {
                    Some(stopped) => self.file.write(stopped),
                    None => self.file.remove(),
                };
                self.note(number, kept.err().map(|error| error.to_string()));
                self.tell(stopped.as_ref());
            }
            self.rest(number);
        }
    }

    fn newest(&self) -> (u64, Option<Arc<Stopped>>) {
        let state = self.shared.halt.lock();
        (self.shared.halt.number(), state.stopped().cloned())
    }

    fn is_due(&self, number: u64) -> bool {
        let state = self.shared.halt.lock();
        state.kept < number || state.unkept.is_some()
    }

    fn note(&self, number: u64, unkept: Option<String>) {
        let mut state = self.shared.halt.lock();
        if self.shared.halt.number() == number {
            (state.kept, state.unkept) = (number, unkept);
        }
        drop(state);
        self.shared.halt.changed.notify_all();
    }

    fn tell(&self, stopped: Option<&Arc<Stopped>>) {
        let zone = self.shared.zone();
        self.shared.hub.stop(stopped.map(|stopped| stopped.view(&zone)));
        let state = self.shared.halt.lock();
        let found = state.found.clone().map(HaltFault::Found);
        let unkept = state.unkept.clone().map(|reason| match stopped {
            Some(_) => HaltFault::Unkept(reason),
            None => HaltFault::Unlifted(reason),
        });
        drop(state);
        let in_force = stopped.map(|stopped| HaltFault::InForce {
            told: stopped.words(&zone),
        });
        let faults = in_force.into_iter().chain(found).chain(unkept);
        let problems: Vec<_> = faults
            .map(|fault| Diagnostic::of_file(fault.file().into(), &fault))
            .collect();
        self.shared.problems.set(&Origin::Stop, &problems);
    }

    /// Waits for another order than the one of that number, at most as long as until the next try.
    fn rest(&self, number: u64) {
        let halt = &self.shared.halt;
        let is_newest = |_: &mut State| halt.number() == number;
        let waited = halt.changed.wait_timeout_while(halt.lock(), RETRY, is_newest);
        drop(waited.unwrap_or_else(PoisonError::into_inner));
    }
}
