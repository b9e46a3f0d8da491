//! `yingbi explain --item`: why an item is on the wall, or is not.

use yingbi::{
    calendar::Occurrence,
    diagnostic::Bilingual,
    playlist::Priority,
    wall::{ItemView, Standing},
};

use super::explain::{explain, folder, hall, stderr, stdout, text, yingbi};
use crate::support::site::Files;

const AT: &str = "2024-05-15T10:00:01+08:00";

fn time(text: &str) -> jiff::Timestamp {
    format!("2024-05-{text}+08:00").parse().unwrap()
}

/// How the item stands in the only zone that plays it.
fn view(files: &Files, id: &str) -> ItemView {
    let views = files.wall().explain(id, AT.parse().unwrap());
    assert_eq!(views.len(), 1, "{views:?}");
    views.into_iter().next().unwrap()
}

/// The same, by its only playlist.
fn standing(files: &Files, id: &str) -> Standing {
    let view = view(files, id);
    assert_eq!(view.plays.len(), 1, "{view:?}");
    view.plays.into_iter().next().unwrap().standing
}

fn own(zh: &str, en: &str) -> Bilingual {
    Bilingual::new(format!("信息的“{zh}”"), format!("its own \"{en}\""))
}

fn dated(name: &str, dates: &str) -> Files {
    let text = format!("+++\ntitle = \"{name}\"\ndwell = \"4s\"\n{dates}\n+++\n正文\n");
    Files::plain()
        .item("甲", "甲", "4s")
        .with(&format!("items/通知/{name}.md"), text)
}

fn only(when: &str) -> Files {
    let list = format!("title = \"专题单\"\n{when}\n[[play]]\nitem = \"通知/甲\"\n");
    Files::plain().item("甲", "甲", "4s").with("all.toml", list)
}

#[test]
fn an_item_on_the_wall_and_one_that_waits_for_its_turn() {
    let files = Files::plain().item("甲", "甲", "4s").item("乙", "乙", "4s");
    let seen = Standing::Seen {
        page: 1,
        pages: 1,
        until: time("15T10:00:04"),
    };
    assert_eq!(standing(&files, "通知/乙"), seen);
    assert_eq!(standing(&files, "通知/甲"), Standing::Waiting);
    assert_eq!(
        view(&files, "通知/甲").next,
        Some((time("15T10:00:04"), time("15T10:00:08")))
    );
}

#[test]
fn an_item_that_is_not_yet_or_no_longer_in_force_says_by_what() {
    let not_yet = |dates: &str, by| {
        let standing = standing(&dated("乙", dates), "通知/乙");
        let from = time("16T00:00:00");
        assert_eq!(standing, Standing::NotYet { from, by });
    };
    not_yet("from = 2024-05-16", own("上屏", "from"));
    not_yet("published = 2024-05-16", own("发布", "published"));
    let expired = Standing::Expired {
        until: time("15T00:00:00"),
        by: own("下屏", "until"),
    };
    let files = dated("乙", "until = 2024-05-14");
    assert_eq!(standing(&files, "通知/乙"), expired);
    assert_eq!(view(&files, "通知/乙").next, None);
    let soon = view(&dated("乙", "from = 2024-05-16"), "通知/乙").next.unwrap();
    assert!((time("16T00:00:00")..time("16T00:00:10")).contains(&soon.0), "{soon:?}");
}

