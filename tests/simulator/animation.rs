//! APNG and GIF files, played by their libraries' decoders.

use proptest::prelude::*;
use yingbi::{
    diagnostic::Explain,
    frame::Frame,
    simulator::picture::{self, Look},
    units::{Rate, Size, Ticks},
};

use super::{frames, sizes};

/// A film: what is on the canvas, and for how many units of time.
type Film = Vec<(Vec<u8>, u64)>;

fn rate(hertz: u16) -> Rate {
    Rate::new(hertz).expect("a rate")
}

/// Puts `part` on `canvas`, `width` dots wide, at (`left`, `top`).
fn place(canvas: &mut [u8], width: usize, part: &[u8], part_width: usize, left: usize, top: usize) {
    for (y, row) in part.chunks_exact(part_width * 3).enumerate() {
        canvas[((top + y) * width + left) * 3..][..row.len()].copy_from_slice(row);
    }
}

/// The pictures of an APNG file, each with its delay as written.
pub(crate) fn play_apng(file: &[u8]) -> Vec<(Vec<u8>, (u16, u16))> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file))
        .read_info()
        .expect("a PNG file");
    let info = reader.info();
    let (width, control) = (info.width as usize, info.animation_control.expect("animated"));
    assert_eq!(control.num_plays, 0, "repeats without end");
    let mut canvas = vec![0; width * info.height as usize * 3];
    let mut buffer = vec![0; reader.output_buffer_size().expect("a size in memory")];
    (0..control.num_frames)
        .map(|_| {
            let part = reader.next_frame(&mut buffer).expect("as many frames as written");
            let fctl = *reader.info().frame_control.as_ref().expect("a frame's control");
            let bytes = &buffer[..part.width as usize * part.height as usize * 3];
            place(
                &mut canvas,
                width,
                bytes,
                part.width as usize,
                fctl.x_offset as usize,
                fctl.y_offset as usize,
            );
            (canvas.clone(), (fctl.delay_num, fctl.delay_den))
        })
        .collect()
}

/// The pictures of a GIF file, each with its delay in hundredths of a second.
fn play_gif(file: &[u8]) -> Film {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(file).expect("a GIF file");
    let (width, height) = (usize::from(decoder.width()), usize::from(decoder.height()));
    let mut canvas = vec![0; width * height * 3];
    let mut film = Film::new();
    while let Some(image) = decoder.read_next_frame().expect("a sound GIF file") {
        let dots: Vec<u8> = image
            .buffer
            .chunks_exact(4)
            .flat_map(|dot| [dot[0], dot[1], dot[2]])
            .collect();
        assert!(
            image.buffer.chunks_exact(4).all(|dot| dot[3] == 255),
            "nothing shines through"
        );
        place(
            &mut canvas,
            width,
            &dots,
            usize::from(image.width),
            usize::from(image.left),
            usize::from(image.top),
        );
        film.push((canvas.clone(), u64::from(image.delay)));
    }
    film
}

/// What is shown in each unit of time.
fn unroll(film: Film) -> Vec<Vec<u8>> {
    film.into_iter()
        .flat_map(|(picture, stay)| std::iter::repeat_n(picture, usize::try_from(stay).expect("short")))
        .collect()
}

fn films() -> impl Strategy<Value = Vec<(Frame, Ticks)>> {
    sizes().prop_flat_map(|size| {
        let frame = prop_oneof![2 => frames(size), 1 => Just(Frame::new(size))];
        proptest::collection::vec((frame, (1_i64..5).prop_map(Ticks)), 1..8)
    })
}

fn written(film: &[(Frame, Ticks)]) -> Film {
    film.iter()
        .map(|(frame, stay)| (frame.bytes().to_vec(), stay.0.unsigned_abs()))
        .collect()
}

