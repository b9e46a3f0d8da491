//! The house keeps its shape: floors, sizes, papers and words, read from the source tree itself.

mod faults;
mod floors;
mod papers;
mod tree;
mod words;

use std::{fs, path::Path};

/// The top of the checkout.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text of the file at `path`, relative to the top.
fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What the version control leaves out, at the top.
fn ignored() -> Vec<String> {
    let lines = text(".gitignore");
    let ours = lines.lines().map(|line| line.trim_matches('/').to_owned());
    ours.chain([".git".into()]).collect()
}

/// Every file below `folder`, as paths relative to the top, sorted; what the version control leaves out is not among them.
fn files(folder: &str) -> Vec<String> {
    let ignored = ignored();
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = relative(&path);
            if ignored.contains(&name) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(name);
            }
        }
    }
    found.sort();
    found
}

fn relative(path: &Path) -> String {
    let path = path.strip_prefix(root()).unwrap_or(path);
    path.to_str().expect("names in UTF-8").to_owned()
}

/// The Rust files of the program.
fn sources() -> Vec<String> {
    files("src").into_iter().filter(|path| path.ends_with(".rs")).collect()
}
