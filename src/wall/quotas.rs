//! What the columns of a site ask for, in the programme's numbers.

use std::{collections::HashMap, sync::Arc};

use crate::{
    programme::Quota,
    site::{Column, Site},
    units::Share,
};

/// The quotas of a site.
#[derive(Debug)]
pub(super) struct Quotas<'a> {
    site: &'a Site,
    /// Of each column that asks for something, its index in the list.
    numbers: HashMap<&'a str, usize>,
    list: Arc<[Quota]>,
}

impl<'a> Quotas<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        let mut quotas = Self {
            site,
            numbers: HashMap::new(),
            list: [].into(),
        };
        let mut asking: Vec<(usize, &Column)> = site
            .columns
            .iter()
            .filter(|column| asks(column))
            .map(|column| (site.lineage(&column.id).count(), column))
            .collect();
        // Columns above come before those below them.
        asking.sort_by_key(|(depth, _)| *depth);
        let mut list = Vec::with_capacity(asking.len());
        for (_, column) in asking {
            list.push(Quota {
                column: Arc::clone(&column.id),
                above: column.parent.as_deref().and_then(|parent| quotas.of(parent)),
                least: column.least,
                most: column.most,
                repeats: column.repeats,
            });
            quotas.numbers.insert(&column.id, list.len() - 1);
        }
        quotas.list = list.into();
        quotas
    }

    /// All of them, each after the one that it is below.
    pub(super) fn list(&self) -> Arc<[Quota]> {
        Arc::clone(&self.list)
    }

    /// The quota that the items of a column count for: its own, or the nearest above.
    pub(super) fn of(&self, column: &str) -> Option<usize> {
        self.site
            .lineage(column)
            .find_map(|column| self.numbers.get(&*column.id).copied())
    }
}

fn asks(column: &Column) -> bool {
    column.least > Share::NONE || column.most < Share::WHOLE || column.repeats.is_some()
}
