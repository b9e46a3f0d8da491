//! The whole way from bytes to frames.

mod change;
mod extent;
mod faults;
mod fonts;
mod light;
mod phrases;
mod pictures;
mod purity;
mod references;
mod rounds;
mod scroll;
mod solemn;
mod terms;
mod undated;
mod windows;
