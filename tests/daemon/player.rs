//! What a player shows is a function of the time alone, down to the bytes on the wire.

use std::sync::Arc;

use jiff::Timestamp;
use yingbi::{
    daemon::{News, Output, Painting, Player, Reload},
    folder,
    frame::Frame,
    units::{Level, Moment, Rate, Size, Tick},
    wall::{Projector, Wall},
};

use super::{
    output::{Tape, open, to},
    site,
};

const HERTZ: i64 = 25;

/// The first tick of 2026-11-23T08:00:00Z and some more.
fn tick(more: i64) -> Tick {
    let morning: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
    Tick(Rate::new(25).unwrap().tick_at(morning).0 + more)
}

/// A player with an output that is taped, as a daemon has them.
struct Daemon {
    player: Player,
    output: Output<Tape>,
}

impl Daemon {
    fn start(wall: &Arc<Wall>) -> Self {
        let size = Size { width: 128, height: 64 };
        Self {
            player: Player::new(Arc::clone(wall), "lobby").unwrap(),
            output: open(&to("192.0.2.1:4048", size), Tape::default()),
        }
    }

    /// Plays the ticks, with the wire's clock beside them as if the machine had been switched on at the Unix epoch.
    fn play(&mut self, ticks: std::ops::Range<i64>) {
        for more in ticks {
            let tick = tick(more);
            let nanoseconds = u64::try_from(tick.0).unwrap() * (1_000_000_000 / HERTZ.unsigned_abs());
            let now = Moment::from_nanoseconds(nanoseconds);
            let step = self.player.step(tick);
            assert_eq!(step.painting, Painting::Done);
            if step.is_new || step.is_refresh {
                let news = if step.is_refresh { News::Refresh } else { News::Frame };
                self.output.show(self.player.frame(), Level::FULL, news, now);
            }
            self.output.poll(now);
        }
    }

    /// What was sent at and after the tick.
    fn sent_from(&self, more: i64) -> Vec<(Moment, Vec<u8>)> {
        let from = u64::try_from(tick(more).0).unwrap() * (1_000_000_000 / HERTZ.unsigned_abs());
        let sent = self.output.wire().sent.iter();
        sent.filter(|(moment, _)| moment.nanoseconds() >= from)
            .cloned()
            .collect()
    }
}

#[test]
fn daemons_started_at_different_moments_send_the_same_bytes_at_the_same_instants() {
    let folder = site::folder();
    let wall = site::wall(folder.path());
    let (mut early, mut late, mut restarted) = (Daemon::start(&wall), Daemon::start(&wall), Daemon::start(&wall));
    early.play(0..60 * HERTZ);
    late.play(2 * HERTZ + 7..60 * HERTZ);
    // One was switched off and comes back in the middle of a page, having read its files anew.
    restarted.play(0..20 * HERTZ);
    let mut restarted = Daemon::start(&site::wall(folder.path()));
    restarted.play(31 * HERTZ + 3..60 * HERTZ);
    // A first frame is sent whenever it is ready; from the next tick on nothing tells them apart.
    let from = 31 * HERTZ + 4;
    let expected = early.sent_from(from);
    assert!(expected.len() > 28, "the ticker moves");
    assert_eq!(late.sent_from(from), expected);
    assert_eq!(restarted.sent_from(from), expected);
}

#[test]
fn a_player_shows_what_a_preview_of_the_same_instant_shows() {
    let folder = site::folder();
    let wall = site::wall(folder.path());
    let mut player = Player::new(Arc::clone(&wall), "lobby").unwrap();
    for more in (0..40 * HERTZ).step_by(3) {
        player.step(tick(more));
        let mut preview = Projector::new(Arc::clone(&wall), 0);
        let mut frame = Frame::new(preview.size());
        preview.paint(tick(more), &mut frame);
        assert_eq!(*player.frame(), frame, "at tick {more}");
    }
}

#[test]
fn a_picture_that_does_not_change_is_sent_again_every_second_at_the_whole_second() {
    let folder = site::folder();
    site::write(
        folder.path(),
        "ticker.toml",
        "zones = [\"ticker\"]\n[[play]]\nitem = \"notices/a\"\n[[when]]\nuntil = 2020-01-01\n",
    );
    site::write(folder.path(), "pages.toml", "[[play]]\nitem = \"notices/a\"\n");
    let mut daemon = Daemon::start(&site::wall(folder.path()));
    daemon.play(1..10 * HERTZ);
    let seconds: Vec<_> = daemon
        .sent_from(2)
        .iter()
        .map(|(moment, _)| moment.nanoseconds() % 1_000_000_000)
        .collect();
    assert!(seconds.iter().all(|part| *part == 0), "{seconds:?}");
    assert_eq!(
        daemon.sent_from(2).len() % 9,
        0,
        "as many datagrams in each of nine seconds"
    );
}

