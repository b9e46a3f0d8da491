//! `yingbi completions`.

use clap::CommandFactory as _;

use super::{
    arguments::{Arguments, Completions},
    exit::{Exit, Failure},
};

/// Prints the completions for a shell.
pub(super) fn run(options: &Completions) -> Result<Exit, Failure> {
    clap_complete::generate(
        options.shell,
        &mut Arguments::command(),
        "yingbi",
        &mut std::io::stdout(),
    );
    Ok(Exit::DONE)
}
