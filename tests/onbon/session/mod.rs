//! Our side of the conversation with a card: what is sent, when, and that the card is kept true whatever happens.

mod cuts;
mod exchange;
mod families;
mod faults;
mod keeping;
mod line;
mod rig;
mod schedules;
mod showing;
