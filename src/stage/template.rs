//! Scenes as written: TOML boxes.

use std::sync::Arc;

use embedded_graphics::pixelcolor::Rgb888;
use jiff::SignedDuration;

use super::{
    boxes::Block,
    compose::Layout,
    content::Content,
    palette::Palette,
    scene::Scene,
    setting::{Setting, Standing},
    ticker,
};
use crate::{
    site::Colour,
    text::Compositor,
    units::{Size, Ticks},
};

/// One scene file: boxes with fields and styles.
///
/// A box whose text does not fit is set smaller, down to its `least` size, in as many lines as it holds, then its lines move closer, to
/// half its leading; what does not fit even then is cut and ends with `…` where the box repeats on each page. A time that does not fit is said in fewer words: the date without weekday and
/// time, the time without seconds; a posting's days are said without years. The box that is `paged` makes pages instead, at most as
/// many as the content's [`Extent`] allows; what is longer ends with `……` after a sentence or a phrase, and its last page says where the
/// whole text is. A box whose field is empty is left out, its background too. A count of days is empty where the item counts none; on
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
    /// How long each page stays: at least one page.
    pub pages: Vec<SignedDuration>,
    /// How many pages all of the content would take: more than `pages` where it is cut.
    pub whole: u32,
    /// How it is set; `None` where there is no type of the item that stands still.
    pub setting: Option<Setting>,
}

impl Template {
    /// How many pages `content` takes on `size` LEDs, and how long each must stay to be read: max(3 s, characters / 4 a second).
    ///
    /// Spaces do not count, nor do fixed texts, the column, the site and the time; what repeats on each page counts on the first.
    /// Where boxes take turns, every one of them gets its turn.
    pub fn measure(&self, compositor: &Compositor, content: &Content, size: Size) -> Measured {
        let layout = Layout::new(compositor, self, content, size);
        let dwell = |page| SignedDuration::from_millis(layout.dwell(page));
        Measured {
            pages: (0..layout.pages()).map(dwell).collect(),
            whole: layout.whole(),
            setting: layout.setting(),
        }
    }

    /// The lines of type that stand still, page by page, box by box, as [`Template::prepare`] draws them.
    pub fn lines(&self, compositor: &Compositor, content: &Content, size: Size) -> Vec<Vec<Standing>> {
        let layout = Layout::new(compositor, self, content, size);
        (0..layout.pages()).map(|page| layout.lines(page)).collect()
    }

    /// Page `page` (from 0) of `content` on `size` LEDs that can show `colour`; a page beyond the last shows only what repeats.
    pub fn prepare(&self, compositor: &Compositor, content: &Content, page: u16, size: Size, colour: Colour) -> Scene {
        Scene::page(Layout::new(compositor, self, content, size).faces(page, Palette(colour)))
    }

    /// How many LEDs `content` takes in a ticker of this style in a zone of `size`, the gap to the next one included: at least 1.
    ///
    /// The boxes of the template follow each other in one line, `x` being the space before each; the type is as large as its size
    /// says and the zone's height allows. What is longer than 16,384 LEDs is cut and ends with `…`.
    pub fn ticker_width(&self, compositor: &Compositor, content: &Content, size: Size) -> u32 {
        ticker::width(compositor, self, content, size)
    }

    /// How long `content` takes to run past the zone's left edge at `speed` LEDs a tick: its width, rounded up to whole ticks.
    pub fn ticker_ticks(&self, compositor: &Compositor, content: &Content, size: Size, speed: u16) -> Ticks {
        let width = self.ticker_width(compositor, content, size);
        Ticks(width.div_ceil(u32::from(speed.max(1))).into())
    }

    /// The joined strip of `contents` for a ticker zone of `size`, running at `speed` LEDs a tick.
    ///
    /// Column `x` shows, at tick `t`, column `((t - since) * speed + x) mod W` of the strip, where `W` is the sum of the
    /// [`Template::ticker_ticks`] of all contents, times `speed`. A strip shorter than the zone repeats. A strip takes at most
    /// 64 MiB; contents beyond [`Template::ticker_limit`] are left out, and the strip comes round without them.
    pub fn prepare_ticker(
        &self,
        compositor: &Compositor,
        contents: &[&Content],
        size: Size,
        speed: u16,
        colour: Colour,
    ) -> Scene {
        Scene::strip(ticker::join(compositor, self, contents, size, speed, Palette(colour)))
    }

    /// The most LEDs that a strip for a zone of `size` may take in all.
    pub fn ticker_limit(size: Size) -> u32 {
        ticker::limit(size)
    }
}
