//! What people bring and strangers have made: fonts now, pictures and videos later. Their readers are not ours to trust, so they run in a child
//! process that can be lost.
//!
//! ```text
//! prepare -> Strikes (made before?) -> Child::run -> serve, in a process of its own -> text::outline -> strikes -> Strikes
//! ```
//!
//! [`Child`] starts this very program with a hidden command; [`serve`] is what runs there. The child limits itself before it reads the first
//! byte from outside: memory, processor time, no files, no sockets, no processes, no new rights. The parent waits for it until a deadline, takes
//! no more of its answer than was agreed, and looks at that answer as at any file from outside. What the child may still call is not filtered
//! (seccomp, Landlock): with no file to open there is little to be had.

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
pub use child::{Child, ChildFault, FilmJob, FilmLimits, Limits, Task, find_ffmpeg, serve};
pub use clips::{CLIP_SPACE, ClipFault, ClipJob, ClipNote, Clips, FilmMaker, FilmOrder, Studio};
pub use font::{Face, FontFault, FontSettings, Form, MadeStrike, Prepared, prepare, wanted};
pub use look::look_at_picture;
pub use reel::{ReelFault, Reels, Trouble, verify};
pub use strikes::{StrikeFileFault, Strikes};
