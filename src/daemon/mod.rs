//! The daemon: one player thread a screen, one thread an output, and the reload of a changed site.
//!
//! Here are the clock and the threads. What is shown is decided in the wall; here it is only asked for at the right instant and
//! handed on through mailboxes that hold one picture. The player waits for nobody.
