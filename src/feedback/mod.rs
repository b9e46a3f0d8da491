//! What the daemon tells the clerk, in a folder of the site: files that Windows and WPS open.
//!
//! | file | what it tells | when it is written |
//! |---|---|---|
//! | `现在屏幕.png` | what the first screen shows; the others have files by their titles | at most every 3 s; never older than 5 s |
//! | `问题清单.txt` | what is wrong, what to do, whom to call | when that changes |
//! | `今日播出.csv` | what plays today, item by item, and what does not, and why | when the programme or the day changes |
//! | `预览/` | every page of every item, drafts too | page by page, when it looks another way |
//! | `说明.txt` | what these files are | once |
//!
//! ```text
//! Hub, Wall, Notices, time -> Desk::turn -> bytes -> Store -> 反馈/
//! ```
//!
//! Files are written beside their place and renamed, so that whoever reads finds a whole one. Nothing is brought to the disk by force: after a
//! cut in the power all of it is written anew, and a card that is written to every few seconds wears out. Nothing here is ever read by the
//! wall, nothing is deleted that was not written here, and what cannot be written is one problem, told and tried again. The
//! time comes in as an argument, but for that by which files are stamped; a share that hangs holds up its caller, who has a thread for nothing else.

mod csv;
mod desk;
mod fault;
mod idle;
mod imports;
mod list;
mod names;
mod notice;
mod previews;
mod screens;
mod sheet;
mod store;
mod stretch;
mod trial;
mod words;

pub use desk::{Desk, Situation, Turn};
pub use fault::FeedbackFault;
pub use idle::Idle;
pub use list::list;
pub use names::{NAME_LIMIT, file_name};
pub use notice::{Notice, STOPPED, Whose};
pub use previews::PAGE_LIMIT;
pub use sheet::{plan, sheet};
