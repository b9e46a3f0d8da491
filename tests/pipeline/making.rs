//! The whole way from decoded pictures to a clip.

use std::{
    io::{self, Write},
    time::Duration,
};

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use yingbi::{
    clip::{ClipFault, Head, Unpacker, verify},
    diagnostic::Explain as _,
    media::film::{About, FilmFault, Filmed, LONGEST, Progress, film},
    panel::Dither,
    site::Colour as Leds,
    stage::Rendition,
    units::{Digest, Size},
};

use super::{Reel, noise, on_one_bit, plain, reel, rendition};

const SIZE: Size = Size::new(32, 16);

fn source() -> Digest {
    Digest::of(b"the video's file")
}

/// What becomes of a video, and the clip's file.
fn made(mut reel: Reel, rendition: &Rendition) -> Result<(Filmed, Vec<u8>), FilmFault> {
    let mut clip = Vec::new();
    let filmed = film(&mut reel, rendition, source(), &mut clip, &mut |_| {})?;
    Ok((filmed, clip))
}

/// Why none is made.
fn refused(reel: Reel, rendition: &Rendition) -> FilmFault {
    let fault = made(reel, rendition).unwrap_err();
    assert!(!fault.chinese().is_ascii() && !fault.help().zh.is_ascii() && !fault.help().en.is_empty());
    fault
}

/// The frames of a clip, and how many pictures are stored for them.
fn frames(clip: &[u8]) -> (Head, Vec<Vec<u8>>, usize) {
    let read = |at: u64, into: &mut [u8]| -> Result<(), ClipFault> {
        into.copy_from_slice(&clip[at as usize..][..into.len()]);
        Ok(())
    };
    let opened = verify(clip.len() as u64, read).unwrap();
    let mut unpacker = Unpacker::new().unwrap();
    let frames = (0..opened.index.frames()).map(|frame| {
        let number = opened.index.picture(frame).unwrap();
        let stored = &opened.index.stored()[number as usize];
        let mut pixels = vec![0; opened.frame_bytes()];
        let packed = &clip[stored.at as usize..][..stored.length as usize];
        unpacker.unpack(packed, (number, stored), &mut pixels).unwrap();
        pixels
    });
    let frames = frames.collect();
    (opened.head, frames, opened.index.stored().len())
}

/// Pictures that differ, of calm colours.
fn pictures(count: u32) -> Vec<Vec<u8>> {
    let calm = |byte: u8| 100 + byte % 32;
    (0..count)
        .map(|number| noise(SIZE, number).into_iter().map(calm).collect())
        .collect()
}

#[test]
fn every_picture_of_a_video_is_a_frame_of_its_clip() {
    let pictures = pictures(30);
    let with_sound = Reel {
        about: About {
            has_sound: true,
            ..super::about(SIZE)
        },
        ..reel(SIZE, 25, pictures.clone())
    };
    let rendition = rendition(SIZE, 25);
    let (filmed, clip) = made(with_sound, &rendition).unwrap();
    let (head, frames, stored) = frames(&clip);
    assert!(frames == pictures && stored == 30);
    assert_eq!(
        head,
        Head {
            size: SIZE,
            rate: rendition.rate,
            source: source(),
            rendition: rendition.digest()
        }
    );
    assert_eq!((filmed.frames, filmed.original, filmed.had_sound), (30, SIZE, true));
    assert_eq!(filmed.codec, "test");
    // The same video gives the same clip.
    assert!(made(reel(SIZE, 25, pictures), &rendition).unwrap().1 == clip);
}

#[test]
fn a_video_of_another_rate_is_shown_at_the_screens() {
    let pictures = pictures(20);
    let (_, clip) = made(reel(SIZE, 25, pictures.clone()), &rendition(SIZE, 50)).unwrap();
    let (_, seen, stored) = frames(&clip);
    let twice: Vec<_> = pictures
        .iter()
        .flat_map(|picture| [picture.clone(), picture.clone()])
        .collect();
    assert!(seen == twice);
    // What is seen twice is stored once.
    assert_eq!(stored, 20);
    let (_, clip) = made(reel(SIZE, 50, pictures.clone()), &rendition(SIZE, 25)).unwrap();
    let (_, seen, _) = frames(&clip);
    let half: Vec<_> = pictures.iter().step_by(2).cloned().collect();
    assert!(seen == half);
}

#[test]
fn a_picture_that_stays_costs_nothing() {
    let still = pictures(1).remove(0);
    let (filmed, clip) = made(reel(SIZE, 25, vec![still.clone(); 500]), &rendition(SIZE, 25)).unwrap();
    let (_, seen, stored) = frames(&clip);
    assert_eq!((filmed.frames, seen.len(), stored), (500, 500, 1));
    assert!(seen.iter().all(|frame| *frame == still) && clip.len() < 4000);
}

