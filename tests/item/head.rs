//! A text without `+++` is a whole item; lines of `键：值` below its title say when and where it shows.

use jiff::{
    SignedDuration,
    civil::{date, datetime},
};
use yingbi::{
    diagnostic::Severity,
    document::Parsed,
    item::{self, Count, Counter, Item, Level, Posting},
};

use crate::document::{en, zh};

fn parse(text: &str) -> Parsed<Item> {
    item::parse("items/通知/a.txt", text.as_bytes())
}

fn read(text: &str) -> Item {
    let parsed = parse(text);
    assert_eq!(en(&parsed), [""; 0], "{text}");
    parsed.value.unwrap()
}

fn body(item: &Item) -> Vec<&str> {
    item.body.iter().map(|paragraph| &*paragraph.text).collect()
}

/// The end that a head with this value has.
fn until(written: &str) -> Option<jiff::civil::DateTime> {
    parse(&format!("标题\n下屏：{written}\n"))
        .value
        .and_then(|item| item.until)
}

const ALL: &str = "关于检修的通知
部门：办公室
文号：示例发〔2026〕23号
栏目：通知公告
发布：2026年5月7日
上屏：2026/5/8 8：30
公示期：5
起算：当日
级别：重要
模板：notice
停留：12秒
页数：３
网址：http://example.org/a
首日：2026.1.1

正文。
";

#[test]
fn every_key_of_a_head_is_read() {
    let item = read(ALL);
    assert_eq!((&*item.title, body(&item)), ("关于检修的通知", vec!["正文。"]));
    assert_eq!(item.department.as_deref(), Some("办公室"));
    assert_eq!(item.number.as_deref(), Some("示例发〔2026〕23号"));
    let moved = item.moved.as_ref().unwrap();
    assert_eq!(
        (&*moved.column, moved.place.line, moved.place.column),
        ("通知公告", 4, 4)
    );
    assert_eq!(item.published, Some(date(2026, 5, 7).at(0, 0, 0, 0)));
    assert_eq!(item.from, Some(datetime(2026, 5, 8, 8, 30, 0, 0)));
    let (days, count) = (5, Count::SameDay);
    assert_eq!(item.posting, Some(Posting::Days { days, count }));
    assert_eq!(item.level, Some(Level::Notice));
    assert_eq!((item.scene.as_deref(), item.pages), (Some("notice"), Some(3)));
    assert_eq!(item.dwell, Some(SignedDuration::from_secs(12)));
    assert_eq!(item.link.as_deref(), Some("http://example.org/a"));
    assert_eq!(item.counter, Some(Counter::Days(date(2026, 1, 1))));
}

#[test]
fn a_head_says_the_same_as_front_matter() {
    let head = "标题：停水\n标识：water\n级别：紧急\n下屏：2026-05-08\n倒计时：2026-05-08\n\n今日停水。\n";
    let front = "+++\ntitle = \"停水\"\nid = \"water\"\nlevel = \"alert\"\nuntil = 2026-05-08\ncountdown = 2026-05-08\n+++\n今日停水。\n";
    let (head, front) = (read(head), read(front));
    let without_bytes = |item: Item| Item {
        digest: yingbi::units::Digest::of(b""),
        ..item
    };
    assert_eq!(without_bytes(head), without_bytes(front));
}

#[test]
fn keys_are_chinese_or_english_with_a_colon_of_either_width_and_blanks_around() {
    let expected = Some(date(2026, 5, 9).at(0, 0, 0, 0));
    for line in [
        "下屏：2026-5-8",
        "下屏:2026-5-8",
        "下屏 ： 2026-5-8 ",
        "　下　屏：2026-5-8",
        "until: 2026-5-8",
        "Until : 2026-5-8",
        "下屏时间：2026-5-8",
    ] {
        let item = read(&format!("通知\n{line}\n\n正文\n"));
        assert_eq!((item.until, body(&item)), (expected, vec!["正文"]), "{line}");
    }
}

