//! The page `/wall` in a browser: what a sender card is given over HDMI.

use std::{fs, net::TcpListener, path::Path, process::Command, thread, time::Duration};

use image::ImageFormat;
use rustix::process::Signal;
use tempfile::TempDir;
use yingbi::{frame::Frame, units::Size};

use crate::{
    daemon::{
        process::{Daemon, READY, program},
        site,
    },
    support::{
        chromium::{Chromium, picture},
        pictures,
    },
};

const SCREEN: Size = Size::new(1920, 1080);

/// A wall on which much moves: pages that fade, a photograph, a ticker.
fn folder() -> TempDir {
    let folder = site::folder();
    let large = site::SITE
        .replace("width = 128\nheight = 64", "width = 1920\nheight = 1080")
        .replace("height = 48", "height = 1000")
        .replace("y = 48", "y = 1000");
    site::write(folder.path(), "site.toml", &large);
    let size = Size::new(640, 360);
    let photograph = pictures::file(ImageFormat::Png, size, &gradient(size));
    fs::write(folder.path().join("items/notices/c.png"), photograph).unwrap();
    folder
}

/// Every value of red and green, and blue in steps.
fn gradient(size: Size) -> Vec<u8> {
    let pixel = |x: u32, y: u32| {
        [
            (x * 255 / size.width) as u8,
            (y * 255 / size.height) as u8,
            (x ^ y) as u8,
        ]
    };
    (0..size.height)
        .flat_map(|y| (0..size.width).flat_map(move |x| pixel(x, y)))
        .collect()
}

/// A daemon at an address of its own, to which the next one can come back.
struct House {
    folder: TempDir,
    state: TempDir,
    address: String,
}

impl House {
    fn new() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        Self {
            folder: folder(),
            state: TempDir::new().unwrap(),
            address: free.to_string(),
        }
    }

    fn start(&self) -> Daemon {
        let daemon = Daemon::start(self.folder.path(), self.state.path(), &self.address);
        daemon.says(READY);
        daemon
    }

    /// What `yingbi preview` says that the wall shows at that instant.
    fn preview(&self, instant: &str) -> Frame {
        let path = self.state.path().join("preview.png");
        let output = Command::new(program())
            .arg("preview")
            .arg(self.folder.path())
            .args(["--at", instant, "-o"])
            .arg(&path)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        picture(&fs::read(path).unwrap())
    }
}

/// Since when the wall has shown what the page has drawn: nanoseconds from the Unix epoch.
fn since(browser: &mut Chromium) -> i128 {
    browser.ask("picture.since").as_str().unwrap().parse().unwrap()
}

/// A picture of the page, and the instant that it shows; the daemon holds its breath meanwhile.
fn taken(browser: &mut Chromium, daemon: &Daemon) -> (Frame, i128) {
    daemon.signal(Signal::STOP);
    // What is on its way arrives; then nothing comes any more.
    let mut drawn = since(browser);
    let (shot, instant) = loop {
        thread::sleep(Duration::from_millis(200));
        let shot = browser.screenshot();
        let after = since(browser);
        if after == drawn {
            break (shot, after);
        }
        drawn = after;
    };
    daemon.signal(Signal::CONT);
    (shot, instant)
}

fn instant(nanoseconds: i128) -> String {
    jiff::Timestamp::from_nanosecond(nanoseconds).unwrap().to_string()
}

/// Where two pictures of one size differ, in words.
fn assert_same(shown: &Frame, expected: &Frame, what: &str) {
    assert_eq!(shown.size(), expected.size(), "{what}");
    let differing = shown.bytes().iter().zip(expected.bytes()).filter(|(a, b)| a != b);
    assert_eq!(differing.count(), 0, "bytes that differ: {what}");
}

/// The part of `frame` at its top left.
fn corner(frame: &Frame, size: Size) -> Frame {
    let mut corner = Frame::new(size);
    corner.copy_area(frame, size.area(), 0, 0);
    corner
}

