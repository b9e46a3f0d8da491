//! A notice as it is written, one field below the other, on one page or several.
//!
//! Title, number and posting days are centred, body paragraphs indented, points hung, tables set in columns, department and date stand
//! at the right. The ladder: the largest size from the box's own down to its least at which all fits one page, a title on no more than
//! three lines; at the least size, lines that stand closer; at the least size, pages. Where pages end is decided in [`super::deal`].
//! What takes more pages than it may is cut: see [`super::cut`].

use std::{borrow::Cow, ops::Range, sync::Arc};

use embedded_graphics::pixelcolor::Rgb888;
use jiff::civil::Date;

use super::{
    boxes::{Block, Fill},
    content::{Content, Extent},
    cut,
    deal::{self, First, Foot},
    field::{self, Field},
    fit, hang, rows,
};
use crate::{
    item::{Chart, Paragraph, ParagraphKind, Point},
    text::{Align, Compositor, Line, Placed, Style},
    units::Area,
};

/// From so many lines a page on, department and date take the last line of the body along.
const CLOSING: usize = 3;

/// The most lines of a title, unless it is set at the least size.
pub(super) const TITLE: usize = 3;

/// From so many characters a line on, paragraphs are indented and points hung.
const WIDE: u32 = 10;

/// From so many LEDs between two lines on, there is room for a rule.
const RULED: u32 = 2;

/// A flow on its pages: at least one.
#[derive(Clone, Debug)]
pub(super) struct Flow {
    /// Its type.
    pub(super) style: Style,
    /// The lines of each page, `y` counted from the box's top.
    pub(super) pages: Vec<Vec<Set>>,
    /// How many pages all of it would take: more than there are where it is cut.
    pub(super) whole: usize,
}

/// A line with its colours.
#[derive(Clone, Debug)]
pub(super) struct Set {
    pub(super) line: Line,
    pub(super) colour: Rgb888,
    /// The bytes of its paragraph that have the colour beside it.
    pub(super) emphasis: Arc<[Range<u32>]>,
    pub(super) accent: Rgb888,
    pub(super) foot: Foot,
    /// LEDs of a rule below it, where there is one and room for it.
    pub(super) rule: Option<u32>,
    /// What stands above it where a page begins with it: the head of its table.
    pub(super) above: Arc<[Self]>,
}

/// The paper that lines are set on: what does not change from part to part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paper<'a> {
    pub(super) compositor: &'a Compositor,
    pub(super) style: Style,
    /// LEDs that a line has.
    pub(super) width: u32,
    /// Lines that a page has: at least one.
    pub(super) per_page: usize,
    /// The colour of emphasis.
    pub(super) accent: Rgb888,
    /// Whether tables take all of the width.
    pub(super) is_spread: bool,
}

/// How one paragraph is set.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) emphasis: Arc<[Range<u32>]>,
    pub(super) align: Align,
    pub(super) colour: Rgb888,
    pub(super) form: Form,
    pub(super) role: Role,
}

/// The shape of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Its first line indented by so many characters.
    Text(u8),
    /// The item's title.
    Title,
    /// With its mark.
    Point(Point),
    /// Rows and columns.
    Table { headed: bool },
}

/// Where a paragraph belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// On the page of what follows: a title, a heading.
    Head,
    /// Anywhere.
    Text,
    /// On the page of what stands before: department and date.
    Tail,
}

/// Sets what `block` shows of `content` in a box of `area`, on as many pages as it takes and may take.
pub(super) fn flow(compositor: &Compositor, block: &Block, content: &Content, area: Area) -> Flow {
    set(compositor, block, content, area, false)
}

/// The same with tables as wide as the box.
pub(super) fn spread(compositor: &Compositor, block: &Block, content: &Content, area: Area) -> Flow {
    set(compositor, block, content, area, true)
}

