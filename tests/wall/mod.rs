//! The whole way from bytes to frames.

mod card;
mod change;
mod copies;
mod drafts;
mod extent;
mod faults;
mod films;
mod folders;
mod fonts;
mod headline;
mod light;
mod mourning;
mod names;
mod phrases;
mod pictures;
mod proof;
mod purity;
mod references;
mod rounds;
mod scroll;
mod shown;
mod solemn;
mod stopped;
mod terms;
mod undated;
mod windows;
