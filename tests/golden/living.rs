//! Charts, and pictures beside texts, as they were seen to look.
//!
//! `tests/golden/chart/NAME-WxH.png` and `tests/golden/beside/NAME-WxH.png`, drawn anew by `UPDATE=1` like the others.

use std::sync::Arc;

use yingbi::{
    item::{self, Chart, Picture},
    site::Colour,
    stage::{Content, Extent, Template, Templates},
    units::Size,
};

use super::{pages, same};

const HALLS: [(u32, u32, Colour); 6] = [
    (320, 160, Colour::Full),
    (192, 96, Colour::Full),
    (512, 256, Colour::Full),
    (320, 160, Colour::Red),
    (256, 64, Colour::RedGreen),
    (192, 32, Colour::Red),
];

const fn called(colour: Colour) -> &'static str {
    match colour {
        Colour::Full => "full",
        Colour::RedGreen => "red-green",
        Colour::Red | Colour::Green | Colour::Amber => "red",
    }
}

/// The chart that an item with these keys makes of a data file.
fn chart(keys: &str, csv: &str) -> Arc<Chart> {
    let text = format!("图\n{keys}\n数据：a.csv\n来源：示例数据，非真实统计\n");
    let item = item::parse("items/图/图.txt", text.as_bytes());
    let spec = item.value.and_then(|item| item.chart).expect("it says what is drawn");
    let figures = item::figures("data/a.csv", csv.as_bytes());
    assert!(figures.diagnostics.is_empty(), "{:?}", figures.diagnostics);
    spec.draw(&figures.value.expect("the figures are in order"))
        .expect("they can be drawn")
        .into()
}

const WINDOWS: &str = "窗口,本月办件量,上月办件量,按时办结率\n企业开办,\"1,286\",\"1,142\",99.8%\n不动产登记,964,1010,98.6%\n社会保险,2310,2275,99.9%\n\
    公积金,731,698,100%\n工程建设审批,118,96,97.5%\n出入境证件,545,530,100%\n合计,5954,5751,—\n";

fn charts() -> Vec<(&'static str, &'static str, Arc<Chart>)> {
    let many: String = (1..=40).map(|at| format!("第{at}服务站,{}\n", 900 - at * 17)).collect();
    vec![
        (
            "months",
            "上半年月度办件量",
            chart(
                "图表：柱状图\n单位：件",
                "月份,办件量\n1月,4210\n2月,2980\n3月,5120\n4月,5390\n5月,5040\n6月,5610\n",
            ),
        ),
        ("windows", "本月各窗口办件量", chart("图表：柱状图\n单位：件", WINDOWS)),
        (
            "few",
            "满意度",
            chart("图表：柱状图", "评价,占比\n非常满意,86.4%\n满意,12.9%\n不满意,0.7%\n"),
        ),
        (
            "growth",
            "主要指标同比增速",
            chart(
                "图表：柱状图\n单位：%",
                "指标,增速\n营业收入,5.2\n利润总额,-3.1\n研发投入,12.4\n资产总额,4.8\n",
            ),
        ),
        (
            "many",
            "各服务站办件量",
            chart("图表：柱状图\n单位：件", &format!("站点,办件量\n{many}")),
        ),
        (
            "long",
            "本月省级政务服务中心各类高频事项办件数量及排名情况通报",
            chart(
                "图表：柱状图\n单位：件",
                "事项,办件量\n企业职工基本养老保险关系跨省转移接续,812\n残疾人两项补贴资格认定申请,95\n户口迁移,1430\n",
            ),
        ),
        ("table", "本月各窗口办件情况", chart("图表：表格\n单位：件", WINDOWS)),
        (
            "table-many",
            "各服务站办件量",
            chart("图表：表格\n单位：件", &format!("站点,办件量\n{many}")),
        ),
    ]
}

/// Those of the pictures of `content` in all halls that are not as they were.
fn in_halls(kind: &str, name: &str, template: &Template, content: &Content) -> Vec<String> {
    let changed = |(width, height, colour)| {
        let drawn = pages(template, content, Size::new(width, height).into(), colour);
        let file = format!("{kind}/{name}-{width}x{height}-{}.png", called(colour));
        same(&file, &drawn)
    };
    HALLS.into_iter().filter_map(changed).collect()
}

#[test]
fn charts_look_as_they_were_seen_to() {
    let templates = Templates::builtin();
    let template = templates.get("chart").expect("a built-in template");
    let mut changed = Vec::new();
    for (name, title, chart) in charts() {
        let content = Content {
            column: "政务公开".into(),
            title: title.into(),
            chart: Some(chart),
            extent: Extent {
                pages: 3,
                full_text: None,
            },
            ..Content::default()
        };
        changed.extend(in_halls("chart", name, template, &content));
    }
    assert!(changed.is_empty(), "changed: {}", changed.join(", "));
}

/// A picture of a landscape: sky, hills, a sun.
fn landscape() -> Picture {
    let size = Size::new(400, 300);
    let dot = |x: i64, y: i64| -> [u8; 3] {
        let sun = (x - 300).pow(2) + (y - 70).pow(2);
        let hill = 200 - (x - 120).pow(2) / 300 + x / 12;
        match () {
            () if sun < 1600 => [255, 190, 60],
            () if y > hill => [30, 110 - (y / 6) as u8, 40],
            () => [60 + (y / 4) as u8, 120 + (y / 4) as u8, 220],
        }
    };
    let dots = (0..300).flat_map(|y| (0..400).flat_map(move |x| dot(x, y)));
    let bytes: Vec<u8> = dots.collect();
    Picture::read(&Picture::write(size, size, &bytes).into()).expect("a picture in its plain form")
}

#[test]
fn pictures_with_captions_codes_and_texts_look_as_they_were_seen_to() {
    let templates = Templates::builtin();
    let template = templates.get("picture").expect("a built-in template");
    let body =
        "大厅一层新设“办不成事”反映窗口，群众办事遇到困难可现场反映，由值班负责人当场协调，一般事项三个工作日内答复。";
    let link = "https://www.example.cn/service/map";
    let mut changed = Vec::new();
    for (name, body, link) in [
        ("caption", "", ""),
        ("code", "", link),
        ("text", body, ""),
        ("text-and-code", body, link),
    ] {
        let content = Content {
            title: "办事大厅导览图".into(),
            body: item::parse_body(body).paragraphs,
            link: link.into(),
            picture: Some(landscape()),
            is_beside: true,
            extent: Extent {
                pages: 3,
                full_text: None,
            },
            ..Content::default()
        };
        changed.extend(in_halls("beside", name, template, &content));
    }
    assert!(changed.is_empty(), "changed: {}", changed.join(", "));
}
