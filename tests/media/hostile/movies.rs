//! MP4s whose boxes and parameter sets lie.

use super::{
    Hostile,
    boxes::{Claims, MODEST, atom, atom_claiming, avcc, changed, patched, sps, table, with_avcc},
    good, hostile,
};

const MOST: u32 = u32::MAX;

pub(super) fn all() -> Vec<Hostile> {
    let good = good("baseline.mp4");
    let named = |(name, bytes): (&str, Vec<u8>)| hostile(format!("{name}.mp4"), bytes);
    [
        tables(&good),
        lengths(&good),
        heads(&good),
        parameters(&good),
        fragments(&good),
    ]
    .into_iter()
    .flatten()
    .map(named)
    .collect()
}

/// The tables of samples.
fn tables(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let with = |kind, numbers: &[u32]| changed(good, kind, &|_| table(kind, numbers));
    let many = |kind, entry: &[u32], count: u32| {
        let mut numbers = vec![count];
        (0..count).for_each(|_| numbers.extend(entry));
        with(kind, &numbers)
    };
    let with_after = |kind, more: &[u8]| changed(good, kind, &|whole| [whole, more].concat());
    let backwards = [&[30][..], &[1, 0x8000_0000, 1, 0x7fff_ffff].repeat(15)].concat();
    let far = [&[0, 0, 0, 0][..], &1_u32.to_be_bytes(), &(u64::MAX / 2).to_be_bytes()].concat();
    vec![
        ("stsz-count", with(b"stsz", &[0, MOST])),
        ("stsz-same-size", with(b"stsz", &[1, MOST])),
        ("stsz-gigabytes-each", with(b"stsz", &[0x7fff_ffff, 30])),
        ("stsz-empty-samples", with(b"stsz", &[0, 3, 0, 0, 0])),
        ("stsz-none", with(b"stsz", &[0, 0])),
        ("stsz-a-million-of-nothing", many_sizes(good)),
        ("stts-count", with(b"stts", &[MOST, 1, 512])),
        ("stts-million", many(b"stts", &[1, 512], 1_000_000)),
        ("stts-one-for-all", with(b"stts", &[1, MOST, 1])),
        ("stts-all-at-once", with(b"stts", &[1, 30, 0])),
        ("stts-years", with(b"stts", &[1, 30, MOST])),
        ("stts-gone", changed(good, b"stts", &|_| Vec::new())),
        (
            "ctts-negative",
            with_after(b"stts", &table(b"ctts", &[1, 30, 0x8000_0000])),
        ),
        ("ctts-thrown-about", with_after(b"stts", &table(b"ctts", &backwards))),
        ("ctts-count", with_after(b"stts", &table(b"ctts", &[MOST, 1, 0]))),
        ("stsc-samples", with(b"stsc", &[1, 1, MOST, 1])),
        ("stsc-chunk-none", with(b"stsc", &[1, 0, 30, 1])),
        ("stsc-backwards", with(b"stsc", &[2, 9, 1, 1, 3, 1, 1])),
        ("stsc-entry", with(b"stsc", &[1, 1, 30, MOST])),
        ("stsc-million", many(b"stsc", &[1, 1, 1], 1_000_000)),
        ("stco-beyond", with(b"stco", &[1, MOST])),
        ("stco-count", with(b"stco", &[MOST, 48])),
        ("stco-itself", with(b"stco", &[1, 0])),
        ("co64-beyond", changed(good, b"stco", &|_| atom(b"co64", &far))),
        ("stss-count", with(b"stss", &[MOST, 1])),
        ("elst-five-thousand", many(b"elst", &[2, 0, 0x1_0000], 5_000)),
        ("elst-before", with(b"elst", &[1, 1200, 0x8000_0000, 0x1_0000])),
        (
            "elst-waits-for-weeks",
            with(b"elst", &[2, MOST, MOST, 0x1_0000, 1200, 0, 0x1_0000]),
        ),
        ("elst-stands-still", with(b"elst", &[1, MOST, 0, 0])),
    ]
}

/// A movie of a second that is seen a million times over: weeks of work for whoever follows it.
pub(super) fn endless() -> Hostile {
    let mut numbers = vec![1_000_000];
    (0..1_000_000).for_each(|_| numbers.extend([1_200, 0, 0x1_0000]));
    let bytes = changed(&good("baseline.mp4"), b"elst", &|_| table(b"elst", &numbers));
    hostile("elst-million.mp4", bytes)
}

/// A million samples of one byte each.
fn many_sizes(good: &[u8]) -> Vec<u8> {
    changed(good, b"stsz", &|_| {
        let numbers: Vec<u32> = [0, 1_000_000].into_iter().chain((0..1_000_000).map(|_| 1)).collect();
        table(b"stsz", &numbers)
    })
}

