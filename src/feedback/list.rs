//! 问题清单.txt: what is wrong, as an office would print it.

use jiff::civil::DateTime;

use super::{
    csv::{END, MARK},
    idle::Idle,
    notice::{Notice, Whose},
    words as w,
};
use crate::{
    diagnostic::{Diagnostic, Language, tamed},
    site::{Contact, Site},
    wall::ImportView,
};

/// The most problems that are listed.
const LIMIT: usize = 200;

/// The list of `notices`, as it stood last changed at the civil time `since`: UTF-8 with a byte order mark, lines ended by CRLF.
///
/// A stop stands before all, errors come first, then by file and place; then the videos of `imports` that are being taken in, and the items of `idle`, which
/// are no problems. The clock does not tick in it: the same problems since the same time are the same bytes.
pub fn list(
    site: &Site,
    notices: &[Notice],
    (imports, idle): (&[ImportView], &[Idle]),
    since: DateTime,
    language: Language,
) -> Vec<u8> {
    let time = since.strftime("%Y-%m-%d %H:%M:%S").to_string();
    let mut lines = vec![
        w::LIST_HEADING.get(language).to_owned(),
        format!("{}{}", w::SITE.get(language), tamed(&site.title)),
    ];
    let (stops, notices): (Vec<&Notice>, Vec<_>) = notices.iter().partition(|notice| notice.is_stop());
    for stop in &stops {
        let Diagnostic { message, help, .. } = &stop.diagnostic;
        lines.push(String::new());
        lines.push(w::STOPPED.get(language).to_owned() + &tamed(message.get(language)));
        lines.push(format!("{}{}", w::HELP.get(language), tamed(help.get(language))));
        lines.push(String::new());
    }
    if notices.is_empty() {
        lines.push(String::new());
        lines.push(w::NONE.get(language).into());
        // At a stop nothing plays, and that is told above.
        if stops.is_empty() {
            lines.push(w::NONE_SINCE.get(language).replace("{}", &time));
        }
    } else {
        lines.push(w::WRITTEN.get(language).replace("{}", &time));
        lines.push(String::new());
        problems(notices, language, &mut lines);
    }
    underway(imports, language, &mut lines);
    unplayed(idle, language, &mut lines);
    if let Some(contact) = contact(&site.contact, language) {
        lines.push(String::new());
        lines.push(w::CALL.get(language).replace("{}", &contact));
    }
    let text: String = lines.iter().flat_map(|line| [line, END]).collect();
    format!("{MARK}{text}").into_bytes()
}

/// The most videos that are being taken in that are listed.
const IMPORT_LIMIT: usize = 20;

fn underway(imports: &[ImportView], language: Language, lines: &mut Vec<String>) {
    if imports.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push(
        w::IMPORTS_HEADING
            .get(language)
            .replace("{}", &imports.len().to_string()),
    );
    let told = |import: &ImportView| format!("   {}", tamed(import.told().get(language)));
    lines.extend(imports.iter().take(IMPORT_LIMIT).map(told));
}

/// The most items that do not play today that are listed.
const IDLE_LIMIT: usize = 20;

fn unplayed(idle: &[Idle], language: Language, lines: &mut Vec<String>) {
    if idle.is_empty() {
        return;
    }
    lines.push(String::new());
    lines.push(w::IDLE_HEADING.get(language).replace("{}", &idle.len().to_string()));
    let told = |idle: &Idle| {
        let why = w::IDLE_WHY.get(language).replace("{file}", &tamed(&idle.file));
        format!("   {}", why.replace("{why}", &tamed(idle.why.get(language))))
    };
    lines.extend(idle.iter().take(IDLE_LIMIT).map(told));
    if idle.len() > IDLE_LIMIT {
        let more = (idle.len() - IDLE_LIMIT).to_string();
        lines.push(w::IDLE_MORE.get(language).replace("{}", &more));
    }
}

