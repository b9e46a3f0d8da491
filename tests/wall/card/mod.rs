//! From cues to the sheets of a card.

mod boundaries;
mod day;
mod explain;
mod loops;
mod pixels;
mod rolls;
mod strips;
mod words;

use std::{sync::Arc, time::Duration};

use yingbi::{
    controller::{
        card::{CardArea, CardPage, Course, Entrance, Look, Sheet},
        onbon::{ANY, Model},
    },
    frame::Frame,
    site::{Card, CardWay},
    units::{Area, Level, Size, Tick},
    wall::{Dealer, Projector, Wall},
};

/// 2026-05-15T09:00:00+08:00, a Friday, in seconds.
pub(super) const NINE: i64 = 1_778_806_800;

/// A card on a network, which is faster than any page.
pub(super) fn fast(region: Area) -> Card {
    Card {
        model: Model::named("BX-6E2").unwrap(),
        way: CardWay::Tcp {
            address: "192.0.2.10:5005".into(),
        },
        number: ANY,
        region,
        brightness: Level::FULL,
    }
}

/// A card on a line of so many bits a second.
pub(super) fn serial(region: Area, baud: u32) -> Card {
    Card {
        way: CardWay::Serial {
            port: "/dev/ttyS0".into(),
            baud,
            turnaround: Duration::ZERO,
        },
        ..fast(region)
    }
}

/// A screen with its projector and the dealer of its card.
pub(super) struct Table {
    pub(super) projector: Projector,
    pub(super) dealer: Dealer,
    pub(super) wall: Arc<Wall>,
}

impl Table {
    pub(super) fn new(wall: &Arc<Wall>, card: &Card) -> Self {
        Self {
            projector: Projector::new(Arc::clone(wall), 0),
            dealer: Dealer::new(wall, 0, card),
            wall: Arc::clone(wall),
        }
    }

    /// The sheet so many seconds after nine.
    pub(super) fn after(&mut self, seconds: i64) -> Arc<Sheet> {
        let tick = self.tick(seconds);
        self.at(tick)
    }

    pub(super) fn at(&mut self, tick: Tick) -> Arc<Sheet> {
        self.dealer.deal(&mut self.projector, tick)
    }

    pub(super) fn tick(&self, seconds: i64) -> Tick {
        Tick((NINE + seconds) * i64::from(self.wall.site().screens[0].rate.hertz()))
    }
}

/// What the LEDs of a card show that keeps to its sheet and is done with every entrance: a card of its own, that knows nothing of walls.
pub(super) fn shown(sheet: &Sheet, size: Size) -> Frame {
    let mut leds = Frame::new(size);
    if !sheet.is_lit {
        return leds;
    }
    for area in &sheet.areas {
        assert!(area.place.fits(size), "{} on {size}", area.place);
        for y in 0..area.place.height {
            for x in 0..area.place.width {
                let led = led_of(area, x, y);
                let to = &mut leds.row_mut(area.place.y + y)[(area.place.x + x) as usize * 3..][..3];
                to.copy_from_slice(&led);
            }
        }
    }
    leds
}

fn led_of(area: &CardArea, x: u32, y: u32) -> [u8; 3] {
    // Of what runs, its beginning.
    let is_roll = area.pages.len() == 3 && matches!(area.pages[1].entrance, Entrance::Running(_));
    let page = if is_roll { &area.pages[0] } else { due(area) };
    let dots = dots(page);
    let x = match (page.entrance, area.course) {
        (Entrance::Running(_), Course::Looped { round, elapsed }) => {
            let width = u128::from(dots.size().width);
            // The rounding down of both to nanoseconds is less than a thousandth of a column.
            let gone = (elapsed.as_nanos() * 1000 + 1000) * width / (round.as_nanos() * 1000);
            u32::try_from((gone + u128::from(x)) % width).unwrap()
        }
        _ => {
            assert_eq!(dots.size(), area.place.size());
            x
        }
    };
    dots.row(y)[x as usize * 3..][..3].try_into().unwrap()
}

/// The page that an area shows at the sheet's instant.
pub(super) fn due(area: &CardArea) -> &CardPage {
    let Course::Looped { round, elapsed } = area.course else {
        assert_eq!(area.pages.len(), 1);
        return &area.pages[0];
    };
    assert!(elapsed < round);
    let mut left = elapsed;
    for page in area.pages.iter() {
        let lasts = page.stay + page.entrance.takes(area.place.size());
        if left < lasts {
            return page;
        }
        left -= lasts;
    }
    let strip = matches!(area.pages[0].entrance, Entrance::Running(_));
    assert!(
        strip && area.pages.len() == 1,
        "the pages of a loop last as long as its round"
    );
    &area.pages[0]
}

pub(super) fn dots(page: &CardPage) -> &Frame {
    match &page.look {
        Look::Dots(frame) => frame,
        Look::Words(words) => panic!("words on a card of LEDs: {words}"),
    }
}

/// The part of the screen that a card lights.
pub(super) fn part(screen: &Frame, region: Area) -> Frame {
    let mut part = Frame::new(region.size());
    part.copy_area(screen, region, 0, 0);
    part
}

/// The areas of a sheet, and whether each is turned by the card.
pub(super) fn plan(sheet: &Sheet) -> Vec<(String, bool)> {
    let told = |area: &CardArea| (area.place.to_string(), matches!(area.course, Course::Looped { .. }));
    sheet.areas.iter().map(told).collect()
}
