//! How late frames come while two busy loops take the machine: the daemon's own player loop on the sample site, beside a bare thread
//! that sleeps to the same deadlines and beside tokio's interval, all three with the same priority and at the same time.
//!
//! Lateness is that of the wake-up against the absolute schedule; of the player also that of the hand-on, after a frame was painted and put into
//! the mailbox of an output, whose thread packs it and makes datagrams of it.

use std::{
    fs,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use rustix::{
    thread::clock_nanosleep_absolute,
    time::{ClockId, Timespec, clock_gettime},
};
use yingbi::{
    controller::{Transmit, sacn::Identity},
    daemon::{
        Bill, Claim, Conductor, Confidence, Course, FrameBox, Line, News, Output, Precedence, Pulses, Wire, send,
        session,
    },
    folder,
    frame::Frame,
    link::{LinkError, Sent},
    panel::Spec,
    site::{self, Protocol, Route},
    units::{Level, Moment, Rate},
    wall::{Library, Wall},
};

use super::harness::Harness;

const TICK: Duration = Duration::from_millis(20);
const RATE: u16 = 50;

/// How long each priority is watched: a minute, as the claim says.
const WATCHED: Duration = Duration::from_secs(60);
/// How long it runs where nothing is measured.
const GLANCE: Duration = Duration::from_millis(200);

/// How far the player's time is ahead. All daemons tick at the same moments of UTC; were there another one on this machine, the player would
/// wait for that, and the other two would not.
const OFF_THE_GRID: Duration = Duration::from_millis(7);

/// Which priority all three ask for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    RealTime,
    Nice,
}

/// What became of one of them.
#[derive(Default)]
struct Lateness {
    /// Of the wake-ups, sorted.
    woken: Vec<Duration>,
    /// Of the hand-ons, sorted.
    handed: Vec<Duration>,
    missed: u64,
}

/// Paces the sample site with either priority.
pub(crate) fn run(harness: &mut Harness) {
    for (name, asked) in [
        ("pacing: 50 Hz, real-time priority", Asked::RealTime),
        ("pacing: 50 Hz, niceness", Asked::Nice),
    ] {
        if !harness.wants(name) {
            continue;
        }
        let watched = if harness.measured() { WATCHED } else { GLANCE };
        let Some([player, bare, tokio]) = watch(asked, watched) else {
            harness.state(name, "not granted", "");
            continue;
        };
        if !harness.measured() {
            harness.state(name, "ran", "");
            continue;
        }
        tell(harness, name, asked, &player, &bare, &tokio);
    }
}

fn tell(harness: &mut Harness, name: &str, asked: Asked, player: &Lateness, bare: &Lateness, tokio: &Lateness) {
    let floor = ("bare clock_nanosleep", bare.at(990));
    let kept = player.at(990) <= bare.at(990) * 3 / 2;
    harness.state_beside(
        &format!("{name}, p99"),
        (time(player.at(990)), player.at(990)),
        floor,
        Some(("<= 1.5x", kept)),
    );
    let missed = match asked {
        Asked::RealTime => "0",
        Asked::Nice => "",
    };
    harness.state(&format!("{name}, missed"), player.missed, missed);
    for (who, lateness) in [("player", player), ("bare", bare), ("tokio interval", tokio)] {
        harness.state(
            &format!("{name}, {who}"),
            lateness.told(&lateness.woken),
            "p50/p99/p99.9/max",
        );
    }
    harness.state(
        &format!("{name}, hand-on"),
        player.told(&player.handed),
        "p50/p99/p99.9/max",
    );
}

/// Runs all three at once for `watched`; `None` where the priority is not granted.
fn watch(asked: Asked, watched: Duration) -> Option<[Lateness; 3]> {
    let wall = sample();
    let over = Arc::new(AtomicBool::new(false));
    let busy: Vec<_> = (0..2)
        .map(|_| {
            let over = Arc::clone(&over);
            thread::spawn(move || while !over.load(Ordering::Relaxed) {})
        })
        .collect();
    let player = thread::spawn(move || play(&wall, asked, watched));
    // Apart by a third of a tick, so that none waits for another.
    let bare = thread::spawn(move || wait(asked, watched, TICK / 3));
    let tokio = thread::spawn(move || tick(asked, watched));
    let all = [player.join(), bare.join(), tokio.join()];
    over.store(true, Ordering::Relaxed);
    busy.into_iter()
        .for_each(|busy| busy.join().expect("a loop does not fail"));
    let [player, bare, tokio] = all.map(|joined| joined.expect("a waiter does not fail"));
    Some([player?, bare?, tokio?])
}

/// The priority for this thread; `None` where that is not granted.
fn claim(asked: Asked) -> Option<Claim> {
    let (claim, wanted) = match asked {
        Asked::RealTime => (Claim::first(), Precedence::RealTime),
        Asked::Nice => (Claim::nice(), Precedence::Nice),
    };
    (claim.precedence() == wanted).then_some(claim)
}

