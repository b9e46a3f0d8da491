//! Videos beside texts: made for their box, as their text says, and played there.

use yingbi::{frame::Fit, units::Size};

use super::{Eye, VIDEO, tick};
use crate::support::{
    footage::Cinema,
    site::{Files, PLAIN},
};

const CAPTION: &str = "大厅一日\n画面：b.mp4\n适配：铺满\n闪烁：允许\n";

/// A zone of 320x160 with one text.
fn site(text: &str) -> Files {
    let large = PLAIN.replace("width = 128\nheight = 32\n", "width = 320\nheight = 160\n");
    Files::plain().with("site.toml", large).with("items/通知/a.txt", text)
}

#[test]
fn a_video_that_a_text_names_is_made_for_its_box_as_the_text_says() {
    let library = Cinema::default().video(VIDEO, 150).library(&site(CAPTION));
    let [want] = library.wall().unwrap().wants() else {
        panic!("one clip is wanted")
    };
    assert_eq!((&*want.path, want.rendition.size), (VIDEO, Size::new(320, 138)));
    assert_eq!(
        (want.rendition.fitting.fit, want.rendition.may_flash),
        (Fit::Cover, true)
    );
}

#[test]
fn it_plays_in_its_box_from_its_first_frame_and_the_caption_below_it_stands() {
    let wall = Cinema::default().video(VIDEO, 250).wall(&site(CAPTION));
    let mut eye = Eye::on(&wall);
    for more in [0, 1, 149, 249, 250, 333] {
        assert_eq!(eye.sees(tick(50, more), (0, 0)), Some((1, more as u32 % 250)));
        assert_eq!(eye.sees(tick(50, more), (319, 137)), Some((1, more as u32 % 250)));
        assert_eq!(eye.sees(tick(50, more), (0, 159)), None);
    }
}

#[test]
fn a_caption_waits_for_its_video_and_a_text_does_not() {
    let entries = |text: &str| {
        let library = Cinema::default().video(VIDEO, 150).library(&site(text));
        let wall = library.wall().unwrap();
        let lists = &wall.programme().plan().screens[0].tracks[0].playlists;
        lists[0].plays[0].entries.len()
    };
    assert_eq!(entries(CAPTION), 0);
    assert_eq!(entries(&format!("{CAPTION}\n大厅从早到晚。\n")), 1);
}

#[test]
fn a_long_text_keeps_its_video_on_every_page() {
    let body = "大厅一层新设反映窗口，群众办事遇到困难可现场反映。".repeat(8);
    let wall = Cinema::default()
        .video(VIDEO, 100)
        .wall(&site(&format!("大厅一日\n画面：b.mp4\n\n{body}\n")));
    let mut eye = Eye::on(&wall);
    // Each page begins the video anew and lasts as long as it takes to read.
    let pages = &wall.programme().plan().screens[0].tracks[0].playlists[0].plays[0].entries[0].pages;
    assert!(pages.len() > 1, "{pages:?}");
    let mut since = 0;
    for page in pages.iter() {
        assert!(page.0 >= 100);
        for more in [0, 57, page.0 - 1] {
            assert_eq!(eye.sees(tick(50, since + more), (10, 70)), Some((1, more as u32 % 100)));
        }
        since += page.0;
    }
}
