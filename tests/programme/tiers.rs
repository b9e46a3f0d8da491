//! Priorities, loops and weights.

use yingbi::{
    playlist::Priority::{Alert, Campaign, Filler, Notice, Routine, Stop},
    programme::PlannedPlay,
    units::Ticks,
};

use super::hall::{at, day, item, open, play, playlist, round, story};

#[test]
fn nothing_planned_shows_nothing() {
    let day = day([]);
    assert_eq!(day.at(0, day.start()), None);
    assert_eq!(day.round(0, day.start()), None);
    assert_eq!(day.why(0, day.start()), None);
    assert_eq!(day.cues(0, day.start(), day.end()).count(), 0);
    assert_eq!(day.next_change(day.start()), day.end());
}

#[test]
fn playlists_of_one_priority_form_one_loop_in_path_order() {
    let day = day([
        playlist(Routine, [item('A', &[10, 5]), item('B', &[10])]),
        playlist(Routine, [item('C', &[5])]),
    ]);
    assert_eq!(
        story(&day, "00:00", "00:00:45"),
        "00:00:00 A1, 00:00:10 A2, 00:00:15 B1, 00:00:25 C1, 00:00:30 A1, 00:00:40 A2"
    );
}

#[test]
fn a_higher_priority_replaces_the_others_and_the_loop_goes_on_beneath_it() {
    let day = day([
        playlist(Routine, [item('A', &[10]), item('B', &[10])]),
        open(playlist(Notice, [item('N', &[60])]), &[("08:00:05", "08:00:32")]),
    ]);
    assert_eq!(
        story(&day, "08:00", "08:00:50"),
        "08:00:00 A1, 08:00:05 N1, 08:00:32 B1, 08:00:40 A1"
    );
}

#[test]
fn a_page_that_comes_back_has_come_on_now_and_begun_before() {
    let day = day([
        playlist(Routine, [item('A', &[60])]),
        open(playlist(Notice, [item('N', &[60])]), &[("08:00:05", "08:00:32")]),
    ]);
    let cue = day.at(0, at(&day, "08:00:40")).unwrap();
    assert_eq!(cue.since, at(&day, "08:00:32"));
    assert_eq!(cue.began, at(&day, "08:00"));
    assert_eq!(cue.until, at(&day, "08:01"));
    assert_eq!(cue.anchor, day.start());
}

#[test]
fn each_priority_gives_way_to_the_next() {
    let priorities = [Filler, Routine, Campaign, Notice, Alert, Stop];
    let windows = ["01:00", "02:00", "03:00", "04:00", "05:00", "06:00"];
    let playlists = priorities
        .into_iter()
        .zip(windows)
        .zip('A'..)
        .map(|((priority, start), letter)| open(playlist(priority, [item(letter, &[86_400])]), &[(start, "12:00")]));
    assert_eq!(
        story(&day(playlists.collect::<Vec<_>>()), "00:00", "13:00"),
        "00:00:00 -, 01:00:00 A1, 02:00:00 B1, 03:00:00 C1, 04:00:00 D1, 05:00:00 E1, 06:00:00 F1, 12:00:00 -"
    );
}

#[test]
fn a_heavy_entry_comes_at_even_distances() {
    let heavy = PlannedPlay {
        weight: 2,
        ..play([item('A', &[1])])
    };
    let mut list = playlist(Routine, []);
    list.plays = vec![
        heavy,
        play([item('B', &[1]), item('C', &[1]), item('D', &[1]), item('E', &[1])]),
    ];
    // A at 0 and 1/2; B, C, D, E at 1/5, 2/5, 3/5, 4/5.
    assert_eq!(round(&day([list]), "08:00"), "ABCADE");
}

#[test]
fn of_two_entries_at_one_place_the_earlier_comes_first() {
    let mut list = playlist(Routine, []);
    let heavy = PlannedPlay {
        weight: 2,
        ..play([item('C', &[1]), item('D', &[1])])
    };
    list.plays = vec![play([item('A', &[1]), item('B', &[1])]), heavy];
    // A 0, B 1/4; C 1/4 and 3/4; D 3/8 and 7/8.
    assert_eq!(round(&day([list]), "08:00"), "ABCDCD");
}

#[test]
fn a_round_tells_its_length_its_anchor_and_where_each_item_comes() {
    let day = day([open(
        playlist(Routine, [item('A', &[10, 5]), item('B', &[7])]),
        &[("08:00", "18:00")],
    )]);
    let round = day.round(0, at(&day, "12:34:56")).unwrap();
    assert_eq!(round.anchor, at(&day, "08:00"));
    assert_eq!(round.length, Ticks(22));
    let offsets: Vec<Ticks> = round.materials.iter().map(|(_, offset)| *offset).collect();
    assert_eq!(offsets, [Ticks(0), Ticks(15)]);
}

#[test]
fn a_round_is_told_whole_even_where_only_its_beginning_is_shown() {
    let items: Vec<_> = ('A'..='Z').map(|letter| item(letter, &[3600])).collect();
    let day = day([open(playlist(Routine, items), &[("08:00", "10:00")])]);
    assert_eq!(story(&day, "08:00", "10:00"), "08:00:00 A1, 09:00:00 B1");
    assert_eq!(round(&day, "08:00"), ('A'..='Z').collect::<String>());
}

#[test]
fn an_entry_without_pages_is_left_out_and_a_page_of_no_length_takes_a_tick() {
    let day = day([playlist(Routine, [item('A', &[]), item('B', &[0]), item('C', &[2])])]);
    assert_eq!(
        story(&day, "00:00", "00:00:04"),
        "00:00:00 B1, 00:00:01 C1, 00:00:03 B1"
    );
}
