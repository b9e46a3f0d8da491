//! The days of a posting.

use jiff::civil::{Date, date};
use yingbi::{
    frame::Frame,
    item::{Paragraph, ParagraphKind},
    site::Colour,
    stage::{Block, Content, Field, Fill, Template},
    text::{Align, Compositor, Type},
    units::{BLACK, Size, Tick},
};

use super::picture::at;

const AUTUMN: (Date, Date) = (date(2026, 9, 29), date(2026, 10, 10));
const NEW_YEAR: (Date, Date) = (date(2026, 12, 28), date(2027, 1, 4));

fn painted(block: Block, content: &Content, size: Size) -> Frame {
    let template = Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![block],
    };
    let mut frame = Frame::new(size);
    template
        .prepare(&Compositor::default(), content, 0, size, Colour::Full)
        .paint(at(0), Tick(0), &mut frame);
    frame
}

/// LEDs that it takes on one line.
fn width(text: &str) -> u32 {
    Compositor::default().width(text, Type::default())
}

/// A box of `field` shows of this posting what one of the fixed text `words` shows.
#[track_caller]
fn shows(field: Field, period: Option<(Date, Date)>, words: &str, width: u32) {
    let size = Size::new(width, 16);
    let content = Content {
        period,
        ..Content::default()
    };
    let block = |fill| Block {
        fill,
        ..Block::default()
    };
    let shown = painted(block(Fill::Field(field)), &content, size);
    let expected = painted(block(Fill::Text(words.into())), &content, size);
    assert!(shown == expected, "not {words}");
}

#[test]
fn the_days_of_a_posting_are_written_as_a_notice_writes_them() {
    shows(Field::FirstDay, Some(AUTUMN), "2026年9月29日", 300);
    shows(Field::LastDay, Some(AUTUMN), "2026年10月10日", 300);
    shows(Field::Period, Some(AUTUMN), "2026年9月29日至10月10日", 300);
    shows(Field::Period, Some(NEW_YEAR), "2026年12月28日至2027年1月4日", 300);
    shows(Field::Period, Some((AUTUMN.0, AUTUMN.0)), "2026年9月29日", 300);
}

#[test]
fn an_item_that_is_no_posting_shows_none() {
    for field in [Field::FirstDay, Field::LastDay, Field::Period] {
        shows(field, None, " ", 300);
    }
}

#[test]
fn where_years_find_no_room_the_days_are_said_without_them() {
    let full = "2026年9月29日至10月10日";
    let room = width(full);
    shows(Field::Period, Some(AUTUMN), full, room);
    // A few LEDs come from the spaces beside digits.
    shows(Field::Period, Some(AUTUMN), "9月29日至10月10日", room - 8);
    shows(Field::Period, Some(NEW_YEAR), "12月28日至1月4日", room - 8);
}

/// The lines that a flow of title, posting days and text shows in a zone of `width`, against lines each placed by `align`.
#[track_caller]
fn flows(field: Field, width: u32, days: &str) {
    let title = "拟任职公示";
    let size = Size::new(width, 48);
    let content = Content {
        title: title.into(),
        period: Some(AUTUMN),
        body: vec![Paragraph::new(ParagraphKind::Text, "如有异议，请反映。")],
        ..Content::default()
    };
    let flow = Block {
        fill: Fill::Flow([Field::Title, field, Field::Body].into()),
        paged: true,
        leading: 0,
        indent: 0,
        ..Block::default()
    };
    let line = |text: &str, align| {
        let block = Block {
            fill: Fill::Text(text.into()),
            align,
            ..Block::default()
        };
        painted(block, &Content::default(), Size::new(width, 16))
    };
    let mut expected = Frame::new(size);
    expected.copy_frame(&line(title, Align::Centre), 0, 0);
    expected.copy_frame(&line(days, Align::Centre), 0, 16);
    expected.copy_frame(&line("如有异议，请反映。", Align::Left), 0, 32);
    assert!(painted(flow, &content, size) == expected, "not {days}");
}

#[test]
fn in_a_flow_the_days_are_a_centred_line_that_says_what_they_are() {
    let full = "公示期：2026年9月29日至10月10日";
    flows(Field::Period, width(full), full);
    flows(Field::Period, width(full) - 1, "公示期：9月29日至10月10日");
    flows(Field::FirstDay, 248, "公示首日：2026年9月29日");
    flows(Field::LastDay, 248, "公示末日：2026年10月10日");
}

#[test]
fn a_text_that_names_a_field_is_shown_as_it_is_written() {
    let content = |text: &str| Content {
        period: Some(AUTUMN),
        body: vec![Paragraph::new(ParagraphKind::Text, text)],
        ..Content::default()
    };
    let block = || Block {
        fill: Fill::Field(Field::Body),
        ..Block::default()
    };
    let size = Size::new(200, 16);
    let shown = painted(block(), &content("{公示期} {period}"), size);
    let fixed = Block {
        fill: Fill::Text("{公示期} {period}".into()),
        ..Block::default()
    };
    assert!(shown == painted(fixed, &Content::default(), size));
}
