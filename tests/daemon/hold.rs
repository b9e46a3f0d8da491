//! A daemon whose site is not there, or not whole: the wall goes on as the state folder has it.

use std::{
    fs,
    net::UdpSocket,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{
    daemon::safe_page,
    folder::{Note, journal},
    frame::Frame,
    units::Tick,
    wall::Projector,
};

use super::{
    process::{Daemon, PATIENCE, READY, command, controller_of, refused},
    site,
};

/// A site in a folder of that name, and a state folder.
struct Place {
    folder: TempDir,
    state: TempDir,
    controller: UdpSocket,
}

impl Place {
    /// A site that a daemon has played and left.
    fn played() -> Self {
        let place = Self::fresh();
        let daemon = place.start();
        place.wait_for_programme();
        place.end(daemon);
        place
    }

    fn fresh() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("site")).unwrap();
        site::fill(&folder.path().join("site"));
        let controller = controller_of(&folder.path().join("site"));
        Self {
            folder,
            state: TempDir::new().unwrap(),
            controller,
        }
    }

    fn site(&self) -> std::path::PathBuf {
        self.folder.path().join("site")
    }

    fn start(&self) -> Daemon {
        let daemon = Daemon::start(&self.site(), self.state.path(), "127.0.0.1:0");
        daemon.says(READY);
        daemon
    }

    fn end(&self, daemon: Daemon) {
        daemon.signal(Signal::TERM);
        assert_eq!(daemon.end().code(), Some(0));
    }

    fn wait_for_programme(&self) {
        wait(|| !journal::last_good(self.state.path(), &self.site()).is_empty());
    }

    /// Whether something lit comes to the controller.
    fn is_lit(&self) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            assert!(Instant::now() < deadline, "nothing lit ever came");
            let mut packet = [0; 1500];
            let length = self.controller.recv(&mut packet).unwrap();
            if packet[10..length].iter().any(|byte| *byte != 0) {
                return;
            }
        }
    }
}

fn wait(mut until: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !until() {
        assert!(Instant::now() < deadline, "never came about");
        thread::sleep(Duration::from_millis(20));
    }
}

// Fault 22. Fault 85.
#[test]
fn a_site_that_is_missing_at_the_start_plays_from_the_state_folder_and_is_taken_in_when_it_is_back() {
    let place = Place::played();
    let away = place.folder.path().join("away");
    fs::rename(place.site(), &away).unwrap();
    let daemon = Daemon::start(&place.site(), place.state.path(), "127.0.0.1:0");
    daemon.says("is missing; check the path, or connect the share again; the screen stays as it is");
    daemon.says(READY);
    place.is_lit();
    site::write(
        &away,
        "items/notices/c.md",
        "+++\ntitle = \"新的通知\"\n+++\n新的通知。\n",
    );
    fs::rename(&away, place.site()).unwrap();
    daemon.says("the site changed");
    place.end(daemon);
}

// Fault 22.
#[test]
fn a_share_that_is_not_mounted_yet_is_an_empty_folder_and_nothing_is_withdrawn() {
    let place = Place::played();
    let before = journal::last_good(place.state.path(), &place.site());
    fs::rename(place.site(), place.folder.path().join("away")).unwrap();
    fs::create_dir(place.site()).unwrap();
    let daemon = Daemon::start(&place.site(), place.state.path(), "127.0.0.1:0");
    daemon.says("has no site.toml");
    daemon.says(READY);
    place.is_lit();
    place.end(daemon);
    assert_eq!(journal::last_good(place.state.path(), &place.site()), before);
}