#[test]
fn a_closed_playlist_says_when_it_opens_next_however_far_that_is() {
    let files = only("[[when]]\nstart = \"14:00\"\nend = \"15:00\"\n");
    let opens = Some(Occurrence {
        start: time("15T14:00:00"),
        end: time("15T15:00:00"),
    });
    assert_eq!(standing(&files, "通知/甲"), Standing::Closed { opens });
    assert_eq!(view(&files, "通知/甲").next.unwrap().0, time("15T14:00:00"));
    let far = only("[[when]]\nfrom = 2025-01-01\nuntil = 2025-01-02\nstart = \"14:00\"\nend = \"15:00\"\n");
    let Standing::Closed { opens: Some(opens) } = standing(&far, "通知/甲") else {
        panic!("it opens within 400 days")
    };
    assert_eq!(opens.start.to_string(), "2025-01-01T06:00:00Z");
    assert_eq!(view(&far, "通知/甲").next.unwrap().0, opens.start);
    // Also where the item itself has gone by then.
    let gone = far.clone().with(
        "items/通知/甲.md",
        "+++\ntitle = \"甲\"\nuntil = 2024-06-01\n+++\n正文\n",
    );
    let opens = Some(opens);
    assert_eq!(standing(&gone, "通知/甲"), Standing::Closed { opens });
    assert_eq!(view(&gone, "通知/甲").next, None);
    let never = only("[[when]]\nuntil = 2024-05-14\n");
    assert_eq!(standing(&never, "通知/甲"), Standing::Closed { opens: None });
    assert_eq!(view(&never, "通知/甲").next, None);
}

#[test]
fn an_item_that_gives_way_names_what_it_gives_way_to() {
    let notice = "title = \"要闻\"\npriority = \"notice\"\n[[when]]\nstart = \"09:00\"\nend = \"11:00\"\n[[play]]\nclock = true\n";
    let files = Files::plain().item("甲", "甲", "4s").with("notice.toml", notice);
    let expected = Standing::Beaten {
        file: "notice.toml".into(),
        title: "要闻".into(),
        priority: Priority::Notice,
    };
    assert_eq!(standing(&files, "通知/甲"), expected);
    assert_eq!(view(&files, "通知/甲").next.unwrap().0, time("15T11:00:00"));
}

#[test]
fn an_item_under_the_whole_screens_playlist_is_covered() {
    let whole = "title = \"全屏\"\npriority = \"filler\"\nzones = \"*\"\n[[when]]\nstart = \"09:00\"\nend = \"11:00\"\n[[play]]\nclock = true\n";
    let files = Files::plain().item("甲", "甲", "4s").with("whole.toml", whole);
    let expected = Standing::Covered {
        file: "whole.toml".into(),
        title: "全屏".into(),
    };
    assert_eq!(standing(&files, "通知/甲"), expected);
    assert_eq!(view(&files, "通知/甲").next.unwrap().0, time("15T11:00:00"));
}

#[test]
fn an_item_beyond_the_limit_and_one_on_a_dark_screen() {
    let limited = "[[play]]\ncolumn = \"通知\"\norder = \"path\"\nlimit = 1\n";
    let files = Files::plain()
        .item("1", "甲", "4s")
        .item("2", "乙", "4s")
        .with("all.toml", limited);
    assert_eq!(standing(&files, "通知/2"), Standing::Limited { limit: 1 });
    assert_eq!(view(&files, "通知/2").next, None);
    let lit = "\n[[screen.lit]]\nstart = \"11:00\"\nend = \"18:00\"\n\n[[screen.zone]]";
    let site = crate::support::site::PLAIN.replace("\n[[screen.zone]]", lit);
    let files = Files::plain().item("甲", "甲", "4s").with("site.toml", site);
    let expected = Standing::Dark {
        reason: Bilingual::new("不在开屏时间", "outside the lit hours"),
        until: time("15T11:00:00"),
    };
    assert_eq!(standing(&files, "通知/甲"), expected);
    assert_eq!(view(&files, "通知/甲").next.unwrap().0, time("15T11:00:00"));
}

#[test]
fn an_item_that_comes_into_force_joins_at_the_next_page() {
    let files = dated("乙", "from = 2024-05-15T10:00:01");
    assert_eq!(standing(&files, "通知/乙"), Standing::Joining);
}

#[test]
fn an_item_that_no_playlist_plays_is_nowhere() {
    let files = Files::plain()
        .item("甲", "甲", "4s")
        .with("all.toml", "[[play]]\nclock = true\n");
    assert_eq!(files.wall().explain("通知/甲", AT.parse().unwrap()), []);
}

