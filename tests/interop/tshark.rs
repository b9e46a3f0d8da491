//! Wireshark reads what we send: a capture of a real send has no malformed mark, and the fields that we meant.

use std::{
    io::{BufRead as _, BufReader},
    num::NonZeroU16,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use tempfile::TempDir;
use yingbi::{
    controller::{Controller as _, artnet, sacn},
    link::UdpListener,
    units::Size,
};

use super::{Clock, LOCALHOST, Peer, artnet_settings, frame, program, sacn_sender, sacn_settings, send, uncut};

/// A capture of the loopback, of one port of UDP. It ends when it has all.
struct Capture {
    peer: Peer,
    file: PathBuf,
    _folder: TempDir,
}

impl Capture {
    /// Starts one of so many datagrams to `port`, and waits until it captures.
    fn start(port: u16, datagrams: usize) -> Self {
        let folder = TempDir::new().unwrap();
        let file = folder.path().join("capture.pcap");
        let mut command = Command::new(program("YINGBI_DUMPCAP", "dumpcap"));
        command.args(["-q", "-P", "-i", "lo", "-f", &format!("udp dst port {port}")]);
        command.args(["-c", &datagrams.to_string(), "-w"]).arg(&file);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut peer = Peer::start(&mut command);
        let mut said = BufReader::new(peer.0.stderr.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let begun = said.any(|line| line.starts_with("File:"));
        assert!(begun, "dumpcap may not capture here");
        // What else it says is of no interest, but it must be able to say it.
        std::thread::spawn(move || said.for_each(drop));
        Self {
            peer,
            file,
            _folder: folder,
        }
    }

    /// The `fields` of each datagram, once all are there.
    fn read(mut self, options: &[&str], fields: &[&str]) -> Vec<Vec<String>> {
        self.peer.finish();
        dissect(&self.file, options, fields)
    }
}

fn dissect(file: &Path, options: &[&str], fields: &[&str]) -> Vec<Vec<String>> {
    let mut command = Command::new(program("YINGBI_TSHARK", "tshark"));
    command.arg("-n").arg("-r").arg(file).args(options);
    command.args(["-T", "fields", "-E", "separator=/t"]);
    command.args(fields.iter().flat_map(|field| ["-e", field]));
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}; .ci/run installs it"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let row = |line: &str| line.split('\t').map(str::to_owned).collect();
    lines.lines().map(row).collect()
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// No layer is malformed, no byte is left over, and the payload is what was sent.
fn is_sound(rows: &[Vec<String>], sent: &[Vec<u8>]) {
    assert_eq!(rows.len(), sent.len());
    for (row, datagram) in rows.iter().zip(sent) {
        assert_eq!(row[0], "", "malformed");
        assert_eq!(row[1], hexadecimal(datagram));
    }
}

#[test]
#[ignore = "needs tshark and dumpcap, which .ci/run installs where it can"]
fn tshark_reads_our_sacn_as_we_meant_it() {
    let clock = Clock::start();
    let far = UdpListener::bind((LOCALHOST, 0).into()).unwrap();
    let port = far.address().port();
    let (_, packed) = frame(Size::new(20, 20), 5);
    let mut sender = sacn_sender(sacn::Settings {
        sync: NonZeroU16::new(63_999),
        ..sacn_settings(700)
    });
    let capture = Capture::start(port, 11);
    let mut link = uncut(port, clock.now());
    sender.show(&packed, clock.now());
    // Three universes, a synchronisation and a list; then three times the end of three universes, of which two are captured.
    let mut sent = send(&mut sender, &mut link, clock.now());
    assert_eq!(sent.len(), 5);
    sender.close(clock.now());
    sent.extend(send(&mut sender, &mut link, clock.now()));
    sent.truncate(11);
    let fields = [
        "_ws.malformed",
        "udp.payload",
        "acn.protocol_id",
        "acn.cid",
        "acn.dmx.source_name",
        "acn.dmx.priority",
        "acn.dmx.seq_number",
        "acn.dmx.option_s",
        "acn.dmx.option_p",
        "acn.dmx.universe",
        "acn.dmx.start_code2",
    ];
    let options = ["--enable-heuristic", "acn", "-o", "acn.dmx_enable:TRUE"];
    let rows = capture.read(&options, &fields);
    is_sound(&rows, &sent);
    for (at, row) in rows.iter().enumerate() {
        let [
            _,
            _,
            protocol,
            cid,
            name,
            priority,
            sequence,
            ended,
            preview,
            universe,
            start,
        ] = &row[..]
        else {
            panic!("{row:?}");
        };
        // Older ones do not know synchronisation and lists, and show them as bytes.
        if at == 3 || at == 4 {
            assert!(["", "0x00000008", "8"].contains(&protocol.as_str()), "{protocol}");
            continue;
        }
        let (expected, pass) = if at < 3 {
            (700 + at, 0)
        } else {
            (700 + (at - 5) % 3, usize::from(sacn::LEAP) + (at - 5) / 3)
        };
        assert_eq!(cid.replace('-', ""), hexadecimal(&super::CID));
        assert_eq!(
            (name.as_str(), priority.as_str(), preview.as_str()),
            ("影壁 lobby", "120", "0")
        );
        assert_eq!((universe, sequence), (&expected.to_string(), &pass.to_string()));
        assert_eq!(ended, if at < 3 { "0" } else { "1" });
        assert!(["0", "0x00"].contains(&start.as_str()), "{start}");
    }
}

#[test]
#[ignore = "needs tshark and dumpcap, which .ci/run installs where it can"]
fn tshark_reads_our_art_net_as_we_meant_it() {
    let clock = Clock::start();
    let far = UdpListener::bind((LOCALHOST, 0).into()).unwrap();
    let port = far.address().port();
    let (_, packed) = frame(Size::new(20, 20), 6);
    let mut sender = artnet::Sender::new(artnet::Settings {
        sync: true,
        ..artnet_settings(0x7e)
    });
    let capture = Capture::start(port, 5);
    let mut link = uncut(port, clock.now());
    sender.show(&packed, clock.now());
    let sent = send(&mut sender, &mut link, clock.now());
    assert_eq!(sent.len(), 5, "a question, three universes and a sync");
    let fields = [
        "_ws.malformed",
        "udp.payload",
        "artnet.header.opcode",
        "artnet.header.protver",
        "artnet.output.universe",
        "artnet.output.length",
    ];
    let decode = format!("udp.port=={port},artnet");
    let rows = capture.read(&["-d", &decode], &fields);
    is_sound(&rows, &sent);
    let told: Vec<[&str; 4]> = rows
        .iter()
        .map(|row| [&row[2], &row[3], &row[4], &row[5]].map(String::as_str))
        .collect();
    let expected = [
        ["0x2000", "14", "", ""],
        ["0x5000", "14", "126", "510"],
        ["0x5000", "14", "127", "510"],
        ["0x5000", "14", "128", "180"],
        ["0x5200", "14", "", ""],
    ];
    assert_eq!(told, expected);
}
