//! The site's folder and the state folder.

mod floor;
mod heavy;
mod scan;
mod settle;
mod state;
mod watch;
