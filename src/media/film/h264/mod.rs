//! H.264 as it lies in MP4: samples in, pictures out, in the order in which they are coded.
//!
//! The decoding is a library's; here its streams are made ready, what it does not decode is named, and what it leaves of the margin is cut off.

mod bits;
mod sps;

use rusty_h264_common::YuvFrame;
use rusty_h264_decoder::{DecodeError, Decoder, Pps};

use self::bits::{Bits, unescaped};
pub(super) use self::sps::Sps;
use super::{FilmFault, Plane};

/// What lines of two moments are called.
const INTERLACED: &str = "隔行 (interlaced)";

/// A stream of H.264.
pub(super) struct H264 {
    decoder: Decoder,
    sps: Sps,
    /// How many bytes tell the length of a unit.
    prefix: usize,
    /// The sample that is being decoded, as the decoder wants it.
    stream: Vec<u8>,
    /// Whether blocks of 8 x 8 may be transformed as one.
    has_large: bool,
}

/// A picture.
pub(super) struct Picture {
    frame: YuvFrame,
    left: usize,
    top: usize,
}

impl H264 {
    /// The stream that `avcc` (ISO/IEC 14496-15, 5.3.3.1) begins; where nothing is said of the pictures there, `first` does, its first sample.
    pub(super) fn new(avcc: &[u8], first: &[u8]) -> Result<Self, FilmFault> {
        let broken = || FilmFault::unreadable("how its H.264 is packed");
        let prefix = usize::from(avcc.get(4).ok_or_else(broken)? & 3) + 1;
        let sets = sets(avcc).ok_or_else(broken)?;
        let mut units = sets.iter().copied().chain(units(first, prefix).map_while(Result::ok));
        let sps = units.find(|unit| kind(unit) == SPS);
        let sps = Sps::read(sps.ok_or_else(broken)?)?;
        sps.check()?;
        let mut h264 = Self {
            decoder: Decoder::new(),
            sps,
            prefix,
            stream: Vec::new(),
            has_large: false,
        };
        h264.begin(&sets)?;
        Ok(h264)
    }

    fn begin(&mut self, sets: &[&[u8]]) -> Result<(), FilmFault> {
        for set in sets {
            self.has_large |= has_large(set);
            append(&mut self.stream, set);
        }
        let begun = self.decoder.decode(&self.stream);
        self.stream.clear();
        begun.map(|_| ()).map_err(|error| refused(&error))
    }

    pub(super) const fn sps(&self) -> &Sps {
        &self.sps
    }

    /// The picture in a sample, or `None` where there is none in it.
    pub(super) fn decode(&mut self, sample: &[u8]) -> Result<Option<Picture>, FilmFault> {
        self.stream.clear();
        for unit in units(sample, self.prefix) {
            let unit = unit?;
            match kind(unit) {
                SPS => self.expect(unit)?,
                PPS => self.has_large |= has_large(unit),
                SLICE | KEY => self.begins(unit)?,
                2..=4 => return Err(unknown("Extended")),
                _ => {}
            }
            if matches!(kind(unit), SLICE | KEY | SPS | PPS) {
                append(&mut self.stream, unit);
            }
        }
        let frame = self.decoder.decode(&self.stream).map_err(|error| refused(&error))?;
        frame.map(|frame| self.picture(frame)).transpose()
    }

    /// Looks at a parameter set on the way: the pictures may not become others.
    fn expect(&self, unit: &[u8]) -> Result<(), FilmFault> {
        let sps = Sps::read(unit)?;
        sps.check()?;
        if (sps.coded, sps.crop) == (self.sps.coded, self.sps.crop) {
            Ok(())
        } else {
            Err(unknown("中途改变尺寸 (size changes)"))
        }
    }

    /// Looks where a slice begins. The decoder (0.17.0) takes neighbours of another slice for its own where one begins within a row and large blocks
    /// are in use, and says nothing: its pictures are wrong then.
    fn begins(&self, unit: &[u8]) -> Result<(), FilmFault> {
        let head = unescaped(unit.get(1..unit.len().min(16)).unwrap_or_default());
        let first = Bits::new(&head).unsigned().unwrap_or(0);
        if self.has_large && !first.is_multiple_of(self.sps.coded.width / 16) {
            return Err(unknown("行内分片 (slices within a row)"));
        }
        Ok(())
    }

