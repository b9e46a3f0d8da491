//! What must hold of any bytes, for the fuzzer and for the tests that play its cases again.

#![allow(dead_code, reason = "a program of the fuzzer has one target")]

#[path = "targets/card.rs"]
mod card;
#[path = "targets/cards.rs"]
mod cards;
#[path = "targets/clip.rs"]
mod clip;
#[path = "targets/modules.rs"]
mod modules;
#[path = "targets/pages.rs"]
mod pages;
#[path = "targets/sacn.rs"]
mod sacn;

use std::{
    net::{Ipv4Addr, SocketAddr, SocketAddrV4},
    sync::Arc,
    time::Duration,
};

use yingbi::{
    almanac::{self, DayList},
    controller::{Controller, Universes},
    diagnostic::{Diagnostic, Explain},
    document::Parsed,
    item, playlist, site,
    text::{
        Sheet,
        bitmap::{BitmapFont, bdf as bdf_form, own::read_glyph, pcf as pcf_form},
    },
    units::{Moment, Size},
};

pub(super) use card::card;
pub(super) use cards::onbon;
pub(super) use clip::clip;
pub(super) use modules::modules;
pub(super) use pages::pages;
pub(super) use sacn::sacn;

/// A BDF file is a font that can be a strike, or is refused at a place.
pub(super) fn bdf(bytes: &[u8]) {
    match bdf_form::read(bytes) {
        Ok(font) => is_sound(&font),
        Err(fault) => {
            assert!(fault.place.line > 0 && fault.place.column > 0 && fault.place.length > 0);
            is_told(&fault);
        }
    }
}

/// The same of a PCF file.
pub(super) fn pcf(bytes: &[u8]) {
    match pcf_form::read(bytes) {
        Ok(font) => is_sound(&font),
        Err(fault) => {
            assert!(fault.at <= bytes.len());
            is_told(&fault);
        }
    }
}

/// A strike is refused, or no look-up in it fails.
pub(super) fn strike(bytes: &[u8]) {
    match Sheet::read(bytes) {
        Ok(sheet) => {
            // Of any number of blocks the first and the last ones.
            let characters = ('\0'..='\u{1000}').chain('\u{10f000}'..=char::MAX);
            for glyph in characters.filter_map(|character| sheet.glyph(character)) {
                let stride = usize::from(glyph.width.div_ceil(8));
                assert_eq!(glyph.rows.len(), stride * usize::from(sheet.height()));
                let ink = glyph.ink();
                assert!(ink.is_none_or(|ink| ink.start < ink.end && ink.end <= glyph.width));
            }
        }
        Err(fault) => is_told(&fault),
    }
}

/// A file of one glyph is a glyph, or is refused. The first byte chooses the form.
pub(super) fn glyph(bytes: &[u8]) {
    let Some((form, bytes)) = bytes.split_first() else {
        return;
    };
    let name = if form % 2 == 0 { "U+E001.png" } else { "U+E001.bdf" };
    match read_glyph(name, bytes) {
        Ok(glyph) => {
            let (dots, glyph) = (glyph.dots(), glyph.glyph());
            assert!(matches!(dots, 16 | 24 | 32 | 48) && glyph.width <= 64);
            assert_eq!(
                glyph.rows.len(),
                usize::from(glyph.width.div_ceil(8)) * usize::from(dots)
            );
            assert!(glyph.ink().is_some_and(|ink| ink.end <= glyph.width));
        }
        Err(fault) => is_told(&fault),
    }
}

/// A text of a column's folder is an item, or is refused at its places. The first byte chooses how its name ends.
pub(super) fn plain(bytes: &[u8]) {
    let Some((form, bytes)) = bytes.split_first() else {
        return;
    };
    let parsed = item::parse(["items/通知/a.txt", "items/通知/a.md"][usize::from(form % 2)], bytes);
    is_value_or_refusal(bytes, &parsed);
    if let Some(item) = &parsed.value {
        is_item(item);
    }
}

/// A sheet is items with a title each, one a row, or says what is wrong with it.
pub(super) fn sheet(bytes: &[u8]) {
    let parsed = item::sheet("items/通知/a.csv", bytes);
    assert!(parsed.value.is_some() || !parsed.diagnostics.is_empty());
    parsed.diagnostics.iter().for_each(is_problem);
    let rows = parsed.value.unwrap_or_default();
    assert!(rows.len() <= item::ROW_LIMIT && rows.is_sorted_by(|a, b| a.number < b.number));
    rows.iter().for_each(|row| is_item(&row.item));
}

