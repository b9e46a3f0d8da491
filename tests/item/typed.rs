//! A `.txt` is shown as its clerk typed it: each line a paragraph.

use yingbi::item;

fn lines(text: &str) -> Vec<String> {
    let body = item::parse_typed(text);
    assert!(body.problems.is_empty(), "{text}");
    body.paragraphs
        .iter()
        .map(|paragraph| paragraph.text.to_string())
        .collect()
}

#[test]
fn a_list_of_telephones_keeps_its_lines_however_long_they_are() {
    let list = [
        "办公室联系电话：0000-11111111",
        "人事处联系电话（工作日上午九时至下午五时有人接听）：0000-22222222",
        "机关服务中心综合服务科联系电话（工作日全天有人接听）：张三转",
        "监督举报",
    ];
    assert_eq!(lines(&list.join("\n")), list);
}

#[test]
fn a_table_pasted_from_a_sheet_keeps_its_rows() {
    let rows = "姓名\t部门\t拟任职务名称以及任职试用期的有关说明文字各项\n张三\t办公室\t副主任";
    assert_eq!(
        lines(rows),
        [
            "姓名 部门 拟任职务名称以及任职试用期的有关说明文字各项",
            "张三 办公室 副主任"
        ]
    );
}

#[test]
fn a_list_aligned_by_blanks_keeps_its_rows() {
    let long = "张三　　办公室综合科副科长拟任办公室综合科科长试用期一年自任职之日起计算";
    let next = "李四　　人事处";
    assert_eq!(lines(&format!("{long}\n{next}")), [long, next]);
    let plain = "各处室要认真组织学习领会会议精神并于本周五前将学习情况报送办公室汇总";
    assert_eq!(
        lines(&format!("{plain}\n{next}")),
        [plain, next],
        "the row below it is one of a list"
    );
}

#[test]
fn a_full_line_that_breaks_off_between_two_hanzi_goes_on() {
    let full = "各处室要认真组织学习领会会议精神并于本周五前将学习情况报送办公室汇";
    assert_eq!(
        lines(&format!("{full}\n总，不得迟延。")),
        [format!("{full}总，不得迟延。")]
    );
}

#[test]
fn a_line_that_is_short_or_ends_a_phrase_does_not_go_on() {
    let full = "各处室要认真组织学习领会会议精神并于本周五前将学习情况报送办公室汇总";
    for (line, next) in [
        ("热烈欢迎", "甲市国资委调研组莅临指导"),
        (&*format!("{full}，"), "逾期不候"),
        (&*format!("{full}A"), "逾期不候"),
        (&*format!("{full}12"), "逾期不候"),
        (full, "12日前报送"),
        (full, "“逾期”不候"),
    ] {
        assert_eq!(lines(&format!("{line}\n{next}")), [line, next]);
    }
}

#[test]
fn blanks_at_the_end_of_a_line_mean_nothing() {
    assert_eq!(lines("热烈欢迎  \n甲市调研组"), ["热烈欢迎", "甲市调研组"]);
}
