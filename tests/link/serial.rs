//! Serial lines: what technicians, adapters and systems do to them over the years.

use std::{
    fs,
    io::{Read as _, Write as _},
    os::{
        fd::{AsFd as _, AsRawFd as _},
        unix::fs::PermissionsExt as _,
    },
    path::Path,
    time::{Duration, Instant},
};

use rustix::{
    event::{EventfdFlags, eventfd},
    fs::{CWD, Mode, OFlags, mkfifoat},
    io::Errno,
    thread::set_thread_res_uid,
    time::{ClockId, clock_gettime},
};
use serialport::{DataBits, FlowControl, Parity, SerialPort as _, StopBits};
use tempfile::TempDir;
use yingbi::{
    controller::onbon::packet::{Deframer, Framing, Header, Packet},
    diagnostic::Explain as _,
    link::{Given, LinkError, PortError, StreamState, serial_ports},
};

use super::{
    network::{alone, run},
    pty::{Cable, apart},
    stream::{Driven, serial},
};

/// A folder for names that stay, and one of them.
fn named() -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("card");
    (folder, name)
}

/// How often a test does something, of which the variable can ask for more.
fn asked(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |count| count.parse().expect("a number"))
}

/// Bytes of which none is where another could be.
fn pattern(count: usize) -> Vec<u8> {
    (0..count).map(|at| (at % 251) as u8).collect()
}

#[test]
fn bytes_go_both_ways_unharmed_at_any_speed() {
    let _alone = crate::support::lines::alone();
    // All of them, since terminals do things to some.
    let all: Vec<u8> = (0..=255).collect();
    for baud in [1200, 9600, 57_600, 115_200, 250_000, 1_500_000] {
        let mut cable = Cable::new();
        let mut driven = Driven::opened(&serial(cable.device(), baud));
        assert_eq!(driven.link.send(&all, driven.now), Given::Taken);
        assert_eq!(cable.hear(1000), all);
        cable.say(&all);
        driven.until("all bytes come", |driven| driven.heard == all);

        let settings = cable.settings();
        assert_eq!(settings.baud_rate().unwrap(), baud);
        assert_eq!(settings.data_bits().unwrap(), DataBits::Eight);
        assert_eq!(settings.parity().unwrap(), Parity::None);
        assert_eq!(settings.stop_bits().unwrap(), StopBits::One);
        assert_eq!(settings.flow_control().unwrap(), FlowControl::None);
    }
}

#[test]
fn what_a_port_had_received_before_it_was_opened_is_forgotten() {
    let _alone = crate::support::lines::alone();
    let mut cable = Cable::new();
    cable.say(b"the end of an answer to somebody else");
    let mut driven = Driven::opened(&serial(cable.device(), 57_600));
    cable.say(b"ours");
    driven.until("our answer comes", |driven| !driven.heard.is_empty());
    assert_eq!(driven.heard, b"ours");
}

// Faults 32 and 33.
#[test]
fn a_line_that_is_pulled_out_is_told_and_comes_back_by_its_name_on_another_device() {
    let _alone = crate::support::lines::alone();
    let (_folder, name) = named();
    let first = Cable::at(&name);
    let mut driven = Driven::opened(&serial(&name, 57_600));
    assert_eq!(driven.link.state(), StreamState::Open(1));

    let mut second = Cable::new();
    assert_ne!(first.device(), second.device());
    drop(first);
    driven.until("it notices", |driven| !driven.is_open());
    let port = name.to_str().unwrap().into();
    assert_eq!(driven.problem(), Some(PortError::Unplugged { port }.into()));
    assert_eq!(driven.link.send(b"lost", driven.now), Given::Closed);

    second.plug(&name);
    driven.pass(Duration::from_secs(1));
    driven.until("it is back", Driven::is_open);
    assert_eq!(driven.link.state(), StreamState::Open(2));
    assert_eq!(driven.problem(), None);
    assert_eq!(driven.link.send(b"again", driven.now), Given::Taken);
    assert_eq!(second.hear(100), b"again");
}

