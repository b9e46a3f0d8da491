//! Another reading of a clip, by walking over its frames of zstd as RFC 8878 has them and by the words of the module's table. It shares no code
//! with ours.

/// What is in a clip, as it was found from front to back.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Walked {
    /// The head's body.
    pub(super) head: Vec<u8>,
    /// Where each picture begins, and its packed bytes.
    pub(super) pictures: Vec<(u64, Vec<u8>)>,
    /// The body of the index.
    pub(super) index: Vec<u8>,
    /// The body of the seekable form's table.
    pub(super) table: Vec<u8>,
}

pub(super) fn walk(bytes: &[u8]) -> Walked {
    let (head, mut at) = skippable(bytes, 0, 0x184D_2A50);
    let mut pictures = Vec::new();
    while number(bytes, at) == 0xFD2F_B528 {
        let end = frame_end(bytes, at);
        pictures.push((at as u64, bytes[at..end].to_vec()));
        at = end;
    }
    let (index, at) = skippable(bytes, at, 0x184D_2A51);
    let (table, at) = skippable(bytes, at, 0x184D_2A5E);
    assert_eq!(at, bytes.len());
    Walked {
        head,
        pictures,
        index,
        table,
    }
}

pub(super) fn number(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn skippable(bytes: &[u8], at: usize, magic: u32) -> (Vec<u8>, usize) {
    assert_eq!(number(bytes, at), magic);
    let end = at + 8 + number(bytes, at + 4) as usize;
    (bytes[at + 8..end].to_vec(), end)
}

/// From block to block, as section 3.1.1 says.
fn frame_end(bytes: &[u8], at: usize) -> usize {
    let descriptor = bytes[at + 4];
    let is_single = descriptor & 0x20 != 0;
    assert_eq!(descriptor & 0x07, 0, "neither a sum nor a dictionary");
    let content = match descriptor >> 6 {
        0 => usize::from(is_single),
        1 => 2,
        2 => 4,
        _ => 8,
    };
    let mut at = at + 5 + usize::from(!is_single) + content;
    loop {
        let block = u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], 0]);
        let (is_last, kind, size) = (block & 1 == 1, block >> 1 & 3, block as usize >> 3);
        at += 3 + if kind == 1 { 1 } else { size };
        if is_last {
            return at;
        }
    }
}

/// CRC-32 as zip and PNG have it, bit by bit.
pub(super) fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum: u32, _| {
            sum >> 1 ^ (0xEDB8_8320 & 0_u32.wrapping_sub(sum & 1))
        })
    })
}
