//! Calendar files: what they say, what they are refused for, and what several say together.

use std::{fs, path::Path};

use jiff::{
    ToSpan,
    civil::{Date, date},
    tz::TimeZone,
};
use tyme4rs::tyme::{holiday::LegalHoliday, solar::SolarDay};
use yingbi::{
    almanac,
    calendar::{Calendar, DayClass},
};

use crate::support::site::{Files, messages};

fn shipped(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("playlists/calendar");
    fs::read(folder.join(name)).unwrap()
}

/// A plain site with these calendar files.
fn site(files: &[(&str, &str)]) -> Files {
    files.iter().fold(Files::plain(), |site, (name, text)| {
        site.with(&format!("calendar/{name}"), text)
    })
}

fn calendar(files: &[(&str, &str)]) -> Calendar {
    site(files).library().wall().unwrap().calendar().clone()
}

fn problems(text: &str) -> Vec<String> {
    messages(&almanac::parse("calendar/CN-2026.toml", text.as_bytes()).diagnostics)
}

fn days(from: Date, until: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).take_while(move |date| *date <= until)
}

#[test]
fn the_shipped_years_agree_with_another_record_of_the_notices_on_every_day() {
    let mut site = Files::plain();
    for name in ["CN-2025.toml", "CN-2026.toml", "office.toml"] {
        site = site.with(&format!("calendar/{name}"), shipped(name));
    }
    let library = site.library();
    assert_eq!(messages(library.problems()), [] as [&str; 0]);
    let calendar = library.wall().unwrap().calendar();
    assert_eq!(calendar.known_until(date(2025, 3, 1)), Some(date(2026, 12, 31)));
    let mut spoken_of = 0;
    for day in days(date(2025, 1, 1), date(2026, 12, 31)) {
        let (year, month, of_month) = (day.year() as isize, day.month() as usize, day.day() as usize);
        assert!(SolarDay::new(year, month, of_month).is_ok());
        let theirs = LegalHoliday::from_ymd(year, month, of_month).map(|holiday| holiday.is_work());
        let ours = calendar.marks.get(&day).map(|mark| !mark.is_off);
        assert_eq!(ours, theirs, "{day}");
        spoken_of += usize::from(ours.is_some());
    }
    assert_eq!(spoken_of, 28 + 5 + 33 + 6);
}

#[test]
fn holidays_are_known_from_this_year_on_whatever_older_years_are_missing() {
    let mut calendar = Calendar::plain(TimeZone::UTC);
    calendar.years = [2023, 2025, 2026, 2029].into();
    for (today, until) in [
        (date(2022, 5, 1), None),
        (date(2023, 5, 1), Some(date(2023, 12, 31))),
        (date(2024, 5, 1), Some(date(2023, 12, 31))),
        (date(2025, 5, 1), Some(date(2026, 12, 31))),
        (date(2026, 12, 31), Some(date(2026, 12, 31))),
        (date(2028, 1, 1), Some(date(2026, 12, 31))),
        (date(2029, 1, 1), Some(date(2029, 12, 31))),
    ] {
        assert_eq!(calendar.known_until(today), until, "{today}");
    }
}

#[test]
fn make_up_days_are_working_days_and_holidays_are_not_whatever_their_weekday() {
    let text = String::from_utf8(shipped("CN-2026.toml")).unwrap();
    let calendar = calendar(&[("CN-2026.toml", &text)]);
    let class = |month, day| calendar.class(date(2026, month, day));
    assert_eq!(class(9, 30), DayClass::Workday);
    assert_eq!(class(10, 1), DayClass::Holiday);
    assert_eq!(class(10, 3), DayClass::Holiday, "a Saturday within the holiday");
    assert_eq!(class(10, 10), DayClass::Workday, "a Saturday that is worked");
    assert_eq!(class(10, 11), DayClass::Weekend);
    assert_eq!(
        calendar.class(date(2027, 10, 1)),
        DayClass::Workday,
        "past the data: Monday to Friday"
    );
    assert_eq!(calendar.class(date(2027, 10, 2)), DayClass::Weekend);
}

