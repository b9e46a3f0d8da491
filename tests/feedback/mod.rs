//! What the daemon tells the clerk on the share.

mod imports;
mod list;
mod names;
mod previews;
mod process;
mod screens;
mod sheet;
mod trouble;

use std::{fs, path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;
use tempfile::TempDir;
use yingbi::{
    diagnostic::Language,
    feedback::{Desk, Notice, Situation, Turn},
    simulator::Hub,
    units::Moment,
    wall::{ImportView, Wall},
};

use crate::support::site::Files;

/// A site in a folder of its own, its desk, and a clock that is set by hand.
struct Bench {
    folder: TempDir,
    desk: Desk,
    hub: Hub,
    wall: Arc<Wall>,
    notices: Vec<Notice>,
    imports: Vec<ImportView>,
    now: Timestamp,
    moment: Moment,
}

impl Bench {
    fn new(files: &Files) -> Self {
        Self::in_language(files, Language::Chinese)
    }

    fn in_language(files: &Files, language: Language) -> Self {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("site.toml"), files.text("site.toml")).unwrap();
        Self {
            desk: Desk::new(folder.path(), language),
            folder,
            hub: Hub::default(),
            wall: files.wall(),
            notices: Vec::new(),
            imports: Vec::new(),
            now: "2026-05-15T01:20:31Z".parse().unwrap(),
            moment: Moment::ZERO + Duration::from_secs(1000),
        }
    }

    fn turn(&mut self) -> Turn {
        self.desk.turn(&Situation {
            hub: &self.hub,
            wall: &self.wall,
            notices: &self.notices,
            imports: &self.imports,
            now: self.now,
            moment: self.moment,
            is_dated: true,
        })
    }

    /// Turns until nothing is left to do; of the last turn what it came to.
    fn settle(&mut self) -> Turn {
        for _ in 0..5_000 {
            let turn = self.turn();
            self.pass(turn.rest);
            if turn.rest > Duration::from_millis(100) {
                return turn;
            }
        }
        panic!("never comes to rest");
    }

    fn pass(&mut self, time: Duration) {
        self.moment = self.moment + time;
        self.now += time;
    }

    fn place(&self, path: &str) -> PathBuf {
        let root = self.folder.path().join("反馈");
        if path.is_empty() { root } else { root.join(path) }
    }

    fn read(&self, path: &str) -> Vec<u8> {
        let place = self.place(path);
        fs::read(&place).unwrap_or_else(|error| panic!("{}: {error}", place.display()))
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.read(path)).unwrap()
    }

    /// Every file of the feedback, relative to it, in order.
    fn files(&self) -> Vec<String> {
        let (root, mut found) = (self.place(""), Vec::new());
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        found.sort();
        found
    }

    fn previews(&self) -> Vec<String> {
        let files = self.files().into_iter();
        files
            .filter_map(|path| path.strip_prefix("预览/").map(ToOwned::to_owned))
            .collect()
    }
}

/// The size and the bytes of a picture.
fn pixels(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    (reader.info().width, reader.info().height, bytes)
}

/// What a picture says of itself under `keyword`.
fn label(file: &[u8], keyword: &str) -> Option<String> {
    let reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let chunks = reader.info().utf8_text.iter();
    let found = chunks.clone().find(|chunk| chunk.keyword == keyword);
    found.map(|chunk| chunk.get_text().unwrap())
}
