//! The site's folder and the state folder.

mod editors;
mod floor;
mod scan;
mod settle;
mod state;
mod watch;
