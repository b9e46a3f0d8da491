//! The thread that looks for the file 停播 in the site's folder.
//!
//! It lists the folder's root and nothing else, apart from the scan of the site, which may take long. A share that is dead may hold it up
//! for ever: then it is held up alone.

use std::{io, path::Path, sync::Arc, thread, time::Duration};

use super::super::{clock, shared::Shared};
use crate::folder::stop_file;

/// How long it rests between two looks.
const PERIOD: Duration = Duration::from_millis(250);

pub(super) fn start(shared: &Arc<Shared>, site: &Path) -> io::Result<()> {
    let (shared, site) = (Arc::clone(shared), site.to_owned());
    thread::Builder::new().name("stop file".into()).spawn(move || {
        while !shared.is_ending() {
            let begun = clock::moment();
            // What cannot be listed is told by whoever scans the site.
            let found = stop_file(&site).unwrap_or_default();
            shared.saw(begun, found.as_deref());
            thread::sleep(PERIOD);
        }
    })?;
    Ok(())
}
