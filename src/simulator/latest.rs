//! A cell for the newest value, whose writer never waits for a reader.

use std::sync::{
    Mutex, MutexGuard, PoisonError, TryLockError,
    atomic::{AtomicU64, Ordering},
};

/// The newest value of something, with a stamp that grows with each.
///
/// There are two places. The writer takes whichever is free; readers queue up at a gate of their own, so that at most one of them
/// is in at most one place at a time. The writer therefore always finds the other place free, even when a reader was put to sleep
/// in the middle of looking. Writers wait for writers only.
#[derive(Debug)]
pub(super) struct Latest<T> {
    places: [Mutex<(u64, Option<T>)>; 2],
    gate: Mutex<()>,
    writing: Mutex<u64>,
    stamp: AtomicU64,
}

impl<T> Default for Latest<T> {
    fn default() -> Self {
        Self {
            places: [Mutex::new((0, None)), Mutex::new((0, None))],
            gate: Mutex::new(()),
            writing: Mutex::new(0),
            stamp: AtomicU64::new(0),
        }
    }
}

impl<T: Clone> Latest<T> {
    /// Makes `value` the newest, and returns an older one that nobody will be given any more.
    pub(super) fn put(&self, value: T) -> Option<T> {
        let mut last = enter(&self.writing);
        *last += 1;
        let mut place = self.free_place();
        let old = std::mem::replace(&mut *place, (*last, Some(value)));
        drop(place);
        self.stamp.store(*last, Ordering::Release);
        old.1
    }

    /// The stamp of the newest value; 0 while there is none.
    pub(super) fn stamp(&self) -> u64 {
        self.stamp.load(Ordering::Acquire)
    }

    /// The newest value and its stamp; `None` while there is none.
    pub(super) fn get(&self) -> Option<(u64, T)> {
        let _gate = enter(&self.gate);
        let [first, second] = self.places.each_ref().map(|place| enter(place).clone());
        let (stamp, value) = if first.0 > second.0 { first } else { second };
        value.map(|value| (stamp, value))
    }

    fn free_place(&self) -> MutexGuard<'_, (u64, Option<T>)> {
        loop {
            for place in &self.places {
                match place.try_lock() {
                    Ok(place) => return place,
                    Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                    Err(TryLockError::WouldBlock) => {}
                }
            }
        }
    }
}

/// The lock of `mutex`. No code that can panic runs under these locks; were it otherwise, the values would still be whole.
pub(super) fn enter<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_who_fell_asleep_in_either_place_holds_up_no_writer() {
        for asleep in 0..2 {
            let latest = Latest::default();
            let place = enter(&latest.places[asleep]);
            for value in 1..=5 {
                latest.put(value);
            }
            drop(place);
            assert_eq!(latest.get(), Some((5, 5)));
        }
    }

    #[test]
    fn nothing_was_put_so_nothing_is_there() {
        let latest = Latest::<u8>::default();
        assert_eq!((latest.get(), latest.stamp()), (None, 0));
    }

    #[test]
    fn readers_beside_a_writer_never_see_time_run_backwards() {
        let latest = Latest::default();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut last = 0;
                    while last < 20_000 {
                        let Some((stamp, value)) = latest.get() else { continue };
                        assert!(stamp == value && value >= last);
                        last = value;
                    }
                });
            }
            for value in 1..=20_000 {
                latest.put(value);
            }
        });
    }
}
