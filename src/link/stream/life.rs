//! How a stream goes on: opening, writing what waited, failing, coming back.

use std::{io, mem, sync::Arc, time::Duration};

use super::{End, StreamLink};
use crate::{
    link::{
        ConnectionError, LinkError, PortError,
        errand::{Errand, Standing},
        resolve::{Lookup, is_host_and_port},
        serial::Port,
        tcp::{Connecting, Progress},
    },
    site::CardWay,
    units::Moment,
};

/// How long an errand may last before that is a problem. It is waited for all the same: there must not be two.
const LATE: Duration = Duration::from_secs(10);

/// How long bytes may wait without one of them leaving.
const STALL: Duration = Duration::from_secs(10);

/// How long a stream must hold until what was wrong counts as gone, where nothing is heard.
const SETTLED: Duration = Duration::from_secs(5);

/// How a stream stands.
#[derive(Debug)]
pub(super) enum State {
    /// It is left alone for a while.
    Waiting { until: Moment },
    /// The host's name is looked up.
    Looking { lookup: Lookup, late: Moment },
    /// The host is called.
    Connecting(Connecting),
    /// The port is opened.
    Opening {
        port: Errand<Result<Port, LinkError>>,
        late: Moment,
    },
    /// It is open.
    Open(Open),
}

/// An open stream.
#[derive(Debug)]
pub(super) struct Open {
    pub(super) end: End,
    since: Moment,
    /// When the last byte left, or nothing waited to.
    moved: Moment,
}

impl StreamLink {
    /// Does what is due at `now`.
    pub(super) fn advance(&mut self, now: Moment) {
        self.now = now;
        match &self.state {
            State::Waiting { until } if *until <= now => self.begin(now),
            State::Waiting { .. } => {}
            State::Looking { .. } => self.look(now),
            State::Connecting(_) => self.connect(now),
            State::Opening { .. } => self.opening(now),
            State::Open(open) => {
                if now.since(open.since) >= SETTLED {
                    self.settle();
                }
                self.write_on(now);
            }
        }
    }

    /// When to call again though nothing happens.
    pub(super) fn due(&self) -> Option<Moment> {
        match &self.state {
            State::Waiting { until } => Some(*until),
            State::Looking { late, .. } | State::Opening { late, .. } => Some(*late).filter(|late| *late > self.now),
            State::Connecting(connecting) => Some(connecting.until()),
            State::Open(open) => (!self.queue.is_empty()).then_some(open.moved + STALL),
        }
    }

    fn begin(&mut self, now: Moment) {
        let begun = match self.way.clone() {
            CardWay::Serial { port, baud, .. } => {
                let open = move || Port::open(&port, baud);
                Errand::begin("serial port", open)
                    .map(|port| State::Opening { port, late: now + LATE })
                    .map_err(|error| self.unable(&error))
            }
            CardWay::Tcp { address } => reach(address, now),
        };
        match begun {
            Ok(state) => self.state = state,
            Err(error) => self.fail(error, now),
        }
    }

    /// The system refused us a thread.
    fn unable(&self, error: &io::Error) -> LinkError {
        let reason = error.to_string();
        match &self.way {
            CardWay::Serial { port, .. } => PortError::Failed {
                port: Arc::clone(port),
                reason,
            }
            .into(),
            CardWay::Tcp { address } => LinkError::Other {
                peer: Arc::clone(address),
                reason,
            },
        }
    }

    fn look(&mut self, now: Moment) {
        let State::Looking { lookup, late } = &self.state else {
            return;
        };
        match lookup.poll() {
            Some(Ok(peers)) => match Connecting::begin(peers, now) {
                Ok(connecting) => self.state = State::Connecting(connecting),
                Err(error) => self.fail(error, now),
            },
            Some(Err(error)) => self.fail(error, now),
            None if *late <= now => self.problem = Some(lookup.unanswered()),
            None => {}
        }
    }

    fn connect(&mut self, now: Moment) {
        let State::Connecting(connecting) = mem::replace(&mut self.state, State::Waiting { until: now }) else {
            return;
        };
        match connecting.proceed(now) {
            Progress::UnderWay(connecting) => self.state = State::Connecting(connecting),
            Progress::Made(tcp) => self.opened(End::Tcp(tcp), now),
            Progress::Failed(error) => self.fail(error, now),
        }
    }

    fn opening(&mut self, now: Moment) {
        let State::Opening { port, late } = &self.state else {
            return;
        };
        let name = Arc::clone(self.way.line());
        match port.poll() {
            Standing::Done(Ok(port)) => self.opened(End::Serial { port, name }, now),
            Standing::Done(Err(error)) => self.fail(error, now),
            Standing::Failed => {
                let error = io::Error::other("opening it broke off");
                self.fail(self.unable(&error), now);
            }
            Standing::UnderWay if *late <= now => self.problem = Some(PortError::Stuck { port: name }.into()),
            Standing::UnderWay => {}
        }
    }

    fn opened(&mut self, end: End, now: Moment) {
        self.openings += 1;
        self.state = State::Open(Open {
            end,
            since: now,
            moved: now,
        });
        if !self.problem.as_ref().is_some_and(may_recur) {
            self.problem = None;
        }
    }

    /// All is well with it.
    pub(super) fn settle(&mut self) {
        self.backoff.reset();
        self.problem = None;
    }

    /// Writes what waits, as far as there is room.
    pub(super) fn write_on(&mut self, now: Moment) {
        while let State::Open(open) = &mut self.state {
            let (waiting, _) = self.queue.as_slices();
            if waiting.is_empty() {
                open.moved = now;
                return;
            }
            let lost = match open.end.write(waiting) {
                Ok(count) if count > 0 => {
                    open.moved = now;
                    self.queue.drain(..count);
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if error.kind() != io::ErrorKind::WouldBlock => open.end.lost(Some(&error)),
                _ if now.since(open.moved) < STALL => return,
                _ => open.end.stalled(),
            };
            self.fail(lost, now);
        }
    }

    /// Counts a failure.
    pub(super) fn fail(&mut self, error: LinkError, now: Moment) {
        self.problem = Some(error);
        self.retreat(now);
    }

    /// Gives up what there is for a while.
    pub(super) fn retreat(&mut self, now: Moment) {
        self.queue.clear();
        let until = self.backoff.fail(now);
        if let State::Open(open) = mem::replace(&mut self.state, State::Waiting { until }) {
            open.end.abort();
        }
    }
}

/// Begins to reach the host at `address`.
fn reach(address: Arc<str>, now: Moment) -> Result<State, LinkError> {
    if let Ok(peer) = address.parse() {
        return Connecting::begin([peer], now).map(State::Connecting);
    }
    if !is_host_and_port(&address) {
        return Err(LinkError::Address { address });
    }
    let lookup = Lookup::begin(address)?;
    Ok(State::Looking {
        lookup,
        late: now + LATE,
    })
}

/// Whether a stream that opens proves nothing against it: a card that is another's takes a call, and ends it at once.
const fn may_recur(problem: &LinkError) -> bool {
    matches!(
        problem,
        LinkError::Connection(ConnectionError::Ended { .. } | ConnectionError::Stalled { .. })
            | LinkError::Port(PortError::Stalled { .. })
    )
}
