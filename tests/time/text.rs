//! Writes a model as the files of a site.
//!
//! Besides the model's screens there is one, `slots`, that shows what a window does by itself: each stretch of each window has a
//! zone there, in which nothing else plays; and in the zone `names` every item plays, so that what the programme calls it is known.

use std::fmt::Write;

use super::{
    civil::{self, MonthDay},
    model::{
        Calendar, Kind, Lifetime, OnDay, Order, PRIORITIES, Playlist, Screen, Site, Source, Stamp, Stretch, Window,
    },
};
use crate::support::site::Files;

/// The screen of the stretches.
pub(super) const SLOTS: &str = "slots";

/// The zone in which every item plays, in order.
pub(super) const NAMES: &str = "names";

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// A stretch of a window: the playlist, the window, the stretch.
pub(super) type Slot = (usize, usize, usize);

/// Every stretch of every window, in order: the zones of [`SLOTS`].
pub(super) fn slots(site: &Site) -> Vec<Slot> {
    let windows = site.playlists.iter().enumerate().flat_map(|(list, playlist)| {
        let windows = playlist.windows.iter().enumerate();
        windows.map(move |(at, window)| (list, at, window))
    });
    windows
        .flat_map(|(list, at, window)| (0..window.hours.len()).map(move |hours| (list, at, hours)))
        .collect()
}

pub(super) fn files(site: &Site) -> Files {
    let mut files = Files::default().with("site.toml", site_file(site));
    for playlist in &site.playlists {
        files = files.with(&playlist.file, playlist_file(site, playlist));
    }
    for item in 0..site.items.len() {
        files = files.with(&format!("items/{}.md", site.id(item)), item_file(site, item));
    }
    for (slot, (list, window, hours)) in slots(site).into_iter().enumerate() {
        let written = &site.playlists[list].windows[window];
        let alone = Window {
            hours: vec![written.hours[hours]],
            ..written.clone()
        };
        let mut text = format!("zones = [\"{}\"]\nscreens = [\"{SLOTS}\"]\n", slot_zone(slot));
        window_table(&mut text, "[[when]]", &alone);
        text.push_str("[[play]]\nitem = \"always/on\"\n");
        files = files.with(&format!("{}.toml", slot_zone(slot)), text);
    }
    let mut names = format!("zones = [\"{NAMES}\"]\nscreens = [\"{SLOTS}\"]\n");
    for item in 0..site.items.len() {
        writeln!(names, "[[play]]\nitem = \"{}\"", site.id(item)).unwrap();
    }
    files = files
        .with("names.toml", names)
        .with("items/always/on.md", "+++\ndwell = \"1h\"\n+++\non\n\non\n");
    calendar_files(files, &site.calendar)
}

fn slot_zone(slot: usize) -> String {
    format!("w{slot:02}")
}

fn site_file(site: &Site) -> String {
    let mut text = format!("title = \"site\"\ntimezone = \"{}\"\n", site.zone);
    text.push_str("[[column]]\nid = \"always\"\nlifetime = \"forever\"\n");
    for column in &site.columns {
        writeln!(text, "[[column]]\nid = \"{}\"", column.id).unwrap();
        if let Some(parent) = column.parent {
            writeln!(text, "parent = \"{}\"", site.columns[parent].id).unwrap();
        }
        match column.lifetime {
            None => {}
            Some(Lifetime::Days(days)) => writeln!(text, "lifetime = {days}").unwrap(),
            Some(Lifetime::Day) => text.push_str("lifetime = \"当日\"\n"),
            Some(Lifetime::Holiday) => text.push_str("lifetime = \"节日\"\n"),
            Some(Lifetime::Forever) => text.push_str("lifetime = \"长期\"\n"),
        }
        if column.festive {
            text.push_str("festive = true\n");
        }
    }
    for screen in &site.screens {
        let zones: Vec<String> = screen.zones.iter().map(|zone| (*zone).to_owned()).collect();
        screen_table(&mut text, screen, screen.id, &zones);
    }
    // It is lit when the first screen is: so it makes no day a lit one.
    let zones: Vec<String> = (0..slots(site).len())
        .map(slot_zone)
        .chain([NAMES.to_owned()])
        .collect();
    screen_table(&mut text, &site.screens[0], SLOTS, &zones);
    text
}

