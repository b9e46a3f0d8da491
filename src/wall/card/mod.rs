//! From cues to the sheets of a card, which keeps pages and plays them by itself.
//!
//! ```text
//! Projector::at_rest -> groups of zones -> one area each: a page that we push, a loop, or a strip that runs -> Sheet
//! ```
//!
//! A sheet is a function of wall, screen, card and tick, as a frame is; what a [`Dealer`] keeps is what it has worked out already. The one
//! exception is how a page comes in that takes the place of another wall's, of a dark screen or of a frame: by a cut, as on the wall. This
//! room sends nothing, and knows no protocol: of the card it asks how much it holds and how long a page takes on the wire.

mod beat;
mod course;
mod day;
mod draft;
mod entrance;
mod gate;
mod groups;
mod known;
mod made;
mod make;
mod roll;
mod strip;
mod substitute;
mod view;
mod words;

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use super::{
    projector::{Projector, Rest, Seen},
    whole::Wall,
};
use crate::{
    controller::card::{CardArea, CardDay, CardPage, Course, Entrance, Look, Sheet},
    frame::Frame,
    site::{Card, Screen},
    units::{Area, Level, Tick},
};
pub use view::{CardAreaView, CardView};

use draft::Drafts;
pub(super) use gate::{lacking, lacking_of_site, with_fonts};
use known::Known;
use made::Made;
use make::Maker;

/// Deals one card its sheets.
#[derive(Debug)]
pub struct Dealer {
    wall: Arc<Wall>,
    screen: usize,
    card: Card,
    known: Known,
    fallback: Arc<Frame>,
    /// The civil day that was asked for last, with the ticks at which the screen is lit on it.
    day: Option<(Date, Arc<CardDay>)>,
    /// A picture of the screen's size, to paint on.
    canvas: Frame,
    /// The areas that were dealt last.
    made: Vec<Made>,
    /// Loops that are being prepared.
    drafts: Drafts,
    /// Whether what is dealt next takes the place of a dark screen, or of a frame.
    cuts: bool,
    /// The frame that was dealt last, as far as the card shows it, and its page.
    frame: Option<(Frame, Arc<[CardPage]>)>,
    /// Since when frames of a clip have not been at hand.
    lacking: Option<Tick>,
    /// From the last deal: when the sheet may be another one.
    next: Option<Tick>,
}

impl Dealer {
    /// The dealer of `card`, which lights a part of the screen at `screen` in the site of `wall`, which must have it.
    pub fn new(wall: &Arc<Wall>, screen: usize, card: &Card) -> Self {
        let on = &wall.site().screens[screen];
        Self {
            known: Known::new(on, card),
            fallback: fallback(wall, screen, card.region),
            canvas: Frame::new(on.size),
            wall: Arc::clone(wall),
            screen,
            card: card.clone(),
            day: None,
            made: Vec::new(),
            drafts: Drafts::default(),
            cuts: false,
            frame: None,
            lacking: None,
            next: None,
        }
    }

    /// Lets `wall`, in which the screen has the same place, say from now on what the card keeps for the day and shows when its power came
    /// back. [`Dealer::deal`] does that by itself; who deals only frames must.
    pub fn take_over(&mut self, wall: &Arc<Wall>) {
        if Arc::ptr_eq(&self.wall, wall) {
            return;
        }
        self.wall = Arc::clone(wall);
        self.day = None;
        self.known = Known::new(self.screen(), &self.card);
        if self.canvas.size() != self.screen().size {
            self.canvas = Frame::new(self.screen().size);
        }
        let fallback = fallback(wall, self.screen, self.card.region);
        if fallback != self.fallback {
            self.fallback = fallback;
        }
    }

    /// All that the card ought to show and to know at `tick`, by the screen's `projector`.
    pub fn deal(&mut self, projector: &mut Projector, tick: Tick) -> Arc<Sheet> {
        self.deal_some(projector, tick, usize::MAX)
    }

    /// The same, where no more than so many `pages` of loops are prepared at once, and painted: until all are, [`Dealer::next`] is the next
    /// tick, and the page that is due stands where the loop is to be, or the loop before that tells an earlier time.
    pub fn deal_some(&mut self, projector: &mut Projector, tick: Tick, pages: usize) -> Arc<Sheet> {
        self.drafts.begin(pages);
        self.take_over(projector.wall());
        let rest = projector.at_rest(tick);
        let areas = self.areas(projector, &rest, tick);
        let is_lacking = self.made.iter().any(|made| made.is_lacking);
        self.lacking = is_lacking.then(|| self.lacking.filter(|since| *since <= tick).unwrap_or(tick));
        let next = self.beats(&rest, tick);
        self.next = Some(next.fold(rest.until, Ord::min));
        self.cuts = !rest.is_lit;
        self.frame = None;
        // A card without an area plays what is in its flash: where nothing plays, that would be the picture for after a power cut.
        let is_lit = rest.is_lit && (self.known.abilities.takes_words || !areas.is_empty());
        Arc::new(self.sheet(tick, is_lit, areas))
    }

