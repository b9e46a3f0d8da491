//! Vertical setting 直排: columns from right to left, hanzi upright, marks in their vertical forms.
//!
//! One or two digits stand side by side in one cell (纵中横), three or four one below the other; longer numbers and Latin words lie on
//! their side. A column ends where a line might. Nothing is squeezed and nothing spread.

use super::{
    bonds::Bond,
    class::{Class, dropped},
    compositor::Compositor,
    face::Type,
    justify::signed,
    line::{Line, Placed},
    page::Page,
    style::{Align, Style},
};

/// What stands in one piece of a column, and may not be parted.
struct Piece {
    /// The characters with their places in the paragraph.
    characters: Vec<(u32, char)>,
    way: Way,
    /// LEDs that it takes of the column.
    length: u32,
}

/// How a piece stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Its one character upright.
    Upright,
    /// Its digits side by side.
    Abreast,
    /// On its side, to be read downwards.
    Turned,
}

impl Compositor {
    /// The columns of one paragraph in `height` LEDs, each still at the left; at least one.
    pub(super) fn columns(&self, paragraph: &str, style: &Style, height: u32) -> Vec<Line> {
        let mut offset = 0;
        let mut columns = Vec::new();
        for part in paragraph.split('\n') {
            let (pieces, bonds) = pieces(self, style.kind, part, offset);
            let mut start = 0;
            while start < pieces.len() || start == 0 {
                let end = column_end(&pieces, &bonds, start, height);
                columns.push(column(self, style, &pieces[start..end], height));
                start = end.max(1);
            }
            offset += part.len() + 1;
        }
        columns
    }
}

/// Deals columns onto pages of `width` LEDs, the first one at the right edge. Of the style, the leading stands between columns; centred
/// columns stand in the middle.
pub(super) fn beside_each_other(columns: &[Line], style: &Style, width: u32) -> Vec<Page> {
    let pitch = style.line_height() + style.leading;
    let per_page = ((width + style.leading) / pitch.max(1)).max(1) as usize;
    let place = |page: &[Line]| {
        let taken = (page.len() as u32 * pitch).saturating_sub(style.leading);
        let margin = if style.align == Align::Centre {
            width.saturating_sub(taken) / 2
        } else {
            0
        };
        let right = width.saturating_sub(margin);
        let lefts = (1u32..).map(|count| right.saturating_sub(count * pitch - style.leading));
        let set = page.iter().zip(lefts).map(|(column, x)| Line { x, ..column.clone() });
        Page { lines: set.collect() }
    };
    columns.chunks(per_page).map(place).collect()
}

/// The pieces of a part without forced breaks, and how each holds to the next.
fn pieces(compositor: &Compositor, kind: Type, part: &str, offset: usize) -> (Vec<Piece>, Vec<Bond>) {
    let kept = part.char_indices().filter(|(_, character)| !dropped(*character));
    let characters: Vec<(u32, char)> = kept.map(|(at, character)| ((offset + at) as u32, character)).collect();
    let signs: Vec<char> = characters.iter().map(|(_, character)| *character).collect();
    let all = compositor.bonds(&signs);
    let (mut pieces, mut bonds) = (Vec::new(), Vec::new());
    let mut start = 0;
    while start < signs.len() {
        let (length, way) = run(&signs[start..]);
        let each = if way == Way::Upright { 1 } else { length };
        for taken in characters[start..start + length].chunks(each) {
            pieces.push(Piece {
                characters: taken.to_vec(),
                way,
                length: match way {
                    Way::Turned => taken.iter().map(|(_, sign)| compositor.advance(kind, *sign)).sum(),
                    Way::Upright if Class::of(taken[0].1) == Class::Space => compositor.advance(kind, taken[0].1),
                    Way::Upright | Way::Abreast => kind.dots().into(),
                },
            });
            start += each;
            bonds.extend(all.get(start - 1));
        }
    }
    (pieces, bonds)
}

