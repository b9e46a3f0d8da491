//! What whoever drives a card asks of it.

use std::fmt;

use super::Clock;

/// A request to BX-5 or BX-6. Group A7 goes by [`crate::controller::onbon::packet::Framing::Dynamic`], which carries a ping as well; all
/// others by the framing of the card's generation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "fields that say what they are by their names")]
pub enum Request<'a> {
    /// A1 00: empties the file system.
    Format,
    /// A1 01, fixed files 0A: deletes files; with no name at all programs, says the vendor's software.
    Delete { is_fixed: bool, names: Vec<FileName> },
    /// A1 02, fixed files 0B: a file begins. `crc` is the one at its end; `kind` its type.
    StartWrite {
        is_fixed: bool,
        name: FileName,
        kind: u8,
        length: u32,
        overwrites: bool,
        crc: u32,
    },
    /// A1 03, fixed files 0C: some of its bytes, from `offset` on.
    WriteBlock {
        is_fixed: bool,
        name: FileName,
        is_last: bool,
        offset: u32,
        data: &'a [u8],
    },
    /// A1 04, fixed files 0D: what a file is; [`super::FileHead`].
    StartRead { is_fixed: bool, name: FileName },
    /// A1 05, fixed files 0E: some of its bytes; [`super::FileBlock`].
    ReadBlock {
        is_fixed: bool,
        name: FileName,
        offset: u32,
    },
    /// A1 06: how many files there are; [`super::DirectorySize`]. The vendor's software sends kind 0 and size 5.
    StartDirectory { kind: u8, size: u8 },
    /// A1 07: which they are; [`super::Directory`].
    DirectoryBlock { offset: u16 },
    /// A1 08: files follow.
    BeginTransfer,
    /// A1 09: no more follow; what was written is played.
    EndTransfer,
    /// A1 12: room in all and left; [`super::Volume`].
    Volume,
    /// A1 13: how far a transfer is; [`super::TransferState`].
    TransferState,

    /// A2 00: who are you; [`super::Identity`].
    Ping,
    /// A2 01: starts anew.
    Reset,
    /// A2 02: sets the clock.
    SetClock(Clock),
    /// A2 03: takes a firmware into use.
    ActivateFirmware { name: FileName },
    /// A2 04: which firmware there is; [`super::Firmware`].
    Firmware,
    /// A2 05: lights the LEDs, or darkens them.
    Switch { is_on: bool },
    /// A2 06: when they are lit each day.
    SetHours(Vec<Hours>),
    /// A2 07: how bright they are.
    SetBrightness(Brightness),
    /// A2 08: forgets [`Request::SetHours`].
    CancelHours,
    /// A2 09: erases the external flash.
    EraseFlash,
    /// A2 0A: 16 bytes (BX-5: 8).
    ControllerId,
    /// A2 0B: words.
    Copyright,
    /// A2 0C: how long a row is lit.
    OptimiseDisplay { scan_time: u8 },
    /// A2 0D: holds what is shown, also without power where it is `kept`.
    LockScreen { is_kept: bool, is_locked: bool },
    /// A2 0E: holds one program.
    LockProgram {
        is_kept: bool,
        is_locked: bool,
        name: FileName,
        hold: Hold,
    },
    /// A2 0F: how are you; [`super::Status`].
    Status,
    /// A2 10: sets a secret.
    SetSecret { old: [u8; 6], new: [u8; 6] },
    /// A2 11: removes it.
    RemoveSecret { current: [u8; 6] },
    /// A2 12: how long it waits after its power came back.
    SetPowerOnDelay { seconds: u16 },
    /// A2 13: what the button does.
    SetButton { mode: u8, reserved: [u8; 5] },
    /// A2 14: starts anew by itself, after so long or at hours and minutes.
    SetTimedReset {
        mode: u8,
        interval: u32,
        times: [(u8, u8); 3],
    },
    /// A2 15.
    SetDisplayMode { mode: u8, reserved: [u8; 5] },
    /// A2 16: what the scanning part is.
    ScannerState,
    /// A2 17: 0 starts, 1 pauses, 2 resets.
    BattleTime { action: u8 },
    /// A2 18: the same of the stop watch.
    StopWatch { action: u8 },
    /// A2 19: what the brightness sensor reads, in 4 bytes.
    BrightnessSensor,
    /// A2 1A.
    AdjustSpeed { value: u16 },
    /// A2 1B: sets the address.
    SetAddress { address: u16 },
    /// A2 1C (BX-6): sets the name. (BX-5 has another command of this number, eight bytes long: [`Request::Other`].)
    SetName { name: [u8; 64] },
    /// A2 1D: 0 leaves the baud rate, 1 makes it 9600, 2 57600.
    SetBaud { code: u8 },
    /// A2 1E.
    SetBarcode { barcode: [u8; 16], crc: u16 },
    /// A2 1F.
    Barcode,
    /// A2 20: what the pins are.
    SetPins { pins: [u8; 11] },
    /// A2 21: whether the screen is blank between programs.
    SetBlank { is_blank: bool },
    /// A2 22: whether it goes on where it was when its power was cut.
    SetResume { resumes: bool },
    /// A2 24: the infrared remote may be used.
    EnableInfrared,
    /// A2 27: the parameters of its modbus.
    Modbus,
    /// A2 2B (BX-6): everything; [`super::Search`].
    WorkingState,

    /// A4 00.
    SetMac { mac: [u8; 6] },
    /// A4 01.
    SetNetwork(Network),
    /// A4 02: [`super::Health`].
    Health,
    /// A4 03 (BX-6): [`super::Search`].
    Search,

    /// A7 00: areas, as bytes that `picture` makes.
    UpdateAreas { areas: &'a [u8] },
    /// A7 01: these areas go.
    DeleteAreas { ids: Vec<u8> },
    /// A7 01: all of them go.
    DeleteAllAreas,

    /// Any other.
    Other {
        group: u8,
        command: u8,
        parameters: &'a [u8],
    },
}

