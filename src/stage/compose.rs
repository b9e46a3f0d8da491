//! One page of a content, put on a picture.

use embedded_graphics::pixelcolor::Rgb888;
use jiff::{SignedDuration, civil::DateTime};

use super::{
    banner::{self, Banner},
    boxes::{Block, Fill},
    chart::{self, Inked, Plot},
    code::{self, Code},
    content::Content,
    course::Course,
    field::Field,
    film::Reel,
    fit::{self, Fitted},
    flow::{self, Flow, Set},
    ink::Ink,
    live::{LiveText, Telling},
    palette::Palette,
    pane::Pane,
    picture, place,
    roll::Roll,
    scene::{Face, TURN},
    setting::{Setting, Standing},
    template::Template,
};
use crate::{
    clip::Footages,
    frame::Frame,
    text::{Align, Compositor, Line, Style, Type},
    units::Area,
};

/// A content laid out for one size of zone: what measuring and painting have in common.
pub(super) struct Layout<'a> {
    compositor: &'a Compositor,
    template: &'a Template,
    content: &'a Content,
    pane: Pane,
    /// The boxes that lie in the zone.
    places: Vec<(&'a Block, Area)>,
    flow: Option<Flow>,
    /// What runs where it does not fit.
    banner: Option<Banner>,
    /// The chart, in its box.
    plot: Option<Plot>,
}

impl<'a> Layout<'a> {
    pub(super) fn new(compositor: &'a Compositor, template: &'a Template, content: &'a Content, pane: Pane) -> Self {
        let places = place::places(compositor, template, content, pane.size);
        let first = |is: fn(&Block) -> bool| places.iter().find(|(block, _)| is(block)).copied();
        let (paged, scrolled) = (first(|block| block.paged), first(|block| block.scroll));
        let charted = first(is_chart);
        Self {
            compositor,
            template,
            content,
            pane,
            flow: paged.map(|(block, area)| flow::flow(compositor, block, content, area)),
            plot: charted.and_then(|(block, area)| chart::plot(compositor, block, content, area)),
            banner: scrolled.and_then(|(block, area)| banner::set(compositor, block, content, area)),
            places,
        }
    }

    /// How many pages there are, at least one.
    pub(super) fn pages(&self) -> u16 {
        let pages = self.flow.as_ref().map_or(1, |flow| flow.pages.len());
        let pages = pages.max(self.plot.as_ref().map_or(1, |plot| plot.pages.len()));
        u16::try_from(pages).unwrap_or(u16::MAX).max(1)
    }

    /// How many pages all of it would take, were it not cut: at least as many as there are.
    pub(super) fn whole(&self) -> u32 {
        let paged = self.flow.as_ref().map_or(1, |flow| flow.whole);
        let paged = paged.max(self.plot.as_ref().map_or(1, |plot| plot.whole));
        let whole = self.banner.as_ref().map_or(paged, |banner| banner.whole);
        u32::try_from(whole).unwrap_or(u32::MAX).max(1)
    }

    /// How the box that makes pages or may run is set; where none does, the first one that shows something of the item.
    pub(super) fn setting(&self) -> Option<Setting> {
        let pages = self.pages();
        // Type that is larger than its box is cut however short the text.
        let is_clipped = |block: &Block, dots: u16| {
            let area = self.blocks().find(|(other, _)| std::ptr::eq(*other, block));
            area.is_some_and(|(_, area)| u32::from(dots) > area.width.min(area.height))
        };
        let setting = |block: &Block, style: &Style, cut| Setting {
            dots: style.kind.dots(),
            leading: style.leading,
            tightened: style.leading < block.leading,
            pages,
            scrolls: false,
            cut: cut || is_clipped(block, style.kind.dots()),
        };
        let of_flow = |(block, _): (&Block, Area)| {
            let flow = self.flow.as_ref().filter(|_| block.paged)?;
            Some(setting(block, &flow.style, flow.whole > flow.pages.len()))
        };
        let of_banner = |(block, _): (&Block, Area)| {
            let banner = self.banner.as_ref().filter(|_| block.scroll)?;
            Some(Setting {
                scrolls: banner.distance > 0,
                ..setting(block, &banner.style, banner.whole > 1)
            })
        };
        let of_box = |(block, area): (&Block, Area)| {
            let fitted = self
                .fitted(block, area, 0)
                .filter(|_| is_read(block) && !block.paged && !block.scroll)?;
            Some(setting(block, &fitted.style, fitted.is_cut()))
        };
        let of_plot = |(block, _): (&Block, Area)| {
            let plot = self.plot.as_ref().filter(|_| is_chart(block))?;
            Some(setting(block, &block.style(plot.dots), plot.is_cut()))
        };
        self.blocks()
            .find_map(|place| of_flow(place).or_else(|| of_banner(place)).or_else(|| of_plot(place)))
            .or_else(|| self.blocks().find_map(of_box))
    }

