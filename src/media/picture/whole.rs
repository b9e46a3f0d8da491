//! Whether a picture's file reaches to its own end. A copy that broke off looks like a picture, and some decoders paint what is missing grey.

use image::ImageFormat;

/// Whether the file ends no sooner than its format says. Where the format has no end of its own, or is not followed, its decoder finds out.
pub(super) fn is_whole(format: ImageFormat, bytes: &[u8]) -> bool {
    match format {
        ImageFormat::Jpeg => jpeg(bytes),
        ImageFormat::Png => png(bytes),
        ImageFormat::Gif => gif(bytes),
        ImageFormat::WebP => webp(bytes),
        _ => Some(true),
    }
    .unwrap_or(false)
}

/// `None`: the file ends within what is being read.
type Reached = Option<bool>;

/// From marker to marker, and through the coded data between, to the end of the image.
fn jpeg(bytes: &[u8]) -> Reached {
    const END: u8 = 0xD9;
    const SCAN: u8 = 0xDA;
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            // No marker where one must stand: the decoder may know better.
            return Some(true);
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            END => return Some(true),
            // Filling, and markers that stand alone.
            0xFF => at += 1,
            0x01 | 0xD0..=0xD8 => at += 2,
            _ => {
                let length = u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]);
                at += 2 + usize::from(length.max(2));
                if marker == SCAN {
                    at = coded(bytes, at)?;
                }
            }
        }
    }
}

/// Where the coded data end that begin at `at`: at the next marker that is none of theirs.
fn coded(bytes: &[u8], at: usize) -> Option<usize> {
    let data = bytes.get(at..)?;
    let ends = |pair: &[u8]| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xD0..=0xD7 | 0xFF);
    Some(at + data.windows(2).position(ends)?)
}

/// From chunk to chunk to the last one.
fn png(bytes: &[u8]) -> Reached {
    let mut at = 8;
    loop {
        let (length, after) = bytes.get(at..)?.split_first_chunk()?;
        let end = at.checked_add(12)?.checked_add(u32::from_be_bytes(*length) as usize)?;
        let is_last = after.starts_with(b"IEND");
        if end > bytes.len() {
            return None;
        }
        if is_last {
            return Some(true);
        }
        at = end;
    }
}

/// From block to block to the trailer.
fn gif(bytes: &[u8]) -> Reached {
    let colours = |flags: u8| {
        if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
    };
    let mut at = 13 + colours(*bytes.get(10)?);
    loop {
        match *bytes.get(at)? {
            0x3B => return Some(true),
            0x21 => at = blocks(bytes, at + 2)?,
            0x2C => at = blocks(bytes, at + 11 + colours(*bytes.get(at + 9)?))?,
            _ => return Some(true),
        }
    }
}

/// Where a row of blocks ends that begins at `at`: each is as long as its first byte says, the last one empty.
fn blocks(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*bytes.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}

/// As long as its first chunk says.
fn webp(bytes: &[u8]) -> Reached {
    let length = u32::from_le_bytes(*bytes.get(4..)?.first_chunk()?);
    Some(bytes.len() as u64 >= u64::from(length) + 8)
}
