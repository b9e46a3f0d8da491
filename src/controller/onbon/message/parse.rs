//! From bytes to the request that they are.

use super::{Brightness, Field, Hold, Hours, MessageError, Network, Request, Sensor, reader::Reader};

/// What the length of a BX-6 program lock says, and how many bytes follow it.
const LOCK_TOLD: usize = 0x0a;
const LOCK_SENT: usize = 11;

impl<'a> Request<'a> {
    /// The request that the data of a packet are.
    ///
    /// # Errors
    /// The first thing that is wrong with them. A command that is not known is [`Request::Other`].
    pub fn parse(data: &'a [u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let wanted = reader.u8(ANSWER)?;
        if wanted != 1 {
            return Err(MessageError::Value {
                at: 0,
                field: ANSWER,
                found: wanted.into(),
            });
        }
        let group = reader.u8(GROUP)?;
        let command = reader.u8(COMMAND)?;
        let promised = usize::from(reader.u16(LENGTH)?);
        let found = reader.left();
        let is_told = match (group, command) {
            (0xa2, 0x0e) if found == LOCK_SENT => promised == LOCK_TOLD,
            // Areas may be longer than two bytes can tell.
            (0xa7, 0x00) => promised == found & 0xffff,
            _ => promised == found,
        };
        if !is_told {
            let at = 3;
            return Err(MessageError::Length { at, promised, found });
        }
        let known = match group {
            0xa1 => files(command, &mut reader)?,
            0xa2 => screen(command, &mut reader)?,
            0xa4 => network(command, &mut reader)?,
            0xa7 => areas(command, &mut reader)?,
            _ => None,
        };
        let request = known.unwrap_or_else(|| Self::Other {
            group,
            command,
            parameters: reader.all(),
        });
        reader.end()?;
        Ok(request)
    }
}

const ANSWER: Field = Field::new("应答标志", "wish for an answer");
const GROUP: Field = Field::new("命令组", "group of commands");
const COMMAND: Field = Field::new("命令", "command");
const LENGTH: Field = Field::new("长度", "length");
const KIND: Field = Field::new("文件类型", "file's type");
const OFFSET: Field = Field::new("偏移", "offset");
const MODE: Field = Field::new("模式", "mode");
const SWITCH: Field = Field::new("开关标志", "switch");
const RESERVED: Field = Field::new("保留字节", "reserved bytes");
const SECRET: Field = Field::new("密码", "secret");
const ACTION: Field = Field::new("操作", "action");
const COUNT: Field = Field::new("个数", "count");
const IDS: Field = Field::new("动态区编号", "numbers of areas");
const IP: Field = Field::new("IP 地址", "address");
const PORT: Field = Field::new("端口", "port");

type Known<'a> = Result<Option<Request<'a>>, MessageError>;

fn files<'a>(command: u8, reader: &mut Reader<'a>) -> Known<'a> {
    let is_fixed = (0x0a..=0x0e).contains(&command);
    Ok(Some(match command {
        0x00 => Request::Format,
        0x01 | 0x0a => {
            let count = reader.u16(COUNT)?;
            let names = (0..count).map(|_| reader.name()).collect::<Result<_, _>>()?;
            Request::Delete { is_fixed, names }
        }
        0x02 | 0x0b => Request::StartWrite {
            is_fixed,
            name: reader.name()?,
            kind: reader.u8(KIND)?,
            length: reader.u32(Field::new("文件长度", "file's length"))?,
            overwrites: reader.flag(Field::new("覆盖标志", "flag to overwrite"))?,
            crc: reader.u32(Field::new("文件校验", "file's CRC"))?,
        },
        0x03 | 0x0c => Request::WriteBlock {
            is_fixed,
            name: reader.name()?,
            is_last: reader.flag(Field::new("末块标志", "flag of the last block"))?,
            offset: reader.u32(OFFSET)?,
            data: reader.all(),
        },
        0x04 | 0x0d => Request::StartRead {
            is_fixed,
            name: reader.name()?,
        },
        0x05 | 0x0e => Request::ReadBlock {
            is_fixed,
            name: reader.name()?,
            offset: reader.u32(OFFSET)?,
        },
        0x06 => Request::StartDirectory {
            kind: reader.u8(KIND)?,
            size: reader.u8(Field::new("目录大小", "directory's size"))?,
        },
        0x07 => Request::DirectoryBlock {
            offset: reader.u16(OFFSET)?,
        },
        0x08 => Request::BeginTransfer,
        0x09 => Request::EndTransfer,
        0x12 => Request::Volume,
        0x13 => Request::TransferState,
        _ => return Ok(None),
    }))
}

