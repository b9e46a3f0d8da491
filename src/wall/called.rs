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

/// Whether a file of this name at the root of a site asks for a stop.
pub(super) fn asks_for_stop(name: &str) -> bool {
    let small = name.to_ascii_lowercase();
    // Windows hides the ending, and people write it once more.
    name.starts_with("停播") && !small.ends_with(".toml") || ["stop.txt", "stop.txt.txt"].contains(&&*small)
}

/// Whether what lies in a folder of this name, or a file of it, waits for approval.
pub(super) fn is_of_drafts(name: &str) -> bool {
    name.starts_with("待审") || name.starts_with('_')
}

/// Whether a folder's name is one that a file manager gives: somebody is still at work there, or has made a copy to be safe.
pub(super) fn is_makeshift(name: &str) -> bool {
    let small = name.to_ascii_lowercase();
    let unnumbered = small.trim_end_matches([' ', ')', '）', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    let unnumbered = unnumbered.trim_end_matches(['(', '（', ' ']);
    small.starts_with("新建文件夹")
        || small.starts_with("new folder")
        || small.starts_with("复件 ")
        || unnumbered.ends_with("- 副本")
        || unnumbered.ends_with("- copy")
}
