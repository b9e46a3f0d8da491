//! Which picture of a video is seen in which frame of the screen.
//!
//! Frame `k` is seen from `k / rate` on, and shows the last picture that is due by then, give or take a quarter of a frame: containers round
//! their times, some to the millisecond. Where the video's own rate is the screen's, or within a third of it, picture follows picture a frame
//! each as long as that is less than a frame from the truth, so that times which tremble neither double nor drop one. 29.97 on 30 thus shows every
//! picture once for the first 25 seconds, then doubles one every 33 seconds; 23.976 on 24 does so after 31 seconds and every 42.
//!
//! Pure: times in, counts of frames out.

use std::time::Duration;

use crate::units::Rate;

/// Billionths of a frame.
const FRAME: i128 = 1_000_000_000;
/// How much later than its frame a picture may be due.
const LATE: i128 = FRAME / 4;

/// Counts the frames that each picture is seen, one picture after the other.
#[derive(Clone, Debug)]
pub struct Pace {
    rate: Rate,
    last: Option<Placed>,
}

/// The picture that was placed last.
#[derive(Clone, Copy, Debug)]
struct Placed {
    /// When it is due.
    due: i128,
    /// When the next one is due, where that is known or guessed.
    over: i128,
    /// The first frame that would show it.
    frame: i128,
}

impl Pace {
    /// For a screen of that rate.
    pub const fn new(rate: Rate) -> Self {
        Self { rate, last: None }
    }

    /// Takes the time of the next picture, and how long it is seen where that is known. Gives the number of frames that show the picture *before*
    /// it: 0 for none at all, and where there was none.
    pub fn next(&mut self, at: Duration, lasts: Option<Duration>) -> u64 {
        let due = self.frames(at);
        let Some(last) = self.last else {
            // Whatever is first is seen from the beginning on.
            self.place(due, lasts, due, 0);
            return 0;
        };
        let due = due.max(last.due);
        let frame = frame(&last, due);
        self.place(due, lasts, due - last.due, frame);
        count(frame - last.frame)
    }

    /// How many frames show the last picture: until the video is over, and at least one where no other picture was seen.
    pub fn end(self) -> u64 {
        let Some(last) = self.last else { return 0 };
        // To the nearest frame.
        let total = (last.over + FRAME / 2).div_euclid(FRAME).max(1);
        count(total - last.frame)
    }

    fn place(&mut self, due: i128, lasts: Option<Duration>, interval: i128, frame: i128) {
        let lasts = lasts.map_or_else(|| interval.max(0), |lasts| self.frames(lasts));
        self.last = Some(Placed {
            due,
            over: due + lasts,
            frame,
        });
    }

    /// That time in billionths of a frame.
    fn frames(&self, time: Duration) -> i128 {
        // Times are beyond reason long before this saturates.
        let nanoseconds = i128::try_from(time.as_nanos()).unwrap_or(i128::MAX).min(1 << 80);
        nanoseconds * i128::from(self.rate.hertz())
    }
}

/// The first frame that shows what is due at `due`.
fn frame(last: &Placed, due: i128) -> i128 {
    let interval = due - last.due;
    let next = last.frame + 1;
    let is_equal = (interval - FRAME).abs() <= FRAME / 3;
    let early = next * FRAME - due;
    if is_equal && early > LATE - FRAME && early < FRAME {
        return next;
    }
    // Upwards, but for what is late.
    let nearest = -((LATE - due).div_euclid(FRAME));
    nearest.max(last.frame)
}

fn count(frames: i128) -> u64 {
    u64::try_from(frames).unwrap_or(0)
}
