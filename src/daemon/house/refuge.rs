//! The safe page: the site's title on every screen, and nothing else.
//!
//! It is a wall like any other, made of the site's own `site.toml` and three texts of ours; so it keeps the lit hours, and nothing of it is
//! new to the way that leads to a frame.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use crate::wall::{Library, SourceFile, Wall};

/// The playlist.
const PLAYLIST: &str = "title = \"安全页\"\nzones = [\"*\"]\n[[play]]\nitem = \"safe\"\n";

/// Where the item is.
const ITEM: &str = "items/safe.md";

/// The safe page of the site whose `site.toml` is among `files`; `None` where there is none, or it is not good.
pub fn wall(files: &[SourceFile]) -> Option<Arc<Wall>> {
    let site = files.iter().find(|file| &*file.path == "site.toml")?;
    catch_unwind(AssertUnwindSafe(|| {
        let bare = Library::default().accept(std::slice::from_ref(site));
        let title = serde_json::to_string(&bare.wall()?.site().title).expect("a text can be written");
        let item = format!("+++\ntitle = {title}\nscene = \"slogan\"\n+++\n");
        let (list, item) = (
            SourceFile::new("safe.toml", PLAYLIST.as_bytes()),
            SourceFile::new(ITEM, item.into_bytes()),
        );
        let files = [site.clone(), list, item];
        Library::default().accept(&files).wall().cloned()
    }))
    .ok()
    .flatten()
}