proptest! {
    #[test]
    fn an_apng_shows_every_tick_as_it_was(film in films()) {
        let file = picture::apng(film.clone(), rate(25), Look::PLAIN).expect("a small film");
        let played: Film = play_apng(&file)
            .into_iter()
            .map(|(picture, (ticks, hertz))| {
                assert_eq!(hertz, 25);
                (picture, u64::from(ticks))
            })
            .collect();
        prop_assert!(played.windows(2).all(|pair| pair[0].0 != pair[1].0), "no picture stands there twice");
        prop_assert_eq!(unroll(played), unroll(written(&film)));
    }

    #[test]
    fn a_gif_of_few_colours_shows_every_fiftieth_of_a_second_as_it_was(film in films()) {
        let file = picture::gif(film.clone(), rate(50), Look::PLAIN).expect("a small film");
        let played: Film = play_gif(&file).into_iter().map(|(picture, stay)| (picture, stay / 2)).collect();
        prop_assert_eq!(unroll(played), unroll(written(&film)));
    }

    #[test]
    fn a_gif_of_any_rate_lasts_as_long_and_never_flickers(film in films(), hertz in 1_u16..=240) {
        let file = picture::gif(film.clone(), rate(hertz), Look::PLAIN).expect("a small film");
        let played = play_gif(&file);
        let ticks: i64 = film.iter().map(|(_, stay)| stay.0).sum();
        let expected = (ticks as f64 * 100.0 / f64::from(hertz)).round() as u64;
        prop_assert_eq!(played.iter().map(|(_, stay)| stay).sum::<u64>(), expected);
        let (_, all_but_last) = played.split_last().expect("at least one picture");
        prop_assert!(all_but_last.iter().all(|(_, stay)| *stay >= 2));
        prop_assert_eq!(&played.last().expect("one").0, film.last().expect("one").0.bytes());
    }
}

#[test]
fn a_gif_with_a_palette_for_each_change_is_exact_beyond_256_colours_in_all() {
    let size = Size::new(16, 16);
    let film: Vec<_> = (0..4_u8)
        .map(|nth| {
            let bytes = (0..=255).flat_map(|value| [value, nth, 7]).collect();
            (Frame::from_bytes(size, bytes).expect("256 LEDs"), Ticks(1))
        })
        .collect();
    let played = play_gif(&picture::gif(film.clone(), rate(10), Look::PLAIN).expect("a small film"));
    assert_eq!(
        unroll(played.into_iter().map(|(picture, _)| (picture, 1)).collect()),
        unroll(written(&film))
    );
}

#[test]
fn a_gif_of_more_than_256_colours_comes_near_them() {
    let size = Size::new(32, 32);
    let bytes: Vec<u8> = (0..1024_u32)
        .flat_map(|at| [(at % 32 * 8) as u8, (at / 32 * 8) as u8, 90])
        .collect();
    let frame = Frame::from_bytes(size, bytes.clone()).expect("1024 LEDs");
    let played = play_gif(&picture::gif([(frame, Ticks(5))], rate(50), Look::PLAIN).expect("a small film"));
    let off: u32 = played[0]
        .0
        .iter()
        .zip(&bytes)
        .map(|(a, b)| u32::from(a.abs_diff(*b)))
        .sum();
    let mean = off / bytes.len() as u32;
    assert!((1..10).contains(&mean), "a channel is off by {mean} in the mean");
}

#[test]
fn only_what_changes_is_written() {
    let before = Frame::new(Size::new(64, 64));
    let mut after = before.clone();
    after.row_mut(40)[30] = 200;
    let film = [(before, Ticks(10)), (after, Ticks(20))];
    let mut decoder = gif::DecodeOptions::new()
        .read_info(std::io::Cursor::new(
            picture::gif(film, rate(50), Look::PLAIN).expect("a small film"),
        ))
        .expect("a GIF file");
    decoder.read_next_frame().expect("sound").expect("the whole picture");
    let change = decoder.read_next_frame().expect("sound").expect("the change");
    assert_eq!((change.left, change.top, change.width, change.height), (10, 40, 1, 1));
    assert_eq!(change.delay, 40);
}

