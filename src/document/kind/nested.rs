//! Tables within tables.

use serde_json::{Value, json};

use crate::{
    diagnostic::Bilingual,
    document::{Describe, Table},
};

/// One table: `[contact]`.
#[derive(Clone, Copy)]
pub struct One(pub &'static Table);

/// A list of tables: `[[screen]]`.
#[derive(Clone, Copy)]
pub struct Many(pub &'static Table);

fn reference(table: &Table) -> Value {
    json!({ "$ref": format!("#/$defs/{}", table.name()) })
}

fn describe(table: &Table) -> Bilingual {
    let heading = table.heading;
    Bilingual::new(format!("{heading} 表"), format!("tables under {heading}"))
}

impl Describe for One {
    fn describe(&self) -> Bilingual {
        describe(self.0)
    }

    fn schema(&self) -> Value {
        reference(self.0)
    }

    fn child(&self) -> Option<&'static Table> {
        Some(self.0)
    }
}

impl Describe for Many {
    fn describe(&self) -> Bilingual {
        describe(self.0)
    }

    fn schema(&self) -> Value {
        json!({ "type": "array", "items": reference(self.0) })
    }

    fn child(&self) -> Option<&'static Table> {
        Some(self.0)
    }
}
