//! Windows, midnights and clock changes.

use jiff::{civil::date, tz::TimeZone};
use yingbi::{
    calendar::{Weekdays, When},
    playlist::Priority::{Notice, Routine},
    programme::{Dark, Light},
    units::Ticks,
};

use super::hall::{DAY, at, day, item, open, playlist, programme, story, window};

#[test]
fn a_window_edge_begins_the_loop_anew_in_the_middle_of_a_page() {
    let day = day([
        playlist(Routine, [item('A', &[7])]),
        open(playlist(Routine, [item('B', &[7])]), &[("08:00:10", "08:00:20")]),
    ]);
    // 28,800 s are 4114 pages of 7 s and 2 s more.
    assert_eq!(
        story(&day, "08:00:03", "08:00:30"),
        "07:59:58 A1, 08:00:05 A1, 08:00:10 A1, 08:00:17 B1, 08:00:20 A1, 08:00:27 A1"
    );
}

#[test]
fn windows_of_one_playlist_that_touch_or_overlap_are_one() {
    let list = playlist(Routine, [item('A', &[3600])]);
    let day = day([open(
        list,
        &[("08:30", "10:00"), ("10:00", "11:00"), ("10:30", "12:00")],
    )]);
    assert_eq!(
        story(&day, "08:00", "13:00"),
        "08:00:00 -, 08:30:00 A1, 09:30:00 A1, 10:30:00 A1, 11:30:00 A1, 12:00:00 -"
    );
}

#[test]
fn an_always_open_loop_begins_anew_at_midnight() {
    let programme = programme("UTC", [playlist(Routine, [item('A', &[7])])], Vec::new());
    let day = programme.compile(0, DAY);
    let last = day.at(0, at(&day, "23:59:59")).unwrap();
    assert_eq!(last.until, day.end());
    let next = programme.compile(0, DAY.tomorrow().unwrap());
    let first = next.at(0, next.start()).unwrap();
    assert_eq!((first.since, first.began), (next.start(), next.start()));
}

#[test]
fn a_window_of_the_whole_day_begins_anew_at_midnight_as_an_always_open_playlist_does() {
    let list = || playlist(Routine, [item('A', &[7])]);
    let written = programme("UTC", [open(list(), &[("00:00", "24:00")])], Vec::new()).compile(0, DAY);
    let unwritten = programme("UTC", [list()], Vec::new()).compile(0, DAY);
    let cues = |day: &yingbi::programme::Day| day.cues(0, day.start(), day.end()).collect::<Vec<_>>();
    assert_eq!(cues(&written), cues(&unwritten));
}

#[test]
fn a_window_across_midnight_plays_on_and_both_days_agree_on_the_page_between_them() {
    let night = open(playlist(Routine, [item('A', &[7])]), &[("22:00", "06:00")]);
    let programme = programme("UTC", [night], Vec::new());
    let (evening, morning) = (programme.compile(0, DAY), programme.compile(0, DAY.tomorrow().unwrap()));
    let before = evening.at(0, at(&evening, "23:59:59")).unwrap();
    let after = morning.at(0, morning.start()).unwrap();
    assert_eq!(before, after);
    // Two hours are 1028 pages of 7 s and 4 s more.
    assert_eq!(before.since, at(&evening, "23:59:56"));
    assert_eq!(before.until, at(&evening, "24:00:03"));
    assert_eq!(
        story(&morning, "05:59:55", "06:01"),
        "05:59:51 A1, 05:59:58 A1, 06:00:00 -"
    );
}

#[test]
fn where_windows_never_let_a_playlist_close_its_loop_begins_anew_at_midnight() {
    let list = playlist(Routine, [item('A', &[7])]);
    let day = day([open(list, &[("06:00", "18:00"), ("17:00", "07:00")])]);
    assert_eq!(day.at(0, at(&day, "12:00")).unwrap().anchor, day.start());
}

#[test]
fn the_first_page_of_a_day_takes_the_place_of_the_last_of_the_day_before() {
    let mut list = playlist(Routine, [item('A', &[10]), item('B', &[7])]);
    list.plays[0].transition = Ticks(2);
    let day = day([list]);
    let outgoing = day.at(0, day.start()).unwrap().outgoing.unwrap();
    // 86,400 s are 5082 rounds of 17 s and 6 s of A.
    assert_eq!(outgoing.material, item('A', &[]).material);
    assert_eq!(day.start().since(outgoing.since), Ticks(6));
}

#[test]
fn days_on_which_clocks_change_have_23_and_25_hours() {
    let list = || open(playlist(Routine, [item('A', &[3600])]), &[("00:00", "04:00")]);
    let programme = programme("America/New_York", [list()], Vec::new());
    let spring = programme.compile(0, date(2026, 3, 8));
    assert_eq!(spring.end().since(spring.start()), Ticks(23 * 3600));
    assert_eq!(spring.cues(0, spring.start(), spring.end()).count(), 3);
    let autumn = programme.compile(0, date(2026, 11, 1));
    assert_eq!(autumn.end().since(autumn.start()), Ticks(25 * 3600));
    assert_eq!(autumn.cues(0, autumn.start(), autumn.end()).count(), 5);
}

