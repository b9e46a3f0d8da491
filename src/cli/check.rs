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
    terminal::Terminal,
    terms, time,
};
use crate::{
    diagnostic::{Bilingual, Diagnostic, Severity},
    wall::Wall,
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

/// Names every problem, and when each item will leave; exit 1 if there is any problem.
pub(super) fn run(options: &Check, terminal: &Terminal) -> Result<Exit, Failure> {
    let site = load::site(&options.site)?;
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
        if let Some(wall) = &site.wall {
            terms::list_json(wall, &mut out)?;
        }
    } else {
        if let Some(wall) = &site.wall {
            terms::list(wall, terminal.language(), &mut stdout().lock())?;
            terminal.problems(reminder(wall).as_slice());
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

/// What will need somebody's hand though nothing is wrong yet; it does not count as a problem.
fn reminder(wall: &Wall) -> Option<Diagnostic> {
    let zone = &wall.site().timezone;
    wall.outlook(zone.to_datetime(time::now()).date())
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
            format!("{errors} 个错误，{warnings} 个警告"),
            format!("{errors} error(s), {warnings} warning(s)"),
        );
    }
    let count = |wall: &Arc<Wall>| (wall.site().screens.len(), wall.items().len());
    let (screens, items) = site.wall.as_ref().map_or((0, 0), count);
    Bilingual::new(
        format!("没有问题：{screens} 块屏幕，{items} 个条目"),
        format!("no problems: {screens} screen(s), {items} item(s)"),
    )
}
