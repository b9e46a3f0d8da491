//! What is written is what the table in the module says, and opens with any tool that knows zstd.

use std::io::Read as _;

use proptest::prelude::*;
use yingbi::{
    clip::{Clip, Unpacker, Writer},
    units::Digest,
};

use super::{
    clip, frames, head, open, verified,
    walk::{crc, number, walk},
    written,
};

/// Frames of 3 x 2 as letters stand for pictures.
fn lettered(letters: &str) -> Vec<Vec<u8>> {
    letters
        .bytes()
        .map(|letter| (0..18).map(|at| letter.wrapping_mul(at)).collect())
        .collect()
}

#[test]
fn a_clip_has_the_bytes_that_the_table_says() {
    let frames = [
        [255, 0, 0, 0, 255, 0],
        [255, 0, 0, 0, 255, 0],
        [0, 0, 255, 255, 255, 255],
    ];
    let bytes = clip(&head(2, 1), &frames.map(Vec::from));
    let golden = [
        // The head: 2 x 1, 25 frames a second.
        "502a4d18 54000000 5942434c49500001 02000000 01000000 19000000",
        &Digest::of(b"video").to_string(),
        &Digest::of(b"rendition").to_string(),
        // Two pictures, too small to be packed smaller.
        "28b52ffd 20 06 310000 ff000000ff00",
        "28b52ffd 20 06 310000 0000ffffffff",
        // Three frames, two pictures: where, how long, sum, first frame, what stands for it.
        "512a4d18 44000000 5942494e44580001 03000000 02000000",
        "5c00000000000000 0f000000 40389db7 00000000 00000000",
        "6b00000000000000 0f000000 1d4ec61e 02000000 00000000",
        "671d3c4d",
        // The table: head, two pictures, index.
        "5e2a4d18 29000000 5c000000 00000000 0f000000 06000000 0f000000 06000000 4c000000 00000000",
        "04000000 00 b1ea928f",
    ];
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(hex, golden.concat().replace(' ', ""));
}

#[test]
fn the_whole_file_unpacks_to_its_stored_pictures_with_any_tool() {
    let frames = frames(7, 40 * 30 * 3);
    let bytes = clip(&head(40, 30), &frames);
    let mut unpacked = Vec::new();
    zstd::stream::read::Decoder::new(&*bytes)
        .unwrap()
        .read_to_end(&mut unpacked)
        .unwrap();
    assert_eq!(unpacked, frames.concat());
}

#[test]
fn equal_frames_in_a_row_are_stored_once() {
    let (bytes, summary) = written(&head(3, 2), &lettered("aaabbca"));
    assert_eq!(
        (summary.frames, summary.stored, summary.length),
        (7, 4, bytes.len() as u64)
    );
    let Clip { index, .. } = verified(&bytes).unwrap();
    let pictures: Vec<_> = (0..8).map(|frame| index.picture(frame)).collect();
    assert_eq!(
        pictures,
        [Some(0), Some(0), Some(0), Some(1), Some(1), Some(2), Some(3), None]
    );
    assert_eq!(
        (index.shown(0), index.shown(2), index.shown(3), index.shown(4)),
        (0..3, 5..6, 6..7, 7..7)
    );
    assert_eq!(index.contents(), summary.contents);
}

#[test]
fn a_bad_picture_is_stood_for_by_the_nearest_before_it_and_the_first_by_the_next() {
    let bytes = clip(&head(3, 2), &lettered("abcd"));
    let index = open(&bytes).unwrap().index;
    let stand_ins = |picture| index.stand_ins(picture).collect::<Vec<u32>>();
    assert_eq!(stand_ins(0), [1, 2, 3]);
    assert_eq!(stand_ins(2), [1, 0, 3]);
    assert_eq!(stand_ins(3), [2, 1, 0]);
}

#[test]
fn contents_have_one_name_whatever_they_were_made_of_and_another_when_anything_is_shown_otherwise() {
    let name = |letters, width, height| written(&head(width, height), &lettered(letters)).1.contents;
    assert_eq!(name("aab", 3, 2), name("aab", 3, 2));
    for other in [
        name("abb", 3, 2),
        name("aa", 3, 2),
        name("aab", 2, 3),
        name("aac", 3, 2),
    ] {
        assert_ne!(name("aab", 3, 2), other);
    }
}

#[test]
fn a_frame_of_another_size_no_frame_and_a_size_of_no_clip_are_refused() {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out, &head(3, 2)).unwrap();
    assert!(writer.frame(&[0; 17]).is_err() && writer.frame(&[0; 19]).is_err());
    assert!(writer.finish().is_err());
    for (width, height) in [(0, 1), (1, 0), (8193, 1), (8192, 8192)] {
        assert!(
            Writer::new(&mut out, &head(width, height)).is_err(),
            "{width} x {height}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Runs of equal frames, of a few kinds, so that some come back later.
    #[test]
    fn a_walk_over_the_file_finds_what_the_index_says(
        (width, height) in (1_u32..20, 1_u32..20),
        runs in prop::collection::vec((0_u8..4, 1_usize..5), 1..12),
    ) {
        let bytes = (width * height * 3) as usize;
        let kinds = frames(4, bytes);
        let frames: Vec<Vec<u8>> = runs.iter().flat_map(|(kind, count)| vec![kinds[usize::from(*kind)].clone(); *count]).collect();
        let (file, summary) = written(&head(width, height), &frames);
        let walked = walk(&file);
        let Clip { head: found, index } = verified(&file).unwrap();
        prop_assert_eq!(found, head(width, height));
        prop_assert_eq!(index.frames() as usize, frames.len());
        prop_assert_eq!(index.stored().len(), walked.pictures.len());
        prop_assert_eq!(summary.contents, Digest::of(&walked.index));
        let covered = [&walked.head[..], &walked.index[..walked.index.len() - 4]].concat();
        prop_assert_eq!(crc(&covered), number(&walked.index, walked.index.len() - 4));
        // The table: the head, the pictures, the index, each with its length packed and unpacked.
        let lengths: Vec<u32> = (0..walked.pictures.len() + 2).map(|entry| number(&walked.table, 8 * entry)).collect();
        prop_assert_eq!(u64::from(lengths.iter().sum::<u32>()), file.len() as u64 - 8 - walked.table.len() as u64);
        let mut unpacker = Unpacker::new().unwrap();
        let mut pixels = vec![0; bytes];
        let mut shown = Vec::new();
        for (number, (stored, (at, packed))) in (0..).zip(index.stored().iter().zip(&walked.pictures)) {
            prop_assert_eq!((stored.at, stored.length as usize, stored.sum), (*at, packed.len(), crc(packed)));
            prop_assert_eq!(lengths[number as usize + 1], stored.length);
            unpacker.unpack(packed, (number, stored), &mut pixels).unwrap();
            prop_assert_eq!(&zstd::decode_all(&packed[..]).unwrap(), &pixels);
            shown.extend(index.shown(number).map(|_| pixels.clone()));
        }
        prop_assert_eq!(&shown, &frames);
        for (frame, pixels) in (0..).zip(&frames) {
            let (_, packed) = &walked.pictures[index.picture(frame).unwrap() as usize];
            prop_assert_eq!(&zstd::decode_all(&packed[..]).unwrap(), pixels);
        }
    }
}
