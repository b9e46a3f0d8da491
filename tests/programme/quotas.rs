//! Shares of the hour and repeats of items, column by column.

use yingbi::{
    playlist::Priority::{Notice, Routine},
    programme::{Asked, Day, Demand, Entry, Infeasible, Obstacle, PlannedPlaylist, Quota},
    units::{Share, Ticks},
};

use super::hall::{DAY, at, dated, item, open, playlist, quoted, round, story};

/// A column that asks for nothing.
fn free() -> Quota {
    Quota {
        column: "column".into(),
        above: None,
        least: Share::NONE,
        most: Share::WHOLE,
        repeats: None,
    }
}

fn least(percent: u8) -> Quota {
    let least = Share::new(percent).unwrap();
    Quota { least, ..free() }
}

fn most(percent: u8) -> Quota {
    let most = Share::new(percent).unwrap();
    Quota { most, ..free() }
}

fn repeats(times: u16) -> Quota {
    let repeats = Some(times);
    Quota { repeats, ..free() }
}

fn below(above: usize, quota: Quota) -> Quota {
    let above = Some(above);
    Quota { above, ..quota }
}

/// An entry of that column.
fn of(quota: usize, entry: Entry) -> Entry {
    Entry {
        quota: Some(quota),
        ..entry
    }
}

/// Entries of ten seconds each.
fn tens(letters: &str) -> Vec<Entry> {
    letters.chars().map(|letter| item(letter, &[10])).collect()
}

fn all_of(quota: usize, letters: &str) -> Vec<Entry> {
    tens(letters).into_iter().map(|entry| of(quota, entry)).collect()
}

fn day(quotas: impl Into<Vec<Quota>>, playlists: impl Into<Vec<PlannedPlaylist>>) -> Day {
    quoted(quotas, playlists).compile(0, DAY)
}

fn routine(quotas: impl Into<Vec<Quota>>, entries: impl Into<Vec<Entry>>) -> Day {
    day(quotas, [playlist(Routine, entries)])
}

/// What the one loop of the day does not do.
fn told(day: &Day) -> Vec<Infeasible> {
    let mut loops = day.loops(0);
    assert_eq!(loops.len(), 1);
    loops.remove(0).infeasible
}

/// How many seconds of the hour from `from` each of `letters` has.
fn seconds(day: &Day, from: &str, letters: &str) -> Vec<i64> {
    let (from, until) = (at(day, from), at(day, from) + Ticks(3600));
    let time = |letter: char| {
        let cues = day
            .cues(0, from, until)
            .filter(|cue| cue.material.0 == u32::from(letter));
        cues.map(|cue| cue.until.min(until).0 - cue.since.max(from).0).sum()
    };
    letters.chars().map(time).collect()
}

const fn asked(quota: usize, demand: Demand) -> Asked {
    Asked { quota, demand }
}

fn together(quota: usize, demand: Demand, reach: u32, with: &[Asked], twice_running: bool) -> Infeasible {
    Infeasible {
        asked: asked(quota, demand),
        reach,
        why: Obstacle::Together {
            with: with.to_vec(),
            twice_running,
        },
    }
}

#[test]
fn a_loop_that_keeps_its_quotas_anyway_stays_as_it_is() {
    let entries = || [all_of(0, "AB"), tens("CD")].concat();
    let day = routine(
        [Quota {
            repeats: Some(90),
            ..least(40)
        }],
        entries(),
    );
    assert_eq!(round(&day, "08:00"), "ABCD");
    assert_eq!(told(&day), []);
}

#[test]
fn a_column_gets_its_least() {
    let day = routine([least(50)], [all_of(0, "A"), tens("BCD")].concat());
    assert_eq!(
        story(&day, "08:00", "08:01"),
        "08:00:00 A1, 08:00:10 B1, 08:00:20 A1, 08:00:30 C1, 08:00:40 A1, 08:00:50 D1"
    );
    assert_eq!(seconds(&day, "08:00:07", "ABCD"), [1800, 600, 600, 600]);
}

#[test]
fn a_column_gets_no_more_than_its_most_and_the_others_share_the_rest() {
    let day = routine([most(10)], [all_of(0, "AB"), tens("CD")].concat());
    assert_eq!(seconds(&day, "09:30", "ABCD"), [180, 180, 1620, 1620]);
    assert_eq!(told(&day), []);
}

