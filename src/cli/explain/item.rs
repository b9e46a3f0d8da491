//! Why one item is on the wall, or is not.

use std::{
    io::{BufWriter, Write as _, stdout},
    sync::Arc,
};

use super::lines;
use crate::{
    cli::{
        arguments::Explain,
        exit::{Exit, Failure},
        past::{Authority, Question},
        terminal::Terminal,
        terms,
    },
    diagnostic::{Bilingual, Diagnostic, Language},
    document::nearest,
    item::{Item, Level},
    wall::{End, ItemView, Term, Wall},
};

/// Tells how the item of identity `id` stands in each zone.
pub(super) fn run(id: &str, options: &Explain, question: &Question, terminal: &Terminal) -> Result<Exit, Failure> {
    let wall = wall(question, terminal)?;
    let refusals = refusals(question, &wall, id);
    terminal.problems(&refusals);
    let Some(item) = wall.item(id) else {
        return refused(id, &wall, &refusals, options, question);
    };
    let views = wall.explain(id, question.at);
    let views: Vec<ItemView> = views.into_iter().filter(|view| is_wanted(view, options)).collect();
    let mut out = BufWriter::new(stdout().lock());
    if options.json {
        lines::item(&mut out, question, item, &views, !refusals.is_empty())?;
    } else {
        print(
            &mut out,
            question,
            item,
            &views,
            !refusals.is_empty(),
            wall.term(id),
            terminal.language(),
        )?;
    }
    out.flush()?;
    Ok(if refusals.is_empty() {
        Exit::DONE
    } else {
        Exit::PROBLEMS
    })
}

/// The wall that answers: of the past the one that took over last.
fn wall(question: &Question, terminal: &Terminal) -> Result<Arc<Wall>, Failure> {
    if let Authority::Journal(ran) = &question.authority
        && let Some(newest) = ran.newest()
    {
        let wall = ran
            .wall(newest.last.edition)
            .map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))?;
        return Ok(wall);
    }
    question.wall_of_today(terminal)
}

/// Why the item's file, as it is today, is refused; nothing where it is not.
fn refusals(question: &Question, wall: &Wall, id: &str) -> Vec<Diagnostic> {
    let Some(today) = question.today() else {
        return Vec::new();
    };
    let known = wall.item(id).map(|item| Arc::clone(&item.file));
    let is_it = |problem: &&Diagnostic| match &known {
        Some(file) => problem.file == *file,
        None => is_file_of(&problem.file, id),
    };
    let errors = today.problems.iter().filter(|problem| problem.is_error());
    errors.filter(is_it).cloned().collect()
}

/// Whether the item of identity `id` would lie in `file`, if nothing else was written in it.
fn is_file_of(file: &str, id: &str) -> bool {
    let rest = file.strip_prefix("items/").and_then(|rest| rest.strip_prefix(id));
    rest.is_some_and(|ending| ending.starts_with('.') && !ending.contains('/'))
}

/// An item of which there is no good version.
fn refused(
    id: &str,
    wall: &Wall,
    refusals: &[Diagnostic],
    options: &Explain,
    question: &Question,
) -> Result<Exit, Failure> {
    if !refusals.is_empty() {
        if options.json {
            lines::refused(&mut stdout().lock(), question, id, refusals)?;
        }
        return Err(Failure::new(
            Exit::PROBLEMS,
            Bilingual::new(
                format!("信息“{id}”的文件有误，没有可播的版本"),
                format!("the file of the item \"{id}\" is refused, and no version of it was ever good"),
            ),
            Bilingual::new("请更正以上问题", "mend the problems above"),
        ));
    }
    if let Some(why) = left_out(id, wall, question) {
        return Err(Failure::new(
            Exit::PROBLEMS,
            Bilingual::new(format!("信息“{id}”从不播放"), format!("the item \"{id}\" never plays")),
            why,
        ));
    }
    let names = wall.items().iter().map(|item| &*item.id);
    let help = match nearest(id, names) {
        Some(name) => Bilingual::new(format!("是否应为“{name}”？"), format!("did you mean \"{name}\"?")),
        None => Bilingual::new(
            "标识是 items 下的路径，不含扩展名，或文件中写的 id",
            "an identity is the path under items without its extension, or the id that the file writes",
        ),
    };
    Err(Failure::new(
        Exit::USAGE,
        Bilingual::new(format!("没有信息“{id}”"), format!("there is no item \"{id}\"")),
        help,
    ))
}

