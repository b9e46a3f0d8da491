//! A video plays where its clip is, and nothing waits for it.

use yingbi::{
    item::Video,
    units::{Digest, Size},
    wall::Standing,
};

use super::{Eye, VIDEO, notice, tick};
use crate::support::{
    footage::Cinema,
    site::{Files, PLAIN, messages},
};

const NOON: &str = "2026-05-15T04:00:00Z";

#[test]
fn a_video_without_a_clip_does_not_play_and_is_wanted_and_plays_once_the_clip_is_there() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let before = cinema.library(&files);
    assert_eq!(messages(before.problems()), Vec::<String>::new());
    let wall = before.wall().unwrap();
    let [want] = wall.wants() else {
        panic!("one clip is wanted, not {:?}", wall.wants())
    };
    assert_eq!((&*want.path, want.source), (VIDEO, Digest::of(VIDEO.as_bytes())));
    assert_eq!(
        (want.rendition.size, want.rendition.rate.hertz()),
        (Size::new(128, 32), 50)
    );
    assert_eq!((want.from, want.until), (None, None));
    let mut eye = Eye::on(wall);
    // The notice alone, again and again.
    assert!(
        (0..600)
            .step_by(7)
            .all(|more| eye.sees(tick(50, more), (0, 0)).is_none())
    );

    cinema.make(&want.clone());
    let after = before.accept(&cinema.among(&files).sources());
    let with = after.wall().unwrap();
    assert_ne!(with.digest(), wall.digest());
    assert_eq!(with.wants(), []);
    // The round of the new wall begins at midnight as any other; the page that stands there ends first.
    let turn = tick(50, 3 * 200 + 10);
    assert!(eye.projector.take_over(with.clone(), turn));
    assert_eq!(eye.sees(turn, (0, 0)), None);
    let begins = tick(50, 2 * 350 + 200);
    assert_eq!(eye.sees(begins, (0, 0)), Some((1, 0)));
}

#[test]
fn a_video_that_is_taken_away_goes_at_once() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let wall = cinema.wall(&files);
    let without = files.library().wall().cloned().unwrap();
    let mut eye = Eye::on(&wall);
    let middle = tick(50, 200 + 70);
    assert_eq!(eye.sees(middle, (0, 0)), Some((1, 70)));
    assert!(eye.projector.take_over(without, middle.next()));
    assert_eq!(eye.sees(middle.next(), (0, 0)), None);
}

#[test]
fn a_video_whose_bytes_change_is_another_one_and_is_wanted_anew() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let library = cinema.library(&files);
    cinema.wall(&files);
    let other = cinema
        .among(&files)
        .with(VIDEO, Video::write(Digest::of(b"other"), &[]));
    let wall = library.accept(&other.sources()).wall().cloned().unwrap();
    assert_eq!(wall.wants().len(), 1);
    assert_eq!(wall.wants()[0].source, Digest::of(b"other"));
}

#[test]
fn a_picture_that_moves_is_a_video() {
    let path = "items/通知/b.gif";
    let mut cinema = Cinema::default().video(path, 20);
    let wall = cinema.wall(&notice(50));
    let mut eye = Eye::on(&wall);
    // As long as a picture that stands still, in whole passes.
    let frames: Vec<_> = (200..700).map(|more| eye.sees(tick(50, more), (5, 5))).collect();
    assert!((0..500).all(|at| frames[at] == Some((1, at as u32 % 20))));
    assert_eq!(eye.sees(tick(50, 700), (5, 5)), None);
}

#[test]
fn one_clip_is_wanted_once_and_what_shows_sooner_is_wanted_first() {
    let site = format!(
        "{PLAIN}\n[[screen]]\nid = \"other\"\nwidth = 128\nheight = 32\nrate = 50\ncolour = \"full\"\n\n\
         [[screen.zone]]\nid = \"main\"\nwidth = 128\nheight = 32\n\n[[screen]]\nid = \"small\"\nwidth = 64\nheight = 32\nrate = 25\n\n\
         [[screen.zone]]\nid = \"main\"\n"
    );
    let files = Files::plain()
        .with("site.toml", site)
        .with("more.toml", "[[play]]\nitem = \"通知/b.mp4\"\n");
    let cinema = Cinema::default().video(VIDEO, 150).video("items/通知/a.mp4", 150);
    let wall = cinema.library(&files).wall().cloned().unwrap();
    let wants: Vec<_> = wall
        .wants()
        .iter()
        .map(|want| (&*want.path, want.rendition.size.width, want.rendition.rate.hertz()))
        .collect();
    assert_eq!(
        wants,
        [
            ("items/通知/a.mp4", 128, 50),
            ("items/通知/a.mp4", 64, 25),
            (VIDEO, 128, 50),
            (VIDEO, 64, 25),
        ]
    );
}

