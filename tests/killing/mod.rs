//! What is on the disk after the power was cut or the process killed, at every moment that there is.
//!
//! Faults 14 to 19. Three ways to the same question, each with a reader of its own that shares no code with the program:
//! [`states`] works out all that a disk may hold after a cut of the power, [`calls`] kills and fails each system call of a short run,
//! [`random`] kills the daemon at random moments while files change.

mod calls;
mod disk;
mod faults;
mod poison;
mod random;
mod reader;
mod script;
mod states;
mod trace;

/// States a figure, for whoever runs the test with `--nocapture`.
fn figure(line: &str) {
    use std::io::Write as _;
    // Where nobody can read it, nothing is lost.
    let _ = std::io::stderr().write_all(format!("{line}\n").as_bytes());
}
