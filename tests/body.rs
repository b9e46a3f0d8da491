//! Bodies as people type them come out as an office would print them.

use proptest::prelude::*;
use yingbi::{
    diagnostic::{Explain, Severity},
    item::{Form, ParagraphKind, parse_body as parse},
};

/// The paragraphs, one a line: `T`ext, `H`eading, `P`oint, ta`B`le, `R`ows without a head; `/` is a forced break or ends a row, `|`
/// a cell.
fn set(markdown: &str) -> String {
    let body = parse(markdown);
    assert_eq!(body.problems, [], "{markdown}");
    lines(markdown)
}

fn lines(markdown: &str) -> String {
    let line = |paragraph: &yingbi::item::Paragraph| {
        let kind = match paragraph.kind {
            ParagraphKind::Text => 'T',
            ParagraphKind::Heading => 'H',
            ParagraphKind::Point(_) => 'P',
            ParagraphKind::Table { headed: true } => 'B',
            ParagraphKind::Table { headed: false } => 'R',
        };
        format!("{kind} {}", paragraph.text.replace('\n', "/").replace('\t', "|"))
    };
    parse(markdown)
        .paragraphs
        .iter()
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

/// The forms beyond the subset, each with the text that it is said of.
fn beyond(markdown: &str) -> Vec<(Form, &str)> {
    let problems = parse(markdown).problems;
    problems
        .into_iter()
        .map(|problem| (problem.form, &markdown[problem.span]))
        .collect()
}

#[test]
fn an_empty_body_has_no_paragraph() {
    assert_eq!(set(""), "");
    assert_eq!(set("\n　　\n&nbsp;\n"), "");
}

#[test]
fn chinese_lines_run_on_without_a_space() {
    assert_eq!(
        set("各处室、\n各直属单位\n请遵照执行。"),
        "T 各处室、各直属单位请遵照执行。"
    );
}

#[test]
fn latin_lines_run_on_with_one_space() {
    assert_eq!(
        set("Public notices\n  of the year 2026"),
        "T Public notices of the year 2026"
    );
}

#[test]
fn a_line_between_chinese_and_latin_runs_on_without_a_space() {
    assert_eq!(set("截至2026\n年底，\nLED\n大屏"), "T 截至2026年底，LED大屏");
}

#[test]
fn blanks_become_one_space_and_indents_go() {
    assert_eq!(set("　　公示期&nbsp;&nbsp; 5 \t日。　"), "T 公示期 5 日。");
    assert_eq!(set("通　知"), "T 通　知", "a full-width space inside a line is meant");
}

#[test]
fn emphasis_links_and_code_become_their_text() {
    assert_eq!(
        set("**重要**通知：*明日*[停电](https://example.org)，详见`公告`。"),
        "T 重要通知：明日停电，详见公告。"
    );
    assert_eq!(set("见<https://example.org>"), "T 见https://example.org");
}

#[test]
fn stars_between_figures_are_times_signs() {
    assert_eq!(set("尺寸3*4*5米，2**3**4"), "T 尺寸3*4*5米，2**3**4");
    assert_eq!(set("自8:30~11:30，14:00~17:00"), "T 自8:30~11:30，14:00~17:00");
}

#[test]
fn headings_of_both_kinds_are_headings() {
    assert_eq!(set("# 一、总则\n正文\n\n附则\n===\n"), "H 一、总则\nT 正文\nH 附则");
}

#[test]
fn forced_breaks_stay_inside_their_paragraph() {
    assert_eq!(
        set("时间：9:00  \n地点：201室\\\n电话：12345<br>联系人：值班室"),
        "T 时间：9:00/地点：201室/电话：12345/联系人：值班室"
    );
}

#[test]
fn lines_that_say_first_what_they_tell_of_are_paragraphs() {
    assert_eq!(
        set("时间：5月12日9:30\n地点：三楼会议室\n参会：各处室"),
        "T 时间：5月12日9:30\nT 地点：三楼会议室\nT 参会：各处室"
    );
    assert_eq!(set("现将有关\n事项通知如下："), "T 现将有关事项通知如下：");
}

#[test]
fn bullets_get_a_mark_that_every_strike_has() {
    assert_eq!(
        set("- 身份证\n- 营业执照\n  副本\n    - 复印件\n* Forms"),
        "P ●身份证\nP ●营业执照副本\nP ○复印件\nP ● Forms"
    );
}

#[test]
fn numbers_of_points_stay_as_written() {
    assert_eq!(set("3. 受理\n4. 审核\n7. 办结"), "P 3.受理\nP 4.审核\nP 7.办结");
    assert_eq!(set("1) 受理\n2) Review"), "P 1)受理\nP 2) Review");
}

#[test]
fn a_repeated_number_is_counted_as_markdown_means_it() {
    assert_eq!(set("1. 受理\n1. 审核\n1. 办结"), "P 1.受理\nP 2.审核\nP 3.办结");
}

#[test]
fn only_the_first_paragraph_of_a_point_bears_its_mark() {
    assert_eq!(
        set("1. 受理\n\n   当场出具回执。\n2. 审核"),
        "P 1.受理\nT 当场出具回执。\nP 2.审核"
    );
}

#[test]
fn lines_that_an_office_numbers_by_hand_are_paragraphs() {
    let text = "要求如下：\n一、提高认识\n（一）加强领导\n(2)压实责任\n1.明确分工\n2．按时报送\n3、及时反馈\n第四条 附则\n① 备案";
    let set_text = "T 要求如下：\nT 一、提高认识\nT （一）加强领导\nT (2)压实责任\nT 1.明确分工\nT 2．按时报送\nT 3、及时反馈\nT 第四条 附则\nT ① 备案";
    assert_eq!(set(text), set_text);
    assert_eq!(
        set("材料如下：\n2. 申请表\n-证明\n●照片"),
        "T 材料如下：\nT 2. 申请表\nP -证明\nP ●照片"
    );
}

#[test]
fn figures_and_dates_at_the_start_of_a_line_number_nothing() {
    assert_eq!(
        set("共计\n3.5万元，自\n2026.11.23起，\n12、13号楼\n-5℃时\n（2026）年"),
        "T 共计3.5万元，自2026.11.23起，12、13号楼-5℃时（2026）年"
    );
}

#[test]
fn lines_indented_as_word_processors_do_are_paragraphs() {
    assert_eq!(
        set("各单位：\n　　现将事项通知如下。\n　　特此通知。"),
        "T 各单位：\nT 现将事项通知如下。\nT 特此通知。"
    );
    assert_eq!(
        set("    首行缩进四格，**不是**代码。\n    第二段。\n\n正文\n        示例省国资委"),
        "T 首行缩进四格，不是代码。\nT 第二段。\nT 正文\nT 示例省国资委"
    );
}

#[test]
fn rules_and_comments_are_not_shown() {
    assert_eq!(
        set("上\n\n---\n\n下<!-- 内部 -->文\n\n<!-- 内部\n说明 -->\n"),
        "T 上\nT 下文"
    );
}

#[test]
fn a_table_is_one_paragraph_of_rows_and_cells() {
    assert_eq!(
        set("前\n\n| 单位 | 金额 |\n|---|---|\n| 甲 | **1**  万元 |\n|  | 2<br>万元 |\n| | |\n| 丙 | |\n\n后"),
        "T 前\nB 单位|金额/甲|1 万元/|2 万元/丙\nT 后"
    );
    assert_eq!(set("|  |  |\n|---|---|\n| 甲 | 一 |"), "R 甲|一");
    assert_eq!(set("|  |\n|---|\n|  |"), "", "a table that says nothing");
    assert_eq!(
        set("1. | 甲 | 乙 |\n   |---|---|"),
        "P 1.\nB 甲|乙",
        "a number before a table stays"
    );
}

#[test]
fn a_cell_without_a_head_is_an_error() {
    let markdown = "| 单位 |\n|---|\n| 甲 | 1万元 |\n| 乙 | |\n| 丙\\|丁 |\n";
    assert_eq!(beyond(markdown), [(Form::Cells, "| 甲 | 1万元 |\n")]);
}

/// Each paragraph with its emphasised parts in brackets.
fn emphasis(markdown: &str) -> String {
    let marked = |paragraph: &yingbi::item::Paragraph| {
        let mut text = paragraph.text.to_string();
        for span in paragraph.emphasis.iter().rev() {
            text.insert(span.end as usize, ']');
            text.insert(span.start as usize, '[');
        }
        text
    };
    parse(markdown)
        .paragraphs
        .iter()
        .map(marked)
        .collect::<Vec<_>>()
        .join("/")
}

#[test]
fn emphasis_keeps_its_place() {
    assert_eq!(emphasis("请于**5月8日**前*务必*报送"), "请于[5月8日]前[务必]报送");
    assert_eq!(emphasis("- **身份证**原件\n- 甲*乙*"), "●[身份证]原件/●甲[乙]");
    assert_eq!(emphasis("***一二** 三* 四"), "[一二 三] 四");
    assert_eq!(emphasis("**一\n二、三**四"), "[一]/[二、三]四");
    assert_eq!(emphasis("3*4*5"), "3*4*5");
    assert_eq!(
        emphasis("| *甲* | 乙 |\n|---|---|\n| 丙 | **丁** |"),
        "[甲]\t乙\n丙\t[丁]"
    );
}

#[test]
fn points_tell_their_mark_and_their_depth() {
    let points = |markdown: &str| -> Vec<(u8, String)> {
        let point = |paragraph: &yingbi::item::Paragraph| match paragraph.kind {
            ParagraphKind::Point(point) => Some((point.depth, paragraph.text[..point.mark.into()].to_owned())),
            _ => None,
        };
        parse(markdown).paragraphs.iter().filter_map(point).collect()
    };
    assert_eq!(
        points("- 一\n    1. 二\n        * C\n- 四"),
        [(0, "●".into()), (1, "1.".into()), (2, "○ ".into()), (0, "●".into())]
    );
    assert_eq!(
        points("● 照片\n1．受理"),
        [(0, "● ".into())],
        "a number typed by hand is text"
    );
}

#[test]
fn an_image_becomes_its_description_and_a_warning() {
    assert_eq!(lines("见图![办事大厅](a.png)。"), "T 见图办事大厅。");
    assert_eq!(
        beyond("见图![办事大厅](a.png)。"),
        [(Form::Image, "![办事大厅](a.png)")]
    );
}

#[test]
fn tags_in_a_line_go_and_their_text_stays() {
    assert_eq!(lines("请<b>注意</b>"), "T 请注意");
    assert_eq!(beyond("请<b>注意</b>"), [(Form::Tag, "<b>"), (Form::Tag, "</b>")]);
    assert_eq!(
        set("《<示例>办法》"),
        "T 《<示例>办法》",
        "hanzi in angle brackets are no tag"
    );
}

#[test]
fn what_would_lose_text_is_an_error() {
    for (markdown, form) in [("<p>内容</p>\n", Form::Html), ("[附件]: 名单.xls\n", Form::Definition)] {
        let problems = parse(markdown).problems;
        assert_eq!(problems.len(), 1, "{markdown}");
        assert_eq!((problems[0].form, problems[0].severity()), (form, Severity::Error));
    }
    assert_eq!(
        set("[公告][1]\n\n[1]: https://example.org\n"),
        "T 公告",
        "an address that a link uses is not text"
    );
}

#[test]
fn code_and_quotes_become_plain_paragraphs_and_warnings() {
    assert_eq!(lines("```\n甲\n乙\n```\n> 引文\n"), "T 甲\nT 乙\nT 引文");
    let forms: Vec<Form> = parse("```\n甲\n乙\n```\n> 引文\n")
        .problems
        .iter()
        .map(|problem| problem.form)
        .collect();
    assert_eq!(forms, [Form::Code, Form::Quote]);
}

#[test]
fn problems_inside_an_indented_line_have_their_place() {
    assert_eq!(beyond("    第一段。\n    请<i>注意\n"), [(Form::Tag, "<i>")]);
}

#[test]
fn every_form_is_explained_in_both_languages() {
    let problem = &parse("<p>内容</p>\n").problems[0];
    assert_eq!(problem.to_string(), "HTML cannot be shown, and its text would be lost");
    assert_eq!(problem.chinese(), "HTML内容无法显示，其中文字将会丢失");
    assert_eq!(problem.help().zh, "删去HTML标签，只留文字");
}

proptest! {
    #[test]
    fn any_text_gives_clean_paragraphs(markdown in "(\\|[|一 *]{0,5}\n\\|-\\|-\n)?[ \\n\\t　一二（）1.、#*_>`|<a/>!\\[\\]:~&;\\\\-]{0,80}") {
        let body = parse(&markdown);
        for paragraph in &body.paragraphs {
            let is_table = matches!(paragraph.kind, ParagraphKind::Table { .. });
            let said = if is_table { paragraph.text.trim_start_matches('\t') } else { &paragraph.text };
            prop_assert_eq!(said.trim(), said);
            prop_assert!(!paragraph.text.trim().is_empty());
            prop_assert!(!paragraph.text.contains(['\r', char::from(0xa0)]), "a blank");
            prop_assert!(is_table || !paragraph.text.contains('\t'), "a tab");
            let mut end = 0;
            for span in paragraph.emphasis.iter() {
                prop_assert!(span.start < span.end && (end == 0 || end < span.start), "{:?}", paragraph);
                prop_assert!(paragraph.text.get(span.start as usize..span.end as usize).is_some(), "{:?}", paragraph);
                end = span.end;
            }
            if let ParagraphKind::Point(point) = paragraph.kind {
                prop_assert!(paragraph.text.get(..point.mark.into()).is_some_and(|mark| !mark.is_empty()));
            }
        }
        for problem in &body.problems {
            prop_assert!(problem.span.end <= markdown.len(), "{:?}", problem);
        }
    }

    #[test]
    fn no_hanzi_is_lost_without_an_error(markdown in "[ \\n　一二三四（）1.、#*_>`|<a>!\\[\\]:-]{0,60}") {
        let body = parse(&markdown);
        prop_assume!(body.problems.iter().all(|problem| problem.severity() == Severity::Warning));
        let hanzi = |text: &str| text.chars().filter(|char| ('一'..='龥').contains(char)).collect::<String>();
        let shown: String = body.paragraphs.iter().map(|paragraph| hanzi(&paragraph.text)).collect();
        prop_assert_eq!(shown, hanzi(&markdown));
    }
}
