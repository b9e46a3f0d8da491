//! What a card with fonts of its own cannot show, said when files are read: never a hole on the wall.

use std::sync::Arc;

use super::{groups::common, substitute::missing};
use crate::{
    controller::onbon::Model,
    item::Item,
    site::{Screen, Site},
    units::Area,
};

/// The card with fonts of its own that lights any of `area` of a screen.
pub(in crate::wall) fn with_fonts(screen: &Screen, area: Area) -> Option<&'static Model> {
    let cards = screen.cards.iter();
    let mut lit = cards.filter(|card| card.model.family.takes_words() && common(card.region, area).is_some());
    lit.next().map(|card| card.model)
}

/// The characters of an item that such a card lacks, and for which nothing stands; each once, in order.
pub(in crate::wall) fn lacking(item: &Item) -> Vec<char> {
    let head = [&item.title].into_iter().chain(&item.department).chain(&item.number);
    unique(head.chain(item.body.iter().map(|paragraph| &paragraph.text)))
}

/// Those of the names of a site that stand on its pages.
pub(in crate::wall) fn lacking_of_site(site: &Site) -> Vec<char> {
    let titles = site.columns.iter().map(|column| &column.title);
    unique([&site.title].into_iter().chain(titles).chain(&site.full_text))
}

fn unique<'a>(texts: impl Iterator<Item = &'a Arc<str>>) -> Vec<char> {
    let mut characters: Vec<char> = texts.flat_map(|text| missing(text)).collect();
    characters.sort_unstable();
    characters.dedup();
    characters
}
