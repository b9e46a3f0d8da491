//! One area of a sheet: a page that we push, a loop that the card turns, or a strip that it lets run.

use std::{sync::Arc, time::Duration};

use super::{
    beat,
    course::{Choice, Cost, choose},
    draft::Drafts,
    entrance,
    known::Known,
    made::{Made, Style, Told, Trace, lasts, told_at},
    roll::{self, Why},
    strip,
};
use crate::{
    controller::card::{CardPage, Entrance, Look},
    frame::Frame,
    playlist::Effect,
    programme::{PagedRound, RoundPage},
    stage::{Scene, Stirs},
    units::{Area, Rate, Tick, Ticks},
    wall::projector::{Projector, Rest, Seen},
};

/// What areas are made with.
pub(super) struct Maker<'a> {
    pub(super) projector: &'a mut Projector,
    pub(super) rest: &'a Rest,
    pub(super) known: &'a Known,
    /// A picture of the screen's size, to paint on.
    pub(super) canvas: &'a mut Frame,
    /// Loops that are being prepared.
    pub(super) drafts: &'a mut Drafts,
    /// The areas that were dealt before.
    pub(super) before: &'a [Made],
    pub(super) screen: usize,
    /// How many areas the card has beside those of the zones.
    pub(super) spare: usize,
    pub(super) tick: Tick,
    pub(super) rate: Rate,
    /// Whether what stands there may stay while the frames of a clip are not at hand.
    pub(super) may_hold: bool,
}