    /// The lines of page `page` box by box; what runs as it stands at first.
    pub(super) fn lines(&self, page: u16) -> Vec<Standing> {
        let at = |block: &Block| self.template.blocks.iter().position(|other| std::ptr::eq(other, block));
        let placed = self
            .blocks()
            .filter_map(|(block, area)| Some((at(block)?, block, area)));
        let lines = placed.flat_map(|(at, block, area)| {
            let lines = self.type_of(block, area, page).into_iter();
            lines.map(move |Inked { kind, colour, line }| Standing {
                block: at,
                area,
                kind,
                colour,
                line: Line {
                    x: area.x + line.x,
                    y: area.y + line.y,
                    ..line
                },
            })
        });
        lines.collect()
    }

    /// What page `page` says as the clock shows `civil`: see [`Template::words`].
    pub(super) fn words(&self, page: u16, civil: DateTime) -> Vec<String> {
        let turn = self.turns().first().copied().flatten();
        let blocks = self
            .blocks()
            .filter(|(block, _)| block.turn.is_none() || block.turn == turn);
        let said = blocks.flat_map(|(block, area)| self.said(block, area, page, civil));
        rows(said.collect())
    }

    /// What a box says, line by line.
    fn said(&self, block: &Block, area: Area, page: u16, civil: DateTime) -> Vec<Said> {
        if let Fill::Field(field) = &block.fill
            && let Some(telling) = Telling::of(*field, self.content)
        {
            let said = |text| Said {
                x: area.x,
                y: area.y,
                height: area.height,
                text,
            };
            return telling.said(block, civil).map(said).into_iter().collect();
        }
        let said = |Inked { kind, line, .. }: Inked| Said {
            x: area.x + line.x,
            y: area.y + line.y,
            height: kind.dots().into(),
            text: line.text.to_string(),
        };
        self.type_of(block, area, page).into_iter().map(said).collect()
    }

    /// The lines of type that a box shows on page `page`, with their colours.
    fn type_of(&self, block: &Block, area: Area, page: u16) -> Vec<Inked> {
        let all = |kind: Type, lines: Vec<(Rgb888, Line)>| -> Vec<Inked> {
            let inked = |(colour, line)| Inked { kind, colour, line };
            lines.into_iter().map(inked).collect()
        };
        if is_chart(block) {
            let drawn = self.plot.as_ref().and_then(|plot| plot.page(page));
            return drawn.map(|page| page.lines.clone()).unwrap_or_default();
        }
        if block.scroll {
            let lines = |banner: &Banner| {
                banner
                    .lines
                    .iter()
                    .map(|(line, colour)| (*colour, line.clone()))
                    .collect()
            };
            let banner = self.banner.as_ref();
            return banner
                .map(|banner| all(banner.style.kind, lines(banner)))
                .unwrap_or_default();
        }
        if block.paged {
            let lines = || {
                self.page(page)
                    .iter()
                    .map(|set| (set.colour, set.line.clone()))
                    .collect()
            };
            return self
                .flow
                .as_ref()
                .map(|flow| all(flow.style.kind, lines()))
                .unwrap_or_default();
        }
        let fitted = self.fitted(block, area, page);
        let lines = |fitted: Fitted| {
            let lines = fitted.page.lines.into_iter().map(|line| (block.colour, line));
            all(fitted.style.kind, lines.collect())
        };
        fitted.map(lines).unwrap_or_default()
    }

    /// The way of what runs, where anything does.
    fn course(&self) -> Option<Course> {
        let banner = self.banner.as_ref().filter(|banner| banner.distance > 0)?;
        let (dots, pane) = (banner.style.kind.dots(), self.pane);
        Some(Course::new(banner.distance, dots, pane.motion, pane.rate))
    }

    /// How long page `page` must stay: see [`Template::measure`].
    pub(super) fn dwell(&self, page: u16) -> SignedDuration {
        match self.course() {
            Some(course) => self.pane.rate.duration(course.length()),
            None => SignedDuration::from_millis(self.reading(page)),
        }
    }