/// The name of a file: four characters, as `P000`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileName(pub [u8; 4]);

/// When the LEDs are lit: hours and minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hours {
    /// From when on.
    pub on: (u8, u8),
    /// Until when.
    pub off: (u8, u8),
}

/// How bright the LEDs are: 0 to 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Brightness {
    /// 0: as it is told. All half hours have the same level.
    Manual([u8; 48]),
    /// 1: by the half hour of the day, from 00:00 on.
    HalfHours([u8; 48]),
    /// 2: by the sensor and the table that the card came with.
    SensorAlone(Sensor),
    /// 3: by the sensor and this table.
    Sensor(Sensor),
}

/// What light outside makes the LEDs how bright.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sensor {
    /// Lux.
    pub lux: [u16; 16],
    /// The level from there on.
    pub levels: [u8; 16],
}

/// How long a program is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hold {
    /// BX-5: hundredths of a second.
    Five(u32),
    /// BX-6, which has the number with its high byte first, and a length that is one too small.
    Six {
        /// So many times, rather than hundredths of a second.
        is_count: bool,
        /// `u32::MAX` for ever.
        value: u32,
    },
}

/// How a card is reached over a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    /// 1 by DHCP, 2 as told here.
    pub mode: u8,
    /// Its address.
    pub ip: [u8; 4],
    /// Which part of it is the network.
    pub mask: [u8; 4],
    /// The way out.
    pub gateway: [u8; 4],
    /// Where it listens.
    pub port: u16,
    /// Whether, and how, it dials out.
    pub server_mode: u8,
    /// To whom.
    pub server_ip: [u8; 4],
    /// Where.
    pub server_port: u16,
    /// With which password.
    pub password: [u8; 8],
    /// Seconds between signs of life.
    pub heartbeat: u16,
    /// What it calls itself.
    pub id: [u8; 12],
    /// Seven more bytes that BX-5 has.
    pub spare: Option<[u8; 7]>,
}

impl FileName {
    /// The name of program `number`, 0 to 999: `P012`.
    pub fn program(number: u16) -> Self {
        Self::numbered(b'P', number)
    }

    /// The name of the data of program `number`, 0 to 999: `D012`.
    pub fn data(number: u16) -> Self {
        Self::numbered(b'D', number)
    }

    fn numbered(letter: u8, number: u16) -> Self {
        let digit = |unit: u16| b'0' + (number / unit % 10) as u8;
        Self([letter, digit(100), digit(10), digit(1)])
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.escape_ascii().fmt(f)
    }
}

impl fmt::Debug for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileName({self})")
    }
}

impl Request<'_> {
    /// The command of the reply that has data; `None` where the reply is a plain acknowledgement. Its group is the request's.
    pub const fn answered_by(&self) -> Option<u8> {
        Some(match self {
            Self::StartRead { is_fixed: false, .. } => 0x84,
            Self::StartRead { is_fixed: true, .. } => 0x8d,
            Self::ReadBlock { is_fixed: false, .. } => 0x85,
            Self::ReadBlock { is_fixed: true, .. } => 0x8e,
            Self::StartDirectory { .. } => 0x86,
            Self::DirectoryBlock { .. } => 0x87,
            Self::Volume => 0x92,
            Self::TransferState => 0x93,
            Self::Ping => 0x80,
            Self::Firmware => 0x84,
            Self::ControllerId => 0x8a,
            Self::Copyright => 0x8b,
            Self::Status => 0x8f,
            Self::ScannerState => 0x96,
            Self::BattleTime { .. } => 0x97,
            Self::StopWatch { .. } => 0x98,
            Self::BrightnessSensor => 0x99,
            Self::Barcode => 0x9f,
            Self::Modbus => 0xa7,
            Self::WorkingState => 0xab,
            Self::Health => 0x82,
            Self::Search => 0x83,
            _ => return None,
        })
    }
}
