//! What a card shows is what the screen shows at rest, LED for LED, whatever the site and the instant.

use jiff::Timestamp;
use yingbi::{
    controller::card::Entrance,
    frame::Frame,
    site::Card,
    units::{Area, Tick},
    wall::{Projector, Wall},
};

use super::{NINE, Table, fast, part, serial, shown};
use crate::support::{
    dice::Dice,
    site::{Files, picture},
};

/// Zones: their identity, what plays there, and the keys of their place.
type Zones = &'static [(&'static str, &'static str, &'static str)];

const LAYOUTS: &[Zones] = &[
    &[("main", "column", "width = 128\nheight = 32\n")],
    &[
        ("left", "column", "width = 80\nheight = 32\n"),
        ("right", "clock", "x = 80\nwidth = 48\nheight = 32\nkind = \"live\"\n"),
        (
            "foot",
            "ticker",
            "y = 32\nwidth = 128\nheight = 16\nkind = \"ticker\"\n",
        ),
    ],
    // One above the other.
    &[
        ("back", "column", "width = 128\nheight = 48\n"),
        ("badge", "other", "x = 90\ny = 10\nwidth = 30\nheight = 20\nlayer = 1\n"),
    ],
    &[
        ("back", "other", "width = 128\nheight = 48\n"),
        (
            "line",
            "ticker",
            "x = 5\ny = 20\nwidth = 100\nheight = 16\nlayer = 1\nkind = \"ticker\"\n",
        ),
    ],
    // More than a card has areas.
    &[
        ("a", "column", "width = 40\nheight = 24\n"),
        ("b", "other", "x = 40\nwidth = 40\nheight = 24\n"),
        ("c", "column", "x = 80\nwidth = 48\nheight = 20\n"),
        ("d", "clock", "y = 24\nwidth = 40\nheight = 24\nkind = \"live\"\n"),
        ("e", "other", "x = 44\ny = 25\nwidth = 35\nheight = 20\n"),
        (
            "f",
            "ticker",
            "x = 80\ny = 30\nwidth = 48\nheight = 18\nkind = \"ticker\"\n",
        ),
    ],
];

const TITLES: [&str; 5] = [
    "通知",
    "停水",
    "关于开展二〇二六年度工作的通知",
    "关于开展二〇二六年度机关工作人员健康检查工作有关事项的补充通知",
    "甲",
];

struct Case {
    files: Files,
    zones: Zones,
    region: Area,
}

