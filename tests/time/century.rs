//! A hundred years of random sites in all zones, and as many more as are asked for.

use std::{
    env,
    panic::catch_unwind,
    sync::{Mutex, PoisonError},
    thread,
    time::Duration,
};

use rustix::time::{ClockId, clock_gettime};

use super::{
    compare::{self, Figures},
    random::{self, Dice, Span},
    text,
    tzif::Zone,
    zones,
};

/// What every change is tried with.
const YEARS: i64 = 100;
const SEED: u64 = 20_260_508;

const DAYS_OF_400_YEARS: i64 = 146_097;

/// Which site is next, and how many days there are still to look at.
struct Work {
    next: usize,
    days: i64,
    failed: Option<String>,
}

fn asked<T: std::str::FromStr>(variable: &str, usual: T) -> T {
    match env::var(variable) {
        Ok(text) => text.parse().ok().unwrap_or_else(|| panic!("{variable} is a number")),
        Err(_) => usual,
    }
}

// Fault 29, 30.
#[test]
fn the_program_agrees_with_the_oracle_at_every_instant_of_a_hundred_years_in_all_zones() {
    let (years, seed, threads) = (
        asked("TIME_YEARS", YEARS),
        asked("TIME_SEED", SEED),
        asked("TIME_THREADS", 2),
    );
    let names = zones::all();
    let work = Mutex::new(Work {
        next: 0,
        days: years * DAYS_OF_400_YEARS / 400,
        failed: None,
    });
    let parts: Vec<(Figures, Duration)> = thread::scope(|scope| {
        let part = || worker(&work, seed, &names);
        let parts: Vec<_> = (0..threads).map(|_| scope.spawn(part)).collect();
        parts.into_iter().map(|part| part.join().unwrap()).collect()
    });
    let work = work.into_inner().unwrap();
    if let Some(failed) = work.failed {
        panic!("{failed}");
    }
    let mut figures = Figures::default();
    parts.iter().for_each(|(part, _)| figures.add(part));
    let cost: Duration = parts.iter().map(|(_, cost)| *cost).sum();
    tell(&figures, cost, work.next);
    if years < YEARS {
        return;
    }
    assert!(work.next >= names.len(), "only {} zones", work.next);
    // Nothing of this would be worth much if it never happened.
    assert!(figures.light.iter().all(|instants| *instants > 0), "{figures:?}");
    assert!(figures.slots > 0 && figures.late > 0, "{figures:?}");
    assert!(
        figures.late * 10 < figures.instants,
        "too often two answers do: {figures:?}"
    );
}

#[allow(clippy::disallowed_macros, reason = "the figures are for whoever runs it")]
fn tell(figures: &Figures, cost: Duration, sites: usize) {
    let years = figures.days as f64 / 365.2425;
    let each = cost.as_secs_f64() / years;
    eprintln!("{years:.1} years of {sites} sites agree, at {each:.3} s of CPU time a year: {figures:?}");
}

/// Looks at one site after the other until there are days enough.
fn worker(work: &Mutex<Work>, seed: u64, names: &[&'static str]) -> (Figures, Duration) {
    let before = cpu_time();
    let mut figures = Figures::default();
    while let Some((number, zone, span, mut dice)) = next(work, seed, names) {
        let site = random::site(&mut dice, &zone, span);
        // A panic is told with its site as well.
        let checked = catch_unwind(|| compare::check(&site, &zone, span));
        match checked.unwrap_or_else(|_| Err("the panic above".into())) {
            Ok(more) => figures.add(&more),
            Err(what) => {
                let report = report(seed, number, &zone, span, &what, &text::files(&site).told());
                lock(work).failed.get_or_insert(report);
            }
        }
    }
    (figures, cpu_time().saturating_sub(before))
}

fn next(work: &Mutex<Work>, seed: u64, names: &[&'static str]) -> Option<(usize, Zone, Span, Dice)> {
    let mut work = lock(work);
    if work.days <= 0 || work.failed.is_some() {
        return None;
    }
    let number = work.next;
    let mut dice = Dice::new(seed, number as u64);
    let zone = Zone::named(names[number % names.len()]);
    let span = random::span(&mut dice, &zone);
    work.next += 1;
    work.days -= span.days;
    Some((number, zone, span, dice))
}

fn lock(work: &Mutex<Work>) -> std::sync::MutexGuard<'_, Work> {
    work.lock().unwrap_or_else(PoisonError::into_inner)
}

fn report(seed: u64, number: usize, zone: &Zone, span: Span, what: &str, files: &str) -> String {
    let (first, days) = (super::civil::written(span.first), span.days);
    format!(
        "{what}\nsite {number} of TIME_SEED={seed}, in {}, {days} days from {first}\n{files}",
        zone.name
    )
}

fn cpu_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::try_from(time).expect("time does not run backwards")
}
