//! What is at which path.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State, WebSocketUpgrade},
    http::{
        HeaderMap, StatusCode, Uri,
        header::{CONTENT_TYPE, RETRY_AFTER},
    },
    middleware,
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use tokio::sync::{Semaphore, watch};

use super::{StopButton, guard, live, state};
use crate::{
    frame::Frame,
    simulator::{
        Hub, SimulatorError,
        picture::{self, Look},
    },
};

/// The most viewers at a time.
const VIEWERS: usize = 32;

/// The most pages at a time that light a screen through a sender card. They have seats of their own: no crowd of viewers keeps a wall dark.
const LIGHTS: usize = 16;

/// The most bytes that a viewer may say at a time; at most it has drawn a picture.
const HEARSAY: usize = 1024;

/// What a request to stop must bring, since no page from elsewhere can send it.
const STOP_HEADER: &str = "x-yingbi";

const HTML: &str = "text/html; charset=utf-8";

const PAGE: &str = include_str!("index.html");
const STYLE: &str = include_str!("page.css");
const WORDS: &str = include_str!("words.js");
const WALL: &str = include_str!("wall.js");
const SCRIPT: &str = include_str!("page.js");
const SENDER: &str = include_str!("sender.html");
const SENDER_STYLE: &str = include_str!("sender.css");
const SENDER_SCRIPT: &str = include_str!("sender.js");
const ICON: &str = include_str!("icon.svg");

#[derive(Clone, Debug)]
struct Lobby {
    hub: Arc<Hub>,
    seats: Arc<Semaphore>,
    lights: Arc<Semaphore>,
    stop: Option<StopButton>,
    ended: watch::Receiver<bool>,
}

/// All paths over `hub`, with the button `stop`; `local` where the page is for this machine only; viewers leave once `ended`.
pub(super) fn router(hub: Arc<Hub>, stop: Option<StopButton>, local: bool, ended: watch::Receiver<bool>) -> Router {
    let lobby = Lobby {
        hub,
        seats: Arc::new(Semaphore::new(VIEWERS)),
        lights: Arc::new(Semaphore::new(LIGHTS)),
        stop,
        ended,
    };
    Router::new()
        .route("/", get(async || typed(HTML, PAGE)))
        .route("/page.css", get(async || typed("text/css; charset=utf-8", STYLE)))
        .route("/words.js", get(async || script(WORDS)))
        .route("/wall.js", get(async || script(WALL)))
        .route("/page.js", get(async || script(SCRIPT)))
        .route("/wall", get(async || typed(HTML, SENDER)))
        .route("/wall/{screen}", get(async || typed(HTML, SENDER)))
        .route(
            "/sender.css",
            get(async || typed("text/css; charset=utf-8", SENDER_STYLE)),
        )
        .route("/sender.js", get(async || script(SENDER_SCRIPT)))
        .route("/icon.svg", get(async || typed("image/svg+xml", ICON)))
        .route("/healthz", get(async || "ok\n"))
        .route("/state.json", get(state_json))
        .route("/screen/{file}", get(screen_png))
        .route("/live", any(live_socket))
        .route("/live/{screen}", any(light_socket))
        .route("/stop", post(press_stop))
        .fallback(async || refuse(StatusCode::NOT_FOUND, "无此页面", "no such page"))
        .layer(middleware::from_fn_with_state(local, guard::guard))
        .with_state(lobby)
}

async fn state_json(State(lobby): State<Lobby>) -> Response {
    let json = serde_json::to_string(&state::State::of(&lobby.hub, lobby.stop.is_some()))
        .expect("plain fields always become JSON");
    typed("application/json", json)
}

