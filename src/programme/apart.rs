//! Nothing stands beside itself: what comes in a round put in an order in which neighbours differ.

use std::collections::{HashMap, VecDeque};

use super::plan::Material;

/// What has come of a round already.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ends {
    /// What came first; the round's last will have to differ from it.
    pub(super) first: Option<Material>,
    /// What came last.
    pub(super) last: Option<Material>,
}

/// The indices of `wanted`, which is in the order of places, such that no two neighbours are of one material, nor the round's last
/// and first.
///
/// Each time it is the first one left that differs from the one before, unless one material has so many left that it must come now
/// to stand apart to the end. Of a material that outnumbers all others in a whole round the last ones are left out, until it is as
/// many as they are; where there is no other, one stays.
pub(super) fn apart(wanted: &[Material], ends: Ends) -> Vec<usize> {
    let mut left = Left::new(wanted, ends);
    let mut order = Vec::with_capacity(left.count);
    while let Some(at) = left.take_next() {
        order.push(at);
    }
    order
}

/// What is still to come.
#[derive(Debug)]
struct Left {
    /// Each one's material, by number.
    wanted: Vec<usize>,
    /// The first and the last that have come, by number.
    first: Option<usize>,
    last: Option<usize>,
    /// Whether each of `wanted` has come, or is left out.
    gone: Vec<bool>,
    /// All before it are gone.
    front: usize,
    count: usize,
    /// Of each material the places of those left, in order.
    places: Vec<VecDeque<usize>>,
    /// No material has more left.
    most: usize,
}

impl Left {
    fn new(wanted: &[Material], ends: Ends) -> Self {
        let mut numbers: HashMap<Material, usize> = HashMap::new();
        let mut number = |material: Material| {
            let next = numbers.len();
            *numbers.entry(material).or_insert(next)
        };
        let wanted: Vec<usize> = wanted.iter().map(|material| number(*material)).collect();
        let (first, last) = (ends.first.map(&mut number), ends.last.map(&mut number));
        let mut places = vec![VecDeque::new(); numbers.len()];
        for (at, material) in wanted.iter().enumerate() {
            places[*material].push_back(at);
        }
        let mut left = Self {
            first,
            last,
            gone: vec![false; wanted.len()],
            front: 0,
            count: wanted.len(),
            most: wanted.len(),
            wanted,
            places,
        };
        left.leave_out();
        left
    }

    /// Takes what could only stand beside itself out of a whole round.
    fn leave_out(&mut self) {
        let Some(crowd) = self
            .places
            .iter_mut()
            .max_by_key(|places| places.len())
            .filter(|_| self.first.is_none())
        else {
            return;
        };
        let others = self.count - crowd.len();
        for left_out in crowd.split_off(crowd.len().min(others.max(1))) {
            self.gone[left_out] = true;
            self.count -= 1;
        }
    }

    fn take_next(&mut self) -> Option<usize> {
        let at = match self.urgent() {
            Some(material) => self.places[material][0],
            None => self.first_that_differs()?,
        };
        let material = self.wanted[at];
        // The first one left that differs is the first of its material.
        self.places[material].pop_front();
        self.gone[at] = true;
        self.count -= 1;
        self.first.get_or_insert(material);
        self.last = Some(material);
        Some(at)
    }

    /// The material that could no longer stand apart if another came now: one that has about half of what is left.
    fn urgent(&mut self) -> Option<usize> {
        if self.count > 2 * self.most + 1 {
            return None;
        }
        self.most = self.places.iter().map(VecDeque::len).max().unwrap_or(0);
        let must = |(material, places): &(usize, &VecDeque<usize>)| {
            let closed = usize::from(self.first == Some(*material));
            // Every other place of those after the next, and not the round's last where that would meet the first.
            self.last != Some(*material) && places.len() > self.count.saturating_sub(1 + closed).div_ceil(2)
        };
        self.places.iter().enumerate().find(must).map(|(material, _)| material)
    }

    fn first_that_differs(&mut self) -> Option<usize> {
        while self.gone.get(self.front) == Some(&true) {
            self.front += 1;
        }
        let last = self.last;
        let mut rest = (self.front..self.wanted.len()).filter(|at| !self.gone[*at]);
        rest.find(|at| last != Some(self.wanted[*at]))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Ends, apart};
    use crate::programme::Material;