/// 肃静.txt or 加开.txt is days, or is refused at its places. The first byte chooses which of them it is.
pub(super) fn days(bytes: &[u8]) {
    let Some((list, bytes)) = bytes.split_first() else {
        return;
    };
    let list = [DayList::Solemn, DayList::Overtime][usize::from(list % 2)];
    let parsed = almanac::parse_list(list, "肃静.txt", bytes);
    // The line is the unit: its good ones hold beside bad ones.
    assert!(parsed.value.is_some() || parsed.diagnostics.iter().any(Diagnostic::is_error));
    parsed.diagnostics.iter().for_each(is_problem);
    if let Some(almanac) = &parsed.value {
        let days: usize = almanac.special.solemn.iter().map(|solemn| solemn.days.len()).sum();
        assert!(days <= 60_000, "{days} days");
    }
}

/// What calls itself a picture in plain form has the pixels that it says, or is none.
pub(super) fn picture(bytes: &[u8]) {
    let bytes: Arc<[u8]> = bytes.into();
    let Some(read) = item::Picture::read(&bytes) else {
        return assert!(item::picture("items/通知/a.png", &bytes).is_none());
    };
    let size = read.size();
    assert!(size.width.max(size.height) <= item::PICTURE_SIDE && size.leds() > 0);
    assert!(size.leds() <= item::PICTURE_PIXELS as usize);
    assert_eq!(read.pixels().len(), size.leds() * 3);
    assert_eq!(
        item::Picture::write(size, read.original(), read.pixels()),
        *bytes,
        "one picture has one form"
    );
    if let Some(item) = item::picture("items/通知/a.png", &bytes) {
        is_item(&item);
    }
}

/// A settings file is a value, or is refused at its places. The first byte chooses which file it is.
pub(super) fn settings(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else {
        return;
    };
    match kind % 3 {
        0 => is_value_or_refusal(bytes, &site::parse("site.toml", bytes)),
        1 => is_value_or_refusal(bytes, &playlist::parse("a.toml", bytes)),
        _ => is_value_or_refusal(bytes, &almanac::parse("almanac.toml", bytes)),
    }
}

/// Art-Net datagrams, one after the other, at a node and at our own session: each is taken or refused at a place. Before each of them
/// stand its sender, the tenths of a second since the one before, and its length (two bytes, little-endian). Behind one of a sender from
/// 128 on the session gets another picture, while some of what is due has not left.
pub(super) fn artnet(bytes: &[u8]) {
    use yingbi::controller::artnet::{Merge, Node, Receiver, Sender, Settings};

    let universes = Universes { first: 14, slots: 6 };
    let mut node = Receiver::new(Node {
        universes,
        bytes: 40,
        merge: if bytes.len().is_multiple_of(2) {
            Merge::Highest
        } else {
            Merge::Latest
        },
        address: SocketAddrV4::new(Ipv4Addr::LOCALHOST, 6454),
        mac: [0; 6],
        name: "fuzz".into(),
    });
    let mut sender = Sender::new(Settings {
        universes,
        sync: true,
        discover: true,
    });
    sender.show(&[7; 40], Moment::ZERO);
    let (mut now, mut rest) = (Moment::ZERO, bytes);
    while let [from, tenths, low, high, more @ ..] = rest {
        now = now + Duration::from_millis(100 * u64::from(*tenths));
        let (datagram, after) = more.split_at(more.len().min(u16::from_le_bytes([*low, *high]).into()));
        rest = after;
        is_artnet(datagram);
        node.poll(now);
        if let Err(refusal) = node.handle(SocketAddr::from(([192, 0, 2, *from], 6454)), datagram, now) {
            is_told(&refusal);
        }
        assert_eq!(node.picture().len(), 40);
        while let Some((_, answer)) = node.poll_answer() {
            is_artnet(&answer);
            sender.handle(&answer, now);
        }
        sender.handle(datagram, now);
        if *from >= 128 {
            sender.show(&vec![*from; usize::from(*tenths % 64)], now);
            for _ in 0..*from % 4 {
                sender.poll_transmit(now, &mut Vec::new());
            }
        } else {
            is_sent(&mut sender, now);
        }
    }
    is_sent(&mut sender, now);
    let counts = node.counts();
    assert!(counts.malformed + counts.refused + counts.late <= counts.datagrams);
}

