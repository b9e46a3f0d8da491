//! How a picture or a video of any proportions is brought into a place of others.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

use super::scale::{contained, filling};
use crate::units::{Area, Size};

/// How a picture fills its place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Fit {
    /// 完整: all of it is seen, with bars beside it.
    #[default]
    Contain,
    /// 铺满: no bars; what does not fit is cut off around the focus.
    Cover,
    /// 拉伸: all of it is seen and there are no bars; circles become ovals.
    Stretch,
}

/// Which point of a picture stays seen where it is cut: per cent of its width and height, 0 to 100.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Focus {
    /// From the left edge.
    pub x: u8,
    /// From the top edge.
    pub y: u8,
}

/// How a picture is brought into its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fitting {
    /// How it fills it.
    pub fit: Fit,
    /// What stays seen where it is cut.
    pub focus: Focus,
    /// The colour of the bars.
    pub ground: Rgb888,
}

impl Default for Focus {
    /// The middle.
    fn default() -> Self {
        Self { x: 50, y: 50 }
    }
}

impl Default for Fitting {
    fn default() -> Self {
        Self {
            fit: Fit::default(),
            focus: Focus::default(),
            ground: Rgb888::BLACK,
        }
    }
}

/// Which part of a picture is seen, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Placed {
    /// The part of the picture that is seen, in its pixels.
    pub from: Area,
    /// Where in the place it is seen; around it is ground.
    pub to: Area,
}

impl Fitting {
    /// How a picture of size `from`, upright and with square pixels, fills a place of size `room`: as far as the fitting lets it, also where
    /// it must be made larger. Both areas lie within their sizes and have at least one pixel; neither size may be empty.
    ///
    /// This is for videos. They are soft by themselves and move, so nobody sees that a pixel of theirs is not as wide as the next; but everybody
    /// sees bars on all four sides. Each LED shows the mean of what falls on it, so that a whole multiple gives squares all the same.
    pub fn place(self, from: Size, room: Size) -> Placed {
        match self.fit {
            Fit::Contain => Placed {
                from: from.area(),
                to: centred(filling(from, room), room),
            },
            Fit::Stretch => Placed {
                from: from.area(),
                to: room.area(),
            },
            Fit::Cover => {
                let part = filling(room, from);
                Placed {
                    from: Area::new(
                        share(from.width - part.width, self.focus.x),
                        share(from.height - part.height, self.focus.y),
                        part.width,
                        part.height,
                    ),
                    to: room.area(),
                }
            }
        }
    }

    /// The same for a picture that stands still: where all of it is seen with bars beside it, it is made larger by whole multiples only, up
    /// to [`super::scale::LARGEST`], since LEDs show how sharp it is.
    pub fn place_picture(self, from: Size, room: Size) -> Placed {
        match self.fit {
            Fit::Contain => Placed {
                from: from.area(),
                to: centred(contained(from, room), room),
            },
            Fit::Cover | Fit::Stretch => self.place(from, room),
        }
    }
}

impl Placed {
    /// How many times smaller than it is the picture is seen, along the side where that is most, rounded down; 0 where it is larger.
    pub fn shrinks(self) -> u32 {
        (self.from.width / self.to.width.max(1)).max(self.from.height / self.to.height.max(1))
    }
}

/// `size` in the middle of `room`, which is no smaller.
const fn centred(size: Size, room: Size) -> Area {
    let (x, y) = (room.width - size.width, room.height - size.height);
    Area::new(x / 2, y / 2, size.width, size.height)
}

/// So many per cent of what is `left`, to the nearest whole number.
const fn share(left: u32, percent: u8) -> u32 {
    // At most `left`.
    let percent = if percent > 100 { 100 } else { percent };
    ((left as u64 * percent as u64 + 50) / 100) as u32
}
