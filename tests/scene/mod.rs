//! Whole scenes: the real daemon, a real controller, and a clerk who only has the folder.

#![allow(clippy::disallowed_macros, reason = "the figures are for whoever runs it")]

mod backup;
mod cards;
mod cycle;
mod films;
mod hall;
mod month;
mod networks;
mod tiles;
mod trio;
mod typos;
mod walls;
mod welcome;
