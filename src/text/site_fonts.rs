//! What a site adds to the type that comes with the program: faces of its own, and single glyphs 造字.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    bitmap::own::OwnGlyphs,
    face::{Face, Shape, Type},
    strike::SharedStrike,
};

/// The faces and glyphs of one site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SiteFonts {
    /// Single glyphs, which go before all others in every face.
    glyphs: OwnGlyphs,
    /// The strikes of each face by their size, the faces in the order of their names.
    faces: BTreeMap<Arc<str>, BTreeMap<u8, SharedStrike>>,
}

impl SiteFonts {
    /// The most faces: a template has use for two or three.
    pub const MOST: usize = 16;

    /// No faces, and these glyphs.
    pub fn new(glyphs: OwnGlyphs) -> Self {
        Self {
            glyphs,
            faces: BTreeMap::new(),
        }
    }

    /// Adds a strike to the face of that name, in place of one of the same size. Whether there was room for it.
    pub fn add(&mut self, name: &str, strike: SharedStrike) -> bool {
        if self.faces.len() == Self::MOST && !self.faces.contains_key(name) {
            return false;
        }
        let size = strike.sheet().height();
        self.faces.entry(name.into()).or_default().insert(size, strike);
        true
    }

    /// Whether the site adds nothing.
    pub fn is_empty(&self) -> bool {
        self.glyphs.is_empty() && self.faces.is_empty()
    }

    /// The face of that name: one that every site has, or one of its own.
    pub fn face(&self, name: &str) -> Option<Face> {
        let own = || self.faces.keys().position(|own| &**own == name);
        Face::named(name).or_else(|| Some(Face::Own(u8::try_from(own()?).ok()?)))
    }

    /// The names of the site's faces.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.faces.keys().map(|name| &**name)
    }

    /// The name that the file at `path` gives to its face: that of the file, without its size. `fonts/大标题-24.strike` belongs to 大标题.
    pub fn name(path: &str) -> &str {
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        match stem.rsplit_once('-') {
            Some((name, size)) if !name.is_empty() && size.bytes().all(|digit| digit.is_ascii_digit()) => name,
            _ => stem,
        }
    }

    /// How `character` is drawn in `kind` with what the site has; `None` where it has nothing for it.
    pub(super) fn shape(&self, kind: Type, character: char) -> Option<Shape<'_>> {
        let own = || match kind.face() {
            Face::Own(index) => self.faces.values().nth(index.into()),
            Face::Hei | Face::Song => None,
        };
        let of_face = || of_sizes(own()?, kind, character);
        self.glyphs.shape(kind, character).or_else(of_face)
    }
}

/// The glyph whose size comes nearest from below; of a size that goes into that of `kind` in whole numbers first.
fn of_sizes(strikes: &BTreeMap<u8, SharedStrike>, kind: Type, character: char) -> Option<Shape<'_>> {
    let fits = |size: u8| kind.dots().is_multiple_of(u16::from(size));
    let sized = |exact: bool| strikes.iter().rev().filter(move |(size, _)| fits(**size) == exact);
    let mut candidates = sized(true).chain(sized(false));
    candidates.find_map(|(_, strike)| kind.shape_from(&strike.sheet(), character))
}
