//! `yingbi font`: what the strikes can set, how a glyph looks, and baking a strike from its sources.
//!
//! Each command writes its findings to `out` and returns the exit code: 0 done, 1 problems found, 66 an input that is not here. What
//! cannot be read or written comes back as an error, for the caller to report.

mod bake;
mod coverage;
mod own;
mod recipe;
mod show;

pub use bake::{Baking, bake, strikes};
pub(super) use coverage::listed;
pub use coverage::{coverage, lists};
pub use own::{OwnError, own, show_own, spelled};
pub use recipe::SourceFiles;
pub use show::show;

/// Our own glyphs of the strike of 16 dots, as their file has them.
const OVERRIDES: &str = include_str!("../../fonts/sixteen/overrides.txt");
