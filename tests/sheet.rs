//! Sheets: text in, an item a row out, and what is wrong with a row told by its number.

use jiff::{SignedDuration, civil::date};
use yingbi::{
    document::Parsed,
    item::{Row, sheet, write_row},
};

use crate::support::site::{Files, messages};

const FILE: &str = "items/通知/本周.csv";

fn read(text: &str) -> Parsed<Vec<Row>> {
    sheet(FILE, text.as_bytes())
}

/// The items of a sheet of which nothing is wrong.
fn good(text: &str) -> Vec<Row> {
    let read = read(text);
    assert_eq!(messages(&read.diagnostics), Vec::<String>::new());
    read.value.unwrap()
}

fn titles(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(|row| &*row.item.title).collect()
}

#[test]
fn each_row_is_an_item_whatever_the_order_of_its_columns() {
    let rows = good(
        "序号,下屏日期,标题*,内容,栏目,上屏时间,停留,页数,公示期,发布\n1,2026年5月9日,停水通知,今晚停水,通知,2026/5/8 8:30,15,02,,\n2,,名单,,,,,,5,2026-5-8\n",
    );
    assert_eq!(titles(&rows), ["停水通知", "名单"]);
    let (first, second) = (&rows[0].item, &rows[1].item);
    assert_eq!(&*first.id, "通知/本周.csv#停水通知");
    assert_eq!((&*first.column, &*first.file, rows[0].number), ("通知", FILE, 2));
    assert_eq!(first.from, Some(date(2026, 5, 8).at(8, 30, 0, 0)));
    assert_eq!(first.until, Some(date(2026, 5, 10).at(0, 0, 0, 0)));
    assert_eq!(
        (first.dwell, first.pages),
        (Some(SignedDuration::from_secs(15)), Some(2))
    );
    assert_eq!(&*first.body[0].text, "今晚停水");
    assert_eq!(second.posting.and_then(yingbi::item::Posting::days), Some(5));
    assert!(second.body.is_empty());
}

#[test]
fn fields_are_parted_by_commas_semicolons_or_tabs_and_may_be_quoted() {
    for separator in [",", ";", "\t"] {
        let text = "标题|内容\n\"甲|乙\"|\"他说\"\"好\"\"\n第二段\"\n丙|丁\r\n".replace('|', separator);
        let rows = good(&text);
        assert_eq!(*rows[0].item.title, *format!("甲{separator}乙").replace('\t', " "));
        let body: Vec<&str> = rows[0].item.body.iter().map(|paragraph| &*paragraph.text).collect();
        assert_eq!(body, ["他说\"好\"", "第二段"]);
        // The sheet's own count, though the file has a line more.
        assert_eq!((rows[1].number, &*rows[1].item.title), (3, "丙"));
    }
}

#[test]
fn a_sheet_in_gbk_reads_like_one_in_utf8() {
    let text = "标题,内容\r\n停水通知,今晚停水\r\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    assert_ne!(gbk.as_ref(), text.as_bytes());
    let rows = sheet(FILE, &gbk).value.unwrap();
    assert_eq!(titles(&rows), ["停水通知"]);
    // As Excel writes it with a mark in front.
    let rows = sheet(FILE, format!("\u{feff}{text}").as_bytes()).value.unwrap();
    assert_eq!(titles(&rows), ["停水通知"]);
}

#[test]
fn a_row_that_is_bad_is_left_out_by_its_number_and_the_others_play() {
    let Parsed { value, diagnostics } =
        read("标题,内容,下屏\n甲,一,2026-02-30\n,没有标题,\n乙,二,2026-5-9\n丙,三,明天\n#REF!,四,\n\n丁,五,\n");
    assert_eq!(titles(&value.unwrap()), ["乙", "丁"]);
    assert_eq!(
        messages(&diagnostics),
        [
            "items/通知/本周.csv:2:3: row 2: there is no 2026-02-30: February 2026 has 28 days",
            "items/通知/本周.csv:3:1: row 3 has no 标题, and is left out",
            "items/通知/本周.csv:5:3: row 5: \"下屏\" takes a date, or a date and a time (such as 2026-05-08 or 2026-05-08 08:00); found 明天",
            "items/通知/本周.csv:6:1: row 6 has #REF! for a value: the formula in the sheet is wrong",
        ]
    );
    let told = &diagnostics[0];
    assert_eq!(
        told.message.zh,
        "第 2 行：没有 2026-02-30 这一天：2026 年 2 月只有 28 天"
    );
    assert!(told.help.zh.ends_with("其他行照常播放"));
    assert_eq!(&*told.place.as_ref().unwrap().excerpt, "2026-02-30");
}

