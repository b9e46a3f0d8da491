//! On what authority an instant is told: what the journal says ran, or the files of today.

use std::{cell::RefCell, collections::HashMap, path::Path, sync::Arc};

use jiff::{Timestamp, tz::TimeZone};

use super::{
    clips,
    exit::Failure,
    load::{self, Loaded},
    terminal::Terminal,
    time,
};
use crate::{
    clip::Footages,
    diagnostic::Bilingual,
    folder::{
        StateFolder,
        journal::{self, Archive, Damage, JournalFault},
    },
    units::{Rate, Tick},
    wall::{
        Edition, Library, PanelTest, Stopped, Wall,
        history::{Held, Maker, Programme, Replay, Stand, Step, Stop, TakeOver, Then, retrace},
    },
};

/// A question about an instant, and who answers it.
pub(super) struct Question {
    /// The instant.
    pub(super) at: Timestamp,
    /// The site's zone.
    pub(super) zone: TimeZone,
    /// Who answers.
    pub(super) authority: Authority,
    /// What could not be read of the journal.
    pub(super) damage: Damage,
    /// The files of today, as they were found.
    today: Result<Loaded, Failure>,
}

/// Who answers a question about an instant.
pub(super) enum Authority {
    /// The journal.
    Journal(Box<Ran>),
    /// Nobody can: the journal says that no daemon was running.
    Down {
        since: Option<Timestamp>,
        until: Option<Timestamp>,
    },
    /// The files of today.
    Today(Why),
}

/// Why the files of today answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// They were asked.
    Asked,
    /// The instant is still to come.
    Future,
    /// There is no journal.
    NoJournal,
    /// The journal knows this other site only.
    OtherSite(Arc<str>),
    /// The journal begins later.
    Before(Timestamp),
    /// The journal cannot be read.
    Unreadable(JournalFault),
}

/// What ran at an instant.
pub(super) struct Ran {
    archive: Archive,
    footages: Arc<dyn Footages>,
    walls: RefCell<HashMap<Edition, Arc<Wall>>>,
    at: Timestamp,
    /// Since when the daemon had been running.
    pub(super) since: Timestamp,
    /// How many of its records could not be kept.
    pub(super) dropped: u64,
    /// The stop that was in force.
    pub(super) stopped: Option<Stopped>,
    stops: Vec<Stop>,
    /// In the order of their identities.
    pub(super) screens: Vec<RanScreen>,
}

/// What ran on one screen.
pub(super) struct RanScreen {
    /// Its identity.
    pub(super) id: Arc<str>,
    /// What took over last.
    pub(super) last: TakeOver,
    /// How its programme was accepted.
    pub(super) programme: Option<Programme>,
    /// The times in which frames were held, and among which is the instant.
    pub(super) held: Vec<Held>,
    /// The panel test that was seen.
    pub(super) test: Option<PanelTest>,
    tests: Vec<PanelTest>,
    steps: Vec<Step>,
    later: Vec<TakeOver>,
}

/// Asks about the instant `at`, now unless given, at the site in the folder `site`; the files of today where `today_only`.
pub(super) fn ask(
    site: &Path,
    state: Option<&Path>,
    at: Option<&str>,
    today_only: bool,
    terminal: &Terminal,
) -> Result<Question, Failure> {
    let now = time::now();
    let folder = StateFolder::find(state, |name| std::env::var_os(name)).ok();
    let folder = folder.map(|folder| StateFolder::place(&folder).0);
    let archive = folder.filter(|_| !today_only).map(|folder| Archive::read(&folder));
    let archive = archive.unwrap_or(Ok(None));
    let today = load::filmed(site, state, terminal);
    let zone = match (zone_of(today.as_ref().ok()), &archive) {
        (Some(zone), _) => zone,
        (None, Ok(Some(archive))) => zone_of_current(archive).ok_or_else(|| unusable(&today))?,
        (None, _) => return Err(unusable(&today)),
    };
    let at = time::instant(at, &zone, now)?;
    let damage = archive.as_ref().ok().and_then(Option::as_ref);
    Ok(Question {
        at,
        zone,
        damage: damage.map_or_else(Damage::default, |archive| archive.damage),
        authority: match archive {
            _ if today_only => Authority::Today(Why::Asked),
            _ if at > now => Authority::Today(Why::Future),
            Ok(Some(archive)) => consult(archive, clips::kept(state), site, at, now),
            Ok(None) => Authority::Today(Why::NoJournal),
            Err(fault) => Authority::Today(Why::Unreadable(fault)),
        },
        today,
    })
}

