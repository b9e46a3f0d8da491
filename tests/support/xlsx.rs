//! Small workbooks, made here: an archive of stored parts with as much in them as Excel needs.

use std::{fmt::Write as _, io::Write as _};

use flate2::{Compression, Crc, write::DeflateEncoder};

/// A cell.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'a> {
    Text(&'a str),
    Number(f64),
    /// Days since the end of 1899, shown as a date.
    Date(f64),
    /// The same, shown as a date and a time.
    DateTime(f64),
    /// A formula gone wrong.
    Error(&'a str),
    Nothing,
}

/// A part of an archive.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Packed, and as large as this says it is.
    pub(crate) packed: Option<u32>,
}

/// A workbook of one sheet.
pub(crate) fn workbook(rows: &[&[Cell<'_>]]) -> Vec<u8> {
    zip(&parts(rows))
}

/// The parts of a workbook of one sheet.
pub(crate) fn parts(rows: &[&[Cell<'_>]]) -> Vec<Part> {
    let mut strings = Vec::new();
    let mut sheet = String::new();
    for (number, row) in (1..).zip(rows) {
        if row.is_empty() {
            continue;
        }
        write!(sheet, "<row r=\"{number}\">").unwrap();
        for (column, cell) in ('A'..='Z').zip(*row) {
            let place = format!("r=\"{column}{number}\"");
            match cell {
                Cell::Text(text) => {
                    write!(sheet, "<c {place} t=\"s\"><v>{}</v></c>", strings.len()).unwrap();
                    strings.push(*text);
                }
                Cell::Number(value) => write!(sheet, "<c {place}><v>{value}</v></c>").unwrap(),
                Cell::Date(value) => write!(sheet, "<c {place} s=\"1\"><v>{value}</v></c>").unwrap(),
                Cell::DateTime(value) => write!(sheet, "<c {place} s=\"2\"><v>{value}</v></c>").unwrap(),
                Cell::Error(words) => write!(sheet, "<c {place} t=\"e\"><v>{words}</v></c>").unwrap(),
                Cell::Nothing => {}
            }
        }
        sheet.push_str("</row>");
    }
    let mut shared = String::new();
    for text in strings {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        write!(shared, "<si><t xml:space=\"preserve\">{text}</t></si>").unwrap();
    }
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let part = |name: &str, text: String| Part {
        name: name.into(),
        bytes: format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>{text}").into_bytes(),
        packed: None,
    };
    vec![
        part(
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{package}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
            ),
        ),
        part(
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{kind}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        part(
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{kind}\"><sheets><sheet name=\"Sheet1\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}/relationships\"><Relationship Id=\"r1\" Type=\"{kind}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{kind}/sharedStrings\" Target=\"sharedStrings.xml\"/><Relationship Id=\"r3\" Type=\"{kind}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        part("xl/sharedStrings.xml", format!("<sst xmlns=\"{main}\">{shared}</sst>")),
        part(
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/><xf numFmtId=\"22\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        part(
            "xl/worksheets/sheet1.xml",
            format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>"),
        ),
    ]
}

/// The archive of these parts.
pub(crate) fn zip(parts: &[Part]) -> Vec<u8> {
    let (mut archive, mut list) = (Vec::new(), Vec::new());
    for part in parts {
        let at = archive.len() as u32;
        let mut sum = Crc::new();
        sum.update(&part.bytes);
        let stored = match part.packed {
            None => part.bytes.clone(),
            Some(_) => {
                let mut packer = DeflateEncoder::new(Vec::new(), Compression::fast());
                packer.write_all(&part.bytes).unwrap();
                packer.finish().unwrap()
            }
        };
        let method: u16 = if part.packed.is_some() { 8 } else { 0 };
        let unpacked = part.packed.unwrap_or(part.bytes.len() as u32);
        let mut common = vec![20, 0, 0, 0];
        common.extend(method.to_le_bytes());
        common.extend([0; 4]);
        for number in [sum.sum(), stored.len() as u32, unpacked] {
            common.extend(number.to_le_bytes());
        }
        common.extend((part.name.len() as u16).to_le_bytes());
        common.extend([0, 0]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&common);
        archive.extend(part.name.as_bytes());
        archive.extend(stored);
        list.extend(b"PK\x01\x02\x14\0");
        list.extend(&common);
        list.extend([0; 10]);
        list.extend(at.to_le_bytes());
        list.extend(part.name.as_bytes());
    }
    let (start, length, count) = (archive.len() as u32, list.len() as u32, parts.len() as u16);
    archive.extend(list);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    archive.extend([length.to_le_bytes(), start.to_le_bytes()].concat());
    archive.extend([0, 0]);
    archive
}