#[test]
fn columns_that_nobody_knows_are_told_with_the_nearest_name() {
    let Parsed { value, diagnostics } = read("标题,内荣,电话,标题\n甲,一,123,乙\n");
    assert_eq!(titles(&value.unwrap()), ["甲"]);
    assert_eq!(
        messages(&diagnostics),
        [
            "items/通知/本周.csv:1:2: the column \"内荣\" means nothing here, and is left out; did you mean \"内容\"?",
            "items/通知/本周.csv:1:3: the column \"电话\" means nothing here, and is left out",
            "items/通知/本周.csv:1:4: the column \"标题\" is there twice, and its second one is left out",
        ]
    );
    assert!(!diagnostics.iter().any(yingbi::diagnostic::Diagnostic::is_error));
}

#[test]
fn the_names_may_stand_below_the_title_of_the_sheet() {
    let rows = good("本周信息发布一览表,,\n（办公室）,,\n序号,标题,备注\n1,甲,急\n");
    assert_eq!((titles(&rows), rows[0].number), (vec!["甲"], 4));
    let refused = read("甲,乙\n丙,丁\n");
    assert!(refused.value.is_none());
    assert_eq!(
        messages(&refused.diagnostics),
        ["items/通知/本周.csv:1:1: no row of this sheet names its columns: one of them must be called 标题"]
    );
}

#[test]
fn an_identity_does_not_change_when_rows_are_put_in_above() {
    let before = good("标题\n甲\n乙\n乙\n");
    let after = good("标题\n新\n甲\n乙\n乙\n");
    let ids = |rows: &[Row]| rows.iter().map(|row| row.item.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&before), ids(&after)[1..]);
    assert_eq!(ids(&before)[1..], ["通知/本周.csv#乙", "通知/本周.csv#乙#2"]);
}

#[test]
fn a_quote_without_its_other_half_is_told_and_nothing_is_guessed() {
    let refused = read("标题,内容\n甲,一\n乙,\"二\n丙,三\n");
    assert!(refused.value.is_none());
    assert_eq!(
        messages(&refused.diagnostics),
        ["items/通知/本周.csv:3:1: the quote that opens in row 3 is never closed"]
    );
}

#[test]
fn what_is_written_as_a_row_reads_as_its_cells() {
    let cells = ["标题", "a,b", "\"好\"", "一\n二", ""];
    let text = write_row(cells);
    assert_eq!(text.lines().count(), 1);
    let sheet = good(
        &(text.clone() + &write_row(["甲", "", "", "", "丙\n丁"]))
            .replace("a,b", "内容")
            .replace("\"\"\"好\"\"\"", "部门")
            .replace("一\u{2028}二", "文号"),
    );
    assert_eq!(titles(&sheet), ["甲"]);
}

#[test]
fn no_text_whatever_brings_the_reader_down() {
    for text in [
        "",
        ",",
        "\n\n",
        "\"",
        "标题",
        "标题\n",
        "标题\n\"\"\"",
        "\"标题\"x,\n1",
        "标题\u{2028}\n甲\u{2028}",
    ] {
        let read = read(text);
        assert!(read.value.is_some() || !read.diagnostics.is_empty(), "{text:?}");
    }
    let many = format!("标题\n{}", "甲\n".repeat(2001));
    assert_eq!(
        messages(&read(&many).diagnostics),
        ["items/通知/本周.csv:1:1: the sheet has 2002 rows; at most 2000 are read"]
    );
}

