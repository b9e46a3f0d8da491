//! Whole scenes: the real daemon, a real controller, and a clerk who only has the folder.

mod hall;
mod month;
mod typos;
mod welcome;
