//! Requests to cards with fonts, and their replies.

use serde_json::{Value, json};

use super::{Hex, Message, Named, Outcome, What, request::shown};
use crate::controller::onbon::{
    message::{FontArea, FontReply, FontRequest, MessageError, Sound},
    packet::Packet,
};

/// What a request says.
pub(super) fn request(packet: &Packet<'_>) -> Result<Message, MessageError> {
    let request = FontRequest::parse(packet.data)?;
    Ok(Message::request(named(&request), request.numbers()))
}

/// What a reply says.
pub(super) fn reply(packet: &Packet<'_>) -> Result<Message, MessageError> {
    let reply = FontReply::parse(packet.data)?;
    let name = match (reply.is_ack(), reply.is_nack()) {
        (true, _) => "acknowledgement",
        (_, true) => "refusal",
        _ => "other",
    };
    let fields = match reply.data {
        [] => Named::default(),
        data => Named::default().bytes("data", data),
    };
    Ok(Message {
        what: What::Reply(name),
        numbers: [reply.group, reply.command],
        outcome: Some(Outcome::of(reply.is_nack(), reply.error)),
        fields,
        unread: None,
    })
}

fn named(request: &FontRequest<'_>) -> (&'static str, Named) {
    let none = Named::default();
    match request {
        FontRequest::Ping => ("ping", none),
        FontRequest::Status => ("status", none),
        FontRequest::SetClock(clock) => ("set clock", none.with("clock", shown(clock)).with("week", clock.week)),
        FontRequest::Switch { is_on } => ("switch", none.with("on", *is_on)),
        FontRequest::UpdateAreas { mode, delete, areas } => {
            let fields = match mode {
                Some(mode) => none.bytes("mode", mode),
                None => none,
            };
            let fields = fields.with("delete", delete.clone());
            (
                "update areas",
                fields.with("areas", areas.iter().map(area).collect::<Vec<_>>()),
            )
        }
        FontRequest::Clear => ("clear", none),
        FontRequest::StartWrite { overwrites, name } => (
            "start write",
            none.with("overwrite", *overwrites).with("name", name.to_string()),
        ),
        FontRequest::WriteBlock {
            name,
            is_last,
            number,
            address,
            data,
        } => {
            let fields = none.with("name", name.to_string()).with("last", *is_last);
            let fields = fields.with("number", *number).with("address", *address);
            ("write block", fields.with("length", data.len()).bytes("data", data))
        }
        FontRequest::BeginTransfer => ("begin transfer", none),
        FontRequest::EndTransfer => ("end transfer", none),
        FontRequest::Other { parameters, .. } => ("other", none.bytes("parameters", parameters)),
    }
}

fn area(area: &FontArea<'_>) -> Value {
    let (text, _) = encoding_rs::GBK.decode_without_bom_handling(area.text);
    json!({
        "id": area.id,
        "x": area.x,
        "y": area.y,
        "width": area.width,
        "height": area.height,
        "line_space": area.line_space,
        "run": area.run_mode,
        "timeout": area.timeout,
        "sound": area.sound != Sound::None,
        "extra": Hex(area.extra).whole(),
        "alignment": area.alignment,
        "lines": area.lines,
        "breaks": area.breaks,
        "entrance": area.entrance,
        "exit": area.exit,
        "speed": area.speed,
        "stay": area.stay,
        "text": text,
    })
}
