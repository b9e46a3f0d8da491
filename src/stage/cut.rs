//! A notice that is longer than it may be: where it ends, and what its last page says about the rest.
//!
//! The text that stays ends with `……`: after the last sentence that leaves something on the last page, else after the last phrase, else
//! where a line might end, and only where nothing else is left inside brackets or in the middle of a word. Below it the last page says
//! where the whole text is; where that does not fit, `（未完）`.

use std::{borrow::Cow, sync::Arc};

use super::{
    boxes::Block,
    content::Extent,
    deal::First,
    flow::{Form, Paper, Part, Role, Set},
    pause::{self, Pause, Rank},
};
use crate::text::Align;

/// The mark of a cut.
const MARK: &str = "……";

/// What the last page says where the full words do not fit.
const SHORT: &str = "（未完）";

/// The narrowest character, in dots.
const NARROWEST: u32 = 4;

/// Pages of lines.
type Pages = Vec<Vec<Set>>;

/// A text to be cut.
struct Cutting<'a> {
    paper: &'a Paper<'a>,
    parts: &'a [Part<'a>],
    /// The lines of the parts, but for the last one in which it may be.
    lines: Vec<Vec<Set>>,
    /// Where the text may be cut, in order.
    places: Vec<Place>,
    /// The most pages.
    most: usize,
}

/// A place at which a text may be cut.
#[derive(Clone, Copy, Debug)]
struct Place {
    part: usize,
    pause: Pause,
}

/// As much of `parts` as `extent` lets through, on its pages. All of it must take more.
pub(super) fn cut(parts: &[Part<'_>], paper: &Paper<'_>, block: &Block, extent: &Extent) -> Pages {
    let most = usize::from(extent.pages.clamp(1, Extent::LIMIT));
    let cutting = Cutting::new(parts, paper, most);
    let notices = [full(extent), SHORT.into(), "".into()].map(|text| cutting.notice(text, block));
    let cut = notices.iter().find_map(|notice| cutting.before(notice));
    // Only where not even one character and the mark find room.
    cut.unwrap_or_else(|| {
        let set = parts.iter().map(|part| (part.role, paper.set(part)));
        let mut pages = paper.pages(set, First::Pages);
        pages.truncate(most);
        pages
    })
}

/// Where the whole text is.
pub(super) fn full(extent: &Extent) -> Cow<'static, str> {
    match &extent.full_text {
        Some(place) => format!("（全文见{place}）").into(),
        None => "（未完，全文请询服务台）".into(),
    }
}

