//! A site in one archive, and back: a gzipped tar that any PC opens.
//!
//! ```text
//! site/…         the files of the site, and its folders, in the order of their paths
//! history/…      the journal and its objects, where they were asked for
//! backup.json    the list of all files with length and digest; it comes last, so an archive without it is one that was cut off
//! ```
//!
//! The same files make the same bytes. What comes out of an archive is not trusted: nothing of it is put in place before the whole of it
//! has been unpacked beside, within [`LIMITS`], and found to be what the list says.

mod fault;
mod list;
mod pack;
mod place;
mod unpack;

pub use fault::BackupFault;
pub use list::{LIMITS, Limits};
pub use pack::{Backup, Packed};
pub use unpack::{Restore, Restored};

/// Where the site's files are in an archive.
const SITE: &str = "site";
/// Where the history is.
const HISTORY: &str = "history";
/// The name of the list.
const LIST: &str = "backup.json";
