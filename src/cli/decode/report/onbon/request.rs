//! Requests to BX-5 and BX-6.

use serde_json::{Value, json};

use super::{Hex, Message, Named};
use crate::controller::onbon::{
    message::{Brightness, Clock, Hold, Hours, MessageError, Network, Request},
    model,
    packet::Packet,
    picture::area::Update,
};

/// What a request says.
pub(super) fn tell(packet: &Packet<'_>) -> Result<Message, MessageError> {
    let request = Request::parse(packet.data)?;
    Ok(Message::request(
        named(&request, packet.header.device),
        request.numbers(),
    ))
}

fn named(request: &Request<'_>, device: [u8; 2]) -> (&'static str, Named) {
    let none = Named::default();
    match request {
        Request::Format => ("format", none),
        Request::BeginTransfer => ("begin transfer", none),
        Request::EndTransfer => ("end transfer", none),
        Request::Volume => ("volume", none),
        Request::TransferState => ("transfer state", none),
        Request::Ping => ("ping", none),
        Request::Reset => ("reset", none),
        Request::Firmware => ("firmware", none),
        Request::CancelHours => ("cancel hours", none),
        Request::EraseFlash => ("erase flash", none),
        Request::ControllerId => ("controller id", none),
        Request::Copyright => ("copyright", none),
        Request::Status => ("status", none),
        Request::ScannerState => ("scanner state", none),
        Request::BrightnessSensor => ("brightness sensor", none),
        Request::Barcode => ("barcode", none),
        Request::EnableInfrared => ("enable infrared", none),
        Request::Modbus => ("modbus", none),
        Request::WorkingState => ("working state", none),
        Request::Health => ("health", none),
        Request::Search => ("search", none),
        Request::DeleteAllAreas => ("delete all areas", none),
        Request::DeleteAreas { ids } => ("delete areas", none.with("ids", ids.clone())),
        Request::UpdateAreas { areas } => ("update areas", updated(areas, device)),
        Request::Other { parameters, .. } => ("other", none.bytes("parameters", parameters)),
        Request::SetMac { mac } => ("set MAC", none.bytes("mac", mac)),
        Request::SetNetwork(network) => ("set network", reached(network)),
        _ => file(request)
            .or_else(|| screen(request))
            .unwrap_or_else(|| setup(request)),
    }
}

fn file(request: &Request<'_>) -> Option<(&'static str, Named)> {
    let of = |is_fixed: bool| Named::default().with("fixed", is_fixed);
    Some(match request {
        Request::Delete { is_fixed, names } => {
            let names: Vec<_> = names.iter().map(ToString::to_string).collect();
            ("delete files", of(*is_fixed).with("names", names))
        }
        Request::StartWrite {
            is_fixed,
            name,
            kind,
            length,
            overwrites,
            crc,
        } => {
            let fields = of(*is_fixed).with("name", name.to_string()).with("type", *kind);
            let fields = fields.with("length", *length).with("overwrite", *overwrites);
            ("start write", fields.with("crc", format!("{crc:08x}")))
        }
        Request::WriteBlock {
            is_fixed,
            name,
            is_last,
            offset,
            data,
        } => {
            let fields = of(*is_fixed).with("name", name.to_string()).with("last", *is_last);
            let fields = fields.with("offset", *offset).with("length", data.len());
            ("write block", fields.bytes("data", data))
        }
        Request::StartRead { is_fixed, name } => ("start read", of(*is_fixed).with("name", name.to_string())),
        Request::ReadBlock { is_fixed, name, offset } => {
            let fields = of(*is_fixed).with("name", name.to_string());
            ("read block", fields.with("offset", *offset))
        }
        Request::StartDirectory { kind, size } => (
            "start directory",
            Named::default().with("type", *kind).with("size", *size),
        ),
        Request::DirectoryBlock { offset } => ("directory block", Named::default().with("offset", *offset)),
        _ => return None,
    })
}

fn screen(request: &Request<'_>) -> Option<(&'static str, Named)> {
    let none = Named::default();
    Some(match request {
        Request::SetClock(clock) => ("set clock", none.with("clock", shown(clock)).with("week", clock.week)),
        Request::Switch { is_on } => ("switch", none.with("on", *is_on)),
        Request::SetHours(hours) => (
            "set hours",
            none.with("hours", hours.iter().map(span).collect::<Vec<_>>()),
        ),
        Request::SetBrightness(brightness) => ("set brightness", bright(brightness)),
        Request::LockScreen { is_kept, is_locked } => {
            ("lock screen", none.with("kept", *is_kept).with("locked", *is_locked))
        }
        Request::LockProgram {
            is_kept,
            is_locked,
            name,
            hold,
        } => {
            let fields = none.with("kept", *is_kept).with("locked", *is_locked);
            let fields = fields.with("name", name.to_string());
            let fields = match *hold {
                Hold::Five(hundredths) => fields.with("hundredths", hundredths),
                Hold::Six { is_count: true, value } => fields.with("times", value),
                Hold::Six { is_count: false, value } => fields.with("hundredths", value),
            };
            ("lock program", fields)
        }
        Request::SetSecret { old, new } => ("set secret", none.bytes("old", old).bytes("new", new)),
        Request::RemoveSecret { current } => ("remove secret", none.bytes("current", current)),
        Request::SetBlank { is_blank } => ("set blank", none.with("blank", *is_blank)),
        Request::SetResume { resumes } => ("set resume", none.with("resume", *resumes)),
        _ => return None,
    })
}

