//! Screens that cards of every kind share like tiles, at places that divide by nothing: whatever the wall shows at rest is on their LEDs.
//!
//! `YINGBI_TILES=50` plays so many rounds in place of a few, and also at 9600 baud.

use std::{
    fs,
    path::Path,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use tempfile::TempDir;
use yingbi::{
    controller::onbon::{
        Model,
        receiver::{Build, Lamps, Mischief},
    },
    frame::Frame,
    simulator::card::VirtualCard,
    units::{Area, Size},
    wall::{Library, Projector, Wall},
};

use crate::{
    daemon::process::{Daemon, PATIENCE, READY},
    support::dice::Dice,
};

/// Rounds that are played unless more are asked for.
const ROUNDS: u64 = 2;

/// What is written, of several colours where there are some.
const TITLES: [&str; 6] = [
    "停水通知",
    "今日值班：办公室",
    "热烈欢迎省考察组莅临指导",
    "关于开展二〇二六年度机关工作人员健康检查工作的通知",
    "请走东门",
    "甲",
];
/// The zones, and what plays in each.
const ZONES: [(&str, &str); 3] = [("left", "左"), ("right", "右"), ("badge", "签")];
const COLOURS: [&str; 6] = ["#ff3010", "#17a5e3", "gold", "#8070f0", "white", "#40ff83"];

/// One screen: its colours as the site has them, what its LEDs are, and the kinds of its cards in turn.
struct Kind {
    id: &'static str,
    colour: &'static str,
    lamps: Lamps,
    models: &'static [&'static str],
    has_565: bool,
}

const SINGLE: Kind = Kind {
    id: "single",
    colour: "colour = \"red\"\ndepth = 1",
    lamps: Lamps::Red,
    models: &["BX-5E2", "BX-6E2"],
    has_565: false,
};
const DUAL: Kind = Kind {
    id: "dual",
    colour: "colour = \"red+green\"\ndepth = 1",
    lamps: Lamps::RedGreen,
    models: &["BX-6E1", "BX-5E1"],
    has_565: false,
};
const FULL_FIVE: Kind = Kind {
    id: "five",
    colour: "colour = \"full\"",
    lamps: Lamps::Full,
    models: &["BX-5Q1+"],
    has_565: true,
};
const FULL_SIX: Kind = Kind {
    id: "six",
    models: &["BX-6Q1"],
    has_565: false,
    ..FULL_FIVE
};
const FULL_SIX_SHORT: Kind = Kind {
    id: "short",
    models: &["BX-6Q1"],
    ..FULL_FIVE
};

/// How cards are wired.
#[derive(Clone, Copy)]
enum Wiring {
    Network,
    /// All cards of a screen on one line.
    Line(u32),
}

/// A virtual card that lights a part of a screen.
struct Tile {
    screen: usize,
    region: Area,
    has_565: bool,
    /// Its line among those of the hall, and which card of it.
    line: usize,
    card: usize,
}

/// The daemon, its files and all cards.
struct Hall {
    site: TempDir,
    _state: TempDir,
    lines: Vec<VirtualCard>,
    tiles: Vec<Tile>,
    _daemon: Option<Daemon>,
}

/// Three parts of a screen of that size, none of which begins or ends where a byte does.
fn parts(size: Size) -> [Area; 3] {
    let (left, middle) = ((size.width * 2 / 5) | 1, (size.width / 3) | 1);
    let upper = (size.height / 2) | 1;
    [
        Area::new(0, 0, left, size.height),
        Area::new(left, 0, size.width - left, upper),
        Area::new(left, upper, middle, size.height - upper),
    ]
}

impl Hall {
    fn open(kinds: &[Kind], size: Size, wiring: Wiring, dice: &mut Dice) -> Self {
        let mut hall = Self {
            site: TempDir::new().unwrap(),
            _state: TempDir::new().unwrap(),
            lines: Vec::new(),
            tiles: Vec::new(),
            _daemon: None,
        };
        let mut site = String::from("title = \"示例\"\n");
        for (zone, column) in ZONES {
            site += &format!("[[column]]\nid = \"{column}\"\nscene = \"{zone}\"\nlifetime = \"forever\"\n");
        }
        for (screen, kind) in kinds.iter().enumerate() {
            site += &screen_of(kind, size);
            site += &hall.hang(screen, kind, size, wiring);
        }
        hall.write("site.toml", &site);
        for (zone, column) in ZONES {
            let play = format!(
                "zones = [\"{zone}\"]\n[[play]]\ncolumn = \"{column}\"\ndwell = \"4s\"\ntransition = \"cut\"\n"
            );
            hall.write(&format!("{zone}.toml"), &play);
        }
        hall.paint(dice);
        let daemon = Daemon::start(hall.site.path(), hall._state.path(), "127.0.0.1:0");
        daemon.says(READY);
        hall._daemon = Some(daemon);
        hall
    }

