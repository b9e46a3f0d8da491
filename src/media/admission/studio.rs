//! Clips are made, one at a time.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::PoisonError,
    time::{Duration, Instant},
};

use super::{Admission, Films, films::Task, stand_back};
use crate::{
    folder::{self, Since},
    media::{
        child::ChildFault,
        clips::{ClipFault, ClipJob, ClipNote},
        film::{Filmed, Progress},
    },
};

/// So often it is looked whether the clips are still there: people tidy up.
const LOOK: Duration = Duration::from_secs(5);

impl Admission {
    /// Makes what is wanted, until the end.
    pub(super) fn work_at_films(&self) {
        stand_back();
        loop {
            let worked = self.film(&mut || {});
            if worked {
                self.tell();
            } else if self.rest_from_films() {
                return;
            }
        }
    }

    /// Waits for a clip to be made; whether this is the end.
    fn rest_from_films(&self) -> bool {
        let Some(films) = &self.films else { return true };
        let mut looked = Instant::now();
        let mut desk = self.desk();
        loop {
            let now = Instant::now();
            if desk.is_ending || desk.has_film(now, films.maker.has_ffmpeg()) {
                return desk.is_ending;
            }
            if now.saturating_duration_since(looked) >= LOOK {
                looked = now;
                desk.films.look(&films.clips);
                continue;
            }
            let until = desk.next_film(now).unwrap_or(LOOK).min(LOOK);
            let waited = self.stir.wait_timeout(desk, until);
            desk = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Makes the next clip, if there is one to be made. `heard` is called whenever it has come further.
    pub(super) fn film(&self, heard: &mut dyn FnMut()) -> bool {
        let Some(films) = &self.films else { return false };
        let had_ffmpeg = films.maker.has_ffmpeg();
        let Some(task) = self.desk().take_film(Instant::now(), had_ffmpeg) else {
            return false;
        };
        // A fault of ours in one video shall not end the worker.
        let made = catch_unwind(AssertUnwindSafe(|| self.make_clip(films, &task, heard)));
        let made = made.unwrap_or(Err(ClipFault::Unsound));
        let mut desk = self.desk();
        // What had to make room is not there any more.
        desk.films.look(&films.clips);
        desk.put_film(&task, made, (Instant::now(), had_ffmpeg));
        drop(desk);
        self.stir.notify_all();
        true
    }

    fn make_clip(&self, films: &Films, task: &Task, heard: &mut dyn FnMut()) -> Result<ClipNote, ClipFault> {
        let gone = || Err(ClipFault::Film(ChildFault::GivenUp));
        let opened = match folder::open(&self.site, &task.path) {
            Ok(Some(opened)) if opened.is(task.version) => opened,
            // The folder will say so.
            Ok(_) | Err(_) => return gone(),
        };
        let (quota, protected) = {
            let desk = self.desk();
            (desk.films.space(), desk.films.protected())
        };
        let job = ClipJob {
            source: &opened.file,
            digest: task.source,
            rendition: &task.rendition,
            quota,
            protected: &protected,
        };
        let begun = Instant::now();
        let size = task.rendition.size;
        tracing::info!(file = %task.path, bytes = opened.length(), %size, rate = task.rendition.rate.hertz(), "converting a video");
        let mut tell = |progress: Progress| {
            let goes_on = self.desk().film_goes_on(progress, Instant::now());
            heard();
            goes_on
        };
        let mut is_still = || opened.since() == Since::Same;
        let made = films.clips.make(&job, &*films.maker, &mut tell, &mut is_still);
        let seconds = begun.elapsed().as_secs_f64();
        match made {
            Ok((note, Filmed { frames, codec, .. })) => {
                let with = if films.maker.has_ffmpeg() { "ffmpeg" } else { "built in" };
                let clip = note.take.clip;
                tracing::info!(file = %task.path, seconds, frames, codec, with, ?clip, bytes = note.length, "a video is converted");
                Ok(note)
            }
            Err(fault) => {
                tracing::info!(file = %task.path, seconds, %fault, "a video is not converted");
                Err(fault)
            }
        }
    }
}
