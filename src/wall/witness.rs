//! What is being worked on, for somebody who may outlive the process.
//!
//! A file from outside can take the process with it in ways that no program catches: a stack that ends, memory that the system takes back.
//! So whoever runs a thread may put a [`Witness`] beside it, who is told what work begins on and that it is done. He hears and is never
//! asked: what is made is the same with and without him.

use std::{
    any::Any,
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
};

use crate::units::{Digest, Size};

/// Who is told what a thread is working on.
pub trait Witness {
    /// Work begins. Should this panic, that is taken for the work's own.
    fn begins(&self, work: &Work<'_>);

    /// It is done.
    fn ends(&self, work: &Work<'_>);

    /// It panicked, with these words.
    fn broke(&self, work: &Work<'_>, words: &str);
}

/// A piece of work on one version of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work<'a> {
    /// The file, relative to the site.
    pub path: &'a str,
    /// The digest of its bytes.
    pub digest: Digest,
    /// What is done with it.
    pub task: Task,
}

/// What is done with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// It is read.
    Read,
    /// It is measured for a zone of that size.
    Measure(Size),
    /// That page of it, from 0, is set in a zone of that size.
    Prepare(Size, u16),
}

thread_local! {
    static WITNESS: RefCell<Option<Box<dyn Witness>>> = const { RefCell::new(None) };
}

/// Lets `witness` be told of what this thread works on from now on.
pub fn witness(witness: Box<dyn Witness>) {
    WITNESS.with_borrow_mut(|place| *place = Some(witness));
}

/// Does `work`, of which this thread's witness is told.
///
/// # Errors
/// It panicked, with these words.
pub(super) fn witnessed<T>(work: &Work<'_>, act: impl FnOnce() -> T) -> Result<T, String> {
    let act = || {
        tell(|witness| witness.begins(work));
        act()
    };
    match catch_unwind(AssertUnwindSafe(act)) {
        Ok(made) => {
            tell(|witness| witness.ends(work));
            Ok(made)
        }
        Err(panic) => {
            let words = words(&*panic);
            tell(|witness| witness.broke(work, &words));
            Err(words)
        }
    }
}

fn tell(what: impl FnOnce(&dyn Witness)) {
    WITNESS.with_borrow(|witness| witness.as_deref().map(what));
}

/// The words of a panic.
pub(crate) fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("without words").to_owned()
}
