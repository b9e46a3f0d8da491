//! The sample site is in order: whoever starts from it starts from something that works.

use std::{collections::BTreeSet, fs, path::Path};

use yingbi::{
    calendar::{Calendar, Purpose},
    document::{Encoding, decode},
    item::{self, Item},
    playlist::{self, PlaySource, Playlist, Priority, Zones},
    site::{self, Site},
    text::{Strike, missing},
};

/// The files below `playlists` whose path ends so, each with its bytes.
fn files(ends: &[&str]) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("playlists");
    let mut folders = vec![root.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if ends.iter().any(|end| name.ends_with(end)) {
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn site() -> Site {
    let bytes = files(&["site.toml"]).remove(0).1;
    let parsed = site::parse("site.toml", &bytes);
    assert_eq!(parsed.diagnostics, []);
    parsed.value.unwrap()
}

fn items() -> Vec<Item> {
    let files = files(&[".md", ".txt"]);
    let files = files.iter().filter(|(name, _)| name.starts_with("items/"));
    files
        .map(|(name, bytes)| {
            let parsed = item::parse(name, bytes);
            assert_eq!(parsed.diagnostics, [], "{name}");
            parsed.value.unwrap()
        })
        .collect()
}

fn playlists() -> Vec<Playlist> {
    let files = files(&[".toml"]);
    let files = files
        .iter()
        .filter(|(name, _)| !name.contains('/') && name != "site.toml");
    files
        .map(|(name, bytes)| {
            let parsed = playlist::parse(name, bytes);
            assert_eq!(parsed.diagnostics, [], "{name}");
            parsed.value.unwrap()
        })
        .collect()
}

#[test]
fn every_file_is_read_without_a_problem() {
    assert_eq!(site().screens.len(), 2);
    assert!(items().len() >= 12);
    assert!(playlists().len() >= 4);
}

#[test]
fn every_name_leads_somewhere() {
    let (site, items) = (site(), items());
    let identities: BTreeSet<&str> = items.iter().map(|item| &*item.id).collect();
    assert_eq!(identities.len(), items.len());
    for item in &items {
        assert!(site.column(&item.column).is_some(), "{}", item.file);
    }
    for playlist in playlists() {
        let screens = playlist.screens.iter().flatten();
        assert!(
            screens.into_iter().all(|screen| site.screen(&screen.name).is_some()),
            "{}",
            playlist.file
        );
        for play in &playlist.plays {
            let found = match &play.source {
                PlaySource::Item(item) => identities.contains(&*item.name),
                PlaySource::Column { column, .. } => site.column(&column.name).is_some(),
                PlaySource::Clock => true,
            };
            assert!(found, "{}: {:?}", playlist.file, play.source);
        }
    }
}

#[test]
fn every_zone_of_the_lobby_has_something_undated_at_every_hour() {
    let (site, items, playlists) = (site(), items(), playlists());
    let lobby = site.screen("lobby").unwrap();
    assert!(lobby.lit.is_empty(), "always lit");
    let undated = |item: &&Item| item.published.is_none() && item.from.is_none() && item.until.is_none();
    let undated: BTreeSet<&str> = items.iter().filter(undated).map(|item| &*item.column).collect();
    for zone in &lobby.zones {
        let plays_here = |playlist: &&Playlist| {
            let Zones::Named(zones) = &playlist.zones else {
                return false;
            };
            let on_lobby = playlist
                .screens
                .as_ref()
                .is_none_or(|screens| screens.iter().any(|screen| &*screen.name == "lobby"));
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
fn the_strip_keeps_office_hours() {
    let site = site();
    let lit = &site.screen("strip").unwrap().lit;
    assert_eq!(lit.len(), 1);
    let zone = &site.timezone;
    let on = |date: &str| lit[0].occurrence(date.parse().unwrap(), &Calendar::plain(zone.clone()), Purpose::Light);
    let monday = on("2026-11-23").unwrap();
    assert_eq!(
        monday.start.to_zoned(zone.clone()).strftime("%H:%M").to_string(),
        "08:00"
    );
    assert_eq!(monday.end.to_zoned(zone.clone()).strftime("%H:%M").to_string(), "18:00");
    assert_eq!(on("2026-11-22"), None, "a Sunday");
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
    let items = items();
    let texts = items.iter().flat_map(|item| {
        let body = item.body.iter().map(|paragraph| &paragraph.text);
        body.chain([&item.title]).chain(&item.department).chain(&item.number)
    });
    let text: String = texts.map(|text| format!("{text}\n")).collect();
    assert_eq!(missing(&text.replace('\n', ""), Strike::sixteen()), None);
    for rare in ['𬭎', '䶮', '堃'] {
        assert!(text.contains(rare), "{rare}");
    }
}
