//! What is known of each picture, video and workbook of the site, and what is still to be done. Nothing here reads or decodes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use super::films::Films;
use crate::{
    diagnostic::{Bilingual, Explain as _},
    item::PICTURE_LIMIT,
    media::film::FilmFault,
    site,
    units::{Digest, Size},
    wall::{ReadFault, SourceFile, is_picture_file, is_video_file},
};

/// The most bytes of all plain forms together.
const PLAIN_LIMIT: u64 = 256_000_000;

/// What was beyond that is tried again so often: others may have gone.
const FULL: Duration = Duration::from_secs(60);

/// A video that is not whole, and is not written any more, counts as broken off after so long. Shares pause, and people go for lunch.
const COPYING: Duration = Duration::from_mins(10);

/// All files that need a plain form, by path.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) places: BTreeMap<Arc<str>, Place>,
    /// What was in force of each video before this desk knew it: the digest of its file.
    pub(super) before: BTreeMap<Arc<str>, Digest>,
    pub(super) films: Films,
    /// How large pictures are to be: the screens of the site, side by side on each other.
    bounds: Size,
    /// The site's file from which that follows.
    site: Option<Digest>,
    /// Jobs that somebody is doing.
    doing: usize,
    pub(super) is_ending: bool,
}

impl Default for Desk {
    fn default() -> Self {
        Self {
            places: BTreeMap::new(),
            before: BTreeMap::new(),
            films: Films::default(),
            bounds: PICTURE_LIMIT,
            site: None,
            doing: 0,
            is_ending: false,
        }
    }
}

/// One file.
#[derive(Debug)]
pub(super) struct Place {
    /// The version that the folder has now.
    pub(super) version: Digest,
    /// The version and bounds that were looked at last, and when to look again though they have not changed.
    tried: Option<(Digest, Size, Option<Instant>)>,
    /// What came of it; what came of a version before, until the newest one is done.
    made: Option<Made>,
    /// The version that it came of.
    pub(super) made_of: Digest,
    /// Since when a version was found that is not whole, and which.
    partial: Option<(Digest, Instant)>,
    /// How much of a video has been read, in bytes, and how much there is, while somebody reads it.
    pub(super) reading: Option<(u64, u64)>,
    /// The video that is shown until the clips of the newest one are made.
    pub(super) held: Option<Digest>,
}

/// Who does a job: nothing small waits for anything large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Pictures and workbooks.
    Small,
    /// Videos, which are read from end to end.
    Large,
}

impl Lane {
    fn of(path: &str) -> Self {
        if is_video_file(path) { Self::Large } else { Self::Small }
    }
}

/// One file that is to be made plain.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) path: Arc<str>,
    pub(super) version: Digest,
    pub(super) bounds: Size,
    /// Whether it was waited for long enough to become whole.
    pub(super) is_overdue: bool,
}

/// What a file is once it has been made plain.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// A plain form and its digest.
    Plain(Arc<[u8]>, Digest),
    /// A video whose file has that digest. Its plain form says which clips there are.
    Video(Digest),
}

/// What came of a file.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// The digest of the file's own bytes, and the bounds that it was made for; `None` where it could not be read.
    pub(super) source: Option<(Digest, Size)>,
    pub(super) outcome: Outcome,
    /// After which time it is worth another look.
    pub(super) again: Option<Duration>,
}

#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Done(Form),
    /// Nothing can be said yet.
    Unknown,
    /// It is not whole yet.
    Partial,
    Refused(ReadFault),
}

impl Desk {
    /// As [`Admission::admit`](super::Admission::admit).
    pub(super) fn admit(&mut self, files: &[SourceFile]) -> Vec<SourceFile> {
        self.look_at_site(files);
        let is_waiting = |file: &&SourceFile| matches!(file.bytes, Err(ReadFault::Waiting { .. }));
        let mut before = std::mem::take(&mut self.places);
        for file in files.iter().filter(is_waiting) {
            let place = before.remove(&file.path).unwrap_or_else(|| Place::new(file.digest));
            let version = file.digest;
            self.places.insert(Arc::clone(&file.path), Place { version, ..place });
        }
        self.tidy();
        files.iter().map(|file| self.admitted(file)).collect()
    }

    /// Whether the site has any file that needs a plain form.
    pub(super) fn is_needed(&self) -> bool {
        !self.places.is_empty()
    }

