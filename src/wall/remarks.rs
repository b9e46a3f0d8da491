//! What is worth telling of items as their scenes show them: pictures that are too small, codes that a telephone may not read, what has no
//! box, charts that are cut.

use std::{collections::BTreeMap, sync::Arc};

use super::{problem::Problem, shrunk};
use crate::{
    diagnostic::Diagnostic,
    frame::Placed,
    item::Item,
    stage::{Content, Field, Template},
    units::{Area, Size},
};

/// Up to so many times smaller the small text of a picture can still be read.
const SHRUNK: u32 = 4;

/// A code of fewer LEDs a module can be read from a few steps only, if at all.
const READABLE: u32 = 2;

/// What is told, each once a file, of the first place where it is so.
#[derive(Debug, Default)]
pub(super) struct Remarks {
    told: BTreeMap<(Arc<str>, Kind), Problem>,
    /// The pictures and videos of which small text cannot be read, with how it is where they are largest.
    shrunk: BTreeMap<Arc<str>, Problem>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Code,
    Media,
    Chart,
}

impl Remarks {
    /// Looks at `content` of `item` as `template` sets it in a zone of `size`; `is_cut` where some of it is left out there.
    pub(super) fn look(&mut self, item: &Item, content: &Content, template: &Template, size: Size, is_cut: bool) {
        self.look_at_picture(item, content, template, size);
        let (scene, width, height) = (Arc::clone(&template.name), size.width, size.height);
        match template.code_scale(content, size) {
            Some(0) => self.tell(
                item,
                Kind::Code,
                Problem::NoRoomForCode {
                    scene: Arc::clone(&scene),
                    width,
                    height,
                },
            ),
            Some(leds) if leds < READABLE => {
                self.tell(
                    item,
                    Kind::Code,
                    Problem::SmallCode {
                        scene: Arc::clone(&scene),
                        width,
                        height,
                    },
                );
            }
            Some(_) | None => {}
        }
        if content.is_beside && !template.has_box(Field::Media) {
            self.tell(
                item,
                Kind::Media,
                Problem::NoBox {
                    scene: Arc::clone(&scene),
                    is_chart: false,
                },
            );
        }
        if content.chart.is_some() && !template.has_box(Field::Chart) {
            self.tell(item, Kind::Chart, Problem::NoBox { scene, is_chart: true });
        } else if content.chart.is_some() && is_cut {
            self.tell(item, Kind::Chart, Problem::ChartCut { scene, width, height });
        }
    }

    /// Looks at how much smaller than it was made a picture is shown.
    fn look_at_picture(&mut self, item: &Item, content: &Content, template: &Template, size: Size) {
        let place = match content.is_beside {
            true => template.media_area(content, size).map(Area::size),
            false => Some(size),
        };
        if let Some(placed) = place.and_then(|place| Template::placed(content, place)) {
            self.look_at_size(item, placed);
        }
    }

    /// Remembers a picture or a video of which small text cannot be read, with the place where it is largest; `placed` says which part of it is
    /// seen, in its own pixels.
    pub(super) fn look_at_size(&mut self, item: &Item, placed: Placed) {
        let times = placed.shrinks();
        if times <= SHRUNK {
            return;
        }
        let (original, width) = (placed.from.width, placed.to.width);
        let here = Problem::Shrunk { width, original, times };
        let file = Arc::clone(item.shown_file());
        let before = self.shrunk.entry(file).or_insert_with(|| here.clone());
        if matches!(before, Problem::Shrunk { times: before, .. } if times < *before) {
            *before = here;
        }
    }

    fn tell(&mut self, item: &Item, kind: Kind, problem: Problem) {
        self.told.entry((Arc::clone(&item.file), kind)).or_insert(problem);
    }

    /// All of it.
    pub(super) fn told(self) -> impl Iterator<Item = Diagnostic> {
        let told = self
            .told
            .into_iter()
            .map(|((file, _), problem)| Diagnostic::of_file(file, &problem));
        told.chain(shrunk::told(self.shrunk))
    }
}
