//! Yingbi 影壁 runs the LED lobby screen of a public building: it reads published items from a folder, works out what plays
//! at any instant, sets it in Chinese bitmap type, and sends the lit pixels to a controller or a simulator.
//!
//! Data flows one way, from the lowest floor to the highest. A room imports only rooms on lower floors; `tests/architecture.rs`
//! holds that.
//!
//! | floor | rooms | what they may do |
//! |---|---|---|
//! | 0 | [`units`], [`calendar`], [`frame`], [`diagnostic`] | pure |
//! | 1 | [`text`], [`panel`], [`controller`], [`document`] | pure |
//! | 2 | [`site`], [`item`], [`playlist`] | pure: bytes to values and diagnostics |
//! | 3 | [`programme`] | pure: what plays at an instant |
//! | 4 | [`stage`] | pure: scenes, zones, transitions |
//! | 5 | [`wall`] | pure: the whole way from bytes to a frame |
//! | 6 | [`folder`], [`link`] | the world: files, sockets |
//! | 7 | [`simulator`] | the world: the page, the terminal, pictures, virtual controllers |
//! | 8 | [`daemon`] | the world: threads, clocks |
//! | 9 | [`cli`] | the world: the command line |
//!
//! Pure means: no clock, no file, no socket, no thread, no random source. Whoever needs the time gets it as an argument.

pub mod calendar;
pub mod cli;
pub mod controller;
pub mod daemon;
pub mod diagnostic;
pub mod document;
pub mod folder;
pub mod frame;
pub mod item;
pub mod link;
pub mod panel;
pub mod playlist;
pub mod programme;
pub mod simulator;
pub mod site;
pub mod stage;
pub mod text;
pub mod units;
pub mod wall;