fn set(compositor: &Compositor, block: &Block, content: &Content, area: Area, is_spread: bool) -> Flow {
    let paper = |dots| Paper {
        is_spread,
        ..Paper::new(compositor, block, dots, area)
    };
    let sizes = block.sizes(area);
    let larger = &sizes[..sizes.len() - 1];
    let on_one = larger.iter().find_map(|dots| {
        let paper = paper(*dots);
        let lines = paper.larger(&parts(block, content, &paper))?;
        Some((paper.style, vec![lines], 1))
    });
    let (style, mut pages, whole) = on_one.unwrap_or_else(|| {
        let paper = paper(sizes[sizes.len() - 1]);
        paper.least(&parts(block, content, &paper), block, content, area)
    });
    let pitch = style.line_height() + style.leading;
    for page in &mut pages {
        let height = (page.len() as u32 * pitch).saturating_sub(style.leading);
        let top = fit::offset(block.valign, area.height, height);
        for (at, set) in page.iter_mut().enumerate() {
            set.line.y = top + at as u32 * pitch;
        }
    }
    Flow { style, pages, whole }
}

/// The paragraphs of the block, in order.
fn parts<'a>(block: &Block, content: &'a Content, paper: &Paper<'_>) -> Vec<Part<'a>> {
    let fields = match &block.fill {
        Fill::Flow(fields) => &fields[..],
        Fill::Field(field) => std::slice::from_ref(field),
        Fill::Nothing | Fill::Text(_) => &[],
    };
    let mut parts = Vec::new();
    for field in fields {
        match field {
            Field::Chart => parts.extend(content.chart.as_ref().map(|chart| charted(block, chart))),
            Field::Body => parts.extend(content.body.iter().enumerate().map(|(at, paragraph)| Part {
                form: form(block, paragraph, at == 0),
                ..body(block, paragraph)
            })),
            field => parts.extend(line(*field, block, content, paper)),
        }
    }
    parts.retain(|part| !part.text.trim().is_empty());
    parts
}

/// The figures of a chart among text: in words, for there is no room for bars.
fn charted<'a>(block: &Block, chart: &Chart) -> Part<'a> {
    Part {
        text: field::charted(chart).into(),
        emphasis: Arc::default(),
        align: block.align,
        colour: block.colour,
        form: Form::Text(block.indent),
        role: Role::Text,
    }
}

/// A field that is a paragraph of its own; `None` for the body, and for what does not stand still.
fn line<'a>(field: Field, block: &Block, content: &'a Content, paper: &Paper<'_>) -> Option<Part<'a>> {
    let alone = !matches!(block.fill, Fill::Flow(_));
    let day = |date: Date| Cow::Owned(field::date(date));
    // Among others a day would not say what it is a day of.
    let labelled = |label: &str, text: String| Cow::Owned(if alone { text } else { format!("{label}：{text}") });
    let (text, align, colour): (Cow<'a, str>, _, _) = match field {
        Field::Title => ((*content.title).into(), Align::Centre, block.accent),
        Field::Number => ((*content.number).into(), Align::Centre, block.dated),
        Field::Column => ((*content.column).into(), block.align, block.accent),
        Field::Site => ((*content.site).into(), Align::Right, block.colour),
        Field::Department => ((*content.department).into(), Align::Right, block.colour),
        Field::Published => (day(content.published?), Align::Right, block.dated),
        Field::FirstDay => {
            let (first, _) = content.period?;
            (labelled("公示首日", field::date(first)), Align::Centre, block.dated)
        }
        Field::LastDay => {
            let (_, last) = content.period?;
            (labelled("公示末日", field::date(last)), Align::Centre, block.dated)
        }
        Field::Period => {
            let period = content.period?;
            let full = labelled("公示期", field::period(period));
            let brief = || labelled("公示期", field::brief_period(period));
            let fits = paper.compositor.width(&full, paper.style.kind) <= paper.width;
            (if fits { full } else { brief() }, Align::Centre, block.dated)
        }
        Field::Body | Field::Page | Field::Code | Field::Media | Field::Chart => return None,
        Field::DaysLeft | Field::DayNumber | Field::Time(_) => return None,
    };
    Some(Part {
        text,
        emphasis: Arc::default(),
        align: if alone { block.align } else { align },
        colour: if alone { block.colour } else { colour },
        form: if field == Field::Title {
            Form::Title
        } else {
            Form::Text(0)
        },
        role: Role::of(align),
    })
}

