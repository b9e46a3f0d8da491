//! On which rung of the ladder of sizes the type of a cue stands.

use serde::Serialize;

use crate::{diagnostic::Bilingual, stage::Setting};

/// How a cue's type is set: its size, closer lines, pages, or running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rung {
    /// The size of its type in dots; `None` in a joined strip, where each box has its own.
    pub dots: Option<u16>,
    /// LEDs between two lines.
    pub leading: Option<u32>,
    /// Whether that is less than the template says, so that all fits.
    pub tightened: bool,
    /// How many pages it takes.
    pub pages: u16,
    /// Whether it runs to the left.
    pub scrolls: bool,
    /// Whether some of it is left out.
    pub cut: bool,
}

impl Rung {
    /// That of a content in a joined strip.
    pub const STRIP: Self = Self {
        dots: None,
        leading: None,
        tightened: false,
        pages: 1,
        scrolls: true,
        cut: false,
    };

    /// In words: 字号 24 点，2 页.
    pub fn words(&self) -> Bilingual {
        let mut zh = Vec::new();
        let mut en = Vec::new();
        let mut say = |chinese: String, english: String| {
            zh.push(chinese);
            en.push(english);
        };
        if let Some(dots) = self.dots {
            say(format!("字号 {dots} 点"), format!("size {dots}"));
        }
        if let Some(leading) = self.leading.filter(|_| self.tightened) {
            say(
                format!("行距收紧为 {leading} 点"),
                format!("lines tightened to {leading} LEDs apart"),
            );
        }
        if self.scrolls {
            say("滚动".into(), "scrolling".into());
        } else {
            let noun = if self.pages == 1 { "page" } else { "pages" };
            say(format!("{} 页", self.pages), format!("{} {noun}", self.pages));
        }
        if self.cut {
            say("未排完".into(), "the rest is left out".into());
        }
        Bilingual::new(zh.join("，"), en.join(", "))
    }
}

impl From<Setting> for Rung {
    fn from(setting: Setting) -> Self {
        Self {
            dots: Some(setting.dots),
            leading: Some(setting.leading),
            tightened: setting.tightened,
            pages: setting.pages,
            scrolls: setting.scrolls,
            cut: setting.cut,
        }
    }
}
