//! Items that come and go, and how one page gives way to the next.

use yingbi::{
    playlist::Priority::{Alert, Notice, Routine},
    programme::{PlannedPlaylist, Programme},
    units::{Tick, Ticks},
};

use super::hall::{DAY, at, dated, day, item, open, playlist, programme, story};

fn limited(limit: u32, playlist: PlannedPlaylist) -> PlannedPlaylist {
    let mut playlist = playlist;
    playlist.plays[0].limit = Some(limit);
    playlist
}

fn fading(playlist: PlannedPlaylist) -> PlannedPlaylist {
    let mut playlist = playlist;
    playlist.plays[0].transition = Ticks(3);
    playlist
}

#[test]
fn an_item_published_in_the_middle_of_a_page_waits_for_its_end_and_then_the_loop_begins_anew() {
    let day = day([playlist(
        Routine,
        [
            item('A', &[10]),
            item('B', &[10]),
            dated('C', "2026-05-15T08:00:13Z", ""),
        ],
    )]);
    assert_eq!(
        story(&day, "08:00", "08:01"),
        "08:00:00 A1, 08:00:10 B1, 08:00:20 A1, 08:00:30 B1, 08:00:40 C1, 08:00:50 A1"
    );
    assert_eq!(day.at(0, at(&day, "08:00:20")).unwrap().anchor, at(&day, "08:00:20"));
}

#[test]
fn an_item_published_on_a_boundary_counts_from_it_and_does_not_wait_for_what_has_just_been_shown() {
    let day = day([playlist(
        Routine,
        [
            item('A', &[10]),
            dated('C', "2026-05-15T08:00:10Z", "2026-05-15T08:00:30Z"),
        ],
    )]);
    assert_eq!(
        story(&day, "08:00", "08:00:40"),
        "08:00:00 A1, 08:00:10 C1, 08:00:20 A1, 08:00:30 A1"
    );
}

#[test]
fn an_item_is_in_force_at_the_first_tick_that_is_not_before_its_instant() {
    let published = ["2026-05-15T08:00:00Z", "2026-05-15T08:00:00.000000001Z"];
    let stories = published.map(|from| {
        story(
            &day([playlist(Routine, [dated('A', from, "")])]),
            "07:59:59",
            "08:00:02",
        )
    });
    assert_eq!(stories, ["07:59:59 -, 08:00:00 A1", "07:59:59 -, 08:00:01 A1"]);
    let expired = day([playlist(Alert, [dated('A', "", "2026-05-15T08:00:00.000000001Z")])]);
    assert_eq!(
        story(&expired, "07:59:59", "08:00:03"),
        "07:59:50 A1, 08:00:00 A1, 08:00:01 -"
    );
}

#[test]
fn an_item_that_expires_finishes_its_page() {
    let day = day([playlist(
        Routine,
        [dated('A', "", "2026-05-15T08:00:03Z"), item('B', &[10])],
    )]);
    assert_eq!(
        story(&day, "08:00", "08:00:30"),
        "08:00:00 A1, 08:00:10 B1, 08:00:20 B1"
    );
}

#[test]
fn when_the_last_notice_expires_the_routine_is_seen_from_the_end_of_its_page() {
    let day = day([
        playlist(Routine, [item('A', &[60])]),
        playlist(Notice, [dated('N', "2026-05-15T08:00:05Z", "2026-05-15T08:00:27Z")]),
    ]);
    assert_eq!(
        story(&day, "08:00", "08:01:30"),
        "08:00:00 A1, 08:00:05 N1, 08:00:15 N1, 08:00:25 N1, 08:00:35 A1, 08:01:00 A1"
    );
}

#[test]
fn an_alert_comes_changes_and_goes_at_once() {
    let day = day([
        playlist(Routine, [item('A', &[60])]),
        playlist(
            Alert,
            [
                dated('X', "2026-05-15T08:00:05Z", "2026-05-15T08:00:27Z"),
                dated('Y', "2026-05-15T08:00:12Z", "2026-05-15T08:00:24Z"),
            ],
        ),
    ]);
    assert_eq!(
        story(&day, "08:00", "08:01"),
        "08:00:00 A1, 08:00:05 X1, 08:00:12 Y1, 08:00:22 X1, 08:00:24 X1, 08:00:27 A1"
    );
}

#[test]
fn a_limit_lets_the_next_one_in_when_one_expires() {
    let items = [
        dated('A', "", "2026-05-15T08:00:05Z"),
        dated('B', "", ""),
        dated('C', "", ""),
        dated('D', "", ""),
    ];
    let day = day([limited(2, playlist(Routine, items))]);
    assert_eq!(
        story(&day, "08:00", "08:00:40"),
        "08:00:00 A1, 08:00:10 B1, 08:00:20 C1, 08:00:30 B1"
    );
}

