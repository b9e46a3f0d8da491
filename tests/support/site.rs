//! Small sites made in memory.

use std::{collections::BTreeMap, sync::Arc};

use yingbi::{
    diagnostic::Diagnostic,
    frame::Frame,
    units::Tick,
    wall::{Library, Projector, SourceFile, Wall},
};

/// A site of one 128x32 screen with one zone and one column, always lit.
pub(crate) const PLAIN: &str = r#"
title = "示例省国资委"
timezone = "Asia/Shanghai"

[[column]]
id = "通知"

[[screen]]
id = "lobby"
width = 128
height = 32
colour = "full"
rate = 50

[[screen.zone]]
id = "main"
width = 128
height = 32
"#;

/// The files of a site, by path.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    files: BTreeMap<String, Vec<u8>>,
}

impl Files {
    /// [`PLAIN`], a playlist `all.toml` that plays its column by cuts, and no items.
    pub(crate) fn plain() -> Self {
        Self::default()
            .with("site.toml", PLAIN)
            .with("all.toml", "[[play]]\ncolumn = \"通知\"\norder = \"path\"\n")
    }

    /// The files with one more, or with another content of one.
    pub(crate) fn with(mut self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.files.insert(path.into(), content.as_ref().to_vec());
        self
    }

    /// The files with `more` at the end of one, which begins with `head` where it is new.
    pub(crate) fn and(mut self, path: &str, head: &str, more: &str) -> Self {
        let text = self.files.entry(path.into()).or_insert_with(|| head.into());
        text.extend_from_slice(more.as_bytes());
        self
    }

    /// The files with an item of [`PLAIN`]'s column whose pages stay for `dwell`.
    pub(crate) fn item(self, name: &str, title: &str, dwell: &str) -> Self {
        let text = format!("+++\ntitle = \"{title}\"\ndwell = \"{dwell}\"\n+++\n{title}正文。\n");
        self.with(&format!("items/通知/{name}.md"), text)
    }

    /// What stands in one of them.
    pub(crate) fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).expect("it was written as text")
    }

    /// The files without one.
    pub(crate) fn without(mut self, path: &str) -> Self {
        self.files.remove(path).expect("only what is there is taken away");
        self
    }

    /// All of them, as a report prints them.
    pub(crate) fn told(&self) -> String {
        let told = |(path, content): (&String, &Vec<u8>)| format!("--- {path}\n{}", String::from_utf8_lossy(content));
        self.files.iter().map(told).collect()
    }

    /// As the scan hands them over.
    pub(crate) fn sources(&self) -> Vec<SourceFile> {
        let source = |(path, content): (&String, &Vec<u8>)| SourceFile::new(path.as_str(), content.as_slice());
        self.files.iter().map(source).collect()
    }

    /// The library that has accepted them first of all.
    pub(crate) fn library(&self) -> Library {
        Library::default().accept(&self.sources())
    }

    /// Their wall, which must be without a problem.
    pub(crate) fn wall(&self) -> Arc<Wall> {
        let library = self.library();
        assert_eq!(messages(library.problems()), Vec::<String>::new());
        Arc::clone(library.wall().expect("there is a good site.toml"))
    }
}

/// `file:line:column: message` of each problem, in English.
pub(crate) fn messages(problems: &[Diagnostic]) -> Vec<String> {
    let written = |problem: &Diagnostic| match &problem.place {
        Some(place) => format!(
            "{}:{}:{}: {}",
            problem.file, place.line, place.column, problem.message.en
        ),
        None => format!("{}: {}", problem.file, problem.message.en),
    };
    problems.iter().map(written).collect()
}

/// The picture of a projector at a tick.
pub(crate) fn picture(projector: &mut Projector, tick: Tick) -> Frame {
    let mut frame = Frame::new(projector.size());
    projector.paint(tick, &mut frame);
    frame
}
