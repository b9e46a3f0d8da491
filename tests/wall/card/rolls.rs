//! Pages on which a line runs since it is too long.

use std::{sync::Arc, time::Duration};

use yingbi::{
    controller::{
        card::{CardArea, Course, Entrance, Sheet},
        onbon::Model,
    },
    frame::Frame,
    site::Card,
    units::{Area, Size, Tick},
    wall::{CardAreaView, Projector},
};

use super::{Table, dots, fast, plan, serial};
use crate::support::site::{Files, picture};

const STRIP: Area = Area::new(0, 0, 320, 32);

/// The label at the left, and what follows it.
const LABEL: &str = "[[box]]\nfield = \"column\"\nbefore = \"[\"\nafter = \"]\"\nsize = 32\nleading = 0\nvalign = \"middle\"\n\
                     snug = true\n";
const LINE: &str =
    "[[box]]\nflow = [\"title\"]\nx = 8\nfollows = true\nsize = 32\nleading = 0\nvalign = \"middle\"\nscroll = true\n";

/// A strip above a door, with items whose titles have so many characters; a page comes in by `transition`.
fn files(scene: &str, lengths: &[usize], transition: &str) -> Files {
    let site = "title = \"示例省国资委\"\ntimezone = \"Asia/Shanghai\"\n[[column]]\nid = \"通知\"\ntitle = \"通知\"\n[[screen]]\nid = \"strip\"\n\
                width = 320\nheight = 32\ncolour = \"red\"\ndepth = 1\nrate = 50\n[[screen.zone]]\nid = \"main\"\n";
    let list = format!("[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"{transition}\"\n");
    let files = Files::default().with("site.toml", site).with("all.toml", list);
    let files = files.with("scenes/notice.toml", scene);
    lengths.iter().enumerate().fold(files, |files, (number, length)| {
        let title: String = "关于做好值班工作有关事项的通知甲乙丙"
            .chars()
            .cycle()
            .skip(number)
            .take(*length)
            .collect();
        files.with(
            &format!("items/通知/{number}.md"),
            format!("+++\ntitle = \"{title}\"\n+++\n"),
        )
    })
}

fn labelled() -> String {
    format!("{LABEL}{LINE}")
}

fn is_roll(area: &CardArea) -> bool {
    area.pages.len() == 3 && matches!(area.pages[1].entrance, Entrance::Running(_))
}

/// What a card shows in an area so long after it came: each page as it is told, and what runs column by column behind the one before.
fn played(area: &CardArea, since: Duration) -> Frame {
    let lasts = |at: usize| match area.pages[at].entrance {
        Entrance::Running(speed) => {
            let columns = dots(&area.pages[at]).size().width;
            Duration::from_secs(1) * columns / u32::from(speed.get())
        }
        entrance => area.pages[at].stay + entrance.takes(area.place.size()),
    };
    let round: Duration = (0..area.pages.len()).map(lasts).sum();
    let mut left = match area.course {
        Course::Pushed => since,
        Course::Looped { .. } => Duration::from_nanos((since.as_nanos() % round.as_nanos()) as u64),
    };
    let mut at = 0;
    while left >= lasts(at) && at + 1 < area.pages.len() {
        left -= lasts(at);
        at += 1;
    }
    let mut shown = Frame::new(area.place.size());
    let width = area.place.width;
    let look = dots(&area.pages[at]);
    if let Entrance::Running(speed) = area.pages[at].entrance {
        let gone = (left.as_nanos() * u128::from(speed.get()) / 1_000_000_000) as u32;
        let mut all = Frame::new(Size::new(width + look.size().width, area.place.height));
        let before = dots(&area.pages[at - 1]);
        all.copy_area(before, before.size().area(), 0, 0);
        all.copy_area(look, look.size().area(), width.into(), 0);
        shown.copy_area(&all, Area::new(gone, 0, width, area.place.height), 0, 0);
    } else {
        shown.copy_area(look, look.size().area(), 0, 0);
    }
    shown
}