#[test]
fn a_head_may_come_first_and_the_title_after_it() {
    let item = read("\n部门：办公室\n下屏：2026-5-8\n\n停水通知\n今日停水。\n");
    assert_eq!((&*item.title, body(&item)), ("停水通知", vec!["今日停水。"]));
    let item = read("部门：办公室\n停水通知\n今日停水。\n");
    assert_eq!((&*item.title, body(&item)), ("停水通知", vec!["今日停水。"]));
}

#[test]
fn an_empty_value_counts_as_not_written() {
    let item = read("停水通知\n部门：\n文号:\n下屏：2026-5-8\n\n今日停水。\n");
    assert_eq!((item.department.as_ref(), item.number.as_ref()), (None, None));
    assert_eq!(body(&item), ["今日停水。"]);
}

#[test]
fn lines_of_official_texts_that_look_like_keys_are_text() {
    for text in [
        "时间：5月12日9:30",
        "各处室：",
        "地点：三楼会议室",
        "联系电话：0000-00001234",
        "截止：2026-5-8",
    ] {
        let item = read(&format!("会议通知\n{text}\n部门：各处室\n"));
        assert_eq!(&*item.body[0].text, text);
        assert_eq!(item.department, None, "the head has ended before {text}");
    }
    let item = read("各处室：\n今日停水。\n");
    assert_eq!(&*item.title, "各处室：");
}

#[test]
fn a_key_below_a_blank_line_is_text() {
    let item = read("会议通知\n\n部门：各处室\n");
    assert_eq!((item.department.as_ref(), body(&item)), (None, vec!["部门：各处室"]));
}

#[test]
fn dates_are_read_as_people_write_them() {
    let whole = Some(date(2026, 5, 9).at(0, 0, 0, 0));
    for written in [
        "2026-05-08",
        "2026-5-8",
        "2026/5/8",
        "2026.5.8",
        "2026年5月8日",
        "2026年05月08日",
        "2026 年 5 月 8 日",
        "2026年5月8号",
        "２０２６年５月８日",
        "２０２６－５－８",
        "2026-5-8 24:00",
    ] {
        assert_eq!(until(written), whole, "{written}");
    }
    let half_past_eight = Some(datetime(2026, 5, 8, 8, 30, 0, 0));
    for written in [
        "2026-5-8 8:30",
        "2026-5-8 08:30",
        "2026-5-8　8：30",
        "2026/5/8 8：30",
        "2026.5.8 8:30:00",
        "2026年5月8日8:30",
        "2026年5月8日 8时30分",
        "2026年5月8日8点30分",
        "2026年5月8日上午8:30",
        "２０２６年５月８日８：３０",
        "2026-05-08T08:30",
    ] {
        assert_eq!(until(written), half_past_eight, "{written}");
    }
    for (written, hour, minute) in [
        ("2026-5-8 18时", 18, 0),
        ("2026-5-8 下午2:30", 14, 30),
        ("2026年5月8日下午2时5分", 14, 5),
        ("2026-5-8 下午12:00", 12, 0),
        ("2026-5-8 上午12:00", 12, 0),
    ] {
        assert_eq!(
            until(written),
            Some(datetime(2026, 5, 8, hour, minute, 0, 0)),
            "{written}"
        );
    }
}

