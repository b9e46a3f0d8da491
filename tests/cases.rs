//! What the fuzzer has found, and what it starts from, played again; and some changes of each, the same in every run.

#[path = "fuzz/targets.rs"]
mod targets;

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
};

use crate::support::mistakes::mutant;

/// Plays every case of a target, and changes of them, so many in all.
fn play(target: &str, changes: u64, run: fn(&[u8])) {
    let folder = format!("{}/tests/fuzz/cases/{target}", env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() >= 4, "{target} has {} cases", paths.len());
    for (path, count) in paths.iter().zip(std::iter::repeat(changes / paths.len() as u64)) {
        let bytes = fs::read(path).unwrap();
        let mut played = Played(path, None);
        run(&bytes);
        for seed in 0..count {
            played.1 = Some(seed);
            run(&mutant(&bytes, seed));
        }
    }
}

/// What is being played: the case, and the number of its change. It is named where it fails.
struct Played<'a>(&'a Path, Option<u64>);

impl Drop for Played<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // If it cannot be said, the failure itself is still there.
            let _ = writeln!(io::stderr(), "{}, change {:?}", self.0.display(), self.1);
        }
    }
}

#[test]
fn every_case_of_bdf_holds() {
    play("bdf", 4_000, targets::bdf);
}

#[test]
fn every_case_of_pcf_holds() {
    play("pcf", 4_000, targets::pcf);
}

#[test]
fn every_case_of_a_strike_holds() {
    play("strike", 2_000, targets::strike);
}

#[test]
fn every_case_of_a_clip_holds() {
    play("clip", 3_000, targets::clip);
}

#[test]
fn every_case_of_a_single_glyph_holds() {
    play("glyph", 2_000, targets::glyph);
}

// Fault 21.
#[test]
fn every_case_of_a_plain_text_holds() {
    play("plain", 2_000, targets::plain);
}

// Fault 21.
#[test]
fn every_case_of_a_sheet_holds() {
    play("sheet", 2_000, targets::sheet);
}

// Fault 21.
#[test]
fn every_case_of_a_list_of_days_holds() {
    play("days", 2_000, targets::days);
}

#[test]
fn every_case_of_art_net_holds() {
    play("artnet", 4_000, targets::artnet);
}

#[test]
fn every_case_of_a_picture_in_plain_form_holds() {
    play("picture", 2_000, targets::picture);
}

// Fault 21, 79.
#[test]
fn every_case_of_a_settings_file_holds() {
    play("settings", 1_000, targets::settings);
}

#[test]
fn every_case_of_sacn_holds() {
    play("sacn", 4_000, targets::sacn);
}

#[test]
fn every_case_of_ddp_holds() {
    play("ddp", 4_000, targets::ddp);
}

#[test]
fn every_case_of_modules_holds() {
    play("modules", 4_000, targets::modules);
}

#[test]
fn every_case_of_what_a_card_shows_holds() {
    play("pages", 8_000, targets::pages);
}

#[test]
fn every_case_of_the_line_of_cards_holds() {
    play("onbon", 8_000, targets::onbon);
}

#[test]
fn every_case_of_a_virtual_card_holds() {
    play("card", 2_000, targets::card);
}
