//! 肃静.txt and 加开.txt: what a clerk writes in them, and what is refused.

use jiff::civil::{Date, date};
use yingbi::{
    almanac::{DayList, parse_list},
    calendar::{OnDay, Special},
};

use crate::support::site::{Files, messages};

fn read(list: DayList, text: &str) -> Result<Special, Vec<String>> {
    let parsed = parse_list(list, "肃静.txt", text.as_bytes());
    match parsed.value {
        Some(almanac) if parsed.diagnostics.is_empty() => Ok(almanac.special),
        _ => Err(messages(&parsed.diagnostics)),
    }
}

/// `2026-05-15 10:00-10:03 全国哀悼日`: each solemn day, and each silence on it.
fn solemn(text: &str) -> Vec<String> {
    let special = read(DayList::Solemn, text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    let written = |days: &[OnDay], rest: &str| -> Vec<String> {
        let day = |day: &OnDay| match day {
            OnDay::Once(date) => format!("{date} {rest}"),
            OnDay::Yearly(_) => panic!("no entry is yearly"),
        };
        days.iter().map(day).collect()
    };
    let days = special
        .solemn
        .iter()
        .flat_map(|solemn| written(&solemn.days, &solemn.name));
    let silences = special.silences.iter().flat_map(|silence| {
        let rest = format!("{}-{} {}", silence.start, silence.end, silence.name);
        written(&silence.days, &rest)
    });
    days.chain(silences).collect()
}

fn refused(text: &str) -> Vec<String> {
    read(DayList::Solemn, text).expect_err(text)
}

#[test]
fn a_date_alone_is_a_solemn_day_and_with_times_it_has_minutes_of_silence() {
    assert_eq!(solemn("2026-05-15\n"), ["2026-05-15 肃静"]);
    assert_eq!(
        solemn("2026-05-15 10:00-10:03 全国哀悼\n"),
        ["2026-05-15 全国哀悼", "2026-05-15 10:00-10:03 全国哀悼"]
    );
}

#[test]
fn dates_are_read_as_people_write_them() {
    for written in [
        "2026-05-15",
        "2026-5-15",
        "2026/5/15",
        "2026.5.15",
        "20260515",
        "2026年5月15日",
        "2026年05月15日",
        "2026年 5 月 15 日",
        "２０２６年５月１５日",
        "２０２６－０５－１５",
        "2026年5月15号",
        "2026年5月15日（星期五）",
        "2026-05-15 周五",
        "2026-05-15(周五)",
        "  2026-05-15\t",
        "\u{feff}2026-05-15",
        "2026-05-15 # 一天",
        "2026-05-15　＃ 一天",
    ] {
        assert_eq!(solemn(written), ["2026-05-15 肃静"], "{written}");
    }
}

#[test]
fn a_run_of_days_may_leave_out_what_it_repeats() {
    let days = ["2026-05-01 哀悼", "2026-05-02 哀悼", "2026-05-03 哀悼"];
    for written in [
        "2026-05-01至2026-05-03 哀悼",
        "2026-05-01~05-03 哀悼",
        "2026-05-01 ～ 05-03 哀悼",
        "2026-05-01-05-03 哀悼",
        "2026/5/1-5/3 哀悼",
        "2026年5月1日至5月3日 哀悼",
        "2026年5月1日至3日 哀悼",
        "2026年5月1日——3日，哀悼",
        "2026年5月1日起至5月3日止：哀悼",
        "2026年5月1日（周五）至5月3日（周日）哀悼",
        "2026年5月1日、2日、3日 哀悼",
        "2026-05-01，05-02-05-03 哀悼",
    ] {
        assert_eq!(solemn(written), days, "{written}");
    }
    assert_eq!(solemn("2026-12-31至2027-1-1"), ["2026-12-31 肃静", "2027-01-01 肃静"]);
}

#[test]
fn times_are_read_as_people_write_them() {
    for written in [
        "2026-05-15 10:00-10:03 哀悼",
        "2026-05-15 10：00—10：03 哀悼",
        "2026-05-15 １０：００－１０：０３ 哀悼",
        "2026-05-15 10.00-10.03 哀悼",
        "2026-05-15，10:00——10:03，哀悼",
        "2026年5月15日10时至10时3分 哀悼",
        "2026年5月15日10时0分至3分哀悼",
        "2026年5月15日上午10点整至10点3分止 哀悼",
        "2026-05-15 10:00:00 到 10:03:00 哀悼",
        "2026-05-15 每天 10:00~10:03 哀悼",
    ] {
        assert_eq!(
            solemn(written),
            ["2026-05-15 哀悼", "2026-05-15 10:00-10:03 哀悼"],
            "{written}"
        );
    }
    assert_eq!(
        solemn("2026-05-15 10:00-10:03、下午2:28-2:31"),
        [
            "2026-05-15 肃静",
            "2026-05-15 10:00-10:03 肃静",
            "2026-05-15 14:28-14:31 肃静"
        ]
    );
    assert_eq!(solemn("2026-05-15 23:50-次日0:10")[1], "2026-05-15 23:50-00:10 肃静");
    assert_eq!(solemn("2026-05-15 中午12:00-12点半")[1], "2026-05-15 12:00-12:30 肃静");
}

#[test]
fn comments_blank_lines_and_one_heading_are_no_entries() {
    let text = "肃静日安排\r\n\r\n# 2026-01-01 不算\r\n  ＃ 说明\r\n2026-05-15 哀悼 # 国务院公告\r\n";
    assert_eq!(solemn(text), ["2026-05-15 哀悼"]);
    assert_eq!(solemn("# 只有说明\n"), [] as [&str; 0]);
    let parsed = parse_list(DayList::Solemn, "肃静.txt", b"\r\n");
    assert!(parsed.value.is_some(), "what was in it is withdrawn");
    assert_eq!(
        messages(&parsed.diagnostics),
        ["肃静.txt:1:1: there is nothing in the file yet"]
    );
}

// Fault 21, 90.
#[test]
fn a_line_that_is_no_entry_refuses_the_file_at_its_place() {
    for (text, problem) in [
        ("全国哀悼日\n", "1:1: the file has no date, so nothing of it counts"),
        ("安排\n说明\n2026-05-15\n", "2:1: the line does not begin with a date"),
        ("全国哀悼日 2026-05-15\n", "1:1: the line does not begin with a date"),
        ("5月15日 10:00-10:03\n", "1:1: \"5月15日\" has no year"),
        ("2026-05-15\n 05-16 哀悼\n", "2:2: \"05-16\" has no year"),
        ("2026-02-30\n", "1:1: there is no 2026-2-30: February 2026 has 28 days"),
        ("2026-13-01\n", "1:1: there is no 2026-13-1: a year has months 1 to 12"),
        ("2026年5月\n", "1:1: no date: 2026年5月"),
        ("26-5-15\n", "1:1: \"26-5\" has no year"),
        ("1026-05-15\n", "1:1: no date: 1026-5-15"),
        ("2026-05-15（星期四）\n", "1:11: 2026-05-15 is a Friday, not （星期四）"),
        ("2026-05-15至05-13\n", "1:11: 2026-05-13 lies before 2026-05-15"),
        ("2026-01-01至2026-12-31\n", "1:1: 365 days in one entry; at most 60"),
        (
            "2026-05-15 10:00 默哀三分钟\n",
            "1:12: \"10:00\" has a beginning but no end",
        ),
        (
            "自2026年5月15日起 哀悼\n",
            "1:12: \"自2026年5月15日起\" has a beginning but no end",
        ),
        ("2026-05-15 1000-1003\n", "1:12: no times: 1000-1003"),
        ("2026-05-15 10:60-10:63\n", "1:12: no times: 10:60-10:63"),
        ("2026-05-15 10:00-10:00\n", "1:12: both are the same time"),
        (
            "2026-05-15 10:03-10:00\n",
            "1:12: from 10:03 to 10:00: the end does not come after the beginning",
        ),
        (
            "2026-05-15 08:00-18:00 全国哀悼日\n",
            "1:12: a silence of 600 minutes; at most 60, for the screens are dark in it",
        ),
        (
            "2026-05-15 哀悼 10:00-10:03\n",
            "1:15: times stand behind the name, where they would not be seen",
        ),
    ] {
        assert_eq!(refused(text), [format!("肃静.txt:{problem}")], "{text}");
    }
    let name = "哀".repeat(41);
    assert_eq!(
        refused(&format!("2026-05-15 {name}")),
        ["肃静.txt:1:12: a name of 41 characters; at most 40"]
    );
}

#[test]
fn every_bad_line_is_told_and_a_bad_file_is_bounded() {
    let two = refused("2026-02-30\n2026-05-15\n5月1日\n");
    assert_eq!(two.len(), 2, "{two:?}");
    assert_eq!(refused(&"5月1日\n".repeat(100)).len(), 20);
    let many = (0..1001).map(|_| "2026-05-15\n").collect::<String>();
    assert_eq!(refused(&many), ["肃静.txt:1001:1: more than 1000 entries"]);
}

#[test]
fn a_bad_line_is_told_and_the_good_ones_count() {
    let files = Files::plain().with("肃静.txt", "2026-05-15 全国哀悼\n5月16日 哀悼\n2026-05-17 哀悼\n");
    let library = files.library();
    assert_eq!(messages(library.problems()), ["肃静.txt:2:1: \"5月16日\" has no year"]);
    assert!(library.problems()[0].is_error());
    let calendar = library.wall().unwrap().calendar();
    assert!(calendar.solemn(date(2026, 5, 15)).is_some() && calendar.solemn(date(2026, 5, 17)).is_some());
    assert_eq!(calendar.solemn(date(2026, 5, 16)), None);
}

#[test]
fn every_problem_is_told_in_chinese_with_a_remedy() {
    let hanzi = |text: &str| text.chars().any(|char| ('\u{4e00}'..'\u{a000}').contains(&char));
    for text in [
        "哀\n",
        "5月1日\n",
        "2026-05-15 10:00\n",
        "2026-05-15 8:00-18:00\n",
        "2026-02-30\n",
    ] {
        let parsed = parse_list(DayList::Solemn, "肃静.txt", text.as_bytes());
        for problem in &parsed.diagnostics {
            assert!(hanzi(&problem.message.zh) && hanzi(&problem.help.zh), "{problem:?}");
            assert!(!problem.help.en.is_empty() && problem.place.is_some(), "{problem:?}");
        }
    }
}

/// The days and the hours of each overtime.
fn overtime(text: &str) -> Vec<(Vec<Date>, Option<String>, String)> {
    let special = read(DayList::Overtime, text).unwrap();
    assert!(special.solemn.is_empty() && special.silences.is_empty());
    let told = |overtime: yingbi::calendar::Overtime| {
        let hours = overtime.hours.map(|(start, end)| format!("{start}-{end}"));
        (overtime.days, hours, overtime.name.to_string())
    };
    special.overtime.into_iter().map(told).collect()
}

#[test]
fn overtime_has_hours_of_its_own_or_those_of_a_working_day() {
    let day = || vec![date(2026, 5, 16)];
    assert_eq!(
        overtime("2026-05-16 8:30至17:00 政务公开日"),
        [(day(), Some("08:30-17:00".into()), "政务公开日".into())]
    );
    assert_eq!(overtime("2026年5月16日（周六）"), [(day(), None, "加开".into())]);
    assert_eq!(
        overtime("2026-05-16 18:00-次日1:00、8:00-24:00"),
        [
            (day(), Some("18:00-01:00".into()), "加开".into()),
            (day(), Some("08:00-24:00".into()), "加开".into())
        ]
    );
}

#[test]
fn the_lists_go_by_their_names_and_by_what_copying_makes_of_them() {
    for name in [
        "肃静.txt",
        "肃静.TXT",
        "肃静(1).txt",
        "肃静.txt.txt",
        "肃静 - 副本.txt",
        "silence.txt",
        "Silence.txt",
    ] {
        assert_eq!(DayList::of(name), Some(DayList::Solemn), "{name}");
    }
    assert_eq!(DayList::of("加开.txt"), Some(DayList::Overtime));
    assert_eq!(DayList::of("overtime.txt"), Some(DayList::Overtime));
    for name in ["肃静.docx", "不肃静.txt", "silence-2.txt", "停播.txt", "肃静"] {
        assert_eq!(DayList::of(name), None, "{name}");
    }
}

#[test]
fn a_list_in_gbk_reaches_the_calendar_and_a_bad_one_keeps_the_last_good() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("2026年5月15日 10:00-10:03 全国哀悼\r\n");
    let site = Files::plain()
        .with("肃静.txt", gbk)
        .with("加开.txt", "2026-05-16 9:00-12:00\n");
    let library = site.library();
    assert_eq!(messages(library.problems()), [] as [&str; 0]);
    let calendar = library.wall().unwrap().calendar().clone();
    assert_eq!(calendar.solemn(date(2026, 5, 15)).map(|name| &**name), Some("全国哀悼"));
    assert!(calendar.special.overtime[0].is_on(date(2026, 5, 16)));
    let bad = library.accept(&site.clone().with("肃静.txt", "5月16日\n").sources());
    assert_eq!(messages(bad.problems()), ["肃静.txt:1:1: \"5月16日\" has no year"]);
    let kept = bad.wall().unwrap().calendar();
    assert!(kept.solemn(date(2026, 5, 15)).is_some(), "the last good version stays");
    let gone = bad.accept(&site.without("肃静.txt").sources());
    assert_eq!(gone.wall().unwrap().calendar().solemn(date(2026, 5, 15)), None);
}

// Fault 21.
#[test]
fn no_slip_of_a_key_makes_a_panic() {
    let text = "# 肃静\n2026年5月1日（周五）至3日 上午10：00—10：03 哀悼\n2026-05-15~05-16、18日 10时至10时3分\n";
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let slips = starts.iter().flat_map(|at| {
        let (before, after) = text.split_at(*at);
        let next = after.chars().next().map_or(0, char::len_utf8);
        ["", "-", "9", "月", ":", " ", "\n", "、"].map(|slip| format!("{before}{slip}{}", &after[next..]))
    });
    for mistaken in slips.chain(starts.iter().map(|at| text[..*at].to_owned())) {
        let parsed = parse_list(DayList::Solemn, "肃静.txt", mistaken.as_bytes());
        assert!(parsed.value.is_some() || !parsed.diagnostics.is_empty(), "{mistaken}");
    }
}
