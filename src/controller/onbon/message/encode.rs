//! From a request to its bytes.

use super::{Brightness, Clock, FileName, Hold, Network, Request, Sensor};

impl Request<'_> {
    /// Appends the data of the packet, an answer wanted. Names, ids and hours must be few enough for their counts, and data for the length:
    /// 65,535 bytes, but for areas, whose length is then that of the packet alone.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let [group, command] = self.numbers();
        out.extend_from_slice(&[1, group, command, 0, 0]);
        let start = out.len();
        match group {
            0xa1 => self.files(out),
            0xa2 => self.screen(out),
            0xa4 => self.network(out),
            0xa7 => self.areas(out),
            _ => {}
        }
        if let Self::Other { parameters, .. } = self {
            out.extend_from_slice(parameters);
        }
        let length = self.told(out.len() - start);
        out[start - 2..start].copy_from_slice(&length.to_le_bytes());
    }

    /// What the length says of so many bytes.
    fn told(&self, length: usize) -> u16 {
        match self {
            // The vendor's software has left the length of BX-5 there.
            Self::LockProgram {
                hold: Hold::Six { .. }, ..
            } => 0x0a,
            Self::UpdateAreas { .. } => length as u16,
            _ => {
                assert!(u16::try_from(length).is_ok(), "the length has two bytes");
                length as u16
            }
        }
    }

    /// Group and command.
    pub const fn numbers(&self) -> [u8; 2] {
        match self {
            Self::Format => [0xa1, 0x00],
            Self::Delete { is_fixed, .. } => [0xa1, if *is_fixed { 0x0a } else { 0x01 }],
            Self::StartWrite { is_fixed, .. } => [0xa1, if *is_fixed { 0x0b } else { 0x02 }],
            Self::WriteBlock { is_fixed, .. } => [0xa1, if *is_fixed { 0x0c } else { 0x03 }],
            Self::StartRead { is_fixed, .. } => [0xa1, if *is_fixed { 0x0d } else { 0x04 }],
            Self::ReadBlock { is_fixed, .. } => [0xa1, if *is_fixed { 0x0e } else { 0x05 }],
            Self::StartDirectory { .. } => [0xa1, 0x06],
            Self::DirectoryBlock { .. } => [0xa1, 0x07],
            Self::BeginTransfer => [0xa1, 0x08],
            Self::EndTransfer => [0xa1, 0x09],
            Self::Volume => [0xa1, 0x12],
            Self::TransferState => [0xa1, 0x13],
            Self::Ping => [0xa2, 0x00],
            Self::Reset => [0xa2, 0x01],
            Self::SetClock(_) => [0xa2, 0x02],
            Self::ActivateFirmware { .. } => [0xa2, 0x03],
            Self::Firmware => [0xa2, 0x04],
            Self::Switch { .. } => [0xa2, 0x05],
            Self::SetHours(_) => [0xa2, 0x06],
            Self::SetBrightness(_) => [0xa2, 0x07],
            Self::CancelHours => [0xa2, 0x08],
            Self::EraseFlash => [0xa2, 0x09],
            Self::ControllerId => [0xa2, 0x0a],
            Self::Copyright => [0xa2, 0x0b],
            Self::OptimiseDisplay { .. } => [0xa2, 0x0c],
            Self::LockScreen { .. } => [0xa2, 0x0d],
            Self::LockProgram { .. } => [0xa2, 0x0e],
            Self::Status => [0xa2, 0x0f],
            Self::SetSecret { .. } => [0xa2, 0x10],
            Self::RemoveSecret { .. } => [0xa2, 0x11],
            Self::SetPowerOnDelay { .. } => [0xa2, 0x12],
            Self::SetButton { .. } => [0xa2, 0x13],
            Self::SetTimedReset { .. } => [0xa2, 0x14],
            Self::SetDisplayMode { .. } => [0xa2, 0x15],
            Self::ScannerState => [0xa2, 0x16],
            Self::BattleTime { .. } => [0xa2, 0x17],
            Self::StopWatch { .. } => [0xa2, 0x18],
            Self::BrightnessSensor => [0xa2, 0x19],
            Self::AdjustSpeed { .. } => [0xa2, 0x1a],
            Self::SetAddress { .. } => [0xa2, 0x1b],
            Self::SetName { .. } => [0xa2, 0x1c],
            Self::SetBaud { .. } => [0xa2, 0x1d],
            Self::SetBarcode { .. } => [0xa2, 0x1e],
            Self::Barcode => [0xa2, 0x1f],
            Self::SetPins { .. } => [0xa2, 0x20],
            Self::SetBlank { .. } => [0xa2, 0x21],
            Self::SetResume { .. } => [0xa2, 0x22],
            Self::EnableInfrared => [0xa2, 0x24],
            Self::Modbus => [0xa2, 0x27],
            Self::WorkingState => [0xa2, 0x2b],
            Self::SetMac { .. } => [0xa4, 0x00],
            Self::SetNetwork(_) => [0xa4, 0x01],
            Self::Health => [0xa4, 0x02],
            Self::Search => [0xa4, 0x03],
            Self::UpdateAreas { .. } => [0xa7, 0x00],
            Self::DeleteAreas { .. } | Self::DeleteAllAreas => [0xa7, 0x01],
            Self::Other { group, command, .. } => [*group, *command],
        }
    }

    fn files(&self, out: &mut Vec<u8>) {
        match self {
            Self::Delete { names, .. } => {
                out.extend_from_slice(&(names.len() as u16).to_le_bytes());
                out.extend(names.iter().flat_map(|FileName(name)| name));
            }
            Self::StartWrite {
                name,
                kind,
                length,
                overwrites,
                crc,
                ..
            } => {
                out.extend_from_slice(&name.0);
                out.push(*kind);
                out.extend_from_slice(&length.to_le_bytes());
                out.push((*overwrites).into());
                out.extend_from_slice(&crc.to_le_bytes());
            }
            Self::WriteBlock {
                name,
                is_last,
                offset,
                data,
                ..
            } => {
                out.extend_from_slice(&name.0);
                out.push((*is_last).into());
                out.extend_from_slice(&offset.to_le_bytes());
                out.extend_from_slice(data);
            }
            Self::StartRead { name, .. } => out.extend_from_slice(&name.0),
            Self::ReadBlock { name, offset, .. } => {
                out.extend_from_slice(&name.0);
                out.extend_from_slice(&offset.to_le_bytes());
            }
            Self::StartDirectory { kind, size } => out.extend_from_slice(&[*kind, *size]),
            Self::DirectoryBlock { offset } => out.extend_from_slice(&offset.to_le_bytes()),
            _ => {}
        }
    }

    fn screen(&self, out: &mut Vec<u8>) {
        match self {
            Self::SetClock(clock) => clock.encode(out),
            Self::ActivateFirmware { name } => out.extend_from_slice(&name.0),
            Self::Switch { is_on: is_set }
            | Self::SetBlank { is_blank: is_set }
            | Self::SetResume { resumes: is_set } => out.push((*is_set).into()),
            Self::SetHours(hours) => {
                out.push(hours.len() as u8);
                for hours in hours {
                    let digits = [hours.on.0, hours.on.1, hours.off.0, hours.off.1].map(decimal);
                    out.extend_from_slice(&digits);
                }
            }
            Self::SetBrightness(brightness) => brightness.encode(out),
            Self::OptimiseDisplay { scan_time } => out.push(*scan_time),
            Self::LockScreen { is_kept, is_locked } => out.extend_from_slice(&[*is_kept, *is_locked].map(u8::from)),
            Self::LockProgram {
                is_kept,
                is_locked,
                name,
                hold,
            } => {
                out.extend_from_slice(&[*is_kept, *is_locked].map(u8::from));
                out.extend_from_slice(&name.0);
                hold.encode(out);
            }
            Self::SetSecret { old, new } => out.extend(old.iter().chain(new)),
            Self::RemoveSecret { current } => out.extend_from_slice(current),
            Self::SetPowerOnDelay { seconds: value }
            | Self::AdjustSpeed { value }
            | Self::SetAddress { address: value } => out.extend_from_slice(&value.to_le_bytes()),
            Self::SetButton { mode, reserved } | Self::SetDisplayMode { mode, reserved } => {
                out.push(*mode);
                out.extend_from_slice(reserved);
            }
            Self::SetTimedReset { mode, interval, times } => {
                out.push(*mode);
                out.extend_from_slice(&interval.to_le_bytes());
                out.extend(times.iter().flat_map(|(hour, minute)| [hour, minute]));
            }
            Self::BattleTime { action: code } | Self::StopWatch { action: code } | Self::SetBaud { code } => {
                out.push(*code);
            }
            Self::SetName { name } => out.extend_from_slice(name),
            Self::SetBarcode { barcode, crc } => {
                out.extend_from_slice(barcode);
                out.extend_from_slice(&crc.to_le_bytes());
            }
            Self::SetPins { pins } => out.extend_from_slice(pins),
            _ => {}
        }
    }

    fn network(&self, out: &mut Vec<u8>) {
        match self {
            Self::SetMac { mac } => out.extend_from_slice(mac),
            Self::SetNetwork(network) => network.encode(out),
            _ => {}
        }
    }

    fn areas(&self, out: &mut Vec<u8>) {
        match self {
            Self::UpdateAreas { areas } => out.extend_from_slice(areas),
            Self::DeleteAreas { ids } => {
                assert!(ids.len() < 0xff, "255 areas are all of them");
                out.push(ids.len() as u8);
                out.extend_from_slice(ids);
            }
            Self::DeleteAllAreas => out.push(0xff),
            _ => {}
        }
    }
}