async fn screen_png(State(lobby): State<Lobby>, Path(file): Path<String>, uri: Uri) -> Response {
    let Some(frame) = file.strip_suffix(".png").and_then(|id| lobby.hub.picture(id)) else {
        return refuse(StatusCode::NOT_FOUND, "无此屏幕", "no such screen");
    };
    let Some(look) = look(uri.query().unwrap_or_default()) else {
        return refuse(
            StatusCode::BAD_REQUEST,
            "scale 应为 1 至 32 的整数",
            "scale is a whole number from 1 to 32",
        );
    };
    // Packing a large picture takes longer than a turn on the runtime should.
    match tokio::task::spawn_blocking(move || draw(&frame, look)).await {
        Ok(Ok(png)) => typed("image/png", png),
        Ok(Err(error)) => refuse(
            StatusCode::BAD_REQUEST,
            &crate::diagnostic::Explain::chinese(&error),
            &error.to_string(),
        ),
        Err(_) => refuse(
            StatusCode::INTERNAL_SERVER_ERROR,
            "图片未能写出",
            "the picture could not be written",
        ),
    }
}

fn draw(frame: &Frame, look: Look) -> Result<Vec<u8>, SimulatorError> {
    picture::png(frame, look)
}

async fn live_socket(State(lobby): State<Lobby>, headers: HeaderMap, socket: WebSocketUpgrade) -> Response {
    if !guard::is_same_origin(&headers) {
        return foreign();
    }
    let Ok(seat) = Arc::clone(&lobby.seats).try_acquire_owned() else {
        return full();
    };
    socket.max_message_size(HEARSAY).on_upgrade(async move |socket| {
        live::watch(socket, lobby.hub, lobby.stop.is_some(), lobby.ended).await;
        drop(seat);
    })
}

/// One screen's pictures, for the page that lights it through a sender card.
async fn light_socket(
    State(lobby): State<Lobby>,
    Path(screen): Path<String>,
    headers: HeaderMap,
    socket: WebSocketUpgrade,
) -> Response {
    if !guard::is_same_origin(&headers) {
        return foreign();
    }
    let Some(number) = lobby.hub.slots().position(|slot| slot.id() == screen) else {
        return refuse(StatusCode::NOT_FOUND, "无此屏幕", "no such screen");
    };
    let Ok(seat) = Arc::clone(&lobby.lights).try_acquire_owned() else {
        return full();
    };
    socket.max_message_size(HEARSAY).on_upgrade(async move |socket| {
        live::light(socket, lobby.hub, number, lobby.ended).await;
        drop(seat);
    })
}

fn foreign() -> Response {
    refuse(
        StatusCode::FORBIDDEN,
        "拒绝来自其他网站的连接",
        "connections from other sites are refused",
    )
}

fn full() -> Response {
    let full = refuse(
        StatusCode::SERVICE_UNAVAILABLE,
        "观看者已满",
        "as many viewers as there may be",
    );
    ([(RETRY_AFTER, "15")], full).into_response()
}

/// Stops the wall. Whoever asks must be this page, or a program on this machine: a page from elsewhere can neither name itself as this
/// one nor send the header.
async fn press_stop(State(lobby): State<Lobby>, headers: HeaderMap) -> Response {
    let is_meant = headers.get(STOP_HEADER).is_some_and(|value| value == "stop");
    let Some(button) = lobby.stop.filter(|_| is_meant && guard::is_same_origin(&headers)) else {
        return refuse(
            StatusCode::FORBIDDEN,
            "此处不能停播",
            "the wall cannot be stopped from here",
        );
    };
    button.press();
    (StatusCode::OK, "已停播 / stopped\n").into_response()
}

/// The look that a query asks for: `scale=n`; from 3 on an LED is a round dot. `None` where it asks for something else.
fn look(query: &str) -> Option<Look> {
    if query.is_empty() {
        return Some(Look::PLAIN);
    }
    let scale = query.strip_prefix("scale=")?.parse().ok()?;
    Look::dots(scale).or_else(|_| Look::plain(scale)).ok()
}

fn script(text: &'static str) -> Response {
    typed("text/javascript; charset=utf-8", text)
}

fn typed(kind: &'static str, body: impl IntoResponse) -> Response {
    ([(CONTENT_TYPE, kind)], body).into_response()
}

fn refuse(status: StatusCode, chinese: &str, english: &str) -> Response {
    (status, format!("{chinese} / {english}\n")).into_response()
}
