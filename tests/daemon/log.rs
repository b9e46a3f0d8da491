//! The log: what is written of it, and that nobody waits for it.

use std::{
    io::{self, Write},
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, SyncSender},
    },
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use tracing_subscriber::fmt::MakeWriter as _;
use yingbi::{
    daemon::{Gate, Limits, Log},
    units::Moment,
};

use super::{process, site};

fn at(seconds: u64) -> Moment {
    Moment::ZERO + Duration::from_secs(seconds)
}

fn line(time: u64, words: &str) -> String {
    format!("2026-05-15T08:00:{time:02}Z {words}\n")
}

// Fault 51.
#[test]
fn what_is_said_again_within_a_minute_is_counted_and_summed_up() {
    let mut gate = Gate::new(Some(Limits::default()));
    assert_eq!(gate.take(&line(0, "WARN a"), at(0)), line(0, "WARN a"));
    for second in 1..=41 {
        assert_eq!(gate.due(at(second)), "");
        assert_eq!(gate.take(&line(second, "WARN a"), at(second)), "");
    }
    assert_eq!(gate.take(&line(42, "WARN b"), at(42)), line(42, "WARN b"));
    assert_eq!(gate.due(at(60)), "重复 41 次 repeated 41 times: WARN a\n");
    assert_eq!(gate.take(&line(1, "WARN a"), at(61)), line(1, "WARN a"));
    assert_eq!(gate.due(at(200)), "");
    assert_eq!(gate.rest(), "");
}

// Fault 51.
#[test]
fn a_month_of_faults_that_are_never_the_same_stays_below_50_mb_and_says_what_it_leaves_out() {
    let mut gate = Gate::new(Some(Limits::default()));
    let (mut written, mut omitted) = (0, 0);
    for second in 0..30 * 86_400_u64 {
        let words = format!(
            "WARN the controller {second} cannot be reached, whatever is tried, since its cable was eaten by mice"
        );
        let text = gate.due(at(second)) + &gate.take(&line(second % 60, &words), at(second));
        written += text.len();
        let told = text
            .lines()
            .find_map(|line| line.strip_prefix("省略日志 ")?.split(' ').next()?.parse::<u64>().ok());
        omitted += told.unwrap_or(0);
    }
    assert!(written <= 50_000_000, "{written}");
    assert!(written >= 20_000_000, "{written}: it is a limit, not an end");
    assert!(omitted > 2_000_000, "{omitted}");
}

#[test]
fn without_limits_everything_is_written() {
    let mut gate = Gate::new(None);
    for second in 0..1_000 {
        assert_eq!(gate.take(&line(0, "DEBUG a"), at(second)), line(0, "DEBUG a"));
    }
}

/// A reader who takes nothing before he is let.
struct Slow {
    wait: Receiver<()>,
    taken: Arc<Mutex<Vec<u8>>>,
}

impl Write for Slow {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let _ = self.wait.recv();
        self.taken.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn slow() -> (Log, SyncSender<()>, Arc<Mutex<Vec<u8>>>) {
    let (let_go, wait) = mpsc::sync_channel(0);
    let taken = Arc::<Mutex<Vec<u8>>>::default();
    let slow = Slow {
        wait,
        taken: Arc::clone(&taken),
    };
    (Log::start(slow, Some(Limits::default())).unwrap(), let_go, taken)
}

// Fault 83.
#[test]
fn nobody_waits_for_a_reader_who_takes_nothing_and_he_learns_how_much_he_missed() {
    let (log, let_go, taken) = slow();
    for number in 0..5_000 {
        let line = format!("2026-05-15T08:00:00Z WARN number {number}\n");
        assert_eq!(log.make_writer().write(line.as_bytes()).unwrap(), line.len());
    }
    drop(let_go);
    let told = || String::from_utf8(taken.lock().unwrap().clone()).unwrap();
    let deadline = Instant::now() + process::PATIENCE;
    while !told().contains("省略日志 ") {
        assert!(Instant::now() < deadline, "{}", told());
        log.flush();
        thread::sleep(Duration::from_millis(5));
    }
    assert!(told().contains("number 0\n"), "{}", told());
}

struct Closed;

impl Write for Closed {
    fn write(&mut self, _bytes: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

// Fault 83.
#[test]
fn a_log_that_nobody_reads_any_more_takes_lines_all_the_same() {
    let log = Log::start(Closed, None).unwrap();
    for _ in 0..10 {
        log.make_writer().write_all(b"line\n").unwrap();
        log.flush();
    }
}

// Fault 83.
#[test]
fn a_daemon_whose_standard_error_is_closed_or_never_read_lights_the_wall() {
    for is_closed in [true, false] {
        let (folder, state) = (site::folder(), TempDir::new().unwrap());
        let controller = process::controller_of(folder.path());
        let mut command = process::command(folder.path(), state.path(), "127.0.0.1:0");
        command.env("YINGBI_LOG", "trace");
        let mut child = command.spawn().unwrap();
        let unread = child.stderr.take();
        if is_closed {
            drop(unread);
        }
        for _ in 0..50 {
            assert!(controller.recv(&mut [0; 1500]).unwrap() > 10);
        }
        rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::TERM).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0));
    }
}
