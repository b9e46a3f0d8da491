//! Files with mistakes in them: the same ones in every run.

/// Numbers that look like chance.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % sides.max(1)
    }
}

/// The file with a few mistakes: bytes changed, runs repeated or taken out, the end cut off, numbers made extreme.
pub(crate) fn mutant(file: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice((seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut bytes = file.to_vec();
    for _ in 0..=dice.roll(8) {
        if bytes.is_empty() {
            break;
        }
        spoil(&mut bytes, &mut dice);
    }
    bytes
}

fn spoil(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const EXTREMES: [u32; 8] = [0, 1, 0x7fff, 0x8000, 0xffff, 0x7fff_ffff, 0x8000_0000, u32::MAX];
    let at = dice.roll(bytes.len());
    match dice.roll(8) {
        0 => bytes[at] ^= 1 << dice.roll(8),
        1 => bytes[at] = dice.roll(256) as u8,
        2..=4 => {
            let number = EXTREMES[dice.roll(EXTREMES.len())].to_be_bytes();
            let length = [1, 2, 4][dice.roll(3)].min(bytes.len() - at);
            bytes[at..at + length].copy_from_slice(&number[4 - length..]);
        }
        5 => {
            let end = (at + 1 + dice.roll(64)).min(bytes.len());
            let run = bytes[at..end].to_vec();
            let to = dice.roll(bytes.len());
            bytes.splice(to..to, run);
        }
        6 => {
            let end = (at + 1 + dice.roll(16)).min(bytes.len());
            bytes.drain(at..end);
        }
        _ if dice.roll(4) == 0 => bytes.truncate(at),
        _ => bytes[at] = !bytes[at],
    }
}