// Fault 33.
#[test]
fn a_line_is_opened_at_the_latest_one_second_after_it_is_there() {
    let _alone = crate::support::lines::alone();
    let (_folder, name) = named();
    let mut driven = Driven::new(&serial(&name, 9600));
    for _ in 0..600 {
        driven.pass(Duration::from_secs(1));
        driven.turn();
    }
    assert!(matches!(
        driven.until_wrong(),
        LinkError::Port(PortError::Missing { .. })
    ));
    let _cable = Cable::at(&name);
    driven.pass(Duration::from_secs(1));
    driven.until("it opens", Driven::is_open);
}

// Fault 32: what spins on a device that is gone says so by the processor time that it takes.
#[test]
fn a_line_that_is_gone_wakes_its_thread_about_twice_a_second() {
    let _alone = crate::support::lines::alone();
    apart(
        "link::serial::a_line_that_is_gone_wakes_its_thread_about_twice_a_second",
        || {
            let (_folder, name) = named();
            let cable = Cable::at(&name);
            let mut driven = Driven::opened(&serial(&name, 9600));
            drop(cable);
            let seconds = asked("GONE_SECONDS", 3);
            let (begin, worked) = (Instant::now(), clock_gettime(ClockId::ProcessCPUTime));
            let mut turns = 0;
            while begin.elapsed() < Duration::from_secs(seconds as u64) {
                driven.link.wait(None, Duration::from_secs(1));
                driven.now = super::at(60_000) + begin.elapsed();
                driven.receive();
                turns += 1;
            }
            let spent = clock_gettime(ClockId::ProcessCPUTime) - worked;
            // Two a try: to begin it, and its answer. The first tries come after a quarter and half a second.
            assert!(turns <= 3 * seconds + 6, "{turns} turns");
            // Not a claim of speed: a thread that spins takes all of it.
            assert!(
                spent.tv_sec == 0 || spent.tv_sec < seconds as i64 / 50,
                "{spent:?} of {seconds} s"
            );
        },
    );
}

// Faults 32 and 33. REPLUGS asks for more: 100,000 take some minutes.
#[test]
fn a_line_that_is_pulled_out_and_plugged_in_over_and_over_leaks_no_descriptor_and_no_thread() {
    let _alone = crate::support::lines::alone();
    apart(
        "link::serial::a_line_that_is_pulled_out_and_plugged_in_over_and_over_leaks_no_descriptor_and_no_thread",
        || {
            let count = |of: &str| fs::read_dir(of).unwrap().count();
            let (_folder, name) = named();
            let mut cable = Cable::at(&name);
            let mut driven = Driven::opened(&serial(&name, 57_600));
            driven.until("its thread ends", |_| opening() == 0);
            let before = [count("/proc/self/fd"), count("/proc/self/task")];
            for round in 0..asked("REPLUGS", 500) {
                // Half of the time its bytes are on their way.
                if round % 2 == 0 {
                    assert_eq!(driven.link.send(&[0x55; 20_000], driven.now), Given::Taken);
                }
                let next = Cable::new();
                drop(std::mem::replace(&mut cable, next));
                driven.until("it notices", |driven| !driven.is_open());
                cable.plug(&name);
                driven.pass(Duration::from_secs(1));
                driven.until("it is back", Driven::is_open);
                cable.say(b"here");
                driven.heard.clear();
                driven.until("it hears", |driven| driven.heard == b"here");
            }
            driven.until("its threads end", |_| count("/proc/self/task") == before[1]);
            assert_eq!(count("/proc/self/fd"), before[0]);
        },
    );
}

