//! The reference page: every key of every kind of file, in Chinese and English beside each other.

use super::table::{FieldInfo, Presence, Table};

/// What stands before the tables: how values are written.
const PREFACE: &str = "\
# 站点文件参考 Reference of the site's files

本页由程序中的字段表生成，与程序所读完全一致。编辑器可用 `schema/` 中的 JSON Schema 提示与检查。<br>
This page is made from the program's tables of fields, so it says what the program reads. Editors can use the JSON Schemas in `schema/`.

- 每个键都有中文别名，两者任选其一，如 `标题 = \"…\"`。Every key has a Chinese alias; write either.
- 符号用半角：`=`、`\"`、`,`、`[`、`]`；引号之内的文字不限。Signs are ASCII; within quotes any character is text.
- 时长 durations：`8`、`\"8s\"`、`\"1m30s\"`、`\"8秒\"`、`\"2分钟\"`。
- 日期 dates：`2026-05-08`、`\"2026-5-8\"`、`\"2026年5月8日\"`。
- 时刻 times of day：`\"08:00\"` 至 to `\"24:00\"`；日期加时刻 date and time：`\"2026-05-08 08:00\"`。
- `不拆词.txt`（或 `phrases.txt`）与 `site.toml` 并列，一行一词，`#` 之后是注释：这些词不拆在两行或两页。\
  Beside `site.toml`, one phrase a line, a comment after `#`: what it lists is never split over two lines or pages.
- 栏目文件夹中的图片（PNG、JPG、WebP、BMP、GIF 的第一幅，不超过 32 MB）各为一条信息：占满区域，保持比例，停留 10 秒；滚动区域不放图片。\
  A picture in a column's folder is an item: as large as its proportions let it be in the zone, for 10 s; not in tickers.
- 栏目文件夹中的表格（`.xlsx` 的第一张有内容的工作表，或 GBK、UTF-8 的 `.csv`）一行一条信息：先有一行列名，其中须有“标题”，另可有 \
  内容、栏目和下面 `items/*/*.md` 的各键，次序不限；出错的行沿用其上一份正确的内容，其他行照常生效。\
  A sheet there (the first one of an `.xlsx` that holds anything, or a `.csv`) has an item in each row, below a row that names its columns in any \
  order: 标题, and 内容, 栏目 and the keys of `items/*/*.md`; here the row is the unit: a bad one stays as it was, the others take effect.
- 有错的文件整份不生效，上一份正确的继续有效；`yingbi check` 列出全部错误。A file with an error is refused whole and its last good version \
  stays in force; `yingbi check` lists every problem.
";

/// What stands after the tables: what dates and times mean where several readings were possible.
const MEANINGS: &str = "\
## 含义 Meanings

凡有几种读法的地方，一律照下面的规定。Where several readings are possible, these hold.

- **含最后一天。** 起止日期、季节、只写日期的下屏、规则的 UNTIL 都含最后一天，到 24:00。\
  Ranges of dates, seasons, an `until` of a date alone and a rule's UNTIL include their last day, to 24:00.
- **跨夜。** 结束不晚于开始即在次日；时段以开始那天为名，星期、日期类别、除外都指那一天。\
  An end at or before the start is on the next day; the window is named by the day on which it opens, and all its keys speak of that day.
- **除外与另加。** `except` 只属于所在的那个时段；`also` 的日期不论其余各键都开放。\
  `except` belongs to the table in which it stands; on the dates of `also` the window opens whatever the other keys say.
- **时段边界准确。** 页面到点即止，以下一页的切换方式换下。\
  Window edges are exact: the page that is seen ends there, with the transition of the one that comes.
- **条目全部过期的节目单**等于没有，播放下一级。\
  An open playlist whose items have all expired falls through to the next lower one.
- **不存在的日期。** 某日因时区变更而不存在（如阿皮亚 2011-12-30），以它为名的时段不开放。\
  A window named by a civil day that the zone leaves out (Apia, 2011-12-30) does not open.
- **拨钟。** 被跳过的时刻顺延；出现两次的取第一次。\
  A time that clocks skip is as much later as they skip; of one that comes twice the first counts.