impl Clock {
    /// Appends its eight bytes.
    pub fn encode(&self, out: &mut Vec<u8>) {
        let year = [self.year % 100, self.year / 100 % 100].map(|part| decimal(part as u8));
        out.extend_from_slice(&year);
        let rest = [self.month, self.day, self.hour, self.minute, self.second].map(decimal);
        out.extend_from_slice(&rest);
        out.push(self.week);
    }
}

impl Brightness {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Manual(levels) => {
                out.push(0);
                out.extend_from_slice(levels);
            }
            Self::HalfHours(levels) => {
                out.push(1);
                out.extend_from_slice(levels);
            }
            Self::SensorAlone(sensor) => {
                out.push(2);
                sensor.encode(out);
            }
            Self::Sensor(sensor) => {
                out.push(3);
                sensor.encode(out);
            }
        }
    }
}

impl Sensor {
    fn encode(&self, out: &mut Vec<u8>) {
        out.extend(self.lux.iter().flat_map(|lux| lux.to_le_bytes()));
        out.extend_from_slice(&self.levels);
    }
}

impl Hold {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Five(hundredths) => out.extend_from_slice(&hundredths.to_le_bytes()),
            Self::Six { is_count, value } => {
                out.push((*is_count).into());
                out.extend_from_slice(&value.to_be_bytes());
            }
        }
    }
}

impl Network {
    fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.mode);
        out.extend_from_slice(&self.ip);
        out.extend_from_slice(&self.mask);
        out.extend_from_slice(&self.gateway);
        out.extend_from_slice(&self.port.to_le_bytes());
        out.push(self.server_mode);
        out.extend_from_slice(&self.server_ip);
        out.extend_from_slice(&self.server_port.to_le_bytes());
        out.extend_from_slice(&self.password);
        out.extend_from_slice(&self.heartbeat.to_le_bytes());
        out.extend_from_slice(&self.id);
        out.extend(self.spare.iter().flatten());
    }
}

/// Two decimal digits in one byte.
const fn decimal(value: u8) -> u8 {
    ((value / 10 % 10) << 4) | (value % 10)
}
