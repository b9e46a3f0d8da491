//! A page that is overloaded: the wall does not notice.

use std::{
    collections::VecDeque,
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream, UdpSocket},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;

use super::{
    process::{Daemon, PATIENCE, READY, controller_of},
    site,
};

/// How many come, one after the other; `VISITORS` asks for more.
fn visitors() -> usize {
    std::env::var("VISITORS").map_or(1_000, |visitors| visitors.parse().unwrap())
}

/// How many stay at a time.
const STAYING: usize = 500;

/// Where the page is, by what the daemon said when it was ready.
fn page(ready: &str) -> SocketAddr {
    let (_, page) = ready.split_once("http://").unwrap();
    page.split('/').next().unwrap().parse().unwrap()
}

/// Counts the frames that come until it is told to end.
struct Counted {
    frames: Arc<AtomicUsize>,
    is_over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Counted {
    fn begin(controller: UdpSocket) -> Self {
        let (frames, is_over) = (Arc::<AtomicUsize>::default(), Arc::<AtomicBool>::default());
        let (count, end) = (Arc::clone(&frames), Arc::clone(&is_over));
        let thread = thread::spawn(move || {
            while !end.load(Ordering::Relaxed) {
                let mut packet = [0; 1500];
                assert!(controller.recv(&mut packet).unwrap() > 10);
                count.fetch_add(usize::from(packet[0] & 1), Ordering::Relaxed);
            }
        });
        Self {
            frames,
            is_over,
            thread,
        }
    }

    /// Waits until so many more frames have come.
    fn goes_on(&self, more: usize) {
        let (begun, deadline) = (self.frames.load(Ordering::Relaxed), Instant::now() + PATIENCE);
        while self.frames.load(Ordering::Relaxed) < begun + more {
            assert!(Instant::now() < deadline, "no frames come");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn end(self) {
        self.is_over.store(true, Ordering::Relaxed);
        self.thread.join().unwrap();
    }
}

fn descriptors(daemon: &Daemon) -> usize {
    fs::read_dir(format!("/proc/{}/fd", daemon.child.id())).unwrap().count()
}

/// The most memory that it ever had, in KiB.
fn peak(daemon: &Daemon) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", daemon.child.id())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Whether the page answers, tried again until it does.
fn answers(page: SocketAddr) {
    let deadline = Instant::now() + PATIENCE;
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&page, Duration::from_secs(5))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: {page}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    while !ask().is_ok_and(|answer| answer.ends_with("ok\n")) {
        assert!(Instant::now() < deadline, "the page does not answer any more");
        thread::sleep(Duration::from_millis(50));
    }
}

// Fault 50, 78.
#[test]
fn visitors_who_never_finish_their_requests_take_neither_frames_nor_descriptors_nor_memory() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let counted = Counted::begin(controller_of(folder.path()));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    let page = page(&daemon.says(READY));
    counted.goes_on(10);
    let (before, memory) = (descriptors(&daemon), peak(&daemon));
    let mut staying: VecDeque<TcpStream> = VecDeque::new();
    let mut most = 0;
    for visitor in 0..visitors() {
        // Whom the system's queue has no room for comes again.
        if let Ok(mut stream) = TcpStream::connect_timeout(&page, Duration::from_millis(100)) {
            let request: &[u8] = match visitor % 3 {
                0 => b"POST /stop HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000000\r\n\r\nx",
                1 => b"GET /state.json HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
                _ => b"",
            };
            let _ = stream.write_all(request);
            staying.push_back(stream);
        }
        if staying.len() > STAYING {
            staying.pop_front();
        }
        if visitor % 100 == 0 {
            most = most.max(descriptors(&daemon));
        }
    }
    counted.goes_on(25);
    assert!(most < before + 200, "{most} descriptors, {before} before");
    let grown = peak(&daemon) - memory;
    assert!(grown < 64 * 1024, "{grown} KiB more");
    // While all of them are there, what changes in the folder is taken in.
    let text = "+++\ntitle = \"来了\"\n+++\n来了。\n";
    site::write(folder.path(), "items/notices/a.md", text);
    daemon.says("the site changed");
    counted.goes_on(25);
    drop(staying);
    answers(page);
    counted.end();
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}

// Fault 78.
#[test]
fn a_body_of_many_megabytes_is_not_taken_in() {
    let (folder, state) = (site::folder(), TempDir::new().unwrap());
    let counted = Counted::begin(controller_of(folder.path()));
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    let page = page(&daemon.says(READY));
    let memory = peak(&daemon);
    let block = vec![b'x'; 1 << 20];
    for path in ["/stop", "/state.json", "/live", "/nowhere"] {
        let mut stream = TcpStream::connect(page).unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: {page}\r\nx-yingbi: no\r\nContent-Length: 1000000000\r\n\r\n"
        )
        .unwrap();
        let taken = (0..200).take_while(|_| stream.write_all(&block).is_ok()).count();
        assert!(taken < 200, "{path}: all of it was taken");
    }
    counted.goes_on(25);
    let grown = peak(&daemon) - memory;
    assert!(grown < 32 * 1024, "{grown} KiB more");
    answers(page);
    counted.end();
    daemon.signal(Signal::TERM);
    assert_eq!(daemon.end().code(), Some(0));
}
