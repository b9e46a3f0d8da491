//! Virtual cards that are asked over UDP what they are.

use std::{net::UdpSocket, time::Duration};

use yingbi::{
    controller::onbon::{
        ANY,
        packet::{Deframer, Packet},
    },
    simulator::VirtualCard,
};

use super::{PATIENCE, card, loopback, ping, request};

/// What the card answers to a datagram, if it does.
fn ask(card: &VirtualCard, datagram: &[u8], patience: Duration) -> Option<Vec<u8>> {
    let socket = UdpSocket::bind(loopback()).unwrap();
    socket.set_read_timeout(Some(patience)).unwrap();
    socket.send_to(datagram, card.address()).unwrap();
    let mut buffer = [0; 2048];
    let count = socket.recv(&mut buffer).ok()?;
    let mut rest = &buffer[..count];
    let mut deframer = Deframer::new(2048);
    let data = Packet::parse(deframer.next(&mut rest)?.unwrap()).unwrap().data.to_vec();
    assert!(rest.is_empty(), "one frame a datagram");
    Some(data)
}

#[test]
fn ping_and_search_are_answered_and_nothing_else() {
    let (build, mischief) = card(7);
    let card = VirtualCard::tcp(loopback(), build, mischief).unwrap();
    for number in [7, ANY] {
        let said = ask(&card, &ping(number), PATIENCE).unwrap();
        assert_eq!(said[1..3], [0xa2, 0x80]);
        // Type, firmware 8, parameters 1, address 2, baud 1, width, height.
        assert_eq!((&said[9..11], &said[23..27]), (&[0x74, 0x02][..], &[64, 0, 32, 0][..]));
    }
    let said = ask(&card, &request(ANY, &[1, 0xa4, 0x03, 0, 0]), PATIENCE).unwrap();
    assert_eq!(said[1..3], [0xa4, 0x83]);
    let off = request(ANY, &[1, 0xa2, 0x05, 1, 0, 0]);
    assert_eq!(ask(&card, &off, Duration::from_millis(300)), None);
    assert_eq!(ask(&card, b"hello", Duration::from_millis(300)), None);
    assert_eq!(
        ask(&card, &ping(8), Duration::from_millis(300)),
        None,
        "another card is meant"
    );
    card.power_cut(0);
    assert_eq!(ask(&card, &ping(7), Duration::from_millis(300)), None);
    card.power_back(0);
    assert!(ask(&card, &ping(7), PATIENCE).is_some());
}
