//! What records tell: who ran when, what was in force, and what is not known.

use jiff::{SignedDuration, Timestamp};
use yingbi::{
    units::{Digest, Rate},
    wall::{
        Edition,
        history::{Event, History, Maker, Record, Step, Then, base},
    },
};

fn time(text: &str) -> Timestamp {
    format!("2024-05-15T{text}Z").parse().unwrap()
}

fn started(at: &str, site: &str) -> Record {
    let event = Event::Started {
        maker: Maker::this(),
        site: site.into(),
        pid: 1,
    };
    Record { at: time(at), event }
}

fn took(at: &str, screen: &str, name: &str, is_anew: bool) -> Record {
    let rate = Rate::new(50).unwrap();
    let event = Event::Screen {
        screen: screen.into(),
        edition: Edition {
            programme: Digest::of(name.as_bytes()),
            floor: None,
        },
        tick: rate.tick_at(time(at)),
        rate,
        is_anew,
    };
    Record { at: time(at), event }
}

fn accepted(at: &str, name: &str) -> Record {
    let event = Event::Programme {
        digest: Digest::of(name.as_bytes()),
        maker: Maker::this(),
    };
    Record { at: time(at), event }
}

fn record(at: &str, event: Event) -> Record {
    Record { at: time(at), event }
}

fn stepped(from: &str, to: &str) -> Record {
    let (from, to) = (time(from), time(to));
    let event = Event::Clock {
        kind: "stepped".into(),
        from,
        to,
        by: to.duration_since(from),
    };
    Record { at: to, event }
}

/// What is known of `at`: the last take-over on the screen, or why there is none.
fn told(history: &History, at: &str, screen: &str) -> String {
    let names = ["a", "b", "c", "d"];
    let name = |digest: Digest| *names.iter().find(|name| Digest::of(name.as_bytes()) == digest).unwrap();
    let clock = |instant: Option<Timestamp>| {
        instant.map_or_else(|| "?".into(), |instant| instant.to_string()[11..19].to_owned())
    };
    match history.at(time(at)) {
        Then::Running(stand) => stand
            .last(screen)
            .map_or_else(|| "not played".into(), |take| name(take.edition.programme).into()),
        Then::Down { since, until } => format!("down {} to {}", clock(since), clock(until)),
        Then::Unknown => "unknown".into(),
    }
}

#[test]
fn the_last_take_over_at_or_before_an_instant_is_what_ran() {
    let records = [
        started("08:00:00", "/site"),
        accepted("08:00:00", "a"),
        took("08:00:01", "lobby", "a", true),
        accepted("09:00:00", "b"),
        took("09:00:00.02", "lobby", "b", false),
        record("10:00:00", Event::Ended),
        started("11:00:00", "/site"),
        took("11:00:01", "lobby", "c", true),
    ];
    let history = History::new(&records, Some(time("12:00:00")));
    for (at, expected) in [
        ("07:59:59", "unknown"),
        ("08:00:00", "not played"),
        ("08:00:01", "a"),
        ("09:00:00.019", "a"),
        ("09:00:00.02", "b"),
        ("09:59:59", "b"),
        ("10:00:00", "down 10:00:00 to 11:00:00"),
        ("11:59:59", "c"),
        ("12:00:01", "down 12:00:00 to ?"),
    ] {
        assert_eq!(told(&history, at, "lobby"), expected, "at {at}");
    }
    assert_eq!(told(&history, "09:30:00", "strip"), "not played");
    let still = History::new(&records, None);
    assert_eq!(told(&still, "23:00:00", "lobby"), "c", "it runs still");
}

#[test]
fn a_power_cut_ends_a_run_where_it_was_last_known_to_be_alive() {
    let records = [
        started("08:00:00", "/site"),
        took("08:00:01", "lobby", "a", true),
        record("11:00:00", Event::Lost { last: time("09:30:00") }),
        started("11:00:00", "/site"),
    ];
    let history = History::new(&records, None);
    assert_eq!(told(&history, "09:29:59", "lobby"), "a");
    assert_eq!(told(&history, "10:00:00", "lobby"), "down 09:30:00 to 11:00:00");
}

