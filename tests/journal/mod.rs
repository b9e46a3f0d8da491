//! The journal: what really ran is kept, told, and painted again.

mod hall;
mod past;
