//! Replies of BX-5 and BX-6. What their data are is told by group and command.

use serde_json::{Value, json};

use super::{
    Message, Named, Outcome, What,
    request::{ip, shown},
};
use crate::controller::onbon::{
    message::{
        Directory, DirectorySize, FileBlock, FileHead, Firmware, Health, Identity, MessageError, More, Reply, Search,
        Status, TransferState, Volume,
    },
    packet::Packet,
};

/// What a reply says.
pub(super) fn tell(packet: &Packet<'_>) -> Result<Message, MessageError> {
    let reply = Reply::parse(packet.data)?;
    let (name, read) = named(&reply);
    let (fields, unread) = match read {
        Ok(fields) => (fields, None),
        Err(error) => (raw(reply.data), Some(error.to_string())),
    };
    Ok(Message {
        what: What::Reply(name),
        numbers: [reply.group, reply.command],
        outcome: Some(Outcome::of(reply.nack, reply.error)),
        fields,
        unread,
    })
}

fn named(reply: &Reply<'_>) -> (&'static str, Result<Named, MessageError>) {
    let data = reply.data;
    match (reply.group, reply.command) {
        (0xa0, 0x00) => ("acknowledgement", Ok(raw(data))),
        (0xa0, 0x01) => ("refusal", Ok(raw(data))),
        (0xa1, 0x84 | 0x8d) => ("file", FileHead::parse(data).map(|head| file(&head))),
        (0xa1, 0x85 | 0x8e) => ("file block", FileBlock::parse(data).map(|read| block(&read))),
        (0xa1, 0x86) => (
            "directory size",
            DirectorySize::parse(data).map(|size| Named::default().with("files", size.files)),
        ),
        (0xa1, 0x87) => ("directory", Directory::parse(data).map(|listed| directory(&listed))),
        (0xa1, 0x92) => (
            "volume",
            Volume::parse(data).map(|room| Named::default().with("total", room.total).with("free", room.free)),
        ),
        (0xa1, 0x93) => (
            "transfer state",
            TransferState::parse(data).map(|state| transfer(&state)),
        ),
        (0xa2, 0x84) => ("firmware", Firmware::parse(data).map(|what| firmware(&what))),
        (0xa2, 0x80) => ("identity", Identity::parse(data).map(|who| identity(&who))),
        (0xa2, 0x8f) => ("status", Status::parse(data).map(|how| status(&how))),
        (0xa2, 0x8a) => ("controller id", Ok(raw(data))),
        (0xa2, 0x8b) => ("copyright", Ok(raw(data))),
        (0xa2, 0x99) => ("brightness sensor", Ok(raw(data))),
        (0xa2, 0x9f) => ("barcode", Ok(raw(data))),
        (0xa2, 0xab) => ("working state", Search::parse(data).map(|found| search(&found))),
        (0xa4, 0x82) => ("health", Health::parse(data).map(|health| alive(&health))),
        (0xa4, 0x83) => ("search", Search::parse(data).map(|found| search(&found))),
        _ => ("other", Ok(raw(data))),
    }
}

/// The data as they are, where there are any.
fn raw(data: &[u8]) -> Named {
    match data {
        [] => Named::default(),
        data => Named::default().bytes("data", data),
    }
}

fn file(head: &FileHead) -> Named {
    let fields = Named::default().with("name", head.name.to_string());
    fields
        .with("length", head.length)
        .with("crc", format!("{:08x}", head.crc))
}

fn block(read: &FileBlock<'_>) -> Named {
    let fields = Named::default().with("last", read.is_last);
    let fields = fields.with("name", read.name.to_string()).with("offset", read.offset);
    fields.with("length", read.data.len()).bytes("data", read.data)
}

fn directory(listed: &Directory) -> Named {
    let entries = listed.entries.iter().map(|entry| {
        json!({
            "name": entry.name.to_string(),
            "type": entry.kind,
            "length": entry.length,
            "crc": format!("{:08x}", entry.crc),
        })
    });
    Named::default()
        .with("last", listed.is_last)
        .with("offset", listed.offset)
        .with("files", entries.collect::<Vec<Value>>())
}

