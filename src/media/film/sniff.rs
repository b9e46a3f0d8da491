//! What a file is by its first bytes, never by its name: what plays nothing is refused before anything else sees it, and `ffmpeg` is told the
//! format, so that a list of other files which calls itself a video is not followed.

use super::{fault::FilmFault, found::Found};

/// How many of a file's first bytes tell what it is; fewer where the file has fewer.
pub const FIRST: usize = 4096;

/// How the pictures of a video are packed in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Container {
    /// MP4, M4V, MOV, 3GP: ISO/IEC 14496-12.
    Mov,
    /// Matroska and WebM.
    Matroska,
    /// AVI.
    Avi,
    /// Flash Video.
    Flv,
    /// MPEG transport stream, with packets of 188 or 192 bytes.
    MpegTs,
    /// MPEG programme stream, as on DVDs.
    MpegPs,
    /// MPEG-1 or MPEG-2 video in no container at all.
    MpegVideo,
    /// WMV.
    Asf,
    /// A GIF, moving or not.
    Gif,
    /// A WebP, moving or not.
    WebP,
    /// A PNG, moving or not.
    Png,
}

impl Container {
    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mov => "MP4/MOV",
            Self::Matroska => "MKV/WebM",
            Self::Avi => "AVI",
            Self::Flv => "FLV",
            Self::MpegTs => "MPEG-TS",
            Self::MpegPs | Self::MpegVideo => "MPEG",
            Self::Asf => "WMV/ASF",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Png => "APNG",
        }
    }

    /// Whether a file of that kind may as well be a picture that does not move: see [`moves`](super::moves).
    pub const fn may_be_still(self) -> bool {
        matches!(self, Self::Gif | Self::WebP | Self::Png)
    }
}

/// What a file is that begins with `first`: [`FIRST`] bytes, or all of it.
///
/// # Errors
/// It is no video.
pub fn sniff(first: &[u8]) -> Result<Container, FilmFault> {
    let container = match first {
        [0x1A, 0x45, 0xDF, 0xA3, ..] => Some(Container::Matroska),
        [b'F', b'L', b'V', 1, ..] => Some(Container::Flv),
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => Some(Container::Asf),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Container::Gif),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Container::Png),
        [0, 0, 1, 0xBA, ..] => Some(Container::MpegPs),
        [0, 0, 1, 0xB3, ..] => Some(Container::MpegVideo),
        [b'R', b'I', b'F', b'F', ..] => riff(first),
        _ if is_mov(first) => Some(Container::Mov),
        _ if is_transport(first) => Some(Container::MpegTs),
        _ => None,
    };
    container.ok_or_else(|| FilmFault::NoVideo { found: found(first) })
}

fn riff(first: &[u8]) -> Option<Container> {
    match first.get(8..12)? {
        b"AVI " => Some(Container::Avi),
        b"WEBP" => Some(Container::WebP),
        _ => None,
    }
}

/// Whether it begins with an atom as films begin with. A brand of pictures or of sound makes it something else.
fn is_mov(first: &[u8]) -> bool {
    match first.get(4..8) {
        Some(b"ftyp") => of_brand(first).is_none(),
        Some(b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot") => true,
        _ => false,
    }
}

/// What a file of that brand holds, where it is no film.
fn of_brand(first: &[u8]) -> Option<Found> {
    match first.get(8..12)? {
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" | b"avif" | b"avis" => {
            Some(Found::Heif)
        }
        b"M4A " | b"M4B " | b"M4P " | b"F4A " => Some(Found::Sound),
        b"crx " | b"jp2 " | b"jpx " => Some(Found::Picture),
        _ => None,
    }
}

/// Packets of 188 bytes, alone or after 4 bytes of time each; a recording may begin within one.
fn is_transport(first: &[u8]) -> bool {
    const SYNC: u8 = 0x47;
    /// As many in a row are no chance.
    const PACKETS: usize = 5;
    let begins = |length: usize, at: usize| (0..PACKETS).all(|packet| first.get(at + packet * length) == Some(&SYNC));
    [188, 192]
        .into_iter()
        .any(|length| (0..length).any(|at| begins(length, at)))
}

fn found(first: &[u8]) -> Found {
    match first {
        [] => Found::Empty,
        _ if first.iter().all(|byte| *byte == 0) => Found::Zeros,
        _ if first.get(4..8) == Some(b"ftyp") => of_brand(first).unwrap_or(Found::Other),
        [0xFF, 0xD8, 0xFF, ..] | [b'B', b'M', ..] | [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => {
            Found::Picture
        }
        [b'I', b'D', b'3', ..]
        | [b'f', b'L', b'a', b'C', ..]
        | [b'O', b'g', b'g', b'S', ..]
        | [b'#', b'!', b'A', b'M', b'R', ..] => Found::Sound,
        // MPEG audio and ADTS.
        [0xFF, second, ..] if second & 0xE0 == 0xE0 && *second != 0xFF => Found::Sound,
        [b'M', b'T', b'h', b'd', ..] => Found::Sound,
        [b'R', b'I', b'F', b'F', ..] if first.get(8..12) == Some(b"WAVE") => Found::Sound,
        [b'.', b'R', b'M', b'F', ..] => Found::Real,
        [b'%', b'P', b'D', b'F', ..] => Found::Pdf,
        [b'P', b'K', 3 | 5 | 7, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] | [b'R', b'a', b'r', b'!', ..] => Found::Office,
        [b'7', b'z', 0xBC, 0xAF, ..] | [0x1F, 0x8B, ..] => Found::Office,
        _ => text(first).unwrap_or(Found::Other),
    }
}

/// Text, and whether it names other files.
fn text(first: &[u8]) -> Option<Found> {
    // The last sign may be cut off.
    let text = (0..4).find_map(|cut| crate::document::decode(&first[..first.len().checked_sub(cut)?]).ok());
    let text = text.filter(|_| !first.contains(&0))?;
    let text = text.text.to_ascii_lowercase();
    let head = text.trim_start_matches('\u{FEFF}').trim_start();
    let begins = [
        "#extm3u",
        "ffconcat",
        "[playlist]",
        "[reference]",
        "<asx",
        "<smil",
        "v=0",
        "rtsptext",
        "file ",
    ];
    let has = [
        "<mpd",
        "<smil",
        "<asx",
        "\nfile '",
        "\nfile \"",
        "\nfile:",
        "\nhttp://",
        "\nhttps://",
        "<playlist",
    ];
    let is_list = begins.iter().any(|word| head.starts_with(word)) || has.iter().any(|word| head.contains(word));
    Some(if is_list { Found::Playlist } else { Found::Text })
}
