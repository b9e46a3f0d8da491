//! Which scene sets an item in a zone.

use std::sync::Arc;

use crate::{
    item::Item,
    site::{Site, Zone, ZoneKind},
    stage::{Template, Templates},
};

/// The template of an item in a zone, or on the whole screen: the item's own, its column's, the zone's, the zone kind's. A ticker has one
/// style for all.
pub(super) fn of_item(site: &Site, templates: &Templates, item: &Item, zone: Option<&Zone>) -> Option<Arc<Template>> {
    let of_zone = zone.and_then(|zone| zone.scene.as_ref());
    if zone.is_some_and(|zone| zone.kind == ZoneKind::Ticker) {
        return named(templates, of_zone, "ticker");
    }
    let of_column = site.column(&item.column).and_then(|column| column.scene.as_ref());
    let own = item.scene.as_ref().filter(|name| templates.get(name).is_some());
    named(templates, own.or(of_column).or(of_zone), "notice")
}

/// The template of that name, or the one that its kind of zone has by default.
pub(super) fn named(templates: &Templates, name: Option<&Arc<str>>, default: &str) -> Option<Arc<Template>> {
    let named = name.and_then(|name| templates.get(name));
    named.or_else(|| templates.get(default)).cloned()
}
