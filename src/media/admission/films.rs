//! What is known of clips, which are wanted, and what became of those that could not be made. Nothing here makes any.
//!
//! Three kinds of clips are made, in this order: those that play soon and are not there, be it that somebody deleted them or that they were let go;
//! those that the wall wants, in its order; and those by which a video that was exchanged takes the place of the one before it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    desk::{Desk, Place},
    estimate::Estimate,
};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Explain as _},
    item::{Take, Video},
    media::{
        child::ChildFault,
        clips::{CLIP_SPACE, ClipFault, ClipNote, Clips},
        film::Progress,
    },
    stage::Rendition,
    units::Digest,
    wall::{ClipWant, ReadFault},
};

/// What the machine is to blame for is tried again after this: somebody may have made room.
const SOON: Duration = Duration::from_secs(30);
/// So is a video that took too long: the machine may have been busy.
const LATER: Duration = Duration::from_mins(10);
/// So is one that changes, until the folder says so.
const MOMENT: Duration = Duration::from_secs(2);
/// How long it is told that a video went away while it was being converted.
const TOLD: Duration = Duration::from_mins(10);
/// A video that brings its reader down so often is left alone.
const CRASHES: u32 = 2;

/// The clips of one site.
#[derive(Debug, Default)]
pub(super) struct Films {
    /// By their names.
    known: BTreeMap<Digest, Known>,
    wants: Vec<ClipWant>,
    /// The clips that play soon; `None` until somebody has said.
    protected: Option<BTreeSet<Digest>>,
    /// Clips that were made since: nobody has said of them yet whether they play soon.
    fresh: BTreeSet<Digest>,
    /// What could not be made, by the name of the clip.
    trials: BTreeMap<Digest, Trial>,
    work: Option<Work>,
    /// The most bytes of all clips.
    space: Option<u64>,
    /// What is wrong with the store, and until when nothing is made for that reason.
    hitch: Option<(Diagnostic, Instant)>,
    /// Videos that went away while they were being converted, and until when that is told.
    gone: BTreeMap<Arc<str>, Instant>,
}

/// A clip.
#[derive(Debug)]
struct Known {
    note: ClipNote,
    is_there: bool,
    /// Whether the programme has it: then it goes on having it, though the clip was let go or deleted, and it is made again in time.
    is_in_force: bool,
}

/// What came of trying to make a clip.
#[derive(Debug)]
struct Trial {
    source: Digest,
    fault: ClipFault,
    crashes: u32,
    /// Whether `ffmpeg` was there.
    had_ffmpeg: bool,
    /// When it is worth another try though nothing has changed.
    again: Option<Instant>,
}

/// A clip that is to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) path: Arc<str>,
    /// The version of that file of which it is known what it is.
    pub(super) version: Digest,
    pub(super) source: Digest,
    pub(super) rendition: Rendition,
}

/// The one that is being made.
#[derive(Debug)]
struct Work {
    task: Task,
    estimate: Estimate,
}

impl Task {
    pub(super) fn name(&self) -> Digest {
        Clips::name(self.source, &self.rendition)
    }
}

impl Films {
    /// Begins with what the store has.
    pub(super) fn load(&mut self, clips: &Clips) {
        for note in clips.notes() {
            let is_there = clips.has(&note);
            let known = Known {
                is_there,
                is_in_force: is_there,
                note,
            };
            self.known.insert(known.note.take.clip, known);
        }
    }

    /// The plain form of the video `source`, or of the one that is shown in its place, which is `held`.
    pub(super) fn shown(&self, source: Digest, held: Option<Digest>) -> Result<Vec<u8>, ReadFault> {
        let fault = self.fault(source);
        match (held, fault) {
            // The wall keeps what it had.
            (Some(_), Some(fault)) => Err(refused(fault)),
            (Some(held), None) => Ok(self.plain(held)),
            (None, Some(fault)) if self.takes(source).next().is_none() => Err(refused(fault)),
            (None, _) => Ok(self.plain(source)),
        }
    }

    fn plain(&self, source: Digest) -> Vec<u8> {
        let takes: Vec<Take> = self.takes(source).map(|known| known.note.take.clone()).collect();
        Video::write(source, &takes)
    }

