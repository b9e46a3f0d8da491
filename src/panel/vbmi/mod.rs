//! Tables, colour order, reversing and bits on 64 bytes at once, where the processor has AVX-512 VBMI: one instruction looks 64 bytes up in
//! a table of 128, which no older one can. With AVX2 the same takes as long as one byte after the other, so there is no way between.

#[cfg_attr(
    not(target_arch = "x86_64"),
    allow(dead_code, reason = "only the instructions need them")
)]
mod places;

#[cfg(not(target_arch = "x86_64"))]
mod absent;
#[cfg(target_arch = "x86_64")]
mod blocks;
#[cfg(target_arch = "x86_64")]
mod vectors;

#[cfg(not(target_arch = "x86_64"))]
pub(super) use absent::Vbmi;
pub(super) use places::Moves;
#[cfg(target_arch = "x86_64")]
pub(super) use vectors::Vbmi;
