//! MP4, M4V, MOV and 3GP with H.264, as telephones, cameras and programs write them: in the order in which their pictures are seen.
//!
//! ```text
//! file -> atoms -> movie (which track) -> tables or fragments -> samples -> edits -> seen -> H264 -> pictures, waiting until it is their turn
//! ```
//!
//! Only the head of the movie is held in memory, never more than [`HEAD`], and one sample at a time. No number of a file is believed before it has
//! been compared with the length of the file or of the table that it speaks of.

pub(super) mod atoms;
mod edits;
mod fragments;
mod movie;
mod samples;
mod tables;

use std::{
    collections::BTreeMap,
    io::{self, Read as _, Seek as _, SeekFrom},
};

use self::{
    fragments::Usual,
    movie::Track,
    samples::{Sample, Seen},
};
use super::{
    About, Colour, FilmFault, Matrix, Pixels, Shot,
    builtin::{Film, Source, unread},
    h264::{H264, Picture},
};

/// The most that the head of a movie, or that of a fragment, may hold.
const HEAD: u64 = 64 << 20;
/// The most bytes that one picture may take: more than it has uncoded.
const SAMPLE: u32 = 32 << 20;
/// The most pictures that may wait for one that comes before them and is coded after: as many as H.264 allows.
const WAITING: usize = 17;
/// The most atoms that a file may have side by side.
const ATOMS: usize = 500_000;

/// The film in a file.
pub(super) struct Mp4 {
    source: Box<dyn Source>,
    about: About,
    colour: Colour,
    h264: H264,
    samples: Vec<Sample>,
    /// Which of them are seen at all.
    is_seen: Vec<bool>,
    /// In which order.
    order: Vec<Seen>,
    /// How many have been given away.
    given: usize,
    /// How many samples have been decoded.
    decoded: usize,
    /// What is decoded and waits for its turn, by the number of its sample.
    waiting: BTreeMap<u32, Picture>,
    /// What is given now.
    shown: Option<(Seen, Picture)>,
    bytes: Vec<u8>,
}

impl Mp4 {
    pub(super) fn open(mut source: Box<dyn Source>) -> Result<Self, FilmFault> {
        let size = source.seek(SeekFrom::End(0)).map_err(|error| unread(&error))?;
        let head = Head::read(&mut source, size)?;
        let (track, has_sound) = Track::of(&head.moov)?;
        let name = |codec: &str| format!("{codec}, {}", head.brand);
        let entry = track.entry;
        if entry.is_encrypted() {
            return Err(FilmFault::Encrypted);
        }
        let Some(avcc) = entry.avcc().filter(|_| entry.name() == "H.264") else {
            return Err(FilmFault::Unknown {
                codec: name(&entry.name()),
            });
        };
        let samples = head.samples(&mut source, &track)?;
        let movie = atoms::child(&head.moov, b"mvhd").ok_or_else(|| movie::broken("its time"))?;
        let edits = edits::edits(track.trak, track.scale, edits::scale(movie)?)?;
        let order = samples::seen(&samples, &edits, track.scale)?;
        if samples
            .iter()
            .any(|sample| sample.at.saturating_add(u64::from(sample.size)) > size)
        {
            return Err(FilmFault::Cut);
        }
        let mut bytes = Vec::new();
        if let Some(first) = samples.first() {
            read(&mut source, first, &mut bytes)?;
        }
        let h264 = H264::new(avcc, &bytes).map_err(|fault| match fault {
            FilmFault::Unknown { codec } => FilmFault::Unknown { codec: name(&codec) },
            fault => fault,
        })?;
        let sps = *h264.sps();
        let (matrix, is_full) = entry.colour();
        let mut is_seen = vec![false; samples.len()];
        order.iter().for_each(|seen| is_seen[seen.sample as usize] = true);
        Ok(Self {
            source,
            about: About {
                size: sps.size(),
                aspect: entry.aspect().or(sps.aspect).unwrap_or((1, 1)),
                turn: track.turn,
                duration: Some(samples::lasts(&order)),
                codec: name("H.264"),
                has_sound,
            },
            colour: Colour {
                matrix: sps.matrix.or(matrix).unwrap_or_else(|| Matrix::of_size(sps.size())),
                is_full: sps.is_full.or(is_full).unwrap_or(false),
            },
            h264,
            samples,
            is_seen,
            order,
            given: 0,
            decoded: 0,
            waiting: BTreeMap::new(),
            shown: None,
            bytes,
        })
    }

