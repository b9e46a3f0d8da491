//! The whole way from bytes to frames.

mod change;
mod faults;
mod purity;
mod references;
mod rounds;
