//! The whole of time, answered twice: by the program, from a site's files, and by an oracle, from the same site as plain data.
//!
//! ```text
//! random -> model -+-> text -> files -> Library -> Wall -> Day, timeline, terms -+
//!                  |                                                             +-> compare
//!                  +-> oracle, with tzif, civil and days of its own -------------+
//! ```
//!
//! Nothing is shared between the two ways but the release of the time zones: the oracle reads it, counts its days and resolves its
//! civil times by itself, and has nothing of the program's types. `TIME_YEARS` says how many years to simulate, `TIME_SEED` which,
//! `TIME_THREADS` by how many threads.

mod cases;
mod century;
mod civil;
mod compare;
mod days;
mod follow;
mod model;
mod oracle;
mod random;
mod rows;
mod slots;
mod terms;
mod text;
mod tzif;
mod zones;