    /// Decodes the next sample.
    fn decode(&mut self) -> Result<(), FilmFault> {
        let index = self.decoded;
        let sample = self.samples[index];
        self.decoded += 1;
        read(&mut self.source, &sample, &mut self.bytes)?;
        let picture = self.h264.decode(&self.bytes).map_err(|fault| match fault {
            FilmFault::Unknown { codec } => FilmFault::Unknown {
                codec: self.about.codec.replacen("H.264", &codec, 1),
            },
            fault => fault,
        })?;
        if let Some(picture) = picture.filter(|_| self.is_seen[index]) {
            self.waiting.insert(u32::try_from(index).unwrap_or(u32::MAX), picture);
        }
        if self.waiting.len() > WAITING {
            return Err(FilmFault::unreadable("its pictures are in no order"));
        }
        Ok(())
    }
}

impl Film for Mp4 {
    fn about(&self) -> &About {
        &self.about
    }

    fn advance(&mut self) -> Result<bool, FilmFault> {
        self.shown = None;
        while let Some(seen) = self.order.get(self.given).copied() {
            while self.decoded <= seen.sample as usize {
                self.decode()?;
            }
            self.given += 1;
            // A sample may hold no picture.
            if let Some(picture) = self.waiting.remove(&seen.sample) {
                self.shown = Some((seen, picture));
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn shot(&self) -> Option<Shot<'_>> {
        let (seen, picture) = self.shown.as_ref()?;
        Some(Shot {
            at: seen.at,
            lasts: seen.lasts,
            pixels: Pixels::Yuv420 {
                planes: picture.planes(),
                colour: self.colour,
            },
        })
    }
}

/// Reads a sample.
fn read(source: &mut Box<dyn Source>, sample: &Sample, bytes: &mut Vec<u8>) -> Result<(), FilmFault> {
    if sample.size > SAMPLE {
        return Err(FilmFault::unreadable("a picture is larger than any can be"));
    }
    bytes.resize(sample.size as usize, 0);
    let read = source.seek(SeekFrom::Start(sample.at));
    read.and_then(|_| source.read_exact(bytes))
        .map_err(|error| unread(&error))
}

/// The head of a movie, and where its fragments are.
struct Head {
    moov: Vec<u8>,
    /// Where the heads of fragments begin, and where what is in them does and ends.
    moofs: Vec<atoms::Atom>,
    /// What wrote it: `MP4`, `MOV`, `3GP`.
    brand: &'static str,
}

impl Head {
    fn read(source: &mut Box<dyn Source>, size: u64) -> Result<Self, FilmFault> {
        let mut moov = None;
        let mut moofs = Vec::new();
        let mut brand = "MOV";
        let mut at = 0;
        for _ in 0..ATOMS {
            let Some(atom) = atoms::atom(source, at, size).map_err(|error| unread(&error))? else {
                break;
            };
            match &atom.kind {
                b"ftyp" => brand = of_brand(&body(source, &atom, size)?),
                b"moov" if moov.is_none() => moov = Some(body(source, &atom, size)?),
                b"moof" => moofs.push(atom),
                _ => {}
            }
            at = atom.end;
        }
        // A movie that lacks its head was not finished, or not copied to its end.
        let moov = moov.ok_or(FilmFault::Cut)?;
        Ok(Self { moov, moofs, brand })
    }

    fn samples(&self, source: &mut Box<dyn Source>, track: &Track<'_>) -> Result<Vec<Sample>, FilmFault> {
        let mut samples = tables::samples(track.stbl)?;
        let usual = Usual::of(&self.moov, track.number);
        let mut clock = samples.last().map_or(0, |last| last.time + i64::from(last.lasts));
        let size = source.seek(SeekFrom::End(0)).map_err(|error| unread(&error))?;
        for moof in &self.moofs {
            let bytes = body(source, moof, size)?;
            fragments::add(&mut samples, &mut clock, &bytes, moof.at, track.number, usual)?;
        }
        Ok(samples)
    }
}

fn of_brand(ftyp: &[u8]) -> &'static str {
    match ftyp {
        [b'q', b't', ..] => "MOV",
        [b'3', b'g', ..] => "3GP",
        _ => "MP4",
    }
}

/// What is in an atom of the file.
fn body(source: &mut Box<dyn Source>, atom: &atoms::Atom, size: u64) -> Result<Vec<u8>, FilmFault> {
    if atom.end > size {
        return Err(FilmFault::Cut);
    }
    let length = atom.end - atom.body;
    if length > HEAD {
        return Err(movie::broken("larger than any can be"));
    }
    let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
    let read: io::Result<()> = source
        .seek(SeekFrom::Start(atom.body))
        .and_then(|_| source.read_exact(&mut bytes));
    read.map_err(|error| unread(&error))?;
    Ok(bytes)
}
