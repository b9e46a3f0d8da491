//! The keys of an item's front matter: the one place where each is defined.

use super::{
    ChartKind, Count, Level,
    focus::FocusPoint,
    kind::Open,
    term::{Beginning, Ending, Posted},
};
use crate::document::{
    Doc, Field, FieldInfo, Table,
    kind::{ColourValue, Day, Duration, Edge, Id, Instant, Integer, Line, List, Word, Words},
    nearest,
};
use crate::frame::Fit;

pub(super) static ID: Field<Id> = Field::new(
    "id",
    "标识",
    Id,
    Doc::new(
        "标识，改文件名时不变",
        "its identity, which outlives a change of the file's name",
    ),
)
.or_from(
    "items 下的路径，不含扩展名",
    "the path under items without its extension",
);
pub(super) static TITLE: Field<Line> =
    Field::new("title", "标题", Line(super::TITLE_LIMIT), Doc::new("标题", "its title"))
        .or_from("正文第一行", "the first line of the body");
pub(super) static COLUMN: Field<Line> = Field::new(
    "column",
    "栏目",
    Line(120),
    Doc::new(
        "所属栏目的标识或名称",
        "the column that it belongs to, by identity or title",
    ),
)
.or_from("所在的文件夹", "the folder that it lies in");
pub(super) static DEPARTMENT: Field<Line> = Field::new(
    "department",
    "部门",
    Line(60),
    Doc::new("发布部门", "the department that publishes it"),
);
pub(super) static NUMBER: Field<Line> = Field::new(
    "number",
    "文号",
    Line(60),
    Doc::new("发文字号，如 示例发〔2026〕23号", "its document number"),
);
pub(super) static PUBLISHED: Field<Instant> = Field::new(
    "published",
    "发布",
    Instant(Edge::Start),
    Doc::new(
        "发布日期，用于排序；未写上屏时即为上屏时间",
        "when it was published, for order; it first shows then, unless \"from\" is written",
    ),
);
pub(super) static FROM: Field<Beginning> = Field::new(
    "from",
    "上屏",
    Beginning,
    Doc::new(
        "何时起显示；可写起止，如 2026年5月8日至22日，即兼写下屏",
        "when it first may show; a span such as 2026-05-08~05-22 says \"until\" too",
    ),
)
.or_from("同发布", "as published");
pub(super) static UNTIL: Field<Ending> = Field::new(
    "until",
    "下屏",
    Ending,
    Doc::new(
        "何时起不再显示；只写日期时含当天；长期即不自动下屏",
        "when it may no longer show; a date alone includes its day; 长期: nothing ends it",
    ),
);
pub(super) static POSTING: Field<Posted> = Field::new(
    "posting",
    "公示期",
    Posted,
    Doc::new(
        "公示多少个工作日，到最后一天 24:00 下屏；须写发布，不写下屏。或写起止日期，如 2026年11月24日至11月30日，不必写发布",
        "for how many working days it is posted, to 24:00 of the last; needs \"published\", and no \"until\"; or its first and last day, which need neither",
    ),
);
pub(super) static COUNT: Field<Words<Count>> = Field::new(
    "count",
    "起算",
    Words(&[
        Word::new("same day", "当日", Count::SameDay),
        Word::new("next day", "次日", Count::NextDay),
    ]),
    Doc::new(
        "公示期从发布当日还是次日起算",
        "whether the posting period counts from the day of publication or from the next",
    ),
)
.or("\"次日\"");
pub(super) static SECRECY: Field<Open> = Field::new(
    "secrecy",
    "密级",
    Open,
    Doc::new(
        "只能是公开；写了其他密级的信息不上屏",
        "open to all; an item with any other is refused",
    ),
);
pub(super) static LEVEL: Field<Words<Level>> = Field::new(
    "level",
    "级别",
    Words(&[
        Word::new(Level::Routine.name(), Level::Routine.chinese(), Level::Routine),
        Word::new(Level::Notice.name(), Level::Notice.chinese(), Level::Notice),
        Word::new(Level::Alert.name(), Level::Alert.chinese(), Level::Alert),
    ]),
    Doc::new(
        "重要：显示期间，所在区域只播重要的；紧急：立即播放，熄屏时也亮屏",
        "notice: while it shows, nothing lower does in its zone; alert: it plays at once, and lights a dark screen",
    ),
)
.or_from("同节目单的优先级", "as its playlists have it");
pub(super) static SCENE: Field<Id> = Field::new(
    "scene",
    "模板",
    Id,
    Doc::new("用哪个模板排版", "the scene that sets it"),
)
.or_from("栏目或区域的模板", "that of the column or the zone");
pub(super) static DWELL: Field<Duration> = Field::new(
    "dwell",
    "停留",
    Duration::seconds(1, 3600),
    Doc::new("每页停留多久", "how long each page stays"),
)
.or_from(
    "按阅读速度：每秒 4 字，至少 3 秒",
    "by reading speed: 4 characters a second, at least 3 s",
);
pub(super) static PAGES: Field<Integer> = Field::new(
    "pages",
    "页数",
    Integer::new(1, 999, "页", "pages"),
    Doc::new(
        "最多几页；更长的正文在完整的语句处截断，末页注明全文见何处",
        "at most so many pages; a longer text ends after a whole sentence or phrase, and its last page says where the rest is",
    ),
)
.or_from("同栏目", "as the column has it");
pub(super) static LINK: Field<Line> = Field::new(
    "link",
    "网址",
    Line(200),
    Doc::new(
        "模板中二维码所指的网址",
        "the address to which the QR code of its scene leads",
    ),
);
pub(super) static COUNTDOWN: Field<Instant> = Field::new(
    "countdown",
    "倒计时",
    Instant(Edge::Start),
    Doc::new(
        "倒计时到何时；到时即下屏。只写日期时为当天零时",
        "what its days are counted down to, and when it may no longer show; a date alone is its 00:00",
    ),
);
pub(super) static DAY_ONE: Field<Day> = Field::new(
    "day_one",
    "首日",
    Day,
    Doc::new(
        "从哪天起计天数，当天为第 1 天；不与倒计时同用",
        "the day from which its days are counted, itself day 1; not together with countdown",
    ),
);