    fn picture(&self, frame: YuvFrame) -> Result<Picture, FilmFault> {
        let [left, right, top, bottom] = self.sps.crop.map(|side| side as usize);
        let width = self.sps.coded.width as usize - right;
        let height = self.sps.coded.height as usize - bottom;
        let is_whole = frame.y.len() >= width * height
            && frame.u.len().min(frame.v.len()) >= (width / 2) * (height / 2)
            && (frame.width, frame.height) == (width, height);
        if is_whole {
            // The decoder cuts off what is at the right and at the bottom.
            Ok(Picture { frame, left, top })
        } else {
            Err(unknown("中途改变尺寸 (size changes)"))
        }
    }
}

impl Picture {
    /// Y, Cb and Cr.
    pub(super) fn planes(&self) -> [Plane<'_>; 3] {
        let stride = self.frame.width;
        let (left, top) = (self.left, self.top);
        [
            plane(&self.frame.y, stride, left, top),
            plane(&self.frame.u, stride / 2, left / 2, top / 2),
            plane(&self.frame.v, stride / 2, left / 2, top / 2),
        ]
    }
}

/// A channel without so much at its left and top.
fn plane(bytes: &[u8], stride: usize, left: usize, top: usize) -> Plane<'_> {
    Plane {
        bytes: bytes.get(top * stride + left..).unwrap_or_default(),
        stride,
    }
}

const SLICE: u8 = 1;
const KEY: u8 = 5;
const SPS: u8 = 7;
const PPS: u8 = 8;

/// What a unit is: Table 7-1.
fn kind(unit: &[u8]) -> u8 {
    unit.first().map_or(0, |head| head & 0x1F)
}

/// Whether a parameter set allows for blocks of 8 x 8 that are transformed as one.
fn has_large(unit: &[u8]) -> bool {
    let pps = || Pps::parse(&unescaped(&unit[1..])).ok();
    kind(unit) == PPS && pps().is_some_and(|pps| pps.transform_8x8_mode_flag)
}

/// The parameter sets in `avcC`.
fn sets(avcc: &[u8]) -> Option<Vec<&[u8]>> {
    let mut sets = Vec::new();
    let mut left = avcc.get(5..)?;
    for mask in [0x1F, 0xFF] {
        let (count, after) = left.split_first()?;
        left = after;
        for _ in 0..count & mask {
            let (length, after) = left.split_first_chunk()?;
            let (set, after) = after.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            sets.push(set);
            left = after;
        }
    }
    Some(sets)
}

/// The units in a sample, each after its length.
fn units(mut sample: &[u8], prefix: usize) -> impl Iterator<Item = Result<&[u8], FilmFault>> {
    std::iter::from_fn(move || {
        if sample.is_empty() {
            return None;
        }
        let unit = sample.split_at_checked(prefix).and_then(|(length, after)| {
            let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
            after.split_at_checked(length)
        });
        let Some((unit, after)) = unit else {
            sample = &[];
            return Some(Err(FilmFault::unreadable("a picture is shorter than it says")));
        };
        sample = after;
        Some(Ok(unit))
    })
}

fn append(stream: &mut Vec<u8>, unit: &[u8]) {
    stream.extend_from_slice(&[0, 0, 0, 1]);
    stream.extend_from_slice(unit);
}

fn unknown(kind: &str) -> FilmFault {
    FilmFault::Unknown {
        codec: format!("H.264 {kind}"),
    }
}

/// What the decoder does not know, by name; all else is damage.
fn refused(error: &DecodeError) -> FilmFault {
    match error {
        DecodeError::Unsupported(words) if words.starts_with("interlace") => unknown(INTERLACED),
        DecodeError::Unsupported(words) => match *words {
            "explicit B weighted prediction" => unknown("加权预测 (explicit weighted B prediction)"),
            "transform-bypass (lossless) macroblock" => unknown("无损 (lossless)"),
            "slice groups (FMO)" | "SP/SI slices" => unknown("Extended"),
            words => FilmFault::unreadable(words),
        },
        error => FilmFault::unreadable(&error.to_string()),
    }
}
