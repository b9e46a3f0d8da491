//! From an item to the fields that a scene can show.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};

use crate::{
    item::{Counter, Item, Paragraph, ParagraphKind, Point},
    site::Site,
    stage::{Content, Extent, Film},
    units::Digest,
};

/// The most pages of an item, where neither it nor its columns say.
const PAGES: u16 = 3;

/// What of an item depends on where it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Shown {
    /// What stands as its title, where its scene has no place for the body.
    pub(super) lines: Option<Arc<str>>,
    /// The clip that was made of its video for that place.
    pub(super) film: Option<Film>,
}

/// The fields of `item` as `site` names them, with their digest; `period` is the first and the last day of its posting, where it has one.
pub(super) fn of_item(
    site: &Site,
    item: &Item,
    Shown { lines, film }: Shown,
    period: Option<(Date, Date)>,
) -> (Arc<Content>, Digest) {
    let column = site
        .column(&item.column)
        .map_or_else(|| Arc::clone(&item.column), |column| Arc::clone(&column.title));
    finish(Content {
        title: lines.unwrap_or_else(|| Arc::clone(&item.title)),
        body: item.body.clone(),
        column,
        department: item.department.clone().unwrap_or_default(),
        number: item.number.clone().unwrap_or_default(),
        published: item.published.map(DateTime::date),
        period,
        counter: item.counter,
        site: Arc::clone(&site.title),
        extent: extent(site, item),
        link: item.link.clone().unwrap_or_default(),
        picture: item.picture.clone(),
        is_beside: item.media.is_some() && (item.picture.is_some() || film.is_some()),
        fitting: item.fitting.unwrap_or_default(),
        chart: item.chart.as_ref().and_then(|chart| chart.drawn.clone()),
        film,
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

/// How many pages the item may take, and where the rest of it is: as the item says, else the nearest column that says so.
fn extent(site: &Site, item: &Item) -> Extent {
    let columns = || site.lineage(&item.column);
    let pages = item.pages.or_else(|| columns().find_map(|column| column.pages));
    let full_text = columns().find_map(|column| column.full_text.clone());
    Extent {
        pages: pages.unwrap_or(PAGES),
        full_text: full_text.or_else(|| site.full_text.clone()),
    }
}

fn finish(content: Content) -> (Arc<Content>, Digest) {
    let Content {
        title,
        body,
        column,
        department,
        number,
        published,
        period,
        counter,
        site,
        extent,
        link,
        picture,
        is_beside,
        fitting,
        chart,
        film,
    } = &content;
    let texts = [title, column, department, number, site, link].map(|text| text.as_bytes());
    let written = [
        day(*published),
        day(period.map(|(first, _)| first)),
        day(period.map(|(_, last)| last)),
        match counter {
            Some(Counter::Countdown(instant)) => format!("countdown {instant}"),
            Some(Counter::Days(day)) => format!("days {day}"),
            None => String::new(),
        },
        extent.pages.to_string(),
        // An absent place and an empty one are not the same.
        extent
            .full_text
            .as_ref()
            .map_or_else(String::new, |place| format!("at {place}")),
        picture
            .as_ref()
            .map_or_else(String::new, |picture| picture.digest().to_string()),
        format!("{is_beside} {fitting:?}"),
        chart.as_ref().map_or_else(String::new, |chart| format!("{chart:?}")),
        film.as_ref().map_or_else(String::new, filmed),
    ];
    let forms: Vec<String> = body.iter().map(form).collect();
    let body = body
        .iter()
        .zip(&forms)
        .flat_map(|(paragraph, form)| [form.as_bytes(), paragraph.text.as_bytes()]);
    let head = texts.into_iter().chain(written.iter().map(String::as_bytes));
    let digest = Digest::of_parts(head.chain(body));
    (Arc::new(content), digest)
}

/// What the paragraph is besides its text.
fn form(paragraph: &Paragraph) -> String {
    let kind = match paragraph.kind {
        ParagraphKind::Text => "text".into(),
        ParagraphKind::Heading => "heading".into(),
        ParagraphKind::Point(Point { depth, mark }) => format!("point {depth} {mark}"),
        ParagraphKind::Table { headed } => format!("table {headed}"),
    };
    let emphasis = paragraph.emphasis.iter();
    emphasis.fold(kind, |form, span| format!("{form} {}-{}", span.start, span.end))
}

/// The clip, by all that decides what is seen of it.
fn filmed(film: &Film) -> String {
    let Film {
        clip,
        contents,
        size,
        frames,
        passes,
    } = film;
    format!(
        "film {clip} {contents} {}x{} {frames} {passes}",
        size.width, size.height
    )
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(String::new, |date| date.to_string())
}
