//! Errors by the vendor's numbers.

use std::collections::BTreeSet;

use yingbi::{controller::onbon::message::ErrorCode, diagnostic::Explain as _};

#[test]
fn every_number_of_the_vendor_has_its_name_and_a_remedy() {
    let mut names = BTreeSet::new();
    for code in (0..=29).map(ErrorCode) {
        let (zh, en) = code.names().unwrap();
        assert!(names.insert(zh) && names.insert(en));
        assert_eq!(code.chinese(), format!("错误 {}：{zh}", code.0));
        assert_eq!(code.to_string(), format!("error {}: {en}", code.0));
        assert!(!code.help().zh.is_empty() && !code.help().en.is_empty());
    }
    assert_eq!(ErrorCode::BUSY.chinese(), "错误 3：控制器忙碌");
    assert_eq!(ErrorCode(14), ErrorCode::DATE);
    assert_eq!(ErrorCode(23), ErrorCode::USES_SECRET);
}

#[test]
fn a_number_that_the_vendor_does_not_name_is_told_as_such() {
    for code in [30, 255, 65_535].map(ErrorCode) {
        assert_eq!(code.names(), None);
        assert!(code.to_string().contains(&code.0.to_string()) && code.chinese().contains("厂家没有说明"));
    }
}

#[test]
fn what_passes_is_what_may_be_asked_again() {
    let passing: Vec<u16> = (0..100).filter(|code| ErrorCode(*code).passes()).collect();
    assert_eq!(passing, [3, 5, 8]);
}