// Fault 90.
#[test]
fn values_out_of_their_range_are_refused_with_the_range() {
    for line in [
        "下屏：2026-02-30",
        "下屏：2026-13-01",
        "下屏：26-5-8",
        "下屏：5月8日",
        "下屏：99999999999999999999-1-1",
        "下屏：2026-5-8 25:00",
        "下屏：2026-5-8 上午13:00",
        "下屏：2026-5-8 8:60",
        "停留：-1",
        "停留：0",
        "停留：NaN",
        "停留：1e309",
        "停留：99999999999999999999秒",
        "公示期：0",
        "公示期：401",
        "公示期：-5",
        "公示期：99999999999999999999",
        "页数：0",
        "页数：1000",
        "页数：-3",
        "页数：3.5",
        "级别：特急",
    ] {
        let parsed = parse(&format!("标题\n{line}\n发布：2026-1-1\n\n正文\n"));
        assert!(parsed.value.is_none(), "{line}");
        let told = &parsed.diagnostics[0];
        let place = told.place.as_ref().unwrap();
        let column = u32::try_from(line.chars().position(|char| char == '：').unwrap()).unwrap() + 2;
        assert_eq!((place.line, place.column), (2, column), "{line}");
        assert!(!told.help.zh.is_empty() && !told.help.en.is_empty(), "{line}");
    }
    assert_eq!(
        zh(&parse("标题\n页数：1000\n")),
        ["2:4 “页数”应为整数，1 至 999，实为 1000；改为整数，1 至 999"]
    );
}

#[test]
fn a_date_that_does_not_exist_is_refused_at_its_place_with_reason_and_remedy() {
    let parsed = parse("停水通知\n部门：办公室\n下屏：2026-02-30\n\n今日停水。\n");
    assert_eq!(
        zh(&parsed),
        ["3:4 没有 2026-02-30 这一天：2026 年 2 月只有 28 天；写成 2026-05-08 这样的日期"]
    );
    assert!(parsed.value.is_none());
}

#[test]
fn a_misspelt_key_with_a_date_among_others_refuses_the_file() {
    let parsed = parse("停水通知\n上瓶：2026-5-8\n下屏：2026-5-9\n\n今日停水。\n");
    assert!(parsed.value.is_none());
    assert_eq!(
        zh(&parsed),
        ["2:1 没有“上瓶”这个键；是否应为“上屏”？；改为“上屏”；若是正文，请在它上面空一行"]
    );
}

#[test]
fn a_misspelt_key_with_a_date_alone_is_shown_with_a_warning() {
    let parsed = parse("停水通知\n上瓶：2026-5-8\n今日停水。\n");
    assert_eq!(parsed.diagnostics[0].severity, Severity::Warning);
    assert_eq!(
        zh(&parsed),
        ["2:1 “上瓶”近似“上屏”；照现在的写法，这一行是正文，会显示在屏上；若指“上屏”，请改正；若是正文，不必理会"]
    );
    assert_eq!(body(&parsed.value.unwrap()), ["上瓶：2026-5-8", "今日停水。"]);
}

#[test]
fn a_date_of_going_on_or_off_in_the_text_is_shown_with_a_warning() {
    let parsed = parse("停水通知\n\n今日停水。\n下屏：2026-5-8\n");
    assert_eq!(parsed.diagnostics[0].severity, Severity::Warning);
    assert_eq!(
        zh(&parsed),
        ["4:1 “下屏”写在正文之中，会当作正文显示，不起作用；移到标题的下一行，中间不空行"]
    );
    assert_eq!(parsed.value.unwrap().until, None);
}

#[test]
fn a_key_or_a_title_twice_is_refused() {
    assert_eq!(
        zh(&parse("停水\n下屏：2026-5-8\n下屏：2026-5-9\n")),
        ["3:1 “下屏”前面已经写过；只留一处"]
    );
    assert_eq!(
        zh(&parse("停水\n下屏：2026-5-8\nuntil: 2026-5-9\n")),
        ["3:1 “until”与前面的“下屏”是同一个键；只留一处"]
    );
    assert_eq!(
        zh(&parse("停水\n标题：停电\n")),
        ["2:1 上一行已是标题，又写“标题”；删去其中一个"]
    );
}

#[test]
fn a_text_whose_lines_end_as_those_of_old_macs_did_is_the_same_item() {
    let text = "停水通知\n下屏：2026年5月8日\n\n今日停水。\n请相互转告。\n";
    let (expected, old) = (read(text), read(&text.replace('\n', "\r")));
    assert_eq!(
        (&old.title, old.until, &old.body),
        (&expected.title, expected.until, &expected.body)
    );
}

