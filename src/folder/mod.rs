//! The site's folder and the state folder: reading, watching, locking.
//!
//! Watching is a hint; a scan by content digest is the truth. The scan gives the wall's [`SourceFile`](crate::wall::SourceFile)s, each with
//! its bytes or the reason why it could not be read.
