//! The live daemon in a network of the test's own: cables, nodes that are found, and other programs on the same ports.

use std::{
    net::{Ipv4Addr, SocketAddr},
    process::{Command, Stdio},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use yingbi::{
    frame::Frame,
    simulator::{VirtualController, controller::weather::Faults},
    site,
};

use super::trio::{SITE, fill, item, now, output, outputs, part, setup, until};
use crate::{
    daemon::process::{Daemon, READY},
    link::network::{Machine, alone, ip, until_it_runs},
};

/// Waits until each of `controllers` shows the part of its number, as the files say.
fn are_up_to_date(folder: &TempDir, controllers: &[(usize, VirtualController)]) {
    let wall = crate::daemon::site::wall(folder.path());
    let shows = |controller: &VirtualController, number: usize, whole: &Frame| {
        let shown = controller.newer(0, Duration::ZERO);
        shown.is_some_and(|shown| *shown.frame == part(whole, number))
    };
    until("all show what the files say", || {
        let pictures = now(&wall);
        let is_shown = |(number, controller): &(usize, VirtualController)| {
            pictures.iter().any(|whole| shows(controller, *number, whole))
        };
        controllers.iter().all(is_shown)
    });
}

/// The controller of `output` on `machine`, at the usual port of all its addresses.
fn there(machine: &Machine, output: &site::Output, port: u16) -> VirtualController {
    let interface: Arc<str> = "eth".into();
    machine.inside(|| {
        let address = SocketAddr::from((Ipv4Addr::UNSPECIFIED, port));
        VirtualController::listen(address, Some(&interface), setup(output, Faults::default())).unwrap()
    })
}

fn start(folder: &TempDir, state: &TempDir) -> Daemon {
    let daemon = Daemon::start(folder.path(), state.path(), "127.0.0.1:0");
    daemon.says(READY);
    daemon
}

// Fault 85.
#[test]
fn a_cable_that_is_pulled_and_plugged_in_is_told_once_and_all_three_walls_are_lit_again() {
    alone(
        "scene::networks::a_cable_that_is_pulled_and_plugged_in_is_told_once_and_all_three_walls_are_lit_again",
        || {
            let machine = Machine::behind("wall0", 1);
            let site = [
                "protocol = \"ddp\"\naddress = \"10.0.1.2\"\n",
                "protocol = \"sacn\"\nsync_universe = 63999\ninterface = \"wall0\"\n",
                "protocol = \"artnet\"\ninterface = \"wall0\"\n",
            ];
            let lines: String = site
                .iter()
                .enumerate()
                .map(|(number, way)| output(number, way))
                .collect();
            let site = format!("{SITE}{lines}");
            let wanted = outputs(&site);
            let controllers: Vec<(usize, VirtualController)> = [4048, 5568, 6454]
                .into_iter()
                .enumerate()
                .map(|(number, port)| (number, there(&machine, &wanted[number], port)))
                .collect();
            let (folder, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
            fill(folder.path(), &site);
            let daemon = start(&folder, &state);
            are_up_to_date(&folder, &controllers);

            ip("link set wall0 down");
            let told = daemon.says("no way leads to 10.0.1.2:4048");
            item(folder.path(), "a", 3);
            item(folder.path(), "b", 4);
            thread::sleep(Duration::from_secs(5));
            ip("link set wall0 up");
            until_it_runs("wall0");
            let back = Instant::now();
            are_up_to_date(&folder, &controllers);
            eprintln!("lit {:?} after the cable was plugged in", back.elapsed());
            let deadline = Instant::now() + crate::daemon::process::PATIENCE;
            let (mut solved, mut again) = (false, 0);
            while !solved {
                let left = deadline.saturating_duration_since(Instant::now());
                let line = daemon.lines.recv_timeout(left).expect("the problem is taken back");
                let is_it = line.contains("10.0.1.2:4048");
                solved = is_it && line.contains("solved: ");
                again += usize::from(is_it && !solved);
            }
            assert_eq!(again, 0, "told once: {told}");
        },
    );
}

#[test]
fn two_outputs_of_art_net_find_their_nodes_and_go_on_while_somebody_else_asks_for_nodes() {
    alone(
        "scene::networks::two_outputs_of_art_net_find_their_nodes_and_go_on_while_somebody_else_asks_for_nodes",
        || {
            let machines = [Machine::behind("wall0", 1), Machine::behind("wall1", 2)];
            let lines = [0, 2].map(|number| {
                let (interface, universe) = (number / 2, number * 100);
                let way = format!("protocol = \"artnet\"\ninterface = \"wall{interface}\"\nuniverse = {universe}\n");
                output(number, &way)
            });
            let site = format!("{SITE}{}", lines.concat());
            let wanted = outputs(&site);
            let controllers: Vec<(usize, VirtualController)> = (0..2)
                .map(|at| (at * 2, there(&machines[at], &wanted[at], 6454)))
                .collect();
            let (folder, state) = (TempDir::new().unwrap(), TempDir::new().unwrap());
            fill(folder.path(), &site);
            let daemon = start(&folder, &state);
            are_up_to_date(&folder, &controllers);

            // Longer than nodes may be silent.
            let discover = Command::new(env!("CARGO_BIN_EXE_yingbi"))
                .args(["discover", "--for", "12s", "--json"])
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            thread::sleep(Duration::from_millis(11_500));
            item(folder.path(), "a", 3);
            item(folder.path(), "b", 4);
            are_up_to_date(&folder, &controllers);
            let found = discover.wait_with_output().unwrap();
            let found = String::from_utf8_lossy(&found.stdout).into_owned();
            for address in ["10.0.1.2", "10.0.2.2"] {
                assert!(found.contains(address), "{address} is not found:\n{found}");
            }
            item(folder.path(), "a", 5);
            are_up_to_date(&folder, &controllers);
            let said: Vec<String> = daemon.lines.try_iter().collect();
            assert!(!said.iter().any(|line| line.contains("universes")), "{said:#?}");
        },
    );
}
