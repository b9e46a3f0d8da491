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
//! `TIME_THREADS` by how many threads; a year costs some 0.15 s of CPU time as tests are built, and `--nocapture` shows the figures.
//!
//! Which page of those that may be on is on is not asked here: `programme` has an oracle of its own for that, tick by tick.

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
mod rules;
mod slots;
mod terms;
mod text;
mod tzif;
mod zones;
