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
//! byte from outside: memory, processor time, no files, no sockets, no processes, no new rights, and of the kernel's calls a few dozen (see
//! `child::confine`). `ffmpeg` runs in a process of its own, in the same way, with the one video and its libraries to read. The parent waits until
//! a deadline, or until a video gets no further; it takes no more of an answer than was agreed, and looks at it as at any file from outside.

mod admission;
mod child;
mod clips;
pub mod film;
mod font;
mod look;
mod picture;
mod reel;
mod sealed;
mod sheet;
mod strikes;

pub use admission::{Admission, Plains};
pub use child::{Child, ChildFault, FilmJob, FilmLimits, Limits, Step, Task, filters, find_ffmpeg, serve};
pub use clips::{CLIP_SPACE, ClipFault, ClipJob, ClipNote, Clips, FilmMaker, FilmOrder, Studio};
pub use font::{Face, FontFault, FontSettings, Form, MadeStrike, Prepared, prepare, wanted};
pub use look::look_at_picture;
pub use reel::{ReelFault, Reels, Trouble, verify};
pub use strikes::{StrikeFileFault, Strikes};
