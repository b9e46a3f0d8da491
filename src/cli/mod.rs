//! The command line: arguments in, exit code out.
//!
//! Every command calls the same wall as the daemon. What goes to standard output is the answer; everything else (problems, progress,
//! logs) goes to standard error. This is the only room that prints.

mod arguments;
mod backup;
mod card;
mod check;
mod clips;
mod completions;
pub mod decode;
pub mod discover;
mod exit;
mod explain;
pub mod font;
mod import;
mod load;
pub mod panel;
mod past;
mod preview;
mod progress;
mod rounds;
mod run;
pub mod simulate;
mod stamp;
mod stop;
mod terminal;
mod terms;
mod time;
mod timeline;

use std::{path::Path, process::ExitCode, time::Duration};

use clap::Parser as _;

use arguments::{Arguments, Command, Decode, Discover, Font, Simulate};
use exit::{Exit, Failure};
use simulate::SimulateError;
use terminal::Terminal;

use crate::{diagnostic::Bilingual, media, simulator::controller::weather::FaultsError, site::Colour, text::Type};

/// How many missing characters of a list are named unless all are asked for.
const MISSING_SHOWN: usize = 20;

/// The longest search for controllers.
const LONGEST_SEARCH: Duration = Duration::from_secs(600);

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let terminal = Terminal::new(arguments.language, arguments.colour);
    match dispatch(arguments.command.unwrap_or_default(), &terminal) {
        Ok(exit) => exit.into(),
        Err(failure) => {
            terminal.failure(&failure);
            failure.exit().into()
        }
    }
}

fn dispatch(command: Command, terminal: &Terminal) -> Result<Exit, Failure> {
    match command {
        Command::Run(options) => run::run(&options, terminal),
        Command::Check(options) => check::run(&options, terminal),
        Command::Timeline(options) => timeline::run(&options, terminal),
        Command::Preview(options) => preview::run(&options, terminal),
        Command::Explain(options) => explain::run(&options, terminal),
        Command::Stop(options) => stop::stop(&options, terminal),
        Command::Resume(options) => stop::resume(&options, terminal),
        Command::Simulate(options) => simulated(options, terminal),
        Command::Decode(options) => decoded(options, terminal),
        Command::Discover(options) => discovered(options, terminal),
        Command::Card(command) => card::run(&command, terminal),
        Command::Import(options) => import::run(&options, terminal),
        Command::Backup(options) => backup::backup(&options, terminal),
        Command::Restore(options) => backup::restore(&options, terminal),
        Command::Font(command) => fonts(&command, terminal),
        Command::Panel(command) => panel::run(&command, terminal),
        Command::Completions(options) => completions::run(&options),
        Command::Child { arguments } => Ok(Exit::code(media::serve(&arguments))),
    }
}

fn simulated(options: Simulate, terminal: &Terminal) -> Result<Exit, Failure> {
    match options.listen.clone() {
        simulate::Role::Stream(listen) => simulated_stream(options, listen, terminal),
        simulate::Role::Onbon(place) => simulated_cards(options, place, terminal),
    }
}

fn simulated_stream(options: Simulate, listen: simulate::Listen, terminal: &Terminal) -> Result<Exit, Failure> {
    let site = options.site.as_deref();
    of_cards_alone(&options).map_err(|error| Failure::of(Exit::USAGE, &error))?;
    let output = site.map(|site| simulate::output(site, options.screen.as_deref(), options.output));
    let wanted = simulate::Wanted {
        listen,
        size: options.size,
        output: output.transpose()?,
        format: options.format.into(),
        order: options.order.into(),
        leds: options.leds.map_or(Colour::Full, Into::into),
        universe: options.universe,
        slots: options.slots,
        faults: faults(&options.fault)?,
        seed: options.seed.unwrap_or_else(simulate::any_seed),
    };
    let (address, setup) = wanted.setup().map_err(|error| Failure::of(Exit::USAGE, &error))?;
    let options = simulate::Options {
        address,
        interface: options.interface.map(Into::into),
        setup,
        terminal: options.terminal.then_some(terminal::room),
        view: options.view,
        record: options.record,
        language: terminal.language(),
    };
    let ran = simulate::run(&options, &mut std::io::stdout().lock(), &mut std::io::stderr());
    ended(ran.map(drop))
}

fn simulated_cards(options: Simulate, place: simulate::Place, terminal: &Terminal) -> Result<Exit, Failure> {
    let site = options.site.as_deref();
    of_streams_alone(&options).map_err(|error| Failure::of(Exit::USAGE, &error))?;
    let cards = site.map(|site| simulate::site_cards(site, options.screen.as_deref(), options.output));
    let wanted = simulate::cards::WantedCards {
        place,
        model: options.model,
        size: options.size,
        leds: options.leds.map(Into::into),
        baud: options.baud,
        numbers: options.number,
        site: cards.transpose()?,
        faults: faults(&options.fault)?,
    };
    let (cards, baud) = wanted.setup().map_err(|error| Failure::of(Exit::USAGE, &error))?;
    let options = simulate::cards::CardOptions {
        place: wanted.place,
        cards,
        baud,
        faults: wanted.faults,
        seed: options.seed.unwrap_or_else(simulate::any_seed),
        terminal: options.terminal.then_some(terminal::room),
        view: options.view,
        record: options.record,
        language: terminal.language(),
    };
    let ran = simulate::cards::run(&options, &mut std::io::stdout().lock(), &mut std::io::stderr());
    ended(ran.map(drop))
}

