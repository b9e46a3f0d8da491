//! The journal: what really ran is kept, told, and painted again.

mod compact;
mod explain;
mod hall;
mod history;
mod item;
mod lines;
mod objects;
mod past;
mod preview;
mod process;
mod stop;