fn problems(mut all: Vec<&Notice>, language: Language, lines: &mut Vec<String>) {
    all.sort_by_key(|notice| (notice.whose, std::cmp::Reverse(notice.diagnostic.severity)));
    let errors = all.iter().filter(|notice| notice.diagnostic.is_error()).count();
    let count = w::COUNT
        .get(language)
        .replace("{all}", &all.len().to_string())
        .replace("{errors}", &errors.to_string())
        .replace("{warnings}", &(all.len() - errors).to_string());
    lines.push(count);
    if all
        .iter()
        .any(|notice| notice.whose == Whose::Clerk && notice.diagnostic.is_error())
    {
        lines.push(w::HELD.get(language).into());
    }
    let shown = chosen(&all);
    let mut number = 0;
    let mut section = None;
    for notice in &shown {
        if section != Some(notice.whose) {
            lines.push(String::new());
            lines.push(heading(notice.whose, section.is_some(), language));
            section = Some(notice.whose);
        }
        number += 1;
        lines.push(String::new());
        problem(number, notice, language, lines);
    }
    if shown.len() < all.len() {
        let more = (all.len() - shown.len()).to_string();
        lines.push(String::new());
        lines.push(w::MORE.get(language).replace("{}", &more));
    }
}

/// At most [`LIMIT`] of them; those of the machine are few, and never crowded out by those of the files.
fn chosen<'a>(all: &[&'a Notice]) -> Vec<&'a Notice> {
    let machine = all.iter().filter(|notice| notice.whose == Whose::Integrator).count();
    let files = LIMIT - machine.min(LIMIT / 4);
    let (clerk, rest): (Vec<&Notice>, Vec<_>) = all.iter().partition(|notice| notice.whose == Whose::Clerk);
    clerk.into_iter().take(files).chain(rest).take(LIMIT).collect()
}

fn heading(whose: Whose, is_second: bool, language: Language) -> String {
    let number = match (is_second, language) {
        (false, Language::Chinese) => "一",
        (true, Language::Chinese) => "二",
        (false, Language::English) => "I",
        (true, Language::English) => "II",
    };
    match whose {
        Whose::Clerk => w::OF_FILES.get(language).into(),
        Whose::Integrator => w::OF_MACHINE.get(language).replace("{number}", number),
    }
}

fn problem(number: usize, notice: &Notice, language: Language, lines: &mut Vec<String>) {
    let Diagnostic {
        message, help, place, ..
    } = &notice.diagnostic;
    let severity = if notice.diagnostic.is_error() {
        w::ERROR
    } else {
        w::WARNING
    };
    let head = format!("{number}. {}", severity.get(language));
    let message = tamed(message.get(language));
    match notice.whose {
        Whose::Clerk => {
            lines.push(head + &location(&notice.diagnostic, language));
            lines.push(format!("{}{message}", w::PROBLEM.get(language)));
        }
        Whose::Integrator => {
            lines.push(head + &message);
            // Other names are of options and parts, which mean nothing here.
            if notice.diagnostic.file.contains(['/', '.']) && notice.diagnostic.file.len() > 1 {
                lines.push(format!(
                    "{}{}",
                    w::WHERE.get(language),
                    location(&notice.diagnostic, language)
                ));
            }
        }
    }
    if let Some(place) = place.as_ref().filter(|place| !place.excerpt.trim().is_empty()) {
        lines.push(format!("{}{}", w::LINE.get(language), tamed(place.excerpt.trim())));
    }
    let help = tamed(help.get(language));
    if !help.is_empty() {
        lines.push(format!("{}{help}", w::HELP.get(language)));
    }
}

fn location(diagnostic: &Diagnostic, language: Language) -> String {
    let file = match &*diagnostic.file {
        "." => w::WHOLE_FOLDER.get(language).to_owned(),
        file => tamed(file),
    };
    let Some(place) = &diagnostic.place else { return file };
    let place = w::PLACE
        .get(language)
        .replace("{line}", &place.line.to_string())
        .replace("{column}", &place.column.to_string());
    file + &place
}

fn contact(contact: &Contact, language: Language) -> Option<String> {
    let name = contact.name.as_deref().map(tamed);
    let phone = contact.phone.as_deref().map(tamed);
    let phone = phone.map(|phone| format!("{}{phone}", w::PHONE.get(language)));
    let parts: Vec<String> = name.into_iter().chain(phone).collect();
    (!parts.is_empty()).then(|| parts.join(w::BETWEEN.get(language)))
}
