//! No item twice running, unless it is alone.

use yingbi::{
    playlist::Priority::Routine,
    programme::{Day, PlannedPlay, PlannedPlaylist},
};

use super::hall::{dated, day, item, play, playlist, round, story};

/// A play of these letters, ten seconds each, so often a round.
fn weighing(weight: u16, letters: &str) -> PlannedPlay {
    PlannedPlay {
        weight,
        ..play(letters.chars().map(|letter| item(letter, &[10])).collect::<Vec<_>>())
    }
}

fn day_of(plays: impl Into<Vec<PlannedPlay>>) -> Day {
    day([PlannedPlaylist {
        plays: plays.into(),
        ..playlist(Routine, [])
    }])
}

fn round_of(plays: impl Into<Vec<PlannedPlay>>) -> String {
    round(&day_of(plays), "08:00")
}

#[test]
fn two_items_take_turns_whatever_they_weigh() {
    assert_eq!(round_of([weighing(2, "A"), weighing(1, "B")]), "AB");
    assert_eq!(round_of([weighing(1, "B"), weighing(20, "A")]), "BA");
}

#[test]
fn a_weight_is_kept_wherever_there_is_enough_else_to_stand_between() {
    assert_eq!(round_of([weighing(1, "BC"), weighing(2, "A")]), "BACA");
    assert_eq!(round_of([weighing(1, "BCD"), weighing(3, "A")]), "BACADA");
    assert_eq!(round_of([weighing(5, "A"), weighing(1, "BC")]), "ABAC");
}

#[test]
fn an_item_of_two_plays_is_one_item() {
    assert_eq!(round_of([weighing(1, "ABC"), weighing(1, "A")]), "ABAC");
    assert_eq!(round_of([weighing(1, "AB"), weighing(1, "A")]), "AB");
    assert_eq!(round_of([weighing(1, "ABCD"), weighing(2, "D")]), "ADBDCD");
}

#[test]
fn an_item_that_is_alone_comes_again_and_again() {
    let day = day_of([weighing(3, "A"), weighing(1, "A")]);
    assert_eq!(round(&day, "08:00"), "A");
    assert_eq!(story(&day, "08:00", "08:00:20"), "08:00:00 A1, 08:00:10 A1");
}

#[test]
fn a_loop_that_changes_goes_on_with_another_item_than_was_just_shown() {
    let day = day([playlist(
        Routine,
        [
            item('A', &[10]),
            item('B', &[10]),
            dated('C', "2026-05-15T08:00:05Z", ""),
        ],
    )]);
    assert_eq!(
        story(&day, "08:00", "08:00:50"),
        "08:00:00 A1, 08:00:10 B1, 08:00:20 C1, 08:00:30 A1, 08:00:40 B1"
    );
    assert_eq!(round(&day, "08:00:30"), "BCA");
}

#[test]
fn a_round_of_thousands_keeps_its_weights_to_the_end() {
    let round = round_of([weighing(3, "A"), weighing(1, &"BC".repeat(999)), weighing(7, "D")]);
    let count = |letter| round.chars().filter(|other| *other == letter).count();
    assert_eq!(['A', 'B', 'C', 'D'].map(count), [3, 999, 999, 7]);
    let letters: Vec<char> = round.chars().chain(round.chars().next()).collect();
    assert!(letters.windows(2).all(|pair| pair[0] != pair[1]));
}
