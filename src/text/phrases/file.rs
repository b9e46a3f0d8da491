//! The file of phrases: one a line.

use std::collections::BTreeMap;

use super::{
    super::class::dropped,
    LONGEST, Phrases,
    fault::{PhraseError, PhraseFault},
};

/// A file of phrases, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhraseFile {
    /// The phrases of its good lines.
    pub phrases: Phrases,
    /// What is wrong with the others, in order.
    pub faults: Vec<PhraseFault>,
}

/// What stands between two phrases where somebody has written several on a line.
const SEPARATORS: [char; 8] = ['、', '，', '；', '。', ',', ';', '|', '｜'];

pub(super) fn parse(text: &str) -> PhraseFile {
    let mut faults = Vec::new();
    let mut first_line = BTreeMap::new();
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        let said = line.split('#').next().unwrap_or_default();
        let begun = said.trim_start_matches(is_blank);
        let phrase = begun.trim_end_matches(is_blank);
        let from = start + said.len() - begun.len();
        start += line.len() + 1;
        if phrase.is_empty() {
            continue;
        }
        let read = read(phrase).and_then(|characters| match first_line.get(&characters) {
            Some(first) => Err(PhraseError::Twice {
                phrase: phrase.into(),
                first: *first,
            }),
            None => Ok(characters),
        });
        match read {
            Ok(characters) => {
                first_line.insert(characters, index + 1);
            }
            Err(error) => faults.push(PhraseFault {
                line: index + 1,
                span: from..from + phrase.len(),
                error,
            }),
        }
    }
    PhraseFile {
        phrases: Phrases::of(first_line.into_keys().collect()),
        faults,
    }
}

/// White space, and what some programs put at the start of a file or leave of a line's end.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || dropped(character)
}

/// The characters of a phrase, without those that are dropped by rule.
fn read(phrase: &str) -> Result<Box<[char]>, PhraseError> {
    if let Some(control) = phrase
        .chars()
        .find(|character| character.is_control() && *character != '\t')
    {
        return Err(PhraseError::Control {
            code: u32::from(control),
        });
    }
    let separates = |character: &char| SEPARATORS.contains(character) || character.is_whitespace();
    if let Some(mark) = phrase.chars().find(separates) {
        return Err(PhraseError::Several {
            phrase: phrase.into(),
            mark,
        });
    }
    let characters: Box<[char]> = phrase.chars().filter(|character| !dropped(*character)).collect();
    match characters.len() {
        0 | 1 => Err(PhraseError::Short { phrase: phrase.into() }),
        2..=LONGEST => Ok(characters),
        length => Err(PhraseError::Long {
            phrase: phrase.into(),
            length,
        }),
    }
}
