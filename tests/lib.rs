//! One integration binary, one module a theme.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests are sentences, and a failed one may panic; they set up the world themselves"
)]

mod almanac;
mod architecture;
mod artnet;
mod body;
mod calendar;
mod card_commands;
mod cases;
mod cli;
mod clip;
mod daemon;
mod day_lists;
mod ddp;
mod decode;
mod deploy;
mod diagnostic;
mod discover;
mod document;
mod encoding;
mod feedback;
mod fitting;
mod folder;
mod frame;
mod golden;
mod interop;
mod item;
mod journal;
mod killing;
mod link;
pub(crate) mod media;
mod onbon;
mod panel;
mod panel_show;
mod patterns;
mod pipeline;
mod playlist;
mod preview;
mod programme;
mod sacn;
mod sample;
mod scene;
mod sheet;
mod simulate;
mod simulator;
mod site;
mod slips;
mod stage;
mod support;
mod text;
mod time;
mod wall;
mod years;
mod zones;
