//! Painting allocates nothing, whatever a screen shows.

use std::sync::Arc;

use yingbi::{
    frame::Frame,
    playlist::Effect,
    site::Colour,
    stage::{Act, Board, Content, Leaving, Scene, Templates},
    text::Compositor,
    units::{Area, Size, Tick, Ticks},
};

use super::picture::at;

fn content() -> Content {
    Content {
        title: "关于公开征求意见的公告".into(),
        site: "示例省国资委".into(),
        ..Content::default()
    }
}

fn leaving(effect: Effect, scene: Option<&Arc<Scene>>, from: i64) -> Option<Leaving> {
    Some(Leaving {
        scene: scene.cloned(),
        since: Tick(0),
        from: Tick(from),
        length: Ticks(20),
        effect,
    })
}

fn act(scene: &Arc<Scene>, leaving: Option<Leaving>) -> Option<Act> {
    Some(Act {
        scene: Arc::clone(scene),
        since: Tick(0),
        leaving,
    })
}

#[test]
fn painting_a_board_with_changes_a_clock_a_ticker_and_a_text_that_runs_allocates_nothing() {
    let (content, templates) = (content(), Templates::builtin());
    let (main, header, foot) = (
        Area::new(0, 16, 256, 96),
        Area::new(0, 0, 256, 16),
        Area::new(0, 112, 256, 16),
    );
    let page = |name: &str, area: Area| {
        let template = templates.get(name).expect("built in");
        Arc::new(template.prepare(&Compositor::default(), &content, 0, area.size(), Colour::Full))
    };
    let (notice, clock_page, clock) = (page("notice", main), page("clock", main), page("clock", header));
    let ticker = templates.get("ticker").expect("built in");
    let ticker = Arc::new(ticker.prepare_ticker(
        &Compositor::default(),
        &[&content, &content],
        foot.size().into(),
        Colour::Full,
    ));

    let long = Content {
        title: "关于公开征求意见的公告".repeat(9).into(),
        column: "通知公告".into(),
        ..Content::default()
    };
    let strip = Area::new(0, 16, 256, 32);
    let running = templates.get("notice").expect("built in");
    let running = Arc::new(running.prepare(&Compositor::default(), &long, 0, strip.size(), Colour::Full));

    let size = Size::new(256, 128);
    let mut frame = Frame::new(size);
    let mut board = Board::new(size, &[(main, 0), (header, 0), (foot, 0), (size.area(), 1), (strip, 2)]);
    board.set(1, act(&clock, leaving(Effect::Fade, None, 0)));
    board.set(2, act(&ticker, leaving(Effect::Rise, Some(&notice), 0)));
    for effect in [Effect::Cut, Effect::Fade, Effect::Push, Effect::Rise] {
        board.set(0, act(&notice, leaving(effect, Some(&clock_page), 5)));
        board.set(4, act(&running, leaving(effect, Some(&running), 150)));
        let counted = allocation_counter::measure(|| {
            for tick in 0..200 {
                board.paint(at(tick), &mut frame);
            }
        });
        assert_eq!(counted.count_total, 0, "{effect:?}");
    }
}