    /// What the programme has of a video.
    fn takes(&self, source: Digest) -> impl Iterator<Item = &Known> {
        let of_source = self.known.values().filter(move |known| known.note.source == source);
        of_source.filter(|known| known.is_in_force)
    }

    /// Whether `video` has all clips that `held` shows.
    pub(super) fn is_succeeded(&self, held: Digest, video: Digest) -> bool {
        let shown = self.takes(held).filter(|known| known.is_there);
        let mut names = shown.map(|known| Clips::name(video, &known.note.rendition));
        names.all(|name| self.known.get(&name).is_some_and(|known| known.is_there))
    }

    /// What the video cannot be shown for, where it is to blame.
    fn fault(&self, source: Digest) -> Option<&ClipFault> {
        let mut trials = self.trials.values().filter(|trial| trial.source == source);
        trials.find(|trial| trial.is_told()).map(|trial| &trial.fault)
    }

    /// Makes `wants` what is wanted.
    pub(super) fn want(&mut self, wants: &[ClipWant]) {
        self.wants = wants.to_vec();
        let names: BTreeSet<Digest> = wants
            .iter()
            .map(|want| Clips::name(want.source, &want.rendition))
            .collect();
        // Whoever wants a video otherwise than before has changed the settings that it failed by.
        let is_otherwise = |name: &Digest, trial: &Trial| {
            !names.contains(name) && wants.iter().any(|want| want.source == trial.source)
        };
        self.trials.retain(|name, trial| !is_otherwise(name, trial));
    }

    /// Makes `clips` those that play soon.
    pub(super) fn protect(&mut self, clips: BTreeSet<Digest>) {
        self.fresh.clear();
        self.protected = Some(clips);
    }

    /// The clips that may not be let go.
    pub(super) fn protected(&self) -> BTreeSet<Digest> {
        let in_force = || {
            self.known
                .iter()
                .filter(|(_, known)| known.is_in_force)
                .map(|(name, _)| *name)
        };
        let mut protected = self.protected.clone().unwrap_or_else(|| in_force().collect());
        protected.extend(&self.fresh);
        protected.extend(self.work.as_ref().map(|work| work.task.name()));
        protected
    }

    /// What is wrong with the store.
    pub(super) fn store_problems(&self) -> Vec<Diagnostic> {
        self.hitch.iter().map(|(told, _)| told.clone()).collect()
    }

    /// Makes `bytes` the most of all clips. Where that is more than before, what found no room is tried again.
    pub(super) fn set_space(&mut self, bytes: u64) {
        if self.space.replace(bytes) != Some(bytes) {
            self.hitch = None;
        }
    }

    pub(super) fn space(&self) -> u64 {
        self.space.unwrap_or(CLIP_SPACE)
    }

    /// Looks which clips are there; whether any that plays soon is not.
    pub(super) fn look(&mut self, clips: &Clips) -> bool {
        for known in self.known.values_mut() {
            known.is_there = clips.has(&known.note);
        }
        self.lost().next().is_some()
    }

    /// The clips that play soon and are not there.
    fn lost(&self) -> impl Iterator<Item = &Known> {
        let protected = self.protected.iter().flatten();
        let known = protected.filter_map(|name| self.known.get(name));
        known.filter(|known| !known.is_there)
    }

    /// Forgets what is of no video in `in_use`.
    pub(super) fn tidy(&mut self, in_use: &BTreeSet<Digest>) {
        for known in self
            .known
            .values_mut()
            .filter(|known| !in_use.contains(&known.note.source))
        {
            // Should the video come back, its clips must be there for it to play.
            known.is_in_force = known.is_there;
        }
        self.trials.retain(|_, trial| in_use.contains(&trial.source));
    }

    /// Notes that the programme had these clips before.
    fn resume(&mut self, video: &Video) {
        for take in &*video.takes {
            if let Some(known) = self.known.get_mut(&take.clip) {
                known.is_in_force = true;
            }
        }
    }

    fn is_open(&self, name: Digest, now: Instant, has_ffmpeg: bool) -> bool {
        self.trials
            .get(&name)
            .is_none_or(|trial| trial.again.is_some_and(|again| again <= now) || has_ffmpeg && !trial.had_ffmpeg)
    }
}

impl Trial {
    /// Whether people are told of it as of the file: what the machine is to blame for is told apart.
    const fn is_told(&self) -> bool {
        // The first time it may have been the machine.
        let is_passing = matches!(self.fault, ClipFault::Film(ChildFault::GivenUp) | ClipFault::SourceGone);
        !is_passing && (!is_crash(&self.fault) || self.crashes >= CRASHES)
    }
}

