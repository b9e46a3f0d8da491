//! What a visitor sees: scenes, boards, tickers, clocks, transitions.

mod board;
mod breaks;
mod clock;
mod code;
mod counter;
mod extent;
mod fits;
mod pages;
mod paint;
mod picture;
mod posting;
mod scenes;
mod scroll;
mod setting;
mod ticker;
mod whole;
