//! Reader, schemas and reference page say the same, since one table of fields yields them all.

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;
use yingbi::{
    almanac,
    diagnostic::{Diagnostic, Source},
    document::{Presence, Table, reference, schema},
    item, playlist, site,
    stage::{self, Template},
};

/// A kind of file: the name of its schema, its root, and the problems of a text of its kind.
type Kind = (&'static str, &'static Table, fn(&str) -> Vec<Diagnostic>);

const KINDS: [Kind; 5] = [
    ("site", &site::SITE, |text| {
        site::parse("site.toml", text.as_bytes()).diagnostics
    }),
    ("playlist", &playlist::PLAYLIST, |text| {
        playlist::parse("a.toml", text.as_bytes()).diagnostics
    }),
    ("calendar", &almanac::ALMANAC, |text| {
        almanac::parse("calendar/a.toml", text.as_bytes()).diagnostics
    }),
    ("item", &item::ITEM, |text| {
        item::parse("items/a/b.md", format!("+++\n{text}\n+++\n").as_bytes()).diagnostics
    }),
    ("scene", &stage::SCENE, |text| {
        Template::parse(&Source::new("scenes/a.toml", text))
            .err()
            .unwrap_or_default()
    }),
];

/// Every table below `root`, each with the headings that lead to it.
fn tables(root: &'static Table) -> Vec<(String, &'static Table)> {
    let mut found = vec![(String::new(), String::new(), root)];
    let mut at = 0;
    while at < found.len() {
        let (path, headings, table) = found[at].clone();
        for field in table.fields {
            if let Some(child) = field.kind().child() {
                let path = format!("{path}{}", field.key());
                let is_list = field.kind().schema()["type"] == "array";
                let heading = if is_list {
                    format!("[[{path}]]")
                } else {
                    format!("[{path}]")
                };
                found.push((format!("{path}."), format!("{headings}{heading}\n"), child));
            }
        }
        at += 1;
    }
    found
        .into_iter()
        .map(|(_, headings, table)| (headings, table))
        .collect()
}

/// `found` is what the tree holds at `path`; where `UPDATE` is set it is made so.
fn holds(path: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, made).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == made,
        "{} is not what the tables say; run the tests with UPDATE=1",
        path.display()
    );
}

#[test]
fn the_schemas_in_the_tree_are_those_of_the_tables() {
    for (name, root, _) in KINDS {
        let made = serde_json::to_string_pretty(&schema::of(root)).unwrap() + "\n";
        holds(&format!("playlists/schema/{name}.json"), &made);
    }
}

#[test]
fn the_reference_page_in_the_tree_is_that_of_the_tables() {
    let roots: Vec<_> = KINDS.iter().map(|(_, root, _)| *root).collect();
    holds("playlists/README.md", &reference::page(&roots));
}

#[test]
fn every_key_and_every_alias_is_read() {
    for (kind, root, problems) in KINDS {
        for (headings, table) in tables(root) {
            for field in table.fields {
                // No field takes an inline table of an unknown key; those that take tables refuse a number.
                let wrong = if field.kind().child().is_some() {
                    "0"
                } else {
                    "{ a = 1 }"
                };
                for name in [field.key(), field.alias()] {
                    let text = format!("{headings}{name} = {wrong}");
                    let found = problems(&text);
                    let refused = format!("\"{name}\" takes ");
                    let told = found
                        .iter()
                        .filter(|problem| problem.message.en.starts_with(&refused))
                        .count();
                    assert_eq!(told, 1, "{kind}: {text}\n{found:#?}");
                }
            }
        }
    }
}

#[test]
fn no_other_key_is_read() {
    for (kind, root, problems) in KINDS {
        for (headings, table) in tables(root) {
            let found = problems(&format!("{headings}qqqqqqqqq = 1"));
            let told = found
                .iter()
                .filter(|problem| problem.message.en == "unknown key \"qqqqqqqqq\"")
                .count();
            assert_eq!(told, 1, "{kind} {}: {found:#?}", table.heading);
        }
    }
}

#[test]
fn within_a_table_no_two_keys_have_one_name() {
    for (_, root, _) in KINDS {
        for (_, table) in tables(root) {
            let names: BTreeSet<_> = table
                .fields
                .iter()
                .flat_map(|field| [field.key(), field.alias()])
                .collect();
            assert_eq!(names.len(), 2 * table.fields.len(), "{}", table.heading);
        }
    }
}

#[test]
fn every_default_is_a_value() {
    for (_, root, _) in KINDS {
        for field in tables(root).iter().flat_map(|(_, table)| table.fields) {
            if let Presence::Default(literal) = field.presence() {
                assert!(toml::de::DeValue::parse(literal).is_ok(), "{} = {literal}", field.key());
            }
        }
    }
}

#[test]
fn every_key_of_a_table_is_in_its_schema_under_both_names() {
    for (_, root, _) in KINDS {
        let schema = schema::of(root);
        for (_, table) in tables(root) {
            let of_table = if std::ptr::eq(table, root) {
                &schema
            } else {
                &schema["$defs"][table.name()]
            };
            let Value::Object(properties) = &of_table["properties"] else {
                panic!("{} has no properties", table.heading);
            };
            assert_eq!(properties.len(), 2 * table.fields.len(), "{}", table.heading);
            assert_eq!(of_table["additionalProperties"], false);
        }
    }
}