impl Question {
    /// The files of today, as they were found.
    pub(super) fn today(&self) -> Option<&Loaded> {
        self.today.as_ref().ok()
    }

    /// The wall of today; the files' problems go to the terminal. Fails where there is no wall to show.
    pub(super) fn wall_of_today(&self, terminal: &Terminal) -> Result<Arc<Wall>, Failure> {
        load::usable(self.today.clone()?, terminal)
    }

    /// Who answers, in one line.
    pub(super) fn line(&self) -> Bilingual {
        let at = self.civil(self.at);
        match &self.authority {
            Authority::Journal(ran) => self.ran(&at, ran),
            Authority::Down { since, until } => {
                let (zh, en) = match (since, until) {
                    (Some(since), Some(until)) => {
                        let (since, until) = (self.civil(*since), self.civil(*until));
                        (
                            format!("（{since} 至 {until}）"),
                            format!(" from {since} until {until}"),
                        )
                    }
                    (Some(since), None) => {
                        let since = self.civil(*since);
                        (format!("（{since} 起）"), format!(" since {since}"))
                    }
                    (None, Some(until)) => {
                        let until = self.civil(*until);
                        (format!("（至 {until}）"), format!(" until {until}"))
                    }
                    (None, None) => (String::new(), String::new()),
                };
                Bilingual::new(
                    format!("{at}，据播出记录，程序没有运行{zh}。以下按今天的文件，为本应显示的内容"),
                    format!(
                        "{at}, by the journal: the daemon was not running{en}. What follows is by today's files: what would have been shown"
                    ),
                )
            }
            Authority::Today(why) => {
                let (zh, en) = match self.reason(why) {
                    Some(reason) => (format!("（{}）", reason.zh), format!(" ({})", reason.en)),
                    None => (String::new(), String::new()),
                };
                Bilingual::new(format!("{at}，按今天的文件{zh}"), format!("{at}, by today's files{en}"))
            }
        }
    }

    /// What of the journal is damaged, where anything is.
    pub(super) fn damage(&self) -> Option<Bilingual> {
        let Damage {
            is_torn,
            damaged,
            newer,
        } = self.damage;
        let lost = damaged + usize::from(is_torn);
        match (lost, newer) {
            (0, 0) => None,
            (_, 0) => Some(Bilingual::new(
                format!("播出记录中有 {lost} 行已损坏，未予采用"),
                format!("{lost} damaged line(s) of the journal were left out"),
            )),
            _ => Some(Bilingual::new(
                format!("播出记录中有 {lost} 行已损坏、{newer} 行由更新的版本写入，未予采用"),
                format!(
                    "{lost} damaged line(s) of the journal, and {newer} of a newer version of the program, were left out"
                ),
            )),
        }
    }

    /// An instant as civil time of the site.
    pub(super) fn civil(&self, instant: Timestamp) -> String {
        self.zone.to_datetime(instant).strftime("%Y-%m-%d %H:%M:%S").to_string()
    }

    fn ran(&self, at: &str, ran: &Ran) -> Bilingual {
        let since = self.civil(ran.since);
        let Some(newest) = ran.newest() else {
            return Bilingual::new(
                format!("{at}，据播出记录，没有屏幕在播出；程序自 {since} 起运行"),
                format!("{at}, by the journal: no screen was being played; the daemon running since {since}"),
            );
        };
        let (digest, on) = (newest.last.edition.programme.short(), self.civil(newest.last.instant()));
        let accepted = newest
            .programme
            .as_ref()
            .map(|programme| self.civil(programme.accepted));
        let (zh, en) = match accepted {
            Some(accepted) => (format!("，{accepted} 采用"), format!(", accepted {accepted}")),
            None => (String::new(), String::new()),
        };
        Bilingual::new(
            format!("{at}，据播出记录，节目 {digest}{zh}，{on} 起播出；程序自 {since} 起运行"),
            format!(
                "{at}, by the journal: programme {digest}{en}, on the wall since {on}; the daemon running since {since}"
            ),
        )
    }

