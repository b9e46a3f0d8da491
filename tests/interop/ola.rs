//! The Open Lighting Architecture receives what we send: its recording is our frame.

use std::{
    collections::BTreeMap,
    fs,
    net::TcpStream,
    os::unix::{fs::PermissionsExt as _, process::CommandExt as _},
    path::PathBuf,
    process::{Command, Output, Stdio},
    thread,
    time::Duration,
};

use tempfile::TempDir;
use yingbi::{
    controller::{Controller, artnet, sacn},
    units::Size,
};

use super::{Clock, LOCALHOST, Peer, artnet_settings, frame, link, ports, sacn_sender, sacn_settings, send, until};

/// Where its tools speak to the daemon, which cannot be chosen.
const RPC: u16 = 9010;

/// Passes that are sent while it records, and the time between them: nobody says when it has begun.
const PASSES: u32 = 40;
const BETWEEN: Duration = Duration::from_millis(50);

/// Nobody, as whom the daemon runs where we are root, for it refuses to be.
const NOBODY: u32 = 65_534;

/// The daemon, with a folder of its own.
struct Ola {
    folder: TempDir,
    _daemon: Peer,
}

fn tool(name: &str) -> Command {
    let path = std::env::var_os("YINGBI_OLA").map_or_else(|| name.into(), |folder| PathBuf::from(folder).join(name));
    Command::new(path)
}

fn is_up() -> bool {
    TcpStream::connect((LOCALHOST, RPC)).is_ok()
}

impl Ola {
    /// Starts it with eight inputs of sACN and as many of Art-Net as it has, four.
    fn start() -> Self {
        assert!(!is_up(), "another olad runs on this machine");
        let folder = TempDir::new().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
        let settings = [
            ("e131", "enabled = true\ninput_ports = 8\noutput_ports = 0\n"),
            ("artnet", "enabled = true\nnet = 0\nsubnet = 0\n"),
        ];
        for (plugin, lines) in settings {
            let path = folder.path().join(format!("ola-{plugin}.conf"));
            fs::write(&path, lines).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
        }
        let mut command = tool("olad");
        command.arg("-c").arg(folder.path()).args(["-l", "1", "--no-http"]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        if rustix::process::getuid().is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        let daemon = Peer::start(&mut command);
        until("olad answers", || is_up().then_some(()));
        Self {
            folder,
            _daemon: daemon,
        }
    }

    /// Leads the inputs of a device, from its port 0 on, to universes from `first` on.
    fn patch(&self, device: &str, first: u16, count: u16) {
        let number = until(device, || {
            let devices = answer(tool("ola_dev_info"));
            let line = devices.lines().find(|line| line.contains(device))?;
            Some(line.strip_prefix("Device ")?.split(':').next()?.to_owned())
        });
        for port in 0..count {
            let (port, universe) = (port.to_string(), (first + port).to_string());
            let mut patch = tool("ola_patch");
            patch.args(["-i", "-d", &number, "-p", &port, "-u", &universe]);
            answer(patch);
        }
    }

    /// What it receives of universes from `first` on while `session` sends to `port`: the last slots of each.
    fn record(&self, first: u16, count: u16, session: &mut impl Controller, port: u16) -> Vec<Vec<u8>> {
        let show = self.folder.path().join("show");
        let universes: Vec<String> = (first..first + count).map(|universe| universe.to_string()).collect();
        let mut command = tool("ola_recorder");
        command.arg("-r").arg(&show).args(["-u", &universes.join(",")]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut recorder = Peer::start(&mut command);
        let clock = Clock::start();
        let mut link = link(port, clock.now());
        for _ in 0..PASSES {
            session.refresh(clock.now());
            send(session, &mut link, clock.now());
            thread::sleep(BETWEEN);
        }
        // Its own limit of time is none; being interrupted ends it as it should.
        recorder.interrupt();
        recorder.finish();
        let recorded = read(&fs::read_to_string(show).unwrap());
        recorded.into_values().collect()
    }
}

/// What a tool prints.
fn answer(mut tool: Command) -> String {
    let Output { status, stdout, stderr } = tool.output().unwrap();
    assert!(status.success(), "{tool:?}: {}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

/// The last slots of each universe of a show: lines of universe and slots, between lines of milliseconds.
fn read(show: &str) -> BTreeMap<u16, Vec<u8>> {
    let mut lines = show.lines();
    assert_eq!(lines.next(), Some("OLA Show"));
    let slots = lines.filter_map(|line| line.split_once(' ')).map(|(universe, slots)| {
        let slots = slots.split(',').map(|slot| slot.parse().unwrap());
        (universe.parse().unwrap(), slots.collect())
    });
    slots.collect()
}

#[test]
#[ignore = "needs olad and its tools, which .ci/run installs where it can"]
fn ola_records_our_sacn_byte_for_byte() {
    let _ports = ports();
    let ola = Ola::start();
    ola.patch("E1.31", 1, 5);
    // Five universes, four of them full.
    let (frame, packed) = frame(Size::new(48, 16), 1);
    for settings in [
        sacn_settings(1),
        sacn::Settings {
            sync: std::num::NonZeroU16::new(63_999),
            ..sacn_settings(1)
        },
    ] {
        let mut sender = sacn_sender(settings);
        sender.show(&packed, Clock::start().now());
        let recorded = ola.record(1, 5, &mut sender, sacn::packet::PORT);
        assert_eq!(recorded.concat(), frame.bytes());
    }
}

#[test]
#[ignore = "needs olad and its tools, which .ci/run installs where it can"]
fn ola_records_our_art_net_byte_for_byte() {
    let _ports = ports();
    let ola = Ola::start();
    ola.patch("ArtNet", 1, 4);
    // Four universes, the last of them with an odd number of LEDs and an even number of slots.
    let (frame, packed) = frame(Size::new(30, 20), 2);
    let mut sender = artnet::Sender::new(artnet_settings(1));
    sender.show(&packed, Clock::start().now());
    let recorded = ola.record(1, 4, &mut sender, artnet::packet::PORT);
    assert_eq!(recorded.concat(), frame.bytes());
}
