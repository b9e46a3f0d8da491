//! Samples in fragments (`moof`), as browsers, cameras and streaming services record: each fragment has its own little tables.

use super::{
    atoms::{atoms, child, i32_at, u32_at, u64_at},
    samples::{MOST_SAMPLES, Sample},
};
use crate::media::film::FilmFault;

/// What a sample has where its fragment does not say: `trex`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usual {
    lasts: u32,
    size: u32,
}

impl Usual {
    /// That of the track of that number.
    pub(super) fn of(moov: &[u8], track: u32) -> Self {
        let mvex = child(moov, b"mvex").unwrap_or_default();
        let trex = atoms(mvex).find(|(kind, body)| kind == b"trex" && u32_at(body, 4) == Some(track));
        let field = |at| trex.and_then(|(_, body)| u32_at(body, at)).unwrap_or(0);
        Self {
            lasts: field(12),
            size: field(16),
        }
    }
}

/// Adds the samples of a track in the fragment `moof`, whose head is at `begin` in the file.
pub(super) fn add(
    samples: &mut Vec<Sample>,
    clock: &mut i64,
    moof: &[u8],
    begin: u64,
    track: u32,
    usual: Usual,
) -> Result<(), FilmFault> {
    // Without a place of its own a run goes on where the one before it ended, of whatever track that was; who writes so has one track.
    let mut end = begin;
    for (kind, traf) in atoms(moof) {
        if kind != *b"traf" {
            continue;
        }
        let Some(tfhd) = child(traf, b"tfhd") else { continue };
        if u32_at(tfhd, 4) != Some(track) {
            continue;
        }
        let head = Head::of(tfhd, begin, usual).ok_or_else(broken)?;
        if let Some(time) = child(traf, b"tfdt").and_then(time) {
            *clock = time;
        }
        end = head.base.unwrap_or(end);
        for (_, trun) in atoms(traf).filter(|(kind, _)| kind == b"trun") {
            end = run(samples, clock, trun, &head, end).ok_or_else(broken)?;
        }
    }
    Ok(())
}

/// What holds for all samples of a track in a fragment: `tfhd`.
struct Head {
    base: Option<u64>,
    usual: Usual,
}

impl Head {
    fn of(tfhd: &[u8], begin: u64, usual: Usual) -> Option<Self> {
        let flags = u32_at(tfhd, 0)?;
        let mut at = 8;
        let mut field = |flag: u32, length: usize| {
            let here = at;
            (flags & flag != 0).then(|| {
                at += length;
                here
            })
        };
        let place = field(0x1, 8);
        let _description = field(0x2, 4);
        let lasts = field(0x8, 4);
        let size = field(0x10, 4);
        let is_of_fragment = flags & 0x02_0000 != 0;
        Some(Self {
            base: match place {
                Some(at) => Some(u64_at(tfhd, at)?),
                None => is_of_fragment.then_some(begin),
            },
            usual: Usual {
                lasts: lasts.map_or(Some(usual.lasts), |at| u32_at(tfhd, at))?,
                size: size.map_or(Some(usual.size), |at| u32_at(tfhd, at))?,
            },
        })
    }
}

fn time(tfdt: &[u8]) -> Option<i64> {
    let is_long = tfdt.first()? & 1 != 0;
    let time = if is_long {
        u64_at(tfdt, 4)?
    } else {
        u64::from(u32_at(tfdt, 4)?)
    };
    i64::try_from(time).ok()
}

/// Adds the samples of one run (`trun`), and says where it ends.
fn run(samples: &mut Vec<Sample>, clock: &mut i64, trun: &[u8], head: &Head, end: u64) -> Option<u64> {
    let flags = u32_at(trun, 0)?;
    let count = u32_at(trun, 4)?;
    let mut left = trun.get(8..)?;
    let mut place = end;
    if flags & 0x1 != 0 {
        place = end.checked_add_signed(i64::from(i32_at(left, 0)?))?;
        left = &left[4..];
    }
    if flags & 0x4 != 0 {
        left = left.get(4..)?;
    }
    for _ in 0..count {
        let mut field = |flag: u32| {
            if flags & flag == 0 {
                return Some(None);
            }
            let value = u32_at(left, 0)?;
            left = &left[4..];
            Some(Some(value))
        };
        let lasts = field(0x100)?.unwrap_or(head.usual.lasts);
        let size = field(0x200)?.unwrap_or(head.usual.size);
        let _flags = field(0x400)?;
        let offset = field(0x800)?.unwrap_or(0).cast_signed();
        if samples.len() >= MOST_SAMPLES {
            return None;
        }
        samples.push(Sample {
            at: place,
            size,
            time: clock.checked_add(i64::from(offset))?,
            lasts,
        });
        place = place.checked_add(u64::from(size))?;
        *clock = clock.checked_add(i64::from(lasts))?;
    }
    Some(place)
}

fn broken() -> FilmFault {
    FilmFault::unreadable("the table of its pictures: a fragment")
}