#[test]
#[ignore = "needs chromium, which .ci/run installs where it can"]
fn what_a_sender_card_is_given_is_what_preview_shows_to_the_last_bit() {
    let house = House::new();
    let daemon = house.start();
    let mut browser = Chromium::start(SCREEN);
    browser.open(&format!("http://{}/wall", house.address));
    browser.until("picture.since !== '0'");
    let mut instants = Vec::new();
    for nth in 0..10 {
        // Not in step with anything on the wall: pages, fades and the ticker are met anywhere.
        thread::sleep(Duration::from_millis(700 + 130 * nth));
        let (shot, at) = taken(&mut browser, &daemon);
        assert_same(&shot, &house.preview(&instant(at)), &instant(at));
        instants.push(at);
    }
    instants.dedup();
    assert_eq!(instants.len(), 10, "ten instants, not one twice");
}

#[test]
#[ignore = "needs chromium, which .ci/run installs where it can"]
fn the_picture_stays_dot_for_dot_in_a_window_that_is_resized_and_back() {
    let house = House::new();
    let daemon = house.start();
    let mut browser = Chromium::start(SCREEN);
    browser.open(&format!("http://{}/wall/lobby", house.address));
    browser.until("picture.since !== '0'");
    for window in [Size::new(1280, 720), Size::new(2200, 1200), SCREEN] {
        browser.resize(window, 1.0);
        browser.until(&format!(
            "innerWidth === {} && innerHeight === {}",
            window.width, window.height
        ));
        // Whoever resized the window has left: what was told is gone, however late the browser tells the page of it.
        browser.ask(
            "Object.defineProperty(words, 'handAt', { get: () => -1e9, set() {}, configurable: true }); words.tell()",
        );
        let (shot, at) = taken(&mut browser, &daemon);
        let expected = house.preview(&instant(at));
        assert_eq!(shot.size(), window);
        let common = Size::new(window.width.min(SCREEN.width), window.height.min(SCREEN.height));
        assert_same(
            &corner(&shot, common),
            &corner(&expected, common),
            &format!("in {window}"),
        );
        let mut outside = shot.clone();
        outside.fill_area(common.area(), yingbi::units::BLACK);
        assert!(
            outside.bytes().iter().all(|byte| *byte == 0),
            "black beside it in {window}"
        );
    }
}

#[test]
#[ignore = "needs chromium, which .ci/run installs where it can"]
fn the_last_picture_stays_when_the_daemon_is_killed_and_the_page_finds_the_next_one() {
    let house = House::new();
    let mut daemon = house.start();
    let mut browser = Chromium::start(SCREEN);
    browser.open(&format!("http://{}/wall", house.address));
    browser.until("picture.since !== '0'");
    daemon.signal(Signal::KILL);
    daemon.child.wait().unwrap();
    thread::sleep(Duration::from_millis(300));
    let at = since(&mut browser);
    let expected = house.preview(&instant(at));
    for _ in 0..3 {
        assert_same(&browser.screenshot(), &expected, "held");
        thread::sleep(Duration::from_secs(3));
    }
    assert_eq!(since(&mut browser), at);
    let daemon = house.start();
    browser.until(&format!("BigInt(picture.since) > {at}n"));
    let (shot, at) = taken(&mut browser, &daemon);
    assert_same(&shot, &house.preview(&instant(at)), "after the return");
}

#[test]
#[ignore = "needs chromium, which .ci/run installs where it can"]
fn a_display_that_scales_is_told_the_remedy_and_the_picture_returns_by_itself() {
    let house = House::new();
    let daemon = house.start();
    let mut browser = Chromium::start(SCREEN);
    browser.open(&format!("http://{}/wall", house.address));
    browser.until("picture.since !== '0'");
    for ratio in [1.25, 2.0, 0.9] {
        browser.resize(SCREEN, ratio);
        browser.until("!document.getElementById('words').hidden");
        browser.until("document.getElementById('leds').hidden");
        for (part, words) in [("chinese", "--force-device-scale-factor=1"), ("english", "100 %")] {
            let told = browser.ask(&format!("document.getElementById('{part}').textContent"));
            let told = told.as_str().unwrap();
            assert!(told.contains(words) && told.contains(&ratio.to_string()), "{told}");
        }
        browser.screenshot();
        browser.resize(SCREEN, 1.0);
        browser.until("!document.getElementById('leds').hidden && document.getElementById('words').hidden");
    }
    let (shot, at) = taken(&mut browser, &daemon);
    assert_same(&shot, &house.preview(&instant(at)), "after the remedy");
}