#[test]
fn an_item_that_the_limit_keeps_out_changes_nothing() {
    let items = [item('A', &[7]), item('B', &[7]), dated('C', "2026-05-15T08:00:05Z", "")];
    let day = day([limited(2, playlist(Routine, items))]);
    assert_eq!(day.at(0, at(&day, "20:00")).unwrap().anchor, day.start());
}

#[test]
fn an_item_that_comes_and_goes_within_one_page_changes_nothing() {
    let items = [
        item('A', &[600]),
        dated('C', "2026-05-15T08:00:05Z", "2026-05-15T08:00:15Z"),
    ];
    let day = day([playlist(Routine, items)]);
    assert_eq!(day.at(0, at(&day, "20:00")).unwrap().anchor, day.start());
}

#[test]
fn a_page_knows_what_it_takes_the_place_of_for_as_long_as_its_transition() {
    let day = day([fading(playlist(Routine, [item('A', &[10, 10]), item('B', &[2])]))]);
    let outgoing = |time| day.at(0, at(&day, time)).unwrap().outgoing;
    let first = outgoing("00:00:20").unwrap();
    assert_eq!(
        (first.page, first.since, first.transition),
        (1, at(&day, "00:00:10"), Ticks(3))
    );
    // B stays for 2 s, less than its transition; then it goes out itself.
    assert!(outgoing("00:00:21").is_some());
    assert_eq!(outgoing("00:00:24").unwrap().material, item('B', &[]).material);
    assert_eq!(outgoing("00:00:25"), None);
    assert_eq!(day.next_change(at(&day, "00:00:22")), at(&day, "00:00:25"));
    assert_eq!(day.next_change(at(&day, "00:00:25")), at(&day, "00:00:32"));
}

#[test]
fn after_nothing_there_is_nothing_to_take_the_place_of() {
    let day = day([fading(open(
        playlist(Routine, [item('A', &[10])]),
        &[("08:00", "18:00")],
    ))]);
    assert_eq!(day.at(0, at(&day, "08:00")).unwrap().outgoing, None);
    assert!(day.at(0, at(&day, "08:00:10")).unwrap().outgoing.is_some());
}

#[test]
fn an_alert_cuts_in_and_the_routine_cuts_in_after_it_but_its_own_pages_do_not() {
    let day = day([
        fading(playlist(Routine, [item('A', &[60])])),
        fading(open(playlist(Alert, [item('X', &[10])]), &[("08:00", "08:00:20")])),
    ]);
    let outgoing = |time| {
        day.at(0, at(&day, time))
            .unwrap()
            .outgoing
            .map(|outgoing| outgoing.material)
    };
    assert_eq!(outgoing("08:00"), None);
    assert_eq!(outgoing("08:00:10"), Some(item('X', &[]).material));
    assert_eq!(outgoing("08:00:20"), None);
}

#[test]
fn cues_can_be_asked_for_in_part_and_include_those_that_reach_in() {
    let day = day([playlist(Routine, [item('A', &[10])])]);
    let ask = |from, until| {
        day.cues(0, at(&day, from), at(&day, until))
            .map(|cue| cue.since.since(day.start()).0)
    };
    assert_eq!(ask("00:00:05", "00:00:20").collect::<Vec<_>>(), [0, 10]);
    assert_eq!(ask("00:00:10", "00:00:21").collect::<Vec<_>>(), [10, 20]);
    assert_eq!(ask("00:00:10", "00:00:10").count(), 0);
    assert_eq!(day.cues(0, Tick(i64::MIN), Tick(i64::MAX)).count(), 8640);
}

/// A thousand items, of which one comes and one goes every minute, all day.
fn busy() -> Programme {
    let minute = |minute: i64| (jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_mins(minute)).to_string();
    let midnight = jiff::tz::TimeZone::UTC
        .to_timestamp(DAY.at(0, 0, 0, 0))
        .unwrap()
        .as_second()
        / 60;
    let items = (0..1440).map(|n| dated('A', &minute(midnight + n - 500), &minute(midnight + n + 500)));
    programme("UTC", [playlist(Routine, items.collect::<Vec<_>>())], Vec::new())
}

#[test]
fn a_day_of_many_changes_begins_anew_at_each_of_them() {
    let day = busy().compile(0, DAY);
    let mut anchors: Vec<Tick> = day.cues(0, day.start(), day.end()).map(|cue| cue.anchor).collect();
    anchors.dedup();
    assert_eq!(anchors.len(), 1440);
}