impl<'a> Cutting<'a> {
    fn new(parts: &'a [Part<'a>], paper: &'a Paper<'a>, most: usize) -> Self {
        // No more characters than that could stand on the pages.
        let mut room = most * paper.per_page * (paper.width / NARROWEST + 1) as usize;
        let (mut lines, mut places) = (Vec::new(), Vec::new());
        for (at, part) in parts.iter().enumerate() {
            let end = part.text.char_indices().nth(room).map(|(end, _)| end);
            if part.role != Role::Tail {
                let reached = &part.text[..end.unwrap_or(part.text.len())];
                let pauses = match part.form {
                    Form::Table { headed } => pause::rows(reached, headed),
                    Form::Text(_) | Form::Title | Form::Point(_) => pause::pauses(paper.compositor, reached),
                };
                places.extend(pauses.into_iter().map(|pause| Place { part: at, pause }));
            }
            if end.is_some() {
                break;
            }
            lines.push(paper.set(part));
            room -= part.text.chars().count();
        }
        Self {
            paper,
            parts,
            lines,
            places,
            most,
        }
    }

    /// The lines of a notice at the foot of the last page, which stay together.
    fn notice(&self, text: Cow<'static, str>, block: &Block) -> Vec<Set> {
        if text.is_empty() {
            return Vec::new();
        }
        let mut lines = self.paper.set(&Part {
            text,
            emphasis: Arc::default(),
            align: if block.align == Align::Centre {
                Align::Centre
            } else {
                Align::Right
            },
            colour: block.accent,
            form: Form::Text(0),
            role: Role::Tail,
        });
        let last = lines.len().saturating_sub(1);
        lines[..last].iter_mut().for_each(|line| line.foot.keep = true);
        lines
    }

    /// As much of the text as stays before `notice`; `None` where the notice leaves no room for any.
    fn before(&self, notice: &[Set]) -> Option<Pages> {
        // Above more than two lines there is room for one of the text.
        if notice.len() > self.paper.per_page || notice.len() == self.paper.per_page && notice.len() > 2 {
            return None;
        }
        let in_text = |place: &&Place| self.parts[place.part].role == Role::Text;
        let clean = Rank::ALL.into_iter().find_map(|rank| {
            let ranked = |place: &&Place| in_text(place) && place.pause.rank <= rank;
            self.last(self.places.iter().filter(ranked), notice, rank < Rank::Torn)
        });
        // Not one word of the text finds room: a whole title above the notice, or as much of it as there is room for.
        let titles = || {
            let whole = |place: &&Place| place.pause.end == self.parts[place.part].text.trim_end().len();
            self.last(self.places.iter().filter(whole), notice, false)
        };
        clean
            .or_else(titles)
            .or_else(|| self.last(self.places.iter(), notice, false))
    }

    /// The text cut at the last of `places` that leaves room for `notice`. Where it must be `full`, only at one that leaves something
    /// on the last page.
    fn last<'p>(&self, places: impl Iterator<Item = &'p Place>, notice: &[Set], full: bool) -> Option<Pages> {
        let places: Vec<&Place> = places.collect();
        let fits = |place: &&Place| self.pages(place, notice).len() <= self.most;
        // How many pages a text takes only grows with it, near enough.
        let fitting = &places[..places.partition_point(fits)];
        let cuts = fitting
            .iter()
            .rev()
            .map(|place| (place.pause.below, self.pages(place, notice)));
        let mut good = cuts
            .filter(|(_, pages)| pages.len() <= self.most)
            .take_while(|(below, pages)| !full || self.is_full(pages, notice, *below));
        // The mark alone on a line looks like a slip, unless it is meant to stand there.
        let tidy = good.find(|(below, pages)| *below || !is_mark_alone(pages, notice));
        tidy.map(|(_, pages)| pages)
    }

    /// Whether there are as many pages as there may be, and the last one has some of the text, besides a mark on a line of its own, unless
    /// the notice takes all of it.
    fn is_full(&self, pages: &Pages, notice: &[Set], below: bool) -> bool {
        let others = notice.len() + usize::from(below);
        let has_text = pages.last().is_some_and(|page| page.len() > others) || others == self.paper.per_page && !below;
        pages.len() == self.most && has_text
    }

    /// The pages of the text cut at `place`, `notice` at their foot.
    fn pages(&self, place: &Place, notice: &[Set]) -> Pages {
        let part = &self.parts[place.part];
        let before = self.parts.iter().zip(&self.lines).take(place.part);
        let before = before.map(|(part, lines)| (part.role, lines.clone()));
        let kept = self.kept(place, !notice.is_empty());
        let cut = kept.iter().map(|kept| (part.role, self.paper.set(kept)));
        self.paper
            .pages(before.chain(cut).chain([(Role::Tail, notice.to_vec())]), First::Pages)
    }

    /// What stays of the part that is cut, with the mark.
    fn kept(&self, place: &Place, noticed: bool) -> Vec<Part<'a>> {
        let part = &self.parts[place.part];
        let text = &part.text[..place.pause.end];
        let is_whole = text.len() == part.text.trim_end().len();
        let with = |text: String, form| Part {
            text: text.into(),
            form,
            ..part.clone()
        };
        // A title above a notice needs no mark, nor does a text of which only department and date are left out.
        let is_complete = match part.role {
            Role::Head => noticed,
            Role::Text | Role::Tail => self.parts.iter().rposition(|part| part.role == Role::Text) == Some(place.part),
        };
        if is_whole && is_complete {
            vec![part.clone()]
        } else if place.pause.below && part.role == Role::Text {
            let form = match part.form {
                Form::Text(_) if is_whole => part.form,
                Form::Text(_) | Form::Title | Form::Point(_) | Form::Table { .. } => Form::Text(0),
            };
            vec![with(text.into(), part.form), with(MARK.into(), form)]
        } else {
            let mark = if text.ends_with(MARK) { "" } else { MARK };
            vec![with(format!("{text}{mark}"), part.form)]
        }
    }
}

/// Whether the line above the notice is nothing but the mark.
fn is_mark_alone(pages: &Pages, notice: &[Set]) -> bool {
    let last = pages.iter().flatten().rev().nth(notice.len());
    last.is_some_and(|set| &*set.line.text == MARK)
}