/// All of the card so long after the sheet's page began.
fn card_at(sheet: &Sheet, since: Duration) -> Frame {
    let mut leds = Frame::new(STRIP.size());
    for area in &sheet.areas {
        let late = wire(area);
        let part = played(area, since.saturating_sub(late));
        leds.copy_area(&part, part.size().area(), area.place.x.into(), area.place.y.into());
    }
    leds
}

/// How long an area was on its way, by how much its first screenful is held shorter than the two seconds of the wall.
fn wire(area: &CardArea) -> Duration {
    let is_late = is_roll(area) && area.course == Course::Pushed;
    let held = area.pages[0].stay + area.pages[0].entrance.takes(area.place.size());
    if is_late {
        Duration::from_secs(2) - held
    } else {
        Duration::ZERO
    }
}

fn ms(milliseconds: i64) -> Duration {
    Duration::from_millis(milliseconds.unsigned_abs())
}

#[test]
fn over_its_whole_course_a_page_runs_on_the_card_as_on_the_screen() {
    for (scene, lengths) in [
        (labelled(), &[30, 3, 47, 12][..]),
        (LINE.to_owned(), &[30, 3, 47, 11]),
        (format!("{LABEL}{LINE}"), &[9, 80]),
    ] {
        let wall = files(&scene, lengths, "cut").wall();
        let mut table = Table::new(&wall, &fast(STRIP));
        let mut projector = Projector::new(wall.clone(), 0);
        let day = wall.programme().compile(0, wall.programme().date(0, table.tick(0)));
        let cues: Vec<_> = day.cues(0, table.tick(0), table.tick(200)).skip(1).collect();
        let mut rolls = 0;
        for cue in &cues {
            let sheet = table.at(cue.since);
            let comes = sheet.areas.iter().map(wire).max().unwrap();
            assert!(comes < ms(100), "{comes:?}");
            rolls += u32::from(sheet.areas.iter().any(is_roll));
            // The first two ticks may pass before all of it is there.
            for tick in cue.since.0 + 2..cue.until.0 {
                let since = ms((tick - cue.since.0) * 20 + 5);
                assert_eq!(
                    card_at(&sheet, since),
                    picture(&mut projector, Tick(tick)),
                    "{since:?} of {cue:?}"
                );
            }
            assert_eq!(
                table.at(Tick(cue.until.0 - 1)).areas,
                sheet.areas,
                "nothing is sent meanwhile"
            );
        }
        assert!(rolls > 3, "{rolls} rolls");
    }
}