#[test]
fn a_screen_that_was_taken_away_is_not_played_until_it_comes_back() {
    let records = [
        started("08:00:00", "/site"),
        took("08:00:01", "lobby", "a", true),
        took("08:00:01", "strip", "a", true),
        record("09:00:00", Event::Left { screen: "strip".into() }),
        took("10:00:00", "strip", "b", true),
    ];
    let history = History::new(&records, None);
    assert_eq!(told(&history, "08:30:00", "strip"), "a");
    assert_eq!(told(&history, "09:30:00", "strip"), "not played");
    assert_eq!(told(&history, "10:30:00", "strip"), "b");
    assert_eq!(told(&history, "09:30:00", "lobby"), "a");
    let Then::Running(stand) = history.at(time("09:30:00")) else {
        panic!("it ran")
    };
    assert_eq!(stand.screens(), ["lobby".into()]);
}

#[test]
fn where_the_clock_was_set_back_the_later_time_counts_and_what_was_in_force_stays_so() {
    let records = [
        started("08:00:00", "/site"),
        took("08:00:01", "lobby", "a", true),
        took("12:00:00", "lobby", "b", false),
        stepped("12:30:00", "09:00:00"),
        took("11:00:00", "lobby", "c", false),
    ];
    let history = History::new(&records, None);
    for (at, expected) in [
        ("08:30:00", "a"),
        // The first time it was still a; the second time, after the step, b.
        ("10:00:00", "b"),
        ("11:00:00", "c"),
        ("12:15:00", "c"),
    ] {
        assert_eq!(told(&history, at, "lobby"), expected, "at {at}");
    }
    let Then::Running(stand) = history.at(time("10:00:00")) else {
        panic!("it ran")
    };
    let jumps: Vec<Step> = stand
        .steps("lobby")
        .into_iter()
        .filter(|step| matches!(step, Step::Jump { .. }))
        .collect();
    let (from, to) = (time("12:30:00"), time("09:00:00"));
    assert_eq!(jumps, [Step::Jump { from, to }]);
}

#[test]
fn a_clock_that_is_only_trusted_more_or_less_has_not_stepped() {
    let mut records = vec![
        started("08:00:00", "/site"),
        took("08:00:01", "lobby", "a", true),
        stepped("09:00:00", "09:00:00"),
        took("10:00:00", "lobby", "b", false),
    ];
    let history = History::new(&records, None);
    let Then::Running(stand) = history.at(time("08:30:00")) else {
        panic!("it ran")
    };
    let later = stand.later("lobby");
    assert_eq!(later.len(), 1, "the take-over after it is in the same time");
    assert_eq!(later[0].instant(), time("10:00:00"));
    let Then::Running(stand) = history.at(time("11:00:00")) else {
        panic!("it ran")
    };
    let steps = stand.steps("lobby");
    assert!(steps.iter().all(|step| matches!(step, Step::Take(_))), "{steps:?}");
    records.push(stepped("11:00:00", "11:30:00"));
    let kept = base(&records);
    let clocks = kept.iter().filter(|record| matches!(record.event, Event::Clock { .. }));
    assert_eq!(clocks.collect::<Vec<_>>(), [&records[4]]);
}

// Fault 28.
#[test]
fn a_machine_that_starts_in_1970_does_not_claim_the_years_between() {
    let long_ago = Timestamp::UNIX_EPOCH;
    let mut records = vec![
        started("08:00:00", "/site"),
        took("08:00:01", "lobby", "a", true),
        record("09:00:00", Event::Ended),
        started("08:00:00", "/site"),
        took("08:00:01", "lobby", "b", true),
        stepped("08:00:10", "11:00:00"),
    ];
    for record in &mut records[3..5] {
        record.at = long_ago + SignedDuration::from_secs(1);
    }
    if let Event::Clock { from, .. } = &mut records[5].event {
        *from = long_ago + SignedDuration::from_secs(20);
    }
    let history = History::new(&records, None);
    assert_eq!(told(&history, "08:30:00", "lobby"), "a");
    assert_eq!(told(&history, "10:00:00", "lobby"), "down 09:00:00 to ?");
    assert_eq!(told(&history, "11:30:00", "lobby"), "b");
}