impl Desk {
    /// The clips that are to be made, the first one first.
    pub(super) fn tasks(&self) -> Vec<Task> {
        let mut tasks = Vec::new();
        let mut names = BTreeSet::new();
        let mut add = |task: Option<Task>| {
            tasks.extend(task.filter(|task| names.insert(task.name())));
        };
        for known in self.films.lost() {
            add(self.task(known.note.source, known.note.rendition, None));
        }
        for want in &self.films.wants {
            let name = Clips::name(want.source, &want.rendition);
            if self.films.known.get(&name).is_none_or(|known| !known.is_in_force) {
                add(self.task(want.source, want.rendition, Some(&want.path)));
            }
        }
        for (path, place) in &self.places {
            self.successors(path, place).for_each(|task| add(Some(task)));
        }
        tasks
    }

    /// The task of making that clip of whichever file has those bytes; of the one at `path` where that has.
    fn task(&self, source: Digest, rendition: Rendition, path: Option<&Arc<str>>) -> Option<Task> {
        let has_it = |(_, place): &(&Arc<str>, &Place)| place.video() == Some(source);
        let named = path.and_then(|path| self.places.get_key_value(path)).filter(has_it);
        let (path, place) = named.or_else(|| self.places.iter().find(has_it))?;
        Some(Task {
            path: Arc::clone(path),
            version: place.made_of,
            source,
            rendition,
        })
    }

    /// What the video at `path` needs so as to take the place of the one before it: all that this one has, and what is wanted of it.
    fn successors(&self, path: &Arc<str>, place: &Place) -> impl Iterator<Item = Task> {
        let films = &self.films;
        let pair = place.held.zip(place.video());
        pair.into_iter().flat_map(move |(held, source)| {
            let shown = films
                .takes(held)
                .filter(|known| known.is_there)
                .map(|known| known.note.rendition);
            let wanted = films.wants.iter().filter(move |want| want.source == held);
            let renditions = shown.chain(wanted.map(|want| want.rendition));
            let tasks = renditions.map(move |rendition| Task {
                path: Arc::clone(path),
                version: place.made_of,
                source,
                rendition,
            });
            tasks.filter(|task| films.known.get(&task.name()).is_none_or(|known| !known.is_there))
        })
    }

    /// Notes that this video was in force before at `path`.
    pub(super) fn resume(&mut self, path: &Arc<str>, video: &Video) {
        self.films.resume(video);
        let place = self.places.get_mut(path);
        match place.and_then(|place| Some((place.video()?, place))) {
            // Somebody was quicker.
            Some((now, place)) if now != video.source => place.held = Some(video.source),
            Some(_) => {}
            None => drop(self.before.insert(Arc::clone(path), video.source)),
        }
        self.tidy();
    }

    /// Whether a clip is to be made now.
    pub(super) fn has_film(&self, now: Instant, has_ffmpeg: bool) -> bool {
        let is_hitched = self.films.hitch.as_ref().is_some_and(|(_, until)| *until > now);
        let mut tasks = self.tasks().into_iter();
        !is_hitched && tasks.any(|task| self.films.is_open(task.name(), now, has_ffmpeg))
    }

    /// The next clip to be made; it counts as being made from now on.
    pub(super) fn take_film(&mut self, now: Instant, has_ffmpeg: bool) -> Option<Task> {
        if self.is_ending || !self.has_film(now, has_ffmpeg) || self.films.work.is_some() {
            return None;
        }
        let mut tasks = self.tasks().into_iter();
        let task = tasks.find(|task| self.films.is_open(task.name(), now, has_ffmpeg))?;
        self.films.work = Some(Work {
            task: task.clone(),
            estimate: Estimate::begun(now),
        });
        Some(task)
    }

    /// Notes how far the clip in work has come; whether anybody still wants it.
    pub(super) fn film_goes_on(&mut self, progress: Progress, now: Instant) -> bool {
        if self.is_ending {
            return false;
        }
        if let Some(work) = &mut self.films.work {
            work.estimate.note(progress, now);
        }
        let wanted = self.films.work.as_ref().map(|work| &work.task);
        wanted.is_some_and(|task| self.tasks().iter().any(|other| other.name() == task.name()))
    }