fn screen_table(text: &mut String, screen: &Screen, id: &str, zones: &[String]) {
    writeln!(
        text,
        "[[screen]]\nid = \"{id}\"\nwidth = 64\nheight = 48\nrate = {}",
        screen.rate
    )
    .unwrap();
    for window in &screen.lit {
        window_table(text, "[[screen.lit]]", window);
    }
    for (layer, zone) in zones.iter().enumerate() {
        writeln!(text, "[[screen.zone]]\nid = \"{zone}\"\nlayer = {layer}").unwrap();
    }
}

fn playlist_file(site: &Site, playlist: &Playlist) -> String {
    let mut text = format!(
        "priority = \"{}\"\nzones = {}\nscreens = {}\n",
        PRIORITIES[playlist.priority],
        strings(&playlist.zones),
        strings(&playlist.screens)
    );
    for window in &playlist.windows {
        window_table(&mut text, "[[when]]", window);
    }
    for play in &playlist.plays {
        text.push_str("[[play]]\n");
        match play.source {
            Source::Item(item) => writeln!(text, "item = \"{}\"", site.id(item)).unwrap(),
            Source::Column { column, order, limit } => {
                let order = match order {
                    Order::Newest => "newest",
                    Order::Oldest => "oldest",
                    Order::Path => "path",
                };
                writeln!(text, "column = \"{}\"\norder = \"{order}\"", site.columns[column].id).unwrap();
                if let Some(limit) = limit {
                    writeln!(text, "limit = {limit}").unwrap();
                }
            }
        }
        writeln!(text, "weight = {}", play.weight).unwrap();
    }
    text
}

fn item_file(site: &Site, item: usize) -> String {
    let (item, id) = (&site.items[item], site.id(item));
    let mut text = format!("+++\ndwell = \"{}s\"\n", item.dwell);
    let stamps = [
        ("published", item.published),
        ("from", item.from),
        ("until", item.until),
        ("countdown", item.countdown),
    ];
    for (key, at) in stamps {
        if let Some(at) = at {
            writeln!(text, "{key} = {}", stamp(at)).unwrap();
        }
    }
    if let Some(posting) = item.posting {
        let count = if posting.same_day { "当日" } else { "次日" };
        writeln!(text, "posting = {}\ncount = \"{count}\"", posting.days).unwrap();
    }
    write!(text, "+++\n{id}\n\n{id}\n").unwrap();
    text
}

fn window_table(text: &mut String, heading: &str, window: &Window) {
    writeln!(text, "{heading}").unwrap();
    if !window.kinds.is_empty() {
        let kinds: Vec<&str> = window.kinds.iter().map(|kind| kind_name(*kind)).collect();
        writeln!(text, "days = {}", strings(&kinds)).unwrap();
    }
    if !window.holidays.is_empty() {
        writeln!(text, "holidays = {}", strings(&window.holidays)).unwrap();
    }
    if let Some(season) = window.season {
        writeln!(text, "season = \"{season}\"").unwrap();
    }
    if !window.weekdays.is_empty() {
        let names: Vec<&str> = window.weekdays.iter().map(|day| WEEKDAYS[*day]).collect();
        writeln!(text, "weekdays = {}", strings(&names)).unwrap();
    }
    if let Some(rule) = &window.rule {
        writeln!(text, "rule = \"{}\"", rule.written()).unwrap();
    }
    for (key, day) in [("from", window.from), ("until", window.until)] {
        if let Some(day) = day {
            writeln!(text, "{key} = {}", civil::written(day)).unwrap();
        }
    }
    for (key, days) in [("also", &window.also), ("except", &window.except)] {
        if !days.is_empty() {
            writeln!(text, "{key} = {}", dates(days)).unwrap();
        }
    }
    hours(text, &window.hours);
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Workday => "workday",
        Kind::Weekend => "weekend",
        Kind::Holiday => "holiday",
        Kind::Off => "off",
    }
}

