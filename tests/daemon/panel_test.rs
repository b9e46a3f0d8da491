//! Panel tests: what a screen shows through one, and the real program with one over a real wire.

use std::{
    fs,
    process::{Command, Output, Stdio},
    sync::Arc,
};

use jiff::Timestamp;
use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;
use yingbi::{
    daemon::{Answer, Asked, Player, ask},
    frame::Frame,
    panel::{Format, Hue, Pattern, Spec, paint},
    site::Screen,
    units::{Level, Size, Tick, Ticks},
    wall::{PanelTest, Stopped, Wall},
};

use super::{
    controller::Controller,
    output::to,
    process::{Daemon, READY},
    site,
};

const RED: Pattern = Pattern::Field(Hue::Red);
const BLUE: Pattern = Pattern::Field(Hue::Blue);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn test(patterns: &[Pattern]) -> PanelTest {
    PanelTest {
        since: at("2026-05-15T02:00:00Z"),
        until: at("2026-05-15T02:01:00Z"),
        by: "值班室".into(),
        output: None,
        patterns: patterns.into(),
        level: None,
    }
}

/// A screen of two outputs, side by side.
fn screen() -> Screen {
    let folder = site::folder();
    let mut screen = site::wall(folder.path()).site().screens[0].clone();
    let half = |x| {
        let mut output = to("192.0.2.1:4048", Size::new(64, 64));
        output.panel.region.x = x;
        output
    };
    screen.outputs = vec![half(0), half(64)];
    screen
}

/// The pattern that fills the frame at that LED.
fn shown(test: &PanelTest, screen: &Screen, milliseconds: i64, x: u32) -> [u8; 3] {
    let mut frame = Frame::new(screen.size);
    let tick = screen.rate.tick_from(test.since) + Ticks(milliseconds * i64::from(screen.rate.hertz()) / 1000);
    test.paint(screen, tick, &mut frame);
    let at = x as usize * 3;
    frame.row(10)[at..at + 3].try_into().unwrap()
}

const R: [u8; 3] = [255, 0, 0];
const B: [u8; 3] = [0, 0, 255];
const DARK: [u8; 3] = [0; 3];

#[test]
fn patterns_come_in_turn_four_seconds_each_and_again() {
    let (test, screen) = (test(&[RED, BLUE]), screen());
    for (milliseconds, colour) in [(0, R), (3_960, R), (4_000, B), (7_960, B), (8_000, R), (12_000, B)] {
        assert_eq!(shown(&test, &screen, milliseconds, 5), colour, "{milliseconds}");
        assert_eq!(shown(&test, &screen, milliseconds, 70), colour, "{milliseconds}");
    }
    assert_eq!(shown(&self::test(&[]), &screen, 0, 5), DARK, "nothing to show");
}

#[test]
fn a_test_of_one_output_leaves_the_others_as_they_are() {
    let screen = screen();
    let test = PanelTest {
        output: Some(1),
        ..test(&[RED])
    };
    assert_eq!((shown(&test, &screen, 0, 5), shown(&test, &screen, 0, 70)), (DARK, R));
    assert!(!test.includes(0) && test.includes(1));
}

#[test]
fn leds_of_one_colour_skip_what_they_cannot_show_unless_they_are_asked_for_nothing_else() {
    let mut screen = screen();
    screen.outputs[0].panel.format = Format::OneBit;
    let white = Pattern::Field(Hue::White);
    let both = test(&[RED, white]);
    let seconds = |test: &PanelTest, second: i64| {
        (
            shown(test, &screen, second * 1000, 5),
            shown(test, &screen, second * 1000, 70),
        )
    };
    assert_eq!(seconds(&both, 0), ([255; 3], R));
    assert_eq!(seconds(&both, 4), ([255; 3], [255; 3]));
    assert_eq!(seconds(&test(&[RED]), 0), ([255; 3], R));
}

#[test]
fn a_row_that_wanders_passes_every_led_before_the_next_pattern_comes() {
    let screen = screen();
    let walk = test(&[Pattern::Columns, RED]);
    // 64 columns, 40 ms each, though four seconds would do for less.
    let lit = |column: u32| shown(&walk, &screen, i64::from(column) * 40, column);
    assert!((0..64).all(|column| lit(column) == [255; 3]));
    assert_eq!(shown(&walk, &screen, 4_000, 0), R);
}