- **时效 n 天**到发布后第 n 天的 24:00。A lifetime of n days ends at 24:00 of the n-th day after publication.
- **亮屏结束后发布的**，公示期从下一个亮屏日起算，欢迎词也到下一个亮屏日为止。\
  What is published after that day's lit hours counts, and a lifetime of `day` ends, as of the next lit day.
- **节日时效**到含发布日的节日最后一天；不在节日的，到 15 天之内的下一个节日。\
  A lifetime of `holiday` ends with the holiday that holds the day of publication, else with the next one within 15 days.
- **公示期**只数工作日（含调休上班日），不数加开和本单位放假。\
  A posting counts working days with make-up days, but neither overtime nor the office's own days off.
- **加开**的日子亮屏，并播放工作日的节目。An overtime day lights the screens and runs playlists of working days.
- **肃穆日**从 00:00 到 24:00；喜庆内容在前一天的 24:00 停。\
  A solemn day lasts from 00:00 to 24:00; what is festive stops at the midnight before it.
- **紧急**级在熄屏和默哀时也亮屏，其余各级都不亮。\
  An alert lights the screen outside its hours and in a silence; nothing lower does.
- **熄屏原因**有几个时，只说最前的一个：停播、故障、默哀、检修、节假日、不在开屏时间。\
  Of several reasons for dark the first of stop, fault, silence, maintenance, holiday, hours is told.
- **假日数据用完之后**，周一至周五一律为工作日，提前 60 天起每天提醒。\
  Past the known holidays Monday to Friday are working days; from 60 days before, that is told each day.
- **倒计时**到零即下屏。A countdown leaves at zero.
- **时钟下限**只管运行中的大屏；`timeline`、`preview` 不受其限。\
  The floor of the clock binds the daemon; `timeline` and `preview` answer for any instant.
";

/// The whole page about the kinds of files with these roots.
pub fn page(roots: &[&'static Table]) -> String {
    let chapters = roots.iter().map(|root| format!("\n{}", chapter(root)));
    PREFACE.to_owned() + &chapters.collect::<String>() + "\n" + MEANINGS
}

/// The part of the page about one kind of file, its tables below it in the order of their headings.
fn chapter(root: &'static Table) -> String {
    let mut tables = vec![root];
    let mut at = 0;
    while let Some(table) = tables.get(at) {
        let children = table.fields.iter().filter_map(|field| field.kind().child());
        let known = |child: &&'static Table| !tables.iter().any(|table| std::ptr::eq(*table, *child));
        let new: Vec<_> = children.filter(known).collect();
        tables.splice(at + 1..at + 1, new);
        at += 1;
    }
    let sections = tables.iter().enumerate().map(|(at, table)| section(table, at == 0));
    sections.collect::<Vec<_>>().join("\n")
}

fn section(table: &Table, is_root: bool) -> String {
    let mark = if is_root { "##" } else { "###" };
    let mut page = format!(
        "{mark} `{}`\n\n{}。<br>{}.\n\n",
        table.heading,
        table.doc.zh,
        capital(table.doc.en)
    );
    page.push_str("| 键 Key | 取值 Value | 默认 Default | 含义 Meaning |\n|---|---|---|---|\n");
    for field in table.fields {
        page.push_str(&row(*field));
    }
    page
}

fn row(field: &dyn FieldInfo) -> String {
    let (takes, doc) = (field.kind().describe(), field.doc());
    let unit = field.kind().unit();
    let (unit_zh, unit_en) = unit.map_or((String::new(), String::new()), |unit| {
        (format!("（{}）", unit.zh), format!(" ({})", unit.en))
    });
    let default = match field.presence() {
        Presence::Required => "**必填 required**".to_owned(),
        Presence::Optional => "无 none".to_owned(),
        Presence::Default(literal) => format!("`{literal}`"),
        Presence::Derived(doc) => format!("{}<br>{}", doc.zh, doc.en),
    };
    let cells = [
        format!("`{}`<br>`{}`", field.key(), field.alias()),
        format!("{}{unit_zh}<br>{}{unit_en}", takes.zh, takes.en),
        default,
        format!("{}<br>{}", doc.zh, doc.en),
    ];
    format!("| {} |\n", cells.map(|cell| cell.replace('|', "\\|")).join(" | "))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}
