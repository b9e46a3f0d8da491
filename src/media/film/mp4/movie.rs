//! What a movie's head (`moov`) says of its picture track: what it is coded with, how it is turned, what its colours stand for.

use super::{
    atoms::{Kind, atoms, child, i32_at, inner, u16_at, u32_at},
    edits,
};
use crate::media::film::{FilmFault, Matrix, Turn};

/// The track of a movie that is shown.
pub(super) struct Track<'a> {
    pub(super) trak: &'a [u8],
    pub(super) stbl: &'a [u8],
    pub(super) number: u32,
    /// Units of its time in a second.
    pub(super) scale: u32,
    pub(super) turn: Turn,
    /// What its pictures are coded with.
    pub(super) entry: Entry<'a>,
}

/// What a track says of its coding: the first entry of its `stsd`.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) kind: Kind,
    pub(super) width: u16,
    pub(super) height: u16,
    /// Further atoms: `avcC`, `pasp`, `colr`.
    more: &'a [u8],
}

impl<'a> Track<'a> {
    /// The track with the largest pictures; and whether the movie has sound.
    pub(super) fn of(moov: &'a [u8]) -> Result<(Self, bool), FilmFault> {
        let tracks = || atoms(moov).filter(|(kind, _)| kind == b"trak").map(|(_, trak)| trak);
        if child(moov, b"cmov").is_some() {
            return Err(FilmFault::Unknown {
                codec: "MOV (cmov)".into(),
            });
        }
        let has_sound = tracks().any(|trak| handler(trak) == Some(*b"soun"));
        let pictures = tracks().filter(|trak| handler(trak) == Some(*b"vide"));
        let track = pictures
            .filter_map(Self::read)
            // Of several as large the first one.
            .reduce(|best, next| {
                if next.entry.pixels() > best.entry.pixels() {
                    next
                } else {
                    best
                }
            });
        match track {
            Some(track) => Ok((track, has_sound)),
            None if has_sound => Err(FilmFault::OnlySound),
            None => Err(FilmFault::NoPictures),
        }
    }

    fn read(trak: &'a [u8]) -> Option<Self> {
        let mdia = child(trak, b"mdia")?;
        let stbl = inner(mdia, &[b"minf", b"stbl"])?;
        let tkhd = child(trak, b"tkhd")?;
        // Version 1 has longer times.
        let longer = if tkhd.first()? & 1 != 0 { 12 } else { 0 };
        let number = u32_at(tkhd, if longer > 0 { 20 } else { 12 })?;
        Some(Self {
            trak,
            stbl,
            number,
            scale: edits::scale(child(mdia, b"mdhd")?).ok()?,
            turn: turn(tkhd.get(40 + longer..)?),
            entry: Entry::of(stbl)?,
        })
    }
}

fn handler(trak: &[u8]) -> Option<Kind> {
    inner(trak, &[b"mdia", b"hdlr"])?.get(8..)?.first_chunk().copied()
}

/// The turn nearest to what the matrix does: rows of a, b, u and c, d, v.
fn turn(matrix: &[u8]) -> Turn {
    let cell = |at| i64::from(i32_at(matrix, at).unwrap_or(0));
    let (a, b, c, d) = (cell(0), cell(4), cell(12), cell(16));
    // Cosine and sine of the angle, clockwise, as far as a mirror leaves them.
    let (cosine, sine) = (a + d, b - c);
    if cosine.abs() >= sine.abs() {
        if cosine >= 0 { Turn::None } else { Turn::Half }
    } else if sine > 0 {
        Turn::Quarter
    } else {
        Turn::ThreeQuarters
    }
}

impl<'a> Entry<'a> {
    fn of(stbl: &'a [u8]) -> Option<Self> {
        let stsd = child(stbl, b"stsd")?;
        let (kind, body) = atoms(stsd.get(8..)?).next()?;
        Some(Self {
            kind,
            width: u16_at(body, 24)?,
            height: u16_at(body, 26)?,
            more: body.get(78..).unwrap_or_default(),
        })
    }

    fn pixels(&self) -> u32 {
        u32::from(self.width) * u32::from(self.height)
    }

    /// How H.264 is packed: `avcC`.
    pub(super) fn avcc(&self) -> Option<&'a [u8]> {
        child(self.more, b"avcC")
    }

    /// The width of a pixel for each of its heights.
    pub(super) fn aspect(&self) -> Option<(u32, u32)> {
        let pasp = child(self.more, b"pasp")?;
        let (width, height) = (u32_at(pasp, 0)?, u32_at(pasp, 4)?);
        (width > 0 && height > 0).then_some((width, height))
    }

    /// What the colours stand for, and whether their range is full, as far as the container says.
    pub(super) fn colour(&self) -> (Option<Matrix>, Option<bool>) {
        let colr = child(self.more, b"colr").unwrap_or_default();
        let is_full = match colr.first_chunk() {
            Some(b"nclx") => colr.get(10).map(|flags| flags & 0x80 != 0),
            Some(b"nclc") => None,
            _ => return (None, None),
        };
        (u16_at(colr, 8).and_then(Matrix::of_code), is_full)
    }

    /// Its name where it is not H.264, for people.
    pub(super) fn name(&self) -> String {
        let name = match &self.kind {
            b"avc1" | b"avc2" | b"avc3" | b"avc4" => "H.264",
            b"hvc1" | b"hev1" | b"hvc2" | b"hev2" | b"dvh1" | b"dvhe" => "H.265 (HEVC)",
            b"vvc1" | b"vvi1" => "H.266 (VVC)",
            b"av01" => "AV1",
            b"vp08" => "VP8",
            b"vp09" => "VP9",
            b"mp4v" | b"divx" | b"DIVX" | b"XVID" | b"xvid" => "MPEG-4",
            b"s263" | b"h263" | b"H263" => "H.263",
            b"jpeg" | b"mjpa" | b"mjpb" | b"MJPG" | b"dmb1" => "MJPEG",
            b"apcn" | b"apch" | b"apcs" | b"apco" | b"ap4h" | b"ap4x" => "ProRes",
            b"m2v1" | b"mx3n" | b"mx4n" | b"mx5n" | b"xdv1" | b"xdv2" | b"xdvb" | b"hdv1" | b"hdv2" | b"hdv3" => {
                "MPEG-2"
            }
            b"AVdn" | b"AVdh" => "DNxHD",
            b"dvc " | b"dvcp" | b"dvpp" | b"dv5n" | b"dv5p" | b"dvh5" | b"dvh6" => "DV",
            b"png " => "PNG",
            b"rle " => "QuickTime Animation",
            b"cvid" => "Cinepak",
            b"SVQ1" | b"SVQ3" => "Sorenson",
            _ => return printable(&self.kind),
        };
        name.into()
    }

    /// Whether it is locked.
    pub(super) const fn is_encrypted(&self) -> bool {
        matches!(&self.kind, b"encv" | b"drmi")
    }
}

fn printable(kind: &Kind) -> String {
    let sign = |byte: &u8| {
        if byte.is_ascii_graphic() {
            char::from(*byte)
        } else {
            '?'
        }
    };
    kind.iter().map(sign).collect()
}

pub(super) fn broken(what: &str) -> FilmFault {
    FilmFault::unreadable(&format!("the head of the video: {what}"))
}
