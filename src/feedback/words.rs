//! Every word of the files, in both languages: the one place where each is written. What problems say comes from their own rooms.

use crate::diagnostic::Language;

/// A text in Chinese and in English.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words(pub(super) &'static str, pub(super) &'static str);

impl Words {
    /// The text in `language`.
    pub(super) const fn get(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.0,
            Language::English => self.1,
        }
    }
}

// The names of files. They are Chinese in both languages: the folder itself is, and instructions name them.
pub(super) const SCREEN: &str = "现在屏幕";
pub(super) const LIST: &str = "问题清单.txt";
pub(super) const SHEET: &str = "今日播出.csv";
pub(super) const PREVIEWS: &str = "预览";
pub(super) const ABOUT: &str = "说明.txt";

pub(super) const DRAFTS: Words = Words("待审", "drafts");
pub(super) const UNTITLED: Words = Words("无题", "untitled");

// 问题清单.txt
pub(super) const LIST_HEADING: Words = Words("问题清单", "Problems");
pub(super) const SITE: Words = Words("单位：", "Site: ");
pub(super) const WRITTEN: Words = Words(
    "时间：{}（问题有变化时更新）",
    "Time: {} (renewed when a problem comes or goes)",
);
pub(super) const NONE: Words = Words("没有问题。", "There are no problems.");
pub(super) const NONE_SINCE: Words = Words(
    "自 {} 起，各文件均正常播出，设备未见异常。",
    "Since {} all files are in force and no fault of the machine is known.",
);
pub(super) const COUNT: Words = Words(
    "共 {all} 个问题，其中错误 {errors} 个、提醒 {warnings} 个。",
    "{all} in all: {errors} error(s), {warnings} warning(s).",
);
pub(super) const HELD: Words = Words(
    "出错的文件未被采用，屏幕仍按其上一个正确的版本播出；改正并保存后自动生效。",
    "A file with an error is not taken: its last good version stays on the screen. It takes effect once it is mended and saved.",
);
pub(super) const OF_FILES: Words = Words("一、文件中的问题", "I. In the files");
pub(super) const OF_MACHINE: Words = Words(
    "{number}、设备的问题，请联系管理人员",
    "{number}. In the machine: please call whoever looks after it",
);
pub(super) const ERROR: Words = Words("［错误］", "[error] ");
pub(super) const WARNING: Words = Words("［提醒］", "[warning] ");
pub(super) const PLACE: Words = Words("，第 {line} 行第 {column} 列", ", line {line}, column {column}");
pub(super) const WHOLE_FOLDER: Words = Words("整个文件夹", "the whole folder");
pub(super) const PROBLEM: Words = Words("   问题：", "   problem: ");
pub(super) const WHERE: Words = Words("   文件：", "   file:    ");
pub(super) const LINE: Words = Words("   原文：", "   text:    ");
pub(super) const HELP: Words = Words("   处理：", "   help:    ");
pub(super) const MORE: Words = Words(
    "（另有 {} 个问题未列出，改正以上问题后会列出。）",
    "({} more are not listed; they will be once those above are mended.)",
);
pub(super) const IMPORTS_HEADING: Words = Words(
    "正在处理的视频（不算问题，处理好自动播出），共 {} 个：",
    "Videos being taken in (no problem: each plays once it is ready), {} in all:",
);
pub(super) const IDLE_HEADING: Words = Words(
    "今日不播出的信息（不算问题），共 {} 条：",
    "In force, but not played today (no problem), {} in all:",
);
pub(super) const IDLE_MORE: Words = Words(
    "（另有 {} 条，见今日播出.csv 末尾。）",
    "({} more: see the end of 今日播出.csv.)",
);
pub(super) const STOPPED: Words = Words("★ 现", "* ");
pub(super) const CALL: Words = Words("看不明白或处理不了，请联系：{}", "Whom to call: {}");
pub(super) const PHONE: Words = Words("电话 ", "telephone ");
pub(super) const BETWEEN: Words = Words("，", ", ");

// 今日播出.csv
pub(super) const SHEET_HEADING: Words = Words("今日播出", "Plan of the day");
pub(super) const SHEET_NOTE: Words = Words(
    "每条信息一行：轮流播放的，“开始”“结束”是当日首次和末次，“次数”“合计”是这段时间内的次数和时长；节目有变时自动更新",
    "One row an item: where it comes again and again, since its first and until its last time, how often and how long in all; renewed when the programme changes",
);
pub(super) const SHEET_COLUMNS: Words = Words(
    "屏幕,区域,开始,结束,次数,合计,栏目,标题,页数,节目单,级别,文件或熄屏原因",
    "screen,zone,from,until,times,in all,column,title,pages,playlist,priority,file or why it is dark",
);
pub(super) const SHEET_MORE: Words = Words("（另有 {} 行未列出）", "({} more rows are not listed)");
pub(super) const IDLE: Words = Words("（今日不播）", "(not today)");
pub(super) const IDLE_WHY: Words = Words("{file}：{why}", "{file}: {why}");
pub(super) const DARK: Words = Words("（熄屏）", "(dark)");
pub(super) const WHOLE_SCREEN: Words = Words("全屏", "whole screen");
pub(super) const ZONE_PAGES: Words = Words("翻页区", "pages");
pub(super) const ZONE_TICKER: Words = Words("滚动区", "ticker");
pub(super) const ZONE_LIVE: Words = Words("实时区", "live");

// 预览
pub(super) const PAGE: Words = Words("-第{}页.png", "-page {}.png");

// 说明.txt
pub(super) const ABOUT_TEXT: Words = Words(
    "本文件夹由大屏程序自动写入，供查看，请勿修改；改了或删了都不影响大屏播出。\n\
     现在屏幕.png：大屏此刻的画面，最多相差 5 秒；看“修改日期”可知是何时的。有几块屏时，其余各屏另有以屏名命名的图片。\n\
     问题清单.txt：哪个文件、第几行有什么问题，怎样处理，找谁；没有问题时写明“没有问题”。\n\
     今日播出.csv：今天 0 时至 24 时各屏播什么，可用 WPS 打开；要编辑请先另存一份。\n\
     预览：每条信息每一页在屏上的样子，按栏目分放；“待审”中的尚未播出。最多 2000 页。\n",
    "The program of the screen writes this folder for you to look at. Please change nothing here; the screen does not heed it.\n\
     现在屏幕.png: what the screen shows, at most 5 seconds old: see its time of change. Further screens have files by their names.\n\
     问题清单.txt: what is wrong in which line of which file, what to do, and whom to call.\n\
     今日播出.csv: what plays today from 0:00 to 24:00. Save a copy before you edit it.\n\
     预览: how each page of each item looks on the screen, by column; what lies in \"drafts\" does not play. At most 2000 pages.\n",
);
