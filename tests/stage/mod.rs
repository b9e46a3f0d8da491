//! What a visitor sees: scenes, boards, tickers, clocks, transitions.

mod board;
mod clock;
mod pages;
mod paint;
mod picture;
mod scenes;
mod ticker;
