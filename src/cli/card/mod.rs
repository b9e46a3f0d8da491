//! `yingbi card`: what a technician asks of a card, or does to it, standing before it.
//!
//! ```text
//! --tcp, --serial ------------------------------------> Talk (StreamLink, Exchange) -> Report -> table or JSON
//! site.toml --> a daemon runs? no --------------------/
//!                              yes -> control socket -> CardView ----------------------------/
//! ```
//!
//! A serial port is open once, and a card serves one client: so a daemon that runs is asked in place of its cards.

mod deed;
mod error;
mod hosted;
mod talk;
mod told;
mod which;

use std::io::{self, Write};

use super::{
    arguments::{Card, Cards},
    exit::{Exit, Failure},
    stop::{self, Reached},
    terminal::Terminal,
};
use crate::{
    controller::onbon::session::Fault,
    daemon::{self, Answer, Asked, ControlError},
    diagnostic::{Bilingual, Diagnostic},
    folder::StateFolder,
    link::LinkError,
    units::Level,
};
use deed::{Deed, Report};
pub(super) use error::CardError;
pub(super) use talk::{Met, Talk};
use which::Target;

/// How often a card is asked who it is.
const ROUNDS: usize = 2;

/// Does what `command` says.
pub(super) fn run(command: &Card, terminal: &Terminal) -> Result<Exit, Failure> {
    let (deed, cards) = deed(command)?;
    let out = &mut io::stdout().lock();
    if let Some(target) = Target::direct(cards) {
        return all(&[target], deed, cards.json, out, terminal);
    }
    let asked = Asked::Card {
        screen: cards.screen.clone(),
        card: cards.card,
        order: deed.order(),
    };
    let reached = stop::reach(cards.state.as_deref(), &asked)?;
    if let (Reached::Daemon(_, Answer::NoCard { .. }), Some(screen)) = (&reached, &cards.screen) {
        let all = screens(cards)?;
        if !all.is_empty() && !all.contains(screen) {
            return Err(without_cards(screen, &all));
        }
    }
    match reached {
        Reached::Daemon(_, answer) => hosted::told(answer, deed, cards.json, out, terminal),
        // The state folder is let go at once: a card may take half a minute, and a daemon must be able to start meanwhile, and another
        // such command to run. Who has the line is settled by the line itself: a port is open once, a card serves one client.
        Reached::Nobody(state) => {
            drop(state);
            let targets = Target::of_site(cards, terminal)?;
            all(&targets, deed, cards.json, out, terminal)
        }
    }
}

/// The screens that have cards, as the daemon has them.
fn screens(cards: &Cards) -> Result<Vec<String>, Failure> {
    let asked = Asked::Card {
        screen: None,
        card: None,
        order: None,
    };
    let Reached::Daemon(_, Answer::Cards { cards, busy }) = stop::reach(cards.state.as_deref(), &asked)? else {
        return Ok(Vec::new());
    };
    let told = cards.into_iter().map(|card| card.screen);
    let mut all: Vec<String> = told.chain(busy.into_iter().map(|(screen, _)| screen)).collect();
    all.sort();
    all.dedup();
    Ok(all)
}

fn without_cards(screen: &str, all: &[String]) -> Failure {
    Failure::new(
        Exit::USAGE,
        Bilingual::new(
            format!("没有屏幕“{screen}”，或该屏没有控制卡"),
            format!("there is no screen \"{screen}\", or it has no cards"),
        ),
        Bilingual::new(
            format!("有控制卡的屏幕：{}", all.join("、")),
            format!("screens with cards: {}", all.join(", ")),
        ),
    )
}

/// What is to be done, and to which cards.
fn deed(command: &Card) -> Result<(Deed, &Cards), Failure> {
    Ok(match command {
        Card::Status(cards) => (Deed::Status, cards),
        Card::Clock(cards) => (Deed::Clock, cards),
        Card::Brightness { percent, cards } => {
            let level = Level::new(*percent).unwrap_or(Level::FULL);
            (Deed::Brightness(level), cards)
        }
        Card::On(cards) => (Deed::On, cards),
        Card::Off(cards) => (Deed::Off, cards),
        Card::Files(cards) => (Deed::Files, cards),
        Card::Erase { yes: true, cards } => (Deed::Erase, cards),
        Card::Erase { yes: false, .. } => return Err(not_sure()),
    })
}

