//! Times of day as people write them: 10:00-10:03, 10：00—10：03, 10时至10时3分, 下午2:00-4:00, 22:00至次日1:00.

use super::{
    DayList,
    cursor::Cursor,
    fault::{ListFault, Told},
};
use crate::calendar::TimeOfDay;

/// The longest silence that the list takes, in minutes: who writes the day's hours means a solemn day, not a dark one.
pub(super) const LONGEST_SILENCE: u32 = 60;

const HALVES: [&str; 8] = ["凌晨", "早上", "早晨", "上午", "中午", "下午", "傍晚", "晚上"];
/// The first of [`HALVES`] whose hours may be those after noon.
const NOON: usize = 4;
const NEXT_DAY: [&str; 3] = ["次日", "翌日", "第二天"];

/// A time as it stands.
#[derive(Clone, Copy, Debug)]
struct Written {
    half: Option<usize>,
    next_day: bool,
    /// `None` where only minutes stand: 10时0分至3分.
    hour: Option<u32>,
    minute: u32,
    second: u32,
}

/// Whether a time stands here.
pub(super) fn is_here(cursor: &Cursor<'_>) -> bool {
    read(&mut cursor.clone()).is_some()
}

/// The stretches of the day that stand here, with commas between; none where no time stands here.
pub(super) fn hours(list: DayList, cursor: &mut Cursor<'_>) -> Result<Vec<(TimeOfDay, TimeOfDay)>, Told> {
    let mut hours = Vec::new();
    cursor.eat_word(&["每天", "每日"]);
    while is_here(cursor) {
        hours.push(stretch(list, cursor)?);
        let mut ahead = cursor.clone();
        if ahead.skip_between() && is_here(&ahead) {
            *cursor = ahead;
        }
    }
    Ok(hours)
}

fn stretch(list: DayList, cursor: &mut Cursor<'_>) -> Result<(TimeOfDay, TimeOfDay), Told> {
    let from = cursor.clone();
    let start = read(cursor);
    let words: Vec<&str> = HALVES.into_iter().chain(NEXT_DAY).collect();
    let end = if cursor.until(&words) { Some(read(cursor)) } else { None };
    let Some(end) = end else {
        return Err(Told::new((
            cursor.since(&from),
            ListFault::NoEnd(cursor.text_since(&from)),
        )));
    };
    cursor.eat_word(&["止"]);
    let (span, written) = (cursor.since(&from), cursor.text_since(&from));
    let told = |fault| Err(Told::new((span.clone(), fault)));
    let (Some(start), Some(end)) = (start, end) else {
        return told(ListFault::NotATime(written));
    };
    let end = Written {
        half: end.half.or(start.half.filter(|_| !end.next_day)),
        hour: end.hour.or(start.hour),
        ..end
    };
    let (Some(first), Some(last)) = (start.time(), end.time()) else {
        return told(ListFault::NotATime(written));
    };
    if first == last {
        return told(ListFault::SameTime);
    }
    if end.next_day == (last > first) {
        return told(ListFault::TimesBackwards {
            start: first,
            end: last,
        });
    }
    let day = if end.next_day { 86_400 } else { 0 };
    let minutes = (last.seconds() + day - first.seconds()).div_ceil(60);
    if list == DayList::Solemn && minutes > LONGEST_SILENCE {
        return told(ListFault::LongSilence(minutes));
    }
    Ok((first, last))
}

/// The time that stands here, stepped over; `None` where none does.
fn read(cursor: &mut Cursor<'_>) -> Option<Written> {
    let next_day = cursor.eat_word(&NEXT_DAY).is_some();
    let half = cursor.eat_word(&HALVES);
    cursor.skip_blanks();
    let number = cursor.number().filter(|number| number.digits <= 2)?;
    let mut written = Written {
        half,
        next_day,
        hour: Some(number.value),
        minute: 0,
        second: 0,
    };
    match cursor.eat(|char| matches!(char, ':' | '.' | '时' | '点' | '分'))? {
        '分' => {
            written.minute = number.value;
            written.hour = None;
        }
        '时' | '点' => {
            let mut ahead = cursor.clone();
            if cursor.eat_word(&["半"]).is_some() {
                written.minute = 30;
            } else if let Some(minute) = ahead.number()
                && ahead.eat(|char| char == '分').is_some()
            {
                written.minute = minute.value;
                *cursor = ahead;
            }
        }
        sign => {
            written.minute = cursor.number().filter(|minute| minute.digits == 2)?.value;
            if sign == ':' && cursor.eat(|char| char == ':').is_some() {
                written.second = cursor.number().filter(|second| second.digits == 2)?.value;
            }
        }
    }
    cursor.eat_word(&["整"]);
    Some(written)
}

impl Written {
    /// The time of day that is meant; `None` where no clock shows it.
    fn time(self) -> Option<TimeOfDay> {
        let hour = self.hour?;
        let is_later = self.half.is_some_and(|half| half > NOON || half == NOON && hour < 11);
        let hour = if is_later && hour < 12 { hour + 12 } else { hour };
        let is_on_the_clock = self.minute < 60 && self.second < 60 && hour <= 24;
        let seconds = hour * 3600 + self.minute * 60 + self.second;
        TimeOfDay::new(seconds).filter(|_| is_on_the_clock)
    }
}
