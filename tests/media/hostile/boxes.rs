//! A sound MP4 with one of its boxes changed, and parameter sets of H.264 that claim what they like.

/// The kinds of box that hold nothing but boxes.
const NESTS: [&[u8; 4]; 7] = [b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf"];

/// A box.
pub(super) fn atom(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32 + 8).to_be_bytes()[..], kind, content].concat()
}

/// A box that says it is so long.
pub(super) fn atom_claiming(length: u32, kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&length.to_be_bytes()[..], kind, content].concat()
}

/// A full box of version 0 with these numbers in it.
pub(super) fn table(kind: &[u8; 4], numbers: &[u32]) -> Vec<u8> {
    let numbers = numbers.iter().flat_map(|number| number.to_be_bytes());
    atom(kind, &[0; 4].into_iter().chain(numbers).collect::<Vec<u8>>())
}

/// The file with every box of that kind put through `change`: the whole box, its head included.
pub(super) fn changed(file: &[u8], kind: &[u8; 4], change: &dyn Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let (mut result, mut rest) = (Vec::new(), file);
    while let Some((head, _)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let (whole, after) = rest.split_at(length.clamp(8, rest.len()));
        let this: &[u8; 4] = head[4..].first_chunk().unwrap();
        if this == kind {
            result.extend(change(whole));
        } else if NESTS.contains(&this) {
            result.extend(atom(this, &changed(&whole[8..], kind, change)));
        } else {
            result.extend(whole);
        }
        rest = after;
    }
    result
}

/// The same with these bytes written over what is at `at` of the box.
pub(super) fn patched(file: &[u8], kind: &[u8; 4], at: usize, bytes: &[u8]) -> Vec<u8> {
    changed(file, kind, &|whole| {
        let mut whole = whole.to_vec();
        whole[at..at + bytes.len()].copy_from_slice(bytes);
        whole
    })
}

/// Bits, the first one highest.
struct Bits(Vec<bool>);

impl Bits {
    fn number(&mut self, bits: u32, value: u32) {
        self.0.extend((0..bits).rev().map(|bit| value >> bit & 1 == 1));
    }

    /// Exp-Golomb.
    fn golomb(&mut self, value: u32) {
        let value = u64::from(value) + 1;
        let bits = value.ilog2();
        self.0.extend((0..bits).map(|_| false));
        self.0.extend((0..=bits).rev().map(|bit| value >> bit & 1 == 1));
    }

    fn bytes(mut self) -> Vec<u8> {
        self.0.push(true);
        let byte = |bits: &[bool]| {
            bits.iter()
                .enumerate()
                .fold(0, |byte, (at, bit)| byte | u8::from(*bit) << (7 - at))
        };
        self.0.chunks(8).map(byte).collect()
    }
}

/// What a sequence parameter set of the baseline profile claims.
#[derive(Clone, Copy)]
pub(super) struct Claims {
    /// In macroblocks.
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) references: u32,
    /// Of the numbers of pictures; 4 is the least.
    pub(super) bits: u32,
    /// Columns that are cut off at the right, in pairs.
    pub(super) cropped: u32,
}

pub(super) const MODEST: Claims = Claims {
    width: 8,
    height: 6,
    references: 1,
    bits: 4,
    cropped: 0,
};

/// The parameter set.
pub(super) fn sps(claims: Claims) -> Vec<u8> {
    let mut bits = Bits(Vec::new());
    // A unit of kind 7; baseline, level 5.1.
    [0x67, 66, 0xC0, 51].into_iter().for_each(|byte| bits.number(8, byte));
    bits.golomb(0);
    bits.golomb(claims.bits - 4);
    bits.golomb(2);
    bits.golomb(claims.references);
    bits.number(1, 0);
    bits.golomb(claims.width.wrapping_sub(1));
    bits.golomb(claims.height.wrapping_sub(1));
    bits.number(2, 0b11);
    bits.number(1, u32::from(claims.cropped > 0));
    if claims.cropped > 0 {
        [0, claims.cropped, 0, 0].into_iter().for_each(|side| bits.golomb(side));
    }
    bits.number(1, 0);
    bits.bytes()
}

/// The box with these parameter sets.
pub(super) fn avcc(sets: &[Vec<u8>]) -> Vec<u8> {
    let mut content = vec![1, 66, 0xC0, 51, 0xFF, 0xE0 | sets.len() as u8];
    for set in sets {
        content.extend((set.len() as u16).to_be_bytes());
        content.extend(set);
    }
    content.extend([1, 0, 4, 0x68, 0xCE, 0x3C, 0x80]);
    atom(b"avcC", &content)
}

/// The file with that instead of its own `avcC`, and these sides in its sample entry.
pub(super) fn with_avcc(file: &[u8], avcc: &[u8], sides: (u16, u16)) -> Vec<u8> {
    changed(file, b"stsd", &|whole| {
        // 16 bytes of the table's head, and 86 of the entry's.
        let mut entry = whole[16..102].to_vec();
        entry[32..34].copy_from_slice(&sides.0.to_be_bytes());
        entry[34..36].copy_from_slice(&sides.1.to_be_bytes());
        entry.extend(avcc);
        let length = entry.len() as u32;
        entry[..4].copy_from_slice(&length.to_be_bytes());
        let content = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &entry].concat();
        atom(b"stsd", &content)
    })
}