#[test]
fn a_view_is_told_when_it_changes_and_not_at_every_tick() {
    let folder = site::folder();
    let mut player = Player::new(site::wall(folder.path()), "lobby").unwrap();
    let told: Vec<_> = (0..30 * HERTZ)
        .filter_map(|more| {
            player.step(tick(more));
            player.view(tick(more))
        })
        .collect();
    assert!((4..60).contains(&told.len()), "{} views in 30 s", told.len());
    assert!(told.windows(2).all(|two| two[0] != two[1]));
}

#[test]
fn a_bad_file_keeps_the_old_picture_and_a_good_one_takes_over() {
    let folder = site::folder();
    let read = || folder::scan(folder.path()).unwrap().files;
    let mut reload = Reload::default();
    let wall = reload.take(&read()).unwrap().unwrap();
    let mut player = Player::new(Arc::clone(&wall), "lobby").unwrap();
    player.step(tick(0));

    site::write(folder.path(), "pages.toml", "[[play]\ncolumn = \"notices\"\n");
    assert!(reload.take(&read()).unwrap().is_none(), "nothing takes over");
    assert_eq!(&*reload.problems()[0].file, "pages.toml");

    site::write(folder.path(), "pages.toml", "[[play]]\nitem = \"notices/b\"\n");
    let changed = reload.take(&read()).unwrap().unwrap();
    assert_eq!(reload.problems(), []);
    player.take_over(&changed, tick(1)).unwrap();
    let mut fresh = Player::new(changed, "lobby").unwrap();
    // Within a minute every zone has passed a boundary; from then on it is as if there had never been another wall.
    for more in 1..60 * HERTZ {
        player.step(tick(more));
    }
    for more in 60 * HERTZ..70 * HERTZ {
        player.step(tick(more));
        fresh.step(tick(more));
        assert_eq!(player.frame(), fresh.frame(), "at tick {more}");
    }
}

#[test]
fn zones_that_are_cut_otherwise_take_over_at_once() {
    let folder = site::folder();
    let mut player = Player::new(site::wall(folder.path()), "lobby").unwrap();
    player.step(tick(0));
    let taller = site::SITE
        .replace("height = 48", "height = 32")
        .replace("y = 48", "y = 32");
    site::write(folder.path(), "site.toml", &taller);
    let changed = site::wall(folder.path());
    player.take_over(&changed, tick(1)).unwrap();
    let mut fresh = Player::new(changed, "lobby").unwrap();
    player.step(tick(1));
    fresh.step(tick(1));
    assert_eq!(player.frame(), fresh.frame());
}

#[test]
fn there_is_no_player_of_a_screen_that_the_site_does_not_have() {
    let folder = site::folder();
    assert!(Player::new(site::wall(folder.path()), "garden").is_none());
}

#[test]
fn a_player_tells_once_which_wall_it_plays_and_whether_it_began_anew() {
    let folder = site::folder();
    let first = site::wall(folder.path());
    let mut player = Player::new(Arc::clone(&first), "lobby").unwrap();
    let told = |player: &mut Player, more| {
        player.step(tick(more));
        player.turned().map(|turned| (turned.edition.programme, turned.is_anew))
    };
    assert_eq!(told(&mut player, 0), Some((first.digest(), true)));
    assert_eq!(told(&mut player, 1), None);
    site::write(folder.path(), "pages.toml", "[[play]]\nitem = \"notices/b\"\n");
    let second = site::wall(folder.path());
    player.take_over(&second, tick(2)).unwrap();
    assert_eq!(told(&mut player, 2), Some((second.digest(), false)));
    player.take_over(&first, tick(3)).unwrap();
    assert_eq!(told(&mut player, 3), Some((first.digest(), false)), "it came back");
    let taller = site::SITE
        .replace("height = 48", "height = 32")
        .replace("y = 48", "y = 32");
    site::write(folder.path(), "site.toml", &taller);
    let third = site::wall(folder.path());
    player.take_over(&third, tick(4)).unwrap();
    assert_eq!(
        told(&mut player, 4),
        Some((third.digest(), true)),
        "its zones are cut otherwise"
    );
    assert_eq!(told(&mut player, 5), None);
}