#[test]
fn every_standing_is_told_in_both_languages() {
    let zone = jiff::tz::TimeZone::get("Asia/Shanghai").unwrap();
    let (from, until) = (time("15T08:00:00"), time("15T09:00:00"));
    let names = || ("a.toml".into(), "甲单".into());
    let (file, title) = names();
    let (whole, whole_title) = names();
    for (standing, zh, en) in [
        (
            Standing::Seen {
                page: 1,
                pages: 3,
                until,
            },
            "正在播放：第 1/3 页，至 2024-05-15 09:00:00",
            "on the wall: page 1/3, until 2024-05-15 09:00:00",
        ),
        (
            Standing::Waiting,
            "在循环之中，此刻轮到其他内容",
            "in the loop, where something else has its turn",
        ),
        (
            Standing::Dark {
                reason: Bilingual::new("不在开屏时间", "outside the lit hours"),
                until,
            },
            "屏幕熄屏，至 2024-05-15 09:00:00：不在开屏时间",
            "the screen is dark until 2024-05-15 09:00:00: outside the lit hours",
        ),
        (
            Standing::Beaten {
                file,
                title,
                priority: Priority::Alert,
            },
            "让位于“紧急”级节目单“甲单”（a.toml）",
            "gives way to the playlist \"甲单\" (a.toml) of priority \"alert\"",
        ),
        (
            Standing::Covered {
                file: whole,
                title: whole_title,
            },
            "被全屏节目单“甲单”（a.toml）盖住",
            "covered by the playlist \"甲单\" (a.toml), which takes the whole screen",
        ),
        (
            Standing::Joining,
            "已生效，下一页起加入循环",
            "in force; it joins the loop at the next page",
        ),
        (
            Standing::Limited { limit: 6 },
            "排在前 6 条之后，超出该节目的条数上限",
            "comes after the first 6, which are all that the play shows",
        ),
        (
            Standing::Closed {
                opens: Some(Occurrence {
                    start: from,
                    end: until,
                }),
            },
            "节目单此刻不开放，下次开放 2024-05-15 08:00:00 至 2024-05-15 09:00:00",
            "the playlist is closed; it opens next from 2024-05-15 08:00:00 to 2024-05-15 09:00:00",
        ),
        (
            Standing::Closed { opens: None },
            "节目单此刻不开放，400 天内也不再开放",
            "the playlist is closed, and does not open within 400 days",
        ),
        (
            Standing::NotYet {
                from,
                by: own("上屏", "from"),
            },
            "尚未到上屏时间，自 2024-05-15 08:00:00 起（据信息的“上屏”）",
            "not yet in force; it is from 2024-05-15 08:00:00 on, by its own \"from\"",
        ),
        (
            Standing::Expired {
                until,
                by: own("下屏", "until"),
            },
            "已过下屏时间，2024-05-15 09:00:00 起不再显示（据信息的“下屏”）",
            "no longer in force since 2024-05-15 09:00:00, by its own \"until\"",
        ),
    ] {
        assert_eq!(standing.sentence(&zone), Bilingual::new(zh, en));
    }
}

fn today(files: &Files, language: &str, more: &[&str]) -> std::process::Output {
    let site = folder(files);
    let arguments = [&["explain", text(site.path()), "--today", "--at", AT], more].concat();
    yingbi(language, &arguments)
}

