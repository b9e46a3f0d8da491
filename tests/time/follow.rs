//! What a track may show, followed from edge to edge.
//!
//! Windows, solemn days and alerts take effect at once. Where only the items in force change, the page that is on stays to its end:
//! so for one page the items of before may be on as well.

use super::{
    model::{ALERT, Site},
    oracle::Tier,
};

/// One track, from the highest tier down.
#[derive(Debug, Default)]
pub(super) struct Follow {
    tiers: Vec<Followed>,
}

#[derive(Debug)]
struct Followed {
    now: Tier,
    /// What may still be on, each until a tick.
    late: Vec<(Tier, i64)>,
}

impl Follow {
    /// Goes on to what is to be shown from `tick` on, at so many ticks a second; what was before lasts until then.
    pub(super) fn step(&mut self, site: &Site, tiers: &[Tier], tick: i64, rate: i64) {
        let before = std::mem::take(&mut self.tiers);
        self.tiers = tiers
            .iter()
            .map(|now| {
                let before = before.iter().position(|tier| tier.now.priority == now.priority);
                (now, before)
            })
            .map(|(now, at)| match at {
                Some(at) => before[at].followed_by(site, now, tick, rate),
                None => Followed {
                    now: now.clone(),
                    late: Vec::new(),
                },
            })
            .collect();
    }

    /// Whether the track may show the item of the playlist at `tick`; nothing, where there is none.
    pub(super) fn permits(&self, shown: Option<(usize, usize)>, tick: i64) -> bool {
        for tier in &self.tiers {
            let late = tier.late.iter().filter(|(_, until)| tick < *until);
            let has = |tier: &Tier| shown.is_some_and(|(playlist, item)| tier.has(playlist, item));
            if has(&tier.now) || late.map(|(before, _)| before).any(has) {
                return true;
            }
            if !tier.now.is_empty() {
                return false;
            }
        }
        shown.is_none()
    }

    /// Whether more than what is in force now may be on.
    pub(super) fn is_late(&self, tick: i64) -> bool {
        let mut late = self.tiers.iter().flat_map(|tier| &tier.late);
        late.any(|(_, until)| tick < *until)
    }

    /// The highest tier that has something now.
    pub(super) fn top(&self) -> Option<&Tier> {
        self.tiers.iter().map(|tier| &tier.now).find(|tier| !tier.is_empty())
    }
}

impl Followed {
    fn followed_by(&self, site: &Site, now: &Tier, tick: i64, rate: i64) -> Self {
        let mut late = Vec::new();
        if self.now.edge == now.edge && now.priority < ALERT {
            late = self.late.iter().filter(|(_, until)| tick < *until).cloned().collect();
            if self.now.items != now.items && !self.now.is_empty() {
                late.push((self.now.clone(), tick + longest_page(site, &self.now) * rate));
            }
        }
        Self { now: now.clone(), late }
    }
}

/// How many seconds a page of the tier lasts at most.
fn longest_page(site: &Site, tier: &Tier) -> i64 {
    let all = tier.items.iter().fold(0, |all, (_, items)| all | items);
    let dwells = (0..site.items.len()).filter(|item| all >> item & 1 == 1);
    dwells.map(|item| site.items[item].dwell).max().unwrap_or(0)
}
