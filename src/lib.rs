//! Yingbi 影壁 runs the LED lobby screen of a public building: it reads published items from a folder, works out what plays
//! at any instant, sets it in Chinese bitmap type, and sends the lit pixels to a controller or a simulator.
//!
//! Data flows one way, from the lowest floor to the highest. A room imports only rooms on lower floors; `tests/architecture`
//! holds that.
//!
//! | floor | rooms | what they may do |
//! |---|---|---|
//! | 0 | [`units`], [`diagnostic`] | pure |
//! | 1 | [`frame`], [`calendar`] | pure |
//! | 2 | [`text`], [`panel`], [`controller`], [`document`], [`clip`] | pure |
//! | 3 | [`site`], [`item`], [`playlist`], [`almanac`] | pure: bytes to values and diagnostics |
//! | 4 | [`programme`] | pure: what plays at an instant |
//! | 5 | [`stage`] | pure: scenes, zones, transitions |
//! | 6 | [`wall`] | pure: the whole way from bytes to a frame |
//! | 7 | [`folder`], [`link`] | the world: files, sockets |
//! | 8 | [`simulator`], [`media`] | the world: the page, the terminal, pictures, virtual controllers; what strangers made, read in a child |
//! | 9 | [`feedback`] | the world: files for the clerk, on the share |
//! | 10 | [`daemon`] | the world: threads, clocks |
//! | 11 | [`cli`] | the world: the command line |
//!
//! Pure means: no clock, no file, no socket, no thread, no random source. Whoever needs the time gets it as an argument. Clippy holds
//! that (`.clippy.toml`); the rooms of the world are let off below, each with its reason.

pub mod almanac;
pub mod calendar;
#[allow(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "the world: the terminal, the clock, the files that a person names"
)]
pub mod cli;
pub mod clip;
pub mod controller;
#[allow(clippy::disallowed_methods, reason = "the world: clocks, threads, signals")]
pub mod daemon;
pub mod diagnostic;
pub mod document;
#[allow(
    clippy::disallowed_methods,
    reason = "the world: files for the clerk, with their times"
)]
pub mod feedback;
#[allow(clippy::disallowed_methods, reason = "the world: files")]
pub mod folder;
pub mod frame;
pub mod item;
#[allow(clippy::disallowed_methods, reason = "the world: sockets")]
pub mod link;
#[allow(
    clippy::disallowed_methods,
    reason = "the world: children, their deadlines, what was made of fonts"
)]
pub mod media;
pub mod panel;
pub mod playlist;
pub mod programme;
#[allow(clippy::disallowed_methods, reason = "the world: sockets, clocks, files on request")]
pub mod simulator;
pub mod site;
pub mod stage;
pub mod text;
pub mod units;
pub mod wall;
