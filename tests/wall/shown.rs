//! Pictures beside texts, codes and charts on the wall: where they lead, what plays, and what is told where they lead nowhere.

use yingbi::{
    item::Picture,
    units::{BLACK, Size, Tick},
    wall::Projector,
};

use crate::support::{
    pictures::pixels,
    site::{Files, messages, picture},
};

/// A site of one zone of 320x160.
fn site() -> Files {
    let files = Files::plain();
    let text = files
        .text("site.toml")
        .replace("width = 128\nheight = 32\n", "width = 320\nheight = 160\n");
    files.with("site.toml", text)
}

fn photo() -> Vec<u8> {
    let size = Size::new(320, 240);
    Picture::write(size, size, &pixels(size))
}

const FIGURES: &str = "窗口,办件量\n企业开办,12\n社保,30\n";

const CHART: &str = "本月办件量\n图表：柱状图\n数据：办件量.csv\n单位：件\n来源：示例\n";

fn told(files: &Files) -> Vec<String> {
    let library = files.library();
    let told = library.problems().iter();
    told.map(|problem| {
        let line = problem.place.as_ref().map_or(0, |place| place.line);
        format!("{}:{line} {}", problem.file, problem.message.zh)
    })
    .collect()
}

/// The titles of what plays, in order.
fn plays(files: &Files) -> Vec<String> {
    let library = files.library();
    let wall = library.wall().unwrap();
    let plan = wall.programme().plan();
    let lists = plan
        .screens
        .iter()
        .flat_map(|screen| &screen.tracks)
        .flat_map(|track| &track.playlists);
    let count = lists
        .flat_map(|list| &list.plays)
        .map(|play| play.entries.len())
        .sum::<usize>();
    let titles: Vec<String> = wall
        .items()
        .iter()
        .filter(|item| !item.is_bereft())
        .map(|item| item.title.to_string())
        .collect();
    assert_eq!(count, titles.len(), "{titles:?}");
    titles
}

#[test]
fn a_picture_that_a_text_names_plays_through_that_text_only() {
    let files = site()
        .with("items/通知/大厅.jpg", photo())
        .with("items/通知/外景.jpg", photo())
        .with("items/通知/导览.txt", "办事大厅导览\n画面：大厅.jpg\n");
    assert_eq!(told(&files), [""; 0]);
    assert_eq!(plays(&files), ["外景", "办事大厅导览"]);
}

#[test]
fn a_picture_is_found_whatever_the_case_of_its_name_and_from_items() {
    for path in [
        "大厅.JPG",
        "通知/大厅.jpg",
        "items/通知/大厅.jpg",
        "items\\通知\\大厅.jpg",
    ] {
        let files = site()
            .with("items/通知/大厅.jpg", photo())
            .with("items/通知/导览.txt", format!("办事大厅导览\n画面：{path}\n"));
        assert_eq!(
            (told(&files), plays(&files)),
            (vec![], vec!["办事大厅导览".into()]),
            "{path}"
        );
    }
}

#[test]
fn the_picture_is_seen_in_its_box_and_a_text_has_its_caption() {
    let files = site()
        .with("items/通知/大厅.jpg", photo())
        .with("items/通知/导览.txt", "办事大厅导览\n画面：大厅.jpg\n适配：拉伸\n");
    let mut projector = Projector::new(files.wall(), 0);
    let frame = picture(&mut projector, Tick(1));
    let lit = |from: u32, until: u32| {
        (from..until)
            .flat_map(|y| (0..320).map(move |x| (x, y)))
            .filter(|(x, y)| frame.led(*x, *y) != Some(BLACK))
            .count()
    };
    // Stretched, it leaves no bars; the caption is type, which is mostly dark.
    assert!(lit(0, 138) > 320 * 138 / 2);
    assert!((100..1000).contains(&lit(138, 160)));
}

#[test]
fn a_missing_picture_is_told_at_its_place_with_the_nearest_and_the_text_plays_without() {
    let files = site().with("items/通知/大厅外景.jpg", photo()).with(
        "items/通知/导览.txt",
        "办事大厅导览\n画面：大厅外境.jpg\n\n一楼办理企业开办。\n",
    );
    assert_eq!(
        told(&files),
        ["items/通知/导览.txt:2 没有名为“大厅外境.jpg”的图片或视频，是否应为“大厅外景.jpg”？"]
    );
    assert_eq!(plays(&files), ["大厅外景", "办事大厅导览"]);
}

#[test]
fn a_caption_without_its_picture_does_not_play() {
    let files = site().with("items/通知/导览.txt", "办事大厅导览\n画面：没有.jpg\n");
    assert_eq!(told(&files), ["items/通知/导览.txt:2 没有名为“没有.jpg”的图片或视频"]);
    assert_eq!(plays(&files), [""; 0]);
}

#[test]
fn a_picture_that_a_playlist_names_plays_by_itself_too() {
    let files = site()
        .with("items/通知/大厅.jpg", photo())
        .with("items/通知/导览.txt", "办事大厅导览\n画面：大厅.jpg\n")
        .with("one.toml", "[[play]]\nitem = \"通知/大厅.jpg\"\n");
    let library = files.library();
    assert_eq!(messages(library.problems()), [""; 0]);
    assert_eq!(library.wall().unwrap().items().len(), 2);
}