/// What an installer sets.
fn setup(request: &Request<'_>) -> (&'static str, Named) {
    let none = Named::default();
    match request {
        Request::ActivateFirmware { name } => ("activate firmware", none.with("name", name.to_string())),
        Request::OptimiseDisplay { scan_time } => ("optimise display", none.with("scan_time", *scan_time)),
        Request::SetPowerOnDelay { seconds } => ("set power-on delay", none.with("seconds", *seconds)),
        Request::SetButton { mode, reserved } => ("set button", none.with("mode", *mode).bytes("reserved", reserved)),
        Request::SetDisplayMode { mode, reserved } => {
            ("set display mode", none.with("mode", *mode).bytes("reserved", reserved))
        }
        Request::SetTimedReset { mode, interval, times } => {
            let times: Vec<_> = times.iter().map(|time| clock_time(*time)).collect();
            let fields = none.with("mode", *mode).with("interval", *interval);
            ("set timed reset", fields.with("times", times))
        }
        Request::BattleTime { action } => ("battle time", none.with("action", *action)),
        Request::StopWatch { action } => ("stop watch", none.with("action", *action)),
        Request::AdjustSpeed { value } => ("adjust speed", none.with("value", *value)),
        Request::SetAddress { address } => ("set address", none.with("address", *address)),
        Request::SetName { name } => ("set name", none.bytes("name", name)),
        Request::SetBaud { code } => ("set baud rate", none.with("code", *code)),
        Request::SetBarcode { barcode, crc } => (
            "set barcode",
            none.bytes("barcode", barcode).with("crc", format!("{crc:04x}")),
        ),
        Request::SetPins { pins } => ("set pins", none.bytes("pins", pins)),
        _ => ("other", none),
    }
}

fn bright(brightness: &Brightness) -> Named {
    let (mode, levels, sensor) = match brightness {
        Brightness::Manual(levels) => ("manual", Some(levels), None),
        Brightness::HalfHours(levels) => ("half hours", Some(levels), None),
        Brightness::SensorAlone(sensor) => ("sensor alone", None, Some(sensor)),
        Brightness::Sensor(sensor) => ("sensor", None, Some(sensor)),
    };
    let mut fields = Named::default().with("mode", mode);
    if let Some(levels) = levels {
        fields = fields.with("levels", levels.to_vec());
    }
    if let Some(sensor) = sensor {
        fields = fields
            .with("lux", sensor.lux.to_vec())
            .with("levels", sensor.levels.to_vec());
    }
    fields
}

fn reached(network: &Network) -> Named {
    Named::default()
        .with("mode", network.mode)
        .with("ip", ip(network.ip))
        .with("mask", ip(network.mask))
        .with("gateway", ip(network.gateway))
        .with("port", network.port)
        .with("server_mode", network.server_mode)
        .with("server_ip", ip(network.server_ip))
        .with("server_port", network.server_port)
        .bytes("password", &network.password)
        .with("heartbeat", network.heartbeat)
        .bytes("id", &network.id)
}

/// Each area by its place and pages, where the bytes are areas of the device's generation; in any case the bytes.
fn updated(areas: &[u8], device: [u8; 2]) -> Named {
    let forms = match device[0] >> 4 {
        5 => vec![model::Form::Five],
        6 | 7 => vec![model::Form::Six],
        _ => vec![model::Form::Six, model::Form::Five],
    };
    let update = forms.into_iter().find_map(|form| Update::parse(form, areas).ok());
    let told = update.map(|update| {
        update
            .areas
            .iter()
            .map(|area| {
                let place = area.paged.place;
                json!({
                    "id": area.id,
                    "run": area.run,
                    "timeout": area.timeout,
                    "all_programs": area.all_programs,
                    "programs": area.programs,
                    "immediate": area.immediate,
                    "x": place.x,
                    "y": place.y,
                    "width": place.width,
                    "height": place.height,
                    "pages": area.paged.pages.len(),
                })
            })
            .collect::<Vec<Value>>()
    });
    let mut fields = Named::default();
    if let Some(told) = told {
        fields = fields.with("areas", told);
    }
    fields.with("length", areas.len()).with("data", Hex(areas).whole())
}

fn span(hours: &Hours) -> String {
    format!("{}-{}", clock_time(hours.on), clock_time(hours.off))
}

fn clock_time((hour, minute): (u8, u8)) -> String {
    format!("{hour:02}:{minute:02}")
}

/// A clock as it is written.
pub(super) fn shown(clock: &Clock) -> String {
    let Clock {
        year,
        month,
        day,
        hour,
        minute,
        second,
        week: _,
    } = clock;
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
}

/// An address as it is written.
pub(super) fn ip(bytes: [u8; 4]) -> String {
    std::net::Ipv4Addr::from(bytes).to_string()
}
