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
- 日期 dates：`2026-05-08`、`\"2026-5-8\"`、`\"2026/5/8\"`、`\"2026.5.8\"`、`\"2026年5月8日\"`，全角数字也可 in digits of any width。
- 时刻 times of day：`\"08:00\"` 至 to `\"24:00\"`；日期加时刻 date and time：`\"2026-05-08 08:00\"`、`\"2026年5月8日8：30\"`、\
  `\"2026年5月8日 8时30分\"`、`\"2026.5.8 下午2:30\"`。
- `不拆词.txt`（或 `phrases.txt`）与 `site.toml` 并列，一行一词，`#` 之后是注释：这些词不拆在两行或两页。\
  Beside `site.toml`, one phrase a line, a comment after `#`: what it lists is never split over two lines or pages.
- 栏目文件夹中的图片（PNG、JPG、WebP、BMP、GIF 的第一幅，不超过 32 MB）各为一条信息：占满区域，保持比例，停留 10 秒；滚动区域不放图片。\
  A picture in a column's folder is an item: as large as its proportions let it be in the zone, for 10 s; not in tickers.
- 栏目文件夹中的表格（`.xlsx` 的第一张有内容的工作表，或 GBK、UTF-8 的 `.csv`）一行一条信息：先有一行列名，其中须有“标题”，另可有 \
  内容、栏目和下面 `items/*/*.md` 的各键，次序不限；出错的行沿用其上一份正确的内容，其他行照常生效。\
  A sheet there (the first one of an `.xlsx` that holds anything, or a `.csv`) has an item in each row, below a row that names its columns in any \
  order: 标题, and 内容, 栏目 and the keys of `items/*/*.md`; here the row is the unit: a bad one stays as it was, the others take effect.
- 图片、视频要配题注、正文、二维码的，另写一份 `.txt`：首行即题注，下一行写 `画面：文件名`，需要时再写 `网址`、`适配`、`焦点`；该文件便不再单独播放。\
  For a picture or a video with a caption, a text or a code, write a `.txt` beside it: the caption first, `画面：` and its name in the next line, and \
  `网址`, `适配`, `焦点` where need be. It then no longer plays by itself.
- `data/` 中的数据文件（GBK、UTF-8 的 `.csv`，或 `.xlsx` 的第一张有内容的工作表）供信息的“图表”取数：先有一行列名；第一列（“序号”除外）是各项名称，其余各列是\
  数字或文字，数字写 `1234`、`1,234.5`、`96.3%`，没有的留空；名为“合计”等的行不画成柱。一改即更新；有错的整份不生效，上一份正确的继续有效。\
  A data file under `data/` (a `.csv`, or the first sheet of an `.xlsx` that holds anything) has the figures of charts: a row of names, then a row each; the \
  first column but for 序号 says what it is of, the others hold numbers or words; sums such as 合计 are no bars. The wall follows when it changes; one bad \
  number refuses the file, and its last good version stays.
- `肃静.txt`（或 `silence.txt`）与 `site.toml` 并列，一行一条“日期 时刻 名称”，后两样可不写；`#` 之后是注释：当天不播喜庆内容和特效，\
  画面转灰，写了时刻的，该时段熄屏默哀（最长60分钟）；放入即生效，删去即恢复。`加开.txt`（或 `overtime.txt`）写法相同：当天照所写时刻加开，\
  不写时刻即照工作日。Beside `site.toml`, one entry a line: date, times if any, name if any; a comment after `#`. `肃静.txt` lists solemn days, \
  which with times have minutes of silence (dark, 60 at most); it counts at once. `加开.txt` lists overtime, without times that of a working day.
- 这两份中日期写 `2026-05-15`、`2026/5/15`、`2026年5月15日（周五）`，须有年份；几天写 `2026-05-01~05-03`、`2026年5月1日至3日`、用顿号隔开；时刻写 \
  `10:00-10:03`、`10时至10时3分`、`下午2:00-4:00`、`22:00-次日1:00`。首行可以是不含数字的标题。写错的行不生效，其余各行照常生效。In both, dates need their year; a run of days may leave \
  out what it repeats; the first line may be a heading without digits. A bad line is left out and told, the others count.
- 有错的文件整份不生效，上一份正确的继续有效；`yingbi check` 列出全部错误。A file with an error is refused whole and its last good version \
  stays in force; `yingbi check` lists every problem.
";

/// What stands after the tables: how texts without TOML are read, and what folders and names of files say.
const PLAIN_ITEMS: &str = "\
## 不写 +++ 的信息 Items without +++

记事本里的一份 `.txt` 就是一条信息：第一行是标题，其余是正文。需要时在标题的下一行写“键：值”，一行一个：<br>
A plain `.txt` is an item: its first line is the title, the rest the body. Where need be, lines of `key: value` stand right below the title:

```text
关于南侧电梯检修的通知
部门：办公室
上屏：2026年5月8日 8:30
下屏：2026-5-12

南侧电梯检修，请改乘北侧电梯。
```

