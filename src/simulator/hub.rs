//! The newest state of every screen, for whoever looks.

use std::sync::Arc;

use crate::{diagnostic::Diagnostic, frame::Frame, wall::ScreenView};

/// The newest picture and words of every screen, and the problems in force. Writers never wait for readers.
#[derive(Debug, Default)]
pub struct Hub {}

impl Hub {
    /// Makes `frame` the picture of the screen of that identity. Cheap where nobody looks.
    pub fn show(&self, screen: &str, frame: &Frame) {
        let _ = (screen, frame);
    }

    /// Makes `view` what the screen of its identity shows, in words.
    pub fn describe(&self, view: Arc<ScreenView>) {
        let _ = view;
    }

    /// Makes `problems` the ones in force.
    pub fn report(&self, problems: Vec<Diagnostic>) {
        let _ = problems;
    }
}