/// Lengths of boxes, and boxes in boxes.
fn lengths(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let claim = |kind, length: u32| patched(good, kind, 0, &length.to_be_bytes());
    let large = |kind, length: u64| {
        changed(good, kind, &|whole| {
            [&atom_claiming(1, kind, &length.to_be_bytes())[..], &whole[8..]].concat()
        })
    };
    let moov = good.windows(4).position(|word| word == b"moov").unwrap() - 4;
    let nested = |kind: &[u8; 4], depth: u32| {
        let nest = (1..=depth)
            .rev()
            .flat_map(|left| [(left * 8).to_be_bytes(), *kind].concat());
        [&good[..moov], &nest.collect::<Vec<u8>>()].concat()
    };
    let traks = changed(good, b"trak", &|whole| whole.repeat(2_000));
    vec![
        ("moov-zero", claim(b"moov", 0)),
        ("moov-one", claim(b"moov", 1)),
        ("moov-seven", claim(b"moov", 7)),
        ("moov-gigabytes", claim(b"moov", MOST)),
        ("moov-2-63", large(b"moov", 1 << 63)),
        ("moov-2-64", large(b"moov", u64::MAX)),
        ("moov-large-but-none", large(b"moov", 0)),
        ("mdat-2-63", large(b"mdat", 1 << 63)),
        ("trak-zero", claim(b"trak", 0)),
        ("trak-gigabytes", claim(b"trak", 0xF000_0000)),
        ("stbl-one", claim(b"stbl", 1)),
        ("stsd-three", claim(b"stsd", 3)),
        ("deep-moov", nested(b"moov", 200_000)),
        (
            "deep-trak",
            [&nested(b"trak", 100_000)[..], &atom(b"moov", &[])].concat(),
        ),
        (
            "deep-within",
            changed(good, b"trak", &|_| nested(b"trak", 100_000)[moov..].to_vec()),
        ),
        ("two-thousand-tracks", traks),
        ("moov-twice", [good, &good[moov..]].concat()),
        (
            "a-million-free",
            [&good[..32], &atom(b"free", &[]).repeat(1_000_000), &good[32..]].concat(),
        ),
        ("ftyp-alone", good[..32].to_vec()),
        ("moov-empty", [&good[..moov], &atom(b"moov", &[])].concat()),
        ("ftyp-gigabytes", claim(b"ftyp", 0x7fff_ffff)),
    ]
}

/// Heads of the movie and of its track.
fn heads(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    // Version 1: both times and the length take eight bytes.
    let long = |kind| {
        changed(good, kind, &|whole| {
            let mut content = vec![1, 0, 0, 0];
            content.extend([0; 16]);
            content.extend(&whole[20..24]);
            content.extend([0xFF; 8]);
            content.extend(&whole[28..]);
            atom(kind, &content)
        })
    };
    let matrix = |number: u32| patched(good, b"tkhd", 48, &number.to_be_bytes().repeat(9));
    let stsd = |at, bytes: &[u8]| patched(good, b"stsd", at, bytes);
    vec![
        ("timescale-none", patched(good, b"mdhd", 20, &[0; 4])),
        ("timescale-most", patched(good, b"mdhd", 20, &[0xFF; 4])),
        ("timescale-one", patched(good, b"mdhd", 20, &[0, 0, 0, 1])),
        ("movie-timescale-none", patched(good, b"mvhd", 20, &[0; 4])),
        ("duration-2-64", long(b"mvhd")),
        ("media-duration-2-64", long(b"mdhd")),
        (
            "sides-65535",
            patched(good, b"tkhd", 84, &[0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 0, 0]),
        ),
        ("entry-65535", stsd(48, &[0xFF; 4])),
        ("entry-no-sides", stsd(48, &[0; 4])),
        ("entries-most", stsd(12, &[0xFF; 4])),
        ("entries-none", stsd(12, &[0; 4])),
        ("entry-length-most", stsd(16, &[0xFF; 4])),
        ("entry-length-none", stsd(16, &[0; 4])),
        ("codec-unknown", stsd(20, b"evil")),
        ("codec-with-letters", stsd(20, b"\x1b[2J")),
        ("matrix-none", matrix(0)),
        ("matrix-most", matrix(0x7fff_ffff)),
        ("matrix-least", matrix(0x8000_0000)),
        ("sound-by-handler", patched(good, b"hdlr", 16, b"soun")),
    ]
}

