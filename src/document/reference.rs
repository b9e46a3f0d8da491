//! The reference page: every key of every kind of file, in Chinese and English beside each other.

use super::table::{FieldInfo, Presence, Table};

/// The part of the page about one kind of file, its tables below it in the order of their headings.
pub fn chapter(root: &'static Table) -> String {
    let mut tables = vec![root];
    let mut at = 0;
    while let Some(table) = tables.get(at) {
        let children = table.fields.iter().filter_map(|field| field.kind().child());
        let known = |child: &&'static Table| !tables.iter().any(|table| std::ptr::eq(*table, *child));
        let new: Vec<_> = children.filter(known).collect();
        tables.splice(at + 1..at + 1, new);
        at += 1;
    }
    let sections = tables.iter().enumerate().map(|(at, table)| section(table, at == 0));
    sections.collect::<Vec<_>>().join("\n")
}

fn section(table: &Table, is_root: bool) -> String {
    let mark = if is_root { "##" } else { "###" };
    let mut page = format!(
        "{mark} `{}`\n\n{}。<br>{}.\n\n",
        table.heading,
        table.doc.zh,
        capital(table.doc.en)
    );
    page.push_str("| 键 Key | 取值 Value | 默认 Default | 含义 Meaning |\n|---|---|---|---|\n");
    for field in table.fields {
        page.push_str(&row(*field));
    }
    page
}

fn row(field: &dyn FieldInfo) -> String {
    let (takes, doc) = (field.kind().describe(), field.doc());
    let unit = field.kind().unit();
    let (unit_zh, unit_en) = unit.map_or((String::new(), String::new()), |unit| {
        (format!("（{}）", unit.zh), format!(" ({})", unit.en))
    });
    let default = match field.presence() {
        Presence::Required => "**必填 required**".to_owned(),
        Presence::Optional => "无 none".to_owned(),
        Presence::Default(literal) => format!("`{literal}`"),
        Presence::Derived(doc) => format!("{}<br>{}", doc.zh, doc.en),
    };
    let cells = [
        format!("`{}`<br>`{}`", field.key(), field.alias()),
        format!("{}{unit_zh}<br>{}{unit_en}", takes.zh, takes.en),
        default,
        format!("{}<br>{}", doc.zh, doc.en),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
