//! The frames of a clip, for whoever paints them.

use std::{fmt::Debug, sync::Arc};

use crate::units::Digest;

/// The frames of one clip. Frame `f` is a function of the clip alone: where it is bad, the nearest earlier sound one stands for it, as the clip's
/// index says. How many frames there are, and of which size, whoever plays the clip knows from its take and its rendition.
pub trait Footage: Debug + Send + Sync {
    /// Gives the pixels of that frame, R, G, B row by row, to `draw`. `false`, and nothing is drawn, where they are not at hand: the
    /// display path waits for no disk. Allocates nothing. A frame that the clip does not have is never at hand.
    fn show(&self, frame: u32, draw: &mut dyn FnMut(&[u8])) -> bool;

    /// That frame, and those after it, will be asked for soon.
    fn expect(&self, frame: u32);
}

/// Where clips are to be had. A wall brings it along; what is painted depends on the clips alone.
pub trait Footages: Debug + Send + Sync {
    /// The frames of the clip of that name; `None` where there is no such clip. Waits for no disk: a clip that is there may still be being
    /// opened, and shows no frame until it is.
    fn open(&self, clip: Digest) -> Option<Arc<dyn Footage>>;

    /// The same for whoever can wait for a disk: every frame that there is is at hand. Never for the display path.
    fn open_patiently(&self, clip: Digest) -> Option<Arc<dyn Footage>> {
        self.open(clip)
    }
}

/// No clips at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFootage;

impl Footages for NoFootage {
    fn open(&self, _: Digest) -> Option<Arc<dyn Footage>> {
        None
    }
}
