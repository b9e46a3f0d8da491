//! The site's folder and the state folder.

mod scan;
mod settle;
mod state;
mod watch;