// Faults 34 and 35.
#[test]
fn a_line_that_nobody_reads_holds_up_nobody_and_what_has_no_room_is_refused_whole() {
    let _alone = crate::support::lines::alone();
    let mut cable = Cable::new();
    let mut driven = Driven::opened(&serial(cable.device(), 57_600));
    let message = pattern(3000);
    let mut taken = 0;
    while driven.link.send(&message, driven.now) == Given::Taken {
        taken += 1;
        assert!(taken < 1000, "it has no bound");
    }
    assert!(driven.link.pending() > (1 << 20) - 3000 && driven.link.pending() <= 1 << 20);
    // What was taken comes, in its order and whole, once somebody reads.
    let mut heard = Vec::new();
    for _ in 0..10_000 {
        if heard.len() == taken * 3000 {
            break;
        }
        heard.extend(cable.hear(777));
        driven.receive();
    }
    assert_eq!(heard, message.repeat(taken));
    assert_eq!(driven.link.pending(), 0);
    assert_eq!(driven.problem(), None);
}

// Fault 34.
#[test]
fn a_line_that_takes_nothing_for_ten_seconds_is_told_and_opened_anew() {
    let _alone = crate::support::lines::alone();
    let cable = Cable::new();
    let mut driven = Driven::opened(&serial(cable.device(), 57_600));
    while driven.link.send(&[0x55; 4096], driven.now) == Given::Taken {}
    driven.pass(Duration::from_millis(9900));
    assert!(driven.is_open());
    driven.pass(Duration::from_millis(200));
    let stalled = LinkError::from(PortError::Stalled {
        port: cable.device().into(),
    });
    assert_eq!(driven.problem(), Some(stalled.clone()));
    assert!(!driven.is_open() && driven.link.pending() == 0);
    // That it opens proves nothing; that it holds does.
    driven.until_open();
    assert_eq!(driven.problem(), Some(stalled));
    driven.pass(Duration::from_secs(5));
    assert_eq!(driven.problem(), None);
}

// Fault 35.
#[test]
fn a_line_that_is_pulled_out_amid_a_message_forgets_the_rest_of_it() {
    let _alone = crate::support::lines::alone();
    let (_folder, name) = named();
    let cable = Cable::at(&name);
    let mut driven = Driven::opened(&serial(&name, 57_600));
    assert_eq!(driven.link.send(&[0x55; 60_000], driven.now), Given::Taken);
    assert!(driven.link.pending() > 0);
    drop(cable);
    driven.until("it notices", |driven| !driven.is_open());
    let mut cable = Cable::at(&name);
    driven.until_open();
    assert_eq!(driven.link.pending(), 0);
    driven.link.send(b"new", driven.now);
    assert_eq!(cable.hear(100), b"new");
}

#[test]
fn a_port_that_another_program_holds_is_told_and_opened_when_it_is_free() {
    let _alone = crate::support::lines::alone();
    let cable = Cable::new();
    let way = serial(cable.device(), 57_600);
    let first = Driven::opened(&way);
    let mut second = Driven::new(&way);
    let held = LinkError::from(PortError::Held {
        port: cable.device().into(),
    });
    assert_eq!(second.until_wrong(), held);
    assert!(held.help().en.contains("sudo fuser -v /dev/pts/"), "{}", held.help().en);
    // Nor has the attempt let anybody else in.
    assert!(matches!(as_nobody(&cable), None | Some(Err(Errno::BUSY))));
    drop(first);
    second.until_open();
    assert_eq!(second.problem(), None);
}

/// What comes of it when somebody without rights opens the device, which everybody may; `None` where we cannot be somebody else.
fn as_nobody(cable: &Cable) -> Option<Result<(), Errno>> {
    if !rustix::process::geteuid().is_root() {
        return None;
    }
    let device = cable.device();
    fs::set_permissions(&device, fs::Permissions::from_mode(0o666)).unwrap();
    let nobody = rustix::process::Uid::from_raw(65_534);
    let opened = std::thread::spawn(move || {
        set_thread_res_uid(nobody, nobody, nobody).unwrap();
        rustix::fs::open(device, OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK, Mode::empty()).map(drop)
    });
    Some(opened.join().unwrap())
}

