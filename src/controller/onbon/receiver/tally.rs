//! What a card has counted.

/// What a card has counted since it was switched on for the first time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Bytes that came.
    pub bytes: u64,
    /// Bytes that came while it was without power, or deaf.
    pub unheard: u64,
    /// Whole frames.
    pub frames: u64,
    /// Bytes and frames that were no packets.
    pub malformed: u64,
    /// Packets for somebody else, or of a kind that it does not speak.
    pub ignored: u64,
    /// Requests that it did.
    pub done: u64,
    /// Requests that it refused.
    pub refused: u64,
    /// Answers that left.
    pub answers: u64,
    /// Updates of dynamic areas, or of areas of words.
    pub updates: u64,
    /// Deletions of such areas.
    pub deletes: u64,
    /// Blocks of files.
    pub blocks: u64,
    /// Whole files.
    pub files: u64,
    /// Ends of transfers after which it plays something else.
    pub programs: u64,
    /// How often its flash was written to: each file, each deletion, each change of what is played.
    pub flash_writes: u64,
    /// How often its clock was set.
    pub clocks: u64,
    /// How often its power failed, or it was told to begin anew.
    pub reboots: u64,
    /// What somebody else did to it.
    pub intrusions: u64,
    /// Commands that it took and of which nothing is to be seen.
    pub without_effect: u64,
    /// Borders and areas that it took and does not draw.
    pub undrawn: u64,
}
