//! How far a video that is being taken in has come, for whoever tells people of it.

use std::sync::Arc;

use serde::Serialize;

use crate::{diagnostic::Bilingual, units::Share};

/// A video that is being taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportView {
    /// Its file, relative to the site.
    pub path: Arc<str>,
    /// What is being done.
    pub stage: ImportStage,
    /// How much of it is done, in percent, 0 to 100; `None` where nobody can say.
    #[serde(serialize_with = "percent")]
    pub share: Option<Share>,
    /// About how many seconds are left of the work that has been begun; `None` where nobody can say.
    pub seconds_left: Option<u32>,
}

/// What is being done with a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImportStage {
    /// A clip is being made of it.
    Working,
    /// It is being read for the first time.
    Reading,
    /// It waits for its turn.
    Waiting,
    /// It is not whole yet: somebody is copying it.
    Copying,
}

fn percent<S: serde::Serializer>(share: &Option<Share>, serializer: S) -> Result<S::Ok, S::Error> {
    share.map(Share::percent).serialize(serializer)
}

impl ImportView {
    /// It as a sentence: 正在转换 宣传片.mp4：62%，约 1 分 20 秒.
    pub fn told(&self) -> Bilingual {
        let name = self.path.rsplit('/').next().unwrap_or(&self.path);
        let (zh, en) = match self.stage {
            ImportStage::Working => (format!("正在转换 {name}"), format!("converting {name}")),
            ImportStage::Reading => (format!("正在读取 {name}"), format!("reading {name}")),
            ImportStage::Waiting => (format!("等待转换 {name}"), format!("{name} waits to be converted")),
            ImportStage::Copying => (
                format!("{name}：等待复制完成"),
                format!("{name} waits until it has been copied whole"),
            ),
        };
        let share = self.share.map(Share::percent);
        let left = self.seconds_left.map(about);
        let zh_parts = [
            share.map(|share| format!("{share}%")),
            left.as_ref().map(|left| left.zh.clone()),
        ];
        let en_parts = [share.map(|share| format!("{share}%")), left.map(|left| left.en)];
        Bilingual::new(joined(zh, zh_parts, ["：", "，"]), joined(en, en_parts, [": ", ", "]))
    }
}

/// A sentence and what is known besides.
fn joined<const N: usize>(sentence: String, parts: [Option<String>; N], [first, next]: [&str; 2]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        sentence
    } else {
        sentence + first + &parts.join(next)
    }
}

/// An estimate, as rough as it is: 约 1 分 20 秒.
fn about(seconds: u32) -> Bilingual {
    let step = match seconds {
        0..60 => 5,
        60..600 => 10,
        _ => 60,
    };
    let seconds = seconds.div_ceil(step).max(1) * step;
    match (seconds / 60, seconds % 60) {
        (0, seconds) => Bilingual::new(format!("约 {seconds} 秒"), format!("about {seconds} s left")),
        (minutes, 0) => Bilingual::new(format!("约 {minutes} 分"), format!("about {minutes} min left")),
        (minutes, seconds) => Bilingual::new(
            format!("约 {minutes} 分 {seconds} 秒"),
            format!("about {minutes} min {seconds} s left"),
        ),
    }
}
