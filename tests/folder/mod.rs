//! The site's folder and the state folder.

mod floor;
mod foreign;
mod scan;
mod settle;
mod state;
mod watch;
