//! Two daemons for one wall: the one with the lower priority takes over when the other is gone, and gives back.

use std::{path::Path, time::Duration};

use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::frame::Frame;

use super::trio::{Part, SITE, WAYS, host, item, now, outputs, part, until, write};
use crate::daemon::{
    process::{Daemon, READY},
    site::wall,
};

/// A folder of a site of that priority, whose pages show nothing but that figure, and one 5 above it.
fn folder(address: std::net::SocketAddr, priority: u8, figure: u32) -> TempDir {
    let folder = TempDir::new().unwrap();
    super::trio::fill(folder.path(), &text(address, priority));
    item(folder.path(), "a", figure);
    item(folder.path(), "b", figure + 5);
    folder
}

fn text(address: std::net::SocketAddr, priority: u8) -> String {
    let lines = format!("{}address = \"{address}\"\npriority = {priority}\n", WAYS[1]);
    format!("{SITE}{}", super::trio::output(1, &lines))
}

fn start(site: &TempDir, state: &TempDir) -> Daemon {
    let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    daemon
}

/// Waits until the receiver shows what the files there say.
fn shows(receiver: &Part, folder: &Path) {
    let wall = wall(folder);
    let [expected, _]: [Frame; 2] = now(&wall);
    let expected = part(&expected, 1);
    until("the picture of the other daemon", || {
        receiver.picture().is_some_and(|picture| *picture == expected)
    });
}

#[test]
fn of_two_daemons_on_one_machine_the_higher_priority_is_shown_and_the_lower_stands_in_while_it_is_away() {
    let host = host();
    let output = outputs(&text((host, 9).into(), 100)).remove(0);
    let receiver = Part::new(&output, (host, 0).into());
    let (main, backup) = (folder(receiver.address, 100, 1), folder(receiver.address, 90, 2));
    let states = [TempDir::new().unwrap(), TempDir::new().unwrap()];
    let first = start(&main, &states[0]);
    shows(&receiver, main.path());
    let _second = start(&backup, &states[1]);
    // Both change; the higher one is shown, and no datagram of either counts as late: they are two sources.
    write(main.path(), "items/notices/c.md", "+++\ntitle = \"三\"\n+++\n三\n");
    write(backup.path(), "items/notices/c.md", "+++\ntitle = \"四\"\n+++\n四\n");
    std::thread::sleep(Duration::from_secs(1));
    for folder in [&main, &backup] {
        std::fs::remove_file(folder.path().join("items/notices/c.md")).unwrap();
    }
    shows(&receiver, main.path());
    assert_eq!(receiver.controller.as_ref().unwrap().counts().late, 0);

    first.signal(Signal::KILL);
    first.end();
    shows(&receiver, backup.path());
    let _first = start(&main, &states[0]);
    shows(&receiver, main.path());
}
