//! The keys of a playlist: the one place where each is defined.

use super::{Order, Priority, transition::TransitionKind};
use crate::document::{
    Doc, Field, Table, WHEN,
    kind::{Duration, Flag, Integer, Line, List, Many, Name, Word, Words},
};

pub(super) static TITLE: Field<Line> =
    Field::new("title", "标题", Line(40), Doc::new("节目单的名称", "a name for people"))
        .or_from("文件名", "the file's name");
pub(super) static PRIORITY: Field<Words<Priority>> = Field::new(
    "priority",
    "优先级",
    Words(&[
        Word::new(Priority::Filler.name(), Priority::Filler.chinese(), Priority::Filler),
        Word::new(Priority::Routine.name(), Priority::Routine.chinese(), Priority::Routine),
        Word::new(
            Priority::Campaign.name(),
            Priority::Campaign.chinese(),
            Priority::Campaign,
        ),
        Word::new(Priority::Notice.name(), Priority::Notice.chinese(), Priority::Notice),
        Word::new(Priority::Alert.name(), Priority::Alert.chinese(), Priority::Alert),
        Word::new(Priority::Stop.name(), Priority::Stop.chinese(), Priority::Stop),
    ]),
    Doc::new(
        "由低到高；同一区域内只播最高一级，同级合为一轮",
        "low to high; in a zone only the highest plays, and equal ones form one loop",
    ),
)
.or("\"routine\"");
pub(super) static ZONES: Field<List<Name>> = Field::new(
    "zones",
    "区域",
    List(Name),
    Doc::new(
        "在哪些区域播放；\"*\" 为整屏，压过所有区域",
        "the zones it plays in; \"*\" is the whole screen, above all zones",
    ),
)
.or("[\"main\"]");
pub(super) static SCREENS: Field<List<Name>> = Field::new(
    "screens",
    "屏幕",
    List(Name),
    Doc::new("在哪些屏幕播放", "the screens it plays on"),
)
.or_from("所有屏幕", "every screen");
pub(super) static WINDOWS: Field<Many> = Field::new(
    "when",
    "时段",
    Many(&WHEN),
    Doc::new(
        "何时播放；满足任意一个时段即可",
        "when it plays: in any of these windows",
    ),
)
.or_from("始终", "always");
pub(super) static PLAYS: Field<Many> = Field::new(
    "play",
    "播放",
    Many(&PLAY_TABLE),
    Doc::new("播放什么，按先后", "what it plays, in order"),
)
.required();

/// The root of a playlist.
pub static PLAYLIST: Table = Table {
    heading: "*.toml",
    doc: Doc::new(
        "节目单：播什么、在哪里、何时、多急",
        "a playlist: what plays, where, when and how urgently",
    ),
    fields: &[&TITLE, &PRIORITY, &ZONES, &SCREENS, &WINDOWS, &PLAYS],
};

pub(super) static ITEM: Field<Name> = Field::new(
    "item",
    "信息",
    Name,
    Doc::new(
        "一条信息的标识；图片、视频也是信息，写 items 下的路径，含扩展名；带二维码、图表的画面也各是一条信息",
        "one item, by its identity; a picture or a video is one too, by its path under items with its extension, and so is what shows a code or a chart",
    ),
);
pub(super) static COLUMN: Field<Name> = Field::new(
    "column",
    "栏目",
    Name,
    Doc::new(
        "一个栏目及其下级栏目的信息，写标识或名称；\"*\" 为没有节目单提到的所有栏目",
        "the items of a column, by identity or title, and of the columns below it; \"*\" is every column of which no playlist speaks",
    ),
);
pub(super) static CLOCK: Field<Flag> = Field::new(
    "clock",
    "时钟",
    Flag,
    Doc::new("时钟、日期和星期", "the clock, with date and weekday"),
);
pub(super) static ORDER: Field<Words<Order>> = Field::new(
    "order",
    "次序",
    Words(&[
        Word::new("newest", "新的在前", Order::Newest),
        Word::new("oldest", "旧的在前", Order::Oldest),
        Word::new("path", "按文件名", Order::Path),
    ]),
    Doc::new(
        "栏目内哪些信息在前，依“发布”，没有的依“上屏”，两样都没有的最前；只与 column 同用",
        "which of a column's items come first, by \"published\", else \"from\", and those with neither before all others; only with column",
    ),
)
.or("\"newest\"");
pub(super) static LIMIT: Field<Integer> = Field::new(
    "limit",
    "条数",
    Integer::new(1, 1000, "条", "items"),
    Doc::new(
        "栏目内最多播几条；只与 column 同用",
        "at most so many of a column's items; only with column",
    ),
)
.or_from("全部", "all of them");
/// How long a page stays, in a playlist as in an item.
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
pub(super) static TRANSITION: Field<TransitionKind> = Field::new(
    "transition",
    "切换",
    TransitionKind,
    Doc::new(
        "新页怎样出现；时长 0 至 5 秒",
        "how a page comes in, and for how long: 0 to 5 s",
    ),
)
.or("\"cut\"");
pub(super) static WEIGHT: Field<Integer> = Field::new(
    "weight",
    "权重",
    Integer::new(1, 20, "次每轮", "times a round"),
    Doc::new("每轮播几次", "how often each of its items comes in one round"),
)
.or("1");

static PLAY_TABLE: Table = Table {
    heading: "[[play]]",
    doc: Doc::new(
        "播放：item、column、clock 三者写一个",
        "one thing to play: exactly one of item, column and clock",
    ),
    fields: &[&ITEM, &COLUMN, &CLOCK, &ORDER, &LIMIT, &DWELL, &TRANSITION, &WEIGHT],
};
