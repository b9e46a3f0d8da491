//! `ffmpeg`, where it is installed: nearly all that telephones, cameras and offices make is decoded by it.
//!
//! ```text
//! ffprobe -> what is known of the video ──┐
//! ffmpeg  -> pictures (YUV4MPEG2), and when each is seen (a line each) -> Decoder
//! ```
//!
//! It runs in processes of its own, confined (see `media::child`), and is not trusted: all that it says has a bound. It decodes, takes fields
//! apart into pictures where the video has fields, and gives 8 bits; it neither turns, scales, doubles nor drops: every picture comes once, as it is
//! coded, with the time at which it is seen, and what is done with that is the same for every decoder. Its options are fixed but for the format, which
//! follows from the file's first bytes and is forced: a list of other files that calls itself a video is not followed.
//!
//! Animated pictures (GIF, WebP, APNG) stay with the built-in decoders: those know their transparency and the time of each picture, and
//! `ffmpeg` reads no animated WebP at all.

mod line;
mod picture;
mod pipes;
mod probe;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Child,
};

pub use line::{Stamps, header};
pub use picture::{Ffmpeg, OpenFault};
pub use probe::{Probe, codec_name};

use super::{Container, MOST_PIXELS};

/// The exit code of a program that could not be started, as a shell has it.
pub(in crate::media) const UNSTARTED: u8 = 127;
/// The exit code of a process that did not become `ffmpeg`, for the file is of a format that is not its business.
pub(in crate::media) const OTHERS: u8 = 126;

/// What is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `ffprobe`: tells what the video is.
    Probe,
    /// `ffmpeg`: decodes it.
    Decode,
}

impl Part {
    pub(in crate::media) const fn number(self) -> u32 {
        match self {
            Self::Probe => 1,
            Self::Decode => 2,
        }
    }

    pub(in crate::media) const fn of(number: u32) -> Option<Self> {
        match number {
            1 => Some(Self::Probe),
            2 => Some(Self::Decode),
            _ => None,
        }
    }

    /// Its file, where `ffmpeg` is at that path.
    pub(in crate::media) fn program(self, ffmpeg: &Path) -> PathBuf {
        match self {
            Self::Probe => ffmpeg.with_file_name("ffprobe"),
            Self::Decode => ffmpeg.to_owned(),
        }
    }
}

/// What the format is called there; `None` for what is left to the built-in decoders.
pub const fn format(container: Container) -> Option<&'static str> {
    match container {
        Container::Mov => Some("mov"),
        Container::Matroska => Some("matroska"),
        Container::Avi => Some("avi"),
        Container::Flv => Some("flv"),
        Container::MpegTs => Some("mpegts"),
        Container::MpegPs => Some("mpeg"),
        Container::MpegVideo => Some("mpegvideo"),
        Container::Asf => Some("asf"),
        Container::Gif | Container::WebP | Container::Png => None,
    }
}

/// What is asked of `ffprobe`.
const ASKED: &str = "stream=index,codec_name,codec_type,width,height,sample_aspect_ratio,pix_fmt,color_space,duration,avg_frame_rate\
    :stream_disposition=attached_pic:stream_side_data=rotation:stream_tags=rotate:format=duration";
/// No file but standard input is opened, whatever the video names, and nothing larger is decoded.
const INPUT: [&str; 4] = ["-protocol_whitelist", "file", "-max_streams", "64"];
/// Standard input, opened anew: what is at its end can be looked for.
const FILE: &str = "file:/proc/self/fd/0";
/// Fields to pictures where there are fields; 8 bits, Y from 16 to 235; then a line on standard error for each picture: its time in nanoseconds.
const FILTERS: &str = "bwdif=mode=send_frame:deint=interlaced,scale=out_range=tv,format=yuv420p,settb=1/1000000000,\
    metadata=add:key=yingbi:value=1,metadata=print:key=yingbi:direct=1:file=pipe\\\\:2";

/// The arguments of `part` for a video of that format on standard input. `older` for versions before 5.1.
pub(in crate::media) fn arguments(part: Part, format: &str, older: bool) -> Vec<OsString> {
    let pixels = MOST_PIXELS.to_string();
    let mut words = vec!["-hide_banner", "-loglevel", "error"];
    match part {
        Part::Probe => {
            words.extend(INPUT);
            words.extend(["-max_pixels", &pixels, "-f", format]);
            words.extend(["-show_entries", ASKED, "-of", "flat", "-i", FILE]);
        }
        Part::Decode => {
            words.extend(["-nostdin", "-noautorotate", "-threads", "1", "-filter_threads", "1"]);
            words.extend(INPUT);
            // Cut to the pixel, as the video says, not to what is handy for memory.
            words.extend(["-flags", "unaligned"]);
            words.extend(["-max_pixels", &pixels, "-f", format, "-i", FILE]);
            // The first stream of pictures that is no cover of an album.
            words.extend([
                "-map",
                "0:V:0",
                "-an",
                "-sn",
                "-dn",
                "-map_metadata",
                "-1",
                "-vf",
                FILTERS,
            ]);
            // As they come, with their own times.
            words.extend([if older { "-vsync" } else { "-fps_mode" }, "passthrough"]);
            words.extend(["-threads", "1", "-f", "yuv4mpegpipe", "pipe:1"]);
        }
    }
    words.into_iter().map(OsString::from).collect()
}

/// The two processes, as they have been started.
#[derive(Debug)]
pub(in crate::media) struct Processes {
    pub(in crate::media) probe: Child,
    pub(in crate::media) decode: Child,
}
