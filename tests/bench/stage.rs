//! Painting, beside the least that moving as many bytes costs.

use std::{hint::black_box, sync::Arc, time::Duration};

use jiff::civil::date;
use yingbi::{
    frame::Frame,
    item::{Paragraph, ParagraphKind},
    playlist::Effect,
    site::Colour,
    stage::{Act, Board, Content, Leaving, Now, Pane, Scene, Templates},
    text::Compositor,
    units::{Motion, Size, Tick, Ticks},
};

use crate::harness::{Budget, Harness};

/// The size that the claims are made for.
const SIZE: Size = Size::new(512, 256);

/// A change that outlasts any run.
const LONG: Ticks = Ticks(1 << 40);

pub(crate) fn run(harness: &mut Harness) {
    scroll(harness);
    push(harness);
    fade(harness);
    pages(harness);
    grey(harness);
}

fn now(tick: i64) -> Now {
    Now {
        tick: Tick(tick),
        civil: date(2026, 5, 8).at(9, 30, 5, 0),
    }
}

fn content() -> Content {
    let text = "为进一步规范政务公开工作，现将有关事项公告如下。".repeat(8);
    Content {
        title: "关于公开征求意见的公告".into(),
        site: "示例省国资委".into(),
        column: "通知公告".into(),
        body: vec![Paragraph::new(ParagraphKind::Text, text)],
        ..Content::default()
    }
}

fn built_in(name: &str, size: Size) -> Arc<Scene> {
    let templates = Templates::builtin();
    let template = templates.get(name).expect("a built-in scene");
    Arc::new(match name {
        "ticker" => template.prepare_ticker(&Compositor::default(), &[&content()], pane(size), Colour::Full),
        _ => template.prepare(&Compositor::default(), &content(), 0, size, Colour::Full),
    })
}

/// A pane whose text runs three LEDs a tick.
fn pane(size: Size) -> Pane {
    Pane {
        motion: Motion::Leds(3.try_into().expect("not 0")),
        ..size.into()
    }
}

fn board(scene: &Arc<Scene>, leaving: Option<Leaving>) -> Board {
    let mut board = Board::new(SIZE, &[(SIZE.area(), 0)]);
    board.set(
        0,
        Some(Act {
            scene: Arc::clone(scene),
            since: Tick(0),
            leaving,
        }),
    );
    board
}

/// Copies a whole frame, as the floor of everything that paints one.
fn copy() -> (&'static str, impl FnMut()) {
    let (source, mut target) = (Frame::new(SIZE), Frame::new(SIZE));
    let copy = move || {
        target.bytes_mut().copy_from_slice(black_box(source.bytes()));
        black_box(target.bytes());
    };
    ("memcpy of the frame", copy)
}

/// Paints one tick after the other.
fn painting(mut board: Board) -> impl FnMut() {
    let (mut frame, mut tick) = (Frame::new(SIZE), 0);
    move || {
        tick += 1;
        board.paint(now(tick), &mut frame);
        black_box(frame.bytes());
    }
}

fn scroll(harness: &mut Harness) {
    let board = board(&built_in("ticker", SIZE), None);
    harness.compare("stage scroll 512x256", Budget::Ratio(1.6), copy(), painting(board));
}

fn push(harness: &mut Harness) {
    let board = board(&built_in("notice", SIZE), Some(leaving(Effect::Push)));
    harness.compare("stage push 512x256", Budget::Ratio(2.5), copy(), painting(board));
}

/// Two scenes painted and mixed, beside mixing two frames by the plainest loop.
fn fade(harness: &mut Harness) {
    let (old, new, mut mixed) = (Frame::new(SIZE), Frame::new(SIZE), Frame::new(SIZE));
    let lerp = move || {
        let weight = black_box(100_u16);
        let pairs = black_box(old.bytes()).iter().zip(black_box(new.bytes()));
        for (out, (old, new)) in mixed.bytes_mut().iter_mut().zip(pairs) {
            let sum = u16::from(*old)
                .wrapping_mul(256 - weight)
                .wrapping_add(u16::from(*new).wrapping_mul(weight));
            *out = (sum >> 8) as u8;
        }
        black_box(mixed.bytes());
    };
    let board = board(&built_in("notice", SIZE), Some(leaving(Effect::Fade)));
    harness.compare(
        "stage fade 512x256",
        Budget::Ratio(2.5),
        ("plain lerp", lerp),
        painting(board),
    );
}

/// A change that is under way in any run.
fn leaving(effect: Effect) -> Leaving {
    Leaving {
        scene: Some(built_in("slogan", SIZE)),
        since: Tick(0),
        from: Tick(-LONG.0 / 2),
        length: LONG,
        effect,
    }
}

fn pages(harness: &mut Harness) {
    let page = board(&built_in("notice", SIZE), None);
    harness.compare("stage page 512x256", Budget::Ratio(1.6), copy(), painting(page));
    let clock = board(&built_in("clock", SIZE), None);
    harness.compare("stage clock 512x256", Budget::Ratio(2.5), copy(), painting(clock));
}

/// A whole frame made grey, as on days of mourning every one is.
fn grey(harness: &mut Harness) {
    let mut frame = Frame::new(SIZE);
    let bytes = frame.bytes_mut().iter_mut();
    bytes.zip((0..=u8::MAX).cycle()).for_each(|(byte, value)| *byte = value);
    let grey = move || {
        frame.grey();
        black_box(frame.bytes());
    };
    harness.compare(
        "stage grey 512x256",
        Budget::Time(Duration::from_micros(400)),
        copy(),
        grey,
    );
}
