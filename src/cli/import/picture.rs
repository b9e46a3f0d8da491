//! Pictures are looked at: what they are, and how small the largest zone shows them.

use std::{io, path::Path};

use serde::Serialize;
use thiserror::Error;

use super::Work;
use crate::{
    cli::{
        clips::shown,
        exit::{Exit, Failure},
    },
    diagnostic::{Bilingual, Explain},
    folder::{PICTURE_FILE_LIMIT, whole},
    media::{ChildFault, look_at_picture},
};

/// The file has more bytes than one of a picture may have.
#[derive(Clone, Copy, Debug, Error)]
#[error("the file has more than {} MB", PICTURE_FILE_LIMIT / 1_000_000)]
struct TooHeavy;

impl Explain for TooHeavy {
    fn chinese(&self) -> String {
        format!("文件超过 {} MB", PICTURE_FILE_LIMIT / 1_000_000)
    }

    fn help(&self) -> Bilingual {
        Bilingual::new("请另存为较小的图片", "save it smaller")
    }
}

/// A picture as one JSON object. These names are stable.
#[derive(Debug, Serialize)]
struct Line<'a> {
    file: &'a str,
    form: &'static str,
    width: u32,
    height: u32,
}

/// Says what the picture at `path` is.
pub(super) fn import(work: &Work<'_>, path: &Path) -> Result<Exit, Failure> {
    let bytes = match whole::read(path, PICTURE_FILE_LIMIT + 1) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => return Ok(work.unread(path, &io::ErrorKind::NotFound.into())),
        Err(error) => return Ok(work.unread(path, &error)),
    };
    if bytes.len() as u64 > PICTURE_FILE_LIMIT {
        return work.refuse(path, &TooHeavy, Exit::PROBLEMS);
    }
    let picture = match look_at_picture(&bytes, &work.child) {
        Ok(picture) => picture,
        Err(fault @ (ChildFault::Start { .. } | ChildFault::Talk { .. })) => {
            return work.refuse(path, &fault, Exit::UNAVAILABLE);
        }
        Err(fault) => return work.refuse(path, &fault, Exit::PROBLEMS),
    };
    let (file, original) = (shown(path), picture.original());
    let (width, height) = (original.width, original.height);
    if work.options.json {
        work.print(&Line {
            file: &file,
            form: "picture",
            width,
            height,
        })?;
    } else {
        work.say(&Bilingual::new(
            format!("{file}：图片，{width}×{height}；放入栏目文件夹即播放，不必预先制作"),
            format!(
                "{file}: picture, {width}x{height}; it plays once it is in a column's folder, and needs no making ready"
            ),
        ))?;
    }
    Ok(Exit::DONE)
}