#[test]
fn a_port_that_is_not_ours_to_open_names_the_group_and_the_rules() {
    let _alone = crate::support::lines::alone();
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let cable = Cable::new();
    let way = serial(cable.device(), 57_600);
    let nobody = rustix::process::Uid::from_raw(65_534);
    // The right to change one's identity is a thread's; the link's own threads inherit it.
    let told = std::thread::spawn(move || {
        set_thread_res_uid(nobody, nobody, nobody).unwrap();
        Driven::new(&way).until_wrong()
    });
    let told = told.join().unwrap();
    let port = cable.device().into();
    assert_eq!(told, PortError::Forbidden { port }.into());
    assert!(told.help().en.contains("dialout") && told.help().en.contains("deploy/udev/70-yingbi.rules"));
    assert!(Path::new("deploy/udev/70-yingbi.rules").is_file());
}

#[test]
fn what_is_no_serial_port_is_told_as_such() {
    let _alone = crate::support::lines::alone();
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    mkfifoat(CWD, at("fifo"), Mode::RUSR | Mode::WUSR).unwrap();
    fs::write(at("file"), "text").unwrap();
    for path in [at("fifo"), at("file"), folder.path().to_owned(), "/dev/null".into()] {
        let port = path.to_str().unwrap().into();
        let told = Driven::new(&serial(&path, 57_600)).until_wrong();
        assert_eq!(told, PortError::Other { port }.into());
    }
    for path in [at("missing"), at("file").join("below")] {
        let port = path.to_str().unwrap().into();
        let known = serial_ports();
        let told = Driven::new(&serial(&path, 57_600)).until_wrong();
        assert_eq!(told, PortError::Missing { port, known }.into());
    }
}

/// Threads of this process that open a port.
fn opening() -> usize {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    tasks
        .filter(|task| {
            let name = task.as_ref().unwrap().path().join("comm");
            fs::read_to_string(name).is_ok_and(|name| name == "serial port\n")
        })
        .count()
}

// Fault 34: a file system in which nobody answers stands for a driver that does not come back.
#[test]
fn a_device_whose_opening_never_ends_holds_up_nobody_and_is_told_after_ten_seconds() {
    let _alone = crate::support::lines::alone();
    alone(
        "link::serial::a_device_whose_opening_never_ends_holds_up_nobody_and_is_told_after_ten_seconds",
        || {
            let folder = tempfile::tempdir().unwrap();
            // Dropped before the folder, whose removal would wait for it.
            let Ok(fuse) = rustix::fs::open("/dev/fuse", OFlags::RDWR, Mode::empty()) else {
                return;
            };
            let fd = fuse.as_raw_fd();
            run(
                "mount",
                &format!(
                    "-i -t fuse -o fd={fd},rootmode=40000,user_id=0,group_id=0 nobody {}",
                    folder.path().display()
                ),
            );
            let name = folder.path().join("card");
            let port = name.to_str().unwrap().into();
            let mut driven = Driven::new(&serial(&name, 57_600));
            driven.pass(Duration::from_millis(9900));
            assert_eq!(driven.problem(), None);
            driven.pass(Duration::from_millis(200));
            assert_eq!(driven.problem(), Some(PortError::Stuck { port }.into()));
            // There is one thread that waits, however long it takes.
            driven.until("it begins", |_| opening() == 1);
            for _ in 0..100 {
                driven.pass(Duration::from_secs(60));
            }
            assert_eq!(opening(), 1);
            // The driver comes back after all.
            drop(fuse);
            driven.until("it is tried again", |driven| {
                matches!(driven.problem(), Some(LinkError::Port(PortError::Failed { .. })))
            });
        },
    );
}

