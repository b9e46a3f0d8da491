//! The same 64 hanzi drawn by others, each beside us in the same run.
//!
//! Beside these stands rpi-rgb-led-matrix (C++, `DrawText` of a BDF onto a canvas in memory), which took 412 to 446 ns a glyph of 16 dots, and
//! 302 ms to load its font, where it was measured by hand.

use std::{collections::HashMap, hint::black_box};

use embedded_graphics::{
    Pixel,
    mono_font::{MonoTextStyle, ascii::FONT_8X13},
    pixelcolor::BinaryColor,
    prelude::*,
    text::Text,
};
use u8g2_fonts::{
    FontRenderer, fonts,
    types::{FontColor, VerticalPosition},
};
use yingbi::text::{Compositor, Mask, Outlines, Type};

use crate::harness::{Budget, Harness};

/// Hanzi that the strikes of all peers have.
const TEXT: &str = "各处室各出资企业根据示例省国资委政务公开工作要点要求为进一步建设阳光国资平台现将有关事项通知如下各单位应当及时公开本单位信息国国";

/// One bit a dot, set one by one: what an embedded-graphics driver does.
struct Dots {
    width: u32,
    rows: Vec<u8>,
}

pub(crate) fn run(harness: &mut Harness) {
    let (compositor, kind) = (Compositor::default(), Type::default());
    let line = compositor.line(TEXT, kind);
    let width = 64 * 16 + 16;
    let ours = || {
        let mut mask = Mask::new(width, 16);
        let (compositor, line) = (compositor.clone(), line.clone());
        move || compositor.draw(black_box(&line), kind, 0, 0, &mut mask)
    };
    let mut dots = Dots::new(width);
    let u8g2 = FontRenderer::new::<fonts::u8g2_font_wqy16_t_gb2312>();
    harness.compare("peers/u8g2-fonts", Budget::AtLeast(15.0), ("ours", ours()), || {
        let place = Point::new(0, 0);
        let colour = FontColor::Transparent(BinaryColor::On);
        u8g2.render(black_box(TEXT), place, VerticalPosition::Top, colour, &mut dots)
            .expect("it has these hanzi")
    });
    let mut dots = Dots::new(width);
    harness.compare("peers/unifont", Budget::None, ("ours", ours()), || {
        let mut left = 0;
        for character in black_box(TEXT).chars() {
            let glyph = unifont::get_glyph(character).expect("it has these hanzi");
            for y in 0..16 {
                for x in (0..glyph.get_width()).filter(|x| glyph.get_pixel(*x, y)) {
                    dots.set(left + x as u32, y as u32);
                }
            }
            left += glyph.get_width() as u32;
        }
    });
    fontdue(harness, ours());
    let style = MonoTextStyle::new(&FONT_8X13, BinaryColor::On);
    let latin = "Notice of the fire drill in the office building on 12 May 2026..";
    let mut dots = Dots::new(width);
    harness.compare("peers/embedded-graphics-latin", Budget::None, ("ours", ours()), || {
        Text::new(black_box(latin), Point::new(0, 12), style).draw(&mut dots)
    });
}

/// fontdue with every glyph rasterised beforehand, blended onto three bytes a dot. It needs an outline font of the machine; where there is
/// none, nothing is measured.
fn fontdue(harness: &mut Harness, ours: impl FnMut()) {
    const FONT: &str = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc";
    const NAME: &str = "peers/fontdue-cached";
    let Some(bytes) = harness.wants(NAME).then(|| std::fs::read(FONT).ok()).flatten() else {
        return harness.state(NAME, "no outline font here", "");
    };
    if Outlines::read(&bytes, 2).is_err() {
        return harness.state(NAME, "another font here", "");
    }
    let settings = ::fontdue::FontSettings {
        collection_index: 2,
        load_substitutions: false,
        ..Default::default()
    };
    let font = ::fontdue::Font::from_bytes(bytes, settings).expect("just read");
    let cache: HashMap<char, _> = TEXT.chars().map(|c| (c, font.rasterize(c, 16.0))).collect();
    let mut picture = vec![0u8; 64 * 16 * 16 * 3];
    harness.compare(NAME, Budget::None, ("ours", ours), || {
        for (index, character) in black_box(TEXT).chars().enumerate() {
            let (metrics, cover) = &cache[&character];
            for (y, row) in cover.chunks(metrics.width.max(1)).enumerate().take(16) {
                for (x, cover) in row.iter().enumerate().take(16) {
                    let at = (y * 64 * 16 + index * 16 + x) * 3;
                    for channel in &mut picture[at..at + 3] {
                        *channel =
                            ((u16::from(*channel) * u16::from(255 - cover) + 255 * u16::from(*cover)) / 255) as u8;
                    }
                }
            }
        }
    });
}

impl Dots {
    fn new(width: u32) -> Self {
        Self {
            width,
            rows: vec![0; (width / 8 * 16) as usize],
        }
    }

    fn set(&mut self, x: u32, y: u32) {
        self.rows[(y * self.width / 8 + x / 8) as usize] |= 0x80 >> (x % 8);
    }
}

impl OriginDimensions for Dots {
    fn size(&self) -> Size {
        Size::new(self.width, 16)
    }
}

impl DrawTarget for Dots {
    type Color = BinaryColor;
    type Error = std::convert::Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<BinaryColor>>>(&mut self, pixels: I) -> Result<(), Self::Error> {
        for Pixel(place, colour) in pixels {
            let inside = (0..self.width as i32).contains(&place.x) && (0..16).contains(&place.y);
            if inside && colour.is_on() {
                self.set(place.x as u32, place.y as u32);
            }
        }
        Ok(())
    }
}
