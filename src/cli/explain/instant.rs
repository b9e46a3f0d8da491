//! What is on each zone of each screen at an instant, and why.

use std::{
    io::{self, BufWriter, Write, stdout},
    sync::Arc,
};

use jiff::Timestamp;

use super::lines;
use crate::{
    cli::{
        arguments::Explain,
        exit::{Exit, Failure},
        load,
        past::{Authority, Question, Ran, RanScreen},
        terminal::Terminal,
    },
    diagnostic::{Bilingual, Language},
    folder::journal::JournalFault,
    playlist::Priority,
    site::Because,
    units::{Digest, Tick},
    wall::{CardAreaView, CardView, CueView, Dealer, FilmView, Projector, ScreenView, Shine, Wall, ZoneView},
};

/// One screen at the instant.
pub(super) struct Screen {
    /// The programme; `None` where today's files say.
    pub(super) programme: Option<Digest>,
    pub(super) view: ScreenView,
    /// Of each zone, what its lower priorities would show.
    pub(super) beaten: Vec<Vec<CueView>>,
    /// When a dark screen is lit again.
    pub(super) dark_until: Option<Timestamp>,
    pub(super) notes: Vec<Bilingual>,
    /// How bright it shines, where it is lit.
    pub(super) shine: Shine,
    /// What each of its cards does.
    pub(super) cards: Vec<CardView>,
    /// The site's title.
    site: Arc<str>,
}

/// What could be told of a screen.
type Answer = Result<Screen, (Arc<str>, JournalFault)>;

