//! Whatever is set and not cut, all of it is on the wall, once, inside its box, no line over another.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yingbi::{
    item::{Paragraph, ParagraphKind, Point, parse_body},
    stage::{Block, Content, Field, Fill, Standing, Template},
    text::Compositor,
    units::{BLACK, Size},
};

/// How often each character that is no space is said.
fn tally<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeMap<char, usize> {
    let mut tally = BTreeMap::new();
    let characters = texts.into_iter().flat_map(str::chars);
    for character in characters.filter(|character| !character.is_whitespace()) {
        *tally.entry(character).or_default() += 1;
    }
    tally
}

/// What of a content the paged box of `template` has to show.
fn written(content: &Content) -> BTreeMap<char, usize> {
    let head = [&*content.title, &*content.number, &*content.department];
    tally(
        head.into_iter()
            .chain(content.body.iter().map(|paragraph| &*paragraph.text)),
    )
}

/// A notice in one box, with a margin where there is room for one.
fn template(margin: i32, largest: u16, leading: u32) -> Template {
    Template {
        name: "t".into(),
        title: "t".into(),
        background: BLACK,
        gap: 0,
        blocks: vec![Block {
            x: margin,
            width: (margin > 0).then_some(-margin),
            fill: Fill::Flow([Field::Title, Field::Number, Field::Body, Field::Department].into()),
            paged: true,
            size: largest,
            leading,
            ..Block::default()
        }],
    }
}

/// Margin, largest size and leading.
fn styles() -> impl Strategy<Value = Template> {
    let style = (0_i32..=16, prop_oneof![Just(16_u16), Just(32), Just(128)], 0_u32..8);
    style.prop_map(|(margin, largest, leading)| template(margin, largest, leading))
}

fn check_lines(page: &[Standing], size: Size) -> Result<(), TestCaseError> {
    for (at, standing) in page.iter().enumerate() {
        let (line, area) = (&standing.line, standing.area);
        prop_assert!(area.right() <= size.width && area.bottom() <= size.height);
        let bottom = line.y + u32::from(standing.kind.dots());
        prop_assert!(
            area.x <= line.x && line.x + line.width <= area.right(),
            "{:?}",
            standing
        );
        prop_assert!(area.y <= line.y && bottom <= area.bottom(), "{:?}", standing);
        for placed in line.glyphs.iter() {
            // A glyph that is not there has no ink.
            if let Some(ink) = standing.kind.ink(placed.character).filter(|ink| !ink.is_empty()) {
                let cell = i64::from(line.x) + i64::from(placed.x);
                let (left, right) = (cell + i64::from(ink.start), cell + i64::from(ink.end));
                prop_assert!(
                    i64::from(area.x) <= left && right <= i64::from(area.right()),
                    "{:?}",
                    placed
                );
            }
        }
        let below = page[at + 1..].iter().filter(|other| other.block == standing.block);
        for other in below {
            prop_assert!(other.line.y >= bottom, "{:?} over {:?}", other, standing);
        }
    }
    Ok(())
}

fn paragraph() -> impl Strategy<Value = Paragraph> {
    let text = "([一-龥，。；：、（）《》“”]|[0-9]{1,3}[年月日万%]?|[a-z]{1,4}){1,60}";
    let kind = prop_oneof![
        4 => Just(ParagraphKind::Text),
        1 => Just(ParagraphKind::Heading),
        2 => (0_u8..4).prop_map(|depth| ParagraphKind::Point(Point { depth, mark: 3 })),
    ];
    (kind, text).prop_map(|(kind, text)| match kind {
        ParagraphKind::Point(_) => Paragraph::new(kind, format!("●{text}")),
        _ => Paragraph::new(kind, text),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_character_of_a_notice_is_on_some_page_once(
        title in "[一-龥a-z0-9，《》]{0,40}", number in prop_oneof![Just(""), Just("示例发〔2026〕23号")],
        department in "[一-龥]{0,12}", body in prop::collection::vec(paragraph(), 0..8),
        (width, height) in (64_u32..=640, 16_u32..=320), template in styles(),
    ) {
        let content = Content {
            title: title.into(), number: number.into(), department: department.into(), body, ..Content::default()
        };
        let (size, compositor) = (Size::new(width, height), Compositor::default());
        let measured = template.measure(&compositor, &content, size);
        let setting = measured.setting.expect("a flow");
        prop_assert!(!setting.cut && setting.pages as usize == measured.pages.len());
        let pages = template.lines(&compositor, &content, size);
        let shown = pages.iter().flatten().map(|standing| &*standing.line.text);
        prop_assert_eq!(tally(shown), written(&content));
        for page in &pages {
            check_lines(page, size)?;
            prop_assert!(page.iter().all(|standing| standing.kind.dots() == setting.dots));
        }
    }

    #[test]
    fn every_cell_of_a_table_is_on_some_page(
        cells in prop::collection::vec("[一-龥]{0,9}|[0-9]{1,4}万元", 4..24), columns in 1_usize..5,
        (width, height) in (64_u32..=640, 16_u32..=320), template in styles(),
    ) {
        let row = |cells: &[String]| format!("|{}|\n", cells.join("|"));
        let mut rows = cells.chunks_exact(columns).map(row);
        let head = rows.next().expect("four cells");
        let table = format!("{head}|{}\n{}", "-|".repeat(columns), rows.collect::<String>());
        let content = Content { body: parse_body(&table).paragraphs, ..Content::default() };
        let (size, compositor) = (Size::new(width, height), Compositor::default());
        let pages = template.lines(&compositor, &content, size);
        for page in &pages {
            check_lines(page, size)?;
        }
        // The head may be said more than once, or not where no cell is below it.
        let shown = tally(pages.iter().flatten().map(|standing| &*standing.line.text));
        for (character, count) in tally(cells.chunks_exact(columns).skip(1).flatten().map(String::as_str)) {
            prop_assert!(shown.get(&character).is_some_and(|shown| *shown >= count), "{}: {:?}", character, pages);
        }
    }
}