fn screen<'a>(command: u8, reader: &mut Reader<'a>) -> Known<'a> {
    Ok(Some(match command {
        0x00 => Request::Ping,
        0x01 => Request::Reset,
        0x02 => Request::SetClock(reader.clock()?),
        0x03 => Request::ActivateFirmware { name: reader.name()? },
        0x04 => Request::Firmware,
        0x05 => Request::Switch {
            is_on: reader.flag(SWITCH)?,
        },
        0x06 => {
            let count = reader.u8(COUNT)?;
            Request::SetHours((0..count).map(|_| hours(reader)).collect::<Result<_, _>>()?)
        }
        0x07 => Request::SetBrightness(brightness(reader)?),
        0x08 => Request::CancelHours,
        0x09 => Request::EraseFlash,
        0x0a => Request::ControllerId,
        0x0b => Request::Copyright,
        0x0c => Request::OptimiseDisplay {
            scan_time: reader.u8(Field::new("扫描时间", "scan time"))?,
        },
        0x0d => Request::LockScreen {
            is_kept: reader.flag(Field::new("掉电保存标志", "flag to keep without power"))?,
            is_locked: reader.flag(Field::new("锁定标志", "lock"))?,
        },
        0x0e => program_lock(reader)?,
        0x0f => Request::Status,
        0x10 => Request::SetSecret {
            old: reader.array(SECRET)?,
            new: reader.array(SECRET)?,
        },
        0x11 => Request::RemoveSecret {
            current: reader.array(SECRET)?,
        },
        0x12 => Request::SetPowerOnDelay {
            seconds: reader.u16(Field::new("开机延时", "power-on delay"))?,
        },
        0x13 => Request::SetButton {
            mode: reader.u8(MODE)?,
            reserved: reader.array(RESERVED)?,
        },
        0x14 => timed_reset(reader)?,
        0x15 => Request::SetDisplayMode {
            mode: reader.u8(MODE)?,
            reserved: reader.array(RESERVED)?,
        },
        0x16 => Request::ScannerState,
        0x17 => Request::BattleTime {
            action: reader.u8(ACTION)?,
        },
        0x18 => Request::StopWatch {
            action: reader.u8(ACTION)?,
        },
        0x19 => Request::BrightnessSensor,
        _ => return setup(command, reader),
    }))
}

/// What an installer sets, from 1A on.
fn setup<'a>(command: u8, reader: &mut Reader<'a>) -> Known<'a> {
    Ok(Some(match command {
        0x1a => Request::AdjustSpeed {
            value: reader.u16(Field::new("速度", "speed"))?,
        },
        0x1b => Request::SetAddress {
            address: reader.u16(Field::new("屏号", "address"))?,
        },
        // Eight bytes are another command of BX-5.
        0x1c if reader.left() != 8 => Request::SetName {
            name: reader.array(Field::new("名称", "name"))?,
        },
        0x1d => Request::SetBaud {
            code: reader.u8(Field::new("波特率", "baud rate"))?,
        },
        0x1e => Request::SetBarcode {
            barcode: reader.array(Field::new("条码", "barcode"))?,
            crc: reader.u16(Field::new("条码校验", "barcode's CRC"))?,
        },
        0x1f => Request::Barcode,
        0x20 => Request::SetPins {
            pins: reader.array(Field::new("引脚功能", "functions of the pins"))?,
        },
        0x21 => Request::SetBlank {
            is_blank: reader.flag(SWITCH)?,
        },
        0x22 => Request::SetResume {
            resumes: reader.flag(SWITCH)?,
        },
        0x24 => Request::EnableInfrared,
        0x27 => Request::Modbus,
        0x2b => Request::WorkingState,
        _ => return Ok(None),
    }))
}