/// Tells what is on the wall.
pub(super) fn run(options: &Explain, question: &Question, terminal: &Terminal) -> Result<Exit, Failure> {
    let answers = answers(options, question, terminal)?;
    let mut out = BufWriter::new(stdout().lock());
    let language = terminal.language();
    if !options.json {
        writeln!(out, "{}", question.line().get(language))?;
    }
    let mut exit = Exit::DONE;
    for answer in &answers {
        match answer {
            Ok(screen) => {
                let zones = screen.zones(options.zone.as_deref());
                if options.json {
                    lines::screen(&mut out, question, screen, &zones)?;
                } else {
                    print(&mut out, question, screen, &zones, language)?;
                }
            }
            Err((id, fault)) => {
                exit = Exit::PROBLEMS;
                terminal.problems(&[fault.diagnostic()]);
                if options.json {
                    lines::missing(&mut out, question, id, fault)?;
                }
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

/// What is told of each screen that was asked for.
fn answers(options: &Explain, question: &Question, terminal: &Terminal) -> Result<Vec<Answer>, Failure> {
    if let Authority::Journal(ran) = &question.authority {
        let screens = match &options.screen {
            Some(id) => vec![ran.chosen(Some(id))?],
            None => ran.in_order(),
        };
        if let (Some(zone), Some(Ok(wall))) = (&options.zone, ran.newest().map(|screen| ran.wall(screen.last.edition)))
        {
            load::zone(&wall, &(0..wall.site().screens.len()).collect::<Vec<_>>(), zone)?;
        }
        let answers = screens.into_iter().map(|screen| of_the_past(ran, screen, question));
        return Ok(answers.collect());
    }
    let wall = question.wall_of_today(terminal)?;
    let screens = match &options.screen {
        Some(id) => vec![load::screen(&wall, Some(id))?],
        None => (0..wall.site().screens.len()).collect(),
    };
    if let Some(zone) = &options.zone {
        load::zone(&wall, &screens, zone)?;
    }
    let answers = screens
        .into_iter()
        .map(|screen| Ok(of_today(&wall, screen, question.at)));
    Ok(answers.collect())
}

fn of_the_past(ran: &Ran, screen: &RanScreen, question: &Question) -> Answer {
    let tick = screen.last.rate.tick_at(question.at);
    let mut replay = ran
        .replay(screen, tick)
        .map_err(|fault| (Arc::clone(&screen.id), fault))?;
    let mut notes = ran.notes(question, screen, &replay);
    if replay.safe_view(tick).is_none() {
        notes.extend(replay.at(tick).lost_films(tick).into_iter().map(lost));
    }
    let mut answer = Screen::at(replay.at(tick), question.at);
    if let Some(view) = replay.safe_view(tick) {
        // What would be there otherwise is nobody's answer to why this is.
        answer.beaten = vec![Vec::new(); view.zones.len()];
        answer.view = view;
        // A card then has the safe page, whatever it does otherwise.
        answer.cards.clear();
    }
    answer.notes = notes;
    answer.programme = Some(screen.last.edition.programme);
    Ok(answer)
}

/// That what a video showed then can be seen no more.
fn lost(file: Arc<str>) -> Bilingual {
    Bilingual::new(
        format!("{file} 的片段已不在，当时的画面无法重现"),
        format!("the clip of {file} is gone, so its picture cannot be seen again"),
    )
}

fn of_today(wall: &Arc<Wall>, screen: usize, at: Timestamp) -> Screen {
    Screen::at(&mut Projector::new(Arc::clone(wall), screen), at)
}

impl Screen {
    fn at(projector: &mut Projector, at: Timestamp) -> Self {
        let tick = projector.rate().tick_at(at);
        let cards = cards(projector, tick);
        Self {
            cards,
            programme: None,
            view: projector.view(tick),
            beaten: projector.beaten(tick),
            dark_until: projector.dark_until(tick),
            notes: Vec::new(),
            shine: projector.shine(tick),
            site: Arc::clone(&projector.wall().site().title),
        }
    }

    /// The zone of that identity, or all but a whole screen that has nothing; each with what it beats.
    pub(super) fn zones(&self, id: Option<&str>) -> Vec<(&ZoneView, &[CueView])> {
        let zones = self.view.zones.iter().zip(&self.beaten);
        let is_wanted = |zone: &ZoneView| match id {
            Some(id) => *zone.id == *id,
            None => *zone.id != *WHOLE || zone.now.is_some(),
        };
        zones
            .filter(|(zone, _)| is_wanted(zone))
            .map(|(zone, beaten)| (zone, beaten.as_slice()))
            .collect()
    }

    /// Why the screen is dark, and until when.
    fn dark(&self, question: &Question) -> Option<Bilingual> {
        let (zh, en) = self.view.dark.as_ref()?;
        let until = self.dark_until.map(|until| question.civil(until));
        let (until_zh, until_en) = until.map_or_else(Default::default, |until| {
            (format!("，至 {until}"), format!(", until {until}"))
        });
        Some(Bilingual::new(
            format!("熄屏：{zh}{until_zh}"),
            format!("dark: {en}{until_en}"),
        ))
    }

    /// What is on the safe page, where that is the site's title.
    fn still(&self) -> Option<&str> {
        let is_bare = self.view.zones.iter().all(|zone| zone.now.is_none());
        (self.view.stopped.is_some() && is_bare).then_some(&*self.site)
    }

    /// Whether something takes the whole screen, above `zone`.
    pub(super) fn covers(&self, zone: &ZoneView) -> bool {
        let whole = self.view.zones.iter().find(|zone| *zone.id == *WHOLE);
        *zone.id != *WHOLE && whole.is_some_and(|whole| whole.now.is_some())
    }
}

/// The identity of the zone that is the whole screen.
const WHOLE: &str = "*";

/// One screen, for people.
fn print(
    out: &mut impl Write,
    question: &Question,
    screen: &Screen,
    zones: &[(&ZoneView, &[CueView])],
    language: Language,
) -> io::Result<()> {
    let view = &screen.view;
    writeln!(out, "{}  {}  {}x{}", view.id, view.title, view.width, view.height)?;
    for note in &screen.notes {
        let note = Bilingual::new(format!("注意：{}", note.zh), format!("note: {}", note.en));
        writeln!(out, "  {}", note.get(language))?;
    }
    if let Some(dark) = screen.dark(question) {
        return writeln!(out, "  {}", dark.get(language));
    }
    writeln!(out, "  {}", brightness(screen.shine).get(language))?;
    if let Some(title) = screen.still() {
        let still = Bilingual::new(format!("安全页：{title}"), format!("the safe page: {title}"));
        return writeln!(out, "  {}", still.get(language));
    }
    for (zone, beaten) in zones {
        let covered = if screen.covers(zone) {
            Bilingual::new("  （被全屏内容盖住）", "  (covered by the whole screen's)")
        } else {
            Bilingual::default()
        };
        let nothing = Bilingual::new("无内容", "nothing");
        let now = zone.now.as_ref().map_or(nothing, cue);
        writeln!(out, "  {}  {}{}", zone.id, now.get(language), covered.get(language))?;
        for detail in details(zone, beaten) {
            writeln!(out, "      {}", detail.get(language))?;
        }
    }
    for card in &screen.cards {
        for line in of_card(card, zones) {
            writeln!(out, "  {}", line.get(language))?;
        }
    }
    Ok(())
}

/// What each card of the screen does.
fn cards(projector: &mut Projector, tick: Tick) -> Vec<CardView> {
    let wall = Arc::clone(projector.wall());
    let Some(screen) = wall
        .site()
        .screens
        .iter()
        .position(|screen| screen.id == projector.id())
    else {
        return Vec::new();
    };
    let cards = wall.site().screens[screen].cards.iter().zip(1..);
    cards
        .map(|(card, number)| Dealer::new(&wall, screen, card).view(projector, tick, number))
        .collect()
}

/// What a card does with the zones that are asked for.
fn of_card(card: &CardView, zones: &[(&ZoneView, &[CueView])]) -> Vec<Bilingual> {
    let CardView { number, model, .. } = card;
    let is_asked = |area: &&CardAreaView| area.zones.iter().any(|id| zones.iter().any(|(zone, _)| zone.id == *id));
    let areas = card.areas.iter().filter(is_asked).map(CardAreaView::words);
    areas
        .map(|area| {
            Bilingual::new(
                format!("控制卡 {number}（{model}）{}", area.zh),
                format!("card {number} ({model}), {}", area.en),
            )
        })
        .collect()
}

/// How bright a screen shines, and by which of its keys.
fn brightness(shine: Shine) -> Bilingual {
    let (zh, en) = match shine.because {
        Because::Usual => ("平时".into(), "usual".into()),
        Because::Entry(number) => (
            format!("第 {} 个亮度时段", number + 1),
            format!("[[screen.dim]] number {}", number + 1),
        ),
        Because::Night => ("夜间上限".into(), "the cap at night".into()),
    };
    let level = shine.level;
    Bilingual::new(format!("亮度：{level}（{zh}）"), format!("brightness: {level} ({en})"))
}

/// Where what a zone shows comes from, why it is there, what comes next, and what gives way to it.
fn details(zone: &ZoneView, beaten: &[CueView]) -> Vec<Bilingual> {
    let Some(now) = &zone.now else { return Vec::new() };
    let file = now
        .file
        .as_deref()
        .map_or_else(Default::default, |file| (format!("{file}，"), format!("{file}, ")));
    let list = playlist(now);
    let from = Bilingual::new(
        format!("来自：{}{}", file.0, list.zh),
        format!("from: {}{}", file.1, list.en),
    );
    let why = Bilingual::new(format!("原因：{}", now.why_zh), format!("why: {}", now.why_en));
    let set = now.rung.map(|rung| rung.words());
    let set = set.map(|set| Bilingual::new(format!("版面：{}", set.zh), format!("set: {}", set.en)));
    let film = now.film.as_ref().map(FilmView::words);
    let next = zone.next.as_ref().map(cue);
    let next = next.map(|next| Bilingual::new(format!("其后：{}", next.zh), format!("next: {}", next.en)));
    let gives_way = beaten.iter().map(|lower| {
        let (list, CueView { title, item, .. }) = (playlist(lower), lower);
        Bilingual::new(
            format!("让位：{}：{title} [{item}]", list.zh),
            format!("gives way: {}: {title} [{item}]", list.en),
        )
    });
    [from, why]
        .into_iter()
        .chain(set)
        .chain(film)
        .chain(next)
        .chain(gives_way)
        .collect()
}

/// A cue in one line.
fn cue(cue: &CueView) -> Bilingual {
    let (since, until) = (civil(&cue.since), civil(&cue.until));
    let CueView {
        title,
        item,
        page,
        pages,
        ..
    } = cue;
    Bilingual::new(
        format!("{title} [{item}]  第 {page}/{pages} 页，{since} 至 {until}"),
        format!("{title} [{item}]  page {page}/{pages}, {since} until {until}"),
    )
}

fn playlist(cue: &CueView) -> Bilingual {
    let chinese = Priority::ALL.iter().find(|priority| priority.name() == cue.priority);
    let chinese = chinese.map_or(cue.priority, |priority| priority.chinese());
    Bilingual::new(
        format!("节目单 {}（{chinese}）", cue.playlist),
        format!("playlist {} ({})", cue.playlist, cue.priority),
    )
}

/// The civil time of an RFC 3339 text, to the second.
fn civil(text: &str) -> String {
    let text = text.get(..19).unwrap_or(text);
    text.replacen('T', " ", 1)
}
