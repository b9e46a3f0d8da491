//! Random settings through the whole compositor: squeezed, spread, indented, centred, at every size.
//!
//! Rooms are four characters wide at least: marks alone can be wider than less. `SETTINGS=1000000` asks for more of them than the few thousand of every run.

use yingbi::text::{Align, Compositor, Face, Line, Phrases, Rules, Style, Type};

use super::prohibitions::{NEVER_FIRST, NEVER_LAST, OTHERS, permitted, phrases};

/// A stream of numbers that follows from its seed alone.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())].clone()
    }
}

fn text(chance: &mut Chance, pieces: &[String]) -> String {
    (0..chance.below(60)).map(|_| chance.of(pieces)).collect()
}

/// What a random text is made of: hanzi and Latin mostly, then marks, then phrases.
fn pieces() -> Vec<String> {
    let each = |from: &str| from.chars().map(String::from).collect::<Vec<_>>();
    let mut pieces = [each(OTHERS), each(OTHERS), each(NEVER_FIRST), each(NEVER_LAST)].concat();
    pieces.extend(["——", "……"].map(String::from));
    pieces.extend(Phrases::shipped().iter().take(40));
    pieces
}

/// Where each line ends but the last, in characters of the text.
fn ends(lines: &[Line], text: &str) -> Vec<usize> {
    let starts = lines.iter().skip(1).filter_map(|line| line.glyphs.first());
    starts.map(|first| text[..first.at as usize].chars().count()).collect()
}

#[test]
fn no_setting_begins_or_ends_a_line_with_what_may_not_nor_splits_a_phrase() {
    let count = std::env::var("SETTINGS").map_or(3_000, |count| count.parse().expect("a number"));
    let (compositor, pieces) = (Compositor::default(), pieces());
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for _ in 0..count {
        let text = text(&mut chance, &pieces);
        let dots = chance.of(&[16, 24, 32, 48]);
        let style = Style {
            kind: Type::new(Face::Hei, dots).expect("a size of the ladder"),
            leading: 0,
            align: chance.of(&[Align::Both, Align::Both, Align::Left, Align::Centre, Align::Right]),
            indent: chance.of(&[0, 2 * u32::from(dots)]),
            hang: 0,
            vertical: false,
        };
        let width = u32::from(dots) * (4 + chance.below(28) as u32) + chance.below(16) as u32;
        let lines = compositor.lines(&text, &style, width);
        let characters: Vec<char> = text.chars().collect();
        let (ends, phrases) = (ends(&lines, &text), phrases(&text));
        let within = |at: usize| phrases.iter().any(|(first, end)| *first < at && at < *end);
        let open = |at: &usize| permitted(&characters, *at, Rules::Gb) && !within(*at);
        for end in &ends {
            // What cannot part anywhere and is wider than a line has to part somewhere.
            let first = (1..*end).rev().find(open).unwrap_or(0);
            let last = (*end..characters.len()).find(open).unwrap_or(characters.len());
            let unit: String = characters[first..last].iter().collect();
            let fits = compositor.width(&unit, style.kind) + style.indent <= width;
            assert!(
                open(end) || !fits,
                "{text} at {width} in {dots} dots ends a line before character {end}: {:?}",
                lines.iter().map(|line| &*line.text).collect::<Vec<_>>()
            );
        }
    }
}
