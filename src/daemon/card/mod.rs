//! Cards: one thread a line, be it a serial port with several cards or one TCP connection.
//!
//! ```text
//! Player -> Deals -> SheetBox of each card --bell--> Crew -> CardLine: onbon::Line (a session each) <-> StreamLink <-> cards
//!                                                     ^\--> Problems, standing
//! control socket (`card`) ------ Ask -----------------/
//! ```
//!
//! Cards of one line share a thread though they may be of several screens, since only one may speak at a time. [`Lines`] starts a line's
//! thread when its first card comes and lets it end after the last one has gone. Nobody waits for a card: players put sheets into mailboxes
//! that hold one, and the thread itself waits in its link alone, a quarter of a second at most.

mod asked;
mod bell;
mod cable;
mod crew;
mod ledger;
mod line;
mod lines;
mod mailbox;
mod seat;
mod thread;
mod view;

pub use asked::CardRefusal;
pub(super) use asked::WantedCards;
pub use bell::Bell;
pub use cable::Cable;
pub use crew::Crew;
pub use ledger::Ledger;
pub use line::CardLine;
pub(super) use lines::Lines;
pub use mailbox::{Ending, SheetBox};
pub use seat::{Seat, Spent};
pub use view::{Ask, CardOrder, CardTold, CardView, Reply};