fn transfer(state: &TransferState) -> Named {
    Named::default()
        .with("way", state.way)
        .with("name", state.name.to_string())
        .with("crc", format!("{:08x}", state.crc))
        .with("offset", state.offset)
}

fn firmware(what: &Firmware) -> Named {
    Named::default()
        .with("name", what.name.to_string())
        .with("version", what.version.clone())
        .with("made", what.made.clone())
}

fn identity(who: &Identity) -> Named {
    let fields = Named::default()
        .bytes("type", &who.device)
        .with("firmware", who.firmware.clone())
        .with("configured", who.is_configured)
        .with("address", who.address)
        .with("baud", who.baud)
        .with("width", who.width)
        .with("height", who.height)
        .with("colour", who.colour);
    let rest = [
        ("brightness", who.brightness.map(Value::from)),
        ("on", who.is_on.map(Value::from)),
        ("scan", who.scan.map(Value::from)),
        ("rows", who.rows.map(Value::from)),
        ("shades", who.has_shades.map(Value::from)),
        ("unit_width", who.unit_width.map(Value::from)),
    ];
    let told = rest
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .fold(fields, |fields, (name, value)| fields.with(name, value));
    match &who.more {
        None => told,
        Some(more) => with_more(told, more),
    }
}

fn with_more(fields: Named, more: &More) -> Named {
    match more {
        More::Five {
            cascade,
            host,
            packet_mode,
            spare,
        } => fields
            .with("cascade", *cascade)
            .with("host", *host)
            .with("packet_mode", *packet_mode)
            .with("spare", *spare),
        More::Six {
            codec,
            udp_packet_mode,
            packet_mode,
            barcode,
            web_user,
            web_name,
            web_group,
        } => fields
            .with("codec", *codec)
            .with("udp_packet_mode", *udp_packet_mode)
            .with("packet_mode", *packet_mode)
            .bytes("barcode", barcode.as_ref().map_or(&[], |code| &code[..]))
            .with("web_user", web_user.clone())
            .with("web_name", web_name.clone())
            .with("web_group", *web_group),
    }
}

fn status(how: &Status) -> Named {
    Named::default()
        .with("on", how.is_on)
        .with("hours", how.has_hours)
        .with("brightness_mode", how.brightness_mode)
        .with("brightness", how.brightness)
        .with("programs", how.programs)
        .with("program", how.program.to_string())
        .with("screen_locked", how.is_screen_locked)
        .with("program_locked", how.is_program_locked)
        .with("running_mode", how.running_mode)
        .with("clock_sound", how.is_clock_sound)
        .with("clock", how.clock.as_ref().map(shown))
        .with("temperatures", how.temperatures.to_vec())
        .with("humidity", how.humidity)
        .with("noise", how.noise)
        .with("button", how.button)
}

fn alive(health: &Health) -> Named {
    Named::default()
        .with("password", health.password.clone())
        .with("ip", ip(health.ip))
        .with("mask", ip(health.mask))
        .with("gateway", ip(health.gateway))
        .with("port", health.port)
        .bytes("mac", &health.mac)
        .with("id", health.id.clone())
}

fn search(found: &Search) -> Named {
    Named::default()
        .bytes("mac", &found.mac)
        .with("ip", ip(found.ip))
        .with("mask", ip(found.mask))
        .with("gateway", ip(found.gateway))
        .with("port", found.port)
        .with("ip_mode", found.ip_mode)
        .with("server_mode", found.server_mode)
        .with("server_ip", ip(found.server.ip))
        .with("server_port", found.server.port)
        .bytes("barcode", &found.barcode)
        .bytes("type", &found.device)
        .with("firmware", found.firmware.clone())
        .with("configured", found.is_configured)
        .with("address", found.address)
        .with("baud", found.baud)
        .with("width", found.width)
        .with("height", found.height)
        .with("colour", found.colour)
        .with("brightness_mode", found.brightness_mode)
        .with("brightness", found.brightness)
        .with("hours", found.has_hours)
        .with("on", found.is_on)
        .with("programs", found.programs)
        .with("program", found.program.to_string())
        .with("clock_sound", found.is_clock_sound)
        .bytes("clock", &found.clock)
        .with("power_on_delay", found.power_on_delay)
}