#[test]
#[ignore = "needs chromium, which .ci/run installs where it can"]
fn a_message_that_is_broken_anywhere_draws_nothing_of_itself() {
    let house = House::new();
    let daemon = house.start();
    let mut browser = Chromium::start(SCREEN);
    browser.open(&format!("http://{}/wall", house.address));
    browser.until("picture.since !== '0'");
    daemon.signal(Signal::STOP);
    thread::sleep(Duration::from_millis(500));
    let before = browser.screenshot();
    // Two rows of white in two runs, and then what goes wrong with such a message on its way.
    let message = "const message = () => { const [width, height] = [1920, 1080]; \
         const view = new DataView(new ArrayBuffer(32 + 2 * (8 + width * 3))); new Uint8Array(view.buffer).fill(255, 32); \
         view.setUint8(0, 1); view.setUint8(1, 0); view.setUint32(4, width, true); view.setUint32(8, height, true); view.setUint32(20, 2, true); \
         [[32, 3], [32 + 8 + width * 3, 7]].forEach(([at, row]) => { view.setUint32(at, row, true); view.setUint32(at + 4, 1, true); }); \
         return view; };";
    browser.ask(message);
    for broken in [
        "picture.take(message().buffer.slice(0, -1), false)",
        "picture.take(message().buffer.slice(0, 40 + 1920 * 3), false)",
        "picture.take(message().buffer.slice(0, 20), false)",
        "(() => { const view = message(); view.setUint32(20, 1, true); return picture.take(view.buffer, false); })()",
        "(() => { const view = message(); view.setUint32(20, 3, true); return picture.take(view.buffer, false); })()",
        "(() => { const view = message(); view.setUint32(32, 9, true); return picture.take(view.buffer, false); })()",
        "(() => { const view = message(); view.setUint32(4, 1919, true); return picture.take(view.buffer, false); })()",
        "(() => { const view = message(); view.setUint32(40 + 1920 * 3, 1080, true); return picture.take(view.buffer, false); })()",
        "(() => { const view = message(); view.setUint8(0, 2); return picture.take(view.buffer, false); })()",
        // Whole, but the first of its line, and yet not all rows.
        "picture.take(message().buffer, true)",
    ] {
        assert_eq!(browser.ask(broken), false, "{broken}");
    }
    assert_same(&browser.screenshot(), &before, "after broken messages");
    assert_eq!(browser.ask("picture.take(message().buffer, false)"), true);
    assert!(browser.screenshot() != before, "the whole one is drawn");
    daemon.signal(Signal::CONT);
}

#[test]
#[ignore = "needs chromium, which .ci/run installs where it can"]
fn where_there_are_several_screens_the_page_asks_which() {
    let house = House::new();
    let second = format!(
        "{}\n[[screen]]\nid = \"gate\"\ntitle = \"门头\"\nwidth = 320\nheight = 32\n\n[[screen.zone]]\nid = \"main\"\n",
        site::SITE
    );
    site::write(house.folder.path(), "site.toml", &second);
    let _daemon = house.start();
    let mut browser = Chromium::start(Size::new(640, 360));
    browser.open(&format!("http://{}/wall", house.address));
    browser.until("document.querySelectorAll('#screens a').length === 2");
    browser.screenshot();
    browser.ask("document.querySelectorAll('#screens a')[1].click()");
    browser.until("location.pathname === '/wall/gate' && picture.image?.width === 320");
    browser.open(&format!("http://{}/wall/hall", house.address));
    browser.until(
        "document.getElementById('english').textContent === 'The site has no screen hall; it has: lobby, gate.'",
    );
}

#[test]
fn the_page_asks_for_nothing_that_its_own_address_does_not_have() {
    let text = |name: &str| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap();
    let page = text("src/simulator/page/sender.html");
    for part in page.split("=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(
            text("src/simulator/page/routes.rs").contains(&format!("\"/{part}\"")),
            "{part}"
        );
    }
}
