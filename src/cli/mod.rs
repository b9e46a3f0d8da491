//! The command line: arguments in, exit code out. Every command calls the same wall as the daemon.

pub mod decode;
pub mod font;
