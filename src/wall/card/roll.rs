//! A page on which one thing runs, as a card plays it by itself: the first screenful, then the rest behind it without a gap, then the last
//! screenful, each as long as on the wall. What stands beside it has areas of its own, or runs along where the card has none to spare.

use std::{num::NonZeroU16, sync::Arc, time::Duration};

use super::{
    beat,
    course::Choice,
    groups::common,
    made::{Made, Rest, Style, Told, lasts, told_at},
    make::{Maker, is_lost},
    strip,
};
use crate::{
    controller::{
        card::{CardPage, Entrance, Look},
        onbon::{
            Model,
            picture::entrance::{effect, led_time},
        },
    },
    frame::Frame,
    programme::PagedRound,
    stage::Running,
    units::{Area, Rate, Size, Ticks},
    wall::projector::Seen,
};

/// The last screenful is held at least so long, or the first one less.
const HELD: Duration = Duration::from_millis(200);

/// Why what runs on the wall stands at its beginning on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::wall) enum Why {
    /// More than one thing runs in the area, or something lies on top of it.
    Several,
    /// It does not fill the height of the page, and the card has no areas to spare for what stands above and below.
    Areas,
    /// The card has no room for all of it.
    Room,
    /// The line and the card are too slow: the page would be over before the end was seen.
    Slow,
    /// The card turns the pages by itself.
    Turned,
    /// It is a film, and no card plays one.
    Film,
}

/// How a card lets it run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// LEDs a second on the wall.
    pub(super) wanted: u16,
    /// LEDs a second on the card.
    pub(super) given: u16,
    /// How long it takes until the last column is seen.
    pub(super) takes: Duration,
    /// Whether what stands beside it runs along.
    pub(super) takes_along: bool,
}

/// What runs, as far as it is seen on the card.
struct Reel {
    /// Where it runs, on the screen.
    window: Area,
    /// All of it, as high as the window and so much wider as it runs.
    picture: Frame,
    distance: u32,
}

/// When it does what.
struct Plan {
    speed: NonZeroU16,
    first: Duration,
    run: Duration,
    last: Duration,
}

/// The area at `place` in which only a page is `seen` on which one thing runs; `cuts` where it comes at once.
///
/// # Errors
/// Why it must stand.
pub(super) fn make(
    maker: &mut Maker<'_>,
    place: Area,
    seen: &Seen,
    rounds: &[PagedRound],
    (choice, cuts): (Choice, bool),
) -> Result<Made, Why> {
    let running = seen.scene.running().ok_or(Why::Several)?;
    let (zone, _) = seen.wall.place(maker.screen, seen.track);
    let reel = Reel::new(&running, zone, place, maker.rest.is_grey).ok_or(Why::Several)?;
    let every = seen.scene.stirs().every;
    let style = if repeats(seen, &running, rounds) {
        Style::Rolling {
            since: seen.since,
            length: running.length(),
        }
    } else {
        Style::Pushed
    };
    let beside = outside(place, reel.window);
    let own_beat = beat::beat(every, maker.known.wire(bytes(maker, &beside)));
    let civil = told_at(style, own_beat, &[seen], maker.rest, maker.rate);
    maker.projector.paint_still(maker.rest, civil, maker.canvas);
    let rests: Vec<Rest> = beside.into_iter().filter_map(|place| rest(maker, place)).collect();
    let fills = reel.window.y == place.y && reel.window.height == place.height;
    let (reel, rests, takes_along) = match rests.len() <= maker.spare {
        true => (reel, rests, false),
        false if fills && every.is_none() => (reel.with(place, &maker.crop(place)), Vec::new(), true),
        false => return Err(Why::Areas),
    };
    let size = Size::new(reel.distance, reel.window.height);
    let still = 2 * maker.known.bytes(reel.window, reel.window.size());
    let beside: Vec<Area> = rests.iter().map(|rest| rest.place).collect();
    let all = still + maker.known.bytes(reel.window, size) + bytes(maker, &beside);
    if all > maker.known.share(place) {
        return Err(Why::Room);
    }
    let wire = maker.known.wire(all);
    let asked = seen.entered;
    let is_whole = reel.window == place && style == Style::Pushed && !cuts;
    let entrance = match asked.filter(|_| is_whole) {
        Some((effect, transition)) => maker.entrance(place, &[seen], effect, transition, Duration::MAX),
        None => Entrance::Cut,
    };
    let comes = entrance.takes(place.size());
    let of = |ticks: Ticks| lasts(ticks, maker.rate);
    // By the time that all of it is on the card, some of its time is over.
    let late = if style == Style::Pushed { wire } else { Duration::ZERO };
    let came = match style {
        Style::Pushed => of(seen.since.since(seen.cue.began)),
        _ => Duration::ZERO,
    };
    let first = (came + of(running.first)).saturating_sub(late + comes);
    let room = (came + of(running.length())).saturating_sub(late + comes);
    let model = maker.known.model();
    let plan = plan(model, &running, reel.distance, maker.rate, first, room).ok_or(Why::Slow)?;
    let given = effect(model, Entrance::Running(plan.speed));
    let told = Told {
        lost: asked
            .map(|(effect, _)| effect)
            .filter(|effect| is_lost(*effect, entrance)),
        every,
        run: Some(Run {
            wanted: strip::pace(running.speed, maker.rate).get(),
            given: leds_a_second(given.led).get(),
            takes: comes + plan.first + plan.run,
            takes_along,
        }),
        ..Told::new(choice.reason, wire, choice.shortest)
    };
    let pages = reel.pages(&plan, entrance, style == Style::Pushed);
    let made = maker.made(place, &[seen], style, (own_beat, civil), pages, told);
    Ok(Made {
        window: reel.window,
        rests,
        ..made
    })
}

