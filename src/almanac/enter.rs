//! Several files, one calendar.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;

use super::{Almanac, Conflict, Holiday};
use crate::calendar::{Calendar, Mark};

impl Almanac {
    /// Adds what `file` says to `calendar`. `sources` remembers which file spoke of each day. What contradicts an earlier file is left
    /// out, each holiday as a whole, and given back.
    pub fn enter<'a>(
        &'a self,
        file: &Arc<str>,
        calendar: &mut Calendar,
        sources: &mut BTreeMap<Date, Arc<str>>,
    ) -> Vec<(&'a Holiday, Conflict)> {
        let mut conflicts = Vec::new();
        for holiday in &self.holidays {
            match holiday.conflict(calendar, sources) {
                Some(conflict) => conflicts.push((holiday, conflict)),
                None => holiday.enter(file, calendar, sources),
            }
        }
        calendar.years.extend(self.year);
        calendar.special.extend(&self.special);
        conflicts
    }
}

impl Holiday {
    /// Its days, and whether each is off.
    pub(super) fn days(&self) -> impl Iterator<Item = (Date, bool)> + '_ {
        let off = self.off.iter().map(|date| (*date, true));
        off.chain(self.work.iter().map(|date| (*date, false)))
    }

    fn conflict(&self, calendar: &Calendar, sources: &BTreeMap<Date, Arc<str>>) -> Option<Conflict> {
        self.days().find_map(|(date, is_off)| {
            let mark = calendar.marks.get(&date).filter(|mark| mark.is_off != is_off)?;
            Some(Conflict {
                date,
                off: mark.is_off,
                name: self.name.to_string(),
                first: sources.get(&date).map(ToString::to_string).unwrap_or_default(),
            })
        })
    }

    fn enter(&self, file: &Arc<str>, calendar: &mut Calendar, sources: &mut BTreeMap<Date, Arc<str>>) {
        for (date, is_off) in self.days() {
            calendar.marks.entry(date).or_insert_with(|| Mark {
                is_off,
                name: Arc::clone(&self.name),
            });
            sources.entry(date).or_insert_with(|| Arc::clone(file));
        }
    }
}