#[test]
fn a_test_is_seen_from_its_first_tick_to_before_its_last_and_a_stop_comes_before_it() {
    let folder = site::folder();
    let wall = site::wall(folder.path());
    let mut player = Player::new(Arc::clone(&wall), "lobby").unwrap();
    let rate = player.rate();
    let test = PanelTest {
        level: Level::new(30),
        ..test(&[RED])
    };
    let (first, last) = (rate.tick_from(test.since), rate.tick_from(test.until));
    player.test(Some(Arc::new(test.clone())));
    let mut red = Frame::new(Size::new(128, 64));
    paint(RED, &Spec::plain(red.size().area()), 0, &mut red);
    let is_red = |player: &mut Player, tick: Tick| {
        player.step(tick);
        *player.frame() == red
    };
    assert!(!is_red(&mut player, Tick(first.0 - 1)) && is_red(&mut player, first));
    assert_eq!(
        (player.test_level(0, Tick(first.0 - 1)), player.test_level(0, first)),
        (None, Level::new(30))
    );
    let told = player.view(first).unwrap().test.clone().unwrap();
    assert_eq!(told.told_en, test.words(&wall.site().timezone).en);
    assert!(
        told.told_zh.contains("屏体测试") && told.told_zh.contains("全红"),
        "{}",
        told.told_zh
    );
    let stopped = Stopped {
        since: test.since,
        by: "停播.txt".into(),
        reason: None,
    };
    player.stop(&Arc::new(stopped));
    assert!(!is_red(&mut player, first + Ticks(5)));
    assert_eq!(player.test_level(0, first + Ticks(5)), None);
    player.resume().unwrap();
    assert!(is_red(&mut player, first + Ticks(10)));
    assert!(is_red(&mut player, Tick(last.0 - 1)) && !is_red(&mut player, last));
    assert_eq!(player.view(last).unwrap().test, None);
}

/// A wall that is playing.
struct House {
    site: TempDir,
    state: TempDir,
    wall: Arc<Wall>,
    controller: Controller,
    _daemon: Daemon,
}

impl House {
    fn new() -> Self {
        let (site, state) = (site::folder(), TempDir::new().unwrap());
        let mut controller = Controller::of(site.path());
        let wall = site::wall(site.path());
        let daemon = Daemon::start(site.path(), state.path(), "127.0.0.1:0");
        daemon.says(READY);
        controller.is_where_the_clock_says(&wall);
        Self {
            site,
            state,
            wall,
            controller,
            _daemon: daemon,
        }
    }