    fn reason(&self, why: &Why) -> Option<Bilingual> {
        Some(match why {
            Why::Asked => return None,
            Why::Future => Bilingual::new("此刻尚未到来", "this is still to come"),
            Why::NoJournal => Bilingual::new("没有播出记录", "there is no journal"),
            Why::OtherSite(site) => Bilingual::new(
                format!("播出记录属于另一站点 {site}"),
                format!("the journal is that of another site, {site}"),
            ),
            Why::Before(begins) => {
                let begins = self.civil(*begins);
                Bilingual::new(
                    format!("播出记录自 {begins} 起"),
                    format!("the journal begins at {begins}"),
                )
            }
            Why::Unreadable(_) => Bilingual::new("播出记录无法读取", "the journal cannot be read"),
        })
    }
}

impl Ran {
    fn new(archive: Archive, footages: Arc<dyn Footages>, stand: &Stand<'_>) -> Self {
        let screen = |id: Arc<str>| {
            let last = stand.last(&id)?;
            Some(RanScreen {
                steps: stand.steps(&id),
                later: stand.later(&id),
                test: seen(stand, &id, last.rate),
                tests: stand.tests(&id).cloned().collect(),
                programme: stand.programme(&last).cloned(),
                held: stand.held(&id).copied().collect(),
                last,
                id,
            })
        };
        Self {
            at: stand.instant(),
            since: stand.since(),
            dropped: stand.dropped(),
            stopped: stand.stopped(),
            stops: stand.stops(),
            screens: stand.screens().into_iter().filter_map(screen).collect(),
            walls: RefCell::default(),
            footages,
            archive,
        }
    }

    /// The screen on which a programme took over last.
    pub(super) fn newest(&self) -> Option<&RanScreen> {
        self.screens.iter().max_by_key(|screen| screen.last.instant())
    }

    /// The wall that ran.
    pub(super) fn wall(&self, edition: Edition) -> Result<Arc<Wall>, JournalFault> {
        if let Some(wall) = self.walls.borrow().get(&edition) {
            return Ok(Arc::clone(wall));
        }
        let library = Library::default().with_footages(Arc::clone(&self.footages));
        let library = library.accept(&self.archive.files(edition.programme)?);
        let whole = library.wall().ok_or(JournalFault::Refused(edition.programme))?;
        let wall = match edition.floor {
            Some(floor) => Arc::new(whole.undated(floor)),
            None => Arc::clone(whole),
        };
        self.walls.borrow_mut().insert(edition, Arc::clone(&wall));
        Ok(wall)
    }

    /// The screen as it stood, ready to go on until `until`.
    pub(super) fn replay(&self, screen: &RanScreen, until: Tick) -> Result<Replay, JournalFault> {
        let replay = retrace(&screen.steps, &screen.id, self.at, |edition| self.wall(edition))?;
        let replay = replay.ok_or(JournalFault::Refused(screen.last.edition.programme))?;
        let later = screen.later.iter().filter(|take| take.tick <= until);
        let later: Result<Vec<_>, _> = later.map(|take| Ok((*take, self.wall(take.edition)?))).collect();
        Ok(replay
            .followed_by(later?)
            .tested_at(screen.tests.clone())
            .stopped_at(self.stops.clone()))
    }

    /// The screens in the order of their site, as far as that can be told.
    pub(super) fn in_order(&self) -> Vec<&RanScreen> {
        let wall = self.newest().and_then(|screen| self.wall(screen.last.edition).ok());
        let place = |id: &str| {
            wall.as_ref()?
                .site()
                .screens
                .iter()
                .position(|screen| &*screen.id == id)
        };
        let mut screens: Vec<&RanScreen> = self.screens.iter().collect();
        screens.sort_by_key(|screen| place(&screen.id));
        screens
    }

    /// The screen of identity `id`, or the site's first.
    pub(super) fn chosen(&self, id: Option<&str>) -> Result<&RanScreen, Failure> {
        let screens = self.in_order();
        let wanted = |screen: &&&RanScreen| id.is_none_or(|id| *screen.id == *id);
        let all: Vec<&str> = screens.iter().map(|screen| &*screen.id).collect();
        let found = screens.iter().find(wanted).copied();
        found.ok_or_else(|| load::no_screen(id.unwrap_or_default(), &all))
    }

