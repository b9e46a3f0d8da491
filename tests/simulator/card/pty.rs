//! Virtual cards on the line of a pseudo-terminal.

use std::{
    fs,
    io::{Read as _, Write as _},
    time::Instant,
};

use yingbi::{
    diagnostic::Explain as _,
    simulator::{
        VirtualCard,
        card::{CardError, byte_time},
    },
};

use super::{card, ping, port, until};

#[test]
fn bytes_come_no_sooner_than_the_wire_takes() {
    let _alone = crate::support::lines::alone();
    for baud in [9600, 57_600] {
        let card = VirtualCard::pty(baud, [card(1)], None).unwrap();
        let mut port = port(&card.path().unwrap(), baud);
        let begun = Instant::now();
        port.write_all(&[0; 600]).unwrap();
        assert!(until(|| card.traffic().heard == 600));
        assert!(begun.elapsed() >= byte_time(baud) * 600, "{baud}");
        assert_eq!(card.traffic().spoilt.misread, 0);
    }
}

// Fault 38.
#[test]
fn a_port_at_another_speed_is_not_understood() {
    let _alone = crate::support::lines::alone();
    let card = VirtualCard::pty(57_600, [card(1)], None).unwrap();
    let mut port = port(&card.path().unwrap(), 9600);
    let ping = ping(1);
    port.write_all(&ping).unwrap();
    let length = ping.len() as u64;
    assert!(until(|| card.traffic().heard == length));
    assert_eq!(card.traffic().spoilt.misread, length);
    assert_eq!(card.traffic().said, 0);
}

#[test]
fn an_unplugged_port_ends_and_the_name_leads_to_the_next_one() {
    let _alone = crate::support::lines::alone();
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("card");
    let cards = VirtualCard::pty(57_600, [card(1)], Some(&name)).unwrap();
    assert_eq!(fs::read_link(&name).unwrap(), cards.path().unwrap());
    let mut before = port(&name, 57_600);
    cards.unplug();
    assert_eq!(cards.path(), None);
    assert!(fs::symlink_metadata(&name).is_err(), "the name is gone");
    assert!(
        matches!(before.read(&mut [0; 8]), Ok(0) | Err(_)),
        "whoever has it open reads its end"
    );
    let heard = cards.traffic().heard;
    let path = cards.plug().unwrap().unwrap();
    assert_eq!(fs::read_link(&name).unwrap(), path);
    port(&name, 57_600).write_all(&ping(1)).unwrap();
    assert!(until(|| cards.traffic().heard == heard + ping(1).len() as u64));
    drop(cards);
    assert!(fs::symlink_metadata(&name).is_err());
}

#[test]
fn a_thousand_unplugs_leave_no_terminal_behind() {
    let _alone = crate::support::lines::alone();
    let cards = VirtualCard::pty(57_600, [card(1)], None).unwrap();
    let mut path = cards.path().unwrap();
    for _ in 0..1000 {
        cards.unplug();
        path = cards.plug().unwrap().unwrap();
    }
    // The system gives the lowest number that is free: one that is kept open would keep its own.
    let number: u32 = path.file_name().unwrap().to_str().unwrap().parse().unwrap();
    assert!(number < 500, "{}", path.display());
}

#[test]
fn what_is_there_and_no_symbolic_link_is_left_alone() {
    let _alone = crate::support::lines::alone();
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("notes.txt");
    fs::write(&name, "mine").unwrap();
    let error = VirtualCard::pty(57_600, [card(1)], Some(&name)).unwrap_err();
    assert!(matches!(error, CardError::Name { .. }), "{error}");
    assert!(error.chinese().contains("伪终端"));
    assert_eq!(fs::read_to_string(&name).unwrap(), "mine");
    // What a killed one left behind is replaced.
    let link = folder.path().join("card");
    std::os::unix::fs::symlink("/dev/pts/none", &link).unwrap();
    let cards = VirtualCard::pty(57_600, [card(1)], Some(&link)).unwrap();
    assert_eq!(fs::read_link(&link).unwrap(), cards.path().unwrap());
}

#[test]
fn a_line_without_cards_is_refused() {
    let _alone = crate::support::lines::alone();
    assert_eq!(VirtualCard::pty(57_600, [], None).unwrap_err(), CardError::NoCard);
}
