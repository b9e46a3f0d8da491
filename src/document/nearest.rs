//! "Did you mean": the nearest name to one that is not known.

/// The nearest of `names` to `written`, if it is near enough to be meant.
pub fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // An edit distance costs length squared; nothing that long is a slip of the hand.
    const LONGEST: usize = 40;
    let length = written.chars().count();
    if length > LONGEST {
        return None;
    }
    let written = written.to_lowercase();
    let scored = names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&written, name), name));
    let (distance, name) = scored.min_by_key(|(distance, _)| *distance)?;
    // One slip in three letters; a Chinese word of two characters must share one of them.
    let allowed = (length.max(name.chars().count()) / 3).max(1);
    let shares = name.chars().any(|c| written.contains(c));
    (distance <= allowed && shares).then_some(name)
}
