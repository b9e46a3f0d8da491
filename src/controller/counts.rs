//! What a receiver has seen, whatever its protocol.

/// What a receiver has seen. What its protocol cannot tell is not counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Datagrams.
    pub datagrams: u64,
    /// Pictures shown.
    pub pictures: u64,
    /// Pictures shown of which a part was older than the rest: datagrams were lost, or only a part was sent.
    pub partial: u64,
    /// Synchronisations that showed nothing, for the picture would not have been whole; of sACN.
    pub withheld: u64,
    /// Datagrams that are missing by their sequence numbers; of DDP where the sender counts, and of Art-Net.
    pub lost: u64,
    /// Datagrams that another overtook, or that came twice; of sACN and Art-Net.
    pub late: u64,
    /// Datagrams that are not of the protocol, or nothing that a receiver takes.
    pub malformed: u64,
    /// Datagrams that are of the protocol, but not for a receiver like this one now; those that are late are not among them.
    pub refused: u64,
}

impl Counts {
    /// These and those of another life.
    pub const fn and(self, other: Self) -> Self {
        Self {
            datagrams: self.datagrams + other.datagrams,
            pictures: self.pictures + other.pictures,
            partial: self.partial + other.partial,
            withheld: self.withheld + other.withheld,
            lost: self.lost + other.lost,
            late: self.late + other.late,
            malformed: self.malformed + other.malformed,
            refused: self.refused + other.refused,
        }
    }
}
