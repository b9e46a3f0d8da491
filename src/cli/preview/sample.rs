//! A text set as an item would be: the wall of a site that has this item and nothing else.

use std::{
    fs,
    io::{Write as _, stdout},
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::SignedDuration;

use super::{Kind, lines, look, write};
use crate::{
    cli::{
        arguments::{PageChoice, Preview, Sample},
        exit::{Exit, Failure},
        load,
        terminal::{self, Terminal},
        time,
    },
    diagnostic::{Bilingual, Diagnostic},
    document::nearest,
    folder,
    frame::Frame,
    simulator::{picture, terminal::render},
    site::Colour,
    stage::{Content, Measured, Now, Pane, Scene, Standing, Template},
    units::{Rate, Size, Tick, Ticks},
    wall::{Library, Rung, SourceFile, Wall},
};

/// The site of a text that comes without one.
const BARE: &str =
    "title = \"示例单位\"\n\n[[column]]\nid = \"通知公告\"\n\n[[screen]]\nid = \"screen\"\nwidth = 64\nheight = 16\n";

/// The template that is made for a strip.
const TICKER: &str = "ticker";

/// The most pictures of a page that runs: ten minutes at 25 a second.
const PICTURES: usize = 15_000;

/// A text with all that sets it.
pub(super) struct Setting {
    pub(super) wall: Arc<Wall>,
    pub(super) content: Arc<Content>,
    pub(super) template: Arc<Template>,
    form: Form,
    pub(super) size: Size,
    pub(super) colour: Colour,
}

/// How a text is shown.
enum Form {
    /// On pages.
    Pages(Measured),
    /// In a joined strip, coming round after so many ticks.
    Strip(Ticks),
}

/// Where the text comes from: its name in messages, its bytes, and whether it ends as a Markdown file does.
struct Text {
    label: Arc<str>,
    extension: String,
    bytes: Vec<u8>,
}

/// Sets the text on a zone of `size`.
pub(super) fn run(options: &Preview, size: Size, terminal: &Terminal) -> Result<Exit, Failure> {
    let setting = Setting::new(options, size, terminal)?;
    let pages = setting.chosen(options.sample.page)?;
    if let Some(rest) = setting.rest() {
        terminal.say(&rest);
    }
    if options.sample.json {
        let mut out = stdout().lock();
        for page in &pages {
            lines::page(&mut out, &setting, *page)?;
        }
    }
    if options.terminal {
        for page in &pages {
            stdout().write_all(render(&setting.picture(*page), terminal::room()).as_bytes())?;
        }
    }
    if let Some(path) = &options.output {
        setting.develop(path, &pages, options)?;
    }
    Ok(Exit::DONE)
}

impl Setting {
    fn new(options: &Preview, size: Size, terminal: &Terminal) -> Result<Self, Failure> {
        let text = Text::read(&options.sample)?;
        let mut files = match &options.site {
            Some(site) => surroundings(site)?,
            None => vec![SourceFile::new("site.toml", BARE.as_bytes())],
        };
        let bare = Library::default().accept(&files);
        let wall = bare.wall().ok_or_else(|| load::no_wall(bare.problems()))?;
        let template = template(wall, bare.problems(), &options.sample.template)?;
        let column = wall.site().columns.first().map_or("通知公告", |column| &column.id);
        let path = format!("items/{column}/text.{}", text.extension);
        files.push(SourceFile::new(&*path, &*text.bytes));
        let library = Library::default().accept(&files);
        let problems = text.problems(&library, &path);
        let (Some(wall), true) = (library.wall(), !problems.iter().any(Diagnostic::is_error)) else {
            return Err(refused(&problems));
        };
        terminal.problems(&problems);
        let item = wall.items().first().ok_or_else(|| refused(&problems))?;
        let content = wall.content_on(item, &template);
        Ok(Self {
            form: Form::of(options.sample.ticker, wall, &template, &content, size),
            wall: Arc::clone(wall),
            content,
            template,
            size,
            colour: options.sample.leds.into(),
        })
    }

    /// How many pages there are; a strip counts as one.
    pub(super) fn pages(&self) -> u16 {
        match &self.form {
            Form::Pages(measured) => u16::try_from(measured.pages.len()).unwrap_or(u16::MAX),
            Form::Strip(_) => 1,
        }
    }

    /// On which rung of the ladder the type stands; `None` where there is no type of the item.
    pub(super) fn rung(&self) -> Option<Rung> {
        match &self.form {
            Form::Pages(measured) => measured.setting.map(Rung::from),
            Form::Strip(_) => Some(Rung::STRIP),
        }
    }

    /// What is to be said of pages that are left out.
    fn rest(&self) -> Option<Bilingual> {
        let Form::Pages(measured) = &self.form else {
            return None;
        };
        let (shown, whole) = (self.pages(), measured.whole);
        (whole > u32::from(shown)).then(|| {
            Bilingual::new(
                format!("全文需 {whole} 页，只排 {shown} 页，其余略去；文件可写 pages 放宽"),
                format!("of {whole} pages of its text, {shown} are shown; the rest is left out: see the key \"pages\" of a file"),
            )
        })
    }

    /// The pages that are asked for, from 0.
    fn chosen(&self, page: Option<PageChoice>) -> Result<Vec<u16>, Failure> {
        let pages = self.pages();
        match page {
            Some(PageChoice::One(page)) if page > pages => Err(Failure::new(
                Exit::USAGE,
                Bilingual::new(
                    format!("没有第 {page} 页，共 {pages} 页"),
                    format!("there is no page {page}: the text takes {pages}"),
                ),
                Bilingual::new("请改 --page，或不写", "give another --page, or none"),
            )),
            Some(PageChoice::One(page)) => Ok(vec![page - 1]),
            Some(PageChoice::All) | None => Ok((0..pages).collect()),
        }
    }

    /// The lines that stand on page `page`, from 0.
    pub(super) fn lines(&self, page: u16) -> Vec<Standing> {
        let compositor = self.wall.compositor();
        match self.form {
            Form::Strip(_) => self.template.ticker_lines(compositor, &self.content, self.size),
            Form::Pages(_) => {
                let pages = self.template.lines(compositor, &self.content, self.size);
                pages.into_iter().nth(page.into()).unwrap_or_default()
            }
        }
    }

    fn scene(&self, page: u16) -> Scene {
        let (compositor, pane) = (self.wall.compositor(), Pane::from(self.size));
        match self.form {
            Form::Pages(_) => self
                .template
                .prepare(compositor, &self.content, page, pane, self.colour),
            Form::Strip(_) => self
                .template
                .prepare_ticker(compositor, &[&self.content], pane, self.colour),
        }
    }

    /// The page as it looks when it comes on.
    fn picture(&self, page: u16) -> Frame {
        self.shot(&self.scene(page), Ticks::ZERO)
    }

    /// The scene so long after it came on.
    fn shot(&self, scene: &Scene, after: Ticks) -> Frame {
        let zone = &self.wall.site().timezone;
        let now = Now {
            tick: Tick(0) + after,
            civil: zone.to_datetime(time::now()),
        };
        let mut frame = Frame::new(self.size);
        scene.paint(now, Tick(0), &mut frame);
        frame
    }

    /// The pages one after the other, each as long as it stays; what runs, step by step.
    fn film<'a>(&'a self, pages: &'a [u16], rate: Rate, fps: u16) -> impl Iterator<Item = (Frame, Ticks)> + 'a {
        pages.iter().flat_map(move |page| {
            let scene = self.scene(*page);
            let stay = rate.ticks(self.stay(*page)).max(Ticks(1));
            let step = if self.rung().is_some_and(|rung| rung.scrolls) {
                Ticks(i64::from(rate.hertz() / fps.min(rate.hertz())))
            } else {
                stay
            };
            let shots = (0..stay.0 / step.0.max(1)).map(move |at| (self.shot(&scene, Ticks(at * step.0)), step));
            shots.take(PICTURES)
        })
    }

    /// Writes the pages as pictures.
    fn develop(&self, path: &Path, pages: &[u16], options: &Preview) -> Result<(), Failure> {
        let look = look(options)?;
        let failed = |error| Failure::of(Exit::USAGE, &error);
        let rate = Pane::from(self.size).rate;
        let shots = self.film(pages, rate, options.fps);
        match Kind::of(path, 1)? {
            Kind::Gif => write(path, &picture::gif(shots, rate, look).map_err(failed)?),
            Kind::Apng => write(path, &picture::apng(shots, rate, look).map_err(failed)?),
            Kind::Png if options.sample.page == Some(PageChoice::All) => {
                let sheet = self.sheet(pages);
                write(path, &picture::png(&sheet, look).map_err(failed)?)
            }
            Kind::Png => {
                for page in pages {
                    let path = if pages.len() > 1 {
                        numbered(path, page + 1)
                    } else {
                        path.to_owned()
                    };
                    write(&path, &picture::png(&self.picture(*page), look).map_err(failed)?)?;
                }
                Ok(())
            }
        }
    }

    /// How long page `page` stays.
    pub(super) fn stay(&self, page: u16) -> SignedDuration {
        match &self.form {
            Form::Pages(measured) => measured.pages.get(usize::from(page)).copied().unwrap_or_default(),
            Form::Strip(ticks) => {
                SignedDuration::from_millis(ticks.0 * 1000 / i64::from(Pane::from(self.size).rate.hertz()))
            }
        }
    }

    /// The pages one below the other.
    fn sheet(&self, pages: &[u16]) -> Frame {
        let pictures: Vec<Frame> = pages.iter().map(|page| self.picture(*page)).collect();
        Frame::stack(&pictures, self.size)
    }
}

impl Form {
    fn of(is_strip: bool, wall: &Wall, template: &Template, content: &Content, size: Size) -> Self {
        let (compositor, pane) = (wall.compositor(), Pane::from(size));
        if is_strip || *template.name == *TICKER {
            Self::Strip(template.ticker_ticks(compositor, content, pane))
        } else {
            Self::Pages(template.measure(compositor, content, pane))
        }
    }
}

impl Text {
    fn read(sample: &Sample) -> Result<Self, Failure> {
        let Some(file) = &sample.file else {
            let text = sample.text.clone().unwrap_or_default().replace("\\n", "\n");
            return Ok(Self {
                label: "--text".into(),
                extension: "md".into(),
                bytes: text.into_bytes(),
            });
        };
        let bytes = fs::read(file).map_err(|error| Failure::file(Exit::NO_INPUT, file, &error))?;
        let extension = file
            .extension()
            .filter(|extension| extension.eq_ignore_ascii_case("txt"));
        Ok(Self {
            label: file.display().to_string().into(),
            extension: extension.map_or("md", |_| "txt").into(),
            bytes,
        })
    }

    /// What is wrong with the text, under its own name: not what is wrong with the site.
    fn problems(&self, library: &Library, path: &str) -> Vec<Diagnostic> {
        let own = library.problems().iter().filter(|problem| *problem.file == *path);
        let named = |problem: &Diagnostic| Diagnostic {
            file: Arc::clone(&self.label),
            ..problem.clone()
        };
        own.map(named).collect()
    }
}

/// All of the site's files that decide how an item is set.
fn surroundings(site: &Path) -> Result<Vec<SourceFile>, Failure> {
    let scan = folder::scan(site).map_err(|fault| Failure::of(Exit::NO_INPUT, &fault))?;
    let is_playlist = |path: &str| path != "site.toml" && path.ends_with(".toml") && !path.contains('/');
    let mut files = scan.files;
    files.retain(|file| !file.path.starts_with("items/") && !is_playlist(&file.path));
    Ok(files)
}

/// The template of that name; where there is none, for a file of its name that is refused.
fn template(wall: &Wall, problems: &[Diagnostic], name: &str) -> Result<Arc<Template>, Failure> {
    let templates = wall.templates();
    templates.get(name).cloned().ok_or_else(|| {
        let names: Vec<&str> = templates.names().map(|name| &**name).collect();
        let near = nearest(name, names.iter().copied());
        let (hint_zh, hint_en) = near.map_or_else(Default::default, |near| {
            (format!("，是否应为“{near}”？"), format!("; did you mean \"{near}\"?"))
        });
        let file = format!("scenes/{name}.toml");
        let refused = problems.iter().filter(|problem| *problem.file == *file);
        let failure = Failure::new(
            Exit::USAGE,
            Bilingual::new(
                format!("没有模板“{name}”{hint_zh}"),
                format!("there is no template \"{name}\"{hint_en}"),
            ),
            Bilingual::new(
                format!("可选：{}", names.join("、")),
                format!("there are: {}", names.join(", ")),
            ),
        );
        failure.because(&refused.cloned().collect::<Vec<_>>())
    })
}

fn refused(problems: &[Diagnostic]) -> Failure {
    let failure = Failure::new(
        Exit::PROBLEMS,
        Bilingual::new("这段文字无法排版", "the text cannot be set"),
        Bilingual::new("请先更正以上问题", "mend the problems above first"),
    );
    failure.because(problems)
}

/// `notice.png` becomes `notice-2.png`.
fn numbered(path: &Path, page: u16) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{page}.{extension}"))
}
