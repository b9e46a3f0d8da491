//! One area of text.

/// One area of text, as a card with fonts is told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FontArea<'a> {
    /// What it is; 0.
    pub kind: u8,
    /// From the left: units of 8 LEDs, or LEDs where bit 15 is set. BX-6K always counts LEDs.
    pub x: u16,
    /// From the top, in LEDs.
    pub y: u16,
    /// As [`FontArea::x`].
    pub width: u16,
    /// In LEDs.
    pub height: u16,
    /// Which area it is.
    pub id: u8,
    /// LEDs between lines.
    pub line_space: u8,
    /// 0 in turn without end, 1 once and then the last page, 2 in turn and dark when nothing comes within the timeout, 3 then the last page
    /// as a logo, 4 once.
    pub run_mode: u8,
    /// Seconds.
    pub timeout: u16,
    /// Whether, and what, it says aloud.
    pub sound: Sound<'a>,
    /// More parameters; their number stands before them.
    pub extra: &'a [u8],
    /// 0 left, 1 right, 2 centre; and 0 top, 4 bottom, 8 middle.
    pub alignment: u8,
    /// 1 for one line, 2 for several.
    pub lines: u8,
    /// 1 where `\n` alone ends a line, 2 where its width does as well.
    pub breaks: u8,
    /// How a page comes in: 1 stands, 2 at once, 3 from the right, 4 from the left, 5 from below, 6 from above.
    pub entrance: u8,
    /// How it goes.
    pub exit: u8,
    /// 0 fast to 24 slow.
    pub speed: u8,
    /// How long it stays, in half seconds.
    pub stay: u8,
    /// In GB2312, with `\n`, `\C1`, `\FO000`, `\FE000`.
    pub text: &'a [u8],
}

/// What an area says aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sound<'a> {
    /// 0: nothing.
    None,
    /// 1: its text, by a voice (high four bits: how often), so loud, so fast.
    Text {
        /// Whose voice.
        person: u8,
        /// 0 to 10.
        volume: u8,
        /// 0 to 10.
        speed: u8,
    },
    /// 2: other words.
    Words {
        /// Whose voice.
        person: u8,
        /// 0 to 10.
        volume: u8,
        /// 0 to 10.
        speed: u8,
        /// In GB2312.
        words: &'a [u8],
    },
}
