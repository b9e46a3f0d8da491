//! The three sums, against their published check values and the slow way to reckon them.

use proptest::prelude::*;
use yingbi::controller::onbon::packet::checksum::{crc16, crc32, crc32_on, xor};

/// Bit by bit, by the polynomial as it is written: most significant bit first, all bytes and the result turned round.
fn by_bits(bytes: &[u8], width: u32, polynomial: u64) -> u64 {
    let top = 1 << (width - 1);
    let mut register: u64 = 0;
    for byte in bytes {
        for bit in 0..8 {
            let into = u64::from(byte >> bit & 1);
            let out = u64::from(register & top != 0);
            register = register << 1 & ((1 << width) - 1);
            if into ^ out == 1 {
                register ^= polynomial;
            }
        }
    }
    register.reverse_bits() >> (64 - width)
}

#[test]
fn sums_have_their_check_values() {
    assert_eq!(crc16(b"123456789"), 0xbb3d);
    assert_eq!(crc32(b"123456789"), 0x2dfd_2d88);
    assert_eq!((crc16(&[]), crc32(&[]), xor(&[])), (0, 0, 0));
    assert_eq!(xor(&[0x12, 0x34, 0xff]), 0xd9);
}

#[test]
fn the_ping_and_the_acknowledgement_have_the_sums_that_are_published() {
    assert_eq!(crc16(&[0x01, 0xa2, 0, 0, 0]).to_le_bytes(), [0x1e, 0x78]);
    assert_eq!(crc16(&[0x00, 0xa0, 0, 0, 0, 0, 0, 0, 0]).to_le_bytes(), [0x0a, 0x78]);
}

proptest! {
    #[test]
    fn sums_are_those_of_the_polynomials(bytes: Vec<u8>, at: prop::sample::Index) {
        prop_assert_eq!(u64::from(crc16(&bytes)), by_bits(&bytes, 16, 0x8005));
        prop_assert_eq!(u64::from(crc32(&bytes)), by_bits(&bytes, 32, 0x04c1_1db7));
        let (head, tail) = bytes.split_at(at.index(bytes.len() + 1));
        prop_assert_eq!(crc32_on(crc32(head), tail), crc32(&bytes));
    }
}
