//! What systemd is told: that the wall is lit, how it is, and that it need not start us again.
//!
//! systemd starts a daemon again that has not spoken for the time that the unit sets (`WatchdogSec=`). We speak while every player paints and
//! every output sends, and are silent otherwise: being alive is not enough.

use std::{io, sync::Arc, thread, time::Duration};

use sd_notify::NotifyState;

use super::{clock, shared::Shared, threads::Alive, vital::Vital};
use crate::units::Moment;

/// How often the pulses are looked at.
const PERIOD: Duration = Duration::from_millis(100);

/// The slowest screen has a tick a second, and an output looks up four times in that time: whoever is silent for longer hangs.
const PATIENCE: Duration = Duration::from_millis(2500);

/// Decides what is to be said. Driven by moments alone.
#[derive(Debug)]
pub struct Herald {
    /// How often systemd wants to hear of us; `None` where it does not.
    interval: Option<Duration>,
    is_ready: bool,
    /// When it was told last that we live.
    alive: Option<Moment>,
    status: String,
}

/// Something to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// The first frame was handed to the outputs.
    Ready,
    /// How we are, for people.
    Status(String),
    /// Frames still come.
    Alive,
}

impl Herald {
    /// Nothing was said yet; systemd wants to hear of us every `interval`.
    pub const fn new(interval: Option<Duration>) -> Self {
        Self {
            interval,
            is_ready: false,
            alive: None,
            status: String::new(),
        }
    }

    /// What is to be said at `now`; `status` is how we are, for people.
    pub fn speak(&mut self, vital: Vital, status: String, now: Moment) -> Vec<Call> {
        let mut calls = Vec::new();
        if !self.is_ready && vital.is_lit {
            self.is_ready = true;
            calls.push(Call::Ready);
        }
        if self.is_ready && status != self.status {
            calls.push(Call::Status(status.clone()));
            self.status = status;
        }
        if let Some(interval) = self.interval
            && self.alive.is_none_or(|alive| now.since(alive) >= interval / 2)
            && vital.silence <= PATIENCE.max(interval / 2)
        {
            self.alive = Some(now);
            calls.push(Call::Alive);
        }
        calls
    }
}

/// Starts the thread that speaks to systemd, where that listens. It ends with the daemon.
pub(super) fn start(shared: &Arc<Shared>, alive: Alive) -> io::Result<()> {
    if std::env::var_os("NOTIFY_SOCKET").is_none() {
        return Ok(());
    }
    let shared = Arc::clone(shared);
    thread::Builder::new().name("herald".into()).spawn(move || {
        let mut herald = Herald::new(sd_notify::watchdog_enabled());
        while !shared.is_ending() {
            let now = clock::moment();
            let calls = herald.speak(shared.pulses.look(now), status(&shared), now);
            calls.iter().for_each(say);
            clock::sleep_until(now + PERIOD);
        }
        tell(NotifyState::Stopping);
        drop(alive);
    })?;
    Ok(())
}

fn say(call: &Call) {
    match call {
        Call::Ready => tell(NotifyState::Ready),
        Call::Status(words) => tell(NotifyState::Status(words)),
        Call::Alive => tell(NotifyState::Watchdog),
    }
}

fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        tracing::debug!(%error, "systemd does not hear us");
    }
}

fn status(shared: &Shared) -> String {
    let screens = shared.bill().map_or(0, |bill| bill.whole().site().screens.len());
    let problems = shared.problems.all().len();
    let (zh, en) = if shared.house.is_safe() {
        ("安全页", "the safe page")
    } else {
        ("正常播放", "playing")
    };
    format!("{zh}，屏幕 {screens} 块，问题 {problems} 项; {en}, {screens} screen(s), {problems} problem(s)")
}