    /// Keeps what came of the clip in work; whether that is news.
    pub(super) fn put_film(
        &mut self,
        task: &Task,
        made: Result<ClipNote, ClipFault>,
        (now, had_ffmpeg): (Instant, bool),
    ) -> bool {
        self.films.work = None;
        let name = task.name();
        let fault = match made {
            Ok(note) => {
                self.films.trials.remove(&name);
                self.films.hitch = None;
                self.films.fresh.insert(name);
                let known = Known {
                    note,
                    is_there: true,
                    is_in_force: true,
                };
                self.films.known.insert(name, known);
                self.tidy();
                return true;
            }
            Err(fault) => fault,
        };
        let is_of_the_file = matches!(fault, ClipFault::Film(ChildFault::GivenUp) | ClipFault::SourceGone);
        if is_of_the_file && !self.places.contains_key(&task.path) && !self.is_ending {
            self.films.gone.insert(Arc::clone(&task.path), now + TOLD);
        }
        if is_of_the_file && !self.tasks().contains(task) {
            return true;
        }
        if fault.is_of_the_store() {
            let told = Diagnostic::of_file(Arc::clone(&task.path), &fault);
            self.films.hitch = Some((told, now + SOON));
            return true;
        }
        let crashes = self.films.trials.get(&name).map_or(0, |trial| trial.crashes);
        let crashes = crashes + u32::from(is_crash(&fault));
        let again = again(&fault, crashes).map(|after| now + after);
        let trial = Trial {
            source: task.source,
            fault,
            crashes,
            had_ffmpeg,
            again,
        };
        self.films.trials.insert(name, trial);
        true
    }

    /// When there is a clip to be made again, or anything else is worth a look.
    pub(super) fn next_film(&self, now: Instant) -> Option<Duration> {
        let hitch = self.films.hitch.as_ref().map(|(_, until)| *until);
        let trials = self.films.trials.values().filter_map(|trial| trial.again);
        let next = trials.chain(hitch).filter(|at| *at > now).min();
        next.map(|at| at.saturating_duration_since(now))
    }

    /// What is wrong with videos, beside what is told of the files themselves.
    pub(super) fn film_problems(&mut self, now: Instant) -> Vec<Diagnostic> {
        let places = &self.places;
        self.films
            .gone
            .retain(|path, until| *until > now && !places.contains_key(path));
        let gone = self.films.gone.keys();
        let gone = gone.map(|path| Diagnostic::of_file(Arc::clone(path), &ClipFault::SourceGone));
        let mut told: Vec<Diagnostic> = gone.collect();
        for (path, place) in &self.places {
            let Some(source) = place.video() else { continue };
            // Where there is nothing to be shown, the file itself tells it.
            let is_shown = self.films.shown(source, place.held).is_ok();
            let fault = self.films.fault(source).filter(|_| is_shown);
            told.extend(fault.map(|fault| Diagnostic::of_file(Arc::clone(path), fault)));
        }
        told
    }

    /// The clip in work, and how far it has come.
    pub(super) fn filming(&self) -> Option<(&Task, &Estimate)> {
        self.films.work.as_ref().map(|work| (&work.task, &work.estimate))
    }
}

fn refused(fault: &ClipFault) -> ReadFault {
    ReadFault::Refused {
        message: Bilingual::new(fault.chinese(), fault.to_string()),
        help: fault.help(),
    }
}

const fn is_crash(fault: &ClipFault) -> bool {
    matches!(
        fault,
        ClipFault::Film(ChildFault::Crashed { .. } | ChildFault::Failed { .. })
    )
}

/// After which time it is worth another try though nothing has changed.
const fn again(fault: &ClipFault, crashes: u32) -> Option<Duration> {
    match fault {
        // The file went away or was exchanged, and the folder has not said so yet.
        ClipFault::Film(ChildFault::GivenUp) | ClipFault::SourceGone => Some(MOMENT),
        ClipFault::Film(ChildFault::Start { .. } | ChildFault::Talk { .. }) => Some(SOON),
        ClipFault::Film(ChildFault::Late { .. } | ChildFault::Stalled { .. }) => Some(LATER),
        _ if is_crash(fault) && crashes < CRASHES => Some(SOON),
        _ => None,
    }
}
