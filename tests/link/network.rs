//! Networks of a test's own: interfaces that can be unplugged without harm to anybody.
//!
//! The test runs a second time in a process of its own, in a network namespace that it shares with nobody. Where the machine does not
//! permit that, it says so and passes.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use rustix::thread::{LinkNameSpaceType, move_into_link_name_space};
use yingbi::link::UdpListener;

/// Set to the test's name in the second process.
const INSIDE: &str = "YINGBI_TEST_NETWORK";

/// Runs `test`, which is the body of the test of that full name, in a network of its own.
#[allow(clippy::disallowed_macros, reason = "what was skipped is for whoever runs it")]
pub(crate) fn alone(name: &str, test: impl FnOnce()) {
    if std::env::var(INSIDE).as_deref() == Ok(name) {
        ip("link set lo up");
        return test();
    }
    let Some(way) = way() else {
        eprintln!("skipped: no network namespaces for this user on this machine");
        return;
    };
    let me = std::env::current_exe().unwrap();
    let output = Command::new("unshare")
        .args(way)
        .arg(me)
        .args([name, "--exact", "--nocapture"])
        .env(INSIDE, name)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let failed = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.contains("1 passed"), "{said}\n{failed}");
}

/// How to get a namespace here: as root, or as root of nothing but that namespace.
fn way() -> Option<&'static [&'static str]> {
    let ways: [&[&str]; 2] = [&["--net", "--mount"], &["--net", "--mount", "--map-root-user"]];
    ways.into_iter().find(|way| {
        let mut command = Command::new("unshare");
        command.args(*way);
        command.args(["sh", "-c", "ip link add name probe0 type veth peer name probe1"]);
        quiet(&mut command)
    })
}

/// Whether the command succeeds.
fn quiet(command: &mut Command) -> bool {
    let command = command.stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// `ip` with those arguments.
pub(crate) fn ip(arguments: &str) {
    run("ip", arguments);
}

/// Waits for the system to have taken notice of the interface's cable, which takes it up to a second.
pub(crate) fn until_it_runs(interface: &str) {
    wait_until("the interface runs", || {
        let output = Command::new("ip")
            .args(["link", "show", "dev", interface])
            .output()
            .unwrap();
        String::from_utf8_lossy(&output.stdout).contains("state UP")
    });
}

/// Waits ten seconds at most.
fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    let came = (0..2000).any(|_| {
        thread::sleep(Duration::from_millis(5));
        is_so()
    });
    assert!(came, "not within ten seconds: {what}");
}

/// Runs a program; it must succeed.
pub(crate) fn run(program: &str, arguments: &str) {
    let output = Command::new(program).args(arguments.split(' ')).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program} {arguments}: {said}");
}

/// Another machine at the end of a cable.
pub(crate) struct Machine(Child);

impl Machine {
    /// A machine whose interface `eth` is the other end of our `interface`: 10.0.`network`.2, where ours is 10.0.`network`.1.
    pub(crate) fn behind(interface: &str, network: u8) -> Self {
        let machine = Self(
            Command::new("unshare")
                .args(["--net", "sleep", "600"])
                .stdout(Stdio::null())
                .spawn()
                .unwrap(),
        );
        let ours = std::fs::read_link("/proc/self/ns/net").unwrap();
        wait_until("another network", || {
            std::fs::read_link(machine.network()).is_ok_and(|theirs| theirs != ours)
        });
        let id = machine.0.id();
        ip(&format!("link add name {interface} type veth peer name eth netns {id}"));
        ip(&format!("address add 10.0.{network}.1/24 dev {interface}"));
        ip(&format!("link set {interface} up"));
        machine.ip("link set lo up");
        machine.ip(&format!("address add 10.0.{network}.2/24 dev eth"));
        machine.ip("link set eth up");
        until_it_runs(interface);
        machine
    }

    /// `ip` with those arguments, there.
    pub(crate) fn ip(&self, arguments: &str) {
        run("nsenter", &format!("--target {} --net ip {arguments}", self.0.id()));
    }

    /// A listener there that `open` opens.
    pub(crate) fn listen(&self, open: impl FnOnce() -> UdpListener + Send) -> UdpListener {
        self.inside(open)
    }

    /// What comes of `act` there. Sockets that it opens, and threads that it starts, stay there.
    pub(crate) fn inside<T: Send>(&self, act: impl FnOnce() -> T + Send) -> T {
        let network = std::fs::File::open(self.network()).unwrap();
        thread::scope(|scope| {
            let there = scope.spawn(move || {
                move_into_link_name_space(std::os::fd::AsFd::as_fd(&network), Some(LinkNameSpaceType::Network))
                    .unwrap();
                act()
            });
            there.join().unwrap()
        })
    }

    /// A listener there on all addresses.
    pub(crate) fn listen_on(&self, port: u16) -> UdpListener {
        self.listen(|| UdpListener::share(SocketAddr::from(([0, 0, 0, 0], port))).unwrap())
    }

    fn network(&self) -> PathBuf {
        format!("/proc/{}/ns/net", self.0.id()).into()
    }
}

impl Drop for Machine {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
