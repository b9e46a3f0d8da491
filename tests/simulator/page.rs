//! The page over real sockets.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use serde_json::Value;
use tokio::{runtime::Runtime, sync::oneshot, task::JoinHandle};
use tokio_tungstenite::tungstenite::{
    self, Message, WebSocket,
    client::{IntoClientRequest, client},
};
use yingbi::{
    diagnostic::{Bilingual, Diagnostic, Explain, Severity},
    frame::Frame,
    simulator::{
        Hub,
        page::{self, StopButton},
    },
    units::{Share, Size},
    wall::{CueView, ImportStage, ImportView, ScreenView, StopView, ZoneView},
};

use super::patch::Applier;

/// No wait of a test lasts longer; none that passes comes near it.
const PATIENCE: Duration = Duration::from_secs(30);

/// A page that is being served.
pub(super) struct Served {
    pub(super) address: SocketAddr,
    pub(super) hub: Arc<Hub>,
    end: Option<oneshot::Sender<()>>,
    serving: JoinHandle<std::io::Result<()>>,
    runtime: Runtime,
}

impl Served {
    pub(super) fn new() -> Self {
        Self::with(None)
    }

    fn with(stop: Option<StopButton>) -> Self {
        let runtime = Runtime::new().unwrap();
        let hub = Arc::new(Hub::default());
        let listener = runtime.block_on(page::bind(([127, 0, 0, 1], 0).into())).unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel();
        let serving = runtime.spawn(page::serve(listener, Arc::clone(&hub), stop, async move {
            let _ = ended.await;
        }));
        Self {
            address,
            hub,
            end: Some(end),
            serving,
            runtime,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Status, headers in lower case, and body of the answer.
    fn get(&self, path: &str, host: &str) -> (u16, String, Vec<u8>) {
        let mut stream = self.connect();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let split = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..split].to_vec()).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head.to_lowercase(), answer[split + 4..].to_vec())
    }

    /// The status of a POST with these headers.
    fn post(&self, path: &str, headers: &str) -> u16 {
        let mut stream = self.connect();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn fetch(&self, path: &str) -> (u16, String, Vec<u8>) {
        self.get(path, &self.address.to_string())
    }

    pub(super) fn watch(&self, origin: Option<&str>) -> Result<Viewer, u16> {
        self.watch_at("/live", origin)
    }

    /// A viewer of the socket at `path`; else the status of the refusal.
    pub(super) fn watch_at(&self, path: &str, origin: Option<&str>) -> Result<Viewer, u16> {
        let mut request = format!("ws://{}{path}", self.address).into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("Origin", origin.parse().unwrap());
        }
        match client(request, self.connect()) {
            Ok((socket, _)) => Ok(Viewer {
                socket,
                picture: Applier::default(),
            }),
            Err(tungstenite::HandshakeError::Failure(tungstenite::Error::Http(answer))) => {
                Err(answer.status().as_u16())
            }
            Err(error) => panic!("{error}"),
        }
    }
}

/// A browser in the place of one.
pub(super) struct Viewer {
    pub(super) socket: WebSocket<TcpStream>,
    pub(super) picture: Applier,
}

impl Viewer {
    /// The next words that have `key`.
    pub(super) fn words(&mut self, key: &str) -> Value {
        loop {
            if let Message::Text(text) = self.socket.read().unwrap() {
                let words: Value = serde_json::from_str(&text).unwrap();
                if words.get(key).is_some() {
                    return words;
                }
            }
        }
    }

    /// Applies the next rows; returns the screen and how many rows came.
    pub(super) fn rows(&mut self) -> (usize, usize) {
        loop {
            if let Message::Binary(message) = self.socket.read().unwrap() {
                let (screen, _, rows) = self.picture.apply(&message);
                return (screen, rows);
            }
        }
    }

    /// Applies rows until the picture is `frame`; returns how many messages that took.
    fn until(&mut self, frame: &Frame) -> usize {
        (1..)
            .find(|_| {
                self.rows();
                self.picture.bytes == frame.bytes()
            })
            .unwrap()
    }
}

fn view(title: &str) -> ScreenView {
    let cue = CueView {
        item: "notices/a".into(),
        title: title.into(),
        file: Some("items/notices/a.md".into()),
        page: 2,
        pages: 3,
        since: "2026-11-23T08:00:00+08:00".into(),
        until: "2026-11-23T08:00:06+08:00".into(),
        playlist: "day.toml".into(),
        priority: "routine",
        why_zh: "工作日".into(),
        why_en: "a weekday".into(),
        rung: None,
        film: None,
    };
    let zone = ZoneView {
        id: "main".into(),
        x: 0,
        y: 0,
        width: 8,
        height: 6,
        now: Some(cue),
        next: None,
    };
    ScreenView {
        id: "lobby".into(),
        title: "大厅".into(),
        width: 8,
        height: 6,
        rate: 50,
        dark: None,
        stopped: None,
        test: None,
        zones: vec![zone],
    }
}

