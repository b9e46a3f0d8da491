//! The daemon: its parts in simulated time, and the whole as a process.

mod clock;
mod clock_screens;
mod clock_system;
mod clock_walk;
mod clockwork;
mod controller;
mod held;
mod lapses;
mod mailbox;
mod output;
mod pace;
mod pictures;
mod player;
mod problems;
pub(crate) mod process;
pub(crate) mod site;
mod step;
mod stop;
mod stop_model;
mod stop_parts;
