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
    let note = files
        .iter()
        .find(|path| path.ends_with("README.md"))
        .map(|path| text(path))
        .unwrap_or_default();
    for path in files.iter().filter(|path| !path.ends_with(".md") && !is_licence(path)) {
        let name = path.rsplit('/').next().unwrap_or_default();
        let line = note.lines().find(|line| line.contains(name));
        let line = line.unwrap_or_else(|| panic!("{path} is not named in fonts/README.md"));
        let licence = line.split(['`', '(', ')', ' ', '|']).find(|word| is_licence(word));
        let licence = licence.unwrap_or_else(|| panic!("fonts/README.md names no licence beside {name}"));
        assert!(
            root().join("fonts").join(licence).is_file(),
            "fonts/{licence} is missing"
        );
    }
}

fn is_licence(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.starts_with("LICENSE") || name.starts_with("OFL")
}