    fn admitted(&self, file: &SourceFile) -> SourceFile {
        let Some(place) = self.places.get(&file.path) else {
            return file.clone();
        };
        let done = |bytes: Arc<[u8]>, digest| SourceFile {
            path: Arc::clone(&file.path),
            bytes: Ok(bytes),
            digest,
        };
        let refused = |fault| SourceFile {
            bytes: Err(fault),
            ..file.clone()
        };
        match place.made.as_ref().map(|made| &made.outcome) {
            Some(Outcome::Done(Form::Plain(bytes, digest))) => done(Arc::clone(bytes), *digest),
            Some(Outcome::Done(Form::Video(source))) => match self.films.shown(*source, place.held) {
                Ok(plain) => {
                    let digest = Digest::of(&plain);
                    done(plain.into(), digest)
                }
                Err(fault) => refused(fault),
            },
            Some(Outcome::Refused(fault)) => refused(fault.clone()),
            Some(Outcome::Unknown | Outcome::Partial) | None if place.is_partial() => {
                refused(ReadFault::Waiting { is_hollow: true })
            }
            Some(Outcome::Unknown | Outcome::Partial) | None => file.clone(),
        }
    }

    /// Pictures need not be larger than the largest screen.
    fn look_at_site(&mut self, files: &[SourceFile]) {
        let Some(file) = files.iter().find(|file| &*file.path == "site.toml") else {
            return;
        };
        if self.site == Some(file.digest) {
            return;
        }
        let site = file
            .bytes
            .as_ref()
            .ok()
            .and_then(|bytes| site::parse(&file.path, bytes).value);
        // A site that is bad keeps its last good version, and that its bounds.
        let Some(site) = site else { return };
        self.site = Some(file.digest);
        let sizes = || site.screens.iter().map(|screen| screen.size);
        let most = |side: Option<u32>, limit: u32| side.unwrap_or(limit).clamp(1, limit);
        self.bounds = Size::new(
            most(sizes().map(|size| size.width).max(), PICTURE_LIMIT.width),
            most(sizes().map(|size| size.height).max(), PICTURE_LIMIT.height),
        );
    }

    /// The next job of that lane; it counts as being done from now on.
    pub(super) fn take(&mut self, lane: Lane, now: Instant) -> Option<Job> {
        if self.is_ending {
            return None;
        }
        let bounds = self.bounds;
        let mut places = self.places.iter_mut().filter(|(path, _)| Lane::of(path) == lane);
        let (path, place) = places.find(|(path, place)| place.is_wanted(bounds_of(path, bounds), now))?;
        let bounds = bounds_of(path, bounds);
        place.tried = Some((place.version, bounds, None));
        self.doing += 1;
        Some(Job {
            path: Arc::clone(path),
            version: place.version,
            bounds,
            is_overdue: place.is_overdue(now),
        })
    }

    /// Keeps what came of a job.
    pub(super) fn put(&mut self, job: &Job, mut made: Made, now: Instant) {
        self.doing = self.doing.saturating_sub(1);
        let of_others = self.places.iter().filter(|(path, _)| **path != job.path);
        let taken: u64 = of_others.map(|(_, place)| place.length()).sum();
        if let Outcome::Done(Form::Plain(bytes, _)) = &made.outcome
            && taken + bytes.len() as u64 > PLAIN_LIMIT
        {
            made.outcome = Outcome::Refused(ReadFault::Beyond { limit: PLAIN_LIMIT });
            made.again = Some(FULL);
        }
        let resumed = self.before.get(&job.path).copied();
        let Some(place) = self.places.get_mut(&job.path) else {
            return;
        };
        place.reading = None;
        let again = made.again.map(|after| now + after);
        if let Some((version, bounds, at)) = &mut place.tried
            && (*version, *bounds) == (job.version, job.bounds)
        {
            *at = again;
        }
        match &made.outcome {
            Outcome::Unknown => {}
            Outcome::Partial => place.begin_partial(job.version, now),
            Outcome::Done(_) | Outcome::Refused(_) => {
                let shown = place.held.or_else(|| place.video()).or(resumed);
                place.partial = None;
                (place.made, place.made_of) = (Some(made), job.version);
                // A video takes the place of one before it once its clips are there.
                place.held = shown.filter(|shown| !place.is_still() && place.video() != Some(*shown));
                self.before.remove(&job.path);
                self.tidy();
            }
        }
    }

    /// Lets newest videos take the places of those before them, where all that is needed has been made.
    pub(super) fn tidy(&mut self) {
        for place in self.places.values_mut() {
            let (Some(held), Some(video)) = (place.held, place.video()) else {
                continue;
            };
            if self.films.is_succeeded(held, video) {
                place.held = None;
            }
        }
        let in_use = self.sources();
        self.films.tidy(&in_use);
    }

    /// The digests of all videos that are shown, or shall be.
    pub(super) fn sources(&self) -> BTreeSet<Digest> {
        let places = self.places.values();
        let in_use = places.flat_map(|place| [place.video(), place.held]).flatten();
        in_use.chain(self.before.values().copied()).collect()
    }