/// A datagram that can be read is written again as one that means the same.
fn is_artnet(datagram: &[u8]) {
    use yingbi::controller::artnet::packet::Packet;

    match Packet::parse(datagram) {
        Ok(packet) => {
            let mut again = Vec::new();
            packet.encode(&mut again);
            let mut twice = Vec::new();
            Packet::parse(&again)
                .expect("what is written can be read")
                .encode(&mut twice);
            assert_eq!(again, twice);
        }
        Err(error) => {
            assert!(error.at() <= datagram.len());
            is_told(&error);
        }
    }
}

/// What is due leaves in batches that one system call carries, and then nothing more is due.
fn is_sent(sender: &mut impl Controller, now: Moment) {
    let mut out = Vec::new();
    for _ in 0..10_000 {
        out.clear();
        let Some(transmit) = sender.poll_transmit(now, &mut out) else {
            return assert!(sender.poll_timeout().is_none_or(|due| due > now));
        };
        assert_eq!(transmit.length, out.len());
        let packets = transmit.segment.map_or(1, |segment| out.len().div_ceil(segment));
        assert!(packets <= 64 && (1..=65_507).contains(&out.len()));
    }
    panic!("it never ends");
}

/// DDP datagrams, one after the other, at a display and at our own session: each is taken or refused at a place. The first byte chooses
/// what an LED takes, the second how long the session's packets are. Before each datagram stand what the session is told meanwhile, the
/// tenths of a second since the one before, and its length (two bytes, little-endian). A second display hears the session alone, and
/// in the end shows the session's last picture.
pub(super) fn ddp(bytes: &[u8]) {
    use yingbi::controller::ddp::{Receiver, Sender, packet::DataType};

    let [kind, length, rest @ ..] = bytes else {
        return;
    };
    let types = [DataType::RGB8, DataType::GREY8, DataType::GREY1, DataType::TWO_BIT];
    let data_type = types[usize::from(kind % 4)];
    let size = Size::new(16, 9);
    let mut display = Receiver::taking(data_type, size);
    let mut ours = Receiver::taking(data_type, size);
    let mut sender = Sender::of(data_type, 58 + u16::from(*length));
    let mut picture = vec![0; (size.leds() * data_type.bits().expect("a type that we send")).div_ceil(8)];
    let (mut now, mut rest, mut handed, mut shown) = (Moment::ZERO, rest, 0, false);
    let mut lit = Vec::new();
    while let [told, tenths, low, high, more @ ..] = rest {
        now = now + Duration::from_millis(100 * u64::from(*tenths));
        let (datagram, after) = more.split_at(more.len().min(u16::from_le_bytes([*low, *high]).into()));
        rest = after;
        handed += 1;
        is_ddp(datagram);
        match display.handle(datagram) {
            Ok(yingbi::controller::ddp::Received::Reply(answer)) => {
                is_ddp(&answer);
                sender.handle(&answer, now);
            }
            Ok(yingbi::controller::ddp::Received::Shown(lit)) => assert_eq!(lit.len(), picture.len()),
            Ok(_) => {}
            Err(refusal) => is_told(&refusal),
        }
        sender.handle(datagram, now);
        match told % 4 {
            0 => {
                picture.iter_mut().zip(datagram).for_each(|(byte, new)| *byte = *new);
                sender.show(&picture, now);
                shown = true;
            }
            1 => sender.refresh(now),
            2 => sender.ask(),
            _ => sender.ask_config(),
        }
        // Some of what is due leaves before the next is heard.
        for _ in 0..told >> 2 {
            if !is_displayed(&mut sender, &mut ours, &mut lit, now) {
                break;
            }
        }
        while let Some(event) = sender.poll_event() {
            assert!(format!("{event:?}").len() < 1_000);
        }
    }
    while is_displayed(&mut sender, &mut ours, &mut lit, now) {}
    assert!(sender.poll_timeout().is_none_or(|due| due > now));
    if shown {
        is_sent(&mut sender, now + Duration::from_secs(2));
        assert_eq!(lit, picture);
        assert_eq!(ours.counts().partial, 0, "no picture is torn");
    }
    let counts = display.counts();
    assert_eq!(counts.datagrams, handed);
    assert!(counts.malformed + counts.refused <= handed && counts.partial <= counts.pictures);
}