fn network<'a>(command: u8, reader: &mut Reader<'a>) -> Known<'a> {
    Ok(Some(match command {
        0x00 => Request::SetMac {
            mac: reader.array(Field::new("MAC 地址", "MAC address"))?,
        },
        0x01 => Request::SetNetwork(Network {
            mode: reader.u8(MODE)?,
            ip: reader.array(IP)?,
            mask: reader.array(Field::new("子网掩码", "network mask"))?,
            gateway: reader.array(Field::new("网关", "gateway"))?,
            port: reader.u16(PORT)?,
            server_mode: reader.u8(MODE)?,
            server_ip: reader.array(IP)?,
            server_port: reader.u16(PORT)?,
            password: reader.array(SECRET)?,
            heartbeat: reader.u16(Field::new("心跳间隔", "time between signs of life"))?,
            id: reader.array(Field::new("网络标识", "network id"))?,
            spare: match reader.left() {
                0 => None,
                _ => Some(reader.array(RESERVED)?),
            },
        }),
        0x02 => Request::Health,
        0x03 => Request::Search,
        _ => return Ok(None),
    }))
}

fn areas<'a>(command: u8, reader: &mut Reader<'a>) -> Known<'a> {
    Ok(Some(match command {
        0x00 => Request::UpdateAreas { areas: reader.all() },
        0x01 => match reader.u8(COUNT)? {
            0xff => Request::DeleteAllAreas,
            count => Request::DeleteAreas {
                ids: reader.bytes(count.into(), IDS)?.to_vec(),
            },
        },
        _ => return Ok(None),
    }))
}

fn hours(reader: &mut Reader<'_>) -> Result<Hours, MessageError> {
    let mut time = || {
        let hour = reader.decimal(Field::new("小时", "hour"))?;
        let minute = reader.decimal(Field::new("分钟", "minute"))?;
        Ok((hour, minute))
    };
    Ok(Hours {
        on: time()?,
        off: time()?,
    })
}

fn brightness(reader: &mut Reader<'_>) -> Result<Brightness, MessageError> {
    let at = reader.at();
    let field = Field::new("亮度模式", "mode of brightness");
    Ok(match reader.u8(field)? {
        0 => Brightness::Manual(levels(reader)?),
        1 => Brightness::HalfHours(levels(reader)?),
        2 => Brightness::SensorAlone(sensor(reader)?),
        3 => Brightness::Sensor(sensor(reader)?),
        found => {
            let found = found.into();
            return Err(MessageError::Value { at, field, found });
        }
    })
}

fn levels<const N: usize>(reader: &mut Reader<'_>) -> Result<[u8; N], MessageError> {
    let start = reader.at();
    let field = Field::new("亮度", "level of brightness");
    let levels: [u8; N] = reader.array(field)?;
    match levels.iter().zip(start..).find(|(level, _)| **level > 15) {
        Some((&level, at)) => {
            let found = level.into();
            Err(MessageError::Value { at, field, found })
        }
        None => Ok(levels),
    }
}

fn sensor(reader: &mut Reader<'_>) -> Result<Sensor, MessageError> {
    let mut lux = [0; 16];
    for lux in &mut lux {
        *lux = reader.u16(Field::new("照度", "lux"))?;
    }
    Ok(Sensor {
        lux,
        levels: levels(reader)?,
    })
}

fn program_lock<'a>(reader: &mut Reader<'a>) -> Result<Request<'a>, MessageError> {
    let is_six = reader.left() == LOCK_SENT;
    Ok(Request::LockProgram {
        is_kept: reader.flag(Field::new("掉电保存标志", "flag to keep without power"))?,
        is_locked: reader.flag(Field::new("锁定标志", "lock"))?,
        name: reader.name()?,
        hold: if is_six {
            Hold::Six {
                is_count: reader.flag(Field::new("锁定方式", "way to hold"))?,
                value: u32::from_be_bytes(reader.array(Field::new("时长或次数", "time or count"))?),
            }
        } else {
            Hold::Five(reader.u32(Field::new("时长", "time"))?)
        },
    })
}

fn timed_reset<'a>(reader: &mut Reader<'a>) -> Result<Request<'a>, MessageError> {
    let mode = reader.u8(MODE)?;
    let interval = reader.u32(Field::new("间隔", "interval"))?;
    let mut times = [(0, 0); 3];
    for time in &mut times {
        *time = (
            reader.u8(Field::new("小时", "hour"))?,
            reader.u8(Field::new("分钟", "minute"))?,
        );
    }
    Ok(Request::SetTimedReset { mode, interval, times })
}