    /// How long it takes to read page `page`, in milliseconds.
    fn reading(&self, page: u16) -> i64 {
        let banner = self.banner.as_ref().filter(|_| page == 0);
        let flowing = self
            .page(page)
            .iter()
            .map(|set| characters(&set.line.text))
            .sum::<usize>()
            + banner.map_or(0, |banner| banner.characters)
            + self.plot.as_ref().map_or(0, |plot| plot.characters(page));
        let repeated = if page == 0 { self.repeated() } else { 0 };
        let reading = i64::try_from(flowing + repeated)
            .unwrap_or(i64::MAX)
            .saturating_mul(250);
        let turning = i64::try_from(self.turns().len()).unwrap_or(1) * TURN * 1000;
        // A picture beside the words is looked at as well, and its code is scanned.
        let least = if self.content.is_beside { 10_000 } else { 3000 };
        reading.max(least).max(if self.turns().len() > 1 { turning } else { 0 })
    }

    /// The looks of page `page`; its films are asked of `footages`.
    pub(super) fn faces(&self, page: u16, palette: Palette, footages: &dyn Footages) -> Vec<Face> {
        self.turns()
            .into_iter()
            .map(|turn| self.face(page, turn, palette, footages))
            .collect()
    }

    fn face(&self, page: u16, turn: Option<u8>, palette: Palette, footages: &dyn Footages) -> Face {
        let mut face = Face::new(Frame::new(self.pane.size));
        face.still.fill(palette.page(self.template.background));
        for (block, area) in self.blocks() {
            if block.turn.is_none() || block.turn == turn {
                self.paint(block, area, page, palette, &mut face);
                self.roll(block, area, footages, &mut face);
            }
        }
        face
    }

    fn paint(&self, block: &Block, area: Area, page: u16, palette: Palette, face: &mut Face) {
        let (ink, ground) = palette.pair(block.colour, block.background);
        match &block.fill {
            Fill::Nothing => {
                if let Some(colour) = block.background {
                    face.still.fill_area(area, palette.bar(colour, area));
                }
            }
            Fill::Field(field) if let Some(telling) = Telling::of(*field, self.content) => {
                ground.into_iter().for_each(|colour| face.still.fill_area(area, colour));
                face.live.push(live(self.compositor, telling, block, area, ink));
            }
            Fill::Field(Field::Chart) if is_chart(block) => {
                ground.into_iter().for_each(|colour| face.still.fill_area(area, colour));
                self.paint_plot(block, area, page, palette, &mut face.still);
            }
            Fill::Field(Field::Media) => self.paint_media(area, palette, &mut face.still),
            Fill::Field(Field::Code) => {
                if !self.content.link.is_empty() {
                    self.paint_code(block, area, palette, &mut face.still);
                }
            }
            _ if block.scroll => {
                ground.into_iter().for_each(|colour| face.still.fill_area(area, colour));
                self.paint_banner(block, area, palette, face);
            }
            _ if block.paged => {
                ground.into_iter().for_each(|colour| face.still.fill_area(area, colour));
                self.paint_flow(block, area, page, palette, &mut face.still);
            }
            _ => {
                let Some(fitted) = self.fitted(block, area, page) else {
                    return;
                };
                ground.into_iter().for_each(|colour| face.still.fill_area(area, colour));
                for line in &fitted.page.lines {
                    put(self.compositor, line, fitted.style.kind, ink, area, &mut face.still);
                }
            }
        }
    }

    /// The chart's bars and rules, then its type.
    fn paint_plot(&self, block: &Block, area: Area, page: u16, palette: Palette, still: &mut Frame) {
        let Some(drawn) = self.plot.as_ref().and_then(|plot| plot.page(page)) else {
            return;
        };
        let ink = |colour| palette.pair(colour, block.background).0;
        for (fill, colour) in &drawn.fills {
            let fill = Area::new(area.x + fill.x, area.y + fill.y, fill.width, fill.height);
            still.fill_area(fill, ink(*colour));
        }
        for Inked { kind, colour, line } in &drawn.lines {
            put(self.compositor, line, *kind, ink(*colour), area, still);
        }
    }

    /// The picture beside the text, as its fitting says.
    fn paint_media(&self, area: Area, palette: Palette, still: &mut Frame) {
        let Some(picture) = self.content.picture.as_ref().filter(|_| self.content.is_beside) else {
            return;
        };
        let drawn = picture::drawn(picture, self.content.fitting, area.size(), palette.0);
        still.copy_frame(&drawn, area.x.into(), area.y.into());
    }