fn problem() -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        file: "site.toml".into(),
        place: None,
        message: Bilingual::new("缺少 site.toml", "site.toml is missing"),
        help: Bilingual::new("放回该文件", "put the file back"),
    }
}

#[test]
fn a_viewer_is_sent_the_whole_picture_and_then_only_changed_rows() {
    let served = Served::new();
    let mut frame = Frame::new(Size::new(8, 6));
    frame.row_mut(1).fill(7);
    served.hub.show("lobby", &frame);
    let mut viewer = served.watch(None).unwrap();
    assert_eq!(viewer.rows(), (0, 6));
    assert_eq!(viewer.picture.bytes, frame.bytes());
    frame.row_mut(4).fill(9);
    served.hub.show("lobby", &frame);
    assert_eq!(viewer.rows(), (0, 1));
    assert_eq!(viewer.picture.bytes, frame.bytes());
}

#[test]
fn every_screen_of_the_site_comes_under_its_number() {
    let served = Served::new();
    served.hub.show("lobby", &Frame::new(Size::new(8, 6)));
    served.hub.show("gate", &Frame::new(Size::new(10, 2)));
    let mut viewer = served.watch(None).unwrap();
    let words = viewer.words("screens");
    assert_eq!(words["screens"][1]["id"], "gate");
    assert_eq!([viewer.rows(), viewer.rows()], [(0, 6), (1, 2)]);
}

// Fault 78.
#[test]
fn a_viewer_that_does_not_read_is_given_the_newest_picture_and_not_a_queue() {
    const SHOWN: usize = 400;
    let served = Served::new();
    let mut frame = Frame::new(Size::new(256, 128));
    served.hub.show("lobby", &frame);
    let mut viewer = served.watch(None).unwrap();
    viewer.rows();
    for nth in 0..SHOWN {
        frame
            .bytes_mut()
            .iter_mut()
            .for_each(|byte| *byte = byte.wrapping_add(nth as u8 | 1));
        served.hub.show("lobby", &frame);
    }
    let messages = viewer.until(&frame);
    assert!(messages < SHOWN, "{messages} messages for {SHOWN} pictures");
}

#[test]
fn words_and_problems_are_told_when_they_change() {
    let served = Served::new();
    served.hub.describe(Arc::new(view("甲")));
    let mut viewer = served.watch(None).unwrap();
    let words = viewer.words("screens");
    assert_eq!(words["screens"][0]["view"]["zones"][0]["now"]["title"], "甲");
    assert_eq!(viewer.words("problems")["total"], 0);
    served.hub.report(vec![problem()]);
    let words = viewer.words("problems");
    assert_eq!(words["problems"][0]["message"]["zh"], "缺少 site.toml");
    served.hub.describe(Arc::new(view("乙")));
    let words = viewer.words("screens");
    assert_eq!(words["screens"][0]["view"]["zones"][0]["now"]["title"], "乙");
    served.hub.withdraw("lobby");
    assert_eq!(viewer.words("screens")["screens"][0]["present"], false);
    served.hub.describe(Arc::new(view("乙")));
    assert_eq!(viewer.words("screens")["screens"][0]["present"], true);
}

#[test]
fn viewers_are_told_how_far_a_video_is() {
    let served = Served::new();
    served.hub.describe(Arc::new(view("甲")));
    let mut viewer = served.watch(None).unwrap();
    let import = ImportView {
        path: "items/通知/宣传片.mp4".into(),
        stage: ImportStage::Working,
        share: Share::new(62),
        seconds_left: Some(77),
    };
    served.hub.import(vec![import]);
    let words = viewer.words("imports");
    let told = &words["imports"][0];
    assert_eq!((&told["percent"], &told["seconds_left"]), (&62.into(), &77.into()));
    assert_eq!(told["stage"], "working");
    assert_eq!(told["told"]["zh"], "正在转换 宣传片.mp4：62%，约 1 分 20 秒");
    let state: Value = serde_json::from_slice(&served.fetch("/state.json").2).unwrap();
    assert_eq!(state["imports"], words["imports"]);
    served.hub.import(Vec::new());
    assert_eq!(viewer.words("imports")["imports"].as_array().unwrap().len(), 0);
}

