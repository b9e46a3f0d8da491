//! What is known of each picture and workbook of the site, and what is still to be done. Nothing here reads or decodes.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    item::PICTURE_LIMIT,
    site,
    units::{Digest, Size},
    wall::{ReadFault, SourceFile, is_picture_file},
};

/// The most bytes of all plain forms together.
const PLAIN_LIMIT: u64 = 256_000_000;

/// What was beyond that is tried again so often: others may have gone.
const FULL: Duration = Duration::from_secs(60);

/// All files that need a plain form, by path.
#[derive(Debug)]
pub(super) struct Desk {
    places: BTreeMap<Arc<str>, Place>,
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
            bounds: PICTURE_LIMIT,
            site: None,
            doing: 0,
            is_ending: false,
        }
    }
}

/// One file.
#[derive(Debug)]
struct Place {
    /// The version that the folder has now.
    version: Digest,
    /// The version and bounds that were looked at last, and when to look again though they have not changed.
    tried: Option<(Digest, Size, Option<Instant>)>,
    /// What came of it; what came of a version before, until the newest one is done.
    made: Option<Made>,
}

/// One file that is to be made plain.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) path: Arc<str>,
    pub(super) version: Digest,
    pub(super) bounds: Size,
}

/// A plain form and its digest.
pub(super) type Plain = (Arc<[u8]>, Digest);

/// What came of a file.
#[derive(Clone, Debug)]
pub(super) struct Made {
    /// The digest of the file's own bytes, and the bounds that it was made for; `None` where it could not be read.
    pub(super) source: Option<(Digest, Size)>,
    /// Its plain form; `Ok(None)` where nothing can be said yet.
    pub(super) outcome: Result<Option<Plain>, ReadFault>,
    /// After which time it is worth another look.
    pub(super) again: Option<Duration>,
}

impl Desk {
    /// As [`Admission::admit`](super::Admission::admit).
    pub(super) fn admit(&mut self, files: &[SourceFile]) -> Vec<SourceFile> {
        self.look_at_site(files);
        let is_waiting = |file: &&SourceFile| matches!(file.bytes, Err(ReadFault::Waiting { .. }));
        let mut before = std::mem::take(&mut self.places);
        for file in files.iter().filter(is_waiting) {
            let place = before.remove(&file.path).unwrap_or(Place {
                version: file.digest,
                tried: None,
                made: None,
            });
            let version = file.digest;
            self.places.insert(Arc::clone(&file.path), Place { version, ..place });
        }
        files.iter().map(|file| self.admitted(file)).collect()
    }

    /// Whether the site has any file that needs a plain form.
    pub(super) fn is_needed(&self) -> bool {
        !self.places.is_empty()
    }

    fn admitted(&self, file: &SourceFile) -> SourceFile {
        let made = self.places.get(&file.path).and_then(|place| place.made.as_ref());
        match made.map(|made| &made.outcome) {
            Some(Ok(Some((bytes, digest)))) => SourceFile {
                path: Arc::clone(&file.path),
                bytes: Ok(Arc::clone(bytes)),
                digest: *digest,
            },
            Some(Err(fault)) => SourceFile {
                bytes: Err(fault.clone()),
                ..file.clone()
            },
            Some(Ok(None)) | None => file.clone(),
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

    /// The next job; it counts as being done from now on.
    pub(super) fn take(&mut self, now: Instant) -> Option<Job> {
        if self.is_ending {
            return None;
        }
        let bounds = self.bounds;
        let mut places = self.places.iter_mut();
        let (path, place) = places.find(|(path, place)| place.is_wanted(bounds_of(path, bounds), now))?;
        let bounds = bounds_of(path, bounds);
        place.tried = Some((place.version, bounds, None));
        self.doing += 1;
        Some(Job {
            path: Arc::clone(path),
            version: place.version,
            bounds,
        })
    }

    /// Keeps what came of a job.
    pub(super) fn put(&mut self, job: &Job, mut made: Made) {
        self.doing = self.doing.saturating_sub(1);
        let of_others = self.places.iter().filter(|(path, _)| **path != job.path);
        let taken: u64 = of_others.map(|(_, place)| place.length()).sum();
        if let Ok(Some((bytes, _))) = &made.outcome
            && taken + bytes.len() as u64 > PLAIN_LIMIT
        {
            made.outcome = Err(ReadFault::Beyond { limit: PLAIN_LIMIT });
            made.again = Some(FULL);
        }
        let Some(place) = self.places.get_mut(&job.path) else {
            return;
        };
        let again = made.again.map(|after| Instant::now() + after);
        if let Some((version, bounds, at)) = &mut place.tried
            && (*version, *bounds) == (job.version, job.bounds)
        {
            *at = again;
        }
        if !matches!(made.outcome, Ok(None)) {
            place.made = Some(made);
        }
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

    /// Whether anything is to be done or is being done.
    pub(super) fn is_busy(&self, now: Instant) -> bool {
        self.doing > 0 || self.has_job(now)
    }

    pub(super) fn has_job(&self, now: Instant) -> bool {
        let mut places = self.places.iter();
        places.any(|(path, place)| place.is_wanted(bounds_of(path, self.bounds), now))
    }

    /// After which time something is worth another look.
    pub(super) fn next_try(&self, now: Instant) -> Option<Duration> {
        let tries = self.places.values().filter_map(|place| place.tried?.2);
        tries.min().map(|at| at.saturating_duration_since(now))
    }
}

impl Made {
    /// Making it failed by a fault of ours.
    pub(super) fn failed() -> Self {
        Self {
            source: None,
            outcome: Err(ReadFault::Quarantined),
            again: None,
        }
    }
}

impl Place {
    fn is_wanted(&self, bounds: Size, now: Instant) -> bool {
        self.tried.is_none_or(|(version, made_for, again)| {
            (version, made_for) != (self.version, bounds) || again.is_some_and(|again| again <= now)
        })
    }

    /// The bytes of its plain form.
    fn length(&self) -> u64 {
        match self.made.as_ref().map(|made| &made.outcome) {
            Some(Ok(Some((bytes, _)))) => bytes.len() as u64,
            _ => 0,
        }
    }
}

/// A workbook is the same on every wall.
fn bounds_of(path: &str, bounds: Size) -> Size {
    if is_picture_file(path) { bounds } else { PICTURE_LIMIT }
}