    /// Hangs the cards of a screen, and says so in the site's words.
    fn hang(&mut self, screen: usize, kind: &Kind, size: Size, wiring: Wiring) -> String {
        let regions = parts(size);
        let builds: Vec<Build> = regions
            .iter()
            .enumerate()
            .map(|(at, region)| kind.build(at, *region))
            .collect();
        let first = self.lines.len();
        let is_line = matches!(wiring, Wiring::Line(_));
        match wiring {
            Wiring::Network => self.lines.extend(
                builds
                    .into_iter()
                    .map(|build| VirtualCard::tcp("127.0.0.1:0".parse().unwrap(), build, Mischief::default()).unwrap()),
            ),
            Wiring::Line(baud) => {
                let cards = builds.into_iter().map(|build| (build, Mischief::default()));
                self.lines.push(VirtualCard::pty(baud, cards, None).unwrap());
            }
        }
        let mut words = String::new();
        for (at, region) in regions.into_iter().enumerate() {
            let (line, card) = if is_line { (first, at) } else { (first + at, 0) };
            let way = match wiring {
                Wiring::Network => format!("address = \"{}\"", self.lines[line].address()),
                Wiring::Line(baud) => format!(
                    "port = \"{}\"\nbaud = {baud}\nnumber = {}",
                    self.lines[line].path().unwrap().display(),
                    at + 1
                ),
            };
            let Area { x, y, width, height } = region;
            let model = kind.models[at % kind.models.len()];
            words += &format!(
                "[[screen.card]]\nmodel = \"{model}\"\n{way}\n\
                 region = {{ x = {x}, y = {y}, width = {width}, height = {height} }}\n"
            );
            let has_565 = kind.has_565;
            self.tiles.push(Tile {
                screen,
                region,
                has_565,
                line,
                card,
            });
        }
        words
    }

    fn write(&self, path: &str, text: &str) {
        let place = self.site.path().join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
    }

