//! The daemon: its parts in simulated time, and the whole as a process.

mod held;
mod lapses;
mod mailbox;
mod output;
mod pace;
mod player;
mod problems;
pub(crate) mod process;
pub(crate) mod site;