/// Parameter sets of H.264, and the units of the pictures.
fn parameters(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let claiming = |claims: Claims, sides| with_avcc(good, &avcc(&[sps(claims)]), sides);
    let sized = |width, height, sides| {
        claiming(
            Claims {
                width,
                height,
                ..MODEST
            },
            sides,
        )
    };
    let set = |set: Vec<u8>| with_avcc(good, &avcc(&[set]), (128, 96));
    let whole = sps(MODEST);
    let units = |byte: u8| {
        let mut file = good.to_vec();
        // The length of the first unit of the first picture.
        file[48..52].fill(byte);
        file
    };
    vec![
        ("sps-16384x8640", sized(1024, 540, (16384, 8640))),
        ("sps-8192x8192", sized(512, 512, (8192, 8192))),
        ("sps-8192-said-to-be-small", sized(512, 512, (128, 96))),
        ("sps-a-line", sized(1 << 20, 1, (128, 96))),
        ("sps-most", sized(MOST - 1, MOST - 1, (128, 96))),
        ("sps-none", sized(0, 0, (128, 96))),
        ("sps-all-cropped", claiming(Claims { cropped: 64, ..MODEST }, (128, 96))),
        (
            "sps-cropped-by-most",
            claiming(
                Claims {
                    cropped: MOST - 1,
                    ..MODEST
                },
                (128, 96),
            ),
        ),
        (
            "sps-references",
            claiming(
                Claims {
                    references: MOST - 1,
                    ..MODEST
                },
                (128, 96),
            ),
        ),
        (
            "sps-bits",
            claiming(
                Claims {
                    bits: 4_000_000,
                    ..MODEST
                },
                (128, 96),
            ),
        ),
        ("sps-of-another-video", claiming(MODEST, (128, 96))),
        ("sps-cut", set(whole[..5].to_vec())),
        ("sps-zeros", set([&[0x67, 66, 0, 51][..], &[0; 60]].concat())),
        ("sps-ones", set([0x67, 66].into_iter().chain([0xFF; 200]).collect())),
        (
            "sps-empty-ones",
            with_avcc(good, &avcc(&vec![Vec::new(); 31]), (128, 96)),
        ),
        (
            "sps-thirty-one",
            with_avcc(good, &avcc(&vec![whole.clone(); 31]), (128, 96)),
        ),
        ("avcc-empty", with_avcc(good, &atom(b"avcC", &[]), (128, 96))),
        (
            "avcc-lengths",
            with_avcc(
                good,
                &atom(b"avcC", &[1, 66, 0, 30, 0xFF, 0xE1, 0xFF, 0xFF, 0x67]),
                (128, 96),
            ),
        ),
        ("avcc-gone", with_avcc(good, &[], (128, 96))),
        (
            "pixels-wide",
            with_avcc(good, &[&original_avcc(good)[..], &pasp(MOST, 1)].concat(), (128, 96)),
        ),
        (
            "pixels-high",
            with_avcc(good, &[&original_avcc(good)[..], &pasp(1, MOST)].concat(), (128, 96)),
        ),
        (
            "pixels-none",
            with_avcc(good, &[&original_avcc(good)[..], &pasp(0, 0)].concat(), (128, 96)),
        ),
        ("unit-length-most", units(0xFF)),
        ("unit-length-none", units(0)),
    ]
}

fn original_avcc(good: &[u8]) -> Vec<u8> {
    let at = good.windows(4).position(|word| word == b"avcC").unwrap() - 4;
    let length = u32::from_be_bytes(*good[at..].first_chunk().unwrap()) as usize;
    good[at..at + length].to_vec()
}

/// How wide and how high a pixel is.
fn pasp(width: u32, height: u32) -> Vec<u8> {
    atom(b"pasp", &[width.to_be_bytes(), height.to_be_bytes()].concat())
}

/// Fragments after the movie.
fn fragments(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    // Without a table of samples, and with fragments to come.
    let fragmented = |fragments: &[u8]| {
        let mvex = atom(b"mvex", &table(b"trex", &[1, 1, 512, 1, 0]));
        let no_sizes = changed(good, b"stsz", &|_| table(b"stsz", &[0, 0]));
        [
            &changed(&no_sizes, b"trak", &|whole| [whole, &mvex].concat())[..],
            fragments,
        ]
        .concat()
    };
    let moof = |count: u32| {
        let tfhd = table(b"tfhd", &[1]);
        let trun = table(b"trun", &[count]);
        atom(
            b"moof",
            &[table(b"mfhd", &[1]), atom(b"traf", &[tfhd, trun].concat())].concat(),
        )
    };
    vec![
        ("fragment-of-most", fragmented(&moof(MOST))),
        ("fragments-ten-thousand", fragmented(&moof(1_000).repeat(10_000))),
        ("fragment-of-nothing", fragmented(&atom(b"moof", &[]))),
        (
            "fragments-deep",
            fragmented(
                &(0..50_000)
                    .rev()
                    .flat_map(|left: u32| [(left * 8 + 8).to_be_bytes(), *b"moof"].concat())
                    .collect::<Vec<u8>>(),
            ),
        ),
    ]
}