#[test]
fn the_answer_about_an_item_is_printed_whole() {
    let files = Files::plain().item("甲", "甲", "4s").item("乙", "乙", "4s");
    let output = today(&files, "en", &["--item", "通知/甲"]);
    assert_eq!(
        stdout(&output),
        "\
2024-05-15 10:00:01, by today's files
甲 [通知/甲]  items/通知/甲.md
  lobby/main  playlist \"all\" (all.toml, routine): in the loop, where something else has its turn
      seen next from 2024-05-15 10:00:04 until 2024-05-15 10:00:08
"
    );
    let output = today(&files, "zh", &["--item", "通知/乙"]);
    assert_eq!(
        stdout(&output),
        "\
2024-05-15 10:00:01，按今天的文件
乙 [通知/乙]  items/通知/乙.md
  lobby/main  节目单“all”（all.toml，日常）：正在播放：第 1/1 页，至 2024-05-15 10:00:04
      正在显示
"
    );
    let nowhere = files.with("all.toml", "[[play]]\nclock = true\n");
    let output = today(&nowhere, "en", &["--item", "通知/甲"]);
    assert!(
        stdout(&output).ends_with("  no playlist plays it, nor its column \"通知\"\n"),
        "{}",
        stdout(&output)
    );
    let output = today(&nowhere, "zh", &["--item", "通知/甲"]);
    assert!(
        stdout(&output).ends_with("  没有节目单播放它，也没有节目单播放其栏目“通知”\n"),
        "{}",
        stdout(&output)
    );
}

#[test]
fn an_item_that_is_not_there_is_wrong_usage_with_the_nearest_name() {
    let files = Files::plain().item("fire-drill", "甲", "4s");
    let output = today(&files, "en", &["--item", "通知/fire-dril"]);
    let said = stderr(&output);
    assert!(
        said.contains("there is no item \"通知/fire-dril\"") && said.contains("did you mean \"通知/fire-drill\"?"),
        "{said}"
    );
    assert_eq!(output.status.code(), Some(2));
    let output = today(&files, "zh", &["--item", "通知/fire-dril"]);
    let said = stderr(&output);
    assert!(
        said.contains("没有信息“通知/fire-dril”") && said.contains("是否应为“通知/fire-drill”？"),
        "{said}"
    );
}

#[test]
fn a_file_that_is_refused_is_said_to_be_with_its_problems() {
    let files = Files::plain().with("items/通知/甲.md", "+++\ntitel = \"甲\"\n+++\n正文\n");
    let output = today(&files, "en", &["--item", "通知/甲"]);
    let said = stderr(&output);
    for part in [
        "unknown key \"titel\"; did you mean \"title\"?",
        "--> items/通知/甲.md:2:1",
        "the file of the item \"通知/甲\" is refused, and no version of it was ever good",
    ] {
        assert!(said.contains(part), "{part} is not in:\n{said}");
    }
    assert_eq!(output.status.code(), Some(1));
    let line = stdout(&today(&files, "en", &["--item", "通知/甲", "--json"]));
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((&line["standing"], &line["refused"]), (&"refused".into(), &true.into()));
}

#[test]
fn an_item_of_the_past_is_told_by_the_programme_of_the_past() {
    let (site, hall) = hall();
    let output = explain(
        "en",
        site.path(),
        hall.state.path(),
        &["--at", "2024-05-15 10:00:30", "--item", "通知/乙", "--zone", "main"],
    );
    let said = stdout(&output);
    assert!(said.contains("by the journal: programme"), "{said}");
    assert!(
        said.contains(
            "  lobby/main  playlist \"pages\" (pages.toml, routine): on the wall: page 1/1, until 2024-05-15 10:00:32\n"
        ),
        "{said}"
    );
    let lines = stdout(&explain(
        "en",
        site.path(),
        hall.state.path(),
        &["--at", "2024-05-15 10:00:30", "--item", "通知/乙", "--json"],
    ));
    let zones: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<_> = zones
        .iter()
        .map(|line| (line["zone"].as_str().unwrap(), line["standing"].as_str().unwrap()))
        .collect();
    assert_eq!(told[0], ("main", "seen"));
    assert_eq!(told.len(), 2, "{told:?}");
    let help = stdout(&yingbi("en", &["explain", "--help"]));
    for name in zones[0].as_object().unwrap().keys() {
        let is_named = help
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .any(|word| word == name);
        assert!(is_named, "{name} is not in the help");
    }
}
