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
    let asked = EnvFilter::try_from_env("YINGBI_LOG").ok();
    // Whoever asks for more is looking for something, and gets all of it.
    let limits = asked.is_none().then(daemon::Limits::default);
    let log = daemon::Log::start(std::io::stderr(), limits)
        .map_err(|error| Failure::of(Exit::code(71), &daemon::DaemonError::threads(error)))?;
    let filter = asked.unwrap_or_else(|| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(terminal.is_coloured())
        .with_writer(log.clone())
        .init();
    // A panic is told like everything else, for it must not wait for whoever reads the log either.
    std::panic::set_hook(Box::new(|panic| tracing::error!("{panic}")));
    let options = daemon::Options {
        site: options.site.clone(),
        view: options.view,
        state: options.state.clone(),
    };
    let ran = daemon::run(options);
    log.flush();
    match ran {
        Ok(()) => Ok(Exit::DONE),
        Err(error) => Err(Failure::of(Exit::code(error.exit_code()), &error).because(error.diagnostics())),
    }
}
