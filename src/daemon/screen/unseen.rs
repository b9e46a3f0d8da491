//! A video that plays and whose frames are not at hand: the screen holds what it showed, and somebody is told once that lasts.

use thiserror::Error;

use crate::{
    diagnostic::{Bilingual, Explain},
    units::{Rate, Tick},
};

/// What is wrong with a video that plays.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub(super) enum Unseen {
    /// Its frames have not been at hand for more than a second.
    #[error("the frames of this video cannot be read, and the screen holds the last one that it showed")]
    Frames,
}

impl Explain for Unseen {
    fn chinese(&self) -> String {
        "此视频的画面读不出来，屏幕保持前一帧".into()
    }

    fn help(&self) -> Bilingual {
        Bilingual::new(
            "请检查状态文件夹（clips）所在的磁盘是否读得出、是否太慢；画面一读出来就继续播放，片段丢失的会重新准备",
            "see whether the disk with the state folder (clips) can be read, and fast enough; the video goes on as soon as it can be, and a \
             clip that is lost is made again",
        )
    }
}

/// Since when frames have not been at hand.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lacking {
    since: Option<Tick>,
    is_told: bool,
}

impl Lacking {
    /// They are again.
    pub(super) const fn end(&mut self) {
        *self = Self {
            since: None,
            is_told: false,
        };
    }

    /// They are not at `tick` either. Whether that is to be told now: once, when it has lasted for more than a second.
    pub(super) fn is_due(&mut self, tick: Tick, rate: Rate) -> bool {
        // After a step of the clock it counts anew.
        let since = self.since.filter(|since| *since <= tick).unwrap_or(tick);
        self.since = Some(since);
        let lasts = tick.since(since).0 > i64::from(rate.hertz());
        lasts && !std::mem::replace(&mut self.is_told, true)
    }
}
