//! Videos that are made when they are asked for, where `ffmpeg` is: what it makes is known for what it is, and decoded here as it decodes it.

use std::{env, fs, path::Path, process::Command};

use yingbi::media::film::{Container, FIRST, FilmFault, is_whole, sniff};

use super::{Listed, open, parsed, pictures};
use crate::support::videos::{PAIRS, has_ffmpeg, number};

#[test]
fn what_ffmpeg_writes_is_known_and_whole() {
    if !has_ffmpeg() {
        return;
    }
    for recipe in PAIRS {
        let bytes = fs::read(recipe.file()).unwrap();
        let container = sniff(&bytes[..bytes.len().min(FIRST)]).unwrap();
        let expected = match recipe.name.rsplit_once('.').unwrap().1 {
            "mp4" | "mov" | "3gp" => Container::Mov,
            "mkv" | "webm" => Container::Matroska,
            "avi" => Container::Avi,
            "wmv" => Container::Asf,
            "flv" => Container::Flv,
            "ts" => Container::MpegTs,
            "mpg" => Container::MpegPs,
            _ => Container::Gif,
        };
        assert_eq!(container, expected, "{}", recipe.name);
        let is_whole = is_whole(container, &mut std::io::Cursor::new(bytes)).unwrap();
        assert!(is_whole.unwrap_or(true), "{}", recipe.name);
    }
}

#[test]
fn what_is_built_in_needs_no_ffmpeg_and_all_else_is_named() {
    if !has_ffmpeg() {
        return;
    }
    let built_in = PAIRS.iter().filter(|recipe| {
        let mut decoder = match open(fs::read(recipe.file()).unwrap()) {
            Ok(decoder) => decoder,
            Err(FilmFault::Unknown { .. }) => return false,
            Err(fault) => panic!("{}: {fault}", recipe.name),
        };
        let (kept, end) = pictures(&mut *decoder);
        end.unwrap();
        assert_eq!(kept.len(), usize::from(recipe.pictures), "{}", recipe.name);
        if !recipe.name.ends_with("gif") {
            for (index, kept) in (0..).zip(&kept) {
                let light = |x, y| kept.pixels[(y * recipe.size.width + x) as usize];
                assert_eq!(number(recipe.size, light), Some(index), "{}", recipe.name);
            }
        }
        true
    });
    let names: Vec<&str> = built_in.map(|recipe| recipe.name).collect();
    let expected = [
        "h264.mp4",
        "h264-turned.mov",
        "h264-upside-down.mp4",
        "h264-trembling.mp4",
        "h264.3gp",
        "h264-odd.mp4",
        "moving.gif",
    ];
    assert_eq!(names, expected);
}

/// For footage of real telephones: `FILM_FOLDER=… cargo test --test integration -- --ignored films::others`.
#[test]
#[ignore = "looks at a folder of videos that it is told"]
fn videos_of_a_folder_are_decoded_as_ffmpeg_does() {
    let folder = env::var_os("FILM_FOLDER").expect("FILM_FOLDER names a folder of videos");
    let mut failures = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        count += 1;
        if let Err(why) = compared(&path) {
            failures.push(format!("{}: {why}", path.display()));
        }
    }
    assert!(
        failures.is_empty(),
        "{} of {count}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn compared(path: &Path) -> Result<(), String> {
    let mut decoder = open(fs::read(path).unwrap()).map_err(|fault| fault.to_string())?;
    let listed = listed(path);
    let (kept, end) = pictures(&mut *decoder);
    let same = kept
        .iter()
        .zip(&listed)
        .take_while(|(kept, listed)| kept.sum() == listed.sum)
        .count();
    let near = kept
        .iter()
        .zip(&listed)
        .all(|(kept, listed)| kept.at.abs_diff(listed.at).as_micros() < 2);
    if end.is_err() || same < listed.len() || kept.len() != listed.len() || !near {
        let (all, listed) = (kept.len(), listed.len());
        return Err(format!(
            "{same} same of {all}, {listed} listed, times are {near}, {end:?}"
        ));
    }
    Ok(())
}

/// What ffmpeg says of a video.
fn listed(path: &Path) -> Vec<Listed> {
    let options = "-an -vsync passthrough -enc_time_base -1 -f framehash -hash sha256 -";
    let output = Command::new("ffmpeg")
        .args(["-v", "error", "-nostdin", "-noautorotate", "-flags", "unaligned", "-i"])
        .arg(path)
        .args(options.split(' '))
        .output();
    parsed(&String::from_utf8(output.unwrap().stdout).unwrap())
}