    /// What came of another file of the same bytes, or of this one under another version.
    pub(super) fn twin(&self, job: &Job, source: Digest) -> Option<Made> {
        let is_picture = is_picture_file(&job.path);
        let mut twins = self
            .places
            .iter()
            .filter_map(|(path, place)| Some((path, place.made.as_ref()?)));
        let (_, made) = twins.find(|(path, made)| {
            made.source == Some((source, job.bounds)) && made.again.is_none() && is_picture_file(path) == is_picture
        })?;
        Some(made.clone())
    }

    /// Whether the version of `job` is still the one to be read, of which so many bytes of so many have been.
    pub(super) fn goes_on(&mut self, job: &Job, reading: (u64, u64)) -> bool {
        let is_ending = self.is_ending;
        let place = self.places.get_mut(&job.path).filter(|_| !is_ending);
        place.is_some_and(|place| {
            place.reading = Some(reading);
            // A version that only became old enough to be vouched for has the same bytes: reading goes on, and shows that.
            true
        })
    }

    /// Whether anything is to be done or is being done, clips aside.
    pub(super) fn is_busy(&self, now: Instant) -> bool {
        self.doing > 0 || self.has_job(Lane::Small, now) || self.has_job(Lane::Large, now)
    }

    pub(super) fn has_job(&self, lane: Lane, now: Instant) -> bool {
        let mut places = self.of_lane(lane);
        places.any(|(path, place)| place.is_wanted(bounds_of(path, self.bounds), now))
    }

    /// After which time something is worth another look.
    pub(super) fn next_try(&self, lane: Lane, now: Instant) -> Option<Duration> {
        let tries = self.of_lane(lane).filter_map(|(_, place)| place.tried?.2);
        tries.min().map(|at| at.saturating_duration_since(now))
    }

    fn of_lane(&self, lane: Lane) -> impl Iterator<Item = (&Arc<str>, &Place)> {
        self.places.iter().filter(move |(path, _)| Lane::of(path) == lane)
    }
}

impl Made {
    /// Nothing is known of the file's bytes.
    pub(super) const fn nothing(outcome: Outcome, again: Option<Duration>) -> Self {
        Self {
            source: None,
            outcome,
            again,
        }
    }

    /// Making it failed by a fault of ours.
    pub(super) const fn failed() -> Self {
        Self::nothing(Outcome::Refused(ReadFault::Quarantined), None)
    }
}

/// What a film is refused for, as a file of the site is.
pub(super) fn refused(fault: &FilmFault) -> ReadFault {
    ReadFault::Refused {
        message: Bilingual::new(fault.chinese(), fault.to_string()),
        help: fault.help(),
    }
}

impl Place {
    const fn new(version: Digest) -> Self {
        Self {
            version,
            tried: None,
            made: None,
            made_of: version,
            partial: None,
            reading: None,
            held: None,
        }
    }

    /// The digest of the video's file, where it is one that is known.
    pub(super) fn video(&self) -> Option<Digest> {
        match self.made.as_ref().map(|made| &made.outcome) {
            Some(Outcome::Done(Form::Video(source))) => Some(*source),
            _ => None,
        }
    }

    /// Whether it is known to be no video.
    fn is_still(&self) -> bool {
        let outcome = self.made.as_ref().map(|made| &made.outcome);
        matches!(outcome, Some(Outcome::Done(Form::Plain(..))))
    }

    /// Whether the newest version is not whole.
    pub(super) fn is_partial(&self) -> bool {
        self.partial.is_some_and(|(version, _)| version == self.version)
    }

    /// Whether somebody has looked at the newest version.
    pub(super) fn is_looked_at(&self) -> bool {
        self.tried.is_some_and(|(version, ..)| version == self.version) && self.reading.is_none()
    }

    fn begin_partial(&mut self, version: Digest, now: Instant) {
        if self.partial.is_none_or(|(known, _)| known != version) {
            self.partial = Some((version, now));
        }
    }

    fn is_overdue(&self, now: Instant) -> bool {
        let since = self.partial.filter(|(version, _)| *version == self.version);
        since.is_some_and(|(_, since)| now.saturating_duration_since(since) >= COPYING)
    }

    fn is_wanted(&self, bounds: Size, now: Instant) -> bool {
        self.tried.is_none_or(|(version, made_for, again)| {
            (version, made_for) != (self.version, bounds) || again.is_some_and(|again| again <= now)
        })
    }

    /// The bytes of its plain form.
    fn length(&self) -> u64 {
        match self.made.as_ref().map(|made| &made.outcome) {
            Some(Outcome::Done(Form::Plain(bytes, _))) => bytes.len() as u64,
            _ => 0,
        }
    }
}

/// A workbook is the same on every wall, and a video's places have sizes of their own.
fn bounds_of(path: &str, bounds: Size) -> Size {
    if is_picture_file(path) { bounds } else { PICTURE_LIMIT }
}
