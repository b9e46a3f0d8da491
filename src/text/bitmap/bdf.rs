//! Fonts in the Bitmap Distribution Format of the X Window System, 2.1 and 2.2: lines of text, the rows of each glyph in hex.
//!
//! Read are the cell (`FONT_ASCENT`, `FONT_DESCENT`, else `FONTBOUNDINGBOX`), the numbering (`CHARSET_REGISTRY` and `CHARSET_ENCODING`, else
//! the end of `FONT`), `PIXEL_SIZE`, and of each glyph `ENCODING`, `DWIDTH`, `BBX` and `BITMAP`. Other lines are passed over.

mod fault;
mod line;

pub use fault::{BdfFault, BdfProblem};

use super::{
    BitmapFont, DOTS_LIMIT, FILE_LIMIT, Unfit,
    build::{Builder, Drawn, shown},
    charset::Charset,
};
use line::{Line, Lines};

/// What stands before the glyphs.
#[derive(Debug, Default)]
struct Head {
    /// Width, height, left, bottom of what holds every glyph.
    bounds: [i32; 4],
    ascent: Option<i32>,
    descent: Option<i32>,
    pixels: Option<i32>,
    /// How far every glyph goes that does not say it itself.
    advance: i32,
    name: String,
    registry: Option<String>,
    encoding: Option<String>,
}

/// One glyph as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Raw {
    /// Its name.
    pub(super) name: String,
    /// Its code; `None` for -1, of glyphs that stand for no character.
    pub(super) code: Option<u32>,
    pub(super) advance: i32,
    pub(super) left: i32,
    pub(super) bottom: i32,
    /// The leftmost dot in the highest bit.
    pub(super) rows: Vec<u64>,
}

/// Reads a font.
///
/// # Errors
/// The first thing that is wrong, with its line and column. Half a font is none: a file that ends before `ENDFONT` is refused.
pub fn read(bytes: &[u8]) -> Result<BitmapFont, BdfFault> {
    let mut lines = begin(bytes)?;
    let head = Head::read(&mut lines)?;
    let start = lines.last();
    let charset = head.charset().map_err(|unfit| start.fault(unfit))?;
    let mut builder = head.builder().map_err(|unfit| start.fault(unfit))?;
    while let Some((line, raw)) = glyph(&mut lines, &head)? {
        if let Some(character) = raw.code.and_then(|code| charset.character(code)) {
            let added = builder.add(character, &raw.name, raw.drawn());
            added.map_err(|unfit| line.fault(unfit))?;
        }
    }
    let nominal = head.pixels.and_then(|dots| u8::try_from(dots).ok());
    builder.finish(nominal).map_err(|unfit| lines.last().fault(unfit))
}

/// Reads a file of one glyph, for a character that something else names: the glyph in its cell, as the font of that character alone.
pub(super) fn read_one(bytes: &[u8], character: char) -> Result<BitmapFont, BdfFault> {
    let mut lines = begin(bytes)?;
    let head = Head::read(&mut lines)?;
    let mut builder = head.builder().map_err(|unfit| lines.last().fault(unfit))?;
    let (line, raw) = glyph(&mut lines, &head)?.ok_or_else(|| lines.last().fault(Unfit::Empty))?;
    let added = builder.add(character, &raw.name, raw.drawn());
    added.map_err(|unfit| line.fault(unfit))?;
    if let Some((line, _)) = glyph(&mut lines, &head)? {
        return Err(line.fault(BdfProblem::Second));
    }
    let font = builder.finish(None).map_err(|unfit| line.fault(unfit))?;
    Ok(font)
}

fn begin(bytes: &[u8]) -> Result<Lines<'_>, BdfFault> {
    let mut lines = Lines::new(bytes);
    if bytes.len() > FILE_LIMIT {
        let (size, limit) = (bytes.len(), FILE_LIMIT);
        return Err(lines.last().fault(Unfit::File { size, limit }));
    }
    let first = lines.next_line()?;
    if first.keyword() != "STARTFONT" {
        return Err(first.fault(BdfProblem::NotBdf));
    }
    Ok(lines)
}

impl Head {
    /// Reads up to `CHARS`.
    fn read(lines: &mut Lines<'_>) -> Result<Self, BdfFault> {
        let mut head = Self::default();
        loop {
            let line = lines.next_line()?;
            match line.keyword() {
                "CHARS" => return Ok(head),
                "FONT" => head.name = line.rest().into_owned(),
                "FONTBOUNDINGBOX" => head.bounds = line.numbers()?,
                "DWIDTH" => [head.advance] = line.numbers()?,
                "FONT_ASCENT" => [head.ascent] = line.numbers()?.map(Some),
                "FONT_DESCENT" => [head.descent] = line.numbers()?.map(Some),
                "PIXEL_SIZE" => [head.pixels] = line.numbers()?.map(Some),
                "CHARSET_REGISTRY" => head.registry = Some(line.quoted()),
                "CHARSET_ENCODING" => head.encoding = Some(line.quoted()),
                "STARTCHAR" | "ENDFONT" => return Err(line.fault(BdfProblem::Misplaced)),
                _ => {}
            }
        }
    }

