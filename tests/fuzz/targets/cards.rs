//! What must hold of any bytes on the way to a card, and back.

use yingbi::controller::onbon::{
    message::{
        Directory, DirectorySize, FileBlock, FileHead, Firmware, FontReply, FontRequest, Health, Identity,
        MessageError, Reply, Request, Search, Status, TransferState, Volume,
    },
    packet::{Deframer, Framing, Packet, enclose, enclosed},
};

use super::is_told;

/// Bytes of a line of BX cards, or by the first byte what stands in a packet: what is read says all there is and is written again as it was,
/// or is refused at its place; however the line is cut in pieces, and whatever came, a frame that follows is found. The second byte is how
/// long the pieces are, and how long a body may be.
pub(crate) fn onbon(bytes: &[u8]) {
    let [kind, cut, bytes @ ..] = bytes else {
        return;
    };
    match kind % 4 {
        0 => is_line(*cut, bytes),
        1 => is_request(bytes),
        2 => is_reply(bytes),
        _ => is_of_fonts(bytes),
    }
}

fn is_line(cut: u8, line: &[u8]) {
    let limit = 4 + usize::from(cut) * 8;
    let (mut whole, mut pieces) = (Deframer::new(limit), Deframer::new(limit));
    let at_once = taken(&mut whole, line);
    let mut one_by_one = Vec::new();
    for piece in line.chunks(1 + usize::from(cut % 16)) {
        one_by_one.extend(taken(&mut pieces, piece));
        assert!(pieces.kept() <= limit);
    }
    assert_eq!(at_once, one_by_one);
    for body in at_once.iter().flatten() {
        is_body(body);
        let mut frame = Vec::new();
        enclose(body, &mut frame);
        assert_eq!(frame.len(), enclosed(body));
        assert_eq!(taken(&mut Deframer::new(limit), &frame), [Some(body.clone())]);
    }
    let last = taken(&mut whole, &[0xa5, 1, 2, 3, 0x5a]);
    assert_eq!(last.last(), Some(&Some(vec![1, 2, 3])), "the next frame is found");
}

/// The bodies in `bytes`, and `None` for what is wrong.
fn taken(deframer: &mut Deframer, mut bytes: &[u8]) -> Vec<Option<Vec<u8>>> {
    let mut all = Vec::new();
    while let Some(found) = deframer.next(&mut bytes) {
        all.push(match found {
            Ok(body) => Some(body.to_vec()),
            Err(error) => {
                is_told(&error);
                None
            }
        });
    }
    all
}

fn is_body(body: &[u8]) {
    match Packet::parse(body) {
        Ok(packet) => {
            let mut again = Vec::new();
            packet.encode(&mut again);
            assert_eq!(again, body);
            match packet.header.framing() {
                Framing::Font => is_of_fonts(packet.data),
                _ => {
                    is_request(packet.data);
                    is_reply(packet.data);
                }
            }
        }
        Err(error) => {
            assert!(error.at() <= body.len());
            is_told(&error);
        }
    }
}

fn is_request(data: &[u8]) {
    match Request::parse(data) {
        Ok(request) => {
            let mut again = Vec::new();
            request.encode(&mut again);
            assert_eq!(again, data);
        }
        Err(error) => is_message_error(&error, data),
    }
}

fn is_reply(data: &[u8]) {
    let reply = match Reply::parse(data) {
        Ok(reply) => reply,
        Err(error) => return is_message_error(&error, data),
    };
    let mut again = Vec::new();
    reply.encode(&mut again);
    assert_eq!(Reply::parse(&again), Ok(reply));
    is_told(&reply.error);
    let data = reply.data;
    reads(Identity::parse, Identity::encode, data);
    reads(Status::parse, Status::encode, data);
    reads(Directory::parse, Directory::encode, data);
    reads(DirectorySize::parse, DirectorySize::encode, data);
    reads(FileHead::parse, FileHead::encode, data);
    reads(Firmware::parse, Firmware::encode, data);
    reads(Volume::parse, Volume::encode, data);
    reads(TransferState::parse, TransferState::encode, data);
    reads(Health::parse, Health::encode, data);
    reads(Search::parse, Search::encode, data);
    match FileBlock::parse(data) {
        Ok(block) => {
            let mut again = Vec::new();
            block.encode(&mut again);
            assert_eq!(FileBlock::parse(&again), Ok(block));
        }
        Err(error) => is_message_error(&error, data),
    }
}

/// What is read can be written, and then read and written as the same bytes.
fn reads<T>(parse: fn(&[u8]) -> Result<T, MessageError>, encode: fn(&T, &mut Vec<u8>), data: &[u8]) {
    let found = match parse(data) {
        Ok(found) => found,
        Err(error) => return is_message_error(&error, data),
    };
    let (mut once, mut twice) = (Vec::new(), Vec::new());
    encode(&found, &mut once);
    encode(&parse(&once).expect("what is written can be read"), &mut twice);
    assert_eq!(once, twice);
}

fn is_of_fonts(data: &[u8]) {
    match FontRequest::parse(data) {
        Ok(request) => {
            let mut again = Vec::new();
            request.encode(&mut again);
            assert_eq!(again[5..], data[5..]);
            assert_eq!(FontRequest::parse(&again), Ok(request));
        }
        Err(error) => is_message_error(&error, data),
    }
    match FontReply::parse(data) {
        Ok(reply) => {
            let mut again = Vec::new();
            reply.encode(&mut again);
            assert_eq!(FontReply::parse(&again), Ok(reply));
        }
        Err(error) => is_message_error(&error, data),
    }
}

fn is_message_error(error: &MessageError, data: &[u8]) {
    assert!(error.at() <= data.len());
    is_told(error);
}