    /// What must be known to take the replay of a screen for what it is.
    pub(super) fn notes(&self, question: &Question, screen: &RanScreen, replay: &Replay) -> Vec<Bilingual> {
        let this = Maker::this();
        let maker = screen.programme.as_ref().map(|programme| &programme.maker);
        let other = maker.filter(|maker| **maker != this).map(|maker| {
            Bilingual::new(
                format!(
                    "当时由 {}（时区数据 {}）播出，本程序为 {}（时区数据 {}），画面可能有出入",
                    maker.version, maker.tz, this.version, this.tz
                ),
                format!(
                    "it was played by version {} with time zones {}; this is {} with {}, which may draw otherwise",
                    maker.version, maker.tz, this.version, this.tz
                ),
            )
        });
        let is_refused = replay.wall().edition() != screen.last.edition;
        let refused = is_refused.then(|| {
            Bilingual::new(
                "本程序不接受该节目的全部文件，画面可能有出入",
                "this program does not accept all files of that programme: the picture may differ",
            )
        });
        let undated = screen.last.edition.floor.map(|floor| {
            let floor = question.civil(floor);
            Bilingual::new(
                format!("当时时钟不可信（早于 {floor}），只播不带日期的内容"),
                format!("the clock could not be believed (it stood below {floor}): only what bears no date was played"),
            )
        });
        let unsure = (!replay.is_sure()).then(|| {
            Bilingual::new(
                "此前的节目已不再保存，切换期间的画面可能有出入",
                "the programmes before it are no longer kept: where zones were changing over, the picture may differ",
            )
        });
        let held = screen.held.iter().map(|held| super::explain::held(question, held));
        let dropped = (self.dropped > 0).then(|| {
            Bilingual::new(
                format!("此次运行有 {} 条记录未能保存", self.dropped),
                format!("{} record(s) of this run could not be kept", self.dropped),
            )
        });
        let stopped = self.stopped.as_ref().map(|stopped| {
            let words = stopped.words(&question.zone);
            Bilingual::new(
                format!("{}，屏上为安全页", words.zh),
                format!("{}: the safe page is on the wall", words.en),
            )
        });
        let tested = screen.test.as_ref().filter(|_| self.stopped.is_none()).map(|test| {
            let words = test.words(&question.zone);
            Bilingual::new(
                format!("{}，屏上为测试画面", words.zh),
                format!("{}: test pictures are on the wall in place of what follows", words.en),
            )
        });
        stopped
            .into_iter()
            .chain(tested)
            .chain(other)
            .chain(refused)
            .chain(undated)
            .chain(unsure)
            .chain(held)
            .chain(dropped)
            .collect()
    }
}

/// The panel test of the screen that was seen then.
fn seen(stand: &Stand<'_>, screen: &str, rate: Rate) -> Option<PanelTest> {
    let tick = rate.tick_at(stand.instant());
    let tests: Vec<&PanelTest> = stand.tests(screen).collect();
    tests.into_iter().rfind(|test| test.holds(rate, tick)).cloned()
}

fn consult(archive: Archive, footages: Arc<dyn Footages>, site: &Path, at: Timestamp, now: Timestamp) -> Authority {
    let history = archive.history(now);
    let own = history.clone().only(&journal::site_name(site));
    if let Some(other) = history.last_site().filter(|_| own.last_site().is_none()) {
        return Authority::Today(Why::OtherSite(Arc::clone(other)));
    }
    match (own.at(at), own.begins()) {
        (Then::Running(stand), _) => Authority::Journal(Box::new(Ran::new(archive, footages, &stand))),
        (Then::Down { since, until }, _) => Authority::Down { since, until },
        (Then::Unknown, Some(begins)) => Authority::Today(Why::Before(begins)),
        (Then::Unknown, None) => Authority::Today(Why::NoJournal),
    }
}

fn zone_of(today: Option<&Loaded>) -> Option<TimeZone> {
    Some(today?.wall.as_ref()?.site().timezone.clone())
}

/// The zone of the site as it was accepted last, where today's cannot be used.
fn zone_of_current(archive: &Archive) -> Option<TimeZone> {
    let files = archive.files(archive.current()?).ok()?;
    let library = Library::default().accept(&files);
    Some(library.wall()?.site().timezone.clone())
}

/// Today's site cannot be used, and nothing else says in which zone its times are.
fn unusable(today: &Result<Loaded, Failure>) -> Failure {
    match today {
        Ok(loaded) => load::no_wall(&loaded.problems),
        Err(failure) => failure.clone(),
    }
}