// Fault 56.
#[test]
fn one_text_in_all_encodings_of_an_office_is_one_item() {
    let text = "停水通知\r\n部门：办公室\r\n下屏：2026年5月8日\r\n\r\n今日停水。\r\n";
    let expected = read(text);
    let (gbk, _, lossy) = encoding_rs::GBK.encode(text);
    assert!(!lossy);
    let utf16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let corpus = [
        gbk.to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        [&b"\xff\xfe"[..], &utf16(u16::to_le_bytes)].concat(),
        [&b"\xfe\xff"[..], &utf16(u16::to_be_bytes)].concat(),
        text.replace("\r\n", "\n").into_bytes(),
    ];
    for bytes in corpus {
        let item = item::parse("items/通知/a.txt", &bytes).value.unwrap();
        assert_eq!((&item.title, &item.department), (&expected.title, &expected.department));
        assert_eq!((item.until, &item.body), (expected.until, &expected.body));
    }
    let half = [gbk.as_ref(), b"\xff\xff\xff"].concat();
    let refused = item::parse("items/通知/a.txt", &half);
    assert!(refused.value.is_none() && refused.diagnostics[0].place.is_some());
}

// Fault 21.
#[test]
fn every_slip_of_one_character_is_told_or_leaves_a_whole_item() {
    let sound = read(ALL);
    let chars: Vec<char> = ALL.chars().collect();
    let slips = (0..chars.len()).flat_map(|at| {
        let without = [&chars[..at], &chars[at + 1..]].concat();
        let with = |char: char| [&chars[..at], &[char], &chars[at..]].concat();
        [without, with('：'), with('\n'), with('9'), with('\u{202e}'), with('文')]
    });
    let mut refused = 0;
    for slip in slips {
        let text: String = slip.into_iter().collect();
        let parsed = parse(&text);
        refused += usize::from(parsed.value.is_none());
        for told in &parsed.diagnostics {
            assert!(told.place.is_some() && !told.message.zh.is_empty(), "{text}");
        }
        assert!(parsed.value.is_some() || !parsed.diagnostics.is_empty(), "{text}");
    }
    assert!(refused > 100, "{refused} slips were refused of {sound:?}");
}

// Fault 89.
#[test]
fn a_line_of_a_megabyte_or_ten_thousand_keys_are_told_and_cost_no_more_than_looking() {
    let line = "水".repeat(350_000);
    assert!(parse(&format!("停水\n\n{line}\n")).value.is_none());
    assert!(parse(&format!("停水\n部门：{line}\n")).value.is_none());
    assert!(parse(&line).value.is_none());
    let keys = "下屏：2026-5-8\n".repeat(10_000);
    let parsed = parse(&format!("停水\n{keys}"));
    assert!(parsed.value.is_none());
    assert!(parsed.diagnostics.len() <= 200, "{} are told", parsed.diagnostics.len());
}

#[test]
fn in_a_plain_text_a_line_is_a_paragraph_unless_it_is_full_and_its_sentence_goes_on() {
    let text = "通知\n今日停水。\n请相互转告\n\n因一楼服务大厅北侧供水管道老化需要更换，定于本周六上午八时\n至十二时停水。\n办公室\n2026年5月8日\n";
    let paragraphs = [
        "今日停水。",
        "请相互转告",
        "因一楼服务大厅北侧供水管道老化需要更换，定于本周六上午八时至十二时停水。",
        "办公室",
        "2026年5月8日",
    ];
    assert_eq!(body(&read(text)), paragraphs);
    let markdown = item::parse("items/通知/a.md", "通知\n今日停水。\n请相互转告\n".as_bytes());
    assert_eq!(body(&markdown.value.unwrap()), ["今日停水。请相互转告"]);
}
