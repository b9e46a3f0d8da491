//! Zones, layers and transitions.

use std::sync::Arc;

use proptest::prelude::*;
use yingbi::{
    frame::Frame,
    playlist::Effect,
    site::Colour,
    stage::{Act, Board, Content, Leaving, Scene, Templates},
    text::Compositor,
    units::{Area, Size, Tick, Ticks},
};

use super::picture::{at, frame, letters, noise, still};

const ALWAYS: Tick = Tick(0);

fn act(scene: &Arc<Scene>) -> Option<Act> {
    Some(Act {
        scene: Arc::clone(scene),
        since: ALWAYS,
        leaving: None,
    })
}

/// An act that takes `length` ticks from tick 0 on to come in.
fn change(effect: Effect, length: i64, old: Option<&Arc<Scene>>, new: &Arc<Scene>) -> Option<Act> {
    Some(Act {
        scene: Arc::clone(new),
        since: ALWAYS,
        leaving: Some(Leaving {
            scene: old.cloned(),
            since: ALWAYS,
            from: Tick(0),
            length: Ticks(length),
            effect,
        }),
    })
}

fn painted(board: &mut Board, size: Size, tick: i64) -> Frame {
    // What was on the frame before must not matter.
    let mut frame = noise(size, 99);
    board.paint(at(tick), &mut frame);
    frame
}

fn one_zone(effect: Effect, length: i64, old: &[&str], new: &[&str]) -> impl FnMut(i64) -> Vec<String> {
    let (old, new) = (Arc::new(still(old)), Arc::new(still(new)));
    let size = Size::new(4, 2);
    let mut board = Board::new(size, &[(size.area(), 0)]);
    board.set(0, change(effect, length, Some(&old), &new));
    move |tick| letters(&painted(&mut board, size, tick))
}

#[test]
fn a_push_moves_both_pages_to_the_left() {
    let mut at = one_zone(Effect::Push, 3, &["RRRG", "RRRG"], &["BWWW", "BWWW"]);
    assert_eq!(at(-1), ["RRRG", "RRRG"]);
    assert_eq!(at(0), ["RRGB", "RRGB"]);
    assert_eq!(at(1), ["RGBW", "RGBW"]);
    assert_eq!(at(2), ["GBWW", "GBWW"]);
    assert_eq!(at(3), ["BWWW", "BWWW"]);
}

#[test]
fn a_rise_moves_both_pages_up() {
    let mut at = one_zone(Effect::Rise, 1, &["RRRR", "GGGG"], &["BBBB", "WWWW"]);
    assert_eq!(at(0), ["GGGG", "BBBB"]);
    assert_eq!(at(1), ["BBBB", "WWWW"]);
}

#[test]
fn a_cut_is_there_at_its_first_tick() {
    let mut at = one_zone(Effect::Cut, 5, &["RRRR", "RRRR"], &["BBBB", "BBBB"]);
    assert_eq!(at(0), ["BBBB", "BBBB"]);
}

#[test]
fn half_way_through_a_fade_every_channel_is_half_way() {
    let (old, new) = (Arc::new(still(&["RW."])), Arc::new(still(&["GWB"])));
    let size = Size::new(3, 1);
    let mut board = Board::new(size, &[(size.area(), 0)]);
    board.set(0, change(Effect::Fade, 3, Some(&old), &new));
    let bytes = |frame: Frame| frame.bytes().to_vec();
    assert_eq!(
        bytes(painted(&mut board, size, 0)),
        [191, 64, 0, 255, 255, 255, 0, 0, 64]
    );
    assert_eq!(
        bytes(painted(&mut board, size, 1)),
        [128, 128, 0, 255, 255, 255, 0, 0, 128]
    );
    assert_eq!(
        bytes(painted(&mut board, size, 2)),
        [64, 191, 0, 255, 255, 255, 0, 0, 191]
    );
    assert_eq!(painted(&mut board, size, 3), frame(&["GWB"]));
}

#[test]
fn the_first_page_fades_in_from_black() {
    let new = Arc::new(still(&["W"]));
    let size = Size::new(1, 1);
    let mut board = Board::new(size, &[(size.area(), 0)]);
    board.set(0, change(Effect::Fade, 1, None, &new));
    assert_eq!(painted(&mut board, size, 0).bytes(), [128, 128, 128]);
}

#[test]
fn higher_layers_lie_above_lower_ones_and_empty_zones_let_them_through() {
    let size = Size::new(4, 2);
    let (top, low) = (Area::new(1, 0, 2, 1), Area::new(0, 0, 3, 2));
    let mut board = Board::new(size, &[(top, 5), (low, -1), (Area::new(2, 0, 2, 2), 0)]);
    assert_eq!(letters(&painted(&mut board, size, 0)), ["....", "...."]);
    let (red, blue, green) = (
        Arc::new(still(&["RR"])),
        Arc::new(still(&["BBB", "BBB"])),
        Arc::new(still(&["GG", "GG"])),
    );
    board.set(0, act(&red));
    board.set(1, act(&blue));
    assert_eq!(letters(&painted(&mut board, size, 0)), ["BRR.", "BBB."]);
    board.set(2, act(&green));
    assert_eq!(letters(&painted(&mut board, size, 0)), ["BRRG", "BBGG"]);
    board.set(0, None);
    assert_eq!(letters(&painted(&mut board, size, 0)), ["BBGG", "BBGG"]);
    board.set(1, None);
    assert_eq!(letters(&painted(&mut board, size, 0)), ["..GG", "..GG"]);
}

