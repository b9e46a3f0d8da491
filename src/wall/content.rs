//! From an item to the fields that a scene can show.

use std::sync::Arc;

use crate::{
    item::{Item, ParagraphKind},
    site::Site,
    stage::Content,
    units::Digest,
};

/// The fields of `item` as `site` names them, with their digest.
pub(super) fn of_item(site: &Site, item: &Item) -> (Arc<Content>, Digest) {
    let column = site
        .column(&item.column)
        .map_or_else(|| Arc::clone(&item.column), |column| Arc::clone(&column.title));
    finish(Content {
        title: Arc::clone(&item.title),
        body: item.body.clone(),
        column,
        department: item.department.clone().unwrap_or_default(),
        number: item.number.clone().unwrap_or_default(),
        published: item.published.map(jiff::civil::DateTime::date),
        site: Arc::clone(&site.title),
    })
}

/// What a clock has to show besides the time.
pub(super) fn of_clock(site: &Site) -> (Arc<Content>, Digest) {
    finish(Content {
        title: Arc::clone(&site.title),
        site: Arc::clone(&site.title),
        ..Content::default()
    })
}

fn finish(content: Content) -> (Arc<Content>, Digest) {
    let published = content.published.map_or_else(String::new, |date| date.to_string());
    let fields = [
        &content.title,
        &content.column,
        &content.department,
        &content.number,
        &content.site,
    ];
    let head = fields
        .into_iter()
        .map(|field| field.as_bytes())
        .chain([published.as_bytes()]);
    let body = content.body.iter().flat_map(|paragraph| {
        let kind: &[u8] = match paragraph.kind {
            ParagraphKind::Text => b"text",
            ParagraphKind::Heading => b"heading",
            ParagraphKind::Point => b"point",
        };
        [kind, paragraph.text.as_bytes()]
    });
    let digest = Digest::of_parts(head.chain(body));
    (Arc::new(content), digest)
}
