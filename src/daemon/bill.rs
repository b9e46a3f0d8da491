//! The wall in force in two versions: one for a clock that can be believed, one for a clock that cannot.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock},
};

use jiff::Timestamp;

use super::{
    clock::Confidence,
    fault::{self, Fault},
};
use crate::wall::Wall;

/// A wall, and what is left of it while nobody knows what time it is. The second is worked out when it is first needed, on a thread
/// that may take its time.
#[derive(Debug)]
pub struct Bill {
    whole: Arc<Wall>,
    undated: OnceLock<Arc<Wall>>,
}

impl Bill {
    /// The wall alone.
    pub const fn new(whole: Arc<Wall>) -> Self {
        Self {
            whole,
            undated: OnceLock::new(),
        }
    }

    /// The whole wall.
    pub const fn whole(&self) -> &Arc<Wall> {
        &self.whole
    }

    /// Works out what is left of the wall above that `floor`, unless that was done: a floor that has risen since would let more
    /// begin, and nothing that began is wrong.
    ///
    /// # Errors
    /// It could not be worked out.
    pub fn fill(&self, floor: Timestamp) -> Result<&Arc<Wall>, Fault> {
        let fill = || self.undated.get_or_init(|| Arc::new(self.whole.undated(floor)));
        catch_unwind(AssertUnwindSafe(fill)).map_err(|panic| Fault::Keeping(fault::words(&*panic)))
    }

    /// The wall to play by a clock of that confidence; `None` where it is not worked out yet. Waits for nobody.
    pub fn wall(&self, confidence: Confidence) -> Option<&Arc<Wall>> {
        match confidence {
            Confidence::Trusted | Confidence::Holding => Some(&self.whole),
            Confidence::Unknown => self.undated.get(),
        }
    }
}