#[test]
fn two_holidays_in_one_go_by_either_name() {
    let text = String::from_utf8(shipped("CN-2025.toml")).unwrap();
    let calendar = calendar(&[("CN-2025.toml", &text)]);
    let day = date(2025, 10, 6);
    assert!(calendar.is_festive(day, "国庆节") && calendar.is_festive(day, "中秋节"));
    assert!(!calendar.is_festive(day, "春节") && !calendar.is_festive(date(2025, 9, 28), "国庆节"));
}

#[test]
fn a_year_enters_only_with_the_number_of_its_notice() {
    assert_eq!(
        problems("year = 2026\n[[holiday]]\nname = \"元旦\"\nfrom = 2026-01-01\n"),
        [
            "calendar/CN-2026.toml:2:3: statutory holidays without \"notice\": a year enters only with the number of its notice"
        ]
    );
    assert_eq!(
        problems("notice = \"国办发明电〔2025〕7号\"\n[[holiday]]\nname = \"元旦\"\nfrom = 2026-01-01\n"),
        [
            "calendar/CN-2026.toml:2:3: statutory holidays without \"year\": a year enters only with the number of its notice"
        ]
    );
    assert_eq!(
        problems("[[off]]\nname = \"建馆日\"\nfrom = 2026-03-02\n"),
        [] as [&str; 0]
    );
}

#[test]
fn a_file_of_the_wrong_year_is_refused() {
    let head = "year = 2026\nnotice = \"国办发明电〔2025〕7号\"\n[[holiday]]\nname = \"元旦\"\n";
    assert_eq!(
        problems(&format!("{head}from = 2027-01-01\n")),
        ["calendar/CN-2026.toml:5:8: 2027-01-01 is not in 2026, nor in December of the year before"]
    );
    assert_eq!(
        problems(&format!("{head}from = 2026-01-01\nwork = [2026-01-04, 2024-12-29]\n")),
        ["calendar/CN-2026.toml:6:8: 2024-12-29 is not in 2026, nor in December of the year before"]
    );
    assert_eq!(
        problems(&format!(
            "{head}from = 2025-12-31\nuntil = 2026-01-02\nwork = 2025-12-28\n"
        )),
        [] as [&str; 0],
        "the last days of the year before belong to it"
    );
    assert_eq!(
        problems("year = 2027\nnotice = \"国办发明电〔2026〕1号\"\n[[holiday]]\nname = \"元旦\"\nfrom = 2027-01-01\n"),
        ["calendar/CN-2026.toml:1:8: the file is called after 2026, but \"year\" says 2027"]
    );
}