- **键**是 `items` 表中的键，中英文均可；冒号全角半角均可，键的字间可有空格；值为空等于不写。\
  Keys are those of the table of items in either language; the colon may be of either width, keys may be spaced out, and an empty value is none.
- **位置**：从第一个非空行或它的下一行开始，到空行或不是这些键的行为止。写了“标题”，或键写在最前时，标题取“标题”，否则取其后的第一行。\
  They begin in the first line that is not empty or in the next one, and end before a blank line or one of no such key. Where they come first, the \
  title is that of the key or else the first line after them.
- **不是键的行照常显示**，如 `时间：5月12日9:30`、`各处室：`。Lines of other keys are text.
- **写错的键**：与别的键写在一起而又写着日期的，整份不生效；单独一行的，当正文显示，并提醒。上屏、下屏写在正文中的，也提醒。\
  A misspelt key with a date among other keys refuses the file; alone it is shown as text, with a warning. So is a date of going on or off further down.
- **正文一行一段**；满二十字而没有句末标点的行，与下一行相连。`.md` 中按 Markdown，空行分段。\
  In a `.txt` each line is a paragraph, unless it has twenty characters and no sentence ends with it; in an `.md` blank lines part paragraphs.
- 这样写的值不加引号；`页数：3` 也可写 `3页`，`公示期：5` 也可写 `5个工作日`。Values bear no quotes.

## 文件夹与文件名 Folders and names of files

- **栏目**：`items` 下的文件夹就是栏目，以栏目的标识或名称为名；多层文件夹取最内一层能识别的。无法识别的文件夹自成栏目，以文件夹为名。信息写了“栏目”的，\
  不论在哪个文件夹都归那个栏目。A folder under `items` is the column of that identity or title, of nested ones the innermost that is known; any other \
  folder is a column of its own. An item's own `column` comes before its folder.
- **`column = \"*\"`** 播放没有任何节目单提到的栏目，即栏目本身、其上级栏目、其中的信息都没有节目单写到；各栏目“紧急”的信息也由它播放。\
  It plays all columns of which no playlist speaks: neither of them, nor of a column above, nor of an item in them; and what is urgent in any column.
- **待审**：名称以“待审”或 `_` 开头的文件夹，其中的信息只检查、可预览，从不播放；移出即播。\
  What lies in a folder whose name begins with 待审 or `_` is checked and can be previewed, and never plays; moved out, it does.
- **级别**：重要、紧急的信息，在播放它的各节目单的时段内，以重要(notice)、紧急(alert)的优先级播放，节目单本身更高的从其高。\
  Within the windows of the playlists that play it, an item of level `notice` or `alert` plays at that priority, unless the playlist's own is higher.
- **次序**：文件名中的数按大小排，2 在 10 前，第九期在第十期前；按日期排时，同日的也照此。\
  Numbers in names count as numbers, in digits or in hanzi; so do they among items of one date.
- **同一条信息的几个文件**：同一文件夹、标题相同，文件名只差版本或副本字样（`(1)`、`最终版2`、`修改稿`、`v3`、`- 副本`、`- Copy`），只播最新的一个，并提醒。\
  都写了发布日期的，日期晚的为新；否则版本号大的为新，有号的新于无号的，副本旧于原件。较新的尚未到上屏时间的，旧的播到那时为止。\
  文件的修改时间不算。标题相同而文件名不像副本的，各播各的；一字不差的只播一份。节目单点名的信息一律保留。\
  Files of one folder and title whose names differ only by the marks of versions and copies are one item: the newest plays, and a warning names the \
  others. Newest is what was published last where all say so, else the highest version; a number is newer than none, and a copy older than what it was \
  made of. An older one plays until the newer begins. Times of files do not count. Other items of one title all play, unless they are the same to \
  the letter; what a playlist names is never left out.
- **不能显示的文件**（`.docx`、`.pdf`、`.mp4` 等）各有一行提示；`~$…`、`*.tmp`、`*.bak`、`Thumbs.db` 等临时文件不理会。\
  Files that cannot be shown are told with what to do; temporary files are passed over.

";

/// What stands at the end: what dates and times mean where several readings were possible.
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
- **信息全部过期的节目单**等于没有，播放下一级。\
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
- **停播**由站点文件夹根下名称以“停播”开头的文件（或 STOP.txt）、`yingbi stop` 或网页按钮引起，只有 `yingbi resume` 能恢复；“停播”级的\
  节目单不论开放与否都播，没有则静止显示单位名称；不亮熄屏的屏幕。\
  The wall is stopped by a file at the site's root whose name begins with 停播 (or STOP.txt), by `yingbi stop` or on the page, and only \
  `yingbi resume` lifts that. Then playlists of the priority stop play whatever their windows say; without any, the site's title stands \
  still. It lights no dark screen.
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
    PREFACE.to_owned() + &chapters.collect::<String>() + "\n" + PLAIN_ITEMS + MEANINGS
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
