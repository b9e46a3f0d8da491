//! Moving GIF, WebP and APNG: one pass, over black, each picture as long as browsers show it.

use std::{
    io::{BufReader, Seek as _, SeekFrom},
    time::Duration,
};

use image::{
    AnimationDecoder as _, Frames, ImageDecoder, ImageError, Limits, Rgba,
    codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder},
};

use super::{
    About, Container, FilmFault, Found, LONGEST, LONGEST_SIDE, MOST_PIXELS, Pixels, Shot, Turn,
    builtin::{Film, Source, unread},
    survey::{Survey, shown},
};
use crate::{frame::over_black, units::Size};

/// The most memory that decoding one may take: some pictures of the largest size.
const MEMORY: u64 = 300 << 20;
/// The most pixels of all pictures together: 16,000 of 1920 x 1080.
const WORK: u64 = 1 << 35;

/// The film in such a file.
pub(super) struct Animated {
    about: About,
    frames: Frames<'static>,
    /// When the next picture is seen.
    at: Duration,
    shown: Option<Picture>,
}

struct Picture {
    at: Duration,
    lasts: Duration,
    pixels: Vec<u8>,
}

impl Animated {
    pub(super) fn open(mut source: Box<dyn Source>, container: Container) -> Result<Self, FilmFault> {
        let survey = Survey::of(container, &mut *source).map_err(|error| unread(&error))?;
        match survey {
            Survey { is_whole: false, .. } => return Err(FilmFault::Cut),
            Survey { pictures: 0, .. } => return Err(FilmFault::NoPictures),
            Survey { pictures: 1, .. } => return Err(FilmFault::NoVideo { found: Found::Picture }),
            Survey { lasts, .. } if lasts > LONGEST => return Err(FilmFault::TooLong { lasts }),
            _ => {}
        }
        source.seek(SeekFrom::Start(0)).map_err(|error| unread(&error))?;
        let (size, frames) = frames(BufReader::new(source), container, survey.pictures)?;
        Ok(Self {
            about: About {
                size,
                aspect: (1, 1),
                turn: Turn::None,
                duration: Some(survey.lasts),
                codec: container.name().into(),
                has_sound: false,
            },
            frames,
            at: Duration::ZERO,
            shown: None,
        })
    }
}

/// The size of the pictures, and the pictures.
fn frames(
    reader: BufReader<Box<dyn Source>>,
    container: Container,
    pictures: u32,
) -> Result<(Size, Frames<'static>), FilmFault> {
    match container {
        Container::Gif => {
            let mut decoder = GifDecoder::new(reader).map_err(|error| refused(&error))?;
            let size = limit(&mut decoder, pictures)?;
            Ok((size, decoder.into_frames()))
        }
        Container::Png => {
            let mut decoder = PngDecoder::with_limits(reader, limits()).map_err(|error| refused(&error))?;
            let size = limit(&mut decoder, pictures)?;
            let decoder = decoder.apng().map_err(|error| refused(&error))?;
            Ok((size, decoder.into_frames()))
        }
        _ => {
            let mut decoder = WebPDecoder::new(reader).map_err(|error| refused(&error))?;
            let size = limit(&mut decoder, pictures)?;
            // As browsers do: the colour that the file asks for is nobody's.
            let cleared = decoder.set_background_color(Rgba([0; 4]));
            cleared.map_err(|error| refused(&error))?;
            Ok((size, decoder.into_frames()))
        }
    }
}

fn limits() -> Limits {
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MEMORY);
    limits
}

/// The size of the pictures, before memory is taken for one.
fn limit(decoder: &mut impl ImageDecoder, pictures: u32) -> Result<Size, FilmFault> {
    let (width, height) = decoder.dimensions();
    let size = Size::new(width, height);
    let pixels = u64::from(width) * u64::from(height);
    if pixels == 0 {
        return Err(FilmFault::NoPictures);
    }
    if pixels > MOST_PIXELS || width.max(height) > LONGEST_SIDE || pixels * u64::from(pictures) > WORK {
        return Err(FilmFault::TooLarge { size });
    }
    decoder.set_limits(limits()).map_err(|error| refused(&error))?;
    Ok(size)
}

impl Film for Animated {
    fn about(&self) -> &About {
        &self.about
    }

    fn advance(&mut self) -> Result<bool, FilmFault> {
        self.shown = None;
        let Some(frame) = self.frames.next() else {
            return Ok(false);
        };
        let frame = frame.map_err(|error| refused(&error))?;
        let lasts = shown(Duration::from(frame.delay()));
        let image = frame.into_buffer();
        if image.dimensions() != (self.about.size.width, self.about.size.height) {
            return Err(FilmFault::unreadable("a picture of another size"));
        }
        let (pixels, _) = image.as_raw().as_chunks::<4>();
        let over = |[red, green, blue, alpha]: &[u8; 4]| [*red, *green, *blue].map(|value| over_black(value, *alpha));
        self.shown = Some(Picture {
            at: self.at,
            lasts,
            pixels: pixels.iter().flat_map(over).collect(),
        });
        self.at = self.at.saturating_add(lasts);
        Ok(true)
    }

    fn shot(&self) -> Option<Shot<'_>> {
        let picture = self.shown.as_ref()?;
        Some(Shot {
            at: picture.at,
            lasts: Some(picture.lasts),
            pixels: Pixels::Rgb(&picture.pixels),
        })
    }
}

fn refused(error: &ImageError) -> FilmFault {
    match error {
        ImageError::IoError(error) => unread(error),
        error => FilmFault::unreadable(&error.to_string()),
    }
}