#[test]
fn an_item_comes_only_so_often_in_an_hour() {
    let day = routine([repeats(6)], [all_of(0, "A"), tens("BC")].concat());
    let begun = |from: &str| {
        let (from, until) = (at(&day, from), at(&day, from) + Ticks(3600));
        let cues = day.cues(0, from, until).filter(|cue| cue.since >= from);
        cues.filter(|cue| cue.material == item('A', &[]).material).count()
    };
    assert_eq!(["08:00", "08:04:17", "08:31"].map(begun), [6, 6, 6]);
    // They come every ten minutes.
    let starts: Vec<i64> = day
        .cues(0, at(&day, "08:00"), at(&day, "09:00"))
        .filter(|cue| cue.material == item('A', &[]).material)
        .map(|cue| cue.since.since(at(&day, "08:00")).0)
        .collect();
    assert!(
        starts.windows(2).all(|pair| (580..=620).contains(&(pair[1] - pair[0]))),
        "{starts:?}"
    );
}

#[test]
fn a_column_is_spread_smoothly_over_its_hour() {
    let others: Vec<Entry> = ('a'..='t').map(|letter| item(letter, &[10])).collect();
    let day = routine([least(30)], [all_of(0, "ABC"), others].concat());
    let of_column = |cue: &yingbi::programme::Cue| cue.material.0 <= u32::from('C');
    let cues: Vec<_> = day.cues(0, at(&day, "08:00"), at(&day, "18:00")).collect();
    // Of any ten in succession three are of the column, or one more or less.
    for ten in cues.windows(10) {
        let count = ten.iter().filter(|cue| of_column(cue)).count();
        assert!((2..=4).contains(&count), "{count} at {:?}", ten[0].since);
    }
    // And its items take turns.
    let letters: Vec<u32> = cues
        .iter()
        .filter(|cue| of_column(cue))
        .map(|cue| cue.material.0)
        .collect();
    assert!(
        letters
            .windows(3)
            .all(|three| three[0] != three[2] || three[0] == three[1]),
        "{letters:?}"
    );
}

#[test]
fn a_quota_holds_for_the_columns_below_and_they_may_have_their_own() {
    let quotas = [most(30), below(0, least(20)), below(0, repeats(12))];
    let entries = [all_of(0, "A"), all_of(1, "B"), all_of(2, "C"), tens("DE")].concat();
    let day = routine(quotas, entries);
    assert_eq!(told(&day), []);
    let times = seconds(&day, "10:00", "ABCDE");
    assert!(times[0] + times[1] + times[2] <= 1080, "{times:?}");
    assert!(times[1] >= 720 && times[2] <= 120, "{times:?}");
}

#[test]
fn an_item_of_two_plays_counts_once() {
    let day = day(
        [repeats(10)],
        [
            playlist(Routine, [all_of(0, "A"), tens("BC")].concat()),
            playlist(Routine, [all_of(0, "A"), tens("D")].concat()),
        ],
    );
    assert_eq!(seconds(&day, "08:00", "A"), [100]);
}

#[test]
fn what_is_not_in_the_loop_asks_for_nothing() {
    let day = routine(
        [least(40), least(50), most(10)],
        [
            all_of(0, "AB"),
            vec![of(1, dated('C', "", "2026-05-01T00:00:00Z"))],
            tens("DE"),
        ]
        .concat(),
    );
    assert_eq!(round(&day, "08:00"), "ABDE");
    assert_eq!(told(&day), []);
}

#[test]
fn a_quota_begins_to_count_when_the_first_item_of_its_column_is_published() {
    let entries = [tens("AB"), vec![of(0, dated('C', "2026-05-15T08:00:25Z", ""))]].concat();
    let day = routine([most(10)], entries);
    assert_eq!(round(&day, "07:00"), "AB");
    assert_eq!(seconds(&day, "08:00:30", "ABC"), [1620, 1620, 360]);
    let loops = day.loops(0);
    assert_eq!(loops.len(), 2);
    assert_eq!((loops[0].until, loops[0].items), (at(&day, "08:00:30"), 2));
    assert_eq!((loops[1].since, loops[1].items), (at(&day, "08:00:30"), 3));
}

#[test]
fn a_loop_with_quotas_does_not_begin_with_what_was_just_shown() {
    let entries = [
        all_of(0, "A"),
        tens("BCD"),
        vec![dated('E', "2026-05-15T08:00:05Z", "")],
    ]
    .concat();
    let day = routine([least(50)], entries);
    assert_eq!(
        story(&day, "08:00", "08:00:40"),
        "08:00:00 A1, 08:00:10 B1, 08:00:20 A1, 08:00:30 C1"
    );
}

