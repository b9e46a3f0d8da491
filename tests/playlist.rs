//! A playlist is read whole, or refused with all of its problems.

use jiff::{SignedDuration, civil::date};
use yingbi::{
    calendar::TimeOfDay,
    playlist::{self, Effect, Order, PlaySource, Priority, Zones},
};

use crate::document::{en, zh};

const GOOD: &str = include_str!("document/playlist.toml");

fn problems(text: &str) -> Vec<String> {
    en(&playlist::parse("openness.toml", text.as_bytes()))
}

/// The problems of a window with these keys.
fn window_problems(keys: &str) -> Vec<String> {
    problems(&format!("[[play]]\nclock = true\n[[when]]\n{keys}\n"))
}

/// The problems of a play of a column with these keys.
fn play_problems(keys: &str) -> Vec<String> {
    problems(&format!("[[play]]\ncolumn = \"c\"\n{keys}\n"))
}

#[test]
fn a_playlist_with_every_key_is_read() {
    let parsed = playlist::parse("openness.toml", GOOD.as_bytes());
    assert_eq!(en(&parsed), [""; 0]);
    let list = parsed.value.unwrap();
    assert_eq!((&*list.title, list.priority), ("政务公开周", Priority::Campaign));
    assert_eq!(list.screens.as_ref().unwrap()[0].name.as_ref(), "lobby");
    let Zones::Named(zones) = &list.zones else {
        panic!("zones are named")
    };
    assert_eq!(&GOOD[zones[1].span.clone()], "\"ticker\"");
    assert_eq!(
        (list.when[0].from, list.when[0].until),
        (Some(date(2026, 5, 8)), Some(date(2026, 5, 15)))
    );
    assert_eq!(
        (list.when[1].start, list.when[1].end),
        (TimeOfDay::new(79_200).unwrap(), TimeOfDay::new(21_600).unwrap())
    );
    let [item, column, clock] = &list.plays[..] else {
        panic!("three plays")
    };
    assert!(matches!(&item.source, PlaySource::Item(name) if &*name.name == "通知公告/放假"));
    assert_eq!((item.dwell, item.weight), (Some(SignedDuration::from_secs(90)), 3));
    assert_eq!(
        (item.transition.effect, item.transition.duration.as_millis()),
        (Effect::Fade, 1200)
    );
    assert!(matches!(
        &column.source,
        PlaySource::Column {
            order: Order::Oldest,
            limit: Some(20),
            ..
        }
    ));
    assert_eq!(
        (column.transition.effect, column.transition.duration.as_millis()),
        (Effect::Push, 500)
    );
    assert_eq!(clock.source, PlaySource::Clock);
    assert_eq!(
        (clock.transition.effect, clock.transition.duration.is_zero()),
        (Effect::Cut, true)
    );
}

#[test]
fn a_playlist_of_two_lines_plays_in_the_main_zone_always() {
    let parsed = playlist::parse("lists/filler.toml", b"[[play]]\nclock = true\n");
    let list = parsed.value.unwrap();
    assert_eq!(
        (&*list.title, list.priority, list.when.len()),
        ("filler", Priority::Routine, 0)
    );
    assert!(matches!(&list.zones, Zones::Named(zones) if &*zones[0].name == "main"));
}

#[test]
fn a_star_is_the_whole_screen_and_stands_alone() {
    let whole = playlist::parse("a.toml", b"zones = \"*\"\n[[play]]\nclock = true\n")
        .value
        .unwrap();
    assert_eq!(whole.zones, Zones::Whole);
    assert_eq!(
        problems("zones = [\"main\", \"*\"]\n[[play]]\nclock = true\n"),
        ["1:18 \"*\" is the whole screen; no other zone stands beside it; keep either \"*\" or the zones"]
    );
}

#[test]
fn a_window_that_begins_when_it_ends_is_refused() {
    let parsed = playlist::parse(
        "a.toml",
        b"[[play]]\nclock = true\n[[when]]\nstart = \"08:00\"\nend = 08:00\n",
    );
    assert_eq!(
        en(&parsed),
        [
            "5:7 \"start\" and \"end\" are the same time: the window never opens; for the whole day leave both out; across midnight let \"end\" be before \"start\""
        ]
    );
    assert_eq!(
        zh(&parsed),
        ["5:7 “开始”与“结束”是同一时刻：时段从不开放；全天开放请删去这两个键；跨夜请把“结束”写早于“开始”"]
    );
}

