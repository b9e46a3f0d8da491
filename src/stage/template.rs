//! Scenes as written: TOML boxes.

use std::sync::Arc;

use embedded_graphics::pixelcolor::Rgb888;
use jiff::{SignedDuration, civil::DateTime};

use super::{
    boxes::{Block, Fill},
    code::{self, Code},
    compose::Layout,
    content::Content,
    field::Field,
    palette::Palette,
    pane::Pane,
    picture,
    scene::{self, Scene},
    setting::{Setting, Standing},
    ticker,
};
use crate::{
    clip::{Footages, NoFootage},
    frame::Placed,
    site::Leds,
    text::{Compositor, Face},
    units::{Area, Size, Speed, Ticks},
};

/// One scene file: boxes with fields and styles.
///
/// A box whose text does not fit is set smaller, down to its `least` size, in as many lines as it holds, then its lines move closer, to
/// half its leading; what does not fit even then is cut and ends with `…` where the box repeats on each page. A time that does not fit is said in fewer words: the date without weekday and
/// time, the time without seconds; a posting's days are said without years. The box that is `paged` makes pages instead, at most as
/// many as the content's [`Extent`] allows; what is longer ends with `……` after a sentence or a phrase, and its last page says where the
/// whole text is.
///
/// The box that shall `scroll` makes neither: what fits stands still, at the largest size that it does in as many lines as the box holds,
/// the title in lines of its own where there are two or more. What fits at no size is joined into one line, as large as the box is high,
/// the first screenful of which is held for 2 s; then it runs to the left until its last column is seen, which is held for 1 s. It
/// takes at most 40 characters for each page that the content's [`Extent`] allows.
///
/// A box whose field is empty is left out, its background too. A count of days is empty where the item counts none; on
/// days on which its number is none of 1 to 4 digits (or not yet 1, counting up) the box stays and its type is not there.
///
/// [`Extent`]: super::Extent
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name: the file's name without extension.
    pub name: Arc<str>,
    /// A name for people.
    pub title: Arc<str>,
    /// The colour of the page's ground.
    pub background: Rgb888,
    /// LEDs after each content of a ticker.
    pub gap: u32,
    /// Its boxes; later ones are painted over earlier ones.
    pub blocks: Vec<Block>,
}

/// How a content comes out in one zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measured {
    /// How long each page stays: at least one page. One that runs stays exactly as long as a run takes, in whole ticks.
    pub pages: Vec<SignedDuration>,
    /// How many pages all of the content would take: more than `pages` where it is cut.
    pub whole: u32,
    /// How it is set; `None` where there is no type of the item.
    pub setting: Option<Setting>,
}

impl Template {
    /// The same template with its site's own faces found by `find`; the names that it does not find, for which 黑体 stands in.
    #[must_use]
    pub fn with_faces(mut self, find: impl Fn(&str) -> Option<Face>) -> (Self, Vec<Arc<str>>) {
        let mut lost = Vec::new();
        for block in &mut self.blocks {
            if let Some(name) = &block.own_face {
                block.face = find(name).unwrap_or_default();
                if find(name).is_none() && !lost.contains(name) {
                    lost.push(Arc::clone(name));
                }
            }
        }
        (self, lost)
    }

    /// Whether a box of it in a zone of `size` makes pages or runs where its text is long.
    pub fn takes_more(&self, size: Size) -> bool {
        let mut blocks = self.blocks.iter().filter(|block| block.zone.contains(size));
        blocks.any(|block| block.paged || block.scroll)
    }

    /// Where in a zone of `size` the picture or the video of `content` lies, which is shown beside its text; `None` where it has none, or
    /// the template no box for it there.
    pub fn media_area(&self, content: &Content, size: Size) -> Option<Area> {
        self.area_of(Field::Media, content, size)
    }

    /// The first box that shows `field` of `content` in a zone of `size`.
    fn area_of(&self, field: Field, content: &Content, size: Size) -> Option<Area> {
        let is_it = |block: &&Block| block.fill == Fill::Field(field) && block.is_for(content) && content.has(field);
        self.blocks.iter().filter(is_it).find_map(|block| block.area(size))
    }

