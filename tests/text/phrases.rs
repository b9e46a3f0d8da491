//! Words that are never split.

use std::ops::Range;

use proptest::prelude::*;

use yingbi::{
    diagnostic::{Explain, Severity},
    text::{PhraseError, Phrases},
};

/// What the phrases of `text` say.
fn found<'a>(phrases: &Phrases, text: &'a str) -> Vec<&'a str> {
    phrases.spans(text).into_iter().map(|span| &text[span]).collect()
}

#[test]
fn the_shipped_list_is_without_fault_and_of_some_size() {
    let file = Phrases::parse(include_str!("../../src/text/phrases/shipped.txt"));
    assert_eq!(file.faults, []);
    assert_eq!(&file.phrases, Phrases::shipped());
    assert!((150..=300).contains(&file.phrases.len()), "{}", file.phrases.len());
}

#[test]
fn a_file_holds_one_phrase_a_line_with_comments_and_blanks() {
    let file = Phrases::parse("\u{feff}# 名单\r\n示例省国资委\r\n\r\n　示例集团 # 简称\r\n#示例局\n办公\u{200b}厅");
    assert_eq!(file.faults, []);
    assert_eq!(
        file.phrases.iter().collect::<Vec<_>>(),
        ["办公厅", "示例省国资委", "示例集团"]
    );
}

#[test]
fn a_bad_line_is_told_by_its_place_and_the_others_hold() {
    let text = "示例局\n国\n  张三、李四\n示例局\n一二三四五六七八九十一二三四五六七\n王五 赵六\n甲\u{7}乙\n示例厅";
    let file = Phrases::parse(text);
    assert_eq!(file.phrases.iter().collect::<Vec<_>>(), ["示例厅", "示例局"]);
    let faults: Vec<(usize, &str, PhraseError)> = file
        .faults
        .into_iter()
        .map(|fault| (fault.line, &text[fault.span], fault.error))
        .collect();
    let long = "一二三四五六七八九十一二三四五六七";
    assert_eq!(
        faults,
        [
            (2, "国", PhraseError::Short { phrase: "国".into() }),
            (
                3,
                "张三、李四",
                PhraseError::Several {
                    phrase: "张三、李四".into(),
                    mark: '、'
                }
            ),
            (
                4,
                "示例局",
                PhraseError::Twice {
                    phrase: "示例局".into(),
                    first: 1
                }
            ),
            (
                5,
                long,
                PhraseError::Long {
                    phrase: long.into(),
                    length: 17
                }
            ),
            (
                6,
                "王五 赵六",
                PhraseError::Several {
                    phrase: "王五 赵六".into(),
                    mark: ' '
                }
            ),
            (7, "甲\u{7}乙", PhraseError::Control { code: 7 }),
        ]
    );
}

#[test]
fn a_fault_is_told_in_both_languages() {
    let error = PhraseError::Twice {
        phrase: "示例局".into(),
        first: 1,
    };
    assert_eq!(error.chinese(), "“示例局”在第1行已经写过");
    assert_eq!(error.to_string(), "示例局 stands on line 1 already");
    assert_eq!(
        (error.severity(), error.help().zh.as_str()),
        (Severity::Warning, "请删去此行")
    );
    let error = PhraseError::Several {
        phrase: "张三、李四".into(),
        mark: '、',
    };
    assert_eq!(error.chinese(), "“张三、李四”中有“、”，一行只能写一个词");
    assert_eq!(error.severity(), Severity::Error);
}

#[test]
fn of_phrases_that_fit_at_one_place_the_longest_holds() {
    let phrases = Phrases::parse("人民\n人民政府\n政府办公室\n办公室\n").phrases;
    assert_eq!(found(&phrases, "省人民政府办公室"), ["人民政府", "办公室"]);
    assert_eq!(found(&phrases, "人民政策"), ["人民"]);
    assert_eq!(found(&phrases, "人"), [""; 0]);
}

#[test]
fn what_has_no_shape_does_not_hide_a_phrase_nor_does_the_space_in_a_name() {
    let phrases = Phrases::parse("张三\n示例局\n").phrases;
    assert_eq!(found(&phrases, "到示\u{200b}例局"), ["示\u{200b}例局"]);
    assert_eq!(found(&phrases, "到张　三"), ["张　三"]);
    assert_eq!(found(&phrases, "示　例局"), [""; 0]);
}

#[test]
fn a_site_adds_its_own_to_the_shipped_ones() {
    let own = Phrases::parse("示例集团\n国资委\n").phrases;
    let both = Phrases::shipped().with(&own);
    assert_eq!(both.len(), Phrases::shipped().len() + 1);
    assert_eq!(found(&both, "国资委示例集团"), ["国资委", "示例集团"]);
    assert!(Phrases::none().is_empty() && Phrases::none().spans("国资委").is_empty());
}

/// The same by trying every phrase at every place.
fn naive(phrases: &[String], text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let fitting = phrases.iter().filter(|phrase| text[at..].starts_with(phrase.as_str()));
        let length = fitting.map(String::len).max();
        spans.extend(length.map(|length| at..at + length));
        at += length.unwrap_or_else(|| character.len_utf8());
    }
    spans
}

proptest! {
    #[test]
    fn spans_are_those_that_trying_every_phrase_everywhere_finds(
        phrases in proptest::collection::vec("[甲乙丙𬭎]{2,4}", 0..8),
        text in "[甲乙丙𬭎丁]{0,30}",
    ) {
        let list = Phrases::parse(&phrases.join("\n")).phrases;
        prop_assert_eq!(list.spans(&text), naive(&phrases, &text));
    }

    #[test]
    fn any_text_is_read_as_a_file_with_as_many_phrases_and_faults_as_it_has_lines(text in "(\\PC|[\\n\\r#、 ]){0,60}") {
        let file = Phrases::parse(&text);
        let is_blank = |line: &&str| line.split('#').next().unwrap_or_default().trim().is_empty();
        let blank = text.split('\n').filter(is_blank).count();
        let lines = text.split('\n').count();
        prop_assert!(file.phrases.len() + file.faults.len() <= lines - blank);
        prop_assert!(file.faults.iter().all(|fault| fault.line <= lines && text.get(fault.span.clone()).is_some()));
    }
}
