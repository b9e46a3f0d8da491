//! Several cards on one wire.

use std::collections::VecDeque;

use yingbi::{
    controller::{
        card::CardColour,
        onbon::{
            Line, Receiver, Settings,
            receiver::{Build, Lamps, Mischief},
        },
    },
    units::{Moment, Size},
};

use super::rig::{Rig, card, millis, picture, pushed, seconds, settings, sheet};
use crate::support::dice::Dice;

const SIZE: Size = Size::new(32, 16);

struct Wire {
    line: Line,
    cards: Vec<Receiver>,
    now: Moment,
    /// When what is said has come to its end, and what it was; `true` towards the cards.
    queue: VecDeque<(Moment, bool, Vec<u8>)>,
    /// Whether two spoke at once.
    collisions: u64,
    busy: Moment,
}

impl Wire {
    fn new(cards: u16) -> Self {
        let all = 1..=cards;
        let settings = all.clone().map(|number| Settings {
            number,
            ..settings("BX-6E2", SIZE, CardColour::Dual, Some(57600))
        });
        let mut line = Line::new(settings);
        line.connected(Moment::ZERO);
        let build = |number| Build {
            number,
            ..card("BX-6E2", SIZE, Lamps::RedGreen, Mischief::default())
                .build()
                .clone()
        };
        Self {
            line,
            cards: all
                .map(|number| Receiver::new(build(number), Mischief::default(), Moment::ZERO))
                .collect(),
            now: Moment::ZERO,
            queue: VecDeque::new(),
            collisions: 0,
            busy: Moment::ZERO,
        }
    }

    fn say(&mut self, is_down: bool, bytes: Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        self.collisions += u64::from(self.now < self.busy);
        let takes = std::time::Duration::from_nanos(bytes.len() as u64 * 10_000_000_000 / 57600);
        self.busy = self.now + takes;
        self.queue.push_back((self.busy, is_down, bytes));
    }

    fn run(&mut self, span: std::time::Duration) {
        let end = self.now + span;
        loop {
            let mut out = Vec::new();
            if self.line.poll_transmit(self.now, &mut out).is_some() {
                self.say(true, out);
            }
            let head = self.queue.front().map(|(at, ..)| *at);
            let next = head.into_iter().chain(self.line.poll_timeout()).min().unwrap_or(end);
            if next >= end {
                self.now = end;
                return;
            }
            self.now = self.now.max(next);
            let Some((_, is_down, bytes)) = self.queue.pop_front_if(|(at, ..)| *at <= self.now) else {
                continue;
            };
            if !is_down {
                self.line.handle(&bytes, self.now);
                continue;
            }
            let mut said = Vec::new();
            for card in &mut self.cards {
                card.handle(&bytes, self.now, &mut said);
            }
            self.say(false, said);
        }
    }
}

#[test]
fn cards_on_one_line_each_show_their_own_and_never_speak_at_once() {
    let mut wire = Wire::new(4);
    let rig = Rig::new("BX-6E2", SIZE, None);
    let mut dice = Dice(51);
    let sheets: Vec<_> = (0..4)
        .map(|_| sheet(&rig, vec![pushed(SIZE.area(), &mut dice)]))
        .collect();
    for (index, sheet) in sheets.iter().enumerate() {
        wire.line.show(index, sheet, wire.now);
    }
    wire.run(seconds(30));
    for (card, sheet) in wire.cards.iter_mut().zip(&sheets) {
        assert_eq!(card.frame(wire.now), picture(SIZE, sheet));
    }
    assert_eq!(wire.collisions, 0);
    assert!(
        wire.line
            .sessions()
            .iter()
            .all(|session| session.faults(wire.now).is_empty())
    );
}

// Fault 44.
#[test]
fn a_card_that_is_gone_does_not_keep_the_others_from_their_turn() {
    let mut wire = Wire::new(3);
    let rig = Rig::new("BX-6E2", SIZE, None);
    let mut dice = Dice(52);
    for index in 0..3 {
        wire.line
            .show(index, &sheet(&rig, vec![pushed(SIZE.area(), &mut dice)]), wire.now);
    }
    wire.run(seconds(20));
    wire.cards[1].power_cut(wire.now);
    wire.run(seconds(10));
    for _ in 0..20 {
        let wanted = sheet(&rig, vec![pushed(SIZE.area(), &mut dice)]);
        wire.line.show(2, &wanted, wire.now);
        // The longest that a ping without answer takes, and the others' turns.
        wire.run(millis(2500));
        assert_eq!(wire.cards[2].frame(wire.now), picture(SIZE, &wanted));
    }
    assert_eq!(wire.collisions, 0);
}

#[test]
fn cards_come_and_go_at_any_moment_and_the_others_go_on_where_they_were() {
    let mut wire = Wire::new(3);
    let rig = Rig::new("BX-6E2", SIZE, None);
    let mut dice = Dice(53);
    let settings: Vec<Settings> = wire
        .line
        .sessions()
        .iter()
        .map(|session| session.settings().clone())
        .collect();
    let shown: Vec<_> = (0..3)
        .map(|_| sheet(&rig, vec![pushed(SIZE.area(), &mut dice)]))
        .collect();
    wire.line.show(0, &shown[0], wire.now);
    wire.run(seconds(20));
    for round in 0..60 {
        // The first is always there; in which order, and who else, is left to the dice.
        let mut present: Vec<usize> = (0..3).filter(|card| *card == 0 || dice.below(2) == 0).collect();
        if dice.below(2) == 0 {
            present.reverse();
        }
        let news = wire
            .line
            .refit(present.iter().map(|card| settings[*card].clone()), wire.now);
        for (at, card) in present.iter().enumerate() {
            assert!(!news[at] || *card != 0, "round {round}: the first begins anew");
            if news[at] {
                wire.line.show(at, &shown[*card], wire.now);
            }
        }
        wire.run(millis(dice.below(900)));
    }
    let news = wire.line.refit(settings.iter().cloned(), wire.now);
    for at in (0..3).filter(|at| news[*at]) {
        wire.line.show(at, &shown[at], wire.now);
    }
    wire.run(seconds(20));
    for (card, sheet) in wire.cards.iter_mut().zip(&shown) {
        assert_eq!(card.frame(wire.now), picture(SIZE, sheet));
    }
    // Besides those of every minute, which cannot be read back.
    assert!(wire.cards[0].tally().updates <= 3, "{:?}", wire.cards[0].tally());
    assert_eq!(wire.collisions, 0);
}
