//! The whole way from bytes to frames.

mod change;
mod faults;
mod light;
mod purity;
mod references;
mod solemn;
mod terms;