pub(super) static MEDIA: Field<Line> = Field::new(
    "media",
    "画面",
    Line(500),
    Doc::new(
        "与文字一起显示的图片或视频：同一文件夹中的文件名，或 items/ 起的路径；该文件不再单独播放，标题作题注",
        "the picture or video that is shown with the text: a file beside the item, or a path from items/; that file no longer plays by itself, and the title is its caption",
    ),
);
pub(super) static FIT: Field<Words<Fit>> = Field::new(
    "fit",
    "适配",
    Words(&[
        Word::new("contain", "完整", Fit::Contain),
        Word::new("cover", "铺满", Fit::Cover),
        Word::new("stretch", "拉伸", Fit::Stretch),
    ]),
    Doc::new(
        "画面怎样放进它的位置：完整显示、四周留空；铺满、多出的裁掉；拉伸变形",
        "how the picture or video fills its place: contain, with bars; cover, cut where it does not fit; stretch, out of shape",
    ),
)
.or_from("完整", "contain");
pub(super) static FOCUS: Field<FocusPoint> = Field::new(
    "focus",
    "焦点",
    FocusPoint,
    Doc::new(
        "铺满时画面的哪一处一定看得见",
        "which point of it stays seen where it is cut",
    ),
)
.or_from("中", "the middle");
pub(super) static GROUND: Field<ColourValue> = Field::new(
    "ground",
    "底色",
    ColourValue,
    Doc::new("画面四周留空处的颜色", "the colour of the bars beside it"),
)
.or_from("黑", "black");
pub(super) static FLASHES: Field<Words<bool>> = Field::new(
    "flashes",
    "闪烁",
    Words(&[Word::new("allowed", "允许", true), Word::new("refused", "不允许", false)]),
    Doc::new(
        "视频每秒闪烁超过三次、可能诱发癫痫的，写“允许”方可播放，由发布者负责",
        "a video that flashes more than three times a second may cause seizures: it plays only where this says \"allowed\", and whoever publishes it answers for it",
    ),
)
.or_from("不允许", "refused");
pub(super) static CHART: Field<Words<ChartKind>> = Field::new(
    "chart",
    "图表",
    Words(&[
        Word::new("bar", "柱状图", ChartKind::Bars),
        Word::new("table", "表格", ChartKind::Table),
    ]),
    Doc::new("把数据文件画成什么", "what is drawn of the data file"),
)
.or_from("有数据时为柱状图", "bar, where there is data");
pub(super) static DATA: Field<Line> = Field::new(
    "data",
    "数据",
    Line(200),
    Doc::new(
        "数据文件，在 data 文件夹中，如 办件量.csv；文件一改，屏上随之更新",
        "the data file under data/, such as data/办件量.csv; the wall follows when it changes",
    ),
);
pub(super) static UNIT: Field<Line> = Field::new(
    "unit",
    "单位",
    Line(12),
    Doc::new("数据的单位，如 件", "what is counted, such as 件"),
);
pub(super) static SOURCE: Field<Line> = Field::new(
    "source",
    "来源",
    Line(40),
    Doc::new(
        "数据来源，显示在图表下方",
        "where the figures come from, said below the chart",
    ),
);
pub(super) static COLUMNS: Field<List<Line>> = Field::new(
    "columns",
    "列",
    List(Line(60)),
    Doc::new(
        "用数据文件的哪几列，写列名；柱状图取其中第一列数字",
        "which columns of the data file are shown, by name; bars take the first one of numbers",
    ),
)
.or_from("全部", "all of them");