#[test]
fn the_whole_screen_lies_above_its_zones_only_while_it_shows_something() {
    let size = Size::new(2, 1);
    let mut board = Board::new(
        size,
        &[(Area::new(0, 0, 1, 1), 0), (Area::new(1, 0, 1, 1), 0), (size.area(), 9)],
    );
    board.set(0, act(&Arc::new(still(&["R"]))));
    board.set(1, act(&Arc::new(still(&["G"]))));
    board.set(2, act(&Arc::new(still(&["WW"]))));
    assert_eq!(letters(&painted(&mut board, size, 0)), ["WW"]);
    board.set(2, None);
    assert_eq!(letters(&painted(&mut board, size, 0)), ["RG"]);
}

#[test]
fn a_scene_smaller_than_its_zone_leaves_black_beside_it() {
    let size = Size::new(3, 2);
    let mut board = Board::new(size, &[(size.area(), 0)]);
    board.set(0, act(&Arc::new(still(&["RR"]))));
    assert_eq!(letters(&painted(&mut board, size, 0)), ["RR.", "..."]);
}

/// What `effect` shows, LED by LED, from the words of its description.
fn naive(effect: Effect, (step, of): (u32, u32), old: &Frame, new: &Frame) -> Frame {
    let Size { width, height } = old.size();
    let mut frame = Frame::new(old.size());
    for y in 0..height {
        for x in 0..width {
            let (right, down) = (width * step / of, height * step / of);
            let led = |frame: &Frame, x: u32, y: u32| frame.row(y)[x as usize * 3..][..3].to_vec();
            let bytes = match effect {
                Effect::Cut => led(new, x, y),
                Effect::Push if x + right < width => led(old, x + right, y),
                Effect::Push => led(new, x + right - width, y),
                Effect::Rise if y + down < height => led(old, x, y + down),
                Effect::Rise => led(new, x, y + down - height),
                Effect::Fade => {
                    let weight = 256 * step / of;
                    let mix =
                        |(a, b): (u8, u8)| ((u32::from(a) * (256 - weight) + u32::from(b) * weight + 128) / 256) as u8;
                    led(old, x, y).into_iter().zip(led(new, x, y)).map(mix).collect()
                }
            };
            frame.row_mut(y)[x as usize * 3..][..3].copy_from_slice(&bytes);
        }
    }
    frame
}

#[test]
fn what_moves_by_itself_also_moves_with_the_change() {
    let size = Size::new(90, 16);
    let templates = Templates::builtin();
    let content = Content {
        title: "来访须知".into(),
        site: "示例省国资委".into(),
        ..Content::default()
    };
    let template = |name| templates.get(name).expect("built in");
    let clock = template("clock").prepare(&Compositor::default(), &content, 0, size, Colour::Full);
    let ticker = template("ticker").prepare_ticker(&Compositor::default(), &[&content], size.into(), Colour::Full);
    let alone = |scene: &Scene, tick| {
        let mut frame = noise(size, 3);
        scene.paint(at(tick), ALWAYS, &mut frame);
        frame
    };
    let (clock, ticker) = (Arc::new(clock), Arc::new(ticker));
    let screen = Size::new(100, 20);
    let area = Area::new(7, 3, size.width, size.height);
    for effect in [Effect::Fade, Effect::Push, Effect::Rise] {
        let mut board = Board::new(screen, &[(area, 0)]);
        board.set(0, change(effect, 9, Some(&clock), &ticker));
        for tick in 0..9 {
            let changing = naive(
                effect,
                (tick + 1, 10),
                &alone(&clock, tick.into()),
                &alone(&ticker, tick.into()),
            );
            let mut expected = Frame::new(screen);
            expected.copy_frame(&changing, 7, 3);
            assert!(
                painted(&mut board, screen, tick.into()) == expected,
                "{effect:?}, tick {tick}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_step_of_every_effect_equals_the_naive_one(
        width in 1_u32..40, height in 1_u32..20, length in 1_i64..60, at_tick in 0_i64..60,
        x in 0_u32..5, y in 0_u32..5,
        effect in prop_oneof![Just(Effect::Cut), Just(Effect::Fade), Just(Effect::Push), Just(Effect::Rise)],
    ) {
        let tick = at_tick % length;
        let size = Size::new(width, height);
        let (old, new) = (noise(size, 1), noise(size, 2));
        let screen = Size::new(width + x + 2, height + y + 2);
        let area = Area::new(x, y, width, height);
        let mut board = Board::new(screen, &[(area, 0)]);
        let scenes = (Arc::new(Scene::still(old.clone())), Arc::new(Scene::still(new.clone())));
        board.set(0, change(effect, length, Some(&scenes.0), &scenes.1));

        let mut expected = Frame::new(screen);
        let step = (tick as u32 + 1, length as u32 + 1);
        expected.copy_frame(&naive(effect, step, &old, &new), i64::from(x), i64::from(y));
        prop_assert_eq!(painted(&mut board, screen, tick), expected);
    }

    #[test]
    fn the_order_of_painting_does_not_matter(ticks in prop::collection::vec(0_i64..30, 1..12)) {
        let size = Size::new(9, 4);
        let scenes = (Arc::new(Scene::still(noise(size, 1))), Arc::new(Scene::still(noise(size, 2))));
        let board = || {
            let mut board = Board::new(size, &[(size.area(), 0)]);
            board.set(0, change(Effect::Push, 25, Some(&scenes.0), &scenes.1));
            board
        };
        let mut old = board();
        for tick in ticks {
            prop_assert_eq!(painted(&mut old, size, tick), painted(&mut board(), size, tick));
        }
    }
}
