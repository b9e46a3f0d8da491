//! How a picture or a video of any proportions is brought into a place of others.

use embedded_graphics::{pixelcolor::Rgb888, prelude::RgbColor as _};

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