/// Refuses what is said of cards where none is simulated.
fn of_cards_alone(options: &Simulate) -> Result<(), SimulateError> {
    let said = [
        ("--model", options.model.is_some()),
        ("--baud", options.baud.is_some()),
        ("--number", !options.number.is_empty()),
    ];
    let option = said.iter().find(|(_, is_said)| *is_said);
    option.map_or(Ok(()), |(option, _)| Err(SimulateError::OfCards { option }))
}

/// Refuses what is said of streams where a card is simulated.
fn of_streams_alone(options: &Simulate) -> Result<(), SimulateError> {
    let said = [
        ("--universe", options.universe.is_some()),
        ("--slots", options.slots.is_some()),
        ("--interface", options.interface.is_some()),
    ];
    let option = said.iter().find(|(_, is_said)| *is_said);
    option.map_or(Ok(()), |(option, _)| Err(SimulateError::OfStreams { option }))
}

/// Faults, of whichever kind what is simulated has.
fn faults<T: std::str::FromStr<Err = FaultsError>>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|error| Failure::of(Exit::USAGE, &error))
}

fn ended(ran: Result<(), SimulateError>) -> Result<Exit, Failure> {
    match ran {
        Ok(()) => Ok(Exit::DONE),
        Err(SimulateError::Write(error)) => Err(error.into()),
        Err(error @ SimulateError::Record { .. }) => Err(Failure::of(Exit::CANNOT_CREATE, &error)),
        Err(error) => Err(Failure::of(Exit::UNAVAILABLE, &error)),
    }
}

fn decoded(options: Decode, terminal: &Terminal) -> Result<Exit, Failure> {
    let wire = decode::Wire::from(options.protocol);
    let options = decode::Options {
        wire,
        file: options.file,
        port: options.port.unwrap_or_else(|| wire.port()),
        json: options.json,
        language: terminal.language(),
    };
    match decode::run(&options, &mut std::io::stdout().lock()) {
        Ok(outcome) if outcome.malformed == 0 => Ok(Exit::DONE),
        Ok(_) => Ok(Exit::PROBLEMS),
        Err(decode::DecodeError::Write(error)) => Err(error.into()),
        Err(error @ decode::DecodeError::Open { .. }) => Err(Failure::of(Exit::NO_INPUT, &error)),
        Err(error) => Err(Failure::of(Exit::IO, &error)),
    }
}

fn discovered(options: Discover, terminal: &Terminal) -> Result<Exit, Failure> {
    let length = time::length(&options.length)?;
    let options = discover::Options {
        length: length.unsigned_abs().min(LONGEST_SEARCH),
        interface: options.interface.map(Into::into),
        addresses: options.addresses,
        serial: options.serial.into_iter().map(Into::into).collect(),
        network_only: options.network_only,
        json: options.json,
        language: terminal.language(),
    };
    match discover::run(&options, &mut std::io::stdout().lock(), &mut std::io::stderr()) {
        Ok(0) => Ok(Exit::PROBLEMS),
        Ok(_) => Ok(Exit::DONE),
        Err(discover::DiscoverError::Write(error)) => Err(error.into()),
        Err(error) => Err(Failure::of(Exit::UNAVAILABLE, &error)),
    }
}

fn fonts(command: &Font, terminal: &Terminal) -> Result<Exit, Failure> {
    let language = terminal.language();
    let out = &mut std::io::stdout().lock();
    let code = match command {
        Font::Bake {
            name,
            fonts,
            from,
            check,
        } => {
            let baking = font::Baking {
                fonts: fonts.clone(),
                name: name.clone(),
                from: from.clone(),
                check: *check,
            };
            font::bake(&baking, language, out)
        }
        Font::Coverage { lists, all } => {
            let limit = if *all { usize::MAX } else { MISSING_SHOWN };
            return font::coverage(lists, limit, language, out)
                .map(Exit::code)
                .map_err(|error| no_list(&error));
        }
        Font::Show {
            characters,
            dots,
            face,
            site,
            ascii,
        } => {
            let set = Type::new(*face, *dots).expect("the arguments were read as a size");
            return shown(&font::spelled(characters), set, site.as_deref(), *ascii, terminal);
        }
    };
    Ok(Exit::code(code?))
}

/// Glyphs of the site's own first, then the built-in ones.
fn shown(characters: &str, set: Type, site: Option<&Path>, ascii: bool, terminal: &Terminal) -> Result<Exit, Failure> {
    let language = terminal.language();
    let out = &mut std::io::stdout().lock();
    let Some(site) = site else {
        return Ok(Exit::code(font::show(characters, set, ascii, language, out)?));
    };
    let (glyphs, problems) = font::own(site).map_err(|error| Failure::of(Exit::NO_INPUT, &error))?;
    terminal.problems(&problems);
    let rest = font::show_own(characters, &glyphs, ascii, language, out)?;
    let code = font::show(&rest, set, ascii, language, out)?;
    Ok(Exit::code(code.max(u8::from(!problems.is_empty()))))
}

/// A list of characters that is neither built in nor a file.
fn no_list(error: &std::io::Error) -> Failure {
    let names: Vec<&str> = font::lists().map(|(name, _)| name).collect();
    Failure::new(
        Exit::NO_INPUT,
        Bilingual::new(
            format!("无法读取字表：{error}"),
            format!("cannot read the list: {error}"),
        ),
        Bilingual::new(
            format!("请给出文本文件，或内置字表名：{}", names.join("、")),
            format!("name a text file, or a built-in list: {}", names.join(", ")),
        ),
    )
}
