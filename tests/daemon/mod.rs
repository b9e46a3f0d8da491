//! The daemon: its parts in simulated time, and the whole as a process.

mod held;
mod mailbox;
mod output;
mod pace;
mod player;
mod problems;
mod process;
mod site;
mod step;