#[test]
fn a_strip_of_text_has_no_place_for_a_video() {
    let site = PLAIN.replace("id = \"main\"", "id = \"main\"\nkind = \"ticker\"");
    let cinema = Cinema::default().video(VIDEO, 150);
    let library = cinema.library(&notice(50).with("site.toml", site));
    assert_eq!(library.wall().unwrap().wants(), []);
}

#[test]
fn it_is_told_of_a_video_that_it_is_being_made_ready_and_then_what_it_is() {
    let files = notice(50);
    let mut cinema = Cinema::default().video(VIDEO, 150);
    let before = cinema.library(&files).wall().cloned().unwrap();
    let views = before.explain("通知/b.mp4", NOON.parse().unwrap());
    assert_eq!(views.len(), 1);
    assert_eq!(views[0].plays[0].standing, Standing::Preparing);
    assert_eq!(views[0].film.as_ref().unwrap().words().zh, "视频正在准备，准备好即播放");
    let absent = before.absences(&["通知/b.mp4".into()], NOON.parse().unwrap());
    assert_eq!(absent[0].zh, "视频正在准备，准备好即播放");

    let wall = cinema.wall(&files);
    let views = wall.explain("通知/b.mp4", NOON.parse().unwrap());
    assert!(matches!(
        views[0].plays[0].standing,
        Standing::Seen { .. } | Standing::Waiting
    ));
    let words = views[0].film.as_ref().unwrap().words();
    assert_eq!(words.zh, "视频 3.0 秒，原画面 256×64，声音不播放");
    assert_eq!(words.en, "a video of 3.0 s, made from 256x64 pixels, without its sound");
    let mut eye = Eye::on(&wall);
    let view = eye.projector.view(tick(50, 200));
    let film = view.zones[0].now.as_ref().unwrap().film.as_ref().unwrap();
    assert_eq!((film.milliseconds, film.had_sound), (Some(3000), true));
}

#[test]
fn the_clips_of_a_time_are_those_that_play_in_it_and_no_others() {
    let files = Files::plain()
        .with(
            "all.toml",
            "[[when]]\nhours = \"08:00-12:00\"\n[[play]]\nitem = \"通知/b.mp4\"\n",
        )
        .with(
            "late.toml",
            "[[when]]\nhours = \"14:00-18:00\"\n[[play]]\nitem = \"通知/a.mp4\"\n",
        );
    let mut cinema = Cinema::default().video(VIDEO, 150).video("items/通知/a.mp4", 150);
    let wall = cinema.wall(&files);
    let between = |from: &str, until: &str| {
        let instant = |at: &str| format!("2026-05-15T{at}:00+08:00").parse().unwrap();
        wall.clips_between(instant(from), instant(until)).len()
    };
    assert_eq!(between("06:00", "08:00"), 0);
    assert_eq!(between("06:00", "08:01"), 1);
    assert_eq!(between("12:00", "14:00"), 0);
    assert_eq!(between("11:59", "14:01"), 2);
    let day = "2026-05-16T00:00:00+08:00".parse().unwrap();
    let two_days_before = "2026-05-13T20:00:00+08:00".parse().unwrap();
    assert_eq!(wall.clips_between(two_days_before, day).len(), 2);
}

#[test]
fn a_video_that_is_much_too_large_is_told_of_as_a_picture_is() {
    // 256 pixels on 32 LEDs.
    let site = PLAIN.replace("width = 128", "width = 32");
    let mut cinema = Cinema::default().video(VIDEO, 150);
    cinema.wall(&Files::plain().with("site.toml", site.clone()));
    let library = cinema.library(&Files::plain().with("site.toml", site));
    assert_eq!(
        messages(library.problems()),
        ["items/通知/b.mp4: is shown 32 LEDs wide, about 1/8 of its 256 pixels: small text in it cannot be read"]
    );
}