#[test]
fn what_stands_beside_it_has_an_area_of_its_own_and_a_page_that_stands_covers_all_again() {
    let wall = files(&labelled(), &[50, 3], "cut").wall();
    let mut table = Table::new(&wall, &fast(STRIP));
    let mut plans: Vec<_> = (0..60).map(|second| plan(&table.after(second))).collect();
    plans.dedup();
    let whole = vec![("320x32+0+0".to_owned(), false)];
    // The label is 64 wide, and the line begins 8 LEDs after it.
    let split = vec![("72x32+0+0".to_owned(), false), ("248x32+72+0".to_owned(), false)];
    assert!(
        plans.len() > 3 && plans.iter().all(|plan| *plan == whole || *plan == split),
        "{plans:?}"
    );
    assert!(plans.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn of_two_such_pages_in_a_row_only_what_runs_changes() {
    let wall = files(&labelled(), &[50, 60], "cut").wall();
    let mut table = Table::new(&wall, &fast(STRIP));
    let sheets: Vec<_> = (0..60).map(|second| table.after(second)).collect();
    assert!(
        sheets
            .iter()
            .all(|sheet| Arc::ptr_eq(&sheet.areas[0].pages, &sheets[0].areas[0].pages))
    );
    assert!(
        sheets
            .iter()
            .any(|sheet| sheet.areas[1].pages != sheets[0].areas[1].pages)
    );
}

#[test]
fn a_page_that_is_alone_runs_again_and_again_with_the_period_of_the_screen() {
    let wall = files(&labelled(), &[50], "cut").wall();
    let mut table = Table::new(&wall, &fast(STRIP));
    let mut projector = Projector::new(wall.clone(), 0);
    let first = table.after(0);
    for tick in (0..3000).step_by(7) {
        let tick = Tick(table.tick(0).0 + tick);
        let sheet = table.at(tick);
        assert!(Arc::ptr_eq(&sheet.areas[1].pages, &first.areas[1].pages));
        let Course::Looped { round, elapsed } = sheet.areas[1].course else {
            panic!()
        };
        let sum: Duration = sheet.areas[1].pages.iter().map(|page| page.stay).sum();
        assert_eq!(sum, round);
        assert_eq!(card_at(&sheet, elapsed + ms(5)), picture(&mut projector, tick));
    }
}

#[test]
fn what_pushes_in_runs_when_it_does_on_the_screen() {
    // Without a label it is the whole zone that is pushed.
    for scene in [LINE.to_owned(), labelled()] {
        let wall = files(&scene, &[50, 60], "push 0.8s").wall();
        let mut table = Table::new(&wall, &fast(STRIP));
        let mut projector = Projector::new(wall.clone(), 0);
        let day = wall.programme().compile(0, wall.programme().date(0, table.tick(0)));
        for cue in day.cues(0, table.tick(0), table.tick(100)).skip(1) {
            let sheet = table.at(cue.since);
            let roll = sheet.areas.iter().find(|area| is_roll(area)).unwrap();
            let first = roll.pages[0].stay + roll.pages[0].entrance.takes(roll.place.size());
            assert_eq!(
                matches!(roll.pages[0].entrance, Entrance::FromRight(_)),
                sheet.areas.len() == 1
            );
            let late = ms(2800) - first;
            assert!(late < ms(100), "{late:?}");
            for tick in cue.since.0 + 50..cue.until.0 {
                let since = ms((tick - cue.since.0) * 20 + 5);
                let part = played(roll, since - late);
                let mut screen = Frame::new(part.size());
                screen.copy_area(&picture(&mut projector, Tick(tick)), roll.place, 0, 0);
                assert_eq!(part, screen, "{since:?}");
            }
        }
    }
}

#[test]
fn within_a_taller_page_it_runs_where_areas_allow_and_stands_where_not() {
    let above = "[[box]]\ntext = \"上\"\nh = 16\nsize = 16\n";
    let below = "[[box]]\ntext = \"下\"\ny = 48\nh = 16\nsize = 16\n";
    let line = "[[box]]\nflow = [\"title\"]\ny = 16\nh = 32\nsize = 32\nleading = 0\nscroll = true\n";
    for (badges, is_running) in [(0, true), (2, false)] {
        let files = files(&format!("{above}{below}{line}"), &[50, 60], "cut");
        let mut site = files.text("site.toml").replace("height = 32\n", "height = 96\n") + "height = 64\n";
        let mut clock = Vec::new();
        for badge in 0..badges {
            let x = badge * 100;
            site += &format!("[[screen.zone]]\nid = \"b{badge}\"\nx = {x}\ny = 64\nwidth = 60\nheight = 32\n");
            clock.push(format!("\"b{badge}\""));
        }
        let list = "zones = [\"main\"]\n[[play]]\ncolumn = \"通知\"\norder = \"path\"\n";
        let mut files = files.with("site.toml", site).with("all.toml", list);
        if badges > 0 {
            let list = format!("zones = [{}]\n[[play]]\ncolumn = \"通知\"\n", clock.join(", "));
            files = files.with("badges.toml", list);
        }
        let wall = files.wall();
        let mut table = Table::new(&wall, &fast(Area::new(0, 0, 320, 96)));
        let sheet = table.after(0);
        assert!(sheet.areas.len() <= 4, "{:?}", plan(&sheet));
        let main = sheet.areas.iter().filter(|area| area.place.y < 64);
        let main: Vec<_> = main.map(|area| (area.place.to_string(), is_roll(area))).collect();
        let tick = table.tick(1);
        let view = table.dealer.view(&mut table.projector, tick, 1);
        let notes = &view.areas[0].notes;
        if is_running {
            let wanted = [("320x16+0+0", false), ("320x16+0+48", false), ("320x32+0+16", true)];
            assert_eq!(main, wanted.map(|(place, is_roll)| (place.to_owned(), is_roll)));
        } else {
            assert_eq!(main, [("320x64+0+0".to_owned(), false)]);
            assert!(notes.iter().any(|note| note.contains("no areas to spare")), "{notes:?}");
        }
    }
}

fn view(files: &Files, card: &Card) -> CardAreaView {
    let wall = files.wall();
    let mut table = Table::new(&wall, card);
    let tick = table.tick(0);
    table.dealer.view(&mut table.projector, tick, 1).areas.remove(0)
}

#[test]
fn what_runs_and_how_fast_is_told() {
    let told = view(&files(&labelled(), &[50, 50], "cut"), &fast(STRIP));
    assert_eq!((told.course, told.run_leds_s), ("pushed", Some(100)));
    // 1600 columns, of which 248 are seen at first: 13.52 s after the two in which they stand.
    let run = told.run_ms.unwrap();
    assert!((15_400..=15_520).contains(&run), "{run}");
    assert!(
        told.words().en.contains("its text runs on the card, 100 LEDs a second"),
        "{}",
        told.words().en
    );
    assert!(
        told.words().zh.contains("文字在卡上滚动，每秒 100 点"),
        "{}",
        told.words().zh
    );
    let alone = view(&files(&labelled(), &[50], "cut"), &fast(STRIP));
    assert_eq!((alone.course, alone.round_ms), ("rolling", Some(16_520)));
}

#[test]
fn on_a_line_that_is_too_slow_it_stands_and_that_is_told() {
    let files = files(&labelled(), &[80, 3], "cut");
    let find = |baud: u32| {
        let wall = files.wall();
        let mut table = Table::new(&wall, &serial(STRIP, baud));
        let second = (0..60).find(|second| {
            let sheet = table.after(*second);
            sheet.areas.len() > 1
                || baud < 57_600 && table.dealer.next(table.tick(*second)).0 > table.tick(second + 5).0
        });
        let tick = table.tick(second.unwrap());
        table.dealer.view(&mut table.projector, tick, 1).areas.remove(0)
    };
    let quick = find(57_600);
    assert_eq!(quick.run_leds_s, Some(100), "{quick:?}");
    assert!(quick.wire_ms > 1500 && quick.wire_ms < 3000, "{quick:?}");
    let slow = find(19_200);
    assert_eq!(slow.run_leds_s, None);
    assert!(
        slow.notes.iter().any(|note| note.contains("line or card are too slow")),
        "{slow:?}"
    );
}

#[test]
fn what_is_longer_than_the_card_has_room_for_stands() {
    let full = files(&labelled(), &[110, 110], "cut");
    let site = full.text("site.toml").replace("\"red\"\ndepth = 1", "\"full\"");
    let card = Card {
        model: Model::named("BX-6Q2").unwrap(),
        ..fast(STRIP)
    };
    let told = view(&full.with("site.toml", site.clone()), &card);
    assert!(
        told.notes.iter().any(|note| note.contains("no room for all of it")),
        "{told:?}"
    );
    let short = files(&labelled(), &[34, 34], "cut").with("site.toml", site);
    assert_eq!(view(&short, &card).run_leds_s, Some(100));
}
