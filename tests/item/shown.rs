//! What an item shows besides words: a picture or a video with its fitting, and a chart.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};
use yingbi::{
    document::Parsed,
    frame::{Fit, Fitting, Focus},
    item::{self, ChartKind, Item},
};

use crate::document::en;

fn parse(text: &str) -> Parsed<Item> {
    item::parse("items/办事/a.txt", text.as_bytes())
}

fn read(text: &str) -> Item {
    let parsed = parse(text);
    assert_eq!(en(&parsed), [""; 0], "{text}");
    parsed.value.unwrap()
}

#[test]
fn a_head_says_what_picture_stands_beside_a_text_and_how() {
    let item = read("办事大厅\n画面：大厅.jpg\n适配：铺满\n焦点：左上\n底色：红\n闪烁：允许\n\n欢迎。\n");
    assert_eq!(item.media.as_ref().map(|media| &*media.path), Some("大厅.jpg"));
    let fitting = Fitting {
        fit: Fit::Cover,
        focus: Focus { x: 0, y: 0 },
        ground: Rgb888::RED,
    };
    assert_eq!(item.fitting, Some(fitting));
    assert!(item.may_flash);
    let plain = read("办事大厅\n画面：大厅.jpg\n");
    assert_eq!((plain.fitting, plain.may_flash), (None, false));
}

#[test]
fn front_matter_takes_the_same_keys_in_english() {
    let item = read(
        "+++\ntitle = \"大厅\"\nmedia = \"a.mp4\"\nfit = \"stretch\"\nfocus = \"30% 50%\"\nflashes = \"refused\"\n+++\n",
    );
    let fitting = item.fitting.unwrap();
    assert_eq!((fitting.fit, fitting.focus), (Fit::Stretch, Focus { x: 30, y: 50 }));
    assert!(!item.may_flash);
}

#[test]
fn a_point_is_named_in_words_of_either_language_and_in_either_order() {
    for (written, x, y) in [
        ("左", 0, 50),
        ("右", 100, 50),
        ("上", 50, 0),
        ("下", 50, 100),
        ("中", 50, 50),
        ("居中", 50, 50),
        ("右上", 100, 0),
        ("上右", 100, 0),
        ("左 下", 0, 100),
        ("左中", 0, 50),
        ("left", 0, 50),
        ("Top right", 100, 0),
        ("right, bottom", 100, 100),
        ("center", 50, 50),
        ("30% 50%", 30, 50),
        ("１００％，0%", 100, 0),
    ] {
        let item = read(&format!("标题\n画面：a.jpg\n焦点：{written}\n"));
        assert_eq!(item.fitting.unwrap().focus, Focus { x, y }, "{written}");
    }
}

#[test]
fn a_point_outside_the_picture_or_in_no_words_is_refused() {
    for written in ["101% 0%", "30%", "左左", "上下", "30 50", "远"] {
        let parsed = parse(&format!("标题\n画面：a.jpg\n焦点：{written}\n"));
        assert!(parsed.value.is_none(), "{written}");
        assert_eq!(parsed.diagnostics[0].place.as_ref().unwrap().line, 3, "{written}");
    }
}

#[test]
fn an_unknown_fitting_gets_the_nearest_word() {
    let parsed = parse("标题\n画面：a.jpg\n适配：铺滿\n");
    assert!(
        parsed.diagnostics[0].message.zh.contains("铺满"),
        "{:?}",
        parsed.diagnostics
    );
}

#[test]
fn a_head_says_what_is_drawn_of_which_figures() {
    let item = read("本月办件量\n图表：表格\n数据：办件量.csv\n单位：件\n来源：示例\n列：本月、上月\n");
    let chart = item.chart.unwrap();
    let columns: Vec<&str> = chart.columns.iter().map(|name| &**name).collect();
    assert_eq!(
        (chart.kind, &*chart.data.path, columns),
        (ChartKind::Table, "办件量.csv", vec!["本月", "上月"])
    );
    assert_eq!(
        (chart.unit.as_deref(), chart.source.as_deref()),
        (Some("件"), Some("示例"))
    );
}

#[test]
fn figures_without_a_word_of_how_are_bars() {
    assert_eq!(
        read("办件量\n数据：data/办件量.csv\n").chart.unwrap().kind,
        ChartKind::Bars
    );
}

#[test]
fn unit_and_source_of_a_text_without_a_chart_are_text() {
    for line in ["单位：办公室", "来源：新华社", "数据：见附件", "列：第一列"] {
        let item = read(&format!("关于检修的通知\n{line}\n下午停电。\n"));
        assert!(item.chart.is_none());
        assert!(item.body[0].text.contains(line), "{line}: {:?}", item.body);
    }
}

#[test]
fn an_unknown_kind_of_chart_gets_the_nearest_one() {
    let parsed = parse("办件量\n图表：柱形图\n数据：a.csv\n");
    assert!(parsed.value.is_none());
    assert!(
        parsed.diagnostics[0].message.zh.contains("柱状图"),
        "{:?}",
        parsed.diagnostics
    );
    assert_eq!(parsed.diagnostics[0].place.as_ref().unwrap().line, 2);
}

#[test]
fn a_chart_needs_figures_and_stands_alone() {
    let told = |text: &str| en(&parse(text)).join("; ");
    assert!(told("办件量\n图表：柱状图\n").contains("needs \"data\""));
    assert!(told("+++\ntitle = \"a\"\nunit = \"件\"\n+++\n").contains("\"unit\" means nothing"));
    assert!(told("办件量\n图表：柱状图\n数据：a.csv\n画面：a.jpg\n").contains("not both"));
}

#[test]
fn paths_lead_from_the_items_folder_from_items_and_from_the_site() {
    let item = read("标题\n画面：..\\图片\\a.jpg\n");
    let media = item.media.unwrap();
    assert_eq!(
        media.beside("items/办事/指南/a.txt"),
        ["items/办事/图片/a.jpg", "图片/a.jpg"]
    );
}
