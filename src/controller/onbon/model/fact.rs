//! How well something is known. An assumption is marked, so that the papers say so, and an installer can try it first.

/// How something is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// The maker's own software sent it to a listening card.
    Captured,
    /// The maker's manuals or published sources say so.
    Documented,
    /// Others found it out.
    Reversed,
    /// Nobody says it: what is likely, on the safe side.
    Assumed,
}

/// A value, and how it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// How it is known.
    pub evidence: Evidence,
}

/// What differs from what one would expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quirk {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub text: &'static str,
    /// How it is known.
    pub evidence: Evidence,
}

/// What can be read back. What cannot is sent, and said to be unverified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reads {
    /// Whether the LEDs are lit, and how bright.
    pub light: bool,
    /// The card's clock.
    pub clock: bool,
    /// The names, lengths and checksums of its program files.
    pub files: bool,
    /// What its dynamic areas show. No card that is known tells.
    pub areas: bool,
    /// How those are known.
    pub evidence: Evidence,
}

impl<T> Fact<T> {
    pub(super) const fn captured(value: T) -> Self
    where
        T: Copy,
    {
        Self {
            value,
            evidence: Evidence::Captured,
        }
    }

    pub(super) const fn documented(value: T) -> Self
    where
        T: Copy,
    {
        Self {
            value,
            evidence: Evidence::Documented,
        }
    }

    pub(super) const fn assumed(value: T) -> Self
    where
        T: Copy,
    {
        Self {
            value,
            evidence: Evidence::Assumed,
        }
    }
}
