//! The daemon: its parts in simulated time, and the whole as a process.

mod budget;
mod clock;
mod clock_screens;
mod clock_system;
mod clock_walk;
mod clockwork;
mod controller;
mod disk;
mod held;
mod herald;
pub(crate) mod hold;
mod lapses;
mod leak;
mod log;
mod mailbox;
mod output;
mod pace;
mod pictures;
mod player;
mod problems;
pub(crate) mod process;
mod quarantine;
pub(crate) mod site;
mod step;
mod stop;
mod stop_model;
mod stop_parts;
