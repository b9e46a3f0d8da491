//! Every picture of a video is a frame of its clip, in order and once: by what is read in the frames, whatever wrote the file.

use std::fs::{self, File};

use tempfile::TempDir;
use yingbi::{
    clip::Footages as _,
    media::{FilmJob, Reels, film::Filmed, find_ffmpeg},
    stage::Rendition,
    units::{Digest, Rate, Size},
};

use super::{LIMITS, child, rendition};
use crate::support::videos::{PAIRS, Recipe, number, trembling};

/// How large the video is as it is seen.
fn upright(recipe: &Recipe<'_>) -> Size {
    let Size { width, height } = recipe.size;
    match recipe.turned {
        90 | 270 => Size::new(height, width),
        _ => Size::new(width, height),
    }
}

/// Which picture it is by a frame of its clip.
fn read(recipe: &Recipe<'_>, frame: &[u8]) -> Option<u16> {
    let (Size { width, height }, seen) = (recipe.size, upright(recipe));
    number(recipe.size, |x, y| {
        let (x, y) = match recipe.turned {
            90 => (height - 1 - y, x),
            180 => (width - 1 - x, height - 1 - y),
            _ => (x, y),
        };
        frame[3 * (y * seen.width + x) as usize + 1]
    })
}

/// Which pictures the clip shows of the video at that rate, frame by frame.
fn shown(recipe: &Recipe<'_>, hertz: u16) -> (Filmed, Vec<Option<u16>>) {
    let (folder, clip, ffmpeg) = (TempDir::new().unwrap(), Digest::of(b"clip"), find_ffmpeg());
    let rendition = Rendition {
        size: upright(recipe),
        rate: Rate::new(hertz).unwrap(),
        ..rendition(hertz)
    };
    let job = FilmJob {
        source: &File::open(recipe.file()).unwrap(),
        digest: Digest::of(&fs::read(recipe.file()).unwrap()),
        output: &File::create(Reels::file(folder.path(), clip)).unwrap(),
        rendition: &rendition,
        ffmpeg: ffmpeg.as_deref(),
        limits: LIMITS,
    };
    let filmed = child().film(&job, &mut |_| true);
    let filmed = filmed.unwrap_or_else(|fault| panic!("{}: {fault}", recipe.name));
    let footage = Reels::patient(folder.path()).open(clip).unwrap();
    let frames = (0..filmed.frames).map(|frame| {
        let mut seen = None;
        assert!(footage.show(frame, &mut |pixels| seen = read(recipe, pixels)));
        seen
    });
    let frames = frames.collect();
    (filmed, frames)
}

/// Whether its pictures are all seen for 1/25 s.
fn is_regular(recipe: &Recipe<'_>) -> bool {
    !recipe.name.contains("trembling")
}

#[test]
fn at_its_own_rate_every_picture_is_one_frame_of_the_clip_in_order() {
    if find_ffmpeg().is_none() {
        crate::support::videos::say_skipped();
        return;
    }
    let mut wrong = Vec::new();
    let regular: Vec<&Recipe<'_>> = PAIRS.iter().filter(|recipe| is_regular(recipe)).collect();
    assert!(regular.len() >= 14);
    for recipe in regular {
        let (filmed, frames) = shown(recipe, 25);
        let expected: Vec<Option<u16>> = (0..recipe.pictures).map(Some).collect();
        if frames != expected || filmed.original != upright(recipe) {
            wrong.push((recipe.name, filmed, frames));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn pictures_at_times_that_tremble_are_in_order_and_less_than_a_frame_from_their_times() {
    if find_ffmpeg().is_none() {
        crate::support::videos::say_skipped();
        return;
    }
    let recipe = PAIRS.iter().find(|recipe| !is_regular(recipe)).unwrap();
    for hertz in [25, 30, 50, 200] {
        let frames: Vec<u16> = shown(recipe, hertz).1.into_iter().map(Option::unwrap).collect();
        assert!(frames.is_sorted(), "{hertz}: {frames:?}");
        // In parts of 90,000 of a second.
        let length = 90_000 / u64::from(hertz);
        for (frame, number) in (0..).zip(&frames) {
            let number = u64::from(*number);
            assert!(trembling(number) < (frame + 1) * length, "{hertz} {frame}: {frames:?}");
            let is_last = number + 1 == u64::from(recipe.pictures);
            assert!(
                is_last || trembling(number + 1) + length > frame * length,
                "{hertz} {frame}: {frames:?}"
            );
        }
        // No two pictures are less than three parts of four of a frame apart there.
        let mut seen = frames;
        seen.dedup();
        assert!(hertz < 200 || seen.iter().copied().eq(0..recipe.pictures), "{seen:?}");
    }
}

#[test]
fn at_twice_its_rate_every_picture_is_two_frames() {
    if find_ffmpeg().is_none() {
        crate::support::videos::say_skipped();
        return;
    }
    let regular = PAIRS.iter().filter(|recipe| is_regular(recipe));
    let mut wrong = Vec::new();
    for recipe in regular.step_by(4) {
        let (_, frames) = shown(recipe, 50);
        let expected: Vec<Option<u16>> = (0..2 * recipe.pictures).map(|frame| Some(frame / 2)).collect();
        if frames != expected {
            wrong.push((recipe.name, frames));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