fn case(dice: &mut Dice) -> Case {
    let zones = LAYOUTS[dice.below(LAYOUTS.len() as u64) as usize];
    let mut pick = |list: &[&'static str]| list[dice.below(list.len() as u64) as usize];
    // Of a strip in full colour a card has no room for all.
    let colours = ["red", "amber", "red+green", "full"];
    let has_strip = zones.iter().any(|(_, kind, _)| *kind == "ticker");
    let colour = pick(if has_strip { &colours[..3] } else { &colours });
    let rate = pick(&["1", "25", "50", "60"]);
    let transitions = ["cut", "fade 0.4s", "push 0.4s", "rise 1s"];
    let (one, other) = (pick(&transitions), pick(&transitions));
    let depth = if colour == "full" { "" } else { "depth = 1\n" };
    let mut site = format!(
        "title = \"示例省国资委\"\ntimezone = \"Asia/Shanghai\"\n[[column]]\nid = \"通知\"\n[[column]]\nid = \"另\"\n\
         [[screen]]\nid = \"lobby\"\nwidth = 128\nheight = 48\ncolour = \"{colour}\"\n{depth}rate = {rate}\n\
         [[screen.lit]]\nstart = \"08:00\"\nend = \"09:18\"\n"
    );
    let mut files = Files::default();
    for (id, kind, keys) in zones {
        site += &format!("[[screen.zone]]\nid = \"{id}\"\n{keys}");
        let play = match *kind {
            "clock" => "[[play]]\nclock = true\n".into(),
            "ticker" => "[[play]]\ncolumn = \"另\"\norder = \"path\"\n".into(),
            "other" => format!("[[play]]\ncolumn = \"另\"\norder = \"path\"\ntransition = \"{other}\"\n"),
            _ => format!("[[play]]\ncolumn = \"通知\"\norder = \"path\"\ntransition = \"{one}\"\n"),
        };
        files = files.with(&format!("{id}.toml"), format!("zones = [\"{id}\"]\n{play}"));
    }
    files = files.with("site.toml", site).with(
        "whole.toml",
        "zones = \"*\"\npriority = \"notice\"\n[[when]]\nstart = \"09:05\"\nend = \"09:07\"\n[[play]]\nitem = \"通知/0\"\n",
    );
    // Without long texts nothing runs.
    let (titles, bodies) = if dice.below(2) == 0 { (2, 1) } else { (TITLES.len(), 2) };
    for column in ["通知", "另"] {
        for number in 0..=dice.below(4) {
            let title = TITLES[dice.below(titles as u64) as usize];
            let body =
                ["", "正文一段，说明有关事项。\n"][dice.below(bodies) as usize].repeat(dice.below(12) as usize + 1);
            let dwell = dice.below(9) + 2;
            let text = format!("+++\ntitle = \"{title}{number}\"\ndwell = \"{dwell}s\"\n+++\n{body}");
            files = files.with(&format!("items/{column}/{number}.md"), text);
        }
    }
    let region = if dice.below(3) == 0 {
        let (x, y) = (dice.below(60) as u32, dice.below(20) as u32);
        Area::new(x, y, 8 + dice.below(60) as u32, 4 + dice.below(24) as u32)
    } else {
        Area::new(0, 0, 128, 48)
    };
    Case { files, zones, region }
}

/// What was compared.
#[derive(Default)]
struct Count {
    /// Pictures with any light.
    lit: u32,
    /// Strips that run.
    moving: u32,
    /// Pictures of the screen itself in which nothing moved.
    resting: u32,
}

/// Whether the picture that the screen shows is that at rest: nothing comes in, and nothing runs but in tickers.
fn is_at_rest(wall: &Wall, tick: Tick) -> bool {
    let day = wall.programme().compile(0, wall.programme().date(0, tick));
    let tracks = 0..=wall.site().screens[0].zones.len();
    tracks
        .into_iter()
        .all(|track| day.at(track, tick).is_none_or(|cue| cue.outgoing.is_none()))
}

/// The areas that run, on the screen.
fn running(table: &mut Table, region: Area, tick: Tick) -> Vec<Area> {
    let sheet = table.at(tick);
    let areas = sheet.areas.iter();
    areas
        .filter(|area| matches!(area.pages[0].entrance, Entrance::Running(_)))
        .map(|area| {
            Area::new(
                area.place.x + region.x,
                area.place.y + region.y,
                area.place.width,
                area.place.height,
            )
        })
        .collect()
}

fn compare(case: &Case, card: &Card, seconds: &[i64], seen: &mut Count) {
    let library = case.files.library();
    let wall = library.wall().expect("the site is sound");
    let mut table = Table::new(wall, card);
    let rate = i64::from(wall.site().screens[0].rate.hertz());
    for second in seconds {
        let tick = Tick((NINE * rate) + second * rate / 7);
        let sheet = table.at(tick);
        let dealt = shown(&sheet, card.region.size());
        let mut still = Frame::new(wall.site().screens[0].size);
        Projector::new(wall.clone(), 0).still(tick, &mut still);
        let live = picture(&mut Projector::new(wall.clone(), 0), tick);
        for area in running(&mut table, card.region, tick) {
            // A strip is compared where it has come to, not at rest.
            still.copy_area(&live, area, area.x.into(), area.y.into());
            seen.moving += 1;
        }
        let told = || format!("{tick:?}, {:?}, {}, {}", case.zones, card.region, case.files.told());
        assert_eq!(dealt, part(&still, card.region), "{}", told());
        let has_light = dealt.bytes().iter().any(|byte| *byte != 0);
        seen.lit += u32::from(has_light);
        let overlap = |at: usize| {
            sheet.areas[at + 1..]
                .iter()
                .any(|other| other.place.overlaps(sheet.areas[at].place))
        };
        assert!(!(0..sheet.areas.len()).any(overlap), "areas overlap: {}", told());
        assert!(sheet.areas.len() <= 4);
        if is_at_rest(wall, tick) && !runs(case) {
            assert_eq!(still, live, "{}", told());
            seen.resting += 1;
        }
    }
}

/// Whether anything of it runs where a card lets it stand.
fn runs(case: &Case) -> bool {
    let text = case.files.told();
    let has_ticker = case.zones.iter().any(|(_, kind, _)| *kind == "ticker");
    // Not even a short title has room in the badge.
    let is_small = case.zones.iter().any(|(id, ..)| *id == "badge");
    has_ticker || is_small || text.contains("关于开展") || text.contains("正文")
}

#[test]
fn a_card_shows_what_the_screen_shows_at_rest() {
    let (mut dice, mut seen) = (Dice(7), Count::default());
    for _ in 0..50 {
        let case = case(&mut dice);
        let seconds: Vec<i64> = (0..12).map(|_| dice.below(7 * 1200) as i64).collect();
        compare(&case, &fast(case.region), &seconds, &mut seen);
    }
    let Count { lit, moving, resting } = seen;
    assert!(
        lit > 200 && moving > 50 && resting > 10,
        "{lit} lit, {moving} strips, {resting} at rest"
    );
}

#[test]
fn a_card_on_a_slow_line_shows_the_same_where_no_clock_ticks() {
    let (mut dice, mut seen) = (Dice(11), Count::default());
    for _ in 0..40 {
        let case = case(&mut dice);
        if case.zones.iter().any(|(_, kind, _)| *kind == "clock") {
            continue;
        }
        let seconds: Vec<i64> = (0..12).map(|_| dice.below(7 * 1200) as i64).collect();
        let baud = [1200, 9600, 57_600][dice.below(3) as usize];
        compare(&case, &serial(case.region, baud), &seconds, &mut seen);
    }
    assert!(seen.lit > 80, "{}", seen.lit);
}

#[test]
fn whoever_deals_later_or_jumps_about_deals_the_same() {
    let mut dice = Dice(13);
    for _ in 0..15 {
        let case = case(&mut dice);
        let wall = case.files.library().wall().unwrap().clone();
        let card = serial(case.region, 9600);
        let mut jumping = Table::new(&wall, &card);
        // A dark screen is left by a cut, so all of it is lit here.
        for _ in 0..12 {
            let tick = jumping.tick(dice.below(1000) as i64);
            let fresh = Table::new(&wall, &card).at(tick);
            assert_eq!(jumping.at(tick), fresh, "{:?} {}", tick, case.files.told());
        }
    }
}

#[test]
fn the_instant_of_nine_is_nine() {
    let nine: Timestamp = "2026-05-15T09:00:00+08:00".parse().unwrap();
    assert_eq!(nine.as_second(), NINE);
}