impl Reel {
    /// Of what runs in `zone`, what is seen in `place`; `None` where nothing of it is.
    fn new(running: &Running<'_>, zone: Area, place: Area, is_grey: bool) -> Option<Self> {
        let whole = Area {
            x: zone.x + running.area.x,
            y: zone.y + running.area.y,
            ..running.area
        };
        let window = common(whole, place)?;
        let from = Area::new(
            window.x - whole.x,
            window.y - whole.y,
            window.width + running.distance,
            window.height,
        );
        let mut picture = Frame::new(from.size());
        picture.copy_area(running.picture, from, 0, 0);
        if is_grey {
            picture.grey();
        }
        Some(Self {
            window,
            picture,
            distance: running.distance,
        })
    }

    /// The same with what stands beside it in `place`, which is as high, before it and behind it.
    fn with(&self, place: Area, still: &Frame) -> Self {
        let left = self.window.x - place.x;
        let right = place.right() - self.window.right();
        let mut picture = Frame::new(Size::new(place.width + self.distance, place.height));
        picture.copy_area(still, Area::new(0, 0, left, place.height), 0, 0);
        picture.copy_area(&self.picture, self.picture.size().area(), left.into(), 0);
        let end = Area::new(place.width - right, 0, right, place.height);
        picture.copy_area(still, end, (left + self.picture.size().width).into(), 0);
        Self {
            window: place,
            picture,
            distance: self.distance,
        }
    }

    /// The pages that show it; of those that are pushed the last one stays.
    fn pages(&self, plan: &Plan, entrance: Entrance, is_pushed: bool) -> Vec<CardPage> {
        let Size { width, height } = self.window.size();
        let look = |x, width| {
            let mut look = Frame::new(Size::new(width, height));
            look.copy_area(&self.picture, Area::new(x, 0, width, height), 0, 0);
            Look::Dots(Arc::new(look))
        };
        let last = if is_pushed { CardPage::PUSHED } else { plan.last };
        vec![
            CardPage::new(look(0, width), entrance, plan.first),
            CardPage::new(look(width, self.distance), Entrance::Running(plan.speed), plan.run),
            CardPage::new(look(self.distance, width), Entrance::Cut, last),
        ]
    }
}

/// When it does what within `room`, of which it stands at first for `first` if it can: at the nearest speed, or the next faster one at which
/// its end is seen; `None` where it is at none.
fn plan(
    model: &Model,
    running: &Running<'_>,
    distance: u32,
    rate: Rate,
    first: Duration,
    room: Duration,
) -> Option<Plan> {
    let wanted = strip::pace(running.speed, rate);
    let nearest = effect(model, Entrance::Running(wanted)).speed;
    let mut faster = (0..=nearest).rev().map(|number| (number, led_time(model, number)));
    let (number, led) = faster.find(|(_, led)| *led * distance <= room)?;
    let run = led * distance;
    let left = room.saturating_sub(run);
    let first = first.min(left.saturating_sub(HELD));
    Some(Plan {
        speed: if number == nearest { wanted } else { leds_a_second(led) },
        first,
        run,
        last: left.saturating_sub(first),
    })
}

fn leds_a_second(led: Duration) -> NonZeroU16 {
    let led = led.as_micros().max(1);
    let leds = u16::try_from((1_000_000 + led / 2) / led).unwrap_or(u16::MAX);
    NonZeroU16::new(leds).unwrap_or(NonZeroU16::MIN)
}

/// Whether it runs more than once before another page comes.
fn repeats(seen: &Seen, running: &Running<'_>, rounds: &[PagedRound]) -> bool {
    let is_it = |at: usize, pages: &[crate::programme::RoundPage]| {
        let page = pages[at % pages.len()];
        (page.material, page.page) == (seen.cue.material, seen.cue.page)
    };
    let follows_itself = |round: &PagedRound| {
        let mut all = 0..round.pages.len();
        all.any(|at| is_it(at, &round.pages) && is_it(at + 1, &round.pages))
    };
    let once = seen.since.since(seen.cue.began) + running.length();
    seen.cue.until.since(seen.cue.began) > once + running.last || rounds.iter().any(follows_itself)
}

/// The parts of `place` outside of `window`, which lies in it: above, below, left and right.
fn outside(place: Area, window: Area) -> Vec<Area> {
    let (below, right) = (window.bottom(), window.right());
    let parts = [
        Area::new(place.x, place.y, place.width, window.y - place.y),
        Area::new(place.x, below, place.width, place.bottom() - below),
        Area::new(place.x, window.y, window.x - place.x, window.height),
        Area::new(right, window.y, place.right() - right, window.height),
    ];
    let is_any = |part: &Area| part.width > 0 && part.height > 0;
    parts.into_iter().filter(is_any).collect()
}

/// What stands at `place`; `None` where that is dark, which no area is.
fn rest(maker: &Maker<'_>, place: Area) -> Option<Rest> {
    let look = maker.crop(place);
    if look.bytes().iter().all(|byte| *byte == 0) {
        return None;
    }
    let page = CardPage::new(Look::Dots(look), Entrance::Cut, CardPage::PUSHED);
    Some(Rest {
        place,
        pages: vec![page].into(),
    })
}

fn bytes(maker: &Maker<'_>, places: &[Area]) -> usize {
    places.iter().map(|place| maker.known.bytes(*place, place.size())).sum()
}
