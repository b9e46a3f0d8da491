//! Shares of columns that cannot all be kept, however the files turn out.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::{Column, fault::SiteFault, table as t};
use crate::{document::Record, units::Share};

/// Tells of every column that asks for more than it lets itself have, and of columns that together ask for more than there is above
/// them. Identities that are not unique have been told already; then nothing is added up.
pub(super) fn check(columns: &[(&Record<'_>, &Column)]) {
    for (record, column) in columns {
        if column.least > column.most {
            let (least, most) = (column.least, column.most);
            record.problem_at(place(record), SiteFault::LeastAboveMost { least, most });
        }
    }
    let places: HashMap<&str, usize> = columns
        .iter()
        .enumerate()
        .map(|(at, (_, column))| (&*column.id, at))
        .collect();
    if places.len() < columns.len() {
        return;
    }
    let above: Vec<Option<usize>> = columns
        .iter()
        .map(|(_, column)| column.parent.as_deref().and_then(|parent| places.get(parent).copied()))
        .collect();
    let needs = needs(columns, &above);
    let mut asking: HashMap<Option<usize>, Vec<(Arc<str>, u32)>> = HashMap::new();
    for (at, (record, column)) in columns.iter().enumerate().filter(|(at, _)| needs[*at] > 0) {
        let room = above[at].map_or(Share::WHOLE, |above| columns[above].1.most);
        let asking = asking.entry(above[at]).or_default();
        let before: u32 = asking.iter().map(|(_, percent)| percent).sum();
        asking.push((Arc::clone(&column.title), needs[at]));
        let most = u32::from(room.percent());
        // Told once, where the sum passes what there is.
        if before <= most && before + needs[at] > most {
            let fault = SiteFault::TooMuchBelow {
                above: above[at].map(|above| Arc::clone(&columns[above].1.title)),
                room,
                asking: asking.clone(),
            };
            record.problem_at(place(record), fault);
        }
    }
}

/// The least that each column needs, in percent: its own, or what the columns below it need together. No column is above itself.
fn needs(columns: &[(&Record<'_>, &Column)], above: &[Option<usize>]) -> Vec<u32> {
    let mut open = vec![0_usize; columns.len()];
    above.iter().flatten().for_each(|above| open[*above] += 1);
    let mut below = vec![0_u32; columns.len()];
    let mut needs = vec![0; columns.len()];
    let mut ready: Vec<usize> = (0..columns.len()).filter(|at| open[*at] == 0).collect();
    while let Some(at) = ready.pop() {
        needs[at] = u32::from(columns[at].1.least.percent()).max(below[at]);
        if let Some(above) = above[at] {
            below[above] = below[above].saturating_add(needs[at]);
            open[above] -= 1;
            ready.extend((open[above] == 0).then_some(above));
        }
    }
    needs
}

/// Where the column's least stands, or else its table.
fn place(record: &Record<'_>) -> Range<usize> {
    let written = record.written(&t::COLUMN_LEAST).is_some();
    let least = record.peek(&t::COLUMN_LEAST).filter(|_| written);
    least.map_or_else(|| record.span(), |least| least.span)
}
