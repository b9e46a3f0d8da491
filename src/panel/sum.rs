//! The sum of many values, a few dozen of them beside each other. What the processor can do at once is in `vbmi`.

/// The sum of all values.
pub(super) fn sum(values: &[u8]) -> u64 {
    // Sums beside each other, of so few values each that sixteen bits hold them: the compiler adds many at once.
    const BESIDE: usize = 64;
    const EACH: usize = 257;
    let part = |part: &[u8]| {
        let mut sums = [0_u16; BESIDE];
        let (rows, rest) = part.as_chunks::<BESIDE>();
        for row in rows {
            let pairs = sums.iter_mut().zip(row);
            pairs.for_each(|(sum, value)| *sum = sum.wrapping_add(u16::from(*value)));
        }
        let rows: u64 = sums.iter().map(|sum| u64::from(*sum)).sum();
        rows + rest.iter().map(|value| u64::from(*value)).sum::<u64>()
    };
    values.chunks(BESIDE * EACH).map(part).sum()
}
