//! What plays when: the cost of finding it.

use std::{collections::HashMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};
use yingbi::{
    calendar::{Calendar, TimeOfDay, When},
    playlist::Priority,
    programme::{Entry, Material, Plan, PlannedPlay, PlannedPlaylist, PlannedScreen, Programme, Quota, Track},
    units::{Rate, Share, Tick, Ticks},
};

use crate::harness::{Budget, Harness};

/// How many items the site of the claims has.
const ITEMS: u32 = 10_000;
const RATE: u16 = 50;

/// Runs them all.
pub(crate) fn run(harness: &mut Harness) {
    at(harness);
    compile(harness);
    quotas(harness);
}

/// A warm look-up beside one in a hash table of as many entries.
fn at(harness: &mut Harness) {
    let day = programme(|_| (None, None)).compile(0, date(2026, 5, 15));
    let table: HashMap<u32, u64> = (0..ITEMS).map(|key| (key, u64::from(key))).collect();
    let length = day.end().0 - day.start().0;
    let (mut key, mut offset) = (0, 0);
    harness.compare(
        "programme/at",
        Budget::Either(Duration::from_micros(1), 20.0),
        ("hash look-up", || {
            key = (key + 7919) % ITEMS;
            table.get(&key).copied()
        }),
        || {
            offset = (offset + 1_234_577) % length;
            day.at(0, Tick(day.start().0 + offset))
        },
    );
    let mut offset = 0;
    harness.compare(
        "programme/next-change",
        Budget::None,
        ("at", || day.at(0, day.start())),
        || {
            offset = (offset + 1_234_577) % length;
            day.next_change(Tick(day.start().0 + offset))
        },
    );
}

/// One day from nothing, beside the least that any way of doing it must do: to add up every item's length.
fn compile(harness: &mut Harness) {
    let quiet = programme(|_| (None, None));
    let floor = |programme: &Programme| -> i64 {
        let plays = &programme.plan().screens[0].tracks[0].playlists;
        let entries = plays.iter().flat_map(|list| &list.plays).flat_map(|play| &play.entries);
        entries.flat_map(|entry| entry.pages.iter()).map(|page| page.0).sum()
    };
    let day = date(2026, 5, 15);
    let budget = Budget::Time(Duration::from_millis(20));
    harness.compare(
        "programme/compile",
        budget,
        ("sum of lengths", || floor(&quiet)),
        || quiet.compile(0, day),
    );
    // Half of them come, half of them go, on this very day.
    let midnight: Timestamp = "2026-05-14T16:00:00Z".parse().expect("an instant");
    let busy = programme(|item| {
        let instant = Some(midnight + SignedDuration::from_secs(i64::from(item) * 8));
        if item % 2 == 0 {
            (instant, None)
        } else {
            (None, instant)
        }
    });
    harness.compare(
        "programme/compile-busy",
        budget,
        ("sum of lengths", || floor(&busy)),
        || busy.compile(0, day),
    );
    let plan = quiet.plan().clone();
    harness.compare("programme/new", Budget::None, ("plan cloned", || plan.clone()), || {
        Programme::new(plan.clone())
    });
}

/// One day of an ordinary site whose columns have quotas: 200 items, of which one comes or goes every two hours.
fn quotas(harness: &mut Harness) {
    let day = date(2026, 5, 15);
    let budget = Budget::Time(Duration::from_millis(20));
    let without = ordinary(&[]);
    for (name, quotas) in [
        ("programme/quotas-kept", &QUOTAS[..]),
        ("programme/quotas-too-narrow", &[(None, 10, 10, None); COLUMNS][..]),
    ] {
        let with = ordinary(quotas);
        harness.compare(name, budget, ("no quotas", || without.compile(0, day)), || {
            with.compile(0, day)
        });
    }
}

