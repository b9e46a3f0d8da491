//! The files themselves.

use std::collections::BTreeSet;

use yingbi::{
    document::{Encoding, decode},
    playlist::{self, PlaySource, Playlist, Priority, Zones},
    text::Compositor,
};

use super::{LIBRARY, LOBBY, WALL, column_of, files, items};
use crate::support::site::messages;

fn playlists() -> Vec<Playlist> {
    let files = files(&[".toml"]);
    let files = files
        .iter()
        .filter(|(name, _)| !name.contains('/') && name != "site.toml");
    files
        .map(|(name, bytes)| playlist::parse(name, bytes).value.unwrap())
        .collect()
}

#[test]
fn nothing_is_wrong_with_any_of_them() {
    assert_eq!(messages(LIBRARY.problems()), Vec::<String>::new());
}

#[test]
fn there_are_forty_items_and_more_in_nineteen_columns_on_two_screens() {
    let site = WALL.site();
    assert_eq!(site.screens.len(), 2);
    assert_eq!(site.columns.len(), 19);
    assert!(WALL.items().len() >= 40);
    for (item, _) in items() {
        assert!(column_of(&item.id).is_some(), "{}", item.file);
    }
    let filled: BTreeSet<&str> = items().map(|(item, _)| &*item.column).collect();
    for column in &site.columns {
        assert!(filled.contains(&*column.id), "{}", column.id);
        assert!(column.lifetime.is_some(), "{}", column.id);
    }
}

#[test]
fn every_zone_of_the_lobby_has_something_undated_at_every_hour() {
    let lobby = &WALL.site().screens[LOBBY];
    assert!(lobby.lit.is_empty(), "always lit");
    let undated = items().filter(|(_, term)| term.from.is_none() && term.until.is_none());
    let undated: BTreeSet<&str> = undated.map(|(item, _)| &*item.column).collect();
    let playlists = playlists();
    for zone in &lobby.zones {
        let plays_here = |playlist: &&Playlist| {
            let Zones::Named(zones) = &playlist.zones else {
                return false;
            };
            let on_lobby = playlist
                .screens
                .as_ref()
                .is_none_or(|screens| screens.iter().any(|screen| screen.name == lobby.id));
            let always = playlist.when.is_empty() && playlist.priority == Priority::Filler;
            always && on_lobby && zones.iter().any(|named| named.name == zone.id)
        };
        let lasts = |playlist: &Playlist| {
            playlist.plays.iter().any(|play| match &play.source {
                PlaySource::Clock => true,
                PlaySource::Column { column, .. } => undated.contains(&*column.name),
                PlaySource::Item(_) => false,
            })
        };
        assert!(playlists.iter().filter(plays_here).any(lasts), "{}", zone.id);
    }
}

#[test]
fn one_item_is_in_gbk_as_windows_writes_it() {
    let items = files(&[".md", ".txt"]);
    let decoded = items
        .iter()
        .map(|(name, bytes)| (name, decode(bytes).unwrap().encoding));
    let gbk: Vec<&String> = decoded
        .filter(|(_, encoding)| *encoding == Encoding::Gb18030)
        .map(|(name, _)| name)
        .collect();
    assert_eq!(gbk, ["items/notices/通知(最终版2).txt"]);
}

#[test]
fn every_character_has_a_glyph_and_the_rare_ones_are_among_them() {
    let texts = items().flat_map(|(item, _)| {
        let body = item.body.iter().map(|paragraph| &paragraph.text);
        body.chain([&item.title]).chain(&item.department).chain(&item.number)
    });
    let text: String = texts.map(|text| format!("{text}\n")).collect();
    assert_eq!(Compositor::default().missing(&text.replace('\n', "")), None);
    for rare in ['𬭎', '䶮', '堃', '𬬭', '𫟼', '㛃'] {
        assert!(text.contains(rare), "{rare}");
    }
}

#[test]
fn document_numbers_and_telephones_are_written_as_an_office_writes_them_and_lead_nowhere() {
    for (item, _) in items() {
        if let Some(number) = &item.number {
            let (head, tail) = number.split_once('〔').unwrap();
            let (year, tail) = tail.split_once('〕').unwrap();
            assert!(head.starts_with("示例"), "{number}");
            assert!(year.len() == 4 && year.parse::<u16>().is_ok(), "{number}");
            assert!(
                tail.strip_suffix('号')
                    .is_some_and(|count| count.parse::<u16>().is_ok()),
                "{number}"
            );
        }
        for paragraph in &item.body {
            let text = &*paragraph.text;
            let longest = text.split(|char: char| !char.is_ascii_digit()).map(str::len).max();
            let is_sample = text.contains("0000-0000");
            assert!(longest < Some(7) || is_sample, "{}: {text}", item.file);
            let is_half_width = |char| [',', ';', '?', '!', '(', ')', '"'].contains(&char);
            assert!(!text.contains(is_half_width), "{}: {text}", item.file);
        }
    }
}