fn body<'a>(block: &Block, paragraph: &'a Paragraph) -> Part<'a> {
    let heading = paragraph.kind == ParagraphKind::Heading;
    Part {
        text: (*paragraph.text).into(),
        emphasis: Arc::clone(&paragraph.emphasis),
        align: block.align,
        colour: if heading { block.accent } else { block.colour },
        form: form(block, paragraph, false),
        role: if heading { Role::Head } else { Role::Text },
    }
}

/// How a paragraph of the body is set; the `first` may say whom a notice is for, and stands at the edge.
fn form(block: &Block, paragraph: &Paragraph, first: bool) -> Form {
    match paragraph.kind {
        ParagraphKind::Text if first && is_address(&paragraph.text) => Form::Text(0),
        ParagraphKind::Text => Form::Text(block.indent),
        ParagraphKind::Heading => Form::Text(0),
        ParagraphKind::Point(point) => Form::Point(point),
        ParagraphKind::Table { headed } => Form::Table { headed },
    }
}

/// Whether a paragraph is the 主送 of a notice: 各处室、各出资企业：
fn is_address(text: &str) -> bool {
    const WHOM: [&str; 24] = [
        "单位",
        "处室",
        "科室",
        "企业",
        "公司",
        "部门",
        "机构",
        "政府",
        "委员会",
        "厅",
        "局",
        "委",
        "办",
        "院",
        "校",
        "中心",
        "同志",
        "代表",
        "来宾",
        "朋友",
        "群众",
        "同事",
        "领导",
        "职工",
    ];
    let Some(whom) = text.strip_suffix('：') else {
        return false;
    };
    WHOM.iter().any(|end| whom.ends_with(end)) && !whom.contains(['。', '；', '！', '？', '，', '\n'])
}

impl Role {
    /// That of a field that is set so.
    const fn of(align: Align) -> Self {
        match align {
            Align::Left | Align::Both => Self::Text,
            Align::Centre => Self::Head,
            Align::Right => Self::Tail,
        }
    }
}

impl<'a> Paper<'a> {
    fn new(compositor: &'a Compositor, block: &Block, dots: u16, area: Area) -> Self {
        let style = block.style(dots);
        Self {
            compositor,
            style,
            width: area.width,
            per_page: style.lines_in(area.height) as usize,
            accent: block.accent,
            is_spread: false,
        }
    }

    /// Whether lines are so long that paragraphs are indented and points hung.
    pub(super) fn is_wide(&self) -> bool {
        self.width >= WIDE * self.style.line_height()
    }

