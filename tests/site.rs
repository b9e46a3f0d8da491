//! A site is read whole, or refused with all of its problems.

mod cards;
mod dimming;
mod limits;
mod modules;
mod outputs;

use jiff::civil::{Weekday, date};
use yingbi::{
    calendar::TimeOfDay,
    site::{self, Colour, Lifetime, Protocol, ZoneKind},
    units::{Area, Motion, Pace, Share, Size},
};

use crate::document::{en, zh};

const GOOD: &str = include_str!("document/site.toml");

/// The English problems of `text`.
fn problems(text: &str) -> Vec<String> {
    en(&site::parse("site.toml", text.as_bytes()))
}

/// The English problems of a site of one screen with `rest` below it.
fn screen_problems(rest: &str) -> Vec<String> {
    problems(&format!(
        "title = \"示例\"\n[[screen]]\nid = \"s\"\nwidth = 64\nheight = 32\n{rest}"
    ))
}

#[test]
fn a_site_with_every_key_is_read() {
    let parsed = site::parse("site.toml", GOOD.as_bytes());
    assert_eq!(en(&parsed), [""; 0]);
    let site = parsed.value.unwrap();
    assert_eq!(&*site.title, "示例省国资委");
    assert_eq!(site.timezone.iana_name(), Some("Asia/Shanghai"));
    assert_eq!(site.contact.phone.as_deref(), Some("0000-1234567"));
    let screen = site.screen("lobby").unwrap();
    assert_eq!(screen.size, Size::new(256, 128));
    assert_eq!((screen.rate.hertz(), screen.pitch), (60, Some(2500)));
    assert_eq!(screen.colour, Colour::Full);
    let lit = &screen.lit[0];
    assert!(lit.weekdays.contains(Weekday::Friday) && !lit.weekdays.contains(Weekday::Saturday));
    assert_eq!(
        (lit.start, lit.end),
        (TimeOfDay::new(28_800).unwrap(), TimeOfDay::new(64_800).unwrap())
    );
    assert_eq!(lit.except, [date(2026, 5, 1)]);
    assert_eq!(screen.zones[1].area, Area::new(0, 112, 256, 16));
    let leds = Motion::Leds(2.try_into().unwrap());
    assert_eq!((screen.zones[1].kind, screen.zones[1].motion), (ZoneKind::Ticker, leds));
    assert_eq!(screen.zones[0].motion, Motion::default());
    let output = &screen.outputs[0];
    assert_eq!(
        (output.protocol, output.address.as_deref()),
        (Protocol::Ddp, Some("192.0.2.10:4048"))
    );
    assert_eq!(
        (output.panel.region, output.panel.gamma),
        (Area::new(0, 0, 128, 128), [220; 3])
    );
    assert_eq!(site.column("人事信息").unwrap().parent.as_deref(), Some("信息公开"));
    assert_eq!(site.full_text.as_deref(), Some("省国资委网站"));
    let column = site.column("信息公开").unwrap();
    assert_eq!(
        (column.pages, column.full_text.as_deref()),
        (Some(5), Some("一楼公开栏"))
    );
    let lineage: Vec<&str> = site.lineage("人事信息").map(|column| &*column.id).collect();
    assert_eq!(lineage, ["人事信息", "信息公开"]);
    let column = site.column("人事信息").unwrap();
    assert_eq!(
        (column.least.percent(), column.most.percent(), column.repeats),
        (10, 40, Some(6))
    );
    let free = site.column("信息公开").unwrap();
    assert_eq!((free.least, free.most, free.repeats), (Share::NONE, Share::WHOLE, None));
}

#[test]
fn the_days_of_a_lifetime_are_written_in_digits_alone() {
    let lifetime = |written: &str| {
        let text = format!(
            "title = \"示例\"\n[[column]]\nid = \"a\"\nlifetime = {written}\n[[screen]]\nid = \"s\"\nwidth = 64\nheight = 32\n"
        );
        let site = site::parse("site.toml", text.as_bytes()).value?;
        site.column("a").unwrap().lifetime
    };
    for written in ["30", "\"30天\"", "\"30 d\"", "\" 30日 \""] {
        assert_eq!(lifetime(written), Some(Lifetime::Days(30)), "{written}");
    }
    for written in ["\"+30天\"", "\"天\"", "\"30\"", "0", "3651", "30.0"] {
        assert_eq!(lifetime(written), None, "{written}");
    }
}

#[test]
fn a_site_may_be_written_in_chinese_keys() {
    let text =
        "标题 = \"示例\"\n[[屏幕]]\n标识 = \"s\"\n宽 = 64\n高 = 32\n[[屏幕.区域]]\n标识 = \"主\"\n方式 = \"滚动\"\n";
    let parsed = site::parse("site.toml", text.as_bytes());
    assert_eq!(en(&parsed), [""; 0]);
    assert_eq!(parsed.value.unwrap().screens[0].zones[0].kind, ZoneKind::Ticker);
}

