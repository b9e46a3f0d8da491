//! The samples of a track, and in which order and when their pictures are seen.

use std::time::Duration;

use super::edits::Edit;
use crate::media::film::{FilmFault, LONGEST};

/// The most samples that a track may have: ten minutes of 240 pictures a second.
pub(super) const MOST_SAMPLES: usize = 600 * 240;

/// One coded picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sample {
    /// Where it lies in the file.
    pub(super) at: u64,
    /// Its length in bytes.
    pub(super) size: u32,
    /// When it is seen, in units of its track.
    pub(super) time: i64,
    /// How long, in units of its track; 0 where that is not known.
    pub(super) lasts: u32,
}

/// One picture as it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// The number of its sample.
    pub(super) sample: u32,
    /// When, from the beginning of the video.
    pub(super) at: Duration,
    /// How long.
    pub(super) lasts: Option<Duration>,
}

/// Which samples are seen, in the order in which they are: the first one at 0, as `ffmpeg` does. Samples that no edit shows are needed to decode
/// those that one does, and not seen themselves.
pub(super) fn seen(samples: &[Sample], edits: &[Edit], scale: u32) -> Result<Vec<Seen>, FilmFault> {
    let mut order: Vec<(i64, u32, i64)> = Vec::with_capacity(samples.len());
    for (index, sample) in (0..).zip(samples) {
        let edit = edits.iter().find(|edit| edit.shows(sample.time));
        let Some(edit) = edit else { continue };
        // What an edit cuts short is seen no longer than the edit lasts.
        let over = sample.time.saturating_add(i64::from(sample.lasts)).min(edit.until);
        let (time, over) = (edit.moved(sample.time), edit.moved(over));
        order.push((time, index, over));
    }
    order.sort_unstable();
    let begin = order.first().ok_or(FilmFault::NoPictures)?.0;
    let at = |time: i64| duration(time.saturating_sub(begin), scale);
    let nexts = order.iter().skip(1).map(|(time, ..)| Some(*time)).chain([None]);
    let seen: Vec<Seen> = order
        .iter()
        .zip(nexts)
        .map(|(&(time, sample, over), next)| {
            let is_known = next.is_some() || over > time;
            let lasts = at(next.unwrap_or(over)).saturating_sub(at(time));
            Seen {
                sample,
                at: at(time),
                lasts: is_known.then_some(lasts),
            }
        })
        .collect();
    let lasts = lasts(&seen);
    if lasts > LONGEST {
        return Err(FilmFault::TooLong { lasts });
    }
    Ok(seen)
}

/// How long they last together.
pub(super) fn lasts(seen: &[Seen]) -> Duration {
    let last = seen.last();
    last.map_or(Duration::ZERO, |last| last.at + last.lasts.unwrap_or_default())
}

/// So many units, of which `scale` make a second, rounded down to the nanosecond.
fn duration(units: i64, scale: u32) -> Duration {
    const NANOSECONDS: u128 = 1_000_000_000;
    let units = u128::try_from(units).unwrap_or(0);
    let nanoseconds = units * NANOSECONDS / u128::from(scale.max(1));
    Duration::from_nanos(u64::try_from(nanoseconds).unwrap_or(u64::MAX / 4))
}
