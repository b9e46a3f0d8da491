//! One line of a list: dates, times, a name.

use std::sync::Arc;

use super::{
    DayList, Entry,
    cursor::{Cursor, is_blank, is_digit},
    date,
    fault::{ListFault, Told},
    time,
};

/// The longest name, in characters: as in a calendar file.
const LONGEST_NAME: usize = 40;

/// Reads `said`, which stands at byte `base` of its file and has no comment.
pub(super) fn read(list: DayList, said: &str, base: usize) -> Result<Entry, Told> {
    let mut cursor = Cursor::new(said, base);
    let days = date::dates(&mut cursor)?;
    cursor.skip_between();
    let hours = time::hours(list, &mut cursor)?;
    Ok(Entry {
        days,
        hours,
        name: name(&mut cursor)?,
    })
}

/// What is left of the line. What looks like a time in it was meant as one, and to pass over that would be worse than to refuse it.
fn name(cursor: &mut Cursor<'_>) -> Result<Option<Arc<str>>, Told> {
    cursor.skip_between();
    while cursor.eat(|char| is_blank(char) || matches!(char, ':' | '-')).is_some() {}
    let name = cursor.rest();
    if name.is_empty() {
        return Ok(None);
    }
    if cursor.is_at_digit() {
        let word = cursor.word();
        let written = name.split(is_blank).next().unwrap_or_default().to_owned();
        return Err(Told::new((word, ListFault::NotATime(written))));
    }
    let length = name.chars().count();
    if length > LONGEST_NAME {
        return Err(Told::new((cursor.word(), ListFault::LongName(length))));
    }
    let mut ahead = cursor.clone();
    let mut in_digits = false;
    while let Some(char) = ahead.peek() {
        let is_digit = is_digit(char);
        if is_digit && !in_digits && time::is_here(&ahead) {
            return Err(Told::new((ahead.word(), ListFault::TimeInName)));
        }
        in_digits = is_digit;
        ahead.step();
    }
    Ok(Some(name.into()))
}