#[test]
fn pages_of_other_sites_are_refused_the_socket() {
    let served = Served::new();
    let own = format!("http://{}", served.address);
    assert!(served.watch(Some(&own)).is_ok());
    for foreign in ["http://wall.example", "null", "http://127.0.0.1", "https://127.0.0.1:1"] {
        assert_eq!(served.watch(Some(foreign)).err(), Some(403), "{foreign}");
    }
}

#[test]
fn a_foreign_name_that_points_to_this_machine_is_refused_everything() {
    let served = Served::new();
    let port = served.address.port();
    for path in ["/", "/state.json", "/healthz", "/live"] {
        assert_eq!(served.get(path, &format!("wall.example:{port}")).0, 421, "{path}");
    }
    for own in [
        format!("localhost:{port}"),
        format!("127.0.0.1:{port}"),
        format!("[::1]:{port}"),
    ] {
        assert_eq!(served.get("/healthz", &own).0, 200, "{own}");
    }
}

#[test]
fn the_page_names_what_it_needs_and_forbids_the_rest() {
    let served = Served::new();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/page.css", "text/css; charset=utf-8"),
        ("/words.js", "text/javascript; charset=utf-8"),
        ("/wall.js", "text/javascript; charset=utf-8"),
        ("/page.js", "text/javascript; charset=utf-8"),
        ("/icon.svg", "image/svg+xml"),
        ("/wall", "text/html; charset=utf-8"),
        ("/wall/lobby", "text/html; charset=utf-8"),
        ("/sender.css", "text/css; charset=utf-8"),
        ("/sender.js", "text/javascript; charset=utf-8"),
    ] {
        let (status, head, body) = served.fetch(path);
        assert_eq!(status, 200, "{path}");
        assert!(head.contains(&format!("content-type: {kind}")), "{head}");
        assert!(
            head.contains("content-security-policy: default-src 'none'; script-src 'self';"),
            "{head}"
        );
        let text = String::from_utf8(body)
            .unwrap()
            .replace("http://www.w3.org/2000/svg", "");
        for forbidden in [
            "http:",
            "https://",
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "eval(",
            "style=",
            "onclick=",
        ] {
            assert!(!text.contains(forbidden), "{forbidden} in {path}");
        }
    }
}

#[test]
fn the_state_the_picture_and_the_pulse_can_be_asked_for() {
    let served = Served::new();
    let mut frame = Frame::new(Size::new(8, 6));
    frame.row_mut(3).fill(200);
    served.hub.show("lobby", &frame);
    served.hub.describe(Arc::new(view("甲")));
    served.hub.report(vec![problem()]);
    assert_eq!(served.fetch("/healthz").2, b"ok\n");
    let state: Value = serde_json::from_slice(&served.fetch("/state.json").2).unwrap();
    assert_eq!(state["screens"][0]["view"]["zones"][0]["now"]["page"], 2);
    assert_eq!(state["problems"][0]["file"], "site.toml");
    let (status, head, png) = served.fetch("/screen/lobby.png");
    assert!(status == 200 && head.contains("content-type: image/png"));
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    assert_eq!(bytes, frame.bytes());
    let large = served.fetch("/screen/lobby.png?scale=8").2;
    let reader = png::Decoder::new(std::io::Cursor::new(large)).read_info().unwrap();
    assert_eq!((reader.info().width, reader.info().height), (64, 48));
}

#[test]
fn what_is_not_there_is_said_not_to_be() {
    let served = Served::new();
    served.hub.show("lobby", &Frame::new(Size::new(8, 6)));
    for (path, status, words) in [
        ("/nothing", 404, "无此页面 / no such page\n"),
        ("/screen/gate.png", 404, "无此屏幕 / no such screen\n"),
        ("/screen/lobby", 404, "无此屏幕 / no such screen\n"),
        (
            "/screen/lobby.png?scale=33",
            400,
            "scale 应为 1 至 32 的整数 / scale is a whole number from 1 to 32\n",
        ),
        (
            "/screen/lobby.png?scale=-1",
            400,
            "scale 应为 1 至 32 的整数 / scale is a whole number from 1 to 32\n",
        ),
    ] {
        let (found, _, body) = served.fetch(path);
        assert_eq!(
            (found, String::from_utf8(body).unwrap().as_str()),
            (status, words),
            "{path}"
        );
    }
}

