//! How long everything may take: one table for serial lines and one for networks.
//!
//! The times of bytes on the line come on top of all of them: of the request, and of the longest answer.

use std::time::Duration;

/// How long everything may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timers {
    /// From a ping to its answer. The maker's software waits 0.5 s; over a network we give it more, for the way.
    pub ping: Duration,
    /// What becomes of that where answers are late, at most.
    pub ping_most: Duration,
    /// From any other request to its answer. The maker's software waits 2.5 s on serial lines and 15 s over networks; we wait no longer
    /// than 2.5 s, but then ask by a ping whether the card is there before we say it again.
    pub reply: Duration,
    /// How often a request is sent before it counts as unanswered. The maker's software does not repeat: that is for the caller.
    pub tries: u8,
    /// From one ping to the next of a card that does not answer, first; it doubles. Ours: together with `ping` it is well within 10 s.
    pub silence: Duration,
    /// The most of that.
    pub silence_most: Duration,
    /// From "busy" to the next try, first; it doubles. Ours.
    pub busy: Duration,
    /// The most of that.
    pub busy_most: Duration,
    /// How long a card may be busy before that is a fault: what the maker's software waits for a card over a network.
    pub busy_long: Duration,
    /// From a refusal to the next try, first; it doubles. Ours.
    pub refused: Duration,
    /// The most of that for what is seen at once: areas, on and off.
    pub refused_most: Duration,
    /// The most of that for all else.
    pub refused_rest: Duration,
    /// From one question how the card is to the next. Ours: a reboot is to be noticed within 10 s.
    pub poll: Duration,
    /// From one look at the directory to the next. Ours: it takes several requests, and changes only by another's hand.
    pub files: Duration,
    /// From one sending of what cannot be read back to the next.
    pub refresh: Duration,
    /// How long a TCP connection is kept on which nothing was answered. Ours: the system itself takes minutes to find out.
    pub lost: Duration,
    /// How far the card's clock may be off.
    pub clock: Duration,
    /// From a doubt whether an area was taken to its being sent again. Ours.
    pub doubt: Duration,
}

impl Timers {
    /// Serial lines.
    pub const SERIAL: Self = Self {
        ping: Duration::from_millis(500),
        ping_most: Duration::from_millis(1000),
        reply: Duration::from_millis(2500),
        tries: 2,
        silence: Duration::from_millis(500),
        silence_most: Duration::from_millis(3000),
        busy: Duration::from_millis(200),
        busy_most: Duration::from_millis(2000),
        busy_long: Duration::from_secs(15),
        refused: Duration::from_millis(500),
        refused_most: Duration::from_millis(4000),
        refused_rest: Duration::from_secs(60),
        poll: Duration::from_secs(3),
        files: Duration::from_secs(60),
        refresh: Duration::from_secs(60),
        lost: Duration::MAX,
        clock: Duration::from_secs(1),
        doubt: Duration::from_secs(3),
    };

    /// Networks.
    pub const NETWORK: Self = Self {
        ping: Duration::from_millis(1000),
        ping_most: Duration::from_millis(4000),
        lost: Duration::from_secs(20),
        ..Self::SERIAL
    };

    /// Those of a line with that many bits a second; of a network where there is none.
    pub const fn of(baud: Option<u32>) -> Self {
        if baud.is_some() { Self::SERIAL } else { Self::NETWORK }
    }
}