    /// Lets every zone have something else.
    fn paint(&self, dice: &mut Dice) {
        for (zone, column) in ZONES {
            let mut pick = |of: &[&'static str]| of[dice.below(of.len() as u64) as usize];
            let (colour, title) = (pick(&COLOURS), pick(&TITLES));
            let ground = ["#000000", "#102840", "#302010"][dice.below(3) as usize];
            self.write(
                &format!("scenes/{zone}.toml"),
                &format!("background = \"{ground}\"\n[[box]]\nfield = \"title\"\ncolour = \"{colour}\"\n"),
            );
            self.write(
                &format!("items/{column}/一.md"),
                &format!("+++\ntitle = \"{title}{}\"\n+++\n", dice.below(100)),
            );
        }
    }

    /// Lets nothing play any more.
    fn clear(&self) {
        for (_, column) in ZONES {
            fs::remove_file(self.site.path().join(format!("items/{column}/一.md"))).unwrap();
        }
    }

    /// Waits until every card shows its part of what the wall shows at rest.
    fn must_show(&self, has_light: bool, what: &str) {
        let wall = wall(self.site.path());
        let begin = Instant::now();
        loop {
            let stills: Vec<Frame> = (0..wall.site().screens.len())
                .map(|screen| still(&wall, screen))
                .collect();
            let is_shown = |tile: &Tile| *self.lines[tile.line].look_at(tile.card) == tile.part(&stills[tile.screen]);
            let Some(other) = self.tiles.iter().position(|tile| !is_shown(tile)) else {
                let is_dark = |still: &Frame| still.bytes().iter().all(|byte| *byte == 0);
                assert!(stills.iter().all(|still| is_dark(still) != has_light), "{what}");
                eprintln!("{what}: all cards had it after {:?}", begin.elapsed());
                return;
            };
            let tile = &self.tiles[other];
            let line = &self.lines[tile.line];
            assert!(
                begin.elapsed() < PATIENCE,
                "{what}: screen {}, {}: not shown; refused: {:?}",
                tile.screen,
                tile.region,
                line.refusal(tile.card)
            );
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Kind {
    fn build(&self, at: usize, region: Area) -> Build {
        let model = Model::named(self.models[at % self.models.len()]).unwrap();
        Build {
            number: at as u16 + 1,
            has_565: self.has_565,
            ..Build::new(model, region.size(), self.lamps)
        }
    }
}

impl Tile {
    /// What it shows of `still`.
    fn part(&self, still: &Frame) -> Frame {
        let mut part = Frame::new(self.region.size());
        part.copy_area(still, self.region, 0, 0);
        if !self.has_565 {
            return part;
        }
        // As many bits as there are, and their highest ones below them again.
        let leds = part.bytes().chunks_exact(3);
        let short = leds.flat_map(|led| {
            [
                led[0] & 0xf8 | led[0] >> 5,
                led[1] & 0xfc | led[1] >> 6,
                led[2] & 0xf8 | led[2] >> 5,
            ]
        });
        Frame::from_bytes(self.region.size(), short.collect()).unwrap()
    }
}

/// A screen with two zones and one over both, in the site's words.
fn screen_of(kind: &Kind, Size { width, height }: Size) -> String {
    let middle = (width / 2) | 1;
    let (x, y) = (middle - 9, (height / 4) | 1);
    format!(
        "[[screen]]\nid = \"{id}\"\nwidth = {width}\nheight = {height}\nrate = 10\n{colour}\nbrightness = 100\nnight = {{ level = 100 }}\n\
         [[screen.zone]]\nid = \"left\"\nwidth = {middle}\nheight = {height}\n\
         [[screen.zone]]\nid = \"right\"\nx = {middle}\nwidth = {rest}\nheight = {height}\n\
         [[screen.zone]]\nid = \"badge\"\nx = {x}\ny = {y}\nwidth = 33\nheight = 17\nlayer = 1\n",
        id = kind.id,
        colour = kind.colour,
        rest = width - middle,
    )
}

fn wall(site: &Path) -> Arc<Wall> {
    let scan = yingbi::folder::scan(site).unwrap();
    let library = Library::default().accept(&scan.files);
    Arc::clone(library.wall().unwrap())
}

fn still(wall: &Arc<Wall>, screen: usize) -> Frame {
    let mut projector = Projector::new(Arc::clone(wall), screen);
    let mut frame = Frame::new(projector.size());
    let tick = projector.rate().tick_at(Timestamp::now());
    projector.still(tick, &mut frame);
    frame
}

fn play(kinds: &[Kind], size: Size, wiring: Wiring, rounds: u64, what: &str) {
    let mut dice = Dice(size.leds() as u64);
    let hall = Hall::open(kinds, size, wiring, &mut dice);
    for round in 0..rounds {
        if round > 0 {
            hall.paint(&mut dice);
        }
        hall.must_show(true, &format!("{what}, round {round}"));
    }
    hall.clear();
    hall.must_show(false, &format!("{what}, nothing"));
    // Of cards on one line each hears what is for the others, and says why it did not do it.
    for line in hall.lines.iter().filter(|line| line.len() == 1) {
        let refused: Vec<_> = (0..line.len()).filter_map(|card| line.refusal(card)).collect();
        assert!(refused.is_empty(), "{what}: {refused:?}");
    }
}

/// So many rounds as were asked for; `None` where nothing was.
fn asked() -> Option<u64> {
    std::env::var("YINGBI_TILES").ok()?.parse().ok()
}

#[test]
fn cards_of_every_kind_on_a_network_show_together_what_the_wall_shows() {
    let kinds = [SINGLE, DUAL, FULL_FIVE, FULL_SIX, FULL_SIX_SHORT];
    let rounds = asked().unwrap_or(ROUNDS);
    play(&kinds, Size::new(149, 47), Wiring::Network, rounds, "network");
}

#[test]
fn cards_of_one_line_show_together_what_the_wall_shows() {
    let rounds = asked().unwrap_or(ROUNDS);
    play(
        &[SINGLE, DUAL],
        Size::new(149, 47),
        Wiring::Line(57_600),
        rounds,
        "57600 baud",
    );
}

#[test]
fn cards_of_one_slow_line_show_together_what_the_wall_shows() {
    let rounds = asked().unwrap_or(1);
    play(
        &[SINGLE, DUAL],
        Size::new(77, 37),
        Wiring::Line(9600),
        rounds,
        "9600 baud",
    );
}
