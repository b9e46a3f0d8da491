//! Somebody copies a video into the folder of a running wall, and every picture that reaches the screen is looked at: which one it is stands in it.
//!
//! What a busy machine sends late is no picture lost. Pictures are counted, and what is lacking must be in the journal as held.

mod booth;

use std::{fs, path::Path, time::Duration};

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use rustix::process::Signal;
use yingbi::units::{Rate, Tick, Ticks};

use crate::support::videos::{Recipe, has_ffmpeg};
use booth::{Booth, Planned, Received, VIDEO};

/// The page that stands before the video comes, and between its showings.
const NOTICE: (&str, &str) = (
    "items/notices/a.md",
    "+++\ntitle = \"通知\"\ndwell = \"3s\"\n+++\n今日开会\n",
);

/// 30 pictures, 25 a second, which need no `ffmpeg` to be there. See `tests/media/videos/README.md`.
const SHORT: &str = "tests/media/videos/high.mp4";
const SHORT_FRAMES: u16 = 30;

fn short() -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(SHORT)).unwrap()
}

/// So many seconds of counted pictures at 25 or 50 a second.
fn counted(rate: &'static str, pictures: u16) -> Vec<u8> {
    let recipe = Recipe {
        rate,
        pictures,
        ..Recipe::new("counted.mp4", "-c:v libx264 -preset veryfast -pix_fmt yuv420p")
    };
    fs::read(recipe.file()).unwrap()
}

/// What came of a page of the video.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    planned: u64,
    received: u64,
    /// Pictures that never came.
    dropped: u64,
    /// Pictures that came again.
    doubled: u64,
    /// Pictures that came after a later one, or that belong nowhere.
    disordered: u64,
    /// Pictures that came before their tick.
    early: u64,
}

/// How far apart the daemon's clock and ours may be.
const CLOSE: SignedDuration = SignedDuration::from_millis(5);

/// Counts the pictures of a showing that began at `entry` against its page: number `(tick - since) mod frames` for every tick, in order. Also how
/// late the first one came, and the latest.
fn count(showing: &[Received], page: Planned, entry: Tick, rate: Rate, frames: u16) -> (Count, [SignedDuration; 2]) {
    let frames = i64::from(frames);
    let mut count = Count {
        planned: page.until.since(entry).0.unsigned_abs(),
        received: showing.len() as u64,
        ..Count::default()
    };
    let mut late = Vec::new();
    let mut next = entry;
    for received in showing {
        let number = i64::from(received.number().expect("a showing is of the video"));
        let ahead = (number - next.since(page.since).0).rem_euclid(frames);
        if ahead == frames - 1 && next > entry {
            count.doubled += 1;
            continue;
        }
        if ahead > frames / 2 {
            count.disordered += 1;
            continue;
        }
        count.dropped += ahead.unsigned_abs();
        let tick = next + Ticks(ahead);
        let lateness = received.at.duration_since(rate.timestamp(tick));
        count.early += u64::from(lateness < -CLOSE);
        late.push(lateness);
        next = tick.next();
    }
    // Where more came than was planned, it is none of this page.
    count.disordered += page_over(next, page);
    count.dropped += page.until.since(next).0.max(0).unsigned_abs();
    let latest = late.iter().max().copied().unwrap_or_default();
    (count, [late.first().copied().unwrap_or_default(), latest])
}

fn page_over(next: Tick, page: Planned) -> u64 {
    next.since(page.until).0.max(0).unsigned_abs()
}

/// The last tick, when the picture had come, to which its number belongs, as far as a loop can tell.
fn tick_of(received: &Received, page: Planned, rate: Rate, frames: u16) -> Tick {
    let number = i64::from(received.number().expect("it is of the video"));
    let now = rate.tick_at(received.at + CLOSE);
    now - Ticks((now.since(page.since).0 - number).rem_euclid(frames.into()))
}

/// The first whole showing: the pictures before it, and its own; `None` while something else has not followed.
fn first_showing(all: &[Received]) -> Option<(&[Received], &[Received])> {
    let begin = all.iter().position(|received| received.number().is_some())?;
    let (before, rest) = all.split_at(begin);
    let end = rest.iter().position(|received| received.number().is_none())?;
    Some((before, &rest[..end]))
}

/// When the video is planned.
#[derive(Clone, Copy, Debug)]
enum Plan {
    /// In turn with the notice: it comes in when that has been seen.
    InTurn,
    /// For a minute, so many seconds after the copy begins.
    After(i64),
}

impl Plan {
    fn playlist(self, zone: &TimeZone) -> String {
        let Self::After(seconds) = self else {
            return format!("[[play]]\nitem = \"{VIDEO}\"\ndwell = \"5s\"\n");
        };
        let from = Timestamp::now().to_zoned(zone.clone()) + SignedDuration::from_secs(seconds);
        let until = &from + SignedDuration::from_mins(1);
        let hours = format!("{}-{}", from.strftime("%H:%M:%S"), until.strftime("%H:%M:%S"));
        format!(
            "priority = \"campaign\"\n[[when]]\nhours = \"{hours}\"\n[[play]]\nitem = \"{VIDEO}\"\ndwell = \"60s\"\n"
        )
    }
}

