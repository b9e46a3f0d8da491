//! What the name of a file or a folder says by itself, before anybody looks into it.

use super::copies;

/// Whether a file or a folder of this name asks for a stop, wherever it lies: 停播 or STOP, whatever it ends with, and what copying makes of it.
pub fn is_stop(name: &str) -> bool {
    let mut stem = name.trim();
    // Windows hides the ending, and people write it once more.
    while let Some((before, _)) = stem.rsplit_once('.').filter(|(before, _)| !before.is_empty()) {
        stem = before;
    }
    let stem = copies::base(stem);
    stem == "停播" || stem.eq_ignore_ascii_case("stop")
}
