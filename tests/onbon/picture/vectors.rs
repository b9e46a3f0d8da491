//! The maker's frames, taken apart by hand, so that no code of ours stands between them and what is tested.

use crate::support::wire::bytes;

const FIVE: &str = include_str!("../vectors/onbon-bx-5e.hex");
const SIX_E: &str = include_str!("../vectors/onbon-bx-6e.hex");
const SIX_M: &str = include_str!("../vectors/onbon-bx-6m.hex");

/// One frame's body: group, command, what follows the length.
pub(super) struct Body {
    pub(super) command: [u8; 2],
    pub(super) parameters: Vec<u8>,
}

pub(super) fn five() -> Vec<Body> {
    bodies(FIVE)
}

pub(super) fn six() -> Vec<Body> {
    bodies(SIX_E).into_iter().chain(bodies(SIX_M)).collect()
}

/// The parameters of all that have this command.
pub(super) fn of(bodies: &[Body], command: [u8; 2]) -> Vec<&[u8]> {
    let those = bodies.iter().filter(|body| body.command == command);
    those.map(|body| &*body.parameters).collect()
}

/// The files that were written: name, announced length, announced checksum, bytes.
pub(super) fn files(bodies: &[Body]) -> Vec<([u8; 4], u32, u32, Vec<u8>)> {
    let blocks = of(bodies, [0xa1, 0x03]);
    let announced = of(bodies, [0xa1, 0x02]).into_iter().zip(blocks);
    announced
        .map(|(start, block)| {
            // Every file of these is shorter than a block: name, last, offset, data.
            assert_eq!((block[4], &block[5..9]), (1, &[0; 4][..]));
            assert_eq!(start[..4], block[..4]);
            let long = |at: usize| u32::from_le_bytes(start[at..at + 4].try_into().unwrap());
            (start[..4].try_into().unwrap(), long(5), long(10), block[9..].to_vec())
        })
        .collect()
}

fn bodies(hex: &str) -> Vec<Body> {
    let lines = hex.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| body(&unescaped(&bytes(line)))).collect()
}

fn unescaped(frame: &[u8]) -> Vec<u8> {
    let inner = &frame[8..frame.len() - 1];
    let (mut out, mut at) = (Vec::new(), 0);
    while at < inner.len() {
        let (byte, taken) = match inner[at..] {
            [0xa6, 0x02, ..] => (0xa5, 2),
            [0xa6, 0x01, ..] => (0xa6, 2),
            [0x5b, 0x02, ..] => (0x5a, 2),
            [0x5b, 0x01, ..] => (0x5b, 2),
            [byte, ..] => (byte, 1),
            [] => unreachable!(),
        };
        out.push(byte);
        at += taken;
    }
    out
}

fn body(packet: &[u8]) -> Body {
    let data = match packet[4] {
        0xf0 => &packet[16..packet.len() - 2],
        0x05 => &packet[27..],
        0x07 => &packet[28..],
        version => panic!("{version:#04x}"),
    };
    assert_eq!(data[0], 1);
    Body {
        command: [data[1], data[2]],
        parameters: data[5..].to_vec(),
    }
}
