//! What tests of several rooms share.

pub(crate) mod chromium;
pub(crate) mod dice;
pub(crate) mod footage;
pub(crate) mod lines;
pub(crate) mod mistakes;
pub(crate) mod pictures;
pub(crate) mod site;
pub(crate) mod ttf;
pub(crate) mod videos;
pub(crate) mod wire;
pub(crate) mod xlsx;