/// The keys that mean something only where there is a chart.
pub(super) static OF_CHARTS: [&dyn FieldInfo; 5] = [&CHART, &DATA, &UNIT, &SOURCE, &COLUMNS];

/// Whether `text` is meant for a kind of chart.
pub(super) fn is_chart(text: &str) -> bool {
    let names = CHART.kind.0.iter().flat_map(|word| [word.en, word.zh]);
    CHART.kind.find(text).is_some() || nearest(text, names).is_some()
}

/// Whether `text` is meant for a data file.
pub(super) fn is_data(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.ends_with(".csv") || text.ends_with(".xlsx") || text.starts_with("data/")
}

/// The front matter of an item, between `+++` lines.
pub static ITEM: Table = Table {
    heading: "items/*/*.txt",
    doc: Doc::new(
        "信息（.txt、.md）：第一行为标题，其余为正文；标题之下可写“键：值”，一行一个，见下文“不写 +++ 的信息”。也可在两行 +++ 之间按 TOML 写下列各键，其后是正文",
        "an item (.txt or .md): the first line is the title and the rest the body; below the title there may be lines of `key: value`, see \"Items without +++\" below. Or these keys in TOML between two lines of +++, then the body",
    ),
    fields: &[
        &ID,
        &TITLE,
        &COLUMN,
        &DEPARTMENT,
        &NUMBER,
        &PUBLISHED,
        &FROM,
        &UNTIL,
        &POSTING,
        &COUNT,
        &SECRECY,
        &LEVEL,
        &SCENE,
        &DWELL,
        &PAGES,
        &LINK,
        &COUNTDOWN,
        &DAY_ONE,
        &MEDIA,
        &FIT,
        &FOCUS,
        &GROUND,
        &FLASHES,
        &CHART,
        &DATA,
        &UNIT,
        &SOURCE,
        &COLUMNS,
    ],
};