#[test]
fn a_draft_does_not_take_a_picture_off_the_wall_nor_show_one_that_waits() {
    let files = site()
        .with("items/通知/大厅.jpg", photo())
        .with("items/通知/待审/导览.txt", "办事大厅导览\n画面：通知/大厅.jpg\n");
    assert_eq!(plays(&files), ["大厅"]);
    let files = site()
        .with("items/通知/待审/大厅.jpg", photo())
        .with("items/通知/导览.txt", "办事大厅导览\n画面：待审/大厅.jpg\n\n正文。\n");
    assert_eq!(
        told(&files),
        ["items/通知/导览.txt:2 “待审/大厅.jpg”还在待审，没有显示"]
    );
    assert_eq!(plays(&files), ["办事大厅导览"]);
}

#[test]
fn a_chart_is_drawn_of_its_data_file_and_follows_it() {
    let files = site()
        .with("items/通知/办件.txt", CHART)
        .with("data/办件量.csv", FIGURES);
    assert_eq!(told(&files), [""; 0]);
    let wall = files.wall();
    let other = files.clone().with("data/办件量.csv", FIGURES.replace("30", "3"));
    let (before, after) = (wall.clone(), other.wall());
    assert_ne!(before.digest(), after.digest(), "the figures are an input of the frame");
    let shown = |wall| picture(&mut Projector::new(wall, 0), Tick(1));
    assert_ne!(shown(before), shown(after));
}

#[test]
fn a_bad_data_file_keeps_its_last_good_version_and_one_that_was_never_good_draws_nothing() {
    let files = site()
        .with("items/通知/办件.txt", CHART)
        .with("data/办件量.csv", FIGURES);
    let good = files.library();
    let bad = files.with("data/办件量.csv", "窗口,办件量\n企业开办,12\n社保,3O\n");
    let now = good.accept(&bad.sources());
    assert_eq!(messages(now.problems()).len(), 1);
    assert_eq!(
        now.problems()[0].place.as_ref().map(|place| (place.line, place.column)),
        Some((3, 2))
    );
    assert_eq!(now.wall().unwrap().digest(), good.wall().unwrap().digest());
    assert_eq!(plays(&bad), [""; 0]);
    assert_eq!(told(&bad), ["data/办件量.csv:3 第 3 行“办件量”一列的“3O”不是数字"]);
}

#[test]
fn a_data_file_that_is_gone_is_told_where_it_is_named() {
    let files = site()
        .with("items/通知/办件.txt", CHART)
        .with("data/办件量统计.csv", FIGURES);
    assert_eq!(
        told(&files),
        ["items/通知/办件.txt:3 没有名为“办件量.csv”的数据文件，是否应为“办件量统计.csv”？"]
    );
    assert_eq!(plays(&files), [""; 0]);
}

#[test]
fn a_column_that_the_data_file_has_not_is_told_where_the_file_is_named() {
    let files = site()
        .with("items/通知/办件.txt", format!("{CHART}列：上月\n"))
        .with("data/办件量.csv", FIGURES);
    assert_eq!(
        told(&files),
        ["items/通知/办件.txt:3 data/办件量.csv 中没有“上月”这一列"]
    );
}

#[test]
fn figures_without_a_glyph_are_refused_with_their_place() {
    let files = site()
        .with("items/通知/办件.txt", CHART)
        .with("data/办件量.csv", "窗口,办件量\n企业😀开办,12\n");
    let told = told(&files);
    assert!(told[0].starts_with("data/办件量.csv:2 "), "{told:?}");
}

#[test]
fn a_chart_of_more_bars_than_pages_is_cut_and_that_is_told() {
    let rows: String = (1..=40).map(|at| format!("第{at}服务站,{at}\n")).collect();
    let files = site()
        .with("items/通知/办件.txt", CHART)
        .with("data/办件量.csv", format!("站点,办件量\n{rows}"));
    let told = told(&files);
    assert_eq!(
        told,
        ["items/通知/办件.txt:0 在 320×160 的区域用模板“chart”，图表放不下，有几项没有显示"]
    );
    let more = files.clone().with("items/通知/办件.txt", format!("{CHART}页数：20\n"));
    assert_eq!(self::told(&more), [""; 0]);
}

#[test]
fn a_scene_without_a_box_for_the_picture_or_the_chart_is_told() {
    let files = site()
        .with("items/通知/大厅.jpg", photo())
        .with("items/通知/导览.txt", "导览\n画面：大厅.jpg\n模板：notice\n\n正文。\n")
        .with("items/通知/办件.txt", format!("{CHART}模板：slogan\n"))
        .with("data/办件量.csv", FIGURES);
    assert_eq!(
        told(&files),
        [
            "items/通知/办件.txt:0 模板“slogan”没有图表的位置，图表不显示",
            "items/通知/导览.txt:0 模板“notice”没有画面的位置，画面不显示",
        ]
    );
}

#[test]
fn a_code_that_a_telephone_may_not_read_is_told() {
    let link = |length: usize| format!("https://www.example.cn/{}", "a".repeat(length));
    let files = |length: usize| {
        site().with("items/通知/大厅.jpg", photo()).with(
            "items/通知/导览.txt",
            format!("导览\n画面：大厅.jpg\n网址：{}\n", link(length)),
        )
    };
    assert_eq!(told(&files(10)), [""; 0]);
    assert_eq!(
        told(&files(150)),
        ["items/通知/导览.txt:0 在 320×160 的区域用模板“picture”，二维码每格只占一个灯点，手机可能扫不出"]
    );
}
