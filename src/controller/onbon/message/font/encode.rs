//! From a request to a card with fonts to its bytes.

use super::{FontArea, FontRequest, Sound};

impl FontRequest<'_> {
    /// Appends the data of the packet, an answer wanted. Areas must be at most 255 and of 65,535 bytes, and blocks no longer than that.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let [group, command] = self.numbers();
        out.extend_from_slice(&[group, command, 1, 0, 0]);
        let start = out.len();
        match self {
            Self::SetClock(clock) => clock.encode(out),
            Self::Switch { is_on } => out.push(if *is_on { 1 } else { 2 }),
            Self::UpdateAreas { mode, delete, areas } => {
                push_list(delete, out);
                out.push(areas.len() as u8);
                for area in areas {
                    area.encode(out);
                }
                let length = (out.len() - start) as u16;
                out[start - 2..start].copy_from_slice(&mode.unwrap_or(length.to_le_bytes()));
            }
            Self::StartWrite { overwrites, name } => {
                out.push((*overwrites).into());
                out.extend_from_slice(&name.0);
            }
            Self::WriteBlock {
                name,
                is_last,
                number,
                address,
                data,
            } => {
                out.extend_from_slice(&name.0);
                out.push((*is_last).into());
                for field in [*number, data.len() as u16, *address] {
                    out.extend_from_slice(&field.to_le_bytes());
                }
                out.extend_from_slice(data);
            }
            Self::Other { parameters, .. } => out.extend_from_slice(parameters),
            Self::Ping | Self::Status | Self::Clear | Self::BeginTransfer | Self::EndTransfer => {}
        }
    }

    /// Group and command.
    pub const fn numbers(&self) -> [u8; 2] {
        match self {
            Self::Ping => [0xa2, 0x00],
            Self::Status => [0xa1, 0x02],
            Self::SetClock(_) => [0xa2, 0x03],
            Self::Switch { .. } => [0xa3, 0x00],
            Self::UpdateAreas { .. } => [0xa3, 0x06],
            Self::Clear => [0xa3, 0x10],
            Self::StartWrite { .. } => [0xa1, 0x05],
            Self::WriteBlock { .. } => [0xa1, 0x06],
            Self::BeginTransfer => [0xa1, 0x07],
            Self::EndTransfer => [0xa1, 0x08],
            Self::Other { group, command, .. } => [*group, *command],
        }
    }
}

impl FontArea<'_> {
    /// Appends the length and the record.
    fn encode(&self, out: &mut Vec<u8>) {
        let start = out.len();
        out.extend_from_slice(&[0, 0, self.kind]);
        for field in [self.x, self.y, self.width, self.height] {
            out.extend_from_slice(&field.to_le_bytes());
        }
        out.extend_from_slice(&[self.id, self.line_space, self.run_mode]);
        out.extend_from_slice(&self.timeout.to_le_bytes());
        self.sound.encode(out);
        push_list(self.extra, out);
        out.extend_from_slice(&[self.alignment, self.lines, self.breaks]);
        out.extend_from_slice(&[self.entrance, self.exit, self.speed, self.stay]);
        out.extend_from_slice(&(self.text.len() as u32).to_le_bytes());
        out.extend_from_slice(self.text);
        let length = (out.len() - start - 2) as u16;
        out[start..start + 2].copy_from_slice(&length.to_le_bytes());
    }
}

impl Sound<'_> {
    fn encode(&self, out: &mut Vec<u8>) {
        match *self {
            Self::None => out.push(0),
            Self::Text { person, volume, speed } => out.extend_from_slice(&[1, person, volume, speed]),
            Self::Words {
                person,
                volume,
                speed,
                words,
            } => {
                out.extend_from_slice(&[2, person, volume, speed]);
                out.extend_from_slice(&(words.len() as u32).to_le_bytes());
                out.extend_from_slice(words);
            }
        }
    }
}

/// A count in one byte, and so many bytes.
fn push_list(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(bytes.len() as u8);
    out.extend_from_slice(bytes);
}