#[test]
fn a_sheet_plays_in_the_columns_that_its_rows_name() {
    let site = "[[column]]\nid = \"news\"\ntitle = \"国企动态\"\n";
    let files = Files::plain();
    let text = files
        .text("site.toml")
        .replacen("[[screen]]", &format!("{site}\n[[screen]]"), 1);
    let files = files.with("site.toml", text).with(
        "items/通知/本周.csv",
        "标题,内容,栏目\n停水通知,今晚停水,\n喜报,利润增长,国企动态\n坏字,\u{e000},\n",
    );
    let library = files.library();
    let wall = library.wall().unwrap();
    let columns: Vec<_> = wall.items().iter().map(|item| (&*item.title, &*item.column)).collect();
    assert_eq!(columns, [("停水通知", "通知"), ("喜报", "news")]);
    // A character without a glyph costs its row, at its place.
    let problem = &library.problems()[0];
    let place = problem.place.as_ref().unwrap();
    assert_eq!((place.line, place.column), (4, 2));
    assert!(problem.message.en.contains("U+E000"), "{}", problem.message.en);
}

#[test]
fn a_sheet_of_which_no_row_is_good_keeps_its_last_good_version() {
    let files = Files::plain().with("items/通知/本周.csv", "标题,下屏\n停水通知,2999-01-01\n");
    let library = files.library();
    assert_eq!(library.wall().unwrap().items().len(), 1);
    let bad = files.with("items/通知/本周.csv", "标题,下屏\n停水通知,2026-02-30\n");
    let after = library.accept(&bad.sources());
    assert_eq!(after.wall().unwrap().digest(), library.wall().unwrap().digest());
    assert_eq!(after.problems().len(), 1);
}

#[test]
fn a_row_that_goes_bad_stays_as_it_was_and_the_others_take_effect() {
    let at = |text: &str| Files::plain().with("items/通知/本周.csv", text);
    let good = at("标题,内容,下屏\r\n甲,一,2999-01-01\r\n乙,二,2999-01-01\r\n丙,三,\r\n");
    let before = good.library();
    let bodies = |library: &yingbi::wall::Library| -> Vec<(String, String)> {
        let items = library.wall().unwrap().items();
        let told = |item: &std::sync::Arc<yingbi::item::Item>| {
            (
                item.title.to_string(),
                item.body.first().map_or(String::new(), |first| first.text.to_string()),
            )
        };
        items.iter().map(told).collect()
    };
    let pair = |title: &str, body: &str| (title.to_owned(), body.to_owned());
    // A row is put in above, one is spoilt, one changes, and one that never was good comes.
    let spoilt = at("标题,内容,下屏\r\n新,零,\r\n甲,一改,2026-02-30\r\n乙,二改,2999-01-01\r\n丁,四,2026-02-30\r\n");
    let after = before.accept(&spoilt.sources());
    assert_eq!(bodies(&after), [pair("新", "零"), pair("甲", "一"), pair("乙", "二改")]);
    assert_eq!(after.problems().len(), 2);
    // What is kept makes the same wall again, and goes on being kept.
    let again = yingbi::wall::Library::default().accept(&after.kept());
    assert_eq!(again.wall().unwrap().digest(), after.wall().unwrap().digest());
    let later = after.accept(&at("标题,内容,下屏\n甲,一改,2026-02-30\n").sources());
    assert_eq!(bodies(&later), [pair("甲", "一")]);
    // With other columns nobody can say which cell is which.
    let other = after.accept(&at("标题,下屏,内容\n甲,2026-02-30,一\n戊,,五\n").sources());
    assert_eq!(bodies(&other), [pair("戊", "五")]);
    let mended = later.accept(&at("标题,内容,下屏\n甲,一改,2999-02-01\n").sources());
    assert_eq!(
        (bodies(&mended), mended.problems().len()),
        (vec![pair("甲", "一改")], 0)
    );
}
