//! The child's work on a workbook: a file of a stranger in, its first sheet as plain text out, one line a row.

use std::{collections::BTreeMap, io::Cursor};

use calamine::{Data, DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError};
use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain},
    item::{ROW_LIMIT, write_row},
};

/// The most cells with something in them.
const CELLS: usize = 100_000;
/// The columns that are read; what stands further to the right is nobody's item.
const COLUMNS: u32 = 64;
/// The rows down to which a sheet is read, empty ones counted.
const ROWS: u32 = 20_000;
/// The most parts of a workbook, and the most bytes of all of them unpacked.
const PARTS: usize = 2000;
const UNPACKED: u64 = 128 << 20;
/// The longest text of one cell, in characters; Excel itself has no longer ones.
const CELL: usize = 32_767;

/// Why a workbook is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum SheetFileFault {
    #[error("the file is no workbook of the .xlsx kind")]
    NoWorkbook,
    #[error("the workbook is protected by a password, or of the old .xls kind")]
    Locked,
    #[error("the workbook is not whole, or is damaged: {reason}")]
    Unreadable { reason: String },
    #[error("the workbook has no sheet with anything in it")]
    Empty,
    #[error("the sheet has more than {ROW_LIMIT} rows or {CELLS} cells, or its file unpacks to more than {} MB", UNPACKED >> 20)]
    TooLarge,
}

/// The first sheet of the workbook in `bytes` that people see and that has anything in it, as text: row `n` is line `n`.
pub(super) fn plain(bytes: &[u8]) -> Result<Vec<u8>, SheetFileFault> {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Err(SheetFileFault::Locked);
    }
    if !bytes.starts_with(b"PK") {
        return Err(SheetFileFault::NoWorkbook);
    }
    weigh(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| refused(&error))?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible)
        .map(|sheet| sheet.name.clone())
        .collect();
    for name in names {
        let text = sheet(&mut workbook, &name)?;
        if !text.trim().is_empty() {
            return Ok(text.into_bytes());
        }
    }
    Err(SheetFileFault::Empty)
}

/// Looks at the archive's own list, before anything is unpacked.
fn weigh(bytes: &[u8]) -> Result<(), SheetFileFault> {
    const END: [u8; 4] = *b"PK\x05\x06";
    const ENTRY: [u8; 4] = *b"PK\x01\x02";
    let cut = || SheetFileFault::Unreadable {
        reason: "its list of parts is missing".into(),
    };
    let end = bytes.windows(4).rposition(|window| window == END).ok_or_else(cut)?;
    let short = |at: usize| Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let long = |at: usize| Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let count = usize::from(short(end + 10).ok_or_else(cut)?);
    let mut at = long(end + 16).ok_or_else(cut)? as usize;
    let mut unpacked = 0;
    if count > PARTS {
        return Err(SheetFileFault::TooLarge);
    }
    for _ in 0..count {
        if bytes.get(at..).is_none_or(|entry| !entry.starts_with(&ENTRY)) {
            return Err(cut());
        }
        unpacked += u64::from(long(at + 24).ok_or_else(cut)?);
        let names = [28, 30, 32].map(|offset| short(at + offset).map(usize::from));
        at += 46 + names.into_iter().sum::<Option<usize>>().ok_or_else(cut)?;
    }
    if unpacked > UNPACKED {
        return Err(SheetFileFault::TooLarge);
    }
    Ok(())
}

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<String, SheetFileFault> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(|error| refused(&error))?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    let mut count = 0;
    while let Some(cell) = cells.next_cell().map_err(|error| refused(&error))? {
        let (row, column) = cell.get_position();
        let text = words(cell.get_value());
        if text.is_empty() || column >= COLUMNS {
            continue;
        }
        count += 1;
        rows.entry(row).or_default().insert(column, text);
        if row >= ROWS || count > CELLS || rows.len() > ROW_LIMIT + 1 {
            return Err(SheetFileFault::TooLarge);
        }
    }
    let mut text = String::new();
    let mut next = 0;
    for (row, cells) in rows {
        text.extend((next..row).map(|_| '\n'));
        let last = cells.keys().next_back().copied().unwrap_or(0);
        text += &write_row((0..=last).map(|column| cells.get(&column).map_or("", String::as_str)));
        next = row + 1;
    }
    Ok(text)
}

/// What a cell says, as a person would type it.
fn words(value: &DataRef<'_>) -> String {
    let text = match value {
        DataRef::Empty => String::new(),
        DataRef::Float(number) => format!("{number}"),
        DataRef::DateTime(at) => date(*at),
        other => Data::from(other.clone()).to_string(),
    };
    let is_sound = |sign: &char| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t');
    text.chars().filter(is_sound).take(CELL).collect()
}

/// A date, or a date and a time, or a length of time: 2026-05-08, 2026-05-08 08:30, 08:30.
fn date(at: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let time = match second {
        0 => format!("{hour:02}:{minute:02}"),
        _ => format!("{hour:02}:{minute:02}:{second:02}"),
    };
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        _ if at.as_f64() < 1.0 => time,
        (0, 0, 0) => date,
        _ => format!("{date} {time}"),
    }
}

fn refused(error: &XlsxError) -> SheetFileFault {
    match error {
        XlsxError::Password => SheetFileFault::Locked,
        _ => SheetFileFault::Unreadable {
            reason: error
                .to_string()
                .chars()
                .filter(|sign| !sign.is_control())
                .take(120)
                .collect(),
        },
    }
}

impl Explain for SheetFileFault {
    fn chinese(&self) -> String {
        match self {
            Self::NoWorkbook => "文件不是 .xlsx 表格".into(),
            Self::Locked => "表格设了密码，或是旧的 .xls 格式".into(),
            Self::Unreadable { reason } => format!("表格不完整或已损坏：{reason}"),
            Self::Empty => "表格是空的".into(),
            Self::TooLarge => {
                format!(
                    "表格超过 {ROW_LIMIT} 行或 {CELLS} 格，或展开后超过 {} MB",
                    UNPACKED >> 20
                )
            }
        }
    }

    fn help(&self) -> Bilingual {
        match self {
            Self::NoWorkbook => Bilingual::new(
                "请用 WPS 打开后另存为“.xlsx”，再放入文件夹",
                "open it where it was made, save it as .xlsx, and put that here",
            ),
            Self::Locked => Bilingual::new(
                "请用 WPS 打开，去掉密码，另存为“.xlsx”",
                "open it, take the password away, and save it as .xlsx",
            ),
            Self::Unreadable { .. } => Bilingual::new(
                "请重新复制一遍；仍不行时，请用 WPS 打开后另存为“.xlsx”",
                "copy it here again; should that not help, open it and save it as .xlsx",
            ),
            Self::Empty => Bilingual::new(
                "请在第一张工作表中填写，最上面一行写明各列名称",
                "fill in its first sheet, with the names of the columns in the first row",
            ),
            Self::TooLarge => Bilingual::new(
                "请分成几个文件，或删去已过期的行和空白的格式",
                "split it into several files, or remove rows that are over",
            ),
        }
    }
}
