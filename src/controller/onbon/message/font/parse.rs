//! From bytes to the request to a card with fonts that they are.

use super::{FontArea, FontRequest, Sound};
use crate::controller::onbon::message::{Field, MessageError, reader::Reader};

impl<'a> FontRequest<'a> {
    /// The request that the data of a packet are.
    ///
    /// # Errors
    /// The first thing that is wrong with them. A command that is not known is [`FontRequest::Other`].
    pub fn parse(data: &'a [u8]) -> Result<Self, MessageError> {
        let mut reader = Reader::new(data);
        let group = reader.u8(Field::new("命令组", "group of commands"))?;
        let command = reader.u8(Field::new("命令", "command"))?;
        let (at, field) = (reader.at(), Field::new("应答标志", "wish for an answer"));
        let wanted = reader.u8(field)?;
        if wanted != 1 {
            let found = wanted.into();
            return Err(MessageError::Value { at, field, found });
        }
        let two = reader.array(Field::new("保留字节", "reserved bytes"))?;
        let request = parameters([group, command], two, &mut reader)?;
        reader.end()?;
        Ok(request)
    }
}

const COUNT: Field = Field::new("个数", "count");
const IDS: Field = Field::new("动态区编号", "numbers of areas");
const PLACE: Field = Field::new("区域位置", "place of the area");
const TEXT: Field = Field::new("文字", "text");
const LENGTH: Field = Field::new("长度", "length");
const SETTING: Field = Field::new("排版设置", "setting of the text");
const SOUND: Field = Field::new("语音", "sound");

fn parameters<'a>(numbers: [u8; 2], two: [u8; 2], reader: &mut Reader<'a>) -> Result<FontRequest<'a>, MessageError> {
    Ok(match numbers {
        [0xa2, 0x00] => FontRequest::Ping,
        [0xa1, 0x02] => FontRequest::Status,
        [0xa2, 0x03] => FontRequest::SetClock(reader.clock()?),
        [0xa3, 0x00] => FontRequest::Switch { is_on: switch(reader)? },
        [0xa3, 0x06] => update(two, reader)?,
        [0xa3, 0x10] => FontRequest::Clear,
        [0xa1, 0x05] => FontRequest::StartWrite {
            overwrites: reader.flag(Field::new("覆盖标志", "flag to overwrite"))?,
            name: reader.name()?,
        },
        [0xa1, 0x06] => block(reader)?,
        [0xa1, 0x07] => FontRequest::BeginTransfer,
        [0xa1, 0x08] => FontRequest::EndTransfer,
        [group, command] => FontRequest::Other {
            group,
            command,
            parameters: reader.all(),
        },
    })
}

fn switch(reader: &mut Reader<'_>) -> Result<bool, MessageError> {
    let (at, field) = (reader.at(), Field::new("开关标志", "switch"));
    match reader.u8(field)? {
        1 => Ok(true),
        2 => Ok(false),
        found => {
            let found = found.into();
            Err(MessageError::Value { at, field, found })
        }
    }
}

fn update<'a>(two: [u8; 2], reader: &mut Reader<'a>) -> Result<FontRequest<'a>, MessageError> {
    let is_length = usize::from(u16::from_le_bytes(two)) == reader.left();
    let deleted = reader.u8(COUNT)?;
    let delete = reader.bytes(deleted.into(), IDS)?.to_vec();
    let count = reader.u8(COUNT)?;
    let areas = (0..count).map(|_| area(reader)).collect::<Result<_, _>>()?;
    Ok(FontRequest::UpdateAreas {
        mode: (!is_length).then_some(two),
        delete,
        areas,
    })
}

fn block<'a>(reader: &mut Reader<'a>) -> Result<FontRequest<'a>, MessageError> {
    let name = reader.name()?;
    let is_last = reader.flag(Field::new("末块标志", "flag of the last block"))?;
    let number = reader.u16(Field::new("块号", "number of the block"))?;
    let length = reader.u16(LENGTH)?;
    let address = reader.u16(Field::new("块地址", "address of the block"))?;
    Ok(FontRequest::WriteBlock {
        name,
        is_last,
        number,
        address,
        data: reader.bytes(length.into(), Field::new("数据", "data"))?,
    })
}

fn area<'a>(reader: &mut Reader<'a>) -> Result<FontArea<'a>, MessageError> {
    let at = reader.at();
    let promised = usize::from(reader.u16(LENGTH)?);
    let start = reader.at();
    let area = FontArea {
        kind: reader.u8(Field::new("区域类型", "kind of area"))?,
        x: reader.u16(PLACE)?,
        y: reader.u16(PLACE)?,
        width: reader.u16(PLACE)?,
        height: reader.u16(PLACE)?,
        id: reader.u8(IDS)?,
        line_space: reader.u8(SETTING)?,
        run_mode: reader.u8(Field::new("运行模式", "run mode"))?,
        timeout: reader.u16(Field::new("超时", "timeout"))?,
        sound: sound(reader)?,
        extra: {
            let count = reader.u8(COUNT)?;
            reader.bytes(count.into(), Field::new("扩展参数", "more parameters"))?
        },
        alignment: reader.u8(SETTING)?,
        lines: reader.u8(SETTING)?,
        breaks: reader.u8(SETTING)?,
        entrance: reader.u8(Field::new("显示方式", "way in"))?,
        exit: reader.u8(Field::new("退出方式", "way out"))?,
        speed: reader.u8(Field::new("速度", "speed"))?,
        stay: reader.u8(Field::new("停留时间", "stay"))?,
        text: {
            let length = reader.u32(LENGTH)?;
            reader.bytes(usize::try_from(length).unwrap_or(usize::MAX), TEXT)?
        },
    };
    let found = reader.at() - start;
    if found == promised {
        Ok(area)
    } else {
        Err(MessageError::Length { at, promised, found })
    }
}

fn sound<'a>(reader: &mut Reader<'a>) -> Result<Sound<'a>, MessageError> {
    let at = reader.at();
    let mode = reader.u8(SOUND)?;
    if mode == 0 {
        return Ok(Sound::None);
    }
    let [person, volume, speed] = reader.array(SOUND)?;
    match mode {
        1 => Ok(Sound::Text { person, volume, speed }),
        2 => {
            let length = reader.u32(LENGTH)?;
            Ok(Sound::Words {
                person,
                volume,
                speed,
                words: reader.bytes(usize::try_from(length).unwrap_or(usize::MAX), SOUND)?,
            })
        }
        found => {
            let (field, found) = (SOUND, found.into());
            Err(MessageError::Value { at, field, found })
        }
    }
}
