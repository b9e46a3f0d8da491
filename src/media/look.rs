//! What a picture is, for whoever asks before it is put anywhere.

use std::time::Duration;

use super::{
    child::{Child, ChildFault, Limits, Task},
    picture,
};
use crate::{item::Picture, units::Size};

/// As much as to take it in, see `admission`; the answer is a few bytes.
const LIMITS: Limits = Limits {
    memory: 1024,
    cpu: 20,
    wall: Duration::from_secs(40),
    answer: 1 << 10,
};

/// A picture that nobody looks at.
const SMALL: Size = Size::new(8, 8);

/// The picture in `bytes`, far too small to be shown, and with the size that it has. It is read by `child` from end to end, and refused where
/// the wall would refuse it.
///
/// # Errors
/// It is no picture, damaged or too large, or the child cannot be started.
pub fn look_at_picture(bytes: &[u8], child: &Child) -> Result<Picture, ChildFault> {
    let answer = child.run(Task::Picture, &picture::settings(SMALL), bytes, &LIMITS)?;
    Picture::read(&answer.into()).ok_or(ChildFault::Garbled)
}
