//! Nothing lies about: the top level, the length of files, what stands at their heads.

use std::fs;

use super::{files, ignored, relative, root, sources, text};

/// The longest source file, in lines. One idea a file; most are far shorter.
const LONGEST: usize = 600;

#[test]
fn the_top_level_holds_only_what_belongs_there() {
    let folders = ["src", "fonts", "playlists", "tests", "deploy"];
    let papers = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "README.zh-CN.md",
        "ARCHITECTURE.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
    ];
    let ignored = ignored();
    for entry in fs::read_dir(root()).unwrap() {
        let name = relative(&entry.unwrap().path());
        let known = name.starts_with('.') || folders.contains(&&*name) || papers.contains(&&*name);
        assert!(
            known || ignored.contains(&name),
            "{name} does not belong at the top; see the table of ARCHITECTURE.md"
        );
    }
}

#[test]
fn no_source_file_is_longer_than_one_idea() {
    for path in sources()
        .into_iter()
        .chain(files("tests"))
        .filter(|path| path.ends_with(".rs"))
    {
        let lines = text(&path).lines().count();
        assert!(
            lines <= LONGEST,
            "{path} has {lines} lines, of {LONGEST} at most: divide it by what its parts are for"
        );
    }
}

#[test]
fn every_module_says_first_what_it_is_for() {
    for path in sources()
        .into_iter()
        .chain(files("tests"))
        .filter(|path| path.ends_with(".rs"))
    {
        assert!(text(&path).starts_with("//! "), "{path} does not begin with `//!`");
    }
}
