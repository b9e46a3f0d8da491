//! What must stay of old records, so that what comes after them can be answered.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    record::{Event, Record},
    replay::LONGEST_CHAIN,
};
use crate::units::Digest;

/// The records of `old`, in their order, without which nothing later could be told: the last daemon's start and, where it ran on, what
/// was in force on each screen, and the stop in force; where it ended, its end.
pub fn base(old: &[Record]) -> Vec<Record> {
    let is_start = |record: &Record| matches!(record.event, Event::Started { .. });
    let Some(start) = old.iter().rposition(is_start) else {
        return Vec::new();
    };
    let run = &old[start..];
    let ends = run
        .iter()
        .position(|record| matches!(record.event, Event::Ended | Event::Lost { .. }));
    if let Some(end) = ends {
        return vec![run[0].clone(), run[end].clone()];
    }
    let mut wanted: BTreeSet<usize> = takes(run);
    wanted.extend(programmes(run, &wanted));
    wanted.extend(stop(run));
    // Steps of the clock matter only to what came before them.
    if let Some(first) = wanted.first().copied() {
        let steps = run.iter().enumerate().skip(first);
        let steps: Vec<usize> = steps
            .filter(|(_, record)| record.event.step().is_some())
            .map(|(at, _)| at)
            .collect();
        wanted.extend(steps);
    }
    wanted.insert(0);
    wanted.into_iter().map(|at| run[at].clone()).collect()
}

/// The take-overs that a screen of the present is made of: of each screen the last ones.
fn takes(run: &[Record]) -> BTreeSet<usize> {
    let mut by_screen: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, record) in run.iter().enumerate() {
        match &record.event {
            Event::Screen { screen, is_anew, .. } => {
                let takes = by_screen.entry(screen).or_default();
                if *is_anew {
                    takes.clear();
                }
                takes.push(at);
            }
            Event::Left { screen } => {
                by_screen.remove(&**screen);
            }
            _ => {}
        }
    }
    let last = by_screen.into_values().flat_map(|takes| {
        let skipped = takes.len().saturating_sub(LONGEST_CHAIN + 1);
        takes.into_iter().skip(skipped)
    });
    last.collect()
}

/// The stop in force, where one is.
fn stop(run: &[Record]) -> Option<usize> {
    let is_turn = |record: &Record| matches!(record.event, Event::Stop(_) | Event::Resume { .. });
    let last = run.iter().rposition(is_turn)?;
    matches!(run[last].event, Event::Stop(_)).then_some(last)
}

/// For each of the take-overs `takes`, where its programme was accepted; and where the last programme of all was.
fn programmes(run: &[Record], takes: &BTreeSet<usize>) -> Vec<usize> {
    let accepted = |digest: Digest, before: usize| {
        let records = run[..before].iter();
        let mut records = records.enumerate().rev();
        records.find_map(|(at, record)| {
            matches!(record.event, Event::Programme { digest: one, .. } if one == digest).then_some(at)
        })
    };
    let of_takes = takes.iter().filter_map(|at| match run[*at].event {
        Event::Screen { edition, .. } => accepted(edition.programme, *at),
        _ => None,
    });
    let last = run
        .iter()
        .rposition(|record| matches!(record.event, Event::Programme { .. }));
    of_takes.chain(last).collect()
}