/// Why an item whose file is sound is none of the wall's: it waits for approval, or another file plays in its place.
fn left_out(id: &str, wall: &Wall, question: &Question) -> Option<Bilingual> {
    if let Some(draft) = wall.drafts().iter().find(|draft| &*draft.id == id) {
        let file = &draft.file;
        return Some(Bilingual::new(
            format!("{file} 在待审文件夹中；移到栏目的文件夹即播放"),
            format!("{file} is a draft; move it to the folder of a column and it plays"),
        ));
    }
    let problems = &question.today()?.problems;
    let told = problems.iter().find(|problem| is_file_of(&problem.file, id))?;
    Some(told.message.clone())
}

fn is_wanted(view: &ItemView, options: &Explain) -> bool {
    let screen = options.screen.as_ref().is_none_or(|id| **id == *view.screen);
    screen && options.zone.as_ref().is_none_or(|id| **id == *view.zone)
}

fn print(
    out: &mut impl std::io::Write,
    question: &Question,
    item: &Item,
    views: &[ItemView],
    is_refused: bool,
    term: Option<&Term>,
    language: Language,
) -> std::io::Result<()> {
    writeln!(out, "{}", question.line().get(language))?;
    if let Authority::Journal(ran) = &question.authority
        && let Some(stopped) = &ran.stopped
    {
        let words = stopped.words(&question.zone);
        let note = Bilingual::new(
            format!("注意：{}；以下为不停播时的情况", words.zh),
            format!("note: {}; what follows is what would be without that", words.en),
        );
        writeln!(out, "  {}", note.get(language))?;
    }
    writeln!(out, "{} [{}]  {}", item.title, item.id, item.file)?;
    if let Some(term) = term.filter(|term| term.end != End::Open) {
        writeln!(out, "  {}", terms::sentence(term, &question.zone, language))?;
    }
    if let Some(level) = item.level.filter(|level| *level > Level::Routine) {
        writeln!(out, "  {}", raised(level).get(language))?;
    }
    if is_refused {
        writeln!(out, "  {}", last_good().get(language))?;
    }
    if views.is_empty() {
        writeln!(out, "  {}", unplayed(item).get(language))?;
    }
    for view in views {
        for play in &view.plays {
            let sentence = play.standing.sentence(&question.zone);
            let (zone, file, title) = (format!("{}/{}", view.screen, view.zone), &play.file, &play.title);
            match language {
                Language::Chinese => writeln!(
                    out,
                    "  {zone}  节目单“{title}”（{file}，{}）：{}",
                    play.priority.chinese(),
                    sentence.zh
                )?,
                Language::English => writeln!(
                    out,
                    "  {zone}  playlist \"{title}\" ({file}, {}): {}",
                    play.priority.name(),
                    sentence.en
                )?,
            }
        }
        if let Some(film) = view.film.as_ref().filter(|film| film.clip.is_some()) {
            writeln!(out, "      {}", film.words().get(language))?;
        }
        writeln!(out, "      {}", next(question, view).get(language))?;
    }
    Ok(())
}

/// That it plays higher than its playlists say.
fn raised(level: Level) -> Bilingual {
    Bilingual::new(
        format!("级别：{}，在各节目单的时段内按此级别播放", level.chinese()),
        format!(
            "level \"{}\": within the windows of its playlists it plays at that",
            level.name()
        ),
    )
}

/// Why it is nowhere.
pub(super) fn unplayed(item: &Item) -> Bilingual {
    let column = &item.column;
    Bilingual::new(
        format!("没有节目单播放它，也没有节目单播放其栏目“{column}”"),
        format!("no playlist plays it, nor its column \"{column}\""),
    )
}

/// What is told of a file whose newest version is refused.
fn last_good() -> Bilingual {
    Bilingual::new(
        "其文件的最新版本有误，以下是最后一个好版本的情况",
        "the newest version of its file is refused; this is about its last good one",
    )
}

/// When it is seen next.
fn next(question: &Question, view: &ItemView) -> Bilingual {
    match view.next {
        Some((since, _)) if since <= question.at => Bilingual::new("正在显示", "it is seen now"),
        Some((since, until)) => {
            let (since, until) = (question.civil(since), question.civil(until));
            Bilingual::new(
                format!("下次显示：{since} 至 {until}"),
                format!("seen next from {since} until {until}"),
            )
        }
        None => Bilingual::new("400 天内不再显示", "not seen within 400 days"),
    }
}
