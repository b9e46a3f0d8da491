//! Every template at the sizes that halls have, as pictures that somebody has looked at.
//!
//! `tests/golden/TEMPLATE/WxH.png` holds the pages of one item below each other, with a grey row between two. `UPDATE=1` draws them anew:
//! then look at what changed before it is kept.

mod living;

use std::{fs, path::PathBuf};

use embedded_graphics::pixelcolor::Rgb888;
use jiff::civil::date;
use yingbi::{
    frame::Frame,
    item::parse_body,
    simulator::picture::{self, Look},
    site::Colour,
    stage::{Content, Extent, Now, Pane, Scene, Template, Templates},
    text::Compositor,
    units::{Area, Size, Tick},
};

/// The sizes, and what the LEDs of each can show.
const HALLS: [(u32, u32, Colour); 8] = [
    (64, 16, Colour::Red),
    (192, 32, Colour::Red),
    (320, 32, Colour::Red),
    (256, 64, Colour::RedGreen),
    (384, 128, Colour::RedGreen),
    (256, 128, Colour::Full),
    (512, 256, Colour::Full),
    (640, 320, Colour::Full),
];

/// An item for each template: what its column is called, and what its file says.
fn items() -> Vec<(&'static str, Content)> {
    let item = |template, column: &str, title: &str, body: &str| {
        let content = Content {
            column: column.into(),
            title: title.into(),
            body: parse_body(body).paragraphs,
            department: "办公室".into(),
            published: Some(date(2026, 5, 8)),
            site: "示例省国资委".into(),
            extent: Extent {
                pages: 3,
                full_text: Some("一楼公开栏".into()),
            },
            ..Content::default()
        };
        (template, content)
    };
    let mut items = vec![
        item(
            "notice",
            "通知公告",
            "关于开展办公楼消防疏散演练的通知",
            "各处室：\n\n定于2026年5月12日（星期二）14:30开展消防疏散演练，请听到警报后按疏散图有序撤离。\n\n1. 演练期间**电梯停用**，请走安全通道；\n2. 集合地点：一楼大厅东侧广场。",
        ),
        item(
            "news",
            "国企动态",
            "上半年全省国有企业经济运行总体平稳",
            "上半年，全省国有企业实现营业收入1,234.56亿元，同比增长5.2%；利润总额67.8亿元，增长3.1%，“稳中有进”的态势得到巩固。",
        ),
        item(
            "meeting",
            "会议通知",
            "安全生产工作例会",
            "时间：5月12日（星期二）9:00\n\n地点：三楼第二会议室\n\n参加：各处室负责人",
        ),
        item(
            "posting",
            "公示公告",
            "关于2026年度科技创新专项资金拟支持项目的公示",
            "经专家评审，现将拟支持的12个项目予以公示。如有异议，请于公示期内以书面形式反映。\n\n联系电话：0000-00001234",
        ),
        item(
            "transaction",
            "招标采购",
            "电梯维护保养服务采购结果",
            "| 项目 | 金额 | 期限 |\n|---|---|---|\n| 客梯维保 | 12.5万元 | 1年 |\n| 货梯维保 | 3.8万元 | 1年 |\n| 应急检修 | 2万元 | 6个月 |",
        ),
        item(
            "policy",
            "政策解读",
            "依申请公开答复时限是多久？",
            "## 问：多久答复？\n\n能够当场答复的，当场予以答复；不能当场答复的，自收到申请之日起20个工作日内答复。\n\n## 问：可以延长吗？\n\n经同意可以延长，最长不超过20个工作日。",
        ),
        item("slogan", "标语", "政务公开　阳光国资", ""),
        item("welcome", "欢迎", "热烈欢迎各界代表莅临指导", ""),
        item(
            "solicitation",
            "意见征集",
            "关于公开征求《示例省阳光采购管理办法（征求意见稿）》意见的公告",
            "欢迎社会各界于6月8日前提出意见和建议，可扫码填写，也可寄送至办公室。",
        ),
        item(
            "ticker",
            "滚动字幕",
            "来访须知",
            "请在一楼服务台登记，领取访客证后由工作人员引导；开放时间8:30—17:00。",
        ),
    ];
    for (template, content) in &mut items {
        match *template {
            "notice" => content.number = "示例办发〔2026〕23号".into(),
            "posting" => content.period = Some((date(2026, 5, 11), date(2026, 5, 15))),
            "transaction" => content.number = "示例采〔2026〕7号".into(),
            "solicitation" => content.link = "https://www.example.cn/solicitation/2026/12".into(),
            _ => {}
        }
    }
    items
}

/// The pages of `content` below each other; of what runs, the first, a middle and the last picture.
fn pages(template: &Template, content: &Content, pane: Pane, colour: Colour) -> Frame {
    let compositor = Compositor::default();
    let mut pictures = Vec::new();
    let mut take = |scene: &Scene, tick: i64| {
        let mut picture = Frame::new(pane.size);
        let civil = date(2026, 5, 8).at(9, 30, 0, 0);
        scene.paint(
            Now {
                tick: Tick(tick),
                civil,
            },
            Tick(0),
            &mut picture,
        );
        pictures.push(picture);
    };
    if &*template.name == "ticker" {
        let scene = template.prepare_ticker(&compositor, &[content], pane, colour);
        [0, 100, 200].into_iter().for_each(|tick| take(&scene, tick));
    } else {
        let measured = template.measure(&compositor, content, pane);
        for page in 0..measured.pages.len() as u16 {
            let scene = template.prepare(&compositor, content, page, pane, colour);
            take(&scene, 0);
            if measured.setting.is_some_and(|setting| setting.scrolls) {
                [250, 100_000].into_iter().for_each(|tick| take(&scene, tick));
            }
        }
    }
    joined(&pictures)
}

fn joined(pictures: &[Frame]) -> Frame {
    let size = pictures[0].size();
    let count = pictures.len() as u32;
    let mut all = Frame::new(Size::new(size.width, count * (size.height + 1) - 1));
    all.fill(Rgb888::new(96, 96, 96));
    for (picture, at) in pictures.iter().zip(0u32..) {
        let top = i64::from(at * (size.height + 1));
        all.copy_area(picture, Area::new(0, 0, size.width, size.height), 0, top);
    }
    all
}

#[test]
fn every_template_looks_as_it_was_seen_to_at_every_size() {
    let templates = Templates::builtin();
    let mut changed = Vec::new();
    for (name, content) in items() {
        let template = templates.get(name).expect("a built-in template");
        for (width, height, colour) in HALLS {
            let drawn = pages(template, &content, Size::new(width, height).into(), colour);
            changed.extend(same(&format!("{name}/{width}x{height}.png"), &drawn));
        }
    }
    assert!(changed.is_empty(), "changed: {}", changed.join(", "));
}

/// The name of `file`, under `tests/golden`, where it does not show what was `drawn`. `UPDATE=1` draws it anew before.
fn same(file: &str, drawn: &Frame) -> Option<String> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, picture::png(drawn, Look::plain(1).unwrap()).unwrap()).unwrap();
    }
    (read(&path).as_ref() != Some(drawn)).then(|| file.to_owned())
}

/// The picture in a file, LED for LED.
fn read(path: &std::path::Path) -> Option<Frame> {
    let file = std::io::BufReader::new(fs::File::open(path).ok()?);
    let mut decoder = ::png::Decoder::new(file);
    decoder.set_transformations(::png::Transformations::EXPAND);
    let mut reader = decoder.read_info().ok()?;
    let mut bytes = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut bytes).ok()?;
    bytes.truncate(info.buffer_size());
    Frame::from_bytes(Size::new(info.width, info.height), bytes)
}
