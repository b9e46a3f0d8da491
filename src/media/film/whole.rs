//! Whether the file of a video reaches to its own end: a copy that is still under way looks like a video, and some of them play to where they break
//! off. Only heads are read, whatever the length of the file.

use std::io::{self, Read, Seek, SeekFrom};

use super::{mp4::atoms, sniff::Container, survey::Survey};

/// The most parts of a file that are followed.
const PARTS: usize = 500_000;

/// Whether a file of that kind is all there. `None` where its format does not say, or this file of it does not.
///
/// # Errors
/// It cannot be read.
pub fn is_whole(container: Container, source: &mut (impl Read + Seek)) -> io::Result<Option<bool>> {
    let size = source.seek(SeekFrom::End(0))?;
    let end = match container {
        Container::Mov => return mov(source, size).map(Some),
        Container::Gif | Container::Png | Container::WebP => {
            return Ok(Some(Survey::of(container, source)?.is_whole));
        }
        Container::Avi => avi(source, size),
        Container::Matroska => matroska(source),
        Container::Asf => asf(source, size),
        Container::Flv | Container::MpegTs | Container::MpegPs | Container::MpegVideo => return Ok(None),
    };
    match end {
        Ok(end) => Ok(end.map(|end| end <= size)),
        // It ends within what tells its length.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(Some(false)),
        Err(error) => Err(error),
    }
}

/// Whether it has more than one picture: always, but for kinds that [may be still](Container::may_be_still).
///
/// # Errors
/// It cannot be read.
pub fn moves(container: Container, source: &mut (impl Read + Seek)) -> io::Result<bool> {
    Ok(!container.may_be_still() || Survey::of(container, source)?.pictures > 1)
}

/// The head of the movie is there, and no atom ends after the file does.
fn mov(source: &mut (impl Read + Seek), size: u64) -> io::Result<bool> {
    let (mut has_head, mut has_pictures) = (false, false);
    let mut at = 0;
    for _ in 0..PARTS {
        let Some(atom) = atoms::atom(source, at, size)? else {
            break;
        };
        if atom.end > size {
            // After the movie there may be anything.
            let is_filling = has_head && has_pictures && !atom.kind.is_ascii();
            return Ok(is_filling);
        }
        has_head |= atom.kind == *b"moov";
        has_pictures |= atom.kind == *b"mdat";
        at = atom.end;
    }
    Ok(has_head && has_pictures)
}

/// Where the last of its lists ends that name their length: large ones have several.
fn avi(source: &mut (impl Read + Seek), size: u64) -> io::Result<Option<u64>> {
    let mut at = 0;
    while at + 12 <= size.max(12) {
        let head: [u8; 8] = bytes(source, at)?;
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        if !head.starts_with(b"RIFF") {
            break;
        }
        if length == 0 {
            return Ok(None);
        }
        at += 8 + u64::from(length) + u64::from(length % 2);
    }
    Ok(Some(at))
}

/// Where its one segment ends, after its own head.
fn matroska(source: &mut (impl Read + Seek)) -> io::Result<Option<u64>> {
    const SEGMENT: u64 = 0x1853_8067;
    let mut at = 0;
    for _ in 0..PARTS {
        let head: [u8; 12] = match bytes(source, at) {
            Ok(head) => head,
            // Fewer bytes than the longest head has.
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && at > 0 => return Ok(Some(u64::MAX)),
            Err(error) => return Err(error),
        };
        let Some((kind, skip)) = number(&head, false) else {
            return Ok(None);
        };
        let Some((length, more)) = number(&head[skip..], true) else {
            return Ok(None);
        };
        let is_open = length == (1 << (7 * more)) - 1;
        if is_open {
            return Ok(None);
        }
        at = at.saturating_add((skip + more) as u64).saturating_add(length);
        if kind == SEGMENT {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

/// A number of EBML and how many bytes it takes: its first bits tell, and are part of it where it names something.
fn number(bytes: &[u8], is_length: bool) -> Option<(u64, usize)> {
    let first = *bytes.first()?;
    let width = first.leading_zeros() as usize + 1;
    let mask = if is_length {
        0xFF_u8.checked_shr(width as u32).unwrap_or(0)
    } else {
        0xFF
    };
    let rest = bytes.get(1..width)?;
    let number = rest
        .iter()
        .fold(u64::from(first & mask), |number, byte| number << 8 | u64::from(*byte));
    Some((number, width))
}

/// Where its pictures end: its head, then its data, each with its length.
fn asf(source: &mut (impl Read + Seek), size: u64) -> io::Result<Option<u64>> {
    const DATA: [u8; 4] = [0x36, 0x26, 0xB2, 0x75];
    let mut at = 0;
    for _ in 0..PARTS {
        if at >= size {
            // Its head is there, and nothing else.
            return Ok(Some(u64::MAX));
        }
        let head: [u8; 24] = bytes(source, at)?;
        let [_, length] = [&head[..16], &head[16..]];
        let length = length
            .iter()
            .rev()
            .fold(0, |length, byte| length << 8 | u64::from(*byte));
        if length < 24 {
            // A live recording does not know.
            return Ok(None);
        }
        at = at.saturating_add(length);
        if head.starts_with(&DATA) {
            return Ok(Some(at));
        }
    }
    Ok(None)
}

fn bytes<const N: usize>(source: &mut (impl Read + Seek), at: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    source.seek(SeekFrom::Start(at))?;
    source.read_exact(&mut bytes)?;
    Ok(bytes)
}
