//! The child's work on a picture: a file of a stranger in, a picture in its plain form out.
//!
//! What it is follows from its first bytes, never from its name. It must be whole, and no larger than can be decoded here; then it is turned as
//! its camera was held, laid over black, or over white where what is opaque in it is dark, and made as small as still covers the wall that shall show it.

mod fault;
mod whole;

use std::io::Cursor;

use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, RgbImage, metadata::Orientation};

use crate::{
    frame::{over_black, scale},
    item::{PICTURE_LIMIT, Picture},
    units::Size,
};

use fault::Found;
pub(super) use fault::PictureFault;

/// The most pixels that are decoded: more than a telephone takes unless it is told to.
const PIXELS: u64 = 64_000_000;
/// The most bytes that what stands beside the pixels of a PNG may unpack to: comments, a colour profile.
const BESIDE: u64 = 16 << 20;
/// The most bytes that they may take once they are decoded.
const DECODED: u64 = 400 << 20;

/// The settings of a job: how large the result may be.
pub(super) fn settings(bounds: Size) -> [u8; 8] {
    let mut settings = [0; 8];
    settings[..4].copy_from_slice(&bounds.width.to_le_bytes());
    settings[4..].copy_from_slice(&bounds.height.to_le_bytes());
    settings
}

fn bounds(settings: &[u8]) -> Option<Size> {
    let (width, height) = settings.split_first_chunk()?;
    let bounds = Size::new(u32::from_le_bytes(*width), u32::from_le_bytes(*height.first_chunk()?));
    let within = Size::new(
        bounds.width.clamp(1, PICTURE_LIMIT.width),
        bounds.height.clamp(1, PICTURE_LIMIT.height),
    );
    Some(within)
}

/// The picture in `bytes` in its plain form.
pub(super) fn plain(settings: &[u8], bytes: &[u8]) -> Result<Vec<u8>, PictureFault> {
    let bounds = bounds(settings).ok_or_else(|| PictureFault::unreadable("no settings"))?;
    let format = format(bytes)?;
    if !whole::is_whole(format, bytes) {
        return Err(PictureFault::Cut);
    }
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // For what a decoder takes besides the picture that it tells of.
    let mut limits = Limits::default();
    limits.max_alloc = Some(if format == ImageFormat::Png { BESIDE } else { DECODED });
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let size = size(&decoder)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    let pixels = over(image);
    // It is made smaller as it lies, and turned when that costs least.
    let turn = |size: Size| if is_upright(orientation) { size } else { turned(size) };
    let original = turn(size);
    let to = turn(Picture::size_for(original, bounds));
    let small = scale::shrink(&pixels, size, to);
    let small = RgbImage::from_raw(to.width, to.height, small).ok_or_else(|| PictureFault::unreadable("no pixels"))?;
    let mut small = DynamicImage::ImageRgb8(small);
    small.apply_orientation(orientation);
    let small = small.into_rgb8();
    let (width, height) = small.dimensions();
    Ok(Picture::write(Size::new(width, height), original, &small.into_raw()))
}

/// What the file is by its first bytes.
fn format(bytes: &[u8]) -> Result<ImageFormat, PictureFault> {
    use ImageFormat::{Bmp, Gif, Jpeg, Png, WebP};
    let format = image::guess_format(bytes).ok();
    format
        .filter(|format| matches!(format, Png | Jpeg | WebP | Bmp | Gif))
        .ok_or_else(|| PictureFault::NoPicture {
            found: Found::of(bytes),
        })
}

/// The size of what `decoder` would decode, before it takes any memory for it.
fn size(decoder: &impl image::ImageDecoder) -> Result<Size, PictureFault> {
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(PictureFault::unreadable("it has no pixels"));
    }
    if pixels > PIXELS || decoder.total_bytes() > DECODED {
        return Err(PictureFault::TooLarge { width, height });
    }
    Ok(Size::new(width, height))
}

/// What is darker than this on the mean, of 255, would not be seen on black.
const DARK: u64 = 40;

/// R, G, B of each pixel, over black where it is not opaque; over white where the picture itself is as dark as that.
fn over(image: DynamicImage) -> Vec<u8> {
    if !image.color().has_alpha() {
        return image.into_rgb8().into_raw();
    }
    let pixels = image.into_rgba8().into_raw();
    let (pixels, _) = pixels.as_chunks::<4>();
    let ground = if is_dark(pixels) { 255 } else { 0 };
    let pixel = |[red, green, blue, alpha]: &[u8; 4]| {
        // What shows through of the ground never adds up to more than white.
        let shows = over_black(ground, 255 - alpha);
        [*red, *green, *blue].map(|value| over_black(value, *alpha).saturating_add(shows))
    };
    pixels.iter().flat_map(pixel).collect()
}

/// Whether something shows through it, and what is opaque is dark on the mean.
fn is_dark(pixels: &[[u8; 4]]) -> bool {
    let (mut light, mut weight) = (0, 0);
    for [red, green, blue, alpha] in pixels {
        // As ITU-R BT.601 weighs them.
        let luma = (299 * u64::from(*red) + 587 * u64::from(*green) + 114 * u64::from(*blue)) / 1000;
        light += luma * u64::from(*alpha);
        weight += u64::from(*alpha);
    }
    let is_open = weight < 255 * pixels.len() as u64;
    is_open && weight > 0 && light < DARK * weight
}

const fn is_upright(orientation: Orientation) -> bool {
    use Orientation::{FlipHorizontal, FlipVertical, NoTransforms, Rotate180};
    matches!(orientation, NoTransforms | Rotate180 | FlipHorizontal | FlipVertical)
}

const fn turned(size: Size) -> Size {
    Size::new(size.height, size.width)
}

fn refused(error: &image::ImageError) -> PictureFault {
    let words = error.to_string();
    let is_cut =
        matches!(error, image::ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof);
    if is_cut {
        PictureFault::Cut
    } else {
        PictureFault::unreadable(&words)
    }
}
