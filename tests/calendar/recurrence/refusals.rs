//! What is no rule is refused with the place, the reason and the remedy.

use proptest::prelude::*;
use yingbi::{calendar::Rule, diagnostic::Explain};

/// A text, and its refusal in English and in Chinese: what is marked, what is wrong, what to do.
type Refusal = (&'static str, &'static str, &'static str);

/// Texts that are not made of the parts of a rule.
const FORM: [Refusal; 12] = [
    (
        "",
        "[] the rule lacks FREQ; write FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY; every other week is FREQ=WEEKLY;INTERVAL=2",
        "[] 规则中缺少 FREQ；写 FREQ=DAILY（每天）、FREQ=WEEKLY（每周）、FREQ=MONTHLY（每月）或 FREQ=YEARLY（每年）；隔周为 FREQ=WEEKLY;INTERVAL=2",
    ),
    (
        "BYDAY=MO",
        "[BYDAY=MO] the rule lacks FREQ; write FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY; every other week is FREQ=WEEKLY;INTERVAL=2",
        "[BYDAY=MO] 规则中缺少 FREQ；写 FREQ=DAILY（每天）、FREQ=WEEKLY（每周）、FREQ=MONTHLY（每月）或 FREQ=YEARLY（每年）；隔周为 FREQ=WEEKLY;INTERVAL=2",
    ),
    (
        "RRULE:",
        "[RRULE:] the rule lacks FREQ; write FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY; every other week is FREQ=WEEKLY;INTERVAL=2",
        "[RRULE:] 规则中缺少 FREQ；写 FREQ=DAILY（每天）、FREQ=WEEKLY（每周）、FREQ=MONTHLY（每月）或 FREQ=YEARLY（每年）；隔周为 FREQ=WEEKLY;INTERVAL=2",
    ),
    (
        "FREQ=DAILY;;COUNT=1",
        "[] nothing stands between two semicolons, or after the last one; remove the semicolon that is too many",
        "[] 分号之间或末尾的分号之后没有内容；删去多余的分号",
    ),
    (
        "FREQ=DAILY;",
        "[] nothing stands between two semicolons, or after the last one; remove the semicolon that is too many",
        "[] 分号之间或末尾的分号之后没有内容；删去多余的分号",
    ),
    (
        "EVERY MONDAY",
        r#"[EVERY MONDAY] no "=" in "EVERY MONDAY"; write NAME=VALUE, such as BYDAY=MO; commas join several values"#,
        "[EVERY MONDAY] “EVERY MONDAY”中没有等号；写成 名称=值，如 BYDAY=MO；多个值用逗号相连",
    ),
    (
        "FREQ=DAILY;BYWEEKDAY=MO",
        r#"[BYWEEKDAY] a rule has no part "BYWEEKDAY"; the parts are FREQ, INTERVAL, COUNT, UNTIL, WKST, BYMONTH, BYWEEKNO, BYYEARDAY, BYMONTHDAY, BYDAY, BYSETPOS"#,
        "[BYWEEKDAY] 规则中没有“BYWEEKDAY”这一项；可用的项：FREQ、INTERVAL、COUNT、UNTIL、WKST、BYMONTH、BYWEEKNO、BYYEARDAY、BYMONTHDAY、BYDAY、BYSETPOS",
    ),
    (
        "FREQ=DAILY;INTERVAL=2; interval=3",
        "[interval] INTERVAL is written twice; keep one of the two; commas join several values",
        "[interval] INTERVAL 写了两次；只留一处；多个值用逗号相连",
    ),
    (
        "FREQ=DAILY;BYHOUR=8",
        r#"[BYHOUR] BYHOUR is about times of day, but a rule only says on which days the window opens; leave it out, and write the times as "start" and "end" of the window"#,
        "[BYHOUR] BYHOUR 规定时刻，而规则只规定哪几天开放；删去此项，用时段的“开始”和“结束”写时刻",
    ),
    (
        "FREQ=HOURLY",
        r#"[HOURLY] FREQ=HOURLY is shorter than a day, but a rule only says on which days the window opens; write FREQ=DAILY, and the times as "start" and "end" of the window"#,
        "[HOURLY] FREQ=HOURLY 不足一天，而规则只规定哪几天开放；写 FREQ=DAILY，用时段的“开始”和“结束”写时刻",
    ),
    (
        "FREQ＝DAILY",
        r#"[＝] full-width "＝" where "=" belongs; switch the keyboard to English and type ="#,
        "[＝] 此处的全角“＝”应为半角 =；切换到英文输入法，输入 =",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO，TU",
        r#"[，] full-width "，" where "," belongs; switch the keyboard to English and type ,"#,
        "[，] 此处的全角“，”应为半角 ,；切换到英文输入法，输入 ,",
    ),
];

/// Parts with values that they do not take.
const VALUES: [Refusal; 24] = [
    (
        "FREQ=FORTNIGHTLY",
        r#"[FORTNIGHTLY] FREQ takes DAILY, WEEKLY, MONTHLY or YEARLY; found "FORTNIGHTLY"; write FREQ=DAILY, FREQ=WEEKLY, FREQ=MONTHLY or FREQ=YEARLY; every other week is FREQ=WEEKLY;INTERVAL=2"#,
        "[FORTNIGHTLY] FREQ 应为 DAILY、WEEKLY、MONTHLY 或 YEARLY，实为“FORTNIGHTLY”；写 FREQ=DAILY（每天）、FREQ=WEEKLY（每周）、FREQ=MONTHLY（每月）或 FREQ=YEARLY（每年）；隔周为 FREQ=WEEKLY;INTERVAL=2",
    ),
    (
        "FREQ=DAILY;INTERVAL=0",
        r#"[0] INTERVAL takes 1 to 1000; found "0"; every second one is INTERVAL=2"#,
        "[0] INTERVAL 应为 1 至 1000，实为“0”；每两天（周、月、年）写 INTERVAL=2",
    ),
    (
        "FREQ=DAILY;INTERVAL=1001",
        r#"[1001] INTERVAL takes 1 to 1000; found "1001"; every second one is INTERVAL=2"#,
        "[1001] INTERVAL 应为 1 至 1000，实为“1001”；每两天（周、月、年）写 INTERVAL=2",
    ),
    (
        "FREQ=DAILY;COUNT=-1",
        r#"[-1] COUNT takes 1 to 1000; found "-1"; write how many, as in COUNT=10; or write the last day with UNTIL"#,
        "[-1] COUNT 应为 1 至 1000，实为“-1”；写次数，如 COUNT=10；或改用 UNTIL 写最后一天",
    ),
    (
        "FREQ=DAILY;COUNT=99999999999999999999",
        r#"[99999999999999999999] COUNT takes 1 to 1000; found "99999999999999999999"; write how many, as in COUNT=10; or write the last day with UNTIL"#,
        "[99999999999999999999] COUNT 应为 1 至 1000，实为“99999999999999999999”；写次数，如 COUNT=10；或改用 UNTIL 写最后一天",
    ),
    (
        "FREQ=YEARLY;BYMONTH=3,13",
        r#"[13] BYMONTH takes 1 to 12; found "13"; March and September are BYMONTH=3,9"#,
        "[13] BYMONTH 应为 1 至 12，实为“13”；三月和九月写 BYMONTH=3,9",
    ),
    (
        "FREQ=YEARLY;BYMONTH=-1",
        r#"[-1] BYMONTH takes 1 to 12; found "-1"; March and September are BYMONTH=3,9"#,
        "[-1] BYMONTH 应为 1 至 12，实为“-1”；三月和九月写 BYMONTH=3,9",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=54;BYDAY=MO",
        r#"[54] BYWEEKNO takes 1 to 53, or -1 to -53 counted from the end; found "54"; week 20 is BYWEEKNO=20, the last week BYWEEKNO=-1"#,
        "[54] BYWEEKNO 应为 1 至 53，或从末尾数的 -1 至 -53，实为“54”；第 20 周写 BYWEEKNO=20，最后一周写 BYWEEKNO=-1",
    ),
    (
        "FREQ=YEARLY;BYYEARDAY=0",
        r#"[0] BYYEARDAY takes 1 to 366, or -1 to -366 counted from the end; found "0"; the 100th day is BYYEARDAY=100, the last day BYYEARDAY=-1"#,
        "[0] BYYEARDAY 应为 1 至 366，或从末尾数的 -1 至 -366，实为“0”；第 100 天写 BYYEARDAY=100，最后一天写 BYYEARDAY=-1",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=1,,3",
        r#"[] BYMONTHDAY takes 1 to 31, or -1 to -31 counted from the end; found ""; the 15th is BYMONTHDAY=15, the last day BYMONTHDAY=-1"#,
        "[] BYMONTHDAY 应为 1 至 31，或从末尾数的 -1 至 -31，实为“”；15 日写 BYMONTHDAY=15，月末写 BYMONTHDAY=-1",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=32",
        r#"[32] BYMONTHDAY takes 1 to 31, or -1 to -31 counted from the end; found "32"; the 15th is BYMONTHDAY=15, the last day BYMONTHDAY=-1"#,
        "[32] BYMONTHDAY 应为 1 至 31，或从末尾数的 -1 至 -31，实为“32”；15 日写 BYMONTHDAY=15，月末写 BYMONTHDAY=-1",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=32",
        r#"[32] BYSETPOS takes 1 to 31, or -1 to -31 counted from the end; found "32"; the first is BYSETPOS=1, the last BYSETPOS=-1"#,
        "[32] BYSETPOS 应为 1 至 31，或从末尾数的 -1 至 -31，实为“32”；第一个写 BYSETPOS=1，最后一个写 BYSETPOS=-1",
    ),
    (
        "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
        r#"[2] BYSETPOS takes 1 or -1; found "2"; the first is BYSETPOS=1, the last BYSETPOS=-1"#,
        "[2] BYSETPOS 应为 1 或 -1，实为“2”；第一个写 BYSETPOS=1，最后一个写 BYSETPOS=-1",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MON",
        r#"[MON] BYDAY takes MO, TU, WE, TH, FR, SA and SU; found "MON"; Monday is MO, the second Monday 2MO, the last Friday -1FR"#,
        "[MON] BYDAY 应为 MO、TU、WE、TH、FR、SA、SU，实为“MON”；周一写 MO，第二个周一写 2MO，最后一个周五写 -1FR",
    ),
    (
        "FREQ=WEEKLY;BYDAY=周一",
        r#"[周一] BYDAY takes MO, TU, WE, TH, FR, SA and SU; found "周一"; Monday is MO, the second Monday 2MO, the last Friday -1FR"#,
        "[周一] BYDAY 应为 MO、TU、WE、TH、FR、SA、SU，实为“周一”；周一写 MO，第二个周一写 2MO，最后一个周五写 -1FR",
    ),
    (
        "FREQ=WEEKLY;BYDAY=",
        r#"[] BYDAY takes MO, TU, WE, TH, FR, SA and SU; found ""; Monday is MO, the second Monday 2MO, the last Friday -1FR"#,
        "[] BYDAY 应为 MO、TU、WE、TH、FR、SA、SU，实为“”；周一写 MO，第二个周一写 2MO，最后一个周五写 -1FR",
    ),
    (
        "FREQ=WEEKLY;WKST=1MO",
        r#"[1MO] WKST takes MO, TU, WE, TH, FR, SA and SU; found "1MO"; weeks that begin on Monday are WKST=MO, on Sunday WKST=SU"#,
        "[1MO] WKST 应为 MO、TU、WE、TH、FR、SA、SU，实为“1MO”；周一为一周之首写 WKST=MO，周日写 WKST=SU",
    ),
    (
        "FREQ=MONTHLY;BYDAY=1FR,6MO",
        r#"[6MO] "6MO" never comes: weekdays are counted 1 to 5 in a month, or -1 to -5 from its end; the last one is -1, as in -1FR; for every one leave the number out, as in FR"#,
        "[6MO] 没有“6MO”这一天：一个月内的第几个写 1 至 5，倒数第几个写 -1 至 -5；最后一个写 -1，如 -1FR；每个都算则不写数字，如 FR",
    ),
    (
        "FREQ=YEARLY;BYDAY=54MO",
        r#"[54MO] "54MO" never comes: weekdays are counted 1 to 53 in a year, or -1 to -53 from its end; the last one is -1, as in -1FR; for every one leave the number out, as in FR"#,
        "[54MO] 没有“54MO”这一天：一年内的第几个写 1 至 53，倒数第几个写 -1 至 -53；最后一个写 -1，如 -1FR；每个都算则不写数字，如 FR",
    ),
    (
        "FREQ=YEARLY;BYMONTH=3;BYDAY=0MO",
        r#"[0MO] "0MO" never comes: weekdays are counted 1 to 5 in a month, or -1 to -5 from its end; the last one is -1, as in -1FR; for every one leave the number out, as in FR"#,
        "[0MO] 没有“0MO”这一天：一个月内的第几个写 1 至 5，倒数第几个写 -1 至 -5；最后一个写 -1，如 -1FR；每个都算则不写数字，如 FR",
    ),
    (
        "FREQ=DAILY;UNTIL=soon",
        r#"[soon] UNTIL takes a date; found "soon"; write UNTIL=20261231; the day is included"#,
        "[soon] UNTIL 应为日期，实为“soon”；写成 UNTIL=20261231，含当天",
    ),
    (
        "FREQ=DAILY;UNTIL=20260230",
        "[20260230] UNTIL: there is no 20260230; write UNTIL=20261231; the day is included",
        "[20260230] UNTIL 有误：没有 20260230 这一天；写成 UNTIL=20261231，含当天",
    ),
    (
        "FREQ=DAILY;UNTIL=20261231T155959Z",
        "[20261231T155959Z] UNTIL has a time of day, but a rule counts whole days; write UNTIL=20261231, which includes that day; a time that ends in Z is UTC: see first on which date that is here",
        "[20261231T155959Z] UNTIL 带有时刻，而规则按整天计；写 UNTIL=20261231，含当天；原时刻以 Z 结尾的，先换算成当地日期",
    ),
    (
        "FREQ=DAILY;UNTIL=2026-12-31 08:00",
        "[2026-12-31 08:00] UNTIL has a time of day, but a rule counts whole days; write UNTIL=20261231, which includes that day; a time that ends in Z is UTC: see first on which date that is here",
        "[2026-12-31 08:00] UNTIL 带有时刻，而规则按整天计；写 UNTIL=20261231，含当天；原时刻以 Z 结尾的，先换算成当地日期",
    ),
];

/// Parts that cannot stand together.
const COMPANY: [Refusal; 9] = [
    (
        "FREQ=WEEKLY;BYDAY=TU,2MO",
        r#"[2MO] "2MO" counts weekdays of a month or a year, which FREQ=WEEKLY does not have; leave the number out, or write FREQ=MONTHLY or FREQ=YEARLY"#,
        "[2MO] “2MO”指一个月或一年中的第几个星期几，不能与 FREQ=WEEKLY 同用；去掉数字，或改为 FREQ=MONTHLY 或 FREQ=YEARLY",
    ),
    (
        "FREQ=DAILY;BYDAY=-1MO",
        r#"[-1MO] "-1MO" counts weekdays of a month or a year, which FREQ=DAILY does not have; leave the number out, or write FREQ=MONTHLY or FREQ=YEARLY"#,
        "[-1MO] “-1MO”指一个月或一年中的第几个星期几，不能与 FREQ=DAILY 同用；去掉数字，或改为 FREQ=MONTHLY 或 FREQ=YEARLY",
    ),
    (
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO",
        r#"[1MO] "1MO" counts weekdays, but BYWEEKNO already names the week, and a week has one of each; leave the number out, or leave BYWEEKNO out"#,
        "[1MO] “1MO”指第几个星期几，而 BYWEEKNO 已指定第几周，一周中每个星期几只有一个；去掉数字，或删去 BYWEEKNO",
    ),
    (
        "FREQ=MONTHLY;BYWEEKNO=20",
        "[BYWEEKNO] BYWEEKNO cannot stand beside FREQ=MONTHLY; write FREQ=YEARLY, or leave BYWEEKNO out",
        "[BYWEEKNO] BYWEEKNO 不能与 FREQ=MONTHLY 同用；写 FREQ=YEARLY，或删去 BYWEEKNO",
    ),
    (
        "FREQ=DAILY;BYYEARDAY=100",
        "[BYYEARDAY] BYYEARDAY cannot stand beside FREQ=DAILY; write FREQ=YEARLY, or leave BYYEARDAY out",
        "[BYYEARDAY] BYYEARDAY 不能与 FREQ=DAILY 同用；写 FREQ=YEARLY，或删去 BYYEARDAY",
    ),
    (
        "FREQ=WEEKLY;BYMONTHDAY=15",
        "[BYMONTHDAY] BYMONTHDAY cannot stand beside FREQ=WEEKLY; write FREQ=MONTHLY, FREQ=YEARLY or FREQ=DAILY, or leave BYMONTHDAY out",
        "[BYMONTHDAY] BYMONTHDAY 不能与 FREQ=WEEKLY 同用；写 FREQ=MONTHLY、FREQ=YEARLY 或 FREQ=DAILY，或删去 BYMONTHDAY",
    ),
    (
        "FREQ=DAILY;COUNT=3;UNTIL=20261231",
        "[UNTIL] COUNT and UNTIL cannot stand in one rule; keep one of the two",
        "[UNTIL] COUNT 与 UNTIL 不能同时写；只留一个",
    ),
    (
        "FREQ=DAILY;UNTIL=20261231;COUNT=3",
        "[COUNT] COUNT and UNTIL cannot stand in one rule; keep one of the two",
        "[COUNT] COUNT 与 UNTIL 不能同时写；只留一个",
    ),
    (
        "FREQ=MONTHLY;BYSETPOS=-1",
        "[BYSETPOS] BYSETPOS picks among the days of other BY parts, and there is none; add a part such as BYDAY=MO,TU,WE,TH,FR, or leave BYSETPOS out",
        "[BYSETPOS] BYSETPOS 从其他 BY 项给出的日子中挑选，而此处没有其他 BY 项；补上如 BYDAY=MO,TU,WE,TH,FR 的一项，或删去 BYSETPOS",
    ),
];

fn holds(refusals: &[Refusal]) {
    for (text, en, zh) in refusals {
        let fault = Rule::parse(text).expect_err(text);
        let (marked, help) = (&text[fault.span.clone()], fault.help());
        assert_eq!(format!("[{marked}] {fault}; {}", help.en), *en, "{text}");
        assert_eq!(format!("[{marked}] {}；{}", fault.chinese(), help.zh), *zh, "{text}");
    }
}

#[test]
fn a_text_that_is_not_made_of_parts_is_refused() {
    holds(&FORM);
}

#[test]
fn a_value_that_its_part_does_not_take_is_refused() {
    holds(&VALUES);
}

#[test]
fn parts_that_the_rfc_keeps_apart_are_refused() {
    holds(&COMPANY);
}

#[test]
fn a_mark_without_text_stands_where_something_is_missing() {
    let at = |text| Rule::parse(text).unwrap_err().span;
    assert_eq!(at("FREQ=DAILY;;COUNT=1"), 11..11);
    assert_eq!(at("FREQ=MONTHLY;BYMONTHDAY=1,,3"), 26..26);
    assert_eq!(at(" FREQ=DAILY; "), 12..12);
}

proptest! {
    /// Whatever is typed, it is a rule, or a fault that marks whole characters of it.
    #[test]
    fn any_text_is_read_or_refused(
        text in prop_oneof!["\\PC{0,40}", "(FREQ|BYDAY|UNTIL|[A-Z]{1,4}|周|=|;|,|:|-|＋|[0-9]{1,4}|T| ){0,12}"],
    ) {
        if let Err(fault) = Rule::parse(&text) {
            prop_assert!(text.get(fault.span.clone()).is_some(), "{:?}", fault);
            prop_assert!(!fault.help().en.is_empty() && !fault.help().zh.is_empty());
        }
    }
}
