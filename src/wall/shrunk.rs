//! Pictures and videos of which small text cannot be read: one warning a folder, since whoever drops a hundred photographs reads one line.

use std::{collections::BTreeMap, sync::Arc};

use super::problem::Problem;
use crate::diagnostic::Diagnostic;

/// How many of a folder are named.
const NAMED: usize = 3;

/// What is told of them: of a single one of its folder its own problem, of several one for all.
pub(super) fn told(shrunk: BTreeMap<Arc<str>, Problem>) -> Vec<Diagnostic> {
    let mut folders: BTreeMap<Arc<str>, Vec<(Arc<str>, Problem)>> = BTreeMap::new();
    for (file, problem) in shrunk {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder).into();
        folders.entry(folder).or_default().push((file, problem));
    }
    let told = folders.into_iter().map(|(folder, mut pictures)| {
        if pictures.len() == 1
            && let Some((file, problem)) = pictures.pop()
        {
            return Diagnostic::of_file(file, &problem);
        }
        let names = pictures
            .iter()
            .map(|(file, _)| file.rsplit('/').next().unwrap_or(file).into());
        let problem = Problem::ManyShrunk {
            count: pictures.len(),
            names: names.take(NAMED).collect(),
        };
        Diagnostic::of_file(folder, &problem)
    });
    told.collect()
}
