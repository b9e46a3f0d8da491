//! A small site that moves: pages that fade, a ticker, a clock.

use std::{fs, path::Path, sync::Arc};

use tempfile::TempDir;
use yingbi::{
    folder,
    wall::{Library, Wall},
};

pub(crate) const SITE: &str = r#"
title = "示例省国资委"

[[column]]
id = "notices"
title = "通知公告"

[[screen]]
id = "lobby"
width = 128
height = 64
rate = 25
brightness = 100
night = { level = 100 }

[[screen.zone]]
id = "main"
height = 48

[[screen.zone]]
id = "ticker"
y = 48
kind = "ticker"
"#;

const PLAYLISTS: [(&str, &str); 2] = [
    (
        "pages.toml",
        "[[play]]\ncolumn = \"notices\"\ndwell = \"3s\"\ntransition = \"fade 0.4s\"\n[[play]]\nclock = true\ndwell = \"3s\"\n",
    ),
    ("ticker.toml", "zones = [\"ticker\"]\n[[play]]\ncolumn = \"notices\"\n"),
];

pub(crate) const ITEMS: [(&str, &str); 2] = [
    (
        "items/notices/a.md",
        "+++\ntitle = \"关于召开座谈会的通知\"\n+++\n请各处室于周五前报送参会名单。\n",
    ),
    (
        "items/notices/b.md",
        "+++\ntitle = \"政务公开\"\n+++\n本周为政务公开宣传周，欢迎来访咨询。\n",
    ),
];

/// The site in a folder of its own.
pub(crate) fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fill(folder.path());
    folder
}

/// Puts the site into that folder.
pub(crate) fn fill(folder: &Path) {
    write(folder, "site.toml", SITE);
    for (path, text) in PLAYLISTS.iter().chain(&ITEMS) {
        write(folder, path, text);
    }
}

pub(crate) fn write(site: &Path, path: &str, text: &str) {
    let place = site.join(path);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    fs::write(place, text).unwrap();
}

/// The wall of the site in `folder`, of which nothing may be wrong.
pub(crate) fn wall(folder: &Path) -> Arc<Wall> {
    let library = Library::default().accept(&folder::scan(folder).unwrap().files);
    assert_eq!(library.problems(), []);
    Arc::clone(library.wall().unwrap())
}