/// A video is copied slowly into a running wall of that rate, and the first of its showings is counted.
fn is_copied_and_counted(hertz: u16, has_ffmpeg: bool, video: &[u8], frames: u16, plan: Plan) {
    let notice = ("notice.toml", "[[play]]\nitem = \"notices/a\"\n");
    let mut booth = Booth::new(hertz, has_ffmpeg, &[notice, NOTICE]);
    let begun = Timestamp::now();
    booth.start();
    booth.pictures(begun, |all| !all.is_empty());
    booth.write("video.toml", plan.playlist(&booth.zone).as_bytes());
    let whole = booth.copy(video, Duration::from_millis(400));
    let converted = booth.says("a video is converted");
    assert_eq!(converted.contains("built in"), !has_ffmpeg, "{converted}");
    let all = booth.pictures(begun, |all| first_showing(all).is_some());
    booth.end(Signal::TERM);
    let (before, showing) = first_showing(&all).unwrap();

    // Nothing but the notice until then, in particular not before the file is whole.
    assert!(before.iter().all(|received| received.pixels == before[0].pixels));
    let first = &showing[0];
    assert!(first.at > whole);
    let (held, taken) = booth.journal();
    let taken = booth
        .rate
        .tick_at(*taken.iter().filter(|at| **at <= first.at).max().unwrap());
    let around = SignedDuration::from_mins(2);
    let pages = booth.timeline(first.at - around, first.at + around);
    let now = booth.rate.tick_at(first.at + CLOSE);
    let page = *pages.iter().rfind(|page| page.since <= now).unwrap();
    let shown = tick_of(first, page, booth.rate, frames);
    // Its page began after its programme had taken over; or was under way when that was let in, which is when the notice's page ended.
    let entry = if page.since >= taken {
        page.since
    } else {
        let notice = booth.rate.ticks(SignedDuration::from_secs(3));
        assert!(taken <= shown && shown.since(taken) <= notice, "{shown:?} {taken:?}");
        shown
    };
    let (count, [lateness, latest]) = count(showing, page, entry, booth.rate, frames);
    eprintln!(
        "{hertz} Hz, {}: {count:?}, {held} held; the first, of tick {} of its page, came {lateness:?} after its instant, the latest {latest:?}",
        if has_ffmpeg { "by ffmpeg" } else { "without ffmpeg" },
        entry.since(page.since).0,
    );
    assert_eq!((count.doubled, count.disordered, count.early), (0, 0, 0), "{count:?}");
    assert!(count.dropped <= held, "{count:?}, but {held} held");
    assert_eq!(count.received + count.dropped, count.planned);
}

#[test]
fn a_video_that_is_copied_slowly_plays_at_its_tick_picture_by_picture_without_ffmpeg() {
    is_copied_and_counted(25, false, &short(), SHORT_FRAMES, Plan::InTurn);
}

#[test]
fn a_video_that_is_copied_slowly_plays_at_its_tick_picture_by_picture_at_50_hertz() {
    if !has_ffmpeg() {
        crate::support::videos::say_skipped();
        return;
    }
    is_copied_and_counted(50, true, &counted("50", 250), 250, Plan::InTurn);
}

/// A minute of a video of ten seconds, with `ffmpeg` and without.
fn a_minute(hertz: u16, rate: &'static str) {
    assert!(has_ffmpeg(), "ffmpeg makes the video");
    let frames = 10 * hertz;
    let video = counted(rate, frames);
    for has_ffmpeg in [true, false] {
        is_copied_and_counted(hertz, has_ffmpeg, &video, frames, Plan::After(30));
    }
}

#[test]
#[ignore = "takes some minutes"]
fn in_a_minute_of_video_no_picture_is_lost_or_doubled_at_25_hertz() {
    a_minute(25, "25");
}

#[test]
#[ignore = "takes some minutes"]
fn in_a_minute_of_video_no_picture_is_lost_or_doubled_at_50_hertz() {
    a_minute(50, "50");
}

#[test]
fn a_daemon_that_is_killed_goes_on_with_the_picture_of_the_instant_and_any_instant_can_be_drawn() {
    let pages = format!("[[play]]\nitem = \"{VIDEO}\"\ndwell = \"36s\"\n");
    let mut booth = Booth::new(25, false, &[("pages.toml", &pages)]);
    booth.write(&format!("items/{VIDEO}"), &short());
    let enough = |all: &[Received]| all.iter().filter(|received| received.number().is_some()).count() > 40;
    let mut last = Vec::new();
    for _ in 0..3 {
        booth.start();
        let begun = Timestamp::now();
        let mut all = booth.pictures(begun, enough);
        booth.end(Signal::KILL);
        all.retain(|received| received.number().is_some());
        let minute = SignedDuration::from_mins(1);
        let pages = booth.timeline(begun - minute, Timestamp::now() + minute);
        // A page is a whole number of loops, so any of them counts for all.
        let page = pages[1];
        assert_eq!(page.until.since(page.since), Ticks(900));
        let behind = |received: &Received| {
            let tick = tick_of(received, page, booth.rate, SHORT_FRAMES);
            booth.rate.tick_at(received.at + CLOSE).since(tick).0
        };
        let all_behind: Vec<i64> = all.iter().map(behind).collect();
        assert_eq!(all_behind.iter().min(), Some(&0), "{all_behind:?}");
        assert!(all_behind.iter().all(|ticks| *ticks < 15), "{all_behind:?}");
        last = all.into_iter().map(|received| (page, received)).collect();
    }
    // What came at a tick is what is drawn for it.
    for (page, received) in last.iter().step_by(9) {
        let tick = tick_of(received, *page, booth.rate, SHORT_FRAMES);
        assert!(booth.preview(tick).pixels == received.pixels);
    }
    let page = last[0].0;
    for later in [0, 1, 29, 30, 443, 899] {
        let drawn = booth.preview(page.since + Ticks(later)).number();
        assert_eq!(drawn.map(i64::from), Some(later % i64::from(SHORT_FRAMES)));
    }
}
