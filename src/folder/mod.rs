//! The site's folder and the state folder: reading, watching, locking.
//!
//! ```text
//! folder on disk -> Scanner (every file, or why not) -> Settle (what has come to rest) -> Watch (when to look again) -> daemon
//! ```
//!
//! Watching is a hint; a scan by content digest is the truth. What is hinted at is glimpsed at first, so that news need not wait for the
//! scan of a large folder. The scan gives the wall's [`SourceFile`](crate::wall::SourceFile)s, each with
//! its bytes or the reason why it could not be read. Nothing here knows what a file says, and nothing here waits without a
//! deadline: what could hang when opened (a pipe, a device) is never opened.

pub mod backup;
mod fault;
mod floor;
mod hints;
pub mod journal;
mod marker;
mod note;
mod read;
mod scan;
mod settle;
mod state;
mod stop;
mod walk;
mod watch;
pub(crate) mod whole;

pub use fault::FolderError;
pub use floor::{FloorError, FloorFile};
pub use hints::FEEDBACK;
pub use marker::{Marker, Markers};
pub use note::{Found, Note};
pub use read::{Fetched, Opened, Since, fetch, open};
pub use scan::{
    FILE_LIMIT, PICTURE_FILE_LIMIT, REREAD, SHEET_FILE_LIMIT, Scan, Scanner, TOTAL_LIMIT, Unseen, VIDEO_FILE_LIMIT,
    scan,
};
pub use settle::{BLANK_REST, Hinted, REST, Settle, THIN, THIN_REST};
pub use state::{StateFolder, given};
pub use stop::{StopError, StopFile, stop_file};
pub use walk::{DEPTH_LIMIT, ENTRY_LIMIT};
pub use watch::{Seen, Stopper, Watch};
