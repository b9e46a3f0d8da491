//! The program `yingbi`.

use std::process::ExitCode;

fn main() -> ExitCode {
    yingbi::cli::main()
}