    /// The same where `frame`, of the screen's size, is what the screen shows, whatever its programme says: the safe page, or a panel test.
    /// One area, and its page comes at once; a card with fonts of its own is told the site's title instead. The card is lit where the
    /// screen is by its hours, or where any LED of it is.
    pub fn deal_frame(&mut self, frame: &Frame, tick: Tick) -> Arc<Sheet> {
        self.deal_test(frame, tick, None)
    }

    /// The same of a panel test, which may say how bright the card is.
    pub fn deal_test(&mut self, frame: &Frame, tick: Tick, level: Option<Level>) -> Arc<Sheet> {
        let mut part = Frame::new(self.card.region.size());
        part.copy_area(frame, self.card.region, 0, 0);
        let has_light = part.bytes().iter().any(|byte| *byte != 0);
        let pages = match self.frame.take() {
            Some((before, pages)) if before == part => pages,
            _ => self.page_of(&part, has_light),
        };
        let area = CardArea {
            place: self.card.region.size().area(),
            pages: Arc::clone(&pages),
            course: Course::Pushed,
        };
        let areas = Vec::from_iter((!pages.is_empty()).then_some(area));
        self.frame = Some((part, pages));
        self.made.clear();
        self.cuts = true;
        let rate = self.screen().rate;
        let second = beat::next(1, self.civil(tick), tick, rate);
        self.next = Some(second);
        let is_lit = has_light || self.is_open(tick);
        let sheet = self.sheet(tick, is_lit, areas);
        Arc::new(Sheet { test: level, ..sheet })
    }

    /// What the card does at `tick` with what the screen's programme plays, in words; `number` is its own among the screen's cards, from 1.
    pub fn view(&mut self, projector: &mut Projector, tick: Tick, number: usize) -> CardView {
        self.deal(projector, tick);
        let (rate, model) = (self.screen().rate, self.card.model);
        let id = |track| self.wall.zone_id(self.screen, track);
        let areas = self.made.iter().map(|made| view::area(made, model, rate, id));
        CardView {
            number,
            model: model.name,
            areas: areas.collect(),
        }
    }

    /// The first tick after `tick` at which the sheet may be another one, as far as the last one that was dealt says: the next cue, or the
    /// second or minute at which something that tells the time does.
    pub fn next(&self, tick: Tick) -> Tick {
        self.next.unwrap_or(tick).max(tick.next())
    }

    fn page_of(&self, part: &Frame, has_light: bool) -> Arc<[CardPage]> {
        let look = if self.known.abilities.takes_words {
            let title = substitute::fitting(&self.wall.site().title).unwrap_or_default();
            if !has_light || title.is_empty() {
                return Vec::new().into();
            }
            Look::Words(title.into())
        } else {
            Look::Dots(Arc::new(part.clone()))
        };
        vec![CardPage::new(look, Entrance::Cut, CardPage::PUSHED)].into()
    }

    /// The areas at `tick`, made anew only where they are no longer what they were.
    fn areas(&mut self, projector: &mut Projector, rest: &Rest, tick: Tick) -> Vec<CardArea> {
        let (region, rate) = (self.card.region, self.screen().rate);
        let place = |seen: &Seen| (seen.track, seen.wall.place(self.screen, seen.track).0);
        let places: Vec<(usize, Area)> = rest.seen.iter().map(place).collect();
        let groups = groups::groups(&places, region, self.known.abilities.areas);
        let before = std::mem::take(&mut self.made);
        let mut spare = self.known.abilities.areas.saturating_sub(groups.len());
        for group in groups {
            let is_in = |seen: &&Seen| group.tracks.contains(&seen.track);
            let seen: Vec<&Seen> = rest.seen.iter().filter(is_in).collect();
            let held = before
                .iter()
                .find(|made| !made.is_meanwhile && made.holds((group.place, spare), &seen, rest, tick, rate));
            let made = match held {
                Some(held) => held.clone(),
                None => self.make(projector, rest, tick, (group.place, spare), &seen, &before),
            };
            spare = spare.saturating_sub(made.rests.len());
            self.made.push(made);
        }
        let unready: Vec<Area> = self
            .made
            .iter()
            .filter(|made| made.is_meanwhile)
            .map(|made| made.place)
            .collect();
        self.drafts.retain(&unready);
        let areas = self.made.iter().flat_map(|made| made.areas(region, tick, rate));
        areas.collect()
    }

