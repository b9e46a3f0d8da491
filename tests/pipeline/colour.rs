//! What Y, Cb and Cr come out as.

use yingbi::{
    media::film::{Colour, Matrix, Scaler},
    units::Size,
};

use super::{Still, about, rendition};

const ALL: [Colour; 6] = {
    const fn of(matrix: Matrix, is_full: bool) -> Colour {
        Colour { matrix, is_full }
    }
    [
        of(Matrix::Bt601, false),
        of(Matrix::Bt601, true),
        of(Matrix::Bt709, false),
        of(Matrix::Bt709, true),
        of(Matrix::Bt2020, false),
        of(Matrix::Bt2020, true),
    ]
};

/// The shares of red and blue in Y.
fn shares(matrix: Matrix) -> (f64, f64) {
    match matrix {
        Matrix::Bt601 => (0.299, 0.114),
        Matrix::Bt709 => (0.2126, 0.0722),
        Matrix::Bt2020 => (0.2627, 0.0593),
    }
}

/// R, G and B in floating point, as the recommendations have them.
fn exact(colour: Colour, [y, cb, cr]: [u8; 3]) -> [f64; 3] {
    let (red, blue) = shares(colour.matrix);
    let (black, steps, shades) = if colour.is_full {
        (0.0, 255.0, 255.0)
    } else {
        (16.0, 219.0, 224.0)
    };
    let y = (f64::from(y) - black) / steps;
    let [cb, cr] = [cb, cr].map(|value| (f64::from(value) - 128.0) / shades);
    let r = y + 2.0 * (1.0 - red) * cr;
    let b = y + 2.0 * (1.0 - blue) * cb;
    let g = (y - red * r - blue * b) / (1.0 - red - blue);
    [r, g, b].map(|part| (part * 255.0).clamp(0.0, 255.0))
}

/// The pixels of that picture as they are seen in a place of its own size.
fn seen(size: Size, still: &Still) -> Vec<u8> {
    let mut scaler = Scaler::new(&about(size), &rendition(size, 25)).unwrap();
    scaler.scale(&still.pixels()).unwrap().bytes().to_vec()
}

#[test]
fn every_colour_of_each_matrix_is_within_one_of_what_exact_arithmetic_gives() {
    // Every Y across; every 5th Cb and Cr, two rows each.
    let shades: Vec<u8> = (0..=255).step_by(5).collect();
    let pairs: Vec<(u8, u8)> = shades
        .iter()
        .flat_map(|cb| shades.iter().map(|cr| (*cb, *cr)))
        .collect();
    let size = Size::new(256, 2 * pairs.len() as u32);
    let light: Vec<u8> = (0..size.height).flat_map(|_| 0..=255).collect();
    let plane = |pick: fn(&(u8, u8)) -> u8| pairs.iter().flat_map(|pair| [pick(pair); 128]).collect();
    for colour in ALL {
        let still = Still::Yuv(
            [light.clone(), plane(|pair| pair.0), plane(|pair| pair.1)],
            [256, 128, 128],
            colour,
        );
        let seen = seen(size, &still);
        let mut worst = 0.0_f64;
        for (at, pixel) in seen.as_chunks::<3>().0.iter().enumerate() {
            let (cb, cr) = pairs[at / 512];
            let exact = exact(colour, [(at % 256) as u8, cb, cr]);
            for (seen, exact) in pixel.iter().zip(exact) {
                worst = worst.max((f64::from(*seen) - exact).abs());
            }
        }
        assert!(worst < 0.75, "{colour:?}: {worst}");
    }
}