/// How many of the characters stand in the same way, and in which.
fn run(signs: &[char]) -> (usize, Way) {
    let digits = signs.iter().take_while(|sign| sign.is_ascii_digit()).count();
    let latin = signs.iter().take_while(|sign| sign.is_ascii_graphic()).count();
    match (digits, latin) {
        (1 | 2, same) if same == digits => (digits, Way::Abreast),
        (3 | 4, same) if same == digits => (digits, Way::Upright),
        (_, 0 | 1) => (1, Way::Upright),
        _ => (latin, Way::Turned),
    }
}

/// Where the column that begins at `start` ends: at the weakest bond within `height`, and of equal ones at the last.
fn column_end(pieces: &[Piece], bonds: &[Bond], start: usize, height: u32) -> usize {
    let mut taken = 0u32;
    let mut best = (Bond::Prohibited, (start + 1).min(pieces.len()));
    for (at, piece) in pieces.iter().enumerate().skip(start) {
        taken = taken.saturating_add(piece.length);
        if taken > height && at > start {
            return best.1;
        }
        match bonds.get(at) {
            Some(bond) if *bond <= best.0 => best = (*bond, at + 1),
            _ => {}
        }
    }
    pieces.len()
}

/// One column, its cells below each other.
fn column(compositor: &Compositor, style: &Style, pieces: &[Piece], height: u32) -> Line {
    let kind = style.kind;
    let length: u32 = pieces.iter().map(|piece| piece.length).sum();
    let mut y = signed(match style.align {
        Align::Left | Align::Both => 0,
        Align::Centre => height.saturating_sub(length) / 2,
        Align::Right => height.saturating_sub(length),
    });
    let mut glyphs = Vec::new();
    for piece in pieces {
        stand(compositor, kind, piece, y, &mut glyphs);
        y += signed(piece.length);
    }
    let text: String = pieces
        .iter()
        .flat_map(|piece| &piece.characters)
        .map(|(_, sign)| *sign)
        .collect();
    Line {
        width: kind.dots().into(),
        text: text.trim_end().into(),
        glyphs: glyphs.into(),
        ..Line::default()
    }
}

/// The glyphs of a piece whose cell begins at `y`.
fn stand(compositor: &Compositor, kind: Type, piece: &Piece, y: i32, glyphs: &mut Vec<Placed>) {
    let em = signed(kind.dots().into());
    let advance = |sign: char| signed(compositor.advance(kind, sign));
    let width: i32 = piece.characters.iter().map(|(_, sign)| advance(*sign)).sum();
    let mut along = 0;
    for (at, sign) in &piece.characters {
        let form = if piece.way == Way::Upright {
            upright(compositor, kind, *sign)
        } else {
            *sign
        };
        let (x, y) = match piece.way {
            Way::Turned => (0, y + along),
            Way::Abreast => ((em - width) / 2 + along, y),
            Way::Upright => ((em - advance(form)) / 2, y),
        };
        glyphs.push(Placed {
            x,
            y,
            turned: piece.way == Way::Turned,
            character: form,
            at: *at,
        });
        along += advance(*sign);
    }
}

/// The form in which `sign` stands upright in a column: marks in their vertical forms, where there is type for those.
fn upright(compositor: &Compositor, kind: Type, sign: char) -> char {
    let form = match sign {
        '，' => '︐',
        '、' => '︑',
        '。' => '︒',
        '：' => '︓',
        '；' => '︔',
        '！' => '︕',
        '？' => '︖',
        '…' => '︙',
        '—' => '︱',
        '（' => '︵',
        '）' => '︶',
        '〔' => '︹',
        '〕' => '︺',
        '【' => '︻',
        '】' => '︼',
        '《' => '︽',
        '》' => '︾',
        '〈' => '︿',
        '〉' => '﹀',
        // GB/T 15834-2011: in vertical setting “ ” become ﹃ ﹄ and ‘ ’ become ﹁ ﹂.
        '“' => '﹃',
        '”' => '﹄',
        '‘' => '﹁',
        '’' => '﹂',
        '「' => '﹁',
        '」' => '﹂',
        '『' => '﹃',
        '』' => '﹄',
        sign => sign,
    };
    if compositor.shape(kind, form).is_some() {
        form
    } else {
        sign
    }
}
