//! `yingbi run`: the daemon.

use tracing_subscriber::EnvFilter;

use super::{
    arguments::Run,
    exit::{Exit, Failure},
    terminal::Terminal,
};
use crate::daemon;

/// Runs the wall until it is told to end.
pub(super) fn run(options: &Run, terminal: &Terminal) -> Result<Exit, Failure> {
    let filter = EnvFilter::try_from_env("YINGBI_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(terminal.is_coloured())
        .with_writer(std::io::stderr)
        .init();
    let options = daemon::Options {
        site: options.site.clone(),
        view: options.view,
        state: options.state.clone(),
    };
    match daemon::run(options) {
        Ok(()) => Ok(Exit::DONE),
        Err(error) => Err(Failure::of(Exit::code(error.exit_code()), &error).because(error.diagnostics())),
    }
}
