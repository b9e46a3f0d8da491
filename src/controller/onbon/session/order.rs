//! What a technician orders, and the things of a card that are set and kept.

use std::fmt;

use crate::units::Level;

/// What a technician orders. It goes before all else and is done once; the next refresh of what the sheet says undoes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// Light the LEDs.
    On,
    /// Darken the LEDs.
    Off,
    /// Delete all dynamic areas and all files.
    Erase,
    /// Set the clock to that of the sheet, whatever it shows.
    Clock,
    /// Set one brightness for the whole day.
    Brightness(Level),
}

/// A thing of a card that is asked for, set or kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// Who it is.
    Identity,
    /// Its state.
    Status,
    /// Whether its LEDs are lit.
    Light,
    /// Its clock.
    Clock,
    /// Its table of brightness.
    Brightness,
    /// Its table of lit hours.
    Hours,
    /// Its dynamic areas.
    Areas,
    /// Its lock to one program.
    Lock,
    /// Its program files.
    Files,
}

impl Thing {
    /// Its name in Chinese.
    pub const fn chinese(self) -> &'static str {
        self.names().0
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Identity => ("身份查询", "the question who it is"),
            Self::Status => ("状态查询", "the question how it is"),
            Self::Light => ("开关屏", "on and off"),
            Self::Clock => ("时钟", "the clock"),
            Self::Brightness => ("亮度表", "the table of brightness"),
            Self::Hours => ("定时开关屏", "the table of lit hours"),
            Self::Areas => ("动态区", "dynamic areas"),
            Self::Lock => ("节目锁定", "the lock to one program"),
            Self::Files => ("节目文件", "program files"),
        }
    }
}

impl fmt::Display for Thing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.names().1)
    }
}
