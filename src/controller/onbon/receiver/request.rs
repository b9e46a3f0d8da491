//! Requests and answers: what stands in a packet's data, for BX-5 and BX-6.

use super::{
    reader::Reader,
    refusal::{Field, Refusal},
};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Request<'a> {
    pub(super) wants_answer: bool,
    pub(super) group: u8,
    pub(super) command: u8,
    pub(super) body: &'a [u8],
}

/// What is said upon it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// Done.
    Done,
    /// What was asked for.
    Data {
        /// The group of the request.
        group: u8,
        /// The command of the request, and 80 hex.
        command: u8,
        /// What was asked for.
        data: Vec<u8>,
    },
}

/// The group of plain answers.
const PLAIN: u8 = 0xa0;

impl<'a> Request<'a> {
    /// The request in a packet's data.
    pub(super) fn read(data: &'a [u8]) -> Result<Self, Refusal> {
        let mut reader = Reader::new(data);
        let wants_answer = reader.flag(Field::Answer)?;
        let (group, command, promised) = (reader.u8()?, reader.u8()?, reader.u16()?);
        let body = reader.rest();
        let found = body.len();
        let is_right = match (group, command) {
            // Longer than two bytes can say, or "reserved" in the manual of dynamic areas.
            (0xa7, _) => promised == 0 || promised == found as u16,
            // The vendor's software says 0A to a BX-6 and sends 0B.
            (0xa2, 0x0e) => usize::from(promised) == found || (promised, found) == (0x0a, 0x0b),
            _ => usize::from(promised) == found,
        };
        if !is_right {
            return Err(Refusal::Length {
                promised: promised.into(),
                found,
            });
        }
        Ok(Self {
            wants_answer,
            group,
            command,
            body,
        })
    }
}

impl Answer {
    /// What was asked for.
    pub(super) fn data(request: &Request<'_>, data: Vec<u8>) -> Self {
        Self::Data {
            group: request.group,
            command: request.command | 0x80,
            data,
        }
    }

    /// The data of its packet.
    pub(super) fn written(&self) -> Vec<u8> {
        match self {
            Self::Done => vec![0, PLAIN, 0, 0, 0, 0, 0, 0, 0],
            Self::Data { group, command, data } => {
                let length = u16::try_from(data.len()).unwrap_or(u16::MAX).to_le_bytes();
                let mut written = vec![0, *group, *command, 0, 0, 0, 0, length[0], length[1]];
                written.extend_from_slice(data);
                written
            }
        }
    }

    /// The data of a packet that refuses.
    pub(super) fn refused(code: u8) -> Vec<u8> {
        vec![0, PLAIN, 1, 1, 0, code, 0, 0, 0]
    }
}