    /// How many LEDs a module of the code of `content` has in a zone of `size`: 0 where there is no room for it, `None` where there is no code
    /// or no box for one.
    pub fn code_scale(&self, content: &Content, size: Size) -> Option<u32> {
        let is_it = |block: &&Block| block.fill == Fill::Field(Field::Code) && block.is_for(content);
        let blocks = self.blocks.iter().filter(is_it).filter(|_| content.has(Field::Code));
        let scale = |block: &Block| Some(Code::new(&content.link, code::places(block, block.area(size)?).0)?.scale);
        blocks.filter_map(scale).max()
    }

    /// Whether a box of it shows `field`.
    pub fn has_box(&self, field: Field) -> bool {
        self.blocks.iter().any(|block| block.fill == Fill::Field(field))
    }

    /// Whether a box of it shows what an item says below its title.
    pub fn shows_body(&self) -> bool {
        self.blocks.iter().any(|block| match &block.fill {
            Fill::Field(field) => *field == Field::Body,
            Fill::Flow(fields) => fields.contains(&Field::Body),
            Fill::Nothing | Fill::Text(_) => false,
        })
    }

    /// How many pages `content` takes in `pane`, and how long each must stay to be read: max(3 s, characters / 4 a second).
    ///
    /// Spaces do not count, nor do fixed texts, the column, the site and the time; what repeats on each page counts on the first.
    /// Where boxes take turns, every one of them gets its turn. A picture is one page of 10 s in any template, a film one of as many frames as
    /// it is long.
    pub fn measure(&self, compositor: &Compositor, content: &Content, pane: impl Into<Pane>) -> Measured {
        let pane = pane.into();
        let film = content.film.map(|film| film.dwell(pane.rate));
        let still = content.picture.is_some().then_some(picture::DWELL);
        if let Some(dwell) = film.or(still).filter(|_| content.is_wordless()) {
            return Measured {
                pages: vec![dwell],
                whole: 1,
                setting: None,
            };
        }
        let layout = Layout::new(compositor, self, content, pane);
        // As long as the film, where that is longer than it takes to read.
        let dwell = |page| layout.dwell(page).max(film.unwrap_or_default());
        Measured {
            pages: (0..layout.pages()).map(dwell).collect(),
            whole: layout.whole(),
            setting: layout.setting(),
        }
    }

    /// The lines of type, page by page, box by box, as [`Template::prepare`] draws them; what runs
    /// as it stands at first, though it reaches beyond its box.
    pub fn lines(&self, compositor: &Compositor, content: &Content, pane: impl Into<Pane>) -> Vec<Vec<Standing>> {
        if content.is_wordless() {
            return vec![Vec::new()];
        }
        let layout = Layout::new(compositor, self, content, pane.into());
        (0..layout.pages()).map(|page| layout.lines(page)).collect()
    }

    /// What page `page` (from 0) of `content` in `pane` says as the clock shows `civil`, line by line from the top; what stands side by side
    /// is one line, with a space between. A picture and a QR code say nothing.
    pub fn words(
        &self,
        compositor: &Compositor,
        content: &Content,
        page: u16,
        pane: impl Into<Pane>,
        civil: DateTime,
    ) -> Vec<String> {
        if content.is_wordless() {
            return Vec::new();
        }
        Layout::new(compositor, self, content, pane.into()).words(page, civil)
    }

    /// What `content` says in a ticker of this style, as the clock shows `civil`.
    pub fn ticker_words(
        &self,
        compositor: &Compositor,
        content: &Content,
        pane: impl Into<Pane>,
        civil: DateTime,
    ) -> String {
        ticker::words(compositor, self, content, pane.into().size, civil)
    }