#[test]
fn every_date_from_the_first_year_to_the_last_can_be_compiled() {
    let night = open(playlist(Notice, [item('N', &[9])]), &[("22:00", "06:00")]);
    let programme = programme(
        "Asia/Shanghai",
        [playlist(Routine, [item('A', &[7])]), night],
        vec![window("08:00", "18:00")],
    );
    for date in [date(1, 1, 1), date(1969, 12, 31), date(2036, 2, 29), date(9999, 12, 28)] {
        let day = programme.compile(0, date);
        assert!(day.cues(0, day.start(), day.end()).count() > 8000, "{date}");
        assert_eq!(programme.date(0, day.start()), date);
    }
    // Instants end on 9999-12-30 at 22:00 UTC; what is left of that day still plays, and the next is empty.
    for date in [date(9999, 12, 30), date(9999, 12, 31)] {
        let day = programme.compile(0, date);
        assert_eq!(
            day.cues(0, day.start(), day.end()).count() > 0,
            day.start() < day.end(),
            "{date}"
        );
    }
}

#[test]
fn a_tick_finds_its_day() {
    let shanghai = programme("Asia/Shanghai", [], Vec::new());
    let day = shanghai.compile(0, DAY);
    assert_eq!(shanghai.date(0, day.start()), DAY);
    assert_eq!(shanghai.date(0, day.end() - Ticks(1)), DAY);
    assert_eq!(shanghai.date(0, day.end()), DAY.tomorrow().unwrap());
    // In Toronto on 1919-03-30 clocks went from 23:30 to 00:30: the day that would begin at 00:00 begins at 01:00.
    let toronto = programme("America/Toronto", [], Vec::new());
    let late = TimeZone::get("America/Toronto")
        .unwrap()
        .to_timestamp(date(1919, 3, 31).at(0, 45, 0, 0))
        .unwrap();
    let tick = toronto.plan().screens[0].rate.tick_at(late);
    let day = toronto.compile(0, toronto.date(0, tick));
    assert!(day.start() <= tick && tick < day.end());
}

#[test]
fn a_skipped_day_is_empty_and_its_neighbours_meet() {
    let programme = programme("Pacific/Apia", [playlist(Routine, [item('A', &[7])])], Vec::new());
    let [before, skipped, after] = [29, 30, 31].map(|day| programme.compile(0, date(2011, 12, day)));
    assert_eq!(skipped.start(), skipped.end());
    assert_eq!(before.end(), after.start());
}

#[test]
fn why_names_the_window_that_is_open() {
    let list = open(
        playlist(Notice, [item('N', &[60])]),
        &[("08:00", "09:00"), ("10:00", "11:00")],
    );
    let day = day([playlist(Routine, [item('A', &[60])]), list]);
    let why = day.why(0, at(&day, "10:30")).unwrap();
    let window = why.window.unwrap();
    assert_eq!((why.priority, window.when), (Notice, 1));
    assert_eq!(window.occurrence.start.to_string(), "2026-05-15T10:00:00Z");
    assert_eq!(window.occurrence.end.to_string(), "2026-05-15T11:00:00Z");
    let why = day.why(0, at(&day, "12:00")).unwrap();
    assert_eq!((why.priority, why.window), (Routine, None));
}

#[test]
fn a_screen_is_lit_in_its_windows_and_always_where_none_is_written() {
    let office = programme("UTC", [], vec![window("08:00", "18:00"), window("17:00", "20:00")]).compile(0, DAY);
    assert_eq!(
        office.light(at(&office, "07:00")),
        Light::Dark(Dark::Hours, at(&office, "08:00"))
    );
    assert_eq!(office.light(at(&office, "08:00")), Light::Lit(at(&office, "20:00")));
    assert_eq!(
        office.light(at(&office, "20:00")),
        Light::Dark(Dark::Hours, at(&office, "32:00"))
    );
    assert_eq!(office.next_change(at(&office, "07:00")), at(&office, "08:00"));
    assert_eq!(office.next_change(at(&office, "20:00")), office.end());
    let always = programme("UTC", [], Vec::new()).compile(0, DAY);
    assert!(matches!(always.light(at(&always, "03:00")), Light::Lit(until) if until >= always.end()));
}

#[test]
fn a_darkness_lasts_until_the_next_light_however_many_days_away() {
    let weekdays = |from| {
        (0..5)
            .map(|day| jiff::civil::Weekday::Monday.wrapping_add(day))
            .fold(from, Weekdays::with)
    };
    let office = When {
        weekdays: weekdays(Weekdays::NONE),
        except: (18..=21).map(|day| date(2026, 5, day)).collect(),
        ..window("08:00", "18:00")
    };
    let hall = programme("UTC", [], vec![office.clone()]);
    let friday = hall.compile(0, DAY);
    let next_friday = friday.start() + Ticks((7 * 24 + 8) * 3600);
    assert_eq!(hall.dawn(0, at(&friday, "18:00")), Some(next_friday));
    assert_eq!(hall.dawn(0, at(&friday, "12:00")), Some(at(&friday, "12:00")));
    let closed = When {
        until: Some(DAY),
        ..office
    };
    let hall = programme("UTC", [], vec![closed]);
    assert_eq!(hall.dawn(0, at(&friday, "18:00")), None);
}
