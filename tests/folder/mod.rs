//! The site's folder and the state folder.

mod floor;
mod marker;
mod note;
mod scan;
mod settle;
mod state;
mod watch;