fn not_sure() -> Failure {
    Failure::new(
        Exit::USAGE,
        Bilingual::new(
            "这会清空控制卡上的全部动态区和节目文件，断电后无画面可恢复",
            "this deletes all areas and all program files of the card, and what it would show after a power cut",
        ),
        Bilingual::new(
            "确认要清空，请加 --yes；想先看有哪些文件，请用 yingbi card files",
            "say --yes if you mean it; `yingbi card files` shows what there is",
        ),
    )
}

/// Does it to one card after the other; one that fails keeps none of the others from it.
fn all(targets: &[Target], deed: Deed, json: bool, out: &mut dyn Write, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut exit = Exit::DONE;
    for target in targets {
        match one(target, deed) {
            Ok(report) => {
                exit = exit.max(tell(target, deed, &report, json, out, terminal)?);
            }
            // Where there is but one, the command has failed.
            Err(error) if targets.len() == 1 && !json => return Err(Failure::of(Exit::UNAVAILABLE, &error)),
            Err(error) => {
                exit = exit.max(Exit::UNAVAILABLE);
                match json {
                    true => out.write_all(told::json_of(target, &error).as_bytes())?,
                    false => terminal.problems(&[named(target, &Diagnostic::of_file("site.toml".into(), &error))]),
                }
            }
        }
    }
    Ok(exit)
}

fn one(target: &Target, deed: Deed) -> Result<Report, CardError> {
    let done = Talk::open(&target.way, target.number).and_then(|mut talk| {
        let met = talk.meet(target.model, ROUNDS)?;
        deed.perform(&mut talk, met, &target.zone)
    });
    done.map_err(|error| match error {
        CardError::Link(error @ LinkError::Connection(_)) if target.place.is_none() && is_daemon_there() => {
            CardError::Taken(error)
        }
        error => error,
    })
}

/// Whether a daemon answers, that of this user or of the service: it may be the one that a card serves.
fn is_daemon_there() -> bool {
    let variable = |name: &str| std::env::var_os(name);
    let folder = StateFolder::find(None, variable);
    folder.is_ok_and(|folder| {
        let asked = daemon::ask(&folder, variable, &Asked::Status);
        matches!(asked, Ok(_) | Err(ControlError::Another { .. }))
    })
}

fn tell(
    target: &Target,
    deed: Deed,
    report: &Report,
    json: bool,
    out: &mut dyn Write,
    terminal: &Terminal,
) -> Result<Exit, Failure> {
    let is_ordered = deed.order().is_some();
    let text = match json {
        true => told::json(target, report, is_ordered),
        false => told::table(target, report, terminal.language()),
    };
    out.write_all(text.as_bytes())?;
    if is_ordered && !json {
        terminal.say(&told::done(report));
    }
    let mistaken = target.model.filter(|model| *model != report.met.model);
    if let Some(expected) = mistaken {
        let fault = Fault::WrongType {
            expected: expected.name,
            found: report.met.model.name.to_owned(),
            goes_on: false,
        };
        let said_in = if target.place.is_some() { "site.toml" } else { "--model" };
        terminal.problems(&[named(target, &Diagnostic::of_file(said_in.into(), &fault))]);
    }
    let is_well = mistaken.is_none() && report.verified != Some(false);
    Ok(if is_well { Exit::DONE } else { Exit::PROBLEMS })
}

/// The problem, with the name of the card that has it.
fn named(target: &Target, problem: &Diagnostic) -> Diagnostic {
    let (name, message) = (target.name(), &problem.message);
    Diagnostic {
        message: Bilingual::new(
            format!("{}：{}", name.zh, message.zh),
            format!("{}: {}", name.en, message.en),
        ),
        ..problem.clone()
    }
}
