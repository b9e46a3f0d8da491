//! Data files: what is read of them, and what is told where they are bad.

use yingbi::item::{self, ChartBody, Figures};

use crate::document::zh;

fn read(text: &str) -> Figures {
    let parsed = item::figures("data/a.csv", text.as_bytes());
    assert_eq!(zh(&parsed), [""; 0], "{text}");
    parsed.value.unwrap()
}

/// Every problem with its row and column, in Chinese; nothing of the file may be in force.
fn told(text: &str) -> Vec<String> {
    let parsed = item::figures("data/a.csv", text.as_bytes());
    assert!(parsed.value.is_none(), "{text}");
    let told = parsed.diagnostics.iter();
    told.map(|told| {
        let place = told.place.as_ref().expect("every problem has its place");
        format!("{}:{}:{} {}", told.file, place.line, place.column, told.message.zh)
    })
    .collect()
}

fn numbers(figures: &Figures, column: &str) -> Vec<Option<f64>> {
    let column = figures.columns.iter().find(|found| &*found.name == column).unwrap();
    let numbers = column.numbers.as_ref().expect("a column of numbers").iter();
    numbers
        .map(|number| Some(number.as_ref()?.millionths as f64 / 1e6))
        .collect()
}

/// What an item with these keys draws of `figures`, label and value a line.
fn bars(keys: &str, figures: &Figures) -> Vec<String> {
    let item = item::parse(
        "items/a/a.txt",
        format!("图\n图表：柱状图\n数据：a.csv\n{keys}").as_bytes(),
    );
    let chart = item.value.unwrap().chart.unwrap().draw(figures).unwrap();
    match chart.body {
        ChartBody::Bars(bars) => bars.iter().map(|bar| format!("{} {}", bar.label, bar.text)).collect(),
        ChartBody::Table(_) => panic!("bars were asked for"),
    }
}

#[test]
fn numbers_are_read_as_offices_write_them() {
    let figures =
        read("窗口,办件量,办结率,同比\n企业开办,\"1,286\",99.8%,－3.5\n登记,９６４,100％,+12\n社保,12 310,—,\n");
    assert_eq!(numbers(&figures, "办件量"), [Some(1286.0), Some(964.0), Some(12310.0)]);
    assert_eq!(numbers(&figures, "办结率"), [Some(99.8), Some(100.0), None]);
    assert_eq!(numbers(&figures, "同比"), [Some(-3.5), Some(12.0), None]);
    assert_eq!(&*figures.label().name, "窗口");
}

#[test]
fn a_file_of_excel_in_gb18030_with_a_title_above_and_numbers_before_is_read() {
    let text = "本月办件量统计表,,\r\n序号,窗口,办件量\r\n1,企业开办,12\r\n2,社保,30\r\n,,\r\n";
    let (bytes, _, _) = encoding_rs::GB18030.encode(text);
    let figures = item::figures("data/a.csv", &bytes).value.unwrap();
    assert_eq!(&*figures.label().name, "窗口");
    assert_eq!(numbers(&figures, "办件量"), [Some(12.0), Some(30.0)]);
}

#[test]
fn years_name_columns_though_they_are_numbers() {
    let figures = read("指标,2024,2025\n收入,10,12\n");
    assert_eq!(numbers(&figures, "2025"), [Some(12.0)]);
}

#[test]
fn a_column_of_words_is_no_column_of_numbers() {
    let figures = read("窗口,位置,办件量\n企业开办,一楼东侧,12\n社保,2号,30\n医保,3,7\n");
    assert!(figures.columns[1].numbers.is_none());
}

#[test]
fn a_bad_number_is_named_with_its_row_and_column() {
    assert_eq!(
        told("窗口,办件量\n企业开办,12\n社保,3O件\n医保,\"1,23\"\n公积金,8\n"),
        [
            "data/a.csv:3:2 第 3 行“办件量”一列的“3O件”不是数字",
            "data/a.csv:4:2 第 4 行“办件量”一列的“1,23”不是数字",
        ]
    );
}

#[test]
fn what_makes_no_figures_is_refused_in_words() {
    assert_eq!(told(""), ["data/a.csv:1:1 数据文件是空的"]);
    assert_eq!(
        told("企业开办,12\n社保,30\n"),
        ["data/a.csv:1:1 数据的第一行应为各列的名称"]
    );
    assert_eq!(told("窗口,办件量\n"), ["data/a.csv:1:1 列名之下没有数据"]);
    assert_eq!(
        told("窗口,办件量\n企业开办,12\n,30\n"),
        ["data/a.csv:3:1 第 3 行没有写明是哪一项"]
    );
    assert_eq!(
        told("窗口,办件量\n企业开办,12,7\n"),
        ["data/a.csv:1:3 第 3 列在第一行没有列名"]
    );
    assert_eq!(
        told("窗口,办件量\n\"企业开办,12\n"),
        ["data/a.csv:2:1 第 2 行的引号没有配对"]
    );
    let long = "长".repeat(61);
    assert_eq!(
        told(&format!("窗口,办件量\n{long},12\n")),
        ["data/a.csv:2:1 第 2 行有一格共 61 字，最多 60 字"]
    );
    let rows = "窗口,1\n".repeat(501);
    assert_eq!(
        told(&format!("窗口,办件量\n{rows}")),
        ["data/a.csv:502:1 数据有 501 行，最多 500 行"]
    );
    let columns = vec!["列"; 21].join(",");
    assert_eq!(
        told(&format!("{columns}\n{columns}\n")),
        ["data/a.csv:1:21 数据有 21 列，最多 20 列"]
    );
}

#[test]
fn bars_take_the_first_column_of_numbers_or_the_one_that_is_named_and_leave_sums_out() {
    let figures = read("窗口,位置,本月,上月\n企业开办,东侧,12,9\n社保,西侧,30,\n合计,,42,9\n");
    assert_eq!(bars("", &figures), ["企业开办 12", "社保 30"]);
    assert_eq!(bars("列：上月\n", &figures), ["企业开办 9", "社保 —"]);
}

#[test]
fn a_column_that_is_not_there_gets_the_nearest_name_and_words_make_no_bars() {
    let figures = read("窗口,位置,本月办件\n企业开办,东侧,12\n");
    let fault = |keys: &str| {
        let item = item::parse(
            "items/a/a.txt",
            format!("图\n图表：柱状图\n数据：a.csv\n{keys}").as_bytes(),
        );
        let chart = item.value.unwrap().chart.unwrap();
        yingbi::diagnostic::Explain::chinese(&chart.draw(&figures).unwrap_err())
    };
    assert_eq!(
        fault("列：本月办\n"),
        "data/a.csv 中没有“本月办”这一列，是否应为“本月办件”？"
    );
    assert_eq!(fault("列：位置\n"), "data/a.csv 的“位置”一列不是数字，画不成柱状图");
}