    /// Page `page` (from 0) of `content` in `pane`, whose LEDs are `leds`; a page beyond the last shows only what repeats. A
    /// picture fills the zone, as far as its proportions let it, and no box is seen. There are no clips here: a film is lacking.
    pub fn prepare(
        &self,
        compositor: &Compositor,
        content: &Content,
        page: u16,
        pane: impl Into<Pane>,
        leds: impl Into<Leds>,
    ) -> Scene {
        self.prepare_with(compositor, content, page, pane, leds, &NoFootage)
    }

    /// The same with the clips of `footages`. A film fills the zone, and no box is seen.
    pub fn prepare_with(
        &self,
        compositor: &Compositor,
        content: &Content,
        page: u16,
        pane: impl Into<Pane>,
        leds: impl Into<Leds>,
        footages: &dyn Footages,
    ) -> Scene {
        let (pane, leds) = (pane.into(), leds.into());
        match (&content.film, &content.picture) {
            _ if content.is_beside => Scene::page(self.faces(compositor, content, page, pane, leds, footages)),
            (Some(film), _) => film.page(pane.size, footages),
            (None, Some(picture)) => picture::page(picture, content.fitting, pane.size, leds),
            (None, None) => Scene::page(self.faces(compositor, content, page, pane, leds, footages)),
        }
    }

    /// The looks of a page that is made of boxes.
    fn faces(
        &self,
        compositor: &Compositor,
        content: &Content,
        page: u16,
        pane: Pane,
        leds: Leds,
        footages: &dyn Footages,
    ) -> Vec<scene::Face> {
        Layout::new(compositor, self, content, pane).faces(page, Palette(leds), footages)
    }

    /// Which part of a picture, as it was made, is seen in a place of `size`, and where; `None` for what is no picture.
    pub fn placed(content: &Content, size: Size) -> Option<Placed> {
        let picture = content.picture.as_ref()?;
        picture::placed(picture, content.fitting, size)
    }

    /// How many LEDs `content` takes in a ticker of this style in a zone of `size`, the gap to the next one included: at least 1.
    ///
    /// The boxes of the template follow each other in one line, `x` being the space before each; the type is as large as its size
    /// says and the zone's height allows. What is longer than 16,384 LEDs is cut and ends with `…`.
    pub fn ticker_width(&self, compositor: &Compositor, content: &Content, size: Size) -> u32 {
        ticker::width(compositor, self, content, size)
    }

    /// The lines of type of `content` in a ticker of this style in a zone of `size`, counted from its first column.
    pub fn ticker_lines(&self, compositor: &Compositor, content: &Content, size: Size) -> Vec<Standing> {
        ticker::lines(compositor, self, content, size)
    }

    /// How fast a ticker of this style runs in `pane`: at the pace of its largest type.
    pub fn ticker_speed(&self, pane: Pane) -> Speed {
        ticker::speed(self, pane)
    }

    /// How long `content` takes to run past the zone's left edge: its width, rounded up to whole steps.
    pub fn ticker_ticks(&self, compositor: &Compositor, content: &Content, pane: Pane) -> Ticks {
        self.ticker_speed(pane)
            .ticks(self.ticker_width(compositor, content, pane.size))
    }

    /// The joined strip of `contents` for a ticker zone.
    ///
    /// Column `x` shows, at tick `t`, column `(run + x) mod W` of the strip, where `run` is what [`Template::ticker_speed`] makes of
    /// `t - since`, and `W` what it makes of the [`Template::ticker_ticks`] of all contents. A strip shorter than the zone repeats. A strip takes at most
    /// 64 MiB; contents beyond [`Template::ticker_limit`] are left out, and the strip comes round without them.
    pub fn prepare_ticker(
        &self,
        compositor: &Compositor,
        contents: &[&Content],
        pane: Pane,
        leds: impl Into<Leds>,
    ) -> Scene {
        Scene::strip(ticker::join(compositor, self, contents, pane, Palette(leds.into())))
    }

    /// The most LEDs that a strip for a zone of `size` may take in all.
    pub fn ticker_limit(size: Size) -> u32 {
        ticker::limit(size)
    }
}
