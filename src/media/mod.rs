//! What people bring and strangers have made: fonts now, pictures and videos later. Their readers are not ours to trust, so they run in a child
//! process that can be lost.
//!
//! ```text
//! prepare -> Strikes (made before?) -> Child::run -> serve, in a process of its own -> text::outline -> strikes -> Strikes
//! ```
//!
//! What was made of videos lies in clips, which [`Reels`] plays (see `reel`).
//!
//! [`Child`] starts this very program with a hidden command; [`serve`] is what runs there. The child limits itself before it reads the first
//! byte from outside: memory, processor time, no files, no sockets, no processes, no new rights. The parent waits for it until a deadline, takes
//! no more of its answer than was agreed, and looks at that answer as at any file from outside. What the child may still call is not filtered
//! (seccomp, Landlock): with no file to open there is little to be had.

mod admission;
mod child;
#[allow(dead_code, unused_imports, reason = "begun")]
mod film;
mod font;
mod picture;
mod reel;
mod sealed;
mod sheet;
mod strikes;

pub use admission::{Admission, Plains};
pub use child::{Child, ChildFault, Limits, Task, serve};
pub use font::{Face, FontFault, FontSettings, Form, MadeStrike, Prepared, prepare, wanted};
pub use reel::{ReelFault, Reels, Trouble, verify};
pub use strikes::{StrikeFileFault, Strikes};