    fn builder(&self) -> Result<Builder, Unfit> {
        let [_, height, _, bottom] = self.bounds;
        match (self.ascent, self.descent) {
            (Some(ascent), Some(descent)) if i64::from(ascent) + i64::from(descent) > 0 => {
                Builder::new(ascent, descent)
            }
            _ => Builder::new(height.saturating_add(bottom), bottom.saturating_neg()),
        }
    }

    fn charset(&self) -> Result<Charset, Unfit> {
        // An X font's name ends with its registry and encoding.
        let mut ends = self.name.rsplit('-').map(str::to_owned);
        let last = ends.next().filter(|_| self.name.starts_with('-'));
        let of_name = last.zip(ends.next());
        let (encoding, registry) = match (&self.encoding, &self.registry) {
            (encoding, Some(registry)) => (encoding.clone().unwrap_or_default(), registry.clone()),
            (_, None) => of_name.unwrap_or_default(),
        };
        let name = || shown(&format!("{registry}-{encoding}"));
        Charset::of(&registry, &encoding).ok_or_else(|| Unfit::Charset { name: name() })
    }
}

/// The next glyph and the line where it begins; `None` at `ENDFONT`.
fn glyph<'a>(lines: &mut Lines<'a>, head: &Head) -> Result<Option<(Line<'a>, Raw)>, BdfFault> {
    let start = loop {
        let line = lines.next_line()?;
        match line.keyword() {
            "STARTCHAR" => break line,
            "ENDFONT" => return Ok(None),
            "COMMENT" | "" => {}
            _ => return Err(line.fault(BdfProblem::Misplaced)),
        }
    };
    let mut raw = Raw {
        name: shown(&start.rest()),
        code: None,
        advance: head.advance,
        left: 0,
        bottom: 0,
        rows: Vec::new(),
    };
    let mut size = None;
    loop {
        let line = lines.next_line()?;
        match line.keyword() {
            "ENCODING" => [raw.code] = line.numbers()?.map(|code: i32| u32::try_from(code).ok()),
            "DWIDTH" => [raw.advance] = line.numbers()?,
            "BBX" => {
                let [width, height, left, bottom] = line.numbers()?;
                (raw.left, raw.bottom) = (left, bottom);
                size = Some(raw.size(width, height).map_err(|problem| line.fault(problem))?);
            }
            "BITMAP" => {
                let (width, height) = size.ok_or_else(|| line.fault(BdfProblem::NoBox))?;
                raw.rows = rows(lines, width, height)?;
                return Ok(Some((start, raw)));
            }
            "STARTCHAR" | "ENDCHAR" | "ENDFONT" => return Err(line.fault(BdfProblem::Misplaced)),
            _ => {}
        }
    }
}

/// The rows after `BITMAP`, with the `ENDCHAR` that ends them.
fn rows(lines: &mut Lines<'_>, width: u8, height: u8) -> Result<Vec<u64>, BdfFault> {
    let mut rows = Vec::with_capacity(height.into());
    for _ in 0..height {
        rows.push(lines.next_line()?.row(width)?);
    }
    loop {
        let line = lines.next_line()?;
        match line.keyword() {
            "ENDCHAR" => return Ok(rows),
            // Boxes without dots are written with rows nonetheless.
            "" | "0" | "00" if width == 0 || height == 0 => {}
            _ => return Err(line.fault(BdfProblem::TooManyRows { rows: height })),
        }
    }
}

impl Raw {
    /// The box's size, where it is one that we take.
    fn size(&self, width: i32, height: i32) -> Result<(u8, u8), BdfProblem> {
        let dots = |length: i32| u8::try_from(length).ok().filter(|dots| *dots <= DOTS_LIMIT);
        let size = dots(width).zip(dots(height));
        size.ok_or_else(|| {
            BdfProblem::Unfit(Unfit::Glyph {
                name: self.name.clone(),
                width: width.into(),
                height: height.into(),
            })
        })
    }

    fn drawn(&self) -> Drawn<'_> {
        Drawn {
            advance: self.advance,
            left: self.left,
            bottom: self.bottom,
            rows: &self.rows,
        }
    }
}