    /// The film beside the text: it was made as large as its box.
    fn roll(&self, block: &Block, area: Area, footages: &dyn Footages, face: &mut Face) {
        let film = self
            .content
            .film
            .as_ref()
            .filter(|film| self.content.is_beside && film.size == area.size());
        if let Some(film) = film.filter(|_| block.fill == Fill::Field(Field::Media)) {
            face.reels.push(Reel::new(film, area, footages));
        }
    }

    /// The code of the content's address, and below it in the accent what stands after it.
    fn paint_code(&self, block: &Block, area: Area, palette: Palette, still: &mut Frame) {
        let (light, _) = palette.pair(block.colour, None);
        let (above, below) = code::places(block, area);
        let is_there = Code::new(&self.content.link, above).is_some_and(|code| code.paint(light, above, still));
        let Some(below) = below.filter(|_| is_there) else {
            return;
        };
        let caption = Block {
            align: Align::Centre,
            ..block.clone()
        };
        let (ink, _) = palette.pair(block.accent, None);
        let fitted = fit::fit(self.compositor, &[&block.after], &caption, below);
        for line in &fitted.page.lines {
            put(self.compositor, line, fitted.style.kind, ink, below, still);
        }
    }

    fn paint_flow(&self, block: &Block, area: Area, page: u16, palette: Palette, still: &mut Frame) {
        let Some(flow) = &self.flow else {
            return;
        };
        let ink = |colour| palette.pair(colour, block.background).0;
        for set in self.page(page) {
            let (plain, emphasised) = set.split();
            for (line, colour) in [(plain, set.colour), (emphasised, set.accent)] {
                put(self.compositor, &line, flow.style.kind, ink(colour), area, still);
            }
            if let Some(rule) = set.rule(&flow.style, area) {
                still.fill_area(rule, ink(set.colour));
            }
        }
    }

    /// What stands still is put on the page; what runs is put on a picture of its own, which passes by.
    fn paint_banner(&self, block: &Block, area: Area, palette: Palette, face: &mut Face) {
        let Some(banner) = &self.banner else {
            return;
        };
        let put_all = |area: Area, picture: &mut Frame| {
            for (line, colour) in &banner.lines {
                let (ink, _) = palette.pair(*colour, block.background);
                put(self.compositor, line, banner.style.kind, ink, area, picture);
            }
        };
        let Some(course) = self.course() else {
            return put_all(area, &mut face.still);
        };
        let whole = Area::new(0, 0, area.width + banner.distance, area.height);
        let mut picture = Frame::new(whole.size());
        let (_, ground) = palette.pair(block.colour, block.background);
        picture.fill(ground.unwrap_or_else(|| palette.page(self.template.background)));
        put_all(whole, &mut picture);
        face.rolls.push(Roll::new(picture, area, course));
    }

    /// The type of a box that repeats on each page; `None` where it has nothing to show.
    fn fitted(&self, block: &Block, area: Area, page: u16) -> Option<Fitted> {
        let set = |texts: Vec<String>| {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            (!texts.is_empty()).then(|| fit::fit(self.compositor, &texts, block, area))
        };
        let fitted = set(texts(block, self.content, page, self.pages()))?;
        let brief = || set(brief(block, self.content)?);
        if fitted.is_cut() {
            brief().or(Some(fitted))
        } else {
            Some(fitted)
        }
    }

    /// How many characters of the item the boxes hold that repeat on each page.
    fn repeated(&self) -> usize {
        self.blocks()
            .filter(|(block, _)| !block.paged && !block.scroll && is_read(block))
            .filter_map(|(block, area)| self.fitted(block, area, 0))
            .flat_map(|fitted| fitted.page.lines)
            .map(|line| characters(&line.text))
            .sum()
    }

    /// The lines of page `page` of the box that makes pages.
    fn page(&self, page: u16) -> &[Set] {
        let page = self.flow.as_ref().and_then(|flow| flow.pages.get(usize::from(page)));
        page.map_or(&[], Vec::as_slice)
    }

    /// The turns that there are, in order; one of none where no box takes turns.
    fn turns(&self) -> Vec<Option<u8>> {
        let mut turns: Vec<Option<u8>> = self
            .blocks()
            .map(|(block, _)| block.turn)
            .filter(Option::is_some)
            .collect();
        turns.sort_unstable();
        turns.dedup();
        if turns.is_empty() { vec![None] } else { turns }
    }