#[test]
fn each_loop_of_the_day_is_told_once_with_its_round() {
    let lists = [
        playlist(Routine, tens("ABC")),
        open(playlist(Notice, tens("N")), &[("08:00", "08:05")]),
    ];
    let day = day([], lists);
    let told: Vec<_> = day
        .loops(0)
        .into_iter()
        .map(|one| (one.priority, one.since, one.until, one.round))
        .collect();
    assert_eq!(
        told,
        [
            (Routine, day.start(), day.end(), Ticks(30)),
            (Notice, at(&day, "08:00"), at(&day, "08:05"), Ticks(10)),
        ]
    );
}

#[test]
fn with_quotas_a_round_is_the_longest_wait_for_an_item() {
    let day = routine([least(50)], [all_of(0, "A"), tens("BCD")].concat());
    assert_eq!(day.loops(0)[0].round, Ticks(60));
}

#[test]
fn a_column_that_is_alone_fills_the_hour_whatever_it_may_have() {
    let day = routine([most(30)], all_of(0, "AB"));
    assert_eq!(told(&day), [together(0, Demand::Most, 1000, &[], false)]);
    assert_eq!(round(&day, "08:00"), "AB");
    let day = routine([repeats(4)], all_of(0, "A"));
    assert_eq!(told(&day), [together(0, Demand::Repeats, 360, &[], false)]);
}

#[test]
fn columns_that_may_not_fill_the_hour_together_are_told_with_each_other() {
    let day = routine([most(30), most(40)], [all_of(0, "AB"), all_of(1, "CD")].concat());
    let (one, other) = (asked(0, Demand::Most), asked(1, Demand::Most));
    assert_eq!(
        told(&day),
        [
            together(0, Demand::Most, 600, &[other], false),
            together(1, Demand::Most, 700, &[one], false),
        ]
    );
}

#[test]
fn an_item_that_cannot_come_twice_running_cannot_have_more_than_what_stands_between() {
    let day = routine(
        [least(60)],
        vec![of(0, item('A', &[10])), item('B', &[20]), item('C', &[20])],
    );
    assert_eq!(told(&day), [together(0, Demand::Least, 333, &[], true)]);
    assert!(round(&day, "08:00").starts_with("ABACABAC"));
}

#[test]
fn a_least_that_the_repeats_do_not_allow_is_told_with_them() {
    let day = routine(
        [Quota {
            repeats: Some(6),
            ..least(30)
        }],
        [all_of(0, "AB"), tens("CD")].concat(),
    );
    assert_eq!(
        told(&day),
        [
            together(0, Demand::Least, 33, &[asked(0, Demand::Repeats)], false),
            together(0, Demand::Repeats, 54, &[asked(0, Demand::Least)], false),
        ]
    );
}

#[test]
fn an_item_longer_than_its_column_may_have_of_an_hour_does_not_come_and_is_named() {
    let day = routine([most(40)], [vec![of(0, item('A', &[900, 900]))], tens("BC")].concat());
    assert_eq!(
        told(&day),
        [Infeasible {
            asked: asked(0, Demand::Most),
            reach: 500,
            why: Obstacle::TooLong { longest: Ticks(1800) },
        }]
    );
    assert_eq!(seconds(&day, "08:00", "ABC"), [0, 1800, 1800]);
}

#[test]
fn items_too_long_for_every_hour_to_get_its_share_are_named() {
    let day = routine(
        [Quota {
            least: Share::new(30).unwrap(),
            ..most(40)
        }],
        [vec![of(0, item('A', &[1000]))], tens("BC")].concat(),
    );
    let told = told(&day);
    assert!(!told.is_empty());
    for one in told {
        assert_eq!(one.why, Obstacle::Coarse { longest: Ticks(1000) });
        let missed = if one.asked.demand == Demand::Least {
            one.reach < 300
        } else {
            one.reach > 400
        };
        assert!(missed, "{one:?}");
    }
}

#[test]
fn items_that_find_no_room_in_their_column_are_counted() {
    let minutes = ('a'..='z').map(|letter| of(0, item(letter, &[60])));
    let day = routine([most(2)], minutes.chain(tens("ABC")).collect::<Vec<_>>());
    let told = told(&day);
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((told[0].asked, told[0].reach), (asked(0, Demand::Most), 20));
    // 72 s an hour are less than 29 minutes a day.
    assert!(matches!(told[0].why, Obstacle::Crowded { missing: 1..=9 }), "{told:?}");
}

#[test]
fn an_exact_share_is_kept_where_the_hour_divides() {
    let exactly = |percent| Quota {
        least: Share::new(percent).unwrap(),
        ..most(percent)
    };
    let day = routine([exactly(25), exactly(75)], [all_of(0, "AB"), all_of(1, "CDE")].concat());
    assert_eq!(told(&day), []);
    assert_eq!(seconds(&day, "08:12:34", "ABCDE"), [450, 450, 900, 900, 900]);
}
