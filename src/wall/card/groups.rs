//! The areas of a sheet: zones that overlap share one, since areas of a card may not.

use crate::units::Area;

/// Tracks that share an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    /// The area, on the screen.
    pub(super) place: Area,
    /// The tracks, rising.
    pub(super) tracks: Vec<usize>,
}

/// The tracks of `places`, each cut to `region`, in groups that do not overlap: at most `most` of them, at least one being allowed. Those
/// that lie outside are left out. The uppermost, then the leftmost comes first.
pub(super) fn groups(places: &[(usize, Area)], region: Area, most: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (track, area) in places {
        if let Some(place) = common(*area, region) {
            let tracks = vec![*track];
            groups.push(Group { place, tracks });
        }
    }
    join_overlapping(&mut groups);
    while groups.len() > most.max(1) {
        let (one, other) = nearest(&groups);
        let taken = groups.remove(other);
        groups[one].take(taken);
        join_overlapping(&mut groups);
    }
    groups.sort_by_key(|group| (group.place.y, group.place.x));
    groups
}

impl Group {
    fn take(&mut self, other: Self) {
        self.place = around(self.place, other.place);
        self.tracks.extend(other.tracks);
        self.tracks.sort_unstable();
    }
}

/// Joins what overlaps, and what overlaps with that, until nothing does.
fn join_overlapping(groups: &mut Vec<Group>) {
    while let Some((one, other)) = pair(groups, Area::overlaps) {
        let taken = groups.remove(other);
        groups[one].take(taken);
    }
}

/// The first two groups whose places are so.
fn pair(groups: &[Group], is: impl Fn(Area, Area) -> bool) -> Option<(usize, usize)> {
    let all = || (0..groups.len()).flat_map(|one| (one + 1..groups.len()).map(move |other| (one, other)));
    all().find(|(one, other)| is(groups[*one].place, groups[*other].place))
}

/// The two groups that together waste the fewest LEDs.
fn nearest(groups: &[Group]) -> (usize, usize) {
    let waste = |(one, other): &(usize, usize)| {
        let (one, other) = (groups[*one].place, groups[*other].place);
        around(one, other).size().leds() - one.size().leds() - other.size().leds()
    };
    let all = (0..groups.len()).flat_map(|one| (one + 1..groups.len()).map(move |other| (one, other)));
    all.min_by_key(waste).unwrap_or((0, 0))
}

/// What both have of the screen; `None` where that is nothing.
pub(super) fn common(one: Area, other: Area) -> Option<Area> {
    let (x, y) = (one.x.max(other.x), one.y.max(other.y));
    let (right, bottom) = (one.right().min(other.right()), one.bottom().min(other.bottom()));
    (x < right && y < bottom).then(|| Area::new(x, y, right - x, bottom - y))
}

/// The smallest area that holds both.
fn around(one: Area, other: Area) -> Area {
    let (x, y) = (one.x.min(other.x), one.y.min(other.y));
    let (right, bottom) = (one.right().max(other.right()), one.bottom().max(other.bottom()));
    Area::new(x, y, right - x, bottom - y)
}