/// The daemon's own loop: plan, sleep, beat, paint, hand on; its output packs and encodes.
fn play(wall: &Arc<Wall>, asked: Asked, watched: Duration) -> Option<Lateness> {
    let _claim = claim(asked)?;
    let course = Course {
        line: Line::through(Timestamp::now() + OFF_THE_GRID, moment()),
        steps: 0,
        confidence: Confidence::Trusted,
        floor: Timestamp::UNIX_EPOCH,
    };
    let screen = &wall.site().screens[0];
    let mut conductor = Conductor::new(Arc::new(Bill::new(Arc::clone(wall))), &screen.id, course)?;
    let mailbox = Arc::new(FrameBox::new(Frame::new(screen.size)));
    let output = deliver(screen.size, Arc::clone(&mailbox), asked);
    let mut lateness = Lateness::default();
    let begun = Instant::now();
    let mut is_first = true;
    while begun.elapsed() < watched {
        let deadline = conductor.rest(None);
        let woken = moment();
        let beat = conductor.beat(woken);
        let step = conductor.player_mut().step(beat.tick);
        hand_on(&conductor, step.is_refresh, &mailbox);
        // The first tick is the present one, and its frame the one for which all is made ready.
        if !std::mem::take(&mut is_first) {
            lateness.woken.push(woken.since(deadline));
            lateness.handed.push(moment().since(deadline));
        }
    }
    mailbox.close();
    output.join().expect("an output does not fail");
    lateness.missed = conductor.pacer().skipped() + mailbox.dropped();
    Some(lateness.sorted())
}

fn hand_on(conductor: &Conductor, is_refresh: bool, mailbox: &FrameBox) {
    let news = if is_refresh { News::Refresh } else { News::Frame };
    mailbox.put(conductor.player().frame(), Level::FULL, news);
}

/// The thread of an output, over a wire that leads nowhere.
fn deliver(size: yingbi::units::Size, mailbox: Arc<FrameBox>, asked: Asked) -> thread::JoinHandle<()> {
    let output = site::Output {
        protocol: Protocol::Ddp,
        address: None,
        panel: Spec::plain(size.area()),
        brightness: Level::FULL,
        route: Route::default(),
    };
    thread::spawn(move || {
        let Some(mut claim) = claim(asked) else { return };
        let who = Identity {
            cid: [0; 16],
            name: "bench".into(),
        };
        let mut output = Output::new(&output, session(&output, &who), Nowhere);
        let pulse = Pulses::default().add(moment());
        send(
            &mut output,
            &mailbox,
            &mut Frame::new(size),
            (&pulse, &mut claim),
            |_| {},
        );
    })
}

struct Nowhere;

impl Wire for Nowhere {
    fn send_all(&mut self, _transmits: &[Transmit], _bytes: &[u8], _now: Moment) -> Sent {
        Sent::All
    }

    fn receive(&mut self, _now: Moment, _take: &mut dyn FnMut(&[u8])) {}

    fn problems(&self) -> Vec<LinkError> {
        Vec::new()
    }
}

/// A thread that does nothing but sleep to each deadline.
fn wait(asked: Asked, watched: Duration, offset: Duration) -> Option<Lateness> {
    let _claim = claim(asked)?;
    let mut lateness = Lateness::default();
    let first = moment() + offset;
    for number in 1..=(watched.as_nanos() / TICK.as_nanos()) as u32 {
        let deadline = first + TICK * number;
        let nanoseconds = deadline.nanoseconds();
        let until = Timespec {
            tv_sec: (nanoseconds / 1_000_000_000) as i64,
            tv_nsec: (nanoseconds % 1_000_000_000) as i64,
        };
        while clock_nanosleep_absolute(ClockId::Monotonic, &until).is_err() {}
        lateness.woken.push(moment().since(deadline));
    }
    Some(lateness.sorted())
}

/// The same with tokio's interval.
fn tick(asked: Asked, watched: Duration) -> Option<Lateness> {
    let _claim = claim(asked)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .expect("a runtime can be made");
    let mut lateness = Lateness::default();
    runtime.block_on(async {
        let mut interval = tokio::time::interval_at(tokio::time::Instant::now() + TICK * 2 / 3, TICK);
        for _ in 0..watched.as_nanos() / TICK.as_nanos() {
            let due = interval.tick().await;
            lateness.woken.push(due.elapsed());
        }
    });
    Some(lateness.sorted())
}

impl Lateness {
    fn sorted(mut self) -> Self {
        self.woken.sort();
        self.handed.sort();
        self
    }

    /// The lateness that so many of a thousand wake-ups stay below.
    fn at(&self, thousandth: usize) -> Duration {
        quantile(&self.woken, thousandth)
    }

    fn told(&self, all: &[Duration]) -> String {
        let [p50, p99, p999, most] = [500, 990, 999, 1000].map(|thousandth| time(quantile(all, thousandth)));
        format!("{p50} / {p99} / {p999} / {most}")
    }
}

fn quantile(sorted: &[Duration], thousandth: usize) -> Duration {
    let at = (sorted.len() * thousandth / 1000).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or_default()
}

fn time(duration: Duration) -> String {
    format!("{:.0} µs", duration.as_secs_f64() * 1e6)
}

fn moment() -> Moment {
    let now = clock_gettime(ClockId::Monotonic);
    Moment::from_nanoseconds(now.tv_sec as u64 * 1_000_000_000 + now.tv_nsec as u64)
}

/// The wall of the sample site, whose first screen has 50 ticks a second.
fn sample() -> Arc<Wall> {
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("playlists");
    assert!(fs::metadata(&site).is_ok(), "the sample site is in the tree");
    let files = folder::scan(&site).expect("the sample site can be read").files;
    let library = Library::default().accept(&files);
    let wall = library.wall().expect("the sample site is good");
    assert_eq!(wall.site().screens[0].rate, Rate::new(RATE).expect("a rate"));
    Arc::clone(wall)
}