#[test]
fn colour_bars_come_out_as_the_colours_that_went_in() {
    // White, yellow, cyan, green, magenta, red, blue, black.
    let bars = [
        [255, 255, 255],
        [255, 255, 0],
        [0, 255, 255],
        [0, 255, 0],
        [255, 0, 255],
        [255, 0, 0],
        [0, 0, 255],
        [0, 0, 0],
    ];
    for colour in ALL {
        let (red, blue) = shares(colour.matrix);
        let (black, steps, shades) = if colour.is_full {
            (0.0, 255.0, 255.0)
        } else {
            (16.0, 219.0, 224.0)
        };
        let coded = bars.map(|bar: [u8; 3]| {
            let [r, g, b] = bar.map(|value| f64::from(value) / 255.0);
            let y = red * r + (1.0 - red - blue) * g + blue * b;
            let (cb, cr) = ((b - y) / (2.0 - 2.0 * blue), (r - y) / (2.0 - 2.0 * red));
            let colours = [cb, cr].map(|part| (part * shades + 128.0).round().clamp(0.0, 255.0) as u8);
            ((y * steps + black).round() as u8, colours)
        });
        let rows = |pick: &dyn Fn(usize) -> u8, width: usize, height: usize| {
            let row: Vec<u8> = (0..width).map(|x| pick(x * 8 / width)).collect();
            row.repeat(height)
        };
        let still = Still::Yuv(
            [
                rows(&|bar| coded[bar].0, 32, 4),
                rows(&|bar| coded[bar].1[0], 16, 2),
                rows(&|bar| coded[bar].1[1], 16, 2),
            ],
            [32, 16, 16],
            colour,
        );
        let seen = seen(Size::new(32, 4), &still);
        for (at, pixel) in seen.as_chunks::<3>().0.iter().enumerate() {
            let bar = bars[at % 32 / 4];
            let is_near = pixel.iter().zip(bar).all(|(seen, meant)| seen.abs_diff(meant) <= 2);
            assert!(is_near, "{colour:?}: {pixel:?} for {bar:?}");
        }
    }
}

#[test]
fn odd_sizes_and_padded_rows_are_read_to_their_last_pixel() {
    let size = Size::new(5, 3);
    let colour = Colour {
        matrix: Matrix::Bt709,
        is_full: true,
    };
    // Three colours across and two down for five pixels and three; behind each row is what nobody shall see.
    let light = [
        [50, 60, 70, 80, 90, 1, 1],
        [51, 61, 71, 81, 91, 1, 1],
        [52, 62, 72, 82, 92, 1, 1],
    ]
    .concat();
    let blues = [[128, 128, 200, 9], [128, 128, 90, 9]].concat();
    let reds = [[128, 128, 100, 9], [128, 128, 180, 9]].concat();
    // Of the last row no more is there than its pixels.
    let cut = |mut plane: Vec<u8>, more: usize| {
        plane.truncate(plane.len() - more);
        plane
    };
    let still = Still::Yuv([cut(light, 2), cut(blues, 1), cut(reds, 1)], [7, 4, 4], colour);
    let seen = seen(size, &still);
    let pixel = |x: usize, y: usize| <[u8; 3]>::try_from(&seen[(y * 5 + x) * 3..][..3]).unwrap();
    assert_eq!(pixel(0, 0), [50; 3]);
    assert_eq!(pixel(3, 2), [82; 3]);
    for (x, y, coded) in [(4, 0, [90, 200, 100]), (4, 1, [91, 200, 100]), (4, 2, [92, 90, 180])] {
        let exact = exact(colour, coded);
        assert!(
            pixel(x, y)
                .iter()
                .zip(exact)
                .all(|(seen, exact)| (f64::from(*seen) - exact).abs() < 0.75),
            "{x} {y}"
        );
    }
}

#[test]
fn a_picture_with_too_few_bytes_is_refused_and_nothing_is_read_beyond_them() {
    let size = Size::new(6, 4);
    let mut scaler = Scaler::new(&about(size), &rendition(size, 25)).unwrap();
    let colour = ALL[0];
    let whole = [vec![0; 24], vec![0; 6], vec![0; 6]];
    assert!(
        scaler
            .scale(&Still::Yuv(whole.clone(), [6, 3, 3], colour).pixels())
            .is_ok()
    );
    for plane in 0..3 {
        let mut cut = whole.clone();
        cut[plane].pop();
        assert!(scaler.scale(&Still::Yuv(cut, [6, 3, 3], colour).pixels()).is_err());
        let mut strides = [6, 3, 3];
        strides[plane] -= 1;
        assert!(
            scaler
                .scale(&Still::Yuv(whole.clone(), strides, colour).pixels())
                .is_err()
        );
        strides[plane] = usize::MAX;
        assert!(
            scaler
                .scale(&Still::Yuv(whole.clone(), strides, colour).pixels())
                .is_err()
        );
    }
    assert!(scaler.scale(&Still::Rgb([0; 71][..].into()).pixels()).is_err());
}
