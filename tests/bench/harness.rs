//! Times a subject beside a floor, in the same run, so that a figure means something on any machine.
//!
//! Floor and subject take turns in short rounds; each round is measured in CPU time of this thread, so that a busy neighbour costs
//! neither of them; the median of the rounds is stated, and the ratio between the two. Run by `cargo test`, every closure runs once
//! and nothing is measured.

use std::{fmt::Display, hint::black_box, io::Write, time::Duration};

use rustix::time::{ClockId, clock_gettime};

/// How often floor and subject take turns.
const ROUNDS: usize = 25;
/// How long one turn shall take at least, unless a single call takes longer.
const TURN: Duration = Duration::from_millis(2);

/// What a subject may cost.
#[derive(Clone, Copy)]
#[allow(dead_code, reason = "each module of benchmarks uses the kinds that its claims need")]
pub(crate) enum Budget {
    /// So much CPU time a call.
    Time(Duration),
    /// So many times the floor.
    Ratio(f64),
    /// So many times the floor at least: the subject is a peer, the floor is ours.
    AtLeast(f64),
    /// Either of the two is enough.
    Either(Duration, f64),
    /// No claim; the figure is stated.
    None,
}

/// Runs what is asked for and prints a line for each.
pub(crate) struct Harness {
    filter: Option<String>,
    measured: bool,
}

impl Harness {
    /// From the command line: `cargo bench` passes `--bench`; the first other argument is a part of the names to run.
    pub(crate) fn from_arguments(arguments: impl Iterator<Item = String>) -> Self {
        let (flags, names): (Vec<_>, Vec<_>) = arguments.partition(|argument| argument.starts_with('-'));
        let harness = Self {
            filter: names.into_iter().next(),
            measured: flags.iter().any(|flag| flag == "--bench"),
        };
        harness.line(&["benchmark", "median", "floor", "its median", "ratio", "budget", ""]);
        harness
    }

    /// Whether `name` is among those to run; for fixtures that are dear to make.
    pub(crate) fn wants(&self, name: &str) -> bool {
        self.filter.as_ref().is_none_or(|filter| name.contains(filter.as_str()))
    }

    /// Whether figures are wanted; otherwise everything runs once, to see that it runs.
    #[allow(dead_code, reason = "for benchmarks that measure by themselves")]
    pub(crate) const fn measured(&self) -> bool {
        self.measured
    }

    /// Times `subject` beside `floor`, one call each a time. Returns the nanoseconds of the subject, where they were measured.
    pub(crate) fn compare<A, B>(
        &mut self,
        name: &str,
        budget: Budget,
        (floor_name, mut floor): (&str, impl FnMut() -> A),
        mut subject: impl FnMut() -> B,
    ) -> Option<f64> {
        if !self.wants(name) {
            return None;
        }
        let (floor_calls, subject_calls) = match self.measured {
            true => (calls(&mut floor), calls(&mut subject)),
            false => (1, 1),
        };
        let rounds = if self.measured { ROUNDS } else { 1 };
        let turns: Vec<(f64, f64)> = (0..rounds)
            .map(|_| (turn(&mut floor, floor_calls), turn(&mut subject, subject_calls)))
            .collect();
        if !self.measured {
            self.line(&[name, "ran", floor_name, "ran", "", "", ""]);
            return None;
        }
        let floor = median(turns.iter().map(|turn| turn.0));
        let subject = median(turns.iter().map(|turn| turn.1));
        let ratio = median(turns.iter().map(|turn| turn.1 / turn.0));
        let (budget, verdict) = judge(budget, subject, ratio);
        let ratio = format!("{ratio:.2}");
        self.line(&[name, &time(subject), floor_name, &time(floor), &ratio, &budget, verdict]);
        Some(subject)
    }

    /// States a figure that was measured elsewhere: a size, a share, a time on the wall clock.
    #[allow(dead_code, reason = "for benchmarks that measure by themselves")]
    pub(crate) fn state(&mut self, name: &str, figure: impl Display, budget: &str) {
        if self.wants(name) {
            self.line(&[name, &figure.to_string(), "", "", "", budget, ""]);
        }
    }

    /// States a time on the wall clock that was measured elsewhere, in words, beside the floor of the same run and how many times that it
    /// is; `is_kept` where there is a claim.
    #[allow(dead_code, reason = "for benchmarks that measure by themselves")]
    pub(crate) fn state_beside(
        &mut self,
        name: &str,
        (figure, typical): (impl Display, Duration),
        (floor_name, floor): (&str, Duration),
        claim: Option<(&str, bool)>,
    ) {
        if self.wants(name) {
            let ratio = typical.as_secs_f64() / floor.as_secs_f64().max(f64::MIN_POSITIVE);
            let (budget, verdict) = match claim {
                Some((budget, true)) => (budget, "kept"),
                Some((budget, false)) => (budget, "MISSED"),
                None => ("", ""),
            };
            let floor = time(floor.as_nanos() as f64);
            self.line(&[
                name,
                &figure.to_string(),
                floor_name,
                &floor,
                &format!("{ratio:.2}"),
                budget,
                verdict,
            ]);
        }
    }

    fn line(&self, cells: &[&str; 7]) {
        let [name, median, floor, floor_median, ratio, budget, verdict] = cells;
        let line = format!("{name:34} {median:>12}  {floor:24} {floor_median:>12} {ratio:>9}  {budget:18} {verdict}");
        writeln!(std::io::stdout(), "{}", line.trim_end()).expect("standard output takes the table");
    }
}

/// How many calls fill a turn.
fn calls<T>(subject: &mut impl FnMut() -> T) -> u32 {
    let mut calls = 1;
    while turn(subject, calls) * f64::from(calls) < TURN.as_nanos() as f64 && calls < 1 << 28 {
        calls *= 2;
    }
    calls
}

/// Nanoseconds of this thread's CPU time that one of `calls` calls takes.
fn turn<T>(subject: &mut impl FnMut() -> T, calls: u32) -> f64 {
    let before = cpu_nanoseconds();
    for _ in 0..calls {
        black_box(subject());
    }
    ((cpu_nanoseconds() - before) as f64 / f64::from(calls)).max(f64::MIN_POSITIVE)
}

fn cpu_nanoseconds() -> i64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec * 1_000_000_000 + now.tv_nsec
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn judge(budget: Budget, nanoseconds: f64, ratio: f64) -> (String, &'static str) {
    let within = |limit: Duration| nanoseconds <= limit.as_nanos() as f64;
    let (text, kept) = match budget {
        Budget::Time(limit) => (format!("<= {limit:?}"), within(limit)),
        Budget::Ratio(limit) => (format!("<= {limit}x"), ratio <= limit),
        Budget::Either(time, limit) => (format!("<= {time:?} or {limit}x"), within(time) || ratio <= limit),
        Budget::AtLeast(limit) => (format!(">= {limit}x"), ratio >= limit),
        Budget::None => return (String::new(), ""),
    };
    (text, if kept { "kept" } else { "MISSED" })
}

fn time(nanoseconds: f64) -> String {
    match nanoseconds {
        ..1e3 => format!("{nanoseconds:.1} ns"),
        ..1e6 => format!("{:.2} µs", nanoseconds / 1e3),
        _ => format!("{:.2} ms", nanoseconds / 1e6),
    }
}
