//! The JSON Schema of a kind of file, for editors that help while a person types.

use serde_json::{Map, Value, json};

use super::table::{FieldInfo, Presence, Table};

/// The schema of files whose root is `root`.
pub fn of(root: &'static Table) -> Value {
    let mut below = Map::new();
    collect(root, &mut below);
    let mut schema = table(root);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(root.heading);
    if !below.is_empty() {
        schema["$defs"] = Value::Object(below);
    }
    schema
}

fn collect(table_of: &'static Table, below: &mut Map<String, Value>) {
    for child in table_of.fields.iter().filter_map(|field| field.kind().child()) {
        if !below.contains_key(child.name()) {
            below.insert(child.name().to_owned(), table(child));
            collect(child, below);
        }
    }
}

fn table(table: &Table) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in table.fields {
        let (key, alias) = (field.key(), field.alias());
        properties.insert(key.to_owned(), property(*field));
        properties.insert(alias.to_owned(), property(*field));
        // Either name will do, but not both.
        let both = json!({ "not": { "required": [key, alias] } });
        let either = json!({ "oneOf": [{ "required": [key] }, { "required": [alias] }] });
        required.push(if field.presence() == Presence::Required {
            either
        } else {
            both
        });
    }
    json!({
        "type": "object",
        "description": both(table.doc.zh, table.doc.en),
        "properties": properties,
        "additionalProperties": false,
        "allOf": required,
    })
}

fn property(field: &dyn FieldInfo) -> Value {
    let mut schema = field.kind().schema();
    let doc = field.doc();
    schema["description"] = json!(both(doc.zh, doc.en));
    if let Presence::Default(literal) = field.presence() {
        schema["default"] = json!(literal.trim_matches('"'));
    }
    schema
}

fn both(zh: &str, en: &str) -> String {
    format!("{zh} / {en}")
}
