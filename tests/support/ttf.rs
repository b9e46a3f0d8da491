//! A font of outlines of the tests' own: every glyph a few rectangles, so that what it must look like on dots can be written down.

/// Units of the em: a dot is 60 of them at 16 dots, 40 at 24, 30 at 32, 20 at 48.
pub(crate) const EM: i16 = 960;

/// A rectangle: left, bottom, right, top, in units of the em from the origin on the baseline.
pub(crate) type Bar = [i16; 4];

/// A glyph: its character, its advance, its bars.
pub(crate) type Outline<'a> = (char, u16, &'a [Bar]);

/// A TrueType file with these glyphs, in the order of their characters, and a name.
pub(crate) fn ttf(name: &str, glyphs: &[Outline<'_>]) -> Vec<u8> {
    file(&tables(name, glyphs), 0)
}

/// A collection of several fonts of the same glyphs, with these names.
pub(crate) fn ttc(names: &[&str], glyphs: &[Outline<'_>]) -> Vec<u8> {
    let mut head = b"ttcf\0\x01\0\0".to_vec();
    head.extend((names.len() as u32).to_be_bytes());
    let mut fonts = Vec::new();
    let start = head.len() + 4 * names.len();
    for name in names {
        let at = start + fonts.len();
        head.extend((at as u32).to_be_bytes());
        fonts.extend(file(&tables(name, glyphs), at));
    }
    [head, fonts].concat()
}

fn file(tables: &[([u8; 4], Vec<u8>)], at: usize) -> Vec<u8> {
    let mut head = vec![0, 1, 0, 0];
    head.extend((tables.len() as u16).to_be_bytes());
    head.extend([0; 6]);
    let mut body = Vec::new();
    let start = at + 12 + 16 * tables.len();
    for (tag, table) in tables {
        head.extend(tag);
        head.extend([0; 4]);
        head.extend(((start + body.len()) as u32).to_be_bytes());
        head.extend((table.len() as u32).to_be_bytes());
        body.extend(table);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    [head, body].concat()
}

/// The tables that a font cannot do without, in the order of their tags.
fn tables(name: &str, glyphs: &[Outline<'_>]) -> Vec<([u8; 4], Vec<u8>)> {
    let outlines: Vec<Vec<u8>> = glyphs.iter().map(|(_, _, bars)| outline(bars)).collect();
    let mut loca = vec![0, 0, 0, 0, 0, 0, 0, 0];
    let mut at = 0_u32;
    for outline in &outlines {
        at += outline.len() as u32;
        loca.extend(at.to_be_bytes());
    }
    let count = glyphs.len() as u16 + 1;
    let advances = [0].into_iter().chain(glyphs.iter().map(|(_, advance, _)| *advance));
    let mut head = [0; 54];
    head[0..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&[0x5f, 0x0f, 0x3c, 0xf5]);
    head[18..20].copy_from_slice(&EM.to_be_bytes());
    head[51] = 1;
    let mut hhea = [0; 36];
    hhea[0..4].copy_from_slice(&[0, 1, 0, 0]);
    hhea[4..6].copy_from_slice(&840_i16.to_be_bytes());
    hhea[6..8].copy_from_slice(&(-120_i16).to_be_bytes());
    hhea[34..36].copy_from_slice(&count.to_be_bytes());
    vec![
        (*b"cmap", cmap(glyphs)),
        (*b"glyf", outlines.concat()),
        (*b"head", head.to_vec()),
        (*b"hhea", hhea.to_vec()),
        (
            *b"hmtx",
            advances
                .flat_map(|advance| [advance.to_be_bytes(), [0, 0]].concat())
                .collect(),
        ),
        (*b"loca", loca),
        (*b"maxp", [&[0, 1, 0, 0][..], &count.to_be_bytes(), &[0; 26]].concat()),
        (*b"name", name_table(name)),
    ]
}

/// A simple glyph, one contour a bar, its points as two bytes each.
fn outline(bars: &[Bar]) -> Vec<u8> {
    if bars.is_empty() {
        return Vec::new();
    }
    let edge = |side: usize, far: fn(i16, i16) -> i16| bars.iter().map(|bar| bar[side]).reduce(far).unwrap();
    let mut glyph = (bars.len() as i16).to_be_bytes().to_vec();
    for bound in [
        edge(0, i16::min),
        edge(1, i16::min),
        edge(2, i16::max),
        edge(3, i16::max),
    ] {
        glyph.extend(bound.to_be_bytes());
    }
    glyph.extend((0..bars.len()).flat_map(|bar| (bar as u16 * 4 + 3).to_be_bytes()));
    glyph.extend([0, 0]);
    // Every point is on the curve.
    glyph.extend(vec![1; bars.len() * 4]);
    let points: Vec<(i16, i16)> = bars
        .iter()
        .flat_map(|[left, bottom, right, top]| [(*left, *bottom), (*left, *top), (*right, *top), (*right, *bottom)])
        .collect();
    let steps = |of: fn(&(i16, i16)) -> i16| {
        let before = std::iter::once(0).chain(points.iter().map(of));
        let steps: Vec<u8> = points
            .iter()
            .map(of)
            .zip(before)
            .flat_map(|(now, before)| (now - before).to_be_bytes())
            .collect();
        steps
    };
    glyph.extend(steps(|point| point.0));
    glyph.extend(steps(|point| point.1));
    glyph.resize(glyph.len().next_multiple_of(4), 0);
    glyph
}

/// Format 12: one group a character.
fn cmap(glyphs: &[Outline<'_>]) -> Vec<u8> {
    let mut table = vec![0, 0, 0, 1, 0, 3, 0, 10, 0, 0, 0, 12, 0, 12, 0, 0];
    table.extend((16 + 12 * glyphs.len() as u32).to_be_bytes());
    table.extend([0; 4]);
    table.extend((glyphs.len() as u32).to_be_bytes());
    for (index, (character, ..)) in (1_u32..).zip(glyphs) {
        let code = u32::from(*character);
        table.extend([code, code, index].map(u32::to_be_bytes).concat());
    }
    table
}

fn name_table(name: &str) -> Vec<u8> {
    let text: Vec<u8> = name.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let mut table = Vec::new();
    for number in [0, 1, 18, 3, 1, 0x409, 4, text.len() as u16, 0] {
        table.extend(number.to_be_bytes());
    }
    table.extend(text);
    table
}