    fn make(
        &mut self,
        projector: &mut Projector,
        rest: &Rest,
        tick: Tick,
        (place, spare): (Area, usize),
        seen: &[&Seen],
        before: &[Made],
    ) -> Made {
        let traces = || before.iter().flat_map(|made| &made.traces);
        let is_other_wall =
            |seen: &&Seen| traces().any(|trace| trace.track == seen.track && trace.wall != seen.wall.digest());
        let cuts = self.cuts || seen.iter().any(is_other_wall);
        let rate = self.screen().rate;
        let mut maker = Maker {
            projector,
            rest,
            known: &self.known,
            canvas: &mut self.canvas,
            drafts: &mut self.drafts,
            before,
            screen: self.screen,
            spare,
            tick,
            rate,
            may_hold: self
                .lacking
                .is_none_or(|since| tick.since(since).0 <= i64::from(rate.hertz())),
        };
        let made = if self.known.abilities.takes_words {
            words::make(&mut maker, place, seen)
        } else {
            maker.make(place, seen, cuts)
        };
        // What looks the same is the same, down to its place in memory.
        let known = || {
            let rests = before.iter().flat_map(|made| made.rests.iter().map(|rest| &rest.pages));
            before.iter().map(|made| &made.pages).chain(rests)
        };
        let same = |pages: &Arc<[CardPage]>| {
            let digests = |pages: &[CardPage]| pages.iter().map(|page| page.digest).collect::<Vec<_>>();
            let old = known().find(|old| digests(old) == digests(pages));
            Arc::clone(old.unwrap_or(pages))
        };
        let mut made = made;
        made.pages = same(&made.pages);
        made.rests.iter_mut().for_each(|rest| rest.pages = same(&rest.pages));
        made
    }

    /// The next ticks at which an area is to be made anew, though no cue ends.
    fn beats<'a>(&'a self, rest: &'a Rest, tick: Tick) -> impl Iterator<Item = Tick> + 'a {
        let rate = self.screen().rate;
        self.made.iter().flat_map(move |made| {
            let beat = made.beat.map(|beat| beat::next(beat, rest.civil, tick, rate));
            let unready = made.is_meanwhile.then(|| tick.next());
            beat.into_iter().chain(made.style.turns(tick)).chain(unready)
        })
    }

    fn sheet(&mut self, tick: Tick, is_lit: bool, areas: Vec<CardArea>) -> Sheet {
        let civil = self.civil(tick);
        Sheet {
            civil,
            is_lit,
            day: self.day(tick),
            areas,
            fallback: (!self.known.abilities.takes_words).then(|| Arc::clone(&self.fallback)),
            test: None,
        }
    }

    /// The civil day of `tick`.
    fn day(&mut self, tick: Tick) -> Arc<CardDay> {
        let date = self.wall.programme().date(self.screen, tick);
        match &self.day {
            Some((known, day)) if *known == date => Arc::clone(day),
            _ => {
                let day = Arc::new(day::day(&self.wall, self.screen, &self.card, date));
                self.day = Some((date, Arc::clone(&day)));
                day
            }
        }
    }

    /// Whether the screen is lit by its hours.
    fn is_open(&mut self, tick: Tick) -> bool {
        let time = self.civil(tick).time();
        let midnight = jiff::civil::Time::midnight();
        let day = self.day(tick);
        let mut lit = day.lit.iter();
        lit.any(|(from, until)| *from <= time && (time < *until || *until == midnight))
    }

    fn civil(&self, tick: Tick) -> DateTime {
        let instant = self.screen().rate.timestamp(tick);
        self.wall.site().timezone.to_datetime(instant)
    }

    fn screen(&self) -> &Screen {
        &self.wall.site().screens[self.screen]
    }
}

/// What the card shows by itself after its power came back: the page that needs nothing of the programme.
fn fallback(wall: &Wall, screen: usize, region: Area) -> Arc<Frame> {
    let mut part = Frame::new(region.size());
    part.copy_area(wall.safe_still(screen), region, 0, 0);
    Arc::new(part)
}