impl Maker<'_> {
    /// The area at `place` in which those `seen` are; `cuts` where its page comes at once, whatever its playlist says.
    pub(super) fn make(&mut self, place: Area, seen: &[&Seen], cuts: bool) -> Made {
        if let [only] = seen
            && let Some(made) = strip::make(self, place, only)
        {
            return made;
        }
        let rounds: Vec<PagedRound> = seen.iter().filter_map(|seen| self.round(seen)).collect();
        let bytes = self.known.bytes(place, place.size());
        let cost = Cost {
            wire: self.known.wire(bytes),
            room: self.known.room(place, bytes),
        };
        let is_strip = |at: usize| seen.get(at).is_none_or(|seen| seen.scene.ribbon().is_some());
        let choice = choose(&rounds, cost, |ticks| lasts(ticks, self.rate), |at| !is_strip(at));
        match choice.looped {
            Some((at, pages)) => self
                .looped(place, seen, (at, &rounds[at], pages), choice)
                .unwrap_or_else(|| self.meanwhile(place, seen, choice, cost.wire, cuts)),
            None => {
                let rolled = match seen {
                    [only] if only.scene.has_film() => Err(Why::Film),
                    [only] => roll::make(self, place, only, &rounds, (choice, cuts)),
                    _ => Err(Why::Several),
                };
                let made = rolled.unwrap_or_else(|why| self.pushed(place, seen, (choice, why), cost.wire, cuts));
                let pages = rounds.iter().map(|round| round.pages.len()).max();
                let told = Told {
                    pages: pages.unwrap_or(1),
                    ..made.told
                };
                Made { told, ..made }
            }
        }
    }

    fn round(&mut self, seen: &Seen) -> Option<PagedRound> {
        self.projector.paged_round(seen.track, self.tick)
    }

    /// One page, which we turn; what runs on it stands, for the reason that is given.
    fn pushed(
        &mut self,
        place: Area,
        seen: &[&Seen],
        (choice, why): (Choice, Why),
        wire: Duration,
        cuts: bool,
    ) -> Made {
        let stirs = all_stirs(seen.iter().map(|seen| &*seen.scene));
        let own_beat = beat::beat(stirs.every, wire);
        let civil = told_at(Style::Pushed, own_beat, seen, self.rest, self.rate);
        let painted = self.projector.paint_still(self.rest, civil, self.canvas);
        if painted.is_lacking()
            && self.may_hold
            && let Some(before) = self.before.iter().find(|made| made.place == place)
        {
            return Made {
                is_meanwhile: true,
                is_lacking: true,
                ..before.clone()
            };
        }
        let picture = self.crop(place);
        let asked = seen.iter().find_map(|seen| seen.entered);
        // What tells the time is shown again and again, and comes in only once.
        let is_first = civil == first_civil(seen, own_beat, self.rest, self.rate);
        let entrance = match asked.filter(|_| !cuts && is_first) {
            Some((effect, transition)) => self.entrance(place, seen, effect, transition, Duration::MAX),
            None => Entrance::Cut,
        };
        let page = CardPage::new(Look::Dots(picture), entrance, CardPage::PUSHED);
        let lost = asked
            .map(|(effect, _)| effect)
            .filter(|effect| is_lost(*effect, entrance));
        let made = self.made(
            place,
            seen,
            Style::Pushed,
            (own_beat, civil),
            vec![page],
            Told {
                lost,
                stands: stirs.runs.then_some(why_of(seen.iter().map(|seen| &*seen.scene), why)),
                every: stirs.every,
                ..Told::new(choice.reason, wire, choice.shortest)
            },
        );
        Made {
            is_meanwhile: painted.is_lacking(),
            is_lacking: painted.is_lacking(),
            ..made
        }
    }

    /// What stands there until a loop is prepared: the loop as it was, where only the time that it tells is another; else the page that is
    /// due, so that nothing is seen a moment longer than it may be.
    fn meanwhile(&mut self, place: Area, seen: &[&Seen], choice: Choice, wire: Duration, cuts: bool) -> Made {
        let stays = |made: &&Made| match made.style {
            Style::Looped { .. } => made.is_alike(place, seen, self.rest),
            _ => made.is_meanwhile && made.holds((place, self.spare), seen, self.rest, self.tick, self.rate),
        };
        let made = match self.before.iter().find(stays) {
            Some(made) => made.clone(),
            None => self.pushed(place, seen, (choice, Why::Turned), wire, cuts),
        };
        Made {
            is_meanwhile: true,
            ..made
        }
    }

    /// The first `count` pages of the round that the track of `seen[at]` runs, which the card turns; `None` where not all of them could be
    /// prepared in this deal.
    fn looped(
        &mut self,
        place: Area,
        seen: &[&Seen],
        (at, round, count): (usize, &PagedRound, usize),
        choice: Choice,
    ) -> Option<Made> {
        let track = seen[at].track;
        let turned = &round.pages[..count];
        let length = Ticks(turned.iter().map(|page| page.length.0).sum());
        let style = Style::Looped {
            track,
            anchor: round.anchor,
            length,
        };
        let traces = seen.iter().map(|seen| Trace::of(seen)).collect();
        let mut draft = self.drafts.take(place, traces, self.rest.is_grey, style);
        for page in &turned[draft.scenes.len().min(count)..] {
            if !self.drafts.spend() {
                self.drafts.keep(draft);
                return None;
            }
            draft
                .scenes
                .push(self.projector.scene_of(track, page.material, page.page));
        }
        let others = seen.iter().filter(|seen| seen.track != track).map(|seen| &*seen.scene);
        let stirs = all_stirs(draft.scenes.iter().flatten().map(|scene| &**scene).chain(others));
        let bytes = count * self.known.bytes(place, place.size());
        let wire = self.known.wire(bytes);
        let own_beat = beat::beat(stirs.every, wire);
        let civil = told_at(style, own_beat, seen, self.rest, self.rate);
        draft.tell(civil);
        let ready = draft.pages.len();
        let mut begins = Ticks(turned[..ready].iter().map(|page| page.length.0).sum());
        for (number, page) in turned.iter().enumerate().skip(ready) {
            if !self.drafts.spend() {
                self.drafts.keep(draft);
                return None;
            }
            let look = match (&draft.scenes[number], draft.pages.last()) {
                (Some(scene), _) => {
                    let instead = (track, scene);
                    let painted = self.projector.paint_instead(self.rest, civil, instead, self.canvas);
                    if painted.is_lacking() && self.may_hold {
                        self.drafts.keep(draft);
                        return None;
                    }
                    Look::Dots(self.crop(place))
                }
                // As on the wall, what cannot be set leaves what stands there.
                (None, Some(before)) => before.look.clone(),
                (None, None) => Look::Dots(Arc::new(Frame::new(place.size()))),
            };
            let ends = begins + page.length;
            let dwell = lasts(ends, self.rate).saturating_sub(lasts(begins, self.rate));
            let (entrance, effect) = self.turn(place, seen, at, page, dwell);
            draft.lost = draft
                .lost
                .or_else(|| Some(effect).filter(|effect| is_lost(*effect, entrance)));
            let stay = dwell.saturating_sub(entrance.takes(place.size()));
            draft.pages.push(CardPage::new(look, entrance, stay));
            begins = ends;
        }
        let made = self.made(
            place,
            seen,
            style,
            (own_beat, civil),
            draft.pages,
            Told {
                pages: round.pages.len(),
                shown: count,
                lost: draft.lost,
                stands: stirs
                    .runs
                    .then_some(why_of(draft.scenes.iter().flatten().map(|scene| &**scene), Why::Turned)),
                every: stirs.every,
                ..Told::new(choice.reason, wire, choice.shortest)
            },
        );
        Some(made)
    }

    /// How a page of a round comes in, and how it was to.
    fn turn(&self, place: Area, seen: &[&Seen], at: usize, page: &RoundPage, dwell: Duration) -> (Entrance, Effect) {
        let own = seen[at];
        if own.is_solemn {
            return (Entrance::Cut, Effect::Cut);
        }
        let effect = own.wall.effect_of(self.screen, own.track, page.playlist, page.play);
        (self.entrance(place, seen, effect, page.transition, dwell), effect)
    }

    /// How a page in an area comes in. A card moves all of an area, so nothing moves where that is not just what the wall would move.
    pub(super) fn entrance(
        &self,
        place: Area,
        seen: &[&Seen],
        effect: Effect,
        transition: Ticks,
        dwell: Duration,
    ) -> Entrance {
        let [only] = seen else {
            return Entrance::Cut;
        };
        let (zone, _) = only.wall.place(self.screen, only.track);
        if zone != place {
            return Entrance::Cut;
        }
        entrance::nearest(effect, transition, place.size(), dwell, self.rate)
    }

    /// That part of what was painted.
    pub(super) fn crop(&self, place: Area) -> Arc<Frame> {
        let mut picture = Frame::new(place.size());
        picture.copy_area(self.canvas, place, 0, 0);
        Arc::new(picture)
    }

    pub(super) fn made(
        &self,
        place: Area,
        seen: &[&Seen],
        style: Style,
        (own_beat, civil): (Option<u32>, jiff::civil::DateTime),
        pages: Vec<CardPage>,
        told: Told,
    ) -> Made {
        Made {
            place,
            traces: seen.iter().map(|seen| Trace::of(seen)).collect(),
            is_grey: self.rest.is_grey,
            style,
            beat: own_beat,
            civil,
            pages: pages.into(),
            window: place,
            rests: Vec::new(),
            spare: self.spare,
            is_meanwhile: false,
            is_lacking: false,
            told,
        }
    }
}

/// Whether a page comes in another way than it was to.
pub(super) const fn is_lost(effect: Effect, entrance: Entrance) -> bool {
    !matches!(effect, Effect::Cut) && matches!(entrance, Entrance::Cut)
}

fn all_stirs<'a>(scenes: impl Iterator<Item = &'a Scene>) -> Stirs {
    scenes.map(Scene::stirs).fold(Stirs::default(), Stirs::and)
}

/// Why what runs stands, `why` unless it is a film.
fn why_of<'a>(mut scenes: impl Iterator<Item = &'a Scene>, why: Why) -> Why {
    if scenes.any(Scene::has_film) { Why::Film } else { why }
}

/// The time that a page told when it came.
fn first_civil(seen: &[&Seen], own_beat: Option<u32>, rest: &Rest, rate: Rate) -> jiff::civil::DateTime {
    let came = seen.iter().map(|seen| seen.cue.since).max().unwrap_or(Tick(0));
    let civil = seen.first().map_or(rest.civil, |seen| {
        seen.wall.site().timezone.to_datetime(rate.timestamp(came))
    });
    let then = Rest {
        civil,
        seen: Vec::new(),
        ..*rest
    };
    told_at(Style::Pushed, own_beat, seen, &then, rate)
}
