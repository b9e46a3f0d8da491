//! The whole way from bytes to frames.

mod change;
mod purity;
mod references;
