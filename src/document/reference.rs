//! The reference page: every key of every kind of file, in Chinese and English beside each other.

use super::table::{FieldInfo, Presence, Table};

/// What stands before the tables: how values are written.
const PREFACE: &str = "\
# 站点文件参考 Reference of the site's files

本页由程序中的字段表生成，与程序所读完全一致。编辑器可用 `schema/` 中的 JSON Schema 提示与检查。<br>
This page is made from the program's tables of fields, so it says what the program reads. Editors can use the JSON Schemas in `schema/`.

- 每个键都有中文别名，两者任选其一，如 `标题 = \"…\"`。Every key has a Chinese alias; write either.
- 符号用半角：`=`、`\"`、`,`、`[`、`]`；引号之内的文字不限。Signs are ASCII; within quotes any character is text.
- 时长 durations：`8`、`\"8s\"`、`\"1m30s\"`、`\"8秒\"`、`\"2分钟\"`。
- 日期 dates：`2026-05-08`、`\"2026-5-8\"`、`\"2026年5月8日\"`。
- 时刻 times of day：`\"08:00\"` 至 to `\"24:00\"`；日期加时刻 date and time：`\"2026-05-08 08:00\"`。
- 有错的文件整份不生效，上一份正确的继续有效；`yingbi check` 列出全部错误。A file with an error is refused whole and its last good version \
  stays in force; `yingbi check` lists every problem.
";

/// The whole page about the kinds of files with these roots.
pub fn page(roots: &[&'static Table]) -> String {
    let chapters = roots.iter().map(|root| format!("\n{}", chapter(root)));
    PREFACE.to_owned() + &chapters.collect::<String>()
}

/// The part of the page about one kind of file, its tables below it in the order of their headings.
fn chapter(root: &'static Table) -> String {
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
