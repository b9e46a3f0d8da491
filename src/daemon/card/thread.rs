//! The thread of one line.

use std::{
    io,
    os::fd::AsFd as _,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    thread,
    time::Duration,
};

use super::{Crew, lines::Inbox};
use crate::{
    daemon::{
        clock,
        fault::{self, Fault},
        problems::Origin,
        shared::Shared,
        threads::Alive,
    },
    diagnostic::Diagnostic,
    link::StreamLink,
    site::CardWay,
    units::Moment,
};

/// The longest that a line's thread sleeps: it looks around so often even where nothing happens.
const PATIENCE: Duration = Duration::from_millis(250);

/// How long a line that broke off is left alone.
const RETRY: Duration = Duration::from_secs(1);

/// Starts the thread of the line of `way`, to which cards come by `inbox`. It holds `alive` while it works.
pub(super) fn start(way: CardWay, inbox: Arc<Inbox>, shared: &Arc<Shared>, alive: Alive) -> io::Result<()> {
    let shared = Arc::clone(shared);
    thread::Builder::new()
        .name(format!("cards {}", way.line()))
        .spawn(move || {
            run(&way, &inbox, &shared);
            drop(alive);
        })?;
    Ok(())
}

/// Drives the cards of the line until the last has gone, or the daemon ends: then they keep what they have.
fn run(way: &CardWay, inbox: &Arc<Inbox>, shared: &Shared) {
    let line = way.line();
    tracing::debug!(%line, "drives cards");
    let pulse = shared.pulses.add(clock::moment());
    let mut crew = Crew::new(way.clone(), |way: &CardWay, now: Moment| StreamLink::open(way, now));
    while !shared.is_ending() {
        inbox.bell.hush();
        let (joining, asks) = inbox.take();
        let turned = catch_unwind(AssertUnwindSafe(|| {
            joining.into_iter().for_each(|seat| crew.join(seat));
            let mut tell = |origin: &Origin, problems: Option<&[Diagnostic]>| match problems {
                Some(problems) => shared.problems.set(origin, problems),
                None => shared.problems.forget(origin),
            };
            let mut due = crew.turn(clock::moment(), &mut tell);
            for ask in &asks {
                crew.answer(ask, clock::moment());
                due = crew.turn(clock::moment(), &mut tell);
            }
            due.map_or(PATIENCE, |due| due.since(clock::moment()).min(PATIENCE))
        }));
        for (number, spent) in crew.spent() {
            shared.house.ledger.write(line, number, spent);
        }
        pulse.beat();
        match turned {
            Ok(_) if crew.is_empty() => {
                if shared.lines.end(line, inbox) {
                    break;
                }
            }
            Ok(patience) => {
                let wait = || {
                    crew.wait(inbox.bell.as_fd(), patience);
                };
                if catch_unwind(AssertUnwindSafe(wait)).is_err() {
                    thread::sleep(PATIENCE);
                }
            }
            Err(panic) => {
                crew.break_off(&Fault::Driving(fault::words(&*panic)));
                thread::sleep(RETRY);
            }
        }
    }
    tracing::debug!(%line, "no more cards");
    pulse.end();
}