#[test]
fn frames_that_repeat_become_one_that_lasts() {
    let frame = Frame::new(Size::new(8, 4));
    let film = std::iter::repeat_n((frame, Ticks(1)), 500);
    let apng = play_apng(&picture::apng(film.clone(), rate(50), Look::PLAIN).expect("a small film"));
    assert_eq!(apng.iter().map(|(_, delay)| *delay).collect::<Vec<_>>(), [(500, 50)]);
    let gif = play_gif(&picture::gif(film, rate(50), Look::PLAIN).expect("a small film"));
    assert_eq!(gif.iter().map(|(_, stay)| *stay).collect::<Vec<_>>(), [1000]);
}

#[test]
fn a_day_of_one_picture_adds_up_although_no_field_holds_it() {
    let mut frame = Frame::new(Size::new(8, 4));
    frame.row_mut(1)[3] = 9;
    let day = Ticks(24 * 60 * 60 * 50);
    let apng = play_apng(&picture::apng([(frame.clone(), day)], rate(50), Look::PLAIN).expect("a small film"));
    assert_eq!(apng.iter().map(|(_, (ticks, _))| i64::from(*ticks)).sum::<i64>(), day.0);
    assert!(apng.iter().all(|(picture, _)| picture == frame.bytes()));
    let gif = play_gif(&picture::gif([(frame.clone(), day)], rate(50), Look::PLAIN).expect("a small film"));
    assert_eq!(gif.iter().map(|(_, stay)| stay).sum::<u64>(), 24 * 60 * 60 * 100);
    assert!(gif.iter().all(|(picture, _)| picture == frame.bytes()));
}

#[test]
fn an_animation_can_be_drawn_in_dots() {
    let mut frame = Frame::new(Size::new(6, 3));
    let mut film = vec![(frame.clone(), Ticks(2))];
    frame.row_mut(2)[5 * 3] = 255;
    film.push((frame.clone(), Ticks(2)));
    let look = Look::dots(6).expect("within range");
    let still = picture::png(&frame, look).expect("a small picture");
    let mut reader = png::Decoder::new(std::io::Cursor::new(still))
        .read_info()
        .expect("a PNG file");
    let mut expected = vec![0; reader.output_buffer_size().expect("a size in memory")];
    reader.next_frame(&mut expected).expect("one picture");
    let apng = play_apng(&picture::apng(film.clone(), rate(50), look).expect("a small film"));
    assert_eq!(apng.last().expect("two pictures").0, expected);
    let gif = play_gif(&picture::gif(film, rate(50), look).expect("a small film"));
    assert_eq!(gif.last().expect("two pictures").0, expected);
}

#[test]
fn the_same_frames_give_the_same_files() {
    let film = || {
        (0..12_u8).map(|nth| {
            let mut frame = Frame::new(Size::new(48, 32));
            frame
                .bytes_mut()
                .iter_mut()
                .enumerate()
                .for_each(|(at, byte)| *byte = (at as u8).wrapping_mul(nth | 1));
            (frame, Ticks(i64::from(nth) + 1))
        })
    };
    let look = Look::dots(4).expect("within range");
    assert_eq!(
        picture::apng(film(), rate(50), look),
        picture::apng(film(), rate(50), look)
    );
    assert_eq!(
        picture::gif(film(), rate(50), look),
        picture::gif(film(), rate(50), look)
    );
}

#[test]
fn no_frames_and_frames_of_two_sizes_are_refused() {
    let none = picture::apng([], rate(50), Look::PLAIN).expect_err("no frames");
    assert_eq!(
        (none.to_string(), none.chinese()),
        ("there is no frame to write".into(), "没有可写出的画面".into())
    );
    assert_eq!(picture::gif([], rate(50), Look::PLAIN).expect_err("no frames"), none);
    let film = [Size::new(4, 4), Size::new(4, 5)].map(|size| (Frame::new(size), Ticks(9)));
    let refused = picture::gif(film, rate(50), Look::PLAIN).expect_err("two sizes");
    assert_eq!(refused.to_string(), "frame 2 is 4x5, the first one is 4x4");
    assert_eq!(refused.chinese(), "第 2 帧为 4x5，与首帧 4x4 不一致");
}