    fn order(wanted: &str, first: Option<char>, last: Option<char>) -> String {
        let letters: Vec<char> = wanted.chars().collect();
        let materials: Vec<Material> = letters.iter().map(|letter| Material(u32::from(*letter))).collect();
        let material = |letter: Option<char>| letter.map(|letter| Material(u32::from(letter)));
        let ends = Ends {
            first: material(first),
            last: material(last),
        };
        apart(&materials, ends).into_iter().map(|at| letters[at]).collect()
    }

    #[test]
    fn what_already_stands_apart_stays_as_it_is() {
        assert_eq!(order("", None, None), "");
        assert_eq!(order("ABC", None, None), "ABC");
        assert_eq!(order("ABAC", None, None), "ABAC");
    }

    #[test]
    fn neighbours_are_parted_and_so_are_the_last_and_the_first() {
        assert_eq!(order("AABC", None, None), "ABAC");
        assert_eq!(order("BCAA", None, None), "BACA");
        assert_eq!(order("ABCA", None, None), "ABAC");
        assert_eq!(order("ABCDA", None, None), "ABCAD");
    }

    #[test]
    fn what_could_only_stand_beside_itself_is_left_out() {
        assert_eq!(order("AAB", None, None), "AB");
        assert_eq!(order("AAAAABC", None, None), "ABAC");
        assert_eq!(order("AAA", None, None), "A");
    }

    #[test]
    fn the_end_of_a_round_fits_what_came_before() {
        assert_eq!(order("AB", Some('B'), Some('C')), "BA");
        assert_eq!(order("ABB", Some('C'), Some('A')), "BAB");
    }

    /// Whether so many of each letter can follow `last` with no two alike side by side and another than `first` at the end.
    fn can_stand_apart(counts: &mut BTreeMap<char, usize>, first: Option<char>, last: Option<char>) -> bool {
        let left: Vec<char> = counts.keys().copied().filter(|letter| counts[letter] > 0).collect();
        if left.is_empty() {
            return first.is_none() || first != last;
        }
        let mut choices = left.into_iter().filter(|letter| Some(*letter) != last);
        choices.any(|letter| {
            counts.entry(letter).and_modify(|count| *count -= 1);
            let can = can_stand_apart(counts, first.or(Some(letter)), Some(letter));
            counts.entry(letter).and_modify(|count| *count += 1);
            can
        })
    }

    fn stands_apart(order: &str, first: Option<char>, last: Option<char>) -> bool {
        let letters: Vec<char> = last.into_iter().chain(order.chars()).collect();
        let first = first.or_else(|| order.chars().next());
        letters.windows(2).all(|pair| pair[0] != pair[1]) && (order.is_empty() || letters.last().copied() != first)
    }

    #[test]
    fn whatever_can_stand_apart_does_and_only_the_rest_is_left_out() {
        let ends = [None, Some('A'), Some('B'), Some('D')];
        for number in 0..4_usize.pow(7) {
            let wanted: String = (0..7)
                .map(|at| ["A", "B", "C", ""][number / 4_usize.pow(at) % 4])
                .collect();
            let mut counts = BTreeMap::new();
            wanted
                .chars()
                .for_each(|letter| *counts.entry(letter).or_insert(0) += 1);
            let most = counts.values().copied().max().unwrap_or(0);
            let whole = order(&wanted, None, None);
            let fits = most.min((wanted.len() - most).max(1));
            assert_eq!(whole.len(), wanted.len() - most + fits, "{wanted} came as {whole}");
            assert!(
                whole.len() < 2 || stands_apart(&whole, None, None),
                "{wanted} came as {whole}"
            );
            for (first, last) in ends.iter().flat_map(|first| ends.map(|last| (*first, last))) {
                if first.is_some() && last.is_some() && can_stand_apart(&mut counts, first, last) {
                    let rest = order(&wanted, first, last);
                    assert!(
                        rest.len() == wanted.len() && stands_apart(&rest, first, last),
                        "{wanted} came as {rest}"
                    );
                }
            }
        }
    }
}
