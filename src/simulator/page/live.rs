//! One viewer on a WebSocket: of everything ([`watch()`]), or of one screen's pictures ([`light`]).
//!
//! A viewer is never queued for: while one message is on its way the hub moves on, and the next message is worked out from whatever
//! is newest by then.

use std::{sync::Arc, time::Duration};

use axum::extract::ws::{Message, WebSocket};
use serde::Serialize;
use tokio::{
    sync::watch,
    time::{MissedTickBehavior, interval, timeout},
};

use super::{
    end_of,
    state::{Imports, Problems, Screens},
};
use crate::{
    frame::Frame,
    simulator::{
        Hub,
        patch::{Label, patch},
    },
};

/// How often a viewer's eye is held to the hub: a little more often than browsers paint.
const LOOK: Duration = Duration::from_millis(10);

/// How often a viewer is told that all is well; the page takes three missed ones for a lost connection.
const BEAT: Duration = Duration::from_secs(5);

/// How long one message may take before the viewer is taken for gone.
const PATIENCE: Duration = Duration::from_secs(15);

/// What the viewer hears on every [`BEAT`].
const HEARTBEAT: &str = r#"{"beat":true}"#;

/// What the page for a sender card hears on every [`BEAT`], the first at once. A page of another version loads itself anew.
const PULSE: &str = concat!(r#"{"version":""#, env!("CARGO_PKG_VERSION"), r#""}"#);

/// What a viewer has been sent.
#[derive(Debug, Default)]
struct Viewer {
    pictures: Vec<Option<(u64, Arc<Frame>)>>,
    words: Option<u64>,
    problems: Option<u64>,
    /// None is being taken in, before the first.
    imports: u64,
    /// Whether the page has a button that stops the wall.
    can_stop: bool,
}

/// Tells the viewer behind `socket` what is news in `hub`, until it goes or `ended`.
pub(super) async fn watch(mut socket: WebSocket, hub: Arc<Hub>, can_stop: bool, mut ended: watch::Receiver<bool>) {
    let mut viewer = Viewer {
        can_stop,
        ..Viewer::default()
    };
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let alive = tokio::select! {
            heard = socket.recv() => matches!(heard, Some(Ok(_))),
            _ = look.tick() => tell_news(&mut socket, &mut viewer, &hub).await,
            _ = beat.tick() => send(&mut socket, Message::text(HEARTBEAT)).await,
            () = end_of(&mut ended) => false,
        };
        if !alive {
            break;
        }
    }
    // The viewer may be gone, or not listening: then it learns of the end from its own side.
    send(&mut socket, Message::Close(None)).await;
}

/// Lights one screen behind `socket` for a sender card: the pictures of the screen of that number and the heartbeat, no words. The next
/// picture goes out only once the page has said, by any message, that it has drawn the last one; so a browser that is slower than
/// the wall skips pictures and gathers none.
pub(super) async fn light(mut socket: WebSocket, hub: Arc<Hub>, screen: usize, mut ended: watch::Receiver<bool>) {
    let mut viewer = Viewer::default();
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut beat = interval(BEAT);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut has_drawn = true;
    loop {
        let alive = tokio::select! {
            heard = socket.recv() => match heard {
                Some(Ok(Message::Text(_) | Message::Binary(_))) => { has_drawn = true; true }
                heard => matches!(heard, Some(Ok(_))),
            },
            _ = look.tick(), if has_drawn => match viewer.rows(&hub, screen) {
                Some(rows) => { has_drawn = false; send(&mut socket, rows).await }
                None => true,
            },
            _ = beat.tick() => send(&mut socket, Message::text(PULSE)).await,
            () = end_of(&mut ended) => false,
        };
        if !alive {
            break;
        }
    }
    send(&mut socket, Message::Close(None)).await;
}

/// Sends what is news, each message worked out when its turn comes; whether the viewer is still there.
async fn tell_news(socket: &mut WebSocket, viewer: &mut Viewer, hub: &Hub) -> bool {
    for words in [viewer.words(hub), viewer.imports(hub), viewer.problems(hub)]
        .into_iter()
        .flatten()
    {
        if !send(socket, words).await {
            return false;
        }
    }
    for screen in 0..hub.slots().count() {
        if let Some(rows) = viewer.rows(hub, screen)
            && !send(socket, rows).await
        {
            return false;
        }
    }
    true
}

async fn send(socket: &mut WebSocket, message: Message) -> bool {
    matches!(timeout(PATIENCE, socket.send(message)).await, Ok(Ok(())))
}

impl Viewer {
    fn words(&mut self, hub: &Hub) -> Option<Message> {
        // The stamp is read before the words, so that words which change in between are told again rather than not at all.
        let stamp = hub.words_stamp();
        (self.words.replace(stamp) != Some(stamp)).then(|| text(&Screens::of(hub, self.can_stop)))
    }

    fn problems(&mut self, hub: &Hub) -> Option<Message> {
        let stamp = hub.problems_stamp();
        (self.problems.replace(stamp) != Some(stamp)).then(|| text(&Problems::of(hub)))
    }

    fn imports(&mut self, hub: &Hub) -> Option<Message> {
        let stamp = hub.imports_stamp();
        (std::mem::replace(&mut self.imports, stamp) != stamp).then(|| text(&Imports::of(hub)))
    }

    fn rows(&mut self, hub: &Hub, screen: usize) -> Option<Message> {
        if self.pictures.len() <= screen {
            self.pictures.resize(screen + 1, None);
        }
        let slot = hub.slots().nth(screen)?;
        let seen = &mut self.pictures[screen];
        if seen.as_ref().map_or(0, |(stamp, _)| *stamp) == slot.stamp() {
            return None;
        }
        let (sequence, frame, since) = slot.shot()?;
        let screen = u16::try_from(screen).ok()?;
        let label = Label {
            screen,
            sequence,
            since,
        };
        let rows = patch(label, seen.as_ref().map(|(_, frame)| &**frame), &frame);
        *seen = Some((sequence, frame));
        rows.map(|rows| Message::Binary(rows.into()))
    }
}

fn text(words: &impl Serialize) -> Message {
    Message::text(serde_json::to_string(words).expect("plain fields always become JSON"))
}