/// Whether the session had something to send; the display takes it.
fn is_displayed(
    sender: &mut yingbi::controller::ddp::Sender,
    display: &mut yingbi::controller::ddp::Receiver,
    lit: &mut Vec<u8>,
    now: Moment,
) -> bool {
    let mut out = Vec::new();
    let Some(transmit) = sender.poll_transmit(now, &mut out) else {
        return false;
    };
    let segment = transmit.segment.unwrap_or(out.len());
    assert!(transmit.length == out.len() && (1..=64).contains(&out.len().div_ceil(segment)));
    for datagram in out.chunks(segment) {
        is_ddp(datagram);
        let taken = display
            .handle(datagram)
            .expect("a display takes what our session sends");
        if let yingbi::controller::ddp::Received::Shown(picture) = taken {
            picture.clone_into(lit);
        }
    }
    true
}

/// A datagram that can be read is written again as it was.
fn is_ddp(datagram: &[u8]) {
    use yingbi::controller::ddp::{Answer, packet::Packet};

    match Packet::parse(datagram) {
        Ok(packet) => {
            let mut again = Vec::new();
            packet.encode(&mut again);
            assert_eq!(again, datagram);
        }
        Err(error) => {
            assert!(error.at() <= datagram.len());
            is_told(&error);
        }
    }
    match Answer::parse(datagram) {
        Ok(answer) => assert!(answer.to_string().chars().count() < 300),
        Err(reason) => assert!(!reason.is_empty() && reason.chars().count() < 300),
    }
}

/// There is a value, or an error, and never both; every problem has its place in the file, in their order.
fn is_value_or_refusal<T>(bytes: &[u8], parsed: &Parsed<T>) {
    let problems = &parsed.diagnostics;
    assert_eq!(
        parsed.value.is_some(),
        !problems.iter().any(Diagnostic::is_error),
        "{problems:#?}"
    );
    let places = || problems.iter().filter_map(|problem| problem.place.as_ref());
    // In UTF-16 a line break has two bytes, and none has less than one.
    let lines = bytes.iter().filter(|byte| **byte == b'\n' || **byte == b'\r').count() + 1;
    assert_eq!(places().count(), problems.len(), "{problems:#?}");
    assert!(places().all(|place| place.line >= 1 && place.line as usize <= lines && place.column >= 1));
    assert!(
        places().is_sorted_by_key(|place| (place.line, place.column)),
        "{problems:#?}"
    );
    problems.iter().for_each(is_problem);
}

/// A problem says what and what to do, in both languages, and is short.
fn is_problem(problem: &Diagnostic) {
    for words in [&problem.message, &problem.help] {
        for words in [&words.zh, &words.en] {
            assert!(!words.is_empty() && words.chars().count() < 1_000, "{words}");
        }
    }
}

/// An item has a title of one line within its limits, and a text within its own.
fn is_item(item: &item::Item) {
    let title = item.title.chars().count();
    assert!((1..=item::TITLE_LIMIT).contains(&title), "{title} characters");
    assert!(!item.title.contains(['\n', '\r']) && !item.title.trim().is_empty());
    let text: usize = item.body.iter().map(|paragraph| paragraph.text.chars().count()).sum();
    assert!(text <= item::TEXT_LIMIT, "{text} characters");
    assert!(item.pages.is_none_or(|pages| (1..=999).contains(&pages)));
    assert!(item.dwell.is_none_or(|dwell| dwell.is_positive()));
    assert!(item.from.is_none_or(|from| item.until.is_none_or(|until| from < until)));
}

/// Every glyph of the font is in its strike, as it is.
fn is_sound(font: &BitmapFont) {
    assert!((8..=64).contains(&font.height()) && font.ascent() <= font.height() && font.count() > 0);
    let bytes = font.strike();
    let sheet = Sheet::read(&bytes).expect("what is written can be read");
    assert_eq!(sheet.height(), font.height());
    for (character, glyph) in font.glyphs() {
        assert!((1..=64).contains(&glyph.width));
        assert_eq!(sheet.glyph(character), Some(glyph));
    }
}

/// A refusal says what and what to do, in both languages, and is short.
fn is_told(fault: &impl Explain) {
    let help = fault.help();
    for words in [fault.to_string(), fault.chinese(), help.zh, help.en] {
        assert!(!words.is_empty() && words.chars().count() < 600, "{words}");
    }
}
