//! The site's folder and the state folder.

mod backup;
mod editors;
mod floor;
mod foreign;
mod heavy;
mod marker;
mod note;
mod scan;
mod settle;
mod state;
mod stop;
mod videos;
mod watch;
