//! The three sums that stand in frames and files.

/// CRC-16/ARC, reflected: x^16 + x^15 + x^2 + 1.
const POLYNOMIAL_16: u16 = 0xa001;

/// The polynomial of zip's CRC, reflected.
const POLYNOMIAL_32: u32 = 0xedb8_8320;

static TABLE_16: [u16; 256] = table_16();
static TABLE_32: [u32; 256] = table_32();

/// CRC-16/ARC of `bytes`: begins with 0, nothing is inverted. It is sent low byte first.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes
        .iter()
        .fold(0, |crc, &byte| crc >> 8 ^ TABLE_16[usize::from(crc as u8 ^ byte)])
}

/// The CRC32 at the end of a file: zip's polynomial, but it begins with 0 and nothing is inverted. It is sent low byte first.
pub fn crc32(bytes: &[u8]) -> u32 {
    crc32_on(0, bytes)
}

/// [`crc32`] of what had the sum `before`, with `bytes` behind it.
pub fn crc32_on(before: u32, bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(before, |crc, &byte| crc >> 8 ^ TABLE_32[usize::from(crc as u8 ^ byte)])
}

/// All bytes, one upon the other: what ends the headers of BX-5 and BX-6.
pub fn xor(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |sum, byte| sum ^ byte)
}

const fn table_16() -> [u16; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u16;
        let mut bit = 0;
        while bit < 8 {
            crc = crc >> 1 ^ if crc & 1 == 0 { 0 } else { POLYNOMIAL_16 };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
}

const fn table_32() -> [u32; 256] {
    let mut table = [0; 256];
    let mut index = 0;
    while index < 256 {
        let mut crc = index as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = crc >> 1 ^ if crc & 1 == 0 { 0 } else { POLYNOMIAL_32 };
            bit += 1;
        }
        table[index] = crc;
        index += 1;
    }
    table
}