#[test]
fn bad_entries_are_refused_where_they_stand() {
    let cases = [
        (
            "[[off]]\nname = \"a\"\nfrom = 2026-03-05\nuntil = 2026-03-02\n",
            "calendar/CN-2026.toml:4:9: \"until\" lies before \"from\"",
        ),
        (
            "[[off]]\nname = \"a\"\nfrom = 2026-01-01\nuntil = 2026-12-31\n",
            "calendar/CN-2026.toml:4:9: 365 days off in one run; at most 60",
        ),
        (
            "[[silence]]\nname = \"a\"\ndays = \"12-13\"\nstart = \"10:00\"\nend = \"10:00\"\n",
            "calendar/CN-2026.toml:5:7: \"start\" and \"end\" are the same time",
        ),
        (
            "[[overtime]]\nname = \"a\"\ndays = 2026-03-07\nstart = \"09:00\"\n",
            "calendar/CN-2026.toml:1:1: \"start\" and \"end\" go together; one of them is missing",
        ),
        (
            "[[season]]\nname = \"夏季\"\nfrom = \"05-01\"\nuntil = \"09-30\"\n[[season]]\nname = \"夏季\"\nfrom = \"06-01\"\nuntil = \"09-30\"\n",
            "calendar/CN-2026.toml:6:8: the season \"夏季\" is written twice",
        ),
        (
            "[[maintenance]]\nname = \"a\"\nfrom = \"2026-03-05 09:00\"\nuntil = \"2026-03-05 08:00\"\n",
            "calendar/CN-2026.toml:4:9: \"until\" lies before \"from\"",
        ),
        (
            "[[solemn]]\nname = \"a\"\ndays = \"02-30\"\n",
            "calendar/CN-2026.toml:3:8: \"days\" takes a list, each of it a date (such as 2026-05-08), or a day of each year (such as \"12-13\"); found \"02-30\"",
        ),
        (
            "[[off]]\nname = \"a\"\nfrom = 2026-03-02\n[[off]]\nname = \"b\"\nfrom = 2026-03-02\n[[festival]]\nname = \"c\"\n",
            "calendar/CN-2026.toml:7:1: [[festival]] lacks \"day\"",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(problems(text), [expected], "{text}");
    }
}

#[test]
fn the_same_day_said_twice_differently_is_refused() {
    let year = "year = 2026\nnotice = \"国办发明电〔2025〕7号\"\n";
    let twice = "[[holiday]]\nname = \"元旦\"\nfrom = 2026-01-01\nuntil = 2026-01-04\nwork = 2026-01-04\n";
    assert_eq!(
        problems(&format!("{year}{twice}")),
        ["calendar/CN-2026.toml:3:1: 2026-01-04 is said to be off and to be a working day"]
    );
    let apart = "[[holiday]]\nname = \"元旦\"\nfrom = 2026-01-01\nwork = 2026-01-04\n[[off]]\nname = \"b\"\nfrom = 2026-01-04\n";
    assert_eq!(
        problems(&format!("{year}{apart}")),
        ["calendar/CN-2026.toml:7:1: 2026-01-04 is already said to be a working day"]
    );
}

#[test]
fn of_two_files_that_contradict_each_other_the_second_loses_that_holiday_and_no_more() {
    let (first, second) = (
        "[[off]]\nname = \"馆庆\"\nfrom = 2026-03-02\n",
        "year = 2026\nnotice = \"某号\"\n[[holiday]]\nname = \"甲节\"\nfrom = 2026-03-06\nwork = 2026-03-02\n[[holiday]]\nname = \"乙节\"\nfrom = 2026-04-06\n",
    );
    let site = site(&[("CN-a.toml", first), ("CN-b.toml", second)]);
    let library = site.library();
    assert_eq!(
        messages(library.problems()),
        ["calendar/CN-b.toml:3:1: 2026-03-02 is already said to be off by calendar/CN-a.toml; \"甲节\" is left out"]
    );
    let calendar = library.wall().unwrap().calendar();
    assert_eq!(calendar.class(date(2026, 3, 6)), DayClass::Workday);
    assert_eq!(calendar.class(date(2026, 4, 6)), DayClass::Holiday);
    assert_eq!(calendar.class(date(2026, 3, 2)), DayClass::Holiday);
}

#[test]
fn the_same_day_said_twice_alike_is_no_matter() {
    let text = "[[off]]\nname = \"馆庆\"\nfrom = 2026-03-02\n";
    let library = site(&[("a.toml", text), ("b.toml", text)]).library();
    assert_eq!(messages(library.problems()), [] as [&str; 0]);
}

#[test]
fn names_that_the_calendar_does_not_have_are_told_where_they_stand() {
    let library = site(&[("a.toml", "[[season]]\nname = \"夏季\"\nfrom = \"05-01\"\nuntil = \"09-30\"\n[[festival]]\nname = \"妇女节\"\nday = \"03-08\"\n")])
        .with("b.toml", "[[when]]\nseason = \"夏天\"\n[[when]]\nholidays = [\"妇女节\", \"妇女日\"]\n[[play]]\nclock = true\n")
        .library();
    assert_eq!(
        messages(library.problems()),
        [
            "b.toml:2:10: there is no season \"夏天\"; did you mean \"夏季\"?",
            "b.toml:4:20: there is no holiday \"妇女日\"; did you mean \"妇女节\"?",
        ]
    );
}
