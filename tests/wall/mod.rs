//! The whole way from bytes to frames.

mod change;
mod extent;
mod faults;
mod purity;
mod references;
