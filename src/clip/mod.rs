//! A clip: a short video as it lies ready to be shown, every frame of the size of its place and at the screen's rate. Playing one decodes no codec.
//!
//! This room knows the form of a clip over bytes, and nothing of files: who writes and reads them is in `media`. What shows frames asks a
//! [`Footage`] for them, whoever has that.

mod footage;

pub use footage::{Footage, Footages, NoFootage};
