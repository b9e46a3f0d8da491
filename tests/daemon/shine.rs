//! How bright a player lets its screen shine: as its wall says at every tick, though it looks once a half hour.

use std::sync::Arc;

use yingbi::{
    daemon::Player,
    units::{Rate, Tick},
    wall::Wall,
};

use crate::support::site::{Files, PLAIN};

/// The wall of a screen with these keys.
fn wall(keys: &str) -> Arc<Wall> {
    let site = PLAIN.replace("rate = 50", &format!("rate = 50\n{keys}"));
    Files::plain().with("site.toml", site).wall()
}

fn tick(wall: &Wall, civil: &str) -> Tick {
    let zone = &wall.site().timezone;
    let instant = zone.to_timestamp(civil.parse().unwrap()).unwrap();
    Rate::new(50).unwrap().tick_at(instant)
}

#[test]
fn a_player_is_as_bright_as_its_wall_at_every_tick() {
    let wall = wall("brightness = 60\n[[screen.dim]]\nhours = \"21:30-24:00\"\nlevel = 30\n");
    let mut player = Player::new(Arc::clone(&wall), "lobby").unwrap();
    let mut levels = Vec::new();
    // Over both edges, and back to before them, as a clock that is set does.
    for from in ["2026-05-15T21:29:59", "2026-05-15T21:59:59", "2026-05-15T21:29:59"] {
        let first = tick(&wall, from);
        for more in 0..100 {
            let now = Tick(first.0 + more);
            let level = player.brightness(now);
            assert_eq!(level, wall.brightness(0, now), "{from} and {more} ticks");
            if levels.last() != Some(&level.percent()) {
                levels.push(level.percent());
            }
        }
    }
    assert_eq!(levels, [60, 30, 20, 60, 30]);
}

#[test]
fn another_wall_counts_from_the_tick_at_which_it_is_taken() {
    let (before, after) = (wall("brightness = 60"), wall("brightness = 70"));
    let mut player = Player::new(Arc::clone(&before), "lobby").unwrap();
    let now = tick(&before, "2026-05-15T10:00:07");
    assert_eq!(player.brightness(now).percent(), 60);
    player.take_over(&after, now).unwrap();
    assert_eq!(player.brightness(now).percent(), 70);
}
