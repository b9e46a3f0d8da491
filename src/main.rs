//! The program `yingbi`.

fn main() {}