#[test]
fn on_leds_of_one_bit_only_what_moves_changes() {
    // Shades from left to right, and a white bar that runs over them.
    let picture = |number: usize| -> Vec<u8> {
        let row = |y: usize| {
            (0..32_usize).flat_map(move |x| match y {
                4..8 if (number..number + 4).contains(&x) => [255; 3],
                _ => [(x * 8) as u8; 3],
            })
        };
        (0..16).flat_map(row).collect()
    };
    for dither in [Dither::Diffusion, Dither::Ordered] {
        let rendition = on_one_bit(rendition(SIZE, 25), Leds::Red, dither);
        let (_, clip) = made(reel(SIZE, 25, (0..20).map(picture)), &rendition).unwrap();
        let (_, seen, _) = frames(&clip);
        let mut lit = 0;
        for frame in &seen {
            for (led, [red, green, blue]) in frame.as_chunks::<3>().0.iter().enumerate() {
                assert!([0, 255].contains(red) && (*green, *blue) == (0, 0));
                lit += usize::from(*red == 255);
                let is_still = !(4..8).contains(&(led / 32));
                assert!(!is_still || *red == seen[0][led * 3], "LED {led} crawls");
            }
        }
        assert!((1000..6000).contains(&lit), "{lit} LEDs in 20 frames");
    }
}

#[test]
fn whoever_waits_hears_how_far_it_has_come() {
    let mut told = Vec::new();
    let about = About {
        duration: Some(Duration::from_millis(1200)),
        ..super::about(SIZE)
    };
    let mut reel = Reel {
        about,
        ..reel(SIZE, 25, pictures(30))
    };
    film(
        &mut reel,
        &rendition(SIZE, 25),
        source(),
        &mut io::sink(),
        &mut |progress| told.push(progress),
    )
    .unwrap();
    assert_eq!(
        told[0],
        Progress {
            done: Duration::ZERO,
            of: Some(Duration::from_millis(1200))
        }
    );
    assert!(told.is_sorted_by_key(|progress| progress.done));
}

#[test]
fn a_video_without_pictures_or_of_more_than_ten_minutes_is_refused() {
    let place = rendition(SIZE, 25);
    assert_eq!(refused(reel(SIZE, 25, []), &place), FilmFault::NoPictures);
    let lasts = LONGEST + Duration::from_millis(1);
    let says_so = Reel {
        about: About {
            duration: Some(lasts),
            ..super::about(SIZE)
        },
        ..reel(SIZE, 25, pictures(1))
    };
    assert_eq!(refused(says_so, &place), FilmFault::TooLong { lasts });
    // One that does not say so, but has a picture of then, or a last one that stays.
    let mut late = reel(SIZE, 25, pictures(2));
    late.shots[1].0 = lasts;
    assert_eq!(refused(late, &place), FilmFault::TooLong { lasts });
    let mut stays = reel(SIZE, 25, pictures(2));
    stays.shots[1].1 = Some(Duration::MAX);
    assert!(matches!(refused(stays, &place), FilmFault::TooLong { .. }));
    let mut whole = reel(SIZE, 25, pictures(2));
    whole.shots[1].0 = LONGEST - Duration::from_millis(40);
    assert_eq!(made(whole, &place).unwrap().0.frames, 15_000);
}

#[test]
fn a_video_that_flashes_is_refused_unless_somebody_owns_up_to_it() {
    let flashing = || {
        let colour = |frame: u32| {
            if (frame / 3).is_multiple_of(2) {
                Rgb888::BLACK
            } else {
                Rgb888::WHITE
            }
        };
        reel(SIZE, 25, (0..100).map(move |frame| plain(SIZE, colour(frame))))
    };
    let place = rendition(SIZE, 25);
    let FilmFault::Flashes { count, .. } = refused(flashing(), &place) else {
        panic!("another fault")
    };
    assert_eq!(count, 4);
    let owned = Rendition {
        may_flash: true,
        ..place
    };
    assert_eq!(made(flashing(), &owned).unwrap().0.frames, 100);
}

#[test]
fn noise_that_dithering_makes_of_a_camera_in_the_dark_is_no_flashing() {
    let grainy = |number| -> Vec<u8> {
        let grain = noise(SIZE, number);
        grain
            .chunks_exact(3)
            .flat_map(|pixel| [100 + pixel[0] % 40; 3])
            .collect()
    };
    for colour in [Leds::Red, Leds::Full] {
        let place = on_one_bit(rendition(SIZE, 25), colour, Dither::Ordered);
        let (filmed, clip) = made(reel(SIZE, 25, (0..100).map(grainy)), &place).unwrap();
        // It is noise on the LEDs, too.
        assert_eq!((filmed.frames, frames(&clip).2), (100, 100));
    }
}

/// A disk that is full after so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        if taken == 0 && !bytes.is_empty() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_disk_that_fills_up_is_told_wherever_it_does() {
    let place = rendition(SIZE, 25);
    let whole = made(reel(SIZE, 25, pictures(5)), &place).unwrap().1.len();
    for room in (0..whole).step_by(97).chain([whole - 1]) {
        let mut disk = Full(room);
        let end = film(
            &mut reel(SIZE, 25, pictures(5)),
            &place,
            source(),
            &mut disk,
            &mut |_| {},
        );
        assert!(matches!(end, Err(FilmFault::Unwritten { .. })), "{room} of {whole}");
    }
    assert!(
        film(
            &mut reel(SIZE, 25, pictures(5)),
            &place,
            source(),
            &mut Full(whole),
            &mut |_| {}
        )
        .is_ok()
    );
}

#[test]
fn a_picture_that_lacks_bytes_ends_the_work() {
    let mut pictures = pictures(3);
    pictures[1].truncate(100);
    assert!(matches!(
        refused(reel(SIZE, 25, pictures), &rendition(SIZE, 25)),
        FilmFault::Unreadable { .. }
    ));
}
