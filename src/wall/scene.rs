//! Which scene sets an item in a zone.

use std::sync::Arc;

use crate::{
    item::Item,
    site::{Site, Zone, ZoneKind},
    stage::{Field, Template, Templates},
};

/// The template of an item in a zone, or on the whole screen: the item's own, its column's, the zone's, the zone kind's; of one that
/// shows a picture or a chart those that have a box for it, and `picture` or `chart` by default. A ticker has one style for all.
pub(super) fn of_item(site: &Site, templates: &Templates, item: &Item, zone: Option<&Zone>) -> Option<Arc<Template>> {
    let of_zone = zone.and_then(|zone| zone.scene.as_ref());
    if zone.is_some_and(|zone| zone.kind == ZoneKind::Ticker) {
        return named(templates, of_zone, "ticker");
    }
    let of_column = site.column(&item.column).and_then(|column| column.scene.as_ref());
    let own = item.scene.as_ref().filter(|name| templates.get(name).is_some());
    let (what, default) = match item {
        _ if own.is_some() => (None, "notice"),
        Item { chart: Some(_), .. } => (Some(Field::Chart), "chart"),
        Item { media: Some(_), .. } if item.shows_media() => (Some(Field::Media), "picture"),
        _ => (None, "notice"),
    };
    // That of a column or a zone sets words; what an item shows beside them needs a box.
    let has_box =
        |name: &&Arc<str>| what.is_none_or(|field| templates.get(name).is_some_and(|scene| scene.has_box(field)));
    let usual = own
        .or_else(|| of_column.filter(has_box))
        .or_else(|| of_zone.filter(has_box));
    named(templates, usual, default)
}

/// The template of that name, or the one that its kind of zone has by default.
pub(super) fn named(templates: &Templates, name: Option<&Arc<str>>, default: &str) -> Option<Arc<Template>> {
    let named = name.and_then(|name| templates.get(name));
    named.or_else(|| templates.get(default)).cloned()
}