    fn yingbi(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_yingbi"));
        command
            .args(["--lang", "en"])
            .args(words)
            .arg("--state")
            .arg(self.state.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Waits for a picture that is all red.
    fn is_red(&mut self) {
        self.controller
            .until("all red", |picture| picture.bytes().chunks(3).all(|led| led == R));
    }

    fn ask(&self, asked: &Asked) -> Answer {
        ask(self.state.path(), |_| None, asked).unwrap()
    }

    fn journal(&self) -> String {
        fs::read_to_string(self.state.path().join("journal.jsonl")).unwrap_or_default()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn red(screen: Option<&str>) -> Asked {
    Asked::Test {
        screen: screen.map(Into::into),
        output: None,
        patterns: vec!["red".into()],
        seconds: 60,
        level: None,
        by: "test".into(),
    }
}

#[test]
fn a_test_goes_through_the_daemons_own_outputs_ends_by_itself_and_is_told_afterwards() {
    let mut house = House::new();
    let child = house.yingbi(&["panel", "test", "red", "--for", "3s"]).spawn().unwrap();
    house.is_red();
    let during = Timestamp::now();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(
        said(&output).contains("screen lobby shows test pictures until"),
        "{}",
        said(&output)
    );
    let wall = Arc::clone(&house.wall);
    house.controller.is_where_the_clock_says(&wall);
    super::controller::wait("the journal tells of it", || {
        house.journal().contains("\"what\":\"test\"")
    });
    let folder = house.site.path().to_str().unwrap().to_owned();
    let explained = house
        .yingbi(&["explain", &folder, "--at", &during.to_string()])
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&explained.stdout).into_owned();
    assert!(
        text.contains("panel test (") && text.contains("red, by \"yingbi panel test"),
        "{text}"
    );
    let picture = house.state.path().join("then.png");
    let path = picture.to_str().unwrap();
    let shown = house
        .yingbi(&["preview", &folder, "--at", &during.to_string(), "-o", path])
        .output()
        .unwrap();
    assert!(shown.status.success(), "{}", said(&shown));
    let mut reader = png::Decoder::new(std::io::BufReader::new(fs::File::open(&picture).unwrap()))
        .read_info()
        .unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    assert!(bytes.chunks(3).all(|led| led == R), "the past is painted as it was");
}

#[test]
fn ctrl_c_and_a_lost_terminal_end_a_test() {
    let mut house = House::new();
    let wall = Arc::clone(&house.wall);
    for (at, signal) in [Signal::INT, Signal::HUP, Signal::TERM].into_iter().enumerate() {
        let child = house.yingbi(&["panel", "test", "red"]).spawn().unwrap();
        house.is_red();
        kill_process(Pid::from_child(&child), signal).unwrap();
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(0));
        house.controller.is_where_the_clock_says(&wall);
        super::controller::wait("the journal tells of the earlier end", || {
            house.journal().matches("\"what\":\"test\"").count() == 2 * (at + 1)
        });
    }
}

#[test]
fn whoever_waits_for_a_test_hears_of_the_stop_that_ended_it() {
    let mut house = House::new();
    let child = house.yingbi(&["panel", "test", "red"]).spawn().unwrap();
    house.is_red();
    house.ask(&Asked::Stop {
        by: "test".into(),
        reason: None,
    });
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("the wall was stopped, and with it the test is over"),
        "{said}"
    );
    let until = said.split("until ").nth(1).unwrap();
    assert!(
        until.find(';').is_some_and(|end| end == "2026-05-15 10:00:00".len()),
        "civil time: {said}"
    );
}

#[test]
fn a_stop_ends_a_test_and_none_begins_while_the_wall_is_stopped() {
    let mut house = House::new();
    assert!(matches!(house.ask(&red(None)), Answer::Testing { screen, .. } if screen == "lobby"));
    house.is_red();
    let stop = Asked::Stop {
        by: "test".into(),
        reason: None,
    };
    house.ask(&stop);
    let wall = Arc::clone(&house.wall);
    house.controller.is_stopped(&wall);
    house.controller.stays_stopped(&wall, 3);
    assert!(matches!(house.ask(&red(None)), Answer::Untested { en, .. } if en.contains("the wall is stopped")));
    let resume = Asked::Resume { by: "test".into() };
    assert!(matches!(house.ask(&resume), Answer::Running { lifted: true, .. }));
    house.controller.is_where_the_clock_says(&wall);
    assert_eq!(
        house.ask(&Asked::EndTest { screens: Vec::new() }),
        Answer::Ended { was: false }
    );
}

#[test]
fn what_cannot_be_tested_is_refused_with_what_can() {
    let house = House::new();
    assert!(matches!(house.ask(&red(Some("hall"))), Answer::Untested { en, .. } if en.contains("there are lobby")));
    for (words, code, says) in [
        (
            &["panel", "test", "--output", "2"][..],
            69,
            "screen lobby has no output 2; it has 1",
        ),
        (
            &["panel", "test", "site", "purple"],
            2,
            "there is no test picture \"purple\"",
        ),
    ] {
        let output = house.yingbi(words).output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains(says), "{}", said(&output));
    }
}

#[test]
fn without_a_daemon_the_command_sends_the_pictures_itself_and_leaves_the_wall_dark() {
    let (site, state) = (site::folder(), TempDir::new().unwrap());
    let mut controller = Controller::of(site.path());
    let child = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["--lang", "en", "panel", "test"])
        .arg(site.path())
        .args(["red", "--for", "2s", "--state"])
        .arg(state.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    controller.until("all red", |picture| picture.bytes().chunks(3).all(|led| led == R));
    controller.until("all dark", |picture| picture.bytes().iter().all(|byte| *byte == 0));
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("no daemon is running"), "{}", said(&output));
    assert!(output.stdout.is_empty());
}