/// How many columns the ordinary site has.
const COLUMNS: usize = 10;
/// The column above, the least and the most in percent, and the most comings of an item an hour.
type Asks = (Option<usize>, u8, u8, Option<u16>);
const QUOTAS: [Asks; COLUMNS] = [
    (None, 20, 40, None),
    (Some(0), 5, 100, Some(6)),
    (Some(0), 0, 20, None),
    (None, 10, 100, None),
    (None, 0, 10, None),
    (Some(4), 0, 100, Some(2)),
    (None, 15, 30, Some(12)),
    (None, 0, 100, None),
    (None, 5, 25, None),
    (Some(8), 0, 100, Some(4)),
];

fn ordinary(asks: &[Asks]) -> Programme {
    let quotas = asks.iter().map(|(above, least, most, repeats)| Quota {
        column: Arc::from("column"),
        above: *above,
        least: Share::new(*least).expect("a share"),
        most: Share::new(*most).expect("a share"),
        repeats: *repeats,
    });
    let quotas: Vec<Quota> = quotas.collect();
    let midnight: Timestamp = "2026-05-14T16:00:00Z".parse().expect("an instant");
    let entry = |item: u32| Entry {
        is_festive: false,
        material: Material(item),
        from: item
            .is_multiple_of(20)
            .then(|| midnight + SignedDuration::from_mins(i64::from(item) * 6)),
        until: None,
        quota: Some(item as usize % COLUMNS).filter(|quota| *quota < quotas.len()),
        pages: (0..1 + item % 3)
            .map(|page| Ticks(i64::from(250 + 50 * page + item % 97)))
            .collect(),
    };
    let plays = (0..4).map(|play| PlannedPlay {
        entries: (50 * play..50 * (play + 1)).map(entry).collect(),
        limit: None,
        weight: 1 + u16::try_from(play % 2).expect("below 2"),
        transition: Ticks(25),
    });
    let list = PlannedPlaylist {
        file: "playlists/all.toml".into(),
        title: "all".into(),
        priority: Priority::Routine,
        when: Vec::new(),
        plays: plays.collect(),
    };
    planned(vec![list], quotas)
}

/// A site of [`ITEMS`] items in a hundred plays, some of them in windows, under a notice.
fn programme(dates: impl Fn(u32) -> (Option<Timestamp>, Option<Timestamp>)) -> Programme {
    let entry = |item: u32| {
        let (from, until) = dates(item);
        let pages = (0..1 + item % 3).map(|page| Ticks(i64::from(150 + 50 * page + item % 97)));
        Entry {
            is_festive: false,
            material: Material(item),
            from,
            until,
            quota: None,
            pages: pages.collect(),
        }
    };
    let playlists = (0..100).map(|list| PlannedPlaylist {
        file: format!("playlists/{list}.toml").into(),
        title: "list".into(),
        priority: if list == 99 {
            Priority::Notice
        } else {
            Priority::Routine
        },
        when: if list % 10 == 9 { vec![office()] } else { Vec::new() },
        plays: vec![PlannedPlay {
            entries: (list * ITEMS / 100..(list + 1) * ITEMS / 100).map(entry).collect(),
            limit: (list % 5 == 4).then_some(60),
            weight: 1 + u16::try_from(list % 3).expect("below 3"),
            transition: Ticks(25),
        }],
    });
    planned(playlists.collect(), Vec::new())
}

fn planned(playlists: Vec<PlannedPlaylist>, quotas: Vec<Quota>) -> Programme {
    let track = Track {
        zone: Arc::from("main"),
        playlists,
    };
    let screen = PlannedScreen {
        id: Arc::from("hall"),
        rate: Rate::new(RATE).expect("a rate"),
        lit: vec![office()],
        tracks: vec![track],
    };
    Programme::new(Plan {
        calendar: Arc::new(Calendar::plain(
            TimeZone::get("Asia/Shanghai").expect("the bundled database has Shanghai"),
        )),
        quotas: quotas.into(),
        screens: vec![screen],
    })
}

fn office() -> When {
    When {
        start: TimeOfDay::new(8 * 3600).expect("a time"),
        end: TimeOfDay::new(18 * 3600).expect("a time"),
        ..When::default()
    }
}