#[test]
fn a_window_that_ends_before_its_first_date_is_refused() {
    assert_eq!(
        window_problems("from = 2026-05-15\nuntil = 2026-05-08"),
        ["5:9 \"until\" lies before \"from\": the window never opens; exchange the two dates"]
    );
}

#[test]
fn a_window_of_one_day_is_in_order() {
    assert_eq!(window_problems("from = 2026-05-15\nuntil = 2026-05-15"), [""; 0]);
}

#[test]
fn weekdays_are_read_in_both_languages_and_as_ranges() {
    for days in [
        "\"mon-fri\"",
        "\"周一至周五\"",
        "[\"一\", \"星期二\", \"wed\", \"Thursday\"]",
        "\"sat-tue\"",
        "\"天\"",
    ] {
        let found = window_problems(&format!("weekdays = {days}"));
        match days.contains("Thursday") {
            true => assert_eq!(
                found,
                [
                    "4:32 \"weekdays\" takes weekdays (such as [\"mon\", \"wed\"] or \"mon-fri\"); found \"Thursday\"; write weekdays (such as [\"mon\", \"wed\"] or \"mon-fri\")"
                ]
            ),
            false => assert_eq!(found, [""; 0], "{days}"),
        }
    }
}

// Fault 90.
#[test]
fn the_30th_of_february_is_refused_with_the_reason() {
    for written in ["2026-02-30", "\"2026-02-30\""] {
        let text = format!("[[play]]\nclock = true\n[[when]]\nfrom = {written}\n");
        let parsed = playlist::parse("a.toml", text.as_bytes());
        assert_eq!(
            en(&parsed),
            ["4:8 there is no 2026-02-30: February 2026 has 28 days; write a date such as 2026-05-08"]
        );
        assert_eq!(
            zh(&parsed),
            ["4:8 没有 2026-02-30 这一天：2026 年 2 月只有 28 天；写成 2026-05-08 这样的日期"]
        );
    }
}

// Fault 90.
#[test]
fn a_dwell_out_of_range_is_refused_with_the_range() {
    let takes = "a duration from 1 s to 1 h (such as \"8s\" or \"1m30s\")";
    for written in [
        "9999999999999",
        "-3",
        "1e308",
        "nan",
        "-inf",
        "0",
        "0.5",
        "\"-3s\"",
        "\"2h\"",
        "\"8 apples\"",
        "99999999999999999999999",
        "true",
        "\"\"",
    ] {
        assert_eq!(
            play_problems(&format!("dwell = {written}")),
            [format!("3:9 \"dwell\" takes {takes}; found {written}; write {takes}")]
        );
    }
    let parsed = playlist::parse("a.toml", b"[[play]]\nclock = true\ndwell = 9999999999999\n");
    let takes = "时长，1 秒 至 1 小时（如 \"8s\"、\"1m30s\"、\"8秒\"）";
    assert_eq!(
        zh(&parsed),
        [format!("3:9 “dwell”应为{takes}，实为 9999999999999；改为{takes}")]
    );
}

#[test]
fn a_dwell_is_written_in_many_ways() {
    for (written, milliseconds) in [
        ("8", 8000),
        ("1.5", 1500),
        ("\"8s\"", 8000),
        ("\"1m30s\"", 90_000),
        ("\"1.5s\"", 1500),
        ("\"8秒\"", 8000),
        ("\"2分钟\"", 120_000),
        ("\"1分30秒\"", 90_000),
        ("\"1500ms\"", 1500),
        ("\"1h\"", 3_600_000),
    ] {
        let text = format!("[[play]]\nclock = true\ndwell = {written}\n");
        let list = playlist::parse("a.toml", text.as_bytes()).value.expect(written);
        assert_eq!(
            list.plays[0].dwell,
            Some(SignedDuration::from_millis(milliseconds)),
            "{written}"
        );
    }
}

#[test]
fn a_transition_lasts_five_seconds_at_most() {
    for written in ["fade 9s", "cut 1s", "wipe", "fade1s", "rise -1s"] {
        let found = play_problems(&format!("transition = \"{written}\""));
        assert!(
            found[0].starts_with(
                "3:14 \"transition\" takes \"cut\", \"fade\", \"push\", \"rise\", with a duration from 0 s to 5 s"
            ),
            "{found:?}"
        );
        assert_eq!(found.len(), 1);
    }
    assert_eq!(play_problems("transition = \"淡入 0.5秒\""), [""; 0]);
}

