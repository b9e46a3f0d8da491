//! Bitmap type: drawing, looking up, laying out.

use std::hint::black_box;

use yingbi::text::{Align, Compositor, Face, Glyph, Mask, Phrases, Rules, Strike, Style, Type, bonds};

use crate::harness::{Budget, Harness};

/// Sixty-four hanzi: four full lines of a screen of 256 LEDs.
const TEXT: &str = "各处室各出资企业根据示例省国资委政务公开工作要点要求为进一步建设阳光国资平台现将有关事项通知如下各单位应当及时公开本单位信息";

pub(crate) fn run(harness: &mut Harness) {
    let text: String = TEXT.chars().chain("国".chars().cycle()).take(64).collect();
    draw(harness, &text);
    look_up(harness, &text);
    lay_out(harness, &text);
    break_lines(harness, &text);
}

/// A glyph at most twice a bare copy of its rows, look-up included; the floor's glyphs are known beforehand.
fn draw(harness: &mut Harness, text: &str) {
    let (compositor, kind) = (Compositor::default(), Type::default());
    let line = compositor.line(text, kind);
    let glyphs: Vec<Glyph<'_>> = text.chars().filter_map(|c| Strike::sixteen().glyph(c)).collect();
    let width = 64 * 16 + 8;
    for (name, x) in [("text/draw-64-glyphs", 0), ("text/draw-64-glyphs-between-bytes", 3)] {
        let mut mask = Mask::new(width, 16);
        let mut rows = vec![0u8; width as usize / 8 * 16];
        let floor = || {
            for (index, glyph) in black_box(&glyphs).iter().enumerate() {
                copy_rows(&mut rows, width as usize / 8, index * 2, glyph.rows);
            }
        };
        harness.compare(name, Budget::Ratio(2.0), ("bare row copy", floor), || {
            compositor.draw(black_box(&line), kind, x, 0, &mut mask);
        });
    }
    for dots in [24, 32, 48] {
        let kind = Type::new(Face::Hei, dots).expect("a size of the ladder");
        let line = compositor.line(text, kind);
        let mut mask = Mask::new(line.width, dots.into());
        let bytes = line.width as usize / 8 * usize::from(dots);
        let (from, mut to) = (vec![1u8; bytes], vec![0u8; bytes]);
        let floor = || to.copy_from_slice(black_box(&from));
        let name = format!("text/draw-64-glyphs-of-{dots}-dots");
        harness.compare(&name, Budget::None, ("memcpy of as many bits", floor), || {
            compositor.draw(black_box(&line), kind, 0, 0, &mut mask);
        });
    }
}

fn copy_rows(rows: &mut [u8], stride: usize, at: usize, glyph: &[u8]) {
    for (row, bits) in glyph.as_chunks::<2>().0.iter().enumerate() {
        rows[row * stride + at..][..2].copy_from_slice(bits);
    }
}

/// Two array accesses each; the floor decodes the same UTF-8.
fn look_up(harness: &mut Harness, text: &str) {
    let floor = || black_box(text).chars().map(u32::from).sum::<u32>();
    harness.compare("text/look-up-64-glyphs", Budget::None, ("decode UTF-8", floor), || {
        let glyphs = black_box(text).chars().filter_map(|c| Strike::sixteen().glyph(c));
        glyphs.map(|glyph| u32::from(glyph.rows[0])).sum::<u32>()
    });
}

/// A page of 64 characters and an article of 2,000 with points and numbers, to pages of 256x96; the floor collects the characters.
fn lay_out(harness: &mut Harness, text: &str) {
    let sentence = format!("{text}，示例发〔2026〕23号，12月31日，1,234.56亿元。");
    let article: String = sentence.chars().cycle().take(2_000).collect();
    let compositor = Compositor::default();
    for (name, text) in [
        ("text/set-64-characters", text),
        ("text/set-2000-characters", &*article),
    ] {
        let floor = || black_box(text).chars().collect::<Vec<char>>();
        harness.compare(name, Budget::None, ("collect characters", floor), || {
            compositor.pages([black_box(text)], &style(), 256, 96)
        });
    }
}

/// A megabyte of notices, to the bonds between its characters; the floor decodes it.
fn break_lines(harness: &mut Harness, text: &str) {
    const NAME: &str = "text/break-lines-1-MB";
    let sentence = format!("{text}，示例发〔2026〕23号，12月31日，1,234.56亿元，见http://www.example.cn/a?b=1。");
    let article: String = sentence.chars().cycle().take(400_000).collect();
    let floor = || black_box(&article).chars().map(u64::from).sum::<u64>();
    let measured = harness.compare(NAME, Budget::None, ("decode UTF-8", floor), || {
        let characters: Vec<char> = black_box(&article).chars().collect();
        bonds(&characters, Rules::default(), Phrases::shipped())
    });
    if let Some(nanoseconds) = measured {
        let speed = article.len() as f64 * 1e3 / nanoseconds;
        harness.state(NAME, format!("{speed:.0} MB/s"), "");
    }
}

fn style() -> Style {
    Style {
        kind: Type::default(),
        leading: 0,
        align: Align::Both,
        indent: 32,
        hang: 0,
        vertical: false,
    }
}
