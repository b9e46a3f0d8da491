//! A table as WPS and Excel open it by a double click: UTF-8 with a byte order mark, CRLF, RFC 4180.

/// The mark by which Windows knows UTF-8.
pub(super) const MARK: &str = "\u{feff}";

/// What ends a line on Windows.
pub(super) const END: &str = "\r\n";

/// A row of `cells`, with its end.
pub(super) fn row<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    cells.join(",") + END
}

/// A cell. What a spreadsheet would take for a formula is made a text by an apostrophe before it.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
