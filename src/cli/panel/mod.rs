//! `yingbi panel`: what an installer needs before the wall.

mod show;

use super::{
    arguments::Panel,
    exit::{Exit, Failure},
    terminal::Terminal,
};

/// Runs one of the commands.
pub(super) fn run(command: &Panel, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        Panel::Show(options) => show::run(options, terminal),
    }
}
