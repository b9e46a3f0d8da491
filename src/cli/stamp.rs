//! Civil times, written millions at a time: a year of a wall has some nine million cues.

use jiff::civil::DateTime;

/// `2026-05-08 09:30:05.120`
pub(super) fn date_time(civil: DateTime) -> Stamp {
    let mut stamp = Stamp::default();
    stamp.number(civil.year().unsigned_abs().into(), 4);
    for (sign, part) in [('-', civil.month()), ('-', civil.day())] {
        stamp.sign(sign);
        stamp.number(part.unsigned_abs().into(), 2);
    }
    stamp.sign(' ');
    stamp.clock(civil);
    stamp
}

/// `09:30:05.120`
pub(super) fn time(civil: DateTime) -> Stamp {
    let mut stamp = Stamp::default();
    stamp.clock(civil);
    stamp
}

/// A time in ASCII.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stamp {
    bytes: [u8; 23],
    length: usize,
}

impl Stamp {
    /// What is written.
    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    fn clock(&mut self, civil: DateTime) {
        self.number(civil.hour().unsigned_abs().into(), 2);
        for part in [civil.minute(), civil.second()] {
            self.sign(':');
            self.number(part.unsigned_abs().into(), 2);
        }
        self.sign('.');
        self.number(civil.millisecond().unsigned_abs().into(), 3);
    }

    fn sign(&mut self, sign: char) {
        self.bytes[self.length] = sign as u8;
        self.length += 1;
    }

    /// The last `digits` digits of `number`.
    fn number(&mut self, mut number: u32, digits: usize) {
        for at in (self.length..self.length + digits).rev() {
            self.bytes[at] = b'0' + (number % 10) as u8;
            number /= 10;
        }
        self.length += digits;
    }
}
