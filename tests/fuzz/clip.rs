//! Looks for bytes that the target `clip` does not stand.

#![no_main]

mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::clip(bytes));
