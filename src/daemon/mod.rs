//! The daemon: one player thread a screen, one thread an output, and the reload of a changed site.
//!
//! Here are the clock and the threads. What is shown is decided in the wall; here it is only asked for at the right instant and
//! handed on through mailboxes that hold one picture. The player waits for nobody.
//!
//! ```text
//! machine -> Timekeeper --Dial (Course)--> Pacer
//!                                           \  tick, and by which clock it is
//! Watch -> Reload -> Screens --Slot<Bill>--> Conductor -> Player -> Held --FrameBox--> Output -> link
//!             |                                  \            \--> Hub (page)
//!             +---------------- queue ------------\-> Chronicle -> journal
//!
//! Bill, Problems, Hub -> feedback::Desk -> the site's folder 反馈
//! file, command, button -> Halt -- every player looks at it at every tick --> safe page
//! ```
//!
//! Each step is a value that is driven by ticks and moments, and a thread that does nothing but drive it: [`Timekeeper`],
//! [`Conductor`], [`Player`] and [`Output`] are tested without one.

mod attend;
mod begin;
mod bill;
mod card;
mod chronicle;
mod clock;
mod error;
mod fault;
mod feedback;
mod films;
mod follow;
mod halt;
mod herald;
mod house;
mod log;
mod mailbox;
mod outlook;
mod output;
mod precedence;
mod problems;
mod reload;
mod run;
mod screen;
mod screens;
mod shared;
mod testing;
mod threads;
mod vital;

pub use bill::Bill;
pub use card::{
    Ask, Bell, Cable, CardLine, CardOrder, CardRefusal, CardTold, CardView, Crew, Ending, Ledger, Reply, Seat,
    SheetBox, Spent,
};
pub use clock::{
    ABSORBED, ClockEvent, ClockFault, Confidence, Course, Dial, Floor, Jump, LAG, Line, Look, Reading, SETTLED, SLEW,
    StepTaken, Stored, Synchrony, TRUST, Timekeeper, UNHEARD, Word, built,
};
pub use error::{DaemonError, Need};
pub use fault::Fault;
pub use halt::{Answer, Asked, ControlError, HaltFault, Order, ask};
pub use herald::{Call, Herald};
pub use house::{BUDGET, Budget, LIVED, Quarantine, REFUGE, SPAN, safe_page};
pub use log::{Gate, Limits, Log, Writing};
pub use mailbox::{FrameBox, News, Slot, Taken};
pub use output::{Exchange, Output, OutputFault, Wire, send, session, source, source_here};
pub use precedence::{Claim, LONGEST, NICENESS, PRIORITY, Precedence, PrecedenceFault, Share, yield_all};
pub use problems::{Origin, Problems};
pub use reload::Reload;
pub use run::{Options, run};
pub use screen::{BOUND, Beat, Conductor, Held, Lapses, Pacer, Painting, Player, Step, Turned, Woken};
pub use testing::TestRefusal;
pub use vital::{Pulse, Pulses, Vital};
