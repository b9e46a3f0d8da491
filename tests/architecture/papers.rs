//! What we stand on is named with its reason and its licence.

use super::{files, root, text};

/// The lines of the tables of `Cargo.toml` that name crates, each with the line above it.
fn dependencies() -> Vec<(String, String)> {
    let manifest = text("Cargo.toml");
    let mut table = "";
    let mut above = "";
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            table = line;
        } else if table.ends_with("dependencies]") && line.contains(" = ") {
            found.push((line.to_owned(), above.to_owned()));
        }
        above = line;
    }
    found
}

fn name(line: &str) -> &str {
    line.split(" = ").next().unwrap_or_default()
}

#[test]
fn every_dependency_says_why_it_is_there() {
    let dependencies = dependencies();
    assert!(dependencies.len() > 20);
    for (line, above) in &dependencies {
        // One sentence may stand for a crate and its own helpers: serde, serde_json.
        let family = !above.is_empty() && name(line).starts_with(name(above));
        assert!(
            above.starts_with("# ") || family,
            "no reason above this line of Cargo.toml: {line}"
        );
    }
}

#[test]
fn no_dependency_comes_from_outside_the_registry() {
    for (line, _) in dependencies() {
        assert!(!line.contains("git =") && !line.contains("path ="), "{line}");
    }
}

#[test]
fn both_licences_are_here_and_are_those_of_the_manifest() {
    assert!(text("Cargo.toml").contains("license = \"MIT OR Apache-2.0\""));
    assert!(text("LICENSE-MIT").starts_with("MIT License"));
    assert!(text("LICENSE-APACHE").contains("Version 2.0, January 2004"));
}

#[test]
fn every_file_of_fonts_is_covered_by_a_licence_note() {
    let files = files("fonts");
    assert!(!files.is_empty());
    let note = text("fonts/README.md");
    for path in files.iter().filter(|path| *path != "fonts/README.md") {
        let folder = path.split('/').nth(1).unwrap_or_default();
        let row = note.lines().find(|line| line.starts_with(&format!("| `{folder}/` |")));
        let row = row.unwrap_or_else(|| panic!("{path}: the table of fonts/README.md has no row for {folder}/"));
        let licence = row.rsplit('`').nth(1).unwrap_or_default();
        let is_there = licence.starts_with(&format!("{folder}/")) && root().join("fonts").join(licence).is_file();
        assert!(
            is_there,
            "the row of {folder}/ in fonts/README.md names {licence:?}, which is no licence in that folder"
        );
    }
}
