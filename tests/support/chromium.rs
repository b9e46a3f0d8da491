//! A browser without a window, driven over two pipes by the DevTools protocol: JSON, each message ended by a zero byte.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Cursor, Write as _},
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use rustix::fs::{CWD, FileType, Mode, mknodat};
use serde_json::{Value, json};
use tempfile::TempDir;
use yingbi::{frame::Frame, units::Size};

/// Nothing is measured here: what has not happened by then never will.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Chromium as a kiosk starts it, but for its window. Ends with the test.
pub(crate) struct Chromium {
    child: Child,
    commands: File,
    heard: Receiver<Value>,
    session: Option<String>,
    last: u64,
    _folder: TempDir,
}

impl Chromium {
    /// Starts it with one empty page of the size of `window`.
    pub(crate) fn start(window: Size) -> Self {
        let folder = TempDir::new().unwrap();
        let pipe = |name: &str| {
            let path = folder.path().join(name);
            mknodat(CWD, &path, FileType::Fifo, Mode::RWXU, 0).unwrap();
            path
        };
        let (commands, answers) = (pipe("commands"), pipe("answers"));
        let child = Command::new("sh")
            .args(["-c", "exec chromium \"$@\" 3<\"$0/commands\" 4>\"$0/answers\""])
            .arg(folder.path())
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
            ])
            .args([
                "--hide-scrollbars",
                "--force-device-scale-factor=1",
                "--force-color-profile=srgb",
            ])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg(format!("--window-size={},{}", window.width, window.height))
            .args(["--remote-debugging-pipe", "about:blank"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Each waits until the shell has opened the other end, in this order.
        let commands = File::options().write(true).open(commands).unwrap();
        let heard = follow(File::open(answers).unwrap());
        let mut browser = Self {
            child,
            commands,
            heard,
            session: None,
            last: 0,
            _folder: folder,
        };
        let target = browser.call("Target.createTarget", &json!({ "url": "about:blank" }));
        let asked = json!({ "targetId": target["targetId"], "flatten": true });
        let attached = browser.call("Target.attachToTarget", &asked);
        browser.session = attached["sessionId"].as_str().map(str::to_owned);
        browser.call("Page.enable", &json!({}));
        browser.resize(window, 1.0);
        browser
    }

    /// Does what `method` names; its result.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).unwrap();
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let heard = self.heard.recv_timeout(left);
            let heard = heard.unwrap_or_else(|_| panic!("no answer to {method}"));
            if heard["id"] == self.last {
                assert!(heard.get("error").is_none(), "{method}: {heard}");
                return heard["result"].clone();
            }
        }
    }

    pub(crate) fn open(&mut self, address: &str) {
        let opened = self.call("Page.navigate", &json!({ "url": address }));
        assert!(opened.get("errorText").is_none(), "{opened}");
    }

    /// Gives the page a window of that size, with so many dots of the display to one of the page's.
    pub(crate) fn resize(&mut self, window: Size, ratio: f64) {
        let metrics = json!({
            "width": window.width, "height": window.height, "deviceScaleFactor": ratio, "mobile": false,
        });
        self.call("Emulation.setDeviceMetricsOverride", &metrics);
    }

    /// What the page makes of `expression`.
    pub(crate) fn ask(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true });
        let answer = self.call("Runtime.evaluate", &asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// Asks again and again until the answer is true.
    pub(crate) fn until(&mut self, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        // What the page has not begun to define is not true yet.
        let guarded = format!("(() => {{ try {{ return Boolean({expression}); }} catch {{ return false; }} }})()");
        while self.ask(&guarded) != true {
            assert!(Instant::now() < deadline, "never came true: {expression}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// What the display shows.
    pub(crate) fn screenshot(&mut self) -> Frame {
        let shot = self.call("Page.captureScreenshot", &json!({ "format": "png" }));
        let bytes = from_base64(shot["data"].as_str().unwrap());
        if let Some(folder) = std::env::var_os("CHROMIUM_SHOTS") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{}.png", self.last)), &bytes).unwrap();
        }
        picture(&bytes)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Its helpers end when the pipes do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn follow(answers: File) -> Receiver<Value> {
    let (send, heard) = mpsc::sync_channel(10_000);
    thread::spawn(move || {
        for message in BufReader::new(answers).split(0).map_while(Result::ok) {
            let message = serde_json::from_slice(&message).unwrap();
            if send.send(message).is_err() {
                break;
            }
        }
    });
    heard
}

/// The colours of a PNG, which must be opaque.
pub(crate) fn picture(png: &[u8]) -> Frame {
    let mut reader = png::Decoder::new(Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    let (info, size) = (reader.info(), Size::new(reader.info().width, reader.info().height));
    assert_eq!(info.bit_depth, png::BitDepth::Eight);
    if info.color_type == png::ColorType::Rgba {
        let (dots, _) = bytes.as_chunks::<4>();
        assert!(dots.iter().all(|dot| dot[3] == 255), "not opaque");
        bytes = dots.iter().flat_map(|dot| [dot[0], dot[1], dot[2]]).collect();
    }
    Frame::from_bytes(size, bytes).unwrap()
}

fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [0_u32; 256];
    for (value, letter) in LETTERS.iter().enumerate() {
        values[usize::from(*letter)] = value as u32;
    }
    let (mut bits, mut held, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        bits = bits << 6 | values[usize::from(letter)];
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}
