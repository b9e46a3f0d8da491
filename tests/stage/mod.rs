//! What a visitor sees: scenes, boards, tickers, clocks, transitions.

mod board;
mod picture;
mod scenes;
mod ticker;
