//! What a card must know of its screen to read pictures.

use super::{
    bitmap::Layout,
    build::{Build, Lamps},
    reader::Reader,
    refusal::{Field, Refusal},
};
use crate::{
    controller::onbon::Family,
    units::{Area, Size},
};

/// What a card must know of its screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Screen {
    pub(super) family: Family,
    pub(super) size: Size,
    pub(super) lamps: Lamps,
    pub(super) layout: Layout,
}

impl Screen {
    pub(super) const fn of(build: &Build) -> Self {
        Self {
            family: build.model.family,
            size: build.size,
            lamps: build.lamps,
            layout: Layout::of(build),
        }
    }

    /// The place of an area, which must lie on the screen.
    pub(super) fn place(&self, reader: &mut Reader<'_>) -> Result<Area, Refusal> {
        let area = reader.place()?;
        if area.width == 0 || area.height == 0 {
            return Err(Field::AreaSize.refuse(0_u8));
        }
        if !area.fits(self.size) {
            return Err(Refusal::Beyond { area, size: self.size });
        }
        Ok(area)
    }

    /// A border; whether there is one. It is read over: what it looks like is in no table.
    pub(super) fn border(&self, reader: &mut Reader<'_>) -> Result<bool, Refusal> {
        if !reader.flag(Field::Border)? {
            return Ok(false);
        }
        match self.family {
            Family::Five | Family::FiveQ => {
                let [_, _, _, width, _, _] = reader.array()?;
                let unit = match (self.family, self.lamps) {
                    (Family::FiveQ, _) => 64,
                    (_, Lamps::RedGreen | Lamps::Full) => 8,
                    _ => 4,
                };
                reader.take(usize::from(width) * unit)?;
                Ok(true)
            }
            // Of a BX-6 the tables do not say how long the pattern of a border is.
            _ => Err(Field::Border.refuse(1_u8)),
        }
    }
}