#[test]
fn a_speed_of_nothing_is_refused() {
    let _alone = crate::support::lines::alone();
    let cable = Cable::new();
    let told = Driven::new(&serial(cable.device(), 0)).until_wrong();
    assert!(
        matches!(&told, LinkError::Port(PortError::Speed { baud: 0, .. })),
        "{told:?}"
    );
}

#[test]
fn a_wait_ends_when_it_is_woken_from_outside() {
    let _alone = crate::support::lines::alone();
    let cable = Cable::new();
    let mut driven = Driven::opened(&serial(cable.device(), 57_600));
    let bell = eventfd(0, EventfdFlags::NONBLOCK).unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(20));
            rustix::io::write(&bell, &1_u64.to_ne_bytes()).unwrap();
        });
        // Were it not woken, the test would be.
        driven.link.wait(Some(bell.as_fd()), Duration::from_secs(600));
    });
}

#[test]
fn a_port_given_up_on_demand_is_opened_anew_and_nothing_is_wrong_with_it() {
    let _alone = crate::support::lines::alone();
    let mut cable = Cable::new();
    let mut driven = Driven::opened(&serial(cable.device(), 57_600));
    driven.link.hang_up(driven.now);
    assert_eq!(driven.link.state(), StreamState::Closed);
    assert_eq!(driven.problem(), None);
    cable.say(b"too late");
    driven.until_open();
    assert_eq!(driven.link.state(), StreamState::Open(2));
    driven.receive();
    assert_eq!(driven.heard, b"");
}

// GARBAGE_MB asks for more: 1,000 take six minutes.
// Fault 36.
#[test]
fn noise_without_end_is_passed_on_in_bounded_pieces_and_the_first_frame_behind_it_is_found() {
    let _alone = crate::support::lines::alone();
    let mut cable = Cable::new();
    let mut driven = Driven::opened(&serial(cable.device(), 57_600));
    let whole = asked("GARBAGE_MB", 4) << 20;
    let mut deframer = Deframer::new(1 << 13);
    let piece = pattern(251 * 16);
    let mut far = cable.far();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            far.set_timeout(Duration::from_secs(20)).unwrap();
            let mut left = whole;
            while left > 0 {
                let count = far.write(&piece[..left.min(piece.len())]).unwrap();
                assert_eq!(count, left.min(piece.len()));
                left -= count;
            }
        });
        let mut heard = 0;
        while heard < whole {
            driven.until("more comes", |driven| !driven.heard.is_empty());
            assert!(driven.heard.len() <= 16 * 4096, "one call takes it all");
            let expected = (heard..).map(|at| (at % 251) as u8);
            assert!(driven.heard.iter().copied().zip(expected).all(|(is, was)| is == was));
            heard += driven.heard.len();
            let mut rest = &driven.heard[..];
            while let Some(frame) = deframer.next(&mut rest) {
                assert!(
                    frame.is_err() || Packet::parse(frame.unwrap()).is_err(),
                    "noise is no packet"
                );
            }
            driven.heard.clear();
        }
    });
    assert_eq!(driven.problem(), None);

    let header = Header::to_any(Framing::Six, 7);
    let mut frame = Vec::new();
    Packet { header, data: b"here" }.frame(&mut frame);
    cable.say(&frame);
    driven.until("it comes", |driven| driven.heard.len() == frame.len());
    let mut rest = &driven.heard[..];
    let found = std::iter::from_fn(|| deframer.next(&mut rest).map(|frame| frame.ok().map(<[u8]>::to_vec)));
    let bodies: Vec<Vec<u8>> = found.flatten().collect();
    let last = bodies.last().map(|body| Packet::parse(body));
    assert_eq!(last, Some(Ok(Packet { header, data: b"here" })));

    driven.link.send(b"answer", driven.now);
    let mut far = cable.far();
    let mut heard = [0; 6];
    far.read_exact(&mut heard).unwrap();
    assert_eq!(&heard, b"answer");
}
