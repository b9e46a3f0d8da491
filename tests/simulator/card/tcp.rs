//! A virtual card at a TCP port.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{TcpListener, TcpStream, UdpSocket},
    time::Duration,
};

use yingbi::simulator::{VirtualCard, card::Cut};

use super::{PATIENCE, card, loopback, ping, until};

fn open() -> VirtualCard {
    let (build, mischief) = card(1);
    VirtualCard::tcp(loopback(), build, mischief).unwrap()
}

fn connect(card: &VirtualCard) -> TcpStream {
    let stream = TcpStream::connect(card.address()).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Whether the other end has let it go, and how.
fn is_gone(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 64]) {
        Ok(count) => count == 0,
        Err(error) => matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
    }
}

#[test]
fn a_second_client_is_reset_and_the_first_goes_on() {
    let card = open();
    let mut first = connect(&card);
    first.write_all(&ping(1)).unwrap();
    assert!(until(|| card.traffic().heard > 0));
    let mut second = connect(&card);
    assert!(is_gone(&mut second));
    assert!(until(|| card.traffic().refused == 1));
    let heard = card.traffic().heard;
    first.write_all(&ping(1)).unwrap();
    assert!(until(|| card.traffic().heard == 2 * heard));
    drop(first);
    // The next is taken as soon as the first has left.
    let mut third = connect(&card);
    third.write_all(&ping(1)).unwrap();
    assert!(until(|| card.traffic().heard == 3 * heard));
    assert_eq!((card.traffic().clients, card.traffic().refused), (2, 1));
}

#[test]
fn a_client_that_is_silent_for_too_long_is_given_up() {
    let (build, mischief) = card(1);
    let card = VirtualCard::tcp_with(loopback(), build, mischief, Duration::from_millis(50)).unwrap();
    let mut silent = connect(&card);
    assert!(is_gone(&mut silent));
    assert_eq!(card.traffic().clients, 1);
}

#[test]
fn a_card_without_power_says_nothing_and_resets_its_client_when_it_is_back() {
    let card = open();
    let mut client = connect(&card);
    client.write_all(&ping(1)).unwrap();
    assert!(until(|| card.traffic().heard > 0));
    let heard = card.traffic().heard;
    card.power_cut(0);
    assert!(!card.is_on(0));
    client.write_all(&ping(1)).unwrap();
    client.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
    let mut answer = Vec::new();
    let _ = client.read_to_end(&mut answer);
    card.power_back(0);
    client.set_read_timeout(Some(PATIENCE)).unwrap();
    assert!(is_gone(&mut client));
    assert_eq!(card.traffic().heard, heard, "nobody heard it");
}

#[test]
fn a_connection_is_cut_at_the_byte_that_was_asked_for() {
    let card = open();
    card.cut_after(100, Cut::Wire);
    let mut client = connect(&card);
    client.write_all(&[0; 99]).unwrap();
    assert!(until(|| card.traffic().heard == 99));
    client.write_all(&[0; 50]).unwrap();
    assert!(is_gone(&mut client));
    assert_eq!(card.traffic().heard, 100);
}

#[test]
fn a_card_that_is_dropped_frees_its_ports() {
    let card = open();
    let address = card.address();
    assert!(UdpSocket::bind(address).is_err());
    drop(card);
    assert!(TcpListener::bind(address).is_ok());
    assert!(UdpSocket::bind(address).is_ok());
}