/// What is usual is left out, a single stretch is written in the one way, several in the other.
fn hours(text: &mut String, hours: &[Stretch]) {
    if let [(start, end)] = hours {
        if *start != 0 {
            writeln!(text, "start = \"{}\"", civil::clock(*start)).unwrap();
        }
        if *end != civil::DAY {
            writeln!(text, "end = \"{}\"", civil::clock(*end)).unwrap();
        }
        return;
    }
    let written = |(start, end): &Stretch| format!("{}-{}", civil::clock(*start), civil::clock(*end));
    let all: Vec<String> = hours.iter().map(written).collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    writeln!(text, "hours = {}", strings(&all)).unwrap();
}

fn calendar_files(mut files: Files, calendar: &Calendar) -> Files {
    let mut own = String::new();
    for holiday in &calendar.holidays {
        let (from, until) = (civil::written(holiday.from), civil::written(holiday.until));
        let text = format!("name = \"{}\"\nfrom = {from}\nuntil = {until}\n", holiday.name());
        match holiday.notice {
            None => write!(own, "[[off]]\n{text}").unwrap(),
            Some(year) => {
                let work = match &holiday.work[..] {
                    [] => String::new(),
                    days => format!("work = {}\n", dates(days)),
                };
                let head = format!("year = {year}\nnotice = \"no. {year}\"\n");
                files = files.and(
                    &format!("calendar/CN-{year}.toml"),
                    &head,
                    &format!("[[holiday]]\n{text}{work}"),
                );
            }
        }
    }
    rest_of_calendar(&mut own, calendar);
    if own.is_empty() {
        files
    } else {
        files.with("calendar/office.toml", own)
    }
}

fn rest_of_calendar(text: &mut String, calendar: &Calendar) {
    for (name, on) in &calendar.festivals {
        writeln!(text, "[[festival]]\nname = \"{name}\"\nday = \"{}\"", yearly(*on)).unwrap();
    }
    for (name, from, until) in &calendar.seasons {
        let (from, until) = (yearly(*from), yearly(*until));
        writeln!(
            text,
            "[[season]]\nname = \"{name}\"\nfrom = \"{from}\"\nuntil = \"{until}\""
        )
        .unwrap();
    }
    for days in &calendar.solemn {
        writeln!(text, "[[solemn]]\nname = \"grief\"\ndays = {}", on_days(days)).unwrap();
    }
    for silence in &calendar.silences {
        writeln!(
            text,
            "[[silence]]\nname = \"{}\"\ndays = {}",
            silence.name,
            on_days(&silence.days)
        )
        .unwrap();
        both_hours(text, silence.hours);
    }
    for overtime in &calendar.overtime {
        writeln!(text, "[[overtime]]\nname = \"late\"\ndays = {}", dates(&overtime.days)).unwrap();
        if let Some(hours) = overtime.hours {
            both_hours(text, hours);
        }
    }
    for work in &calendar.works {
        let (from, until) = (stamp(work.from), stamp(work.until));
        writeln!(
            text,
            "[[maintenance]]\nname = \"{}\"\nfrom = {from}\nuntil = {until}",
            work.name
        )
        .unwrap();
        if !work.screens.is_empty() {
            writeln!(text, "screens = {}", strings(&work.screens)).unwrap();
        }
    }
}

fn both_hours(text: &mut String, (start, end): Stretch) {
    writeln!(
        text,
        "start = \"{}\"\nend = \"{}\"",
        civil::clock(start),
        civil::clock(end)
    )
    .unwrap();
}

fn strings(list: &[&str]) -> String {
    format!("{list:?}")
}

fn dates(days: &[i64]) -> String {
    let written: Vec<String> = days.iter().map(|day| civil::written(*day)).collect();
    format!("[{}]", written.join(", "))
}

fn on_days(days: &[OnDay]) -> String {
    let written: Vec<String> = days
        .iter()
        .map(|day| match day {
            OnDay::Once(day) => civil::written(*day),
            OnDay::Yearly(on) => format!("\"{}\"", yearly(*on)),
        })
        .collect();
    format!("[{}]", written.join(", "))
}

fn yearly((month, day): MonthDay) -> String {
    format!("{month:02}-{day:02}")
}

fn stamp(stamp: Stamp) -> String {
    match stamp.time {
        None => civil::written(stamp.day),
        Some(time) => format!("\"{} {}\"", civil::written(stamp.day), civil::clock(time)),
    }
}
