//! `yingbi check`: every problem of a site.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
};

use serde::Serialize;

use super::{
    arguments::Check,
    exit::{Exit, Failure},
    load::{self, Loaded},
    rounds,
    terminal::Terminal,
    terms, time,
};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Severity},
    wall::{Rounds, Wall},
};

/// A problem as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Line<'a> {
    severity: &'static str,
    file: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    message: &'a str,
    help: &'a str,
    message_zh: &'a str,
    help_zh: &'a str,
}

/// Names every problem, when each item will leave, and how long a round takes today; exit 1 if there is any problem.
pub(super) fn run(options: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let mut site = load::filmed(&options.site, None, terminal)?;
    let today = site.wall.as_ref().map(Today::new);
    site.problems
        .extend(today.iter().flat_map(|today| today.rounds.problems.clone()));
    let problems = &site.problems;
    if options.json {
        let mut out = stdout().lock();
        for problem in problems {
            writeln!(
                out,
                "{}",
                serde_json::to_string(&line(problem)).map_err(std::io::Error::from)?
            )?;
        }
        if let Some(Today { wall, rounds, .. }) = &today {
            terms::list_json(wall, &mut out)?;
            rounds::list_json(rounds, &wall.site().timezone, &mut out)?;
        }
    } else {
        if let Some(Today { wall, rounds, reminder }) = &today {
            let (language, mut out) = (terminal.language(), stdout().lock());
            terms::list(wall, language, &mut out)?;
            rounds::list(rounds, &wall.site().timezone, language, &mut out)?;
            terminal.problems(reminder.as_slice());
        }
        terminal.problems(problems);
        terminal.say(&summary(&site));
    }
    Ok(if problems.is_empty() {
        Exit::DONE
    } else {
        Exit::PROBLEMS
    })
}

/// What is to be said of a wall today.
struct Today {
    wall: Arc<Wall>,
    rounds: Rounds,
    /// What will need somebody's hand though nothing is wrong yet; it does not count as a problem.
    reminder: Option<Diagnostic>,
}

impl Today {
    fn new(wall: &Arc<Wall>) -> Self {
        let today = wall.site().timezone.to_datetime(time::now()).date();
        Self {
            wall: Arc::clone(wall),
            rounds: wall.rounds(today),
            reminder: wall.outlook(today),
        }
    }
}

fn line(problem: &Diagnostic) -> Line<'_> {
    Line {
        severity: match problem.severity {
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        file: &problem.file,
        line: problem.place.as_ref().map(|place| place.line),
        column: problem.place.as_ref().map(|place| place.column),
        message: &problem.message.en,
        help: &problem.help.en,
        message_zh: &problem.message.zh,
        help_zh: &problem.help.zh,
    }
}

fn summary(site: &Loaded) -> Bilingual {
    let errors = site.problems.iter().filter(|problem| problem.is_error()).count();
    let warnings = site.problems.len() - errors;
    if errors + warnings > 0 {
        return Bilingual::new(
            format!("{errors} 个错误，{warnings} 个提醒"),
            format!("{errors} error(s), {warnings} warning(s)"),
        );
    }
    let count = |wall: &Arc<Wall>| (wall.site().screens.len(), wall.items().len());
    let (screens, items) = site.wall.as_ref().map_or((0, 0), count);
    Bilingual::new(
        format!("没有问题：{screens} 块屏幕，{items} 条信息"),
        format!("no problems: {screens} screen(s), {items} item(s)"),
    )
}
