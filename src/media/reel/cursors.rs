//! Where in a clip somebody is, and so which of its pictures are wanted next.
//!
//! One clip may play at several places at once: a page that ends while the same begins anew, several zones. Each place has a cursor, which is
//! found again by what is asked for next, so that none has to say who he is. The pictures in memory are shared out among them.

/// The most places at once.
const MOST: usize = 3;
/// A place that was not asked for in so many questions is left.
const PATIENCE: u64 = 8;
/// How many pictures are made ready of what is only expected.
const LEAD: u32 = 4;

/// The cursors of one clip. Knows numbers, no pictures.
#[derive(Debug)]
pub(super) struct Cursors {
    /// How many pictures the clip has, at least 1; behind the last comes the first.
    stored: u32,
    /// How many pictures there is room for, at least 2.
    room: u32,
    /// Counts the questions.
    turn: u64,
    all: [Option<Cursor>; MOST],
}

#[derive(Clone, Copy, Debug)]
struct Cursor {
    /// The picture asked for last.
    picture: u32,
    turn: u64,
    /// It is expected, and was never asked for.
    is_expected: bool,
}

impl Cursors {
    pub(super) const fn new(stored: u32, room: u32) -> Self {
        Self {
            stored,
            room,
            turn: 0,
            all: [None; MOST],
        }
    }

    /// `picture` is asked for.
    pub(super) fn ask(&mut self, picture: u32) {
        self.turn += 1;
        let near = self.all.iter_mut().flatten();
        let (stored, room) = (self.stored, self.room);
        let nearest = near
            .map(|cursor| (ahead(cursor.picture, picture, stored), cursor))
            .filter(|(ahead, _)| *ahead < room)
            .min_by_key(|(ahead, _)| *ahead);
        let new = Cursor {
            picture,
            turn: self.turn,
            is_expected: false,
        };
        match nearest {
            Some((_, cursor)) => *cursor = new,
            None => *self.oldest() = Some(new),
        }
    }

    /// `picture` will be asked for.
    pub(super) fn expect(&mut self, picture: u32) {
        let mut known = self.all.iter().flatten();
        if !known.any(|cursor| cursor.picture == picture) {
            let turn = self.turn;
            *self.oldest() = Some(Cursor {
                picture,
                turn,
                is_expected: true,
            });
        }
    }

    /// Nobody plays any more; what is expected stays.
    pub(super) fn rest(&mut self) {
        for cursor in &mut self.all {
            cursor.take_if(|cursor| !cursor.is_expected);
        }
    }

    /// A place for one more: a free one, else that which was asked for least lately, one that is played rather than an expected one.
    fn oldest(&mut self) -> &mut Option<Cursor> {
        let age = |cursor: &Option<Cursor>| cursor.map(|cursor| (cursor.is_expected, cursor.turn));
        let oldest = (0..MOST).min_by_key(|at| age(&self.all[*at])).unwrap_or(0);
        &mut self.all[oldest]
    }

    /// The pictures that are wanted, the most urgent first; no more than there is room for, and none twice unless it is wanted twice.
    pub(super) fn wanted(&self) -> impl Iterator<Item = u32> + use<'_> {
        let expected = self.live().filter(|cursor| cursor.is_expected).count() as u32;
        let playing = self.live().count() as u32 - expected;
        let lead = LEAD.min(self.room / (2 * expected.max(1))).max(1);
        let share = (self.room.saturating_sub(expected * lead) / playing.max(1)).max(1);
        let reach = move |cursor: &Cursor| if cursor.is_expected { lead } else { share }.min(self.stored);
        let at = move |ahead: u32| {
            let reaching = self.live().filter(move |cursor| ahead < reach(cursor));
            reaching.map(move |cursor| (cursor.picture + ahead) % self.stored)
        };
        let most = if playing > 0 { share } else { lead };
        (0..most.max(lead)).flat_map(at).take(self.room as usize)
    }

    fn live(&self) -> impl Iterator<Item = &Cursor> {
        let is_live = |cursor: &&Cursor| cursor.is_expected || self.turn - cursor.turn < PATIENCE;
        self.all.iter().flatten().filter(is_live)
    }
}

/// How many pictures `to` is behind `from`, on and over the end.
const fn ahead(from: u32, to: u32, stored: u32) -> u32 {
    if to >= from { to - from } else { to + (stored - from) }
}
