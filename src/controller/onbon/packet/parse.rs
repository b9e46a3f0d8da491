//! From a body to header and data.

use super::{
    Control, Form, Framing, Header, Packet, PacketError,
    checksum::{crc16, xor},
};

/// Where BX-5 and BX-6 have the length of the data, and the CRC16 behind it.
const LENGTH_AT: usize = 22;
const SUM_AT: usize = 24;

/// See [`Packet::parse`].
pub(super) fn packet(body: &[u8]) -> Result<Packet<'_>, PacketError> {
    match framing(body)? {
        Framing::Dynamic => dynamic(body),
        Framing::Five => five(body),
        Framing::Six => six(body),
        Framing::Font => font(body),
    }
}

/// Which framing a body has: by its byte 4, and where that tells none by its byte 11.
fn framing(body: &[u8]) -> Result<Framing, PacketError> {
    let short = PacketError::Short {
        found: body.len(),
        needed: Framing::Font.head(),
    };
    match *body.get(4).ok_or(short)? {
        0xf0 => Ok(Framing::Dynamic),
        0x05 => Ok(Framing::Five),
        0x06 | 0x07 => Ok(Framing::Six),
        found => match body.get(11).ok_or(short)? {
            0x02 => Ok(Framing::Font),
            _ => Err(PacketError::Version { found }),
        },
    }
}

fn dynamic(body: &[u8]) -> Result<Packet<'_>, PacketError> {
    let head: &[u8; 16] = head(body)?;
    let data = data_and_sum(body, Framing::Dynamic, 12, u32_at(head, 12) as usize)?;
    let form = Form::Dynamic {
        reserved: [head[5], head[8], head[9], head[10], head[11]],
    };
    Ok(Packet {
        header: header(head, [head[6], head[7]], form),
        data,
    })
}

fn font(body: &[u8]) -> Result<Packet<'_>, PacketError> {
    let head: &[u8; 14] = head(body)?;
    let data = data_and_sum(body, Framing::Font, 12, u16_at(head, 12).into())?;
    let form = Form::Font {
        reserved: [head[4], head[5], head[6]],
        option: head[7],
        sum_mode: head[8],
        display_mode: head[9],
    };
    Ok(Packet {
        header: header(head, [head[10], 0], form),
        data,
    })
}

fn five(body: &[u8]) -> Result<Packet<'_>, PacketError> {
    let head: &[u8; 27] = head(body)?;
    let data = controlled(body, head)?;
    let form = Form::Five(Control {
        frame_max: head[13].into(),
        reserved: [head[9], head[12]],
        ..control(head)
    });
    Ok(Packet {
        header: header(head, [head[6], head[7]], form),
        data,
    })
}

fn six(body: &[u8]) -> Result<Packet<'_>, PacketError> {
    let head: &[u8; 28] = head(body)?;
    let data = controlled(body, head)?;
    let control = Control {
        frame_max: u16_at(head, 12),
        reserved: [head[9], head[26]],
        ..control(head)
    };
    let form = Form::Six {
        version: head[4],
        control,
    };
    Ok(Packet {
        header: header(head, [head[6], head[7]], form),
        data,
    })
}

fn head<const N: usize>(body: &[u8]) -> Result<&[u8; N], PacketError> {
    body.first_chunk().ok_or(PacketError::Short {
        found: body.len(),
        needed: N,
    })
}

/// The data of a framing whose CRC16 stands behind them.
fn data_and_sum(body: &[u8], framing: Framing, at: usize, promised: usize) -> Result<&[u8], PacketError> {
    let found = body.len().saturating_sub(framing.head() + framing.tail());
    let behind = body
        .split_last_chunk()
        .filter(|(before, _)| before.len() >= framing.head());
    let (before, sum) = match behind {
        Some(parts) if found == promised => parts,
        _ => return Err(PacketError::Length { at, promised, found }),
    };
    is_summed(before.len(), u16::from_le_bytes(*sum), before)?;
    Ok(&before[framing.head()..])
}

/// The data of BX-5 and BX-6, whose sums stand in the `head`.
fn controlled<'a>(body: &'a [u8], head: &[u8]) -> Result<&'a [u8], PacketError> {
    let at = head.len() - 1;
    let (found, reckoned) = (head[at], xor(&head[..at]));
    if found != reckoned {
        return Err(PacketError::HeaderSum { at, found, reckoned });
    }
    let data = &body[head.len()..];
    let (promised, found) = (usize::from(u16_at(head, LENGTH_AT)), data.len());
    if promised != found {
        let at = LENGTH_AT;
        return Err(PacketError::Length { at, promised, found });
    }
    is_summed(SUM_AT, u16_at(head, SUM_AT), data)?;
    Ok(data)
}

fn is_summed(at: usize, found: u16, bytes: &[u8]) -> Result<(), PacketError> {
    let reckoned = crc16(bytes);
    if found == reckoned {
        Ok(())
    } else {
        Err(PacketError::Sum { at, found, reckoned })
    }
}

fn header(head: &[u8], device: [u8; 2], form: Form) -> Header {
    Header {
        destination: u16_at(head, 0),
        source: u16_at(head, 2),
        device,
        form,
    }
}

/// What stands at the same places in BX-5 and BX-6; the rest is left empty.
fn control(head: &[u8]) -> Control {
    let mut secret = [0; 6];
    secret.copy_from_slice(&head[16..22]);
    Control {
        protocol: head[5],
        link: head[8],
        sequence: u16_at(head, 10),
        frame_max: 0,
        encryption: head[14],
        random: head[15],
        secret,
        reserved: [0; 2],
    }
}

fn u16_at(head: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([head[at], head[at + 1]])
}

fn u32_at(head: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]])
}
