//! The edit list of a track (`elst`): which parts of it are seen. Telephones cut a video by writing one.

use super::{
    atoms::{i32_at, inner, u32_at, u64_at},
    movie::broken,
};
use crate::media::film::FilmFault;

/// The most edits that are followed.
const MOST: usize = 1000;

/// A part of a track that is seen, in units of the track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    from: i64,
    /// Where it is over.
    pub(super) until: i64,
    /// How much later than in the track its pictures are seen.
    later: i64,
}

impl Edit {
    /// All of a track.
    const ALL: Self = Self {
        from: i64::MIN,
        until: i64::MAX,
        later: 0,
    };

    /// Whether it shows what the track has at that time.
    pub(super) const fn shows(&self, time: i64) -> bool {
        self.from <= time && time < self.until
    }

    /// When that time of the track is seen.
    pub(super) const fn moved(&self, time: i64) -> i64 {
        time.saturating_add(self.later)
    }
}

/// The edits of a track, in the order of time; its own units of `scale` a second, those of the movie of `movie` a second.
pub(super) fn edits(trak: &[u8], scale: u32, movie: u32) -> Result<Vec<Edit>, FilmFault> {
    let Some(elst) = inner(trak, &[b"edts", b"elst"]) else {
        return Ok(vec![Edit::ALL]);
    };
    let mut edits: Vec<Edit> = Vec::new();
    // How long all before it lasts, in units of the movie.
    let mut before = 0_i64;
    for (lasts, from) in entries(elst).take(MOST) {
        let until = before.saturating_add(lasts);
        if from >= 0 {
            let last = edits.last().map_or(i64::MIN, |edit| edit.until);
            if from < last {
                // A part that is seen twice, or parts that change places.
                return Err(FilmFault::Unknown {
                    codec: "MP4 edited (edit list)".into(),
                });
            }
            let length = in_track(lasts, scale, movie);
            edits.push(Edit {
                from,
                // Without a length, to the end.
                until: if lasts == 0 {
                    i64::MAX
                } else {
                    from.saturating_add(length)
                },
                later: in_track(before, scale, movie).saturating_sub(from),
            });
        }
        before = until;
    }
    if edits.is_empty() {
        edits.push(Edit::ALL);
    }
    Ok(edits)
}

/// The length of each edit in units of the movie, and where it begins in the track: -1 for what is empty.
fn entries(elst: &[u8]) -> impl Iterator<Item = (i64, i64)> {
    let is_long = elst.first().is_some_and(|version| *version == 1);
    let width = if is_long { 20 } else { 12 };
    let count = u32_at(elst, 4).unwrap_or(0) as usize;
    let table = elst.get(8..).unwrap_or_default();
    table.chunks_exact(width).take(count).filter_map(move |entry| {
        if is_long {
            Some((i64::try_from(u64_at(entry, 0)?).ok()?, u64_at(entry, 8)?.cast_signed()))
        } else {
            Some((i64::from(u32_at(entry, 0)?), i64::from(i32_at(entry, 4)?)))
        }
    })
}

fn in_track(time: i64, scale: u32, movie: u32) -> i64 {
    let time = i128::from(time) * i128::from(scale);
    // To the nearest unit, as ffmpeg does.
    let half = i128::from(movie) / 2;
    i64::try_from((time + half) / i128::from(movie.max(1))).unwrap_or(i64::MAX)
}

/// The number of units a second that `mvhd` or `mdhd` has.
pub(super) fn scale(head: &[u8]) -> Result<u32, FilmFault> {
    let at = if head.first() == Some(&1) { 20 } else { 12 };
    let scale = u32_at(head, at).filter(|scale| *scale > 0);
    scale.ok_or_else(|| broken("its time"))
}