#[test]
fn a_play_names_exactly_one_thing() {
    assert_eq!(
        problems("[[play]]\nweight = 2\n"),
        ["1:1 [[play]] names nothing to play; write one of item, column and clock"]
    );
    assert_eq!(
        problems("[[play]]\nitem = \"a\"\nclock = true\n"),
        [
            "1:1 [[play]] names more than one thing to play: item, clock; keep one, and give each of the others a [[play]]"
        ]
    );
    assert_eq!(
        problems("[[play]]\nitem = \"a\"\nlimit = 3\n"),
        ["3:1 \"limit\" stands only beside \"column\"; remove it"]
    );
}

#[test]
fn an_unknown_key_is_told_with_the_nearest_one_and_only_once() {
    let parsed = playlist::parse("a.toml", b"tilte = \"x\"\n[[play]]\nclok = true\n");
    assert_eq!(
        en(&parsed),
        [
            "1:1 unknown key \"tilte\"; did you mean \"title\"?; write \"title\", or remove the line",
            "3:1 unknown key \"clok\"; did you mean \"clock\"?; write \"clock\", or remove the line",
        ]
    );
    assert_eq!(
        zh(&parsed)[0],
        "1:1 没有“tilte”这个键；是否应为“title”？；改为“title”，或删去此行"
    );
}

#[test]
fn an_unknown_word_is_told_with_the_nearest_one() {
    assert_eq!(
        problems("priority = \"notise\"\n[[play]]\nclock = true\n"),
        [
            "1:12 \"priority\" takes \"filler\", \"routine\", \"campaign\", \"notice\", \"alert\", \"stop\"; found \"notise\": did you mean \"notice\"?; write \"filler\", \"routine\", \"campaign\", \"notice\", \"alert\", \"stop\""
        ]
    );
}

#[test]
fn contradictory_windows_are_refused_where_they_stand() {
    let no_day = "3:1 between \"from\" and \"until\" no day is left on which the window opens; compare \"weekdays\" and \"except\" with the two dates";
    let never = "4:1 by this rule, and the keys beside it, the window never opens; compare the rule's months, days and count with \"weekdays\", \"except\" and the two dates";
    let cases = [
        ("from = 2026-05-11\nuntil = 2026-05-13\nweekdays = \"sat-sun\"", no_day),
        (
            "from = 2026-05-11\nuntil = 2026-05-12\nexcept = [2026-05-11, 2026-05-12]",
            no_day,
        ),
        (
            "hours = [\"08:00-12:00\"]\nend = \"18:00\"",
            "4:9 \"hours\" cannot stand beside \"start\" or \"end\"; keep one of the two ways of writing it",
        ),
        ("rule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"", never),
        ("rule = \"FREQ=WEEKLY;BYDAY=SA\"\nweekdays = \"mon-fri\"", never),
        (
            "rule = \"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO\"",
            "4:8 the days of this rule depend on where it begins, and there is no \"from\"; add \"from\", the first day",
        ),
    ];
    for (keys, expected) in cases {
        assert_eq!(window_problems(keys), [expected], "{keys}");
    }
    let sound = [
        "from = 2026-05-11\nuntil = 2026-05-13\nweekdays = \"sat-sun\"\nalso = 2026-05-12",
        "rule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29\"\nweekdays = \"mon\"",
        "rule = \"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO\"\nfrom = 2026-05-04",
    ];
    for keys in sound {
        assert_eq!(window_problems(keys), [""; 0], "{keys}");
    }
}

#[test]
fn several_hours_make_as_many_windows_of_the_same_days() {
    let text = "[[when]]\ndays = \"工作日\"\nhours = [\"08:30-11:30\", \"22:00至02:00\"]\n[[play]]\nclock = true\n";
    let list = playlist::parse("a.toml", text.as_bytes()).value.unwrap();
    let hours: Vec<_> = list
        .when
        .iter()
        .map(|when| format!("{}-{}", when.start, when.end))
        .collect();
    assert_eq!(hours, ["08:30-11:30", "22:00-02:00"]);
    assert!(list.when.iter().all(|when| when.days == list.when[0].days));
}