#[test]
fn the_page_ends_when_told_to_and_takes_leave_of_its_viewers() {
    let mut served = Served::new();
    served.hub.show("lobby", &Frame::new(Size::new(8, 6)));
    let mut viewer = served.watch(None).unwrap();
    viewer.rows();
    served.end.take().unwrap().send(()).unwrap();
    let left = loop {
        match viewer.socket.read() {
            Ok(Message::Close(_)) => break true,
            Ok(_) => {}
            Err(_) => break false,
        }
    };
    assert!(left, "a close, not a broken line");
    let serving = async { tokio::time::timeout(PATIENCE, served.serving).await };
    let ended = served.runtime.block_on(serving);
    assert!(ended.unwrap().unwrap().is_ok());
}

#[test]
fn a_port_in_use_is_refused_with_its_remedy() {
    let served = Served::new();
    let port = served.address.port();
    let refused = served
        .runtime
        .block_on(page::bind(served.address))
        .expect_err("it is taken");
    assert_eq!(
        refused.to_string(),
        format!("127.0.0.1:{port} is taken: another program listens there already")
    );
    assert_eq!(
        refused.chinese(),
        format!("127.0.0.1:{port} 已被占用：另有程序在此监听")
    );
    let help = refused.help();
    let other = if port == 65535 { 65534 } else { port + 1 };
    assert_eq!(
        help.en,
        format!(
            "find it with ss -ltnp 'sport = :{port}' and stop it, or choose another address: --view 127.0.0.1:{other}"
        )
    );
    assert_eq!(
        help.zh,
        format!("用 ss -ltnp 'sport = :{port}' 查看占用者并将其停止，或另选地址：--view 127.0.0.1:{other}")
    );
}

#[test]
fn an_address_of_another_machine_is_refused_with_its_remedy() {
    let runtime = Runtime::new().unwrap();
    let refused = runtime
        .block_on(page::bind(([192, 0, 2, 1], 8600).into()))
        .expect_err("not this machine's");
    assert!(refused.to_string().starts_with("cannot listen at 192.0.2.1:8600: "));
    assert_eq!(
        refused.help().en,
        "give an address of this machine, for example --view 127.0.0.1:8601"
    );
}

#[test]
fn the_button_stops_the_wall_for_this_page_and_for_nobody_else() {
    let presses = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&presses);
    let served = Served::with(Some(StopButton::new(move || {
        counter.fetch_add(1, Ordering::Relaxed);
    })));
    let address = served.address;
    let own = format!("Host: {address}\r\nOrigin: http://{address}\r\n");
    let meant = "X-Yingbi: stop\r\n";
    for (headers, status) in [
        (own.clone(), 403),
        (format!("{own}X-Yingbi: start\r\n"), 403),
        (
            format!("Host: {address}\r\nOrigin: http://elsewhere.example\r\n{meant}"),
            403,
        ),
        (format!("Host: {address}\r\nOrigin: null\r\n{meant}"), 403),
        (
            format!("Host: elsewhere.example\r\nOrigin: http://elsewhere.example\r\n{meant}"),
            421,
        ),
    ] {
        assert_eq!(served.post("/stop", &headers), status, "{headers}");
    }
    assert_eq!(served.fetch("/stop").0, 405);
    assert_eq!(presses.load(Ordering::Relaxed), 0);
    assert_eq!(served.post("/stop", &format!("{own}{meant}")), 200);
    assert_eq!(presses.load(Ordering::Relaxed), 1);
    assert_eq!(served.post("/stop", &format!("Host: {address}\r\n{meant}")), 200);
    assert_eq!(presses.load(Ordering::Relaxed), 2);
    let offered = |served: &Served| {
        let state: Value = serde_json::from_slice(&served.fetch("/state.json").2).unwrap();
        state["can_stop"].as_bool().unwrap()
    };
    assert!(offered(&served));
    let without = Served::new();
    let own = format!("Host: {}\r\n", without.address);
    assert_eq!(without.post("/stop", &format!("{own}{meant}")), 403);
    assert!(!offered(&without));
}

#[test]
fn a_stop_is_told_to_viewers_when_it_comes_and_when_it_goes() {
    let served = Served::new();
    let mut viewer = served.watch(None).unwrap();
    assert!(viewer.words("screens")["stopped"].is_null());
    let stopped = StopView {
        since: "2026-05-15T09:40:00+08:00".into(),
        by: "停播.txt".into(),
        reason: None,
        told_zh: "已停播".into(),
        told_en: "stopped".into(),
    };
    served.hub.stop(Some(stopped));
    let told = viewer.words("screens");
    assert_eq!(told["stopped"]["by"], "停播.txt");
    assert_eq!(told["stopped"]["told_zh"], "已停播");
    served.hub.stop(None);
    assert!(viewer.words("screens")["stopped"].is_null());
}
