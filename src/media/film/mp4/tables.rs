//! The tables of a track (`stbl`): where each of its samples lies, how long it is, when it is seen.
//!
//! The tables are read where they lie; what they claim is followed for no more samples than ten minutes of video can have.

use super::{
    atoms::{child, i32_at, u32_at, u64_at},
    samples::{MOST_SAMPLES, Sample},
};
use crate::media::film::FilmFault;

/// The samples of a track by its `stbl`, in the order in which they are decoded. None where its samples are in fragments.
pub(super) fn samples(stbl: &[u8]) -> Result<Vec<Sample>, FilmFault> {
    let (count, one_size, sizes) = sizes(stbl).ok_or_else(|| broken("sizes"))?;
    if count > MOST_SAMPLES {
        return Err(broken("more pictures than ten minutes can have"));
    }
    let mut places = Places::of(stbl).ok_or_else(|| broken("places"))?;
    let mut durations = Runs::of(child(stbl, b"stts"));
    let mut offsets = Runs::of(child(stbl, b"ctts"));
    let mut time = 0_i64;
    let mut samples = Vec::with_capacity(count);
    for index in 0..count {
        let size = match one_size {
            0 => u32_at(sizes, 4 * index).ok_or_else(|| broken("sizes"))?,
            size => size,
        };
        let at = places.next(size).ok_or_else(|| broken("places"))?;
        let lasts = durations.next().map_or(0, i32::cast_unsigned);
        let offset = offsets.next().unwrap_or(0);
        samples.push(Sample {
            at,
            size,
            time: time + i64::from(offset),
            lasts,
        });
        time += i64::from(lasts);
    }
    Ok(samples)
}

/// How many there are, the size of each, or else the table of sizes.
fn sizes(stbl: &[u8]) -> Option<(usize, u32, &[u8])> {
    let stsz = child(stbl, b"stsz")?;
    let count = usize::try_from(u32_at(stsz, 8)?).ok()?;
    Some((count, u32_at(stsz, 4)?, stsz.get(12..)?))
}

/// A table of runs: so many times that value.
struct Runs<'a> {
    left: &'a [u8],
    times: u32,
    value: i32,
}

impl<'a> Runs<'a> {
    fn of(table: Option<&'a [u8]>) -> Self {
        Self {
            left: table.and_then(|table| table.get(8..)).unwrap_or_default(),
            times: 0,
            value: 0,
        }
    }

    fn next(&mut self) -> Option<i32> {
        while self.times == 0 {
            self.times = u32_at(self.left, 0)?;
            self.value = i32_at(self.left, 4)?;
            self.left = &self.left[8..];
        }
        self.times -= 1;
        Some(self.value)
    }
}

/// Where the samples lie: chunk after chunk, and in a chunk one after the other.
struct Places<'a> {
    /// `stsc`: from which chunk on how many samples are in each.
    runs: &'a [u8],
    /// `stco` or `co64`: where the chunks begin.
    chunks: &'a [u8],
    is_long: bool,
    /// The chunk after this one, from 0.
    chunk: usize,
    /// Samples that this chunk still has.
    left: u32,
    /// Where the next sample lies.
    at: u64,
    /// Samples in each chunk of this run.
    each: u32,
}

impl<'a> Places<'a> {
    fn of(stbl: &'a [u8]) -> Option<Self> {
        let (chunks, is_long) = match child(stbl, b"co64") {
            Some(chunks) => (chunks, true),
            None => (child(stbl, b"stco")?, false),
        };
        Some(Self {
            runs: child(stbl, b"stsc")?.get(8..)?,
            chunks: chunks.get(8..)?,
            is_long,
            chunk: 0,
            left: 0,
            at: 0,
            each: 0,
        })
    }

    fn next(&mut self, size: u32) -> Option<u64> {
        while self.left == 0 {
            self.chunk()?;
        }
        let at = self.at;
        self.left -= 1;
        self.at = at.checked_add(u64::from(size))?;
        Some(at)
    }

    fn chunk(&mut self) -> Option<()> {
        self.at = if self.is_long {
            u64_at(self.chunks, 8 * self.chunk)?
        } else {
            u64::from(u32_at(self.chunks, 4 * self.chunk)?)
        };
        self.chunk += 1;
        let begins = |runs: &[u8]| u32_at(runs, 0).map(|chunk| chunk as usize);
        while begins(self.runs).is_some_and(|chunk| chunk <= self.chunk) {
            self.each = u32_at(self.runs, 4)?;
            self.runs = self.runs.get(12..).unwrap_or_default();
        }
        self.left = self.each;
        Some(())
    }
}

fn broken(what: &str) -> FilmFault {
    FilmFault::unreadable(&format!("the table of its pictures: {what}"))
}