// Fault 22. Fault 86.
#[test]
fn a_folder_of_items_that_may_not_be_listed_at_the_start_keeps_what_it_held() {
    let place = Place::played();
    if rustix::process::geteuid().is_root() {
        return; // Root may list every folder.
    }
    let items = place.site().join("items");
    fs::set_permissions(&items, fs::Permissions::from_mode(0o000)).unwrap();
    let daemon = Daemon::start(&place.site(), place.state.path(), "127.0.0.1:0");
    daemon.says("cannot be listed");
    daemon.says(READY);
    place.end(daemon);
    fs::set_permissions(&items, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(journal::last_good(place.state.path(), &place.site()).len(), 5);
}

// Fault 22.
#[test]
fn an_empty_site_toml_at_the_start_holds_the_one_before() {
    let place = Place::played();
    fs::write(place.site().join("site.toml"), "").unwrap();
    let daemon = place.start();
    place.is_lit();
    place.end(daemon);
}

#[test]
fn a_site_of_which_nothing_is_known_is_refused_as_ever() {
    let state = TempDir::new().unwrap();
    let missing = state.path().join("nowhere");
    let (code, said) = refused(&missing, state.path(), "127.0.0.1:0");
    assert_eq!(code, Some(66), "{said}");
    // What was played of another site is none of this one's.
    let place = Place::played();
    let (code, said) = refused(&missing, place.state.path(), "127.0.0.1:0");
    assert_eq!(code, Some(66), "{said}");
}

/// The marks of a process that was lost in the midst of preparing a file, as it would have left them.
fn leave_mark(place: &Place, path: &str) {
    let bytes = fs::read(place.site().join(path)).unwrap();
    let digest = yingbi::units::Digest::of(&bytes);
    let folder = place.state.path().join("marks");
    fs::create_dir_all(&folder).unwrap();
    let line = format!("[\"{digest}\",\"prepare 1x1 0\",\"{path}\"]\n");
    fs::write(folder.join("mark-2"), line).unwrap();
}

fn start_marked(place: &Place) -> Daemon {
    let mut command = command(&place.site(), place.state.path(), "127.0.0.1:0");
    command.env_remove("RUNTIME_DIRECTORY").env_remove("XDG_RUNTIME_DIR");
    Daemon::spawn(&mut command)
}

// Fault 7.
#[test]
fn a_file_at_which_two_processes_were_lost_is_left_out_until_it_is_changed() {
    let place = Place::played();
    let path = "items/notices/b.md";
    // It was changed, and the version before is kept.
    let text = fs::read_to_string(place.site().join(path)).unwrap();
    site::write(&place.site(), path, &format!("{text}还有一句。\n"));
    for is_last in [false, true] {
        leave_mark(&place, path);
        let daemon = start_marked(&place);
        if is_last {
            daemon.says("items/notices/b.md: the program has failed on this file; it is left out; change the file");
        }
        daemon.says(READY);
        if is_last {
            place.is_lit();
            site::write(&place.site(), path, &format!("{text}还有另一句。\n"));
            daemon.says("solved: the program has failed on this file");
        }
        place.end(daemon);
    }
}

// Fault 13.
#[test]
fn five_starts_that_go_wrong_end_in_the_safe_page_and_a_change_of_the_files_ends_that() {
    let place = Place::played();
    for _ in 0..5 {
        let daemon = place.start();
        daemon.signal(Signal::KILL);
        daemon.end();
    }
    let daemon = Daemon::start(&place.site(), place.state.path(), "127.0.0.1:0");
    daemon.says("the program was lost 5 times in a row, each time within a minute; only the safe page is shown");
    daemon.says(READY);
    place.is_lit();
    site::write(
        &place.site(),
        "items/notices/b.md",
        "+++\ntitle = \"改动\"\n+++\n改动。\n",
    );
    daemon.says("the programme is tried again");
    daemon.says("the site changed");
    place.end(daemon);
}

// Fault 13.
#[test]
fn starts_that_end_as_they_were_told_to_never_end_in_the_safe_page() {
    let place = Place::played();
    for _ in 0..6 {
        place.end(place.start());
    }
    assert_eq!(Note::new(place.state.path(), "starts").lines(), Vec::<String>::new());
}

// Fault 13. Fault 82.
#[test]
fn a_start_that_is_told_to_end_is_none_that_went_wrong() {
    let place = Place::played();
    for _ in 0..6 {
        let daemon = Daemon::start(&place.site(), place.state.path(), "127.0.0.1:0");
        // The first that it says, long before the first picture.
        daemon.says("the clock");
        daemon.signal(Signal::TERM);
        assert_eq!(daemon.end().code(), Some(0));
    }
    assert_eq!(Note::new(place.state.path(), "starts").lines(), Vec::<String>::new());
}

// Fault 13.
#[test]
fn starts_are_counted_by_the_run_of_the_machine_that_the_unit_tells() {
    let place = Place::fresh();
    let mut told = command(&place.site(), place.state.path(), "127.0.0.1:0");
    let daemon = Daemon::spawn(told.env("YINGBI_BOOT_ID", "00c0ffee"));
    daemon.says(READY);
    daemon.signal(Signal::KILL);
    daemon.end();
    let starts = Note::new(place.state.path(), "starts").lines();
    assert!(starts.len() == 1 && starts[0].starts_with("00c0ffee "), "{starts:?}");
}

#[test]
fn the_safe_page_has_the_sites_title_on_every_screen() {
    let folder = site::folder();
    let files = yingbi::folder::scan(folder.path()).unwrap().files;
    let wall = safe_page(&files).unwrap();
    assert_eq!(wall.site().screens.len(), 1);
    let mut projector = Projector::new(wall, 0);
    let tick = Tick(25 * 1_800_000_000);
    let view = format!("{:?}", projector.view(tick));
    assert!(view.contains("示例省国资委"), "{view}");
    let mut frame = Frame::new(projector.size());
    projector.paint(tick, &mut frame);
    assert!(frame.bytes().iter().any(|byte| *byte != 0));
}

#[test]
fn there_is_no_safe_page_of_a_site_that_is_not_known() {
    let folder = site::folder();
    site::write(folder.path(), "site.toml", "title = 3\n");
    let files = yingbi::folder::scan(folder.path()).unwrap().files;
    assert!(safe_page(&files).is_none());
    assert!(safe_page(&[]).is_none());
}

// Fault 80. Fault 81.
#[test]
fn a_state_folder_of_a_newer_program_is_left_alone_and_the_wall_plays() {
    let place = Place::fresh();
    let newer = newer_version();
    fs::write(place.state.path().join("version"), &newer).unwrap();
    fs::write(place.state.path().join("current"), "of the newer one").unwrap();
    let daemon = Daemon::start(&place.site(), place.state.path(), "127.0.0.1:0");
    daemon.says("was kept by a newer yingbi, in format 2; install the newer program again");
    daemon.says(READY);
    place.is_lit();
    wait(|| !journal::last_good(&place.state.path().join("format-1"), &place.site()).is_empty());
    place.end(daemon);
    assert_eq!(fs::read_to_string(place.state.path().join("version")).unwrap(), newer);
    assert_eq!(names(place.state.path()), ["current", "format-1", "lock", "version"]);
}

pub(crate) fn newer_version() -> String {
    let body = "version 2\nwhatever\n";
    let sum = yingbi::units::Digest::of(body.as_bytes()).to_string();
    format!("{body}sum {}\n", &sum[..8])
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "marks" && name != "control");
    names.sort();
    names
}