#[test]
fn a_screen_without_zones_has_one_of_its_whole_size() {
    let parsed = site::parse(
        "site.toml",
        b"title = \"t\"\n[[screen]]\nid = \"s\"\nwidth = 64\nheight = 32\n",
    );
    let zone = parsed.value.unwrap().screens.remove(0).zones.remove(0);
    assert_eq!((&*zone.id, zone.area), ("main", Area::new(0, 0, 64, 32)));
}

#[test]
fn a_required_key_that_is_missing_is_named_at_its_table() {
    let parsed = site::parse("site.toml", b"title = \"t\"\n[[screen]]\nid = \"s\"\nheight = 32\n");
    assert_eq!(
        en(&parsed),
        ["2:1 [[screen]] lacks \"width\"; add \"width = …\"; it takes an integer from 1 to 8192"]
    );
    assert_eq!(
        zh(&parsed),
        ["2:1 [[screen]] 缺少“宽”(width)；补上一行“宽 = …”，其值为整数，1 至 8192"]
    );
}

#[test]
fn a_zone_must_lie_on_its_screen() {
    assert_eq!(
        screen_problems("[[screen.zone]]\nid = \"a\"\nx = 32\nwidth = 64\n"),
        [
            "6:1 the area 64x32+32+0 reaches beyond the screen of 64x32; keep x + width within 64 and y + height within 32"
        ]
    );
}

#[test]
fn zones_of_one_layer_must_not_overlap() {
    let two = |layer: i32| {
        format!("[[screen.zone]]\nid = \"a\"\nheight = 17\n[[screen.zone]]\nid = \"b\"\ny = 16\nlayer = {layer}\n")
    };
    assert_eq!(
        screen_problems(&two(0)),
        ["9:1 zone \"b\" lies over zone \"a\" on the same layer; move one of them, or give them different layers"]
    );
    assert_eq!(screen_problems(&two(1)), [""; 0]);
}

#[test]
fn identities_are_unique() {
    assert_eq!(
        screen_problems("[[screen]]\nid = \"s\"\nwidth = 1\nheight = 1\n"),
        ["7:6 the id \"s\" is already that of another screen; choose another id"]
    );
}

#[test]
fn a_parent_must_exist_and_no_column_may_be_above_itself() {
    assert_eq!(
        screen_problems("[[column]]\nid = \"a\"\nparent = \"x\"\n"),
        ["8:10 no column has the id \"x\"; correct \"parent\", or add that column"]
    );
    assert_eq!(
        screen_problems(
            "[[column]]\nid = \"a\"\nparent = \"b\"\n[[column]]\nid = \"b\"\nparent = \"a\"\n[[column]]\nid = \"c\"\nparent = \"a\"\n"
        ),
        [
            "8:10 column \"a\" is above itself: a → b → a; remove one of the parents",
            "11:10 column \"b\" is above itself: b → a → b; remove one of the parents",
        ]
    );
}

#[test]
fn columns_stand_in_at_most_16_levels() {
    let column = |level: usize| format!("[[column]]\nid = \"c{level}\"\nparent = \"c{}\"\n", level - 1);
    let columns = |levels: usize| {
        (1..levels)
            .map(column)
            .fold("[[column]]\nid = \"c0\"\n".to_owned(), |all, one| all + &one)
    };
    assert_eq!(screen_problems(&columns(16)), [""; 0]);
    assert_eq!(
        screen_problems(&columns(17)),
        ["55:10 column \"c16\" has more than 15 columns above it; let columns stand in fewer levels"]
    );
}

#[test]
fn a_share_is_a_whole_percent_up_to_100() {
    let column = |rest: &str| screen_problems(&format!("[[column]]\nid = \"a\"\n{rest}\n"));
    for good in [
        "most = 100",
        "most = \"7 %\"",
        "least = 0",
        "最少 = \"50％\"",
        "每小时次数 = 360",
    ] {
        assert_eq!(column(good), [""; 0], "{good}");
    }
    assert_eq!(
        column("most = \"130%\""),
        [
            "8:8 \"most\" takes a share from 1% to 100% (such as 10 or \"10%\"); found \"130%\"; write a share from 1% to 100% (such as 10 or \"10%\")"
        ]
    );
    for bad in [
        "most = 0",
        "most = 101",
        "most = 12.5",
        "most = \"%\"",
        "least = -1",
        "least = \"1e1%\"",
        "repeats = 0",
    ] {
        assert_eq!(column(bad).len(), 1, "{bad}");
    }
}

