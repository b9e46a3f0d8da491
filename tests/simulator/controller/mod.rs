//! Virtual controllers without their sockets: what hangs behind them, and what goes wrong with them, by simulated time.

mod chain;
mod machine;
mod torn;
mod way;
mod weather;
mod words;