    /// The boxes that lie in a zone of this size.
    fn blocks(&self) -> impl Iterator<Item = (&'a Block, Area)> {
        self.places.iter().copied()
    }
}

/// A line that is said, and where it stands.
struct Said {
    x: u32,
    y: u32,
    height: u32,
    text: String,
}

/// Lines from the top, those side by side as one.
fn rows(mut said: Vec<Said>) -> Vec<String> {
    said.retain(|line| !line.text.trim().is_empty());
    said.sort_by_key(|line| (line.y + line.height / 2, line.x));
    let mut rows: Vec<(u32, Vec<Said>)> = Vec::new();
    for line in said {
        let middle = line.y + line.height / 2;
        match rows.last_mut() {
            Some((bottom, row)) if middle < *bottom => row.push(line),
            _ => rows.push((line.y + line.height, vec![line])),
        }
    }
    let row = |(_, mut row): (u32, Vec<Said>)| {
        row.sort_by_key(|line| line.x);
        let texts: Vec<&str> = row.iter().map(|line| line.text.trim()).collect();
        texts.join(" ")
    };
    rows.into_iter().map(row).collect()
}

/// Whether the box draws a chart, rather than tell of it in words.
fn is_chart(block: &Block) -> bool {
    block.fill == Fill::Field(Field::Chart) && !block.paged && !block.scroll
}

/// Whether a visitor reads what the box shows as part of the item.
fn is_read(block: &Block) -> bool {
    match &block.fill {
        Fill::Field(field) => field.is_read(),
        Fill::Flow(_) => true,
        Fill::Nothing | Fill::Text(_) => false,
    }
}

/// What a box shows, one text a paragraph, with what stands before and after it.
pub(super) fn texts(block: &Block, content: &Content, page: u16, pages: u16) -> Vec<String> {
    let mut texts: Vec<String> = match &block.fill {
        Fill::Nothing => Vec::new(),
        Fill::Text(text) => vec![text.to_string()],
        Fill::Field(field) => field
            .texts(content, page, pages)
            .iter()
            .map(ToString::to_string)
            .collect(),
        Fill::Flow(fields) => fields
            .iter()
            .flat_map(|field| field.texts(content, page, pages))
            .map(|text| text.to_string())
            .collect(),
    };
    texts.retain(|text| !text.trim().is_empty());
    around(block, &mut texts);
    texts
}

/// The same in fewer words, where there are any.
fn brief(block: &Block, content: &Content) -> Option<Vec<String>> {
    let Fill::Field(field) = &block.fill else {
        return None;
    };
    let mut texts = vec![field.brief(content)?];
    around(block, &mut texts);
    Some(texts)
}

fn around(block: &Block, texts: &mut [String]) {
    if let Some(first) = texts.first_mut() {
        first.insert_str(0, &block.before);
    }
    if let Some(last) = texts.last_mut() {
        last.push_str(&block.after);
    }
}

/// The smallest type.
const LEAST: u16 = 16;

/// A text that changes with the clock, in the largest type up to the box's size in which its longest form fits; where none does, in
/// the next shorter way of saying it.
pub(super) fn live(compositor: &Compositor, telling: Telling, block: &Block, area: Area, ink: Rgb888) -> LiveText {
    let at = |telling: Telling, dots: u16, y: u32| LiveText::new(compositor, telling, block, dots, ink, area, y);
    let mut telling = telling;
    while let Some(shorter) = telling.shorter()
        && at(telling, LEAST, 0).widest() > area.width
    {
        telling = shorter;
    }
    let fits = |dots: &u16| u32::from(*dots) <= area.height && at(telling, *dots, 0).widest() <= area.width;
    let dots = Type::sizes(block.size).find(fits).unwrap_or(LEAST);
    at(
        telling,
        dots,
        area.y + fit::offset(block.valign, area.height, dots.into()),
    )
}

/// Puts a line of a box at `area` on `picture`, as far as it lies in the box.
fn put(compositor: &Compositor, line: &Line, kind: Type, ink: Rgb888, area: Area, picture: &mut Frame) {
    let ink = Ink::new(&compositor.mask(line, kind), ink);
    ink.paint(picture, area, i64::from(area.x + line.x), i64::from(area.y + line.y));
}

/// The characters that a reader reads: all but spaces.
pub(super) fn characters(text: &str) -> usize {
    text.chars().filter(|character| !character.is_whitespace()).count()
}