    /// All of `parts` where they fit one page at more than the least size; else `None`.
    fn larger(&self, parts: &[Part<'_>]) -> Option<Vec<Set>> {
        let mut lines = Vec::new();
        let mut least: usize = parts.iter().map(|part| self.lines_at_least(part)).sum();
        for part in parts {
            if least > self.per_page {
                return None;
            }
            let set = self.set(part);
            if part.form == Form::Title && set.len() > TITLE {
                return None;
            }
            least += set.len() - self.lines_at_least(part).min(set.len());
            lines.extend(set);
        }
        (lines.len() <= self.per_page).then_some(lines)
    }

    /// All of `parts` at the least size: on one page, lines closer where that makes them fit; else on pages, as many as there may be,
    /// and how many all of it would take.
    fn least(&self, parts: &[Part<'_>], block: &Block, content: &Content, area: Area) -> (Style, Vec<Vec<Set>>, usize) {
        let set: Vec<(Role, Vec<Set>)> = parts.iter().map(|part| (part.role, self.set(part))).collect();
        let count: usize = set.iter().map(|(_, lines)| lines.len()).sum();
        if let Some(style) = fit::tightened(&self.style, block.least_leading(), count, area.height) {
            let lines = set.into_iter().flat_map(|(_, lines)| lines).collect();
            return (style, vec![lines], 1);
        }
        let most = usize::from(content.extent.pages.clamp(1, Extent::LIMIT));
        let pages = self.pages(set.clone(), First::Rules);
        if pages.len() <= most {
            let whole = pages.len();
            return (self.style, pages, whole);
        }
        // Rather a line alone than a text that is cut.
        let fewer = self.pages(set, First::Pages);
        if fewer.len() <= most {
            let whole = fewer.len();
            return (self.style, fewer, whole);
        }
        (self.style, cut::cut(parts, self, block, &content.extent), pages.len())
    }

    /// So many lines a part takes at least: hanzi are never squeezed.
    fn lines_at_least(&self, part: &Part<'_>) -> usize {
        let hanzi = part.text.chars().filter(|character| is_hanzi(*character)).count();
        (hanzi * self.style.line_height() as usize).div_ceil(self.width.max(1) as usize)
    }

    /// The lines of one paragraph; centred ones are broken by sense.
    pub(super) fn set(&self, part: &Part<'_>) -> Vec<Set> {
        let mut style = Style {
            align: part.align,
            ..self.style
        };
        let lines = match part.form {
            Form::Table { headed } => return rows::set(self, part, headed),
            Form::Point(point) if self.is_wide() => hang::point(self.compositor, &part.text, point, &style, self.width),
            Form::Text(indent) if self.is_wide() => {
                style.indent = u32::from(indent) * style.line_height();
                self.compositor.lines(&part.text, &style, self.width)
            }
            Form::Point(_) | Form::Text(_) | Form::Title => self.compositor.lines(&part.text, &style, self.width),
        };
        let of = lines.len();
        let set = |(at, line)| Set {
            foot: Foot {
                keep: part.role == Role::Head,
                at,
                of,
                head: 0,
            },
            ..self.line(part, line)
        };
        lines.into_iter().enumerate().map(set).collect()
    }

    /// A line of `part`.
    pub(super) fn line(&self, part: &Part<'_>, line: Line) -> Set {
        Set {
            line,
            colour: part.colour,
            emphasis: Arc::clone(&part.emphasis),
            accent: self.accent,
            foot: Foot::default(),
            rule: None,
            above: Arc::default(),
        }
    }

    /// The lines of parts dealt onto pages: at least one.
    pub(super) fn pages(&self, parts: impl IntoIterator<Item = (Role, Vec<Set>)>, first: First) -> Vec<Vec<Set>> {
        let mut lines: Vec<Set> = Vec::new();
        for (role, set) in parts {
            if let Some(before) = lines.last_mut() {
                before.foot.keep |= role == Role::Tail && self.per_page >= CLOSING;
            }
            lines.extend(set);
        }
        let feet: Vec<Foot> = lines.iter().map(|set| set.foot).collect();
        let mut lines = lines.into_iter();
        let page = |count| {
            let page: Vec<Set> = lines.by_ref().take(count).collect();
            let above = page.first().map_or(&[][..], |first| &first.above);
            above.iter().cloned().chain(page.iter().cloned()).collect()
        };
        deal::deal(&feet, self.per_page, first).into_iter().map(page).collect()
    }
}

impl Set {
    /// What of the line is set in its own colour, and what in that of emphasis.
    pub(super) fn split(&self) -> (Line, Line) {
        let is_emphasised = |placed: &&Placed| self.emphasis.iter().any(|span| span.contains(&placed.at));
        let with = |glyphs| Line {
            glyphs,
            ..self.line.clone()
        };
        if self.emphasis.is_empty() {
            return (self.line.clone(), with(Arc::default()));
        }
        let glyphs = &self.line.glyphs;
        (
            with(glyphs.iter().filter(|placed| !is_emphasised(placed)).copied().collect()),
            with(glyphs.iter().filter(is_emphasised).copied().collect()),
        )
    }

    /// Where the rule below the line lies in the zone, a line in `style` of a box at `area`: in the middle of the leading.
    pub(super) fn rule(&self, style: &Style, area: Area) -> Option<Area> {
        let width = self.rule.filter(|_| style.leading >= RULED)?;
        let y = self.line.y + style.line_height() + (style.leading - 1) / 2;
        (y < area.height).then(|| Area::new(area.x, area.y + y, width.min(area.width), 1))
    }
}

const fn is_hanzi(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}
