//! What parent and child say to each other: one job, one answer. Numbers are little-endian.
//!
//! | job | |
//! |---|---|
//! | 8 | `YBJOB`, zeros, the version 1 |
//! | 4 | the task |
//! | 4 | address space in MiB |
//! | 4 | processor time in seconds |
//! | 4 | length of the settings |
//! | 8 | length of the bytes |
//! | … | the settings, then the bytes |
//!
//! | answer | |
//! |---|---|
//! | 8 | `YBDONE` or `YBNO`, zeros, the version 1 |
//! | 8 | length of what follows |
//! | … | the answer; or the refusal: message in Chinese and in English, help in both, a zero byte between two |

use crate::diagnostic::Bilingual;

/// Bytes of a job before its settings.
pub(super) const JOB_HEAD: usize = 32;
/// Bytes of an answer before its content.
pub(super) const ANSWER_HEAD: usize = 16;
/// The longest refusal that is listened to, in bytes.
const REFUSAL: usize = 8 << 10;

const JOB: [u8; 8] = *b"YBJOB\0\0\x01";
const DONE: [u8; 8] = *b"YBDONE\0\x01";
const NO: [u8; 8] = *b"YBNO\0\0\0\x01";

/// What a child can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Make strikes of a font of outlines.
    Outline,
    /// Make the plain form of a picture.
    Picture,
    /// Make the plain form of a workbook.
    Sheet,
}

impl Task {
    const fn number(self) -> u32 {
        match self {
            Self::Outline => 1,
            Self::Picture => 2,
            Self::Sheet => 3,
        }
    }

    const fn of(number: u32) -> Option<Self> {
        match number {
            1 => Some(Self::Outline),
            2 => Some(Self::Picture),
            3 => Some(Self::Sheet),
            _ => None,
        }
    }
}

/// The head of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) task: Task,
    /// In MiB.
    pub(super) memory: u32,
    /// In seconds.
    pub(super) cpu: u32,
    /// Their length in bytes.
    pub(super) settings: usize,
    /// Their number.
    pub(super) bytes: usize,
}

impl Head {
    pub(super) fn write(&self) -> [u8; JOB_HEAD] {
        let mut head = [0; JOB_HEAD];
        head[..8].copy_from_slice(&JOB);
        let numbers = [self.task.number(), self.memory, self.cpu, self.settings as u32];
        for (place, number) in head[8..24].as_chunks_mut::<4>().0.iter_mut().zip(numbers) {
            *place = number.to_le_bytes();
        }
        head[24..].copy_from_slice(&(self.bytes as u64).to_le_bytes());
        head
    }

    /// `None` for what is no job of this version.
    pub(super) fn read(head: &[u8; JOB_HEAD]) -> Option<Self> {
        let numbers = head[8..24].as_chunks::<4>().0;
        let number = |index: usize| u32::from_le_bytes(numbers[index]);
        let bytes = u64::from_le_bytes(*head[24..].first_chunk()?);
        let is_job = head[..8] == JOB;
        is_job.then_some(Self {
            task: Task::of(number(0))?,
            memory: number(1),
            cpu: number(2),
            settings: number(3) as usize,
            bytes: usize::try_from(bytes).ok()?,
        })
    }
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer<'a> {
    Done(&'a [u8]),
    Refused { message: Bilingual, help: Bilingual },
}

impl<'a> Answer<'a> {
    /// Head and content of an answer.
    pub(super) fn write(&self) -> Vec<u8> {
        let refusal;
        let (kind, content): (_, &[u8]) = match self {
            Self::Done(answer) => (DONE, answer),
            Self::Refused { message, help } => {
                refusal = [&message.zh, &message.en, &help.zh, &help.en]
                    .map(|text| text.replace('\0', " "))
                    .join("\0");
                (NO, refusal.as_bytes())
            }
        };
        let length = (content.len() as u64).to_le_bytes();
        [&kind[..], &length, content].concat()
    }

    /// `None` for what is no whole answer.
    pub(super) fn read(bytes: &'a [u8]) -> Option<Self> {
        let (head, content) = bytes.split_first_chunk::<ANSWER_HEAD>()?;
        let length = u64::from_le_bytes(*head[8..].first_chunk()?);
        if content.len() as u64 != length {
            return None;
        }
        match *head.first_chunk()? {
            DONE => Some(Self::Done(content)),
            NO if content.len() <= REFUSAL => {
                let text = str::from_utf8(content).ok()?;
                let mut parts = text.split('\0');
                let mut both = || Some(Bilingual::new(parts.next()?, parts.next()?));
                let (message, help) = (both()?, both()?);
                Some(Self::Refused { message, help })
            }
            _ => None,
        }
    }
}