#[test]
fn a_column_cannot_have_more_at_least_than_at_most() {
    let text = "[[column]]\nid = \"a\"\nmost = 30\nleast = \"40%\"\n";
    assert_eq!(
        screen_problems(text),
        [
            "9:9 this column is to have at least 40 % of any hour, but at most 30 %; let \"least\" be no more than \"most\""
        ]
    );
}

#[test]
fn columns_cannot_need_more_than_an_hour_together() {
    let text = "[[column]]\nid = \"a\"\nleast = 60\n[[column]]\nid = \"b\"\ntitle = \"乙\"\nleast = 30\n[[column]]\nid = \"c\"\nleast = 20\n[[column]]\nid = \"d\"\nleast = 5\n";
    assert_eq!(
        screen_problems(text),
        [
            "15:9 \"a\", \"乙\", \"c\" need at least 110 % of any hour together; an hour has no more than 100 %; lower \"least\" of some of them, until they need no more than 100 % together"
        ]
    );
    let parsed = site::parse(
        "site.toml",
        format!("标题 = \"示例\"\n[[屏幕]]\n标识 = \"s\"\n宽 = 64\n高 = 32\n{text}").as_bytes(),
    );
    assert_eq!(
        zh(&parsed),
        [
            "15:9 栏目“a”、“乙”、“c”合计最少需占 110 %，一小时总共只有 100 %；降低其中一些栏目的“最少”(least)，使合计不超过 100 %"
        ]
    );
}

#[test]
fn columns_cannot_need_more_than_the_column_above_may_have() {
    let one = "[[column]]\nid = \"a\"\nmost = 20\n[[column]]\nid = \"b\"\nparent = \"a\"\nleast = 30\n";
    assert_eq!(
        screen_problems(one),
        [
            "12:9 \"b\" needs at least 30 % of any hour; \"a\" above may have at most 20 %; lower \"least\" of these, or raise \"most\" of \"a\""
        ]
    );
    let two = "[[column]]\nid = \"b\"\nparent = \"a\"\nleast = 15\n[[column]]\nid = \"c\"\nparent = \"a\"\nleast = 15\n[[column]]\nid = \"a\"\nmost = 20\n";
    assert_eq!(
        screen_problems(two),
        [
            "13:9 \"b\", \"c\" need at least 30 % of any hour together; \"a\" above may have at most 20 %; lower \"least\" of these, or raise \"most\" of \"a\""
        ]
    );
}

#[test]
fn what_columns_need_is_needed_by_the_columns_above_them() {
    let text = "[[column]]\nid = \"a\"\n[[column]]\nid = \"b\"\nparent = \"a\"\nleast = 60\n[[column]]\nid = \"c\"\nleast = 50\n";
    assert_eq!(
        screen_problems(text),
        [
            "14:9 \"a\", \"c\" need at least 110 % of any hour together; an hour has no more than 100 %; lower \"least\" of some of them, until they need no more than 100 % together"
        ]
    );
}

#[test]
fn an_unknown_time_zone_is_refused() {
    assert_eq!(
        problems("title = \"t\"\ntimezone = \"Beijing\"\n[[screen]]\nid = \"s\"\nwidth = 1\nheight = 1\n"),
        ["2:12 unknown time zone \"Beijing\"; write an IANA name such as \"Asia/Shanghai\""]
    );
}

#[test]
fn problems_of_different_tables_do_not_hide_each_other() {
    let found = problems(
        "title = 5\ntimezon = \"UTC\"\n[[screen]]\nid = \"s\"\nwidth = 0\nheight = \"x\"\n[contact]\nfone = \"1\"\n",
    );
    let places: Vec<_> = found.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(places, ["1:9", "2:1", "5:9", "6:10", "8:1"], "{found:#?}");
}

#[test]
fn a_zone_says_in_one_way_how_fast_text_runs_in_it() {
    let zone = |keys: &str| {
        format!(
            "title = \"甲\"\n[[screen]]\nid = \"a\"\nwidth = 64\nheight = 16\n[[screen.zone]]\nid = \"z\"\n{keys}\n"
        )
    };
    let read = |keys: &str| site::parse("site.toml", zone(keys).as_bytes());
    let motion = |keys: &str| read(keys).value.unwrap().screens[0].zones[0].motion;
    assert_eq!(motion(""), Motion::Pace(Pace::new(300).unwrap()));
    assert_eq!(motion("pace = 4.25"), Motion::Pace(Pace::new(425).unwrap()));
    assert_eq!(motion("每秒字数 = 2"), Motion::Pace(Pace::new(200).unwrap()));
    assert_eq!(motion("speed = 8"), Motion::Leds(8.try_into().unwrap()));
    let problems = |keys: &str| en(&read(keys));
    assert_eq!(problems("pace = 6").len(), 1);
    assert_eq!(
        problems("pace = 3\nspeed = 1"),
        ["9:1 \"speed\" and \"pace\" both say how fast text runs here; keep \"pace\" or keep \"speed\""]
    );
}
