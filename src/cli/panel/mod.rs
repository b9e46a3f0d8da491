//! `yingbi panel`: what an installer needs before the wall.

mod bare;
mod drawing;
mod facts;
mod pen;
mod shares;
mod show;
mod signal;
mod test;

pub use drawing::{Plan, Side, draw};
pub use shares::shares;

use super::{
    arguments::Panel,
    exit::{Exit, Failure},
    terminal::Terminal,
};

/// Runs one of the commands.
pub(super) fn run(command: &Panel, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        Panel::Show(options) => show::run(options, terminal),
        Panel::Test(options) => test::run(options, terminal),
    }
}