#[test]
fn another_sites_time_is_not_ours() {
    let records = [
        started("08:00:00", "/ours"),
        took("08:00:01", "lobby", "a", true),
        record("09:00:00", Event::Ended),
        started("10:00:00", "/theirs"),
        took("10:00:01", "lobby", "b", true),
        record("11:00:00", Event::Ended),
        started("12:00:00", "/ours"),
    ];
    let history = History::new(&records, None);
    assert_eq!(
        told(&history.clone().only("/ours"), "10:30:00", "lobby"),
        "down 09:00:00 to 12:00:00"
    );
    assert_eq!(told(&history.clone().only("/theirs"), "10:30:00", "lobby"), "b");
    assert_eq!(history.only("/nowhere").last_site(), None);
}

#[test]
fn a_programme_that_comes_back_was_accepted_when_it_did() {
    let records = [
        started("08:00:00", "/site"),
        accepted("08:00:00", "a"),
        took("08:00:01", "lobby", "a", true),
        accepted("09:00:00", "b"),
        took("09:00:01", "lobby", "b", false),
        accepted("10:00:00", "a"),
        took("10:00:01", "lobby", "a", false),
    ];
    let history = History::new(&records, None);
    let accepted = |at: &str| {
        let Then::Running(stand) = history.at(time(at)) else {
            panic!("it ran")
        };
        let take = stand.last("lobby").unwrap();
        stand.programme(&take).unwrap().accepted
    };
    assert_eq!(accepted("08:30:00"), time("08:00:00"));
    assert_eq!(accepted("11:00:00"), time("10:00:00"));
}

#[test]
fn what_stays_of_old_records_answers_for_whatever_comes_after() {
    let old = [
        started("08:00:00", "/site"),
        accepted("08:00:00", "a"),
        took("08:00:01", "lobby", "a", true),
        took("08:00:01", "strip", "a", true),
        accepted("09:00:00", "b"),
        took("09:00:01", "lobby", "b", false),
        record("09:00:30", Event::Dropped { count: 1 }),
        record("09:10:00", Event::Left { screen: "strip".into() }),
    ];
    let new = [took("11:00:00", "lobby", "c", false)];
    let begins = record("10:00:00", Event::Begins);
    let kept: Vec<Record> = [begins].into_iter().chain(base(&old)).chain(new.clone()).collect();
    let (short, whole) = (
        History::new(&kept, None),
        History::new(&[&old[..], &new].concat(), None),
    );
    assert_eq!(told(&short, "09:59:59", "lobby"), "unknown");
    for at in ["10:00:00", "10:59:59", "11:00:00", "12:00:00"] {
        for screen in ["lobby", "strip"] {
            assert_eq!(told(&short, at, screen), told(&whole, at, screen), "{screen} at {at}");
        }
        let (Then::Running(one), Then::Running(other)) = (short.at(time(at)), whole.at(time(at))) else {
            panic!("it ran")
        };
        assert_eq!(one.steps("lobby"), other.steps("lobby"));
        let programmes = [one, other].map(|stand| stand.programme(&stand.last("lobby").unwrap()).cloned());
        assert_eq!(programmes[0], programmes[1]);
    }
    assert_eq!(kept.len(), 7, "{kept:#?}");
}

#[test]
fn of_a_run_that_has_ended_its_beginning_and_its_end_stay() {
    let old = [
        started("08:00:00", "/site"),
        took("08:00:01", "lobby", "a", true),
        record("09:00:00", Event::Ended),
    ];
    assert_eq!(base(&old), [old[0].clone(), old[2].clone()]);
    assert_eq!(base(&old[1..]), []);
}

#[test]
fn a_long_chain_of_changes_is_cut_to_what_a_replay_can_use() {
    let mut old = vec![started("08:00:00", "/site"), took("08:00:01", "lobby", "a", true)];
    for minute in 10..50 {
        old.push(took(&format!("08:{minute}:00"), "lobby", ["b", "c"][minute % 2], false));
    }
    let base = base(&old);
    assert_eq!(base.len(), 1 + 17);
    assert_eq!(base[1..], old[old.len() - 17..]);
}
