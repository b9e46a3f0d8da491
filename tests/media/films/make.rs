//! Makes the videos of `tests/media/videos` anew, and beside each what `ffmpeg` says of its pictures: when each is seen, and the SHA-256 of its Y, Cb
//! and Cr. Run by hand, where `ffmpeg` is: `cargo test --test integration -- --ignored films::make`.

use std::{fs, path::Path, process::Command};

use yingbi::units::Size;

use super::{SMALL, folder};
use crate::support::videos::{Recipe, at_trembling_times};

/// What the built-in decoders show.
const SHOWN: [Recipe<'static>; 23] = [
    Recipe::new("baseline.mp4", "-c:v libx264 -profile:v baseline -pix_fmt yuv420p"),
    Recipe::new(
        "main.mp4",
        "-c:v libx264 -profile:v main -x264-params weightp=2:bframes=2 -pix_fmt yuv420p",
    ),
    Recipe::new(
        "main-cavlc.mp4",
        "-c:v libx264 -profile:v main -x264-params cabac=0:bframes=1 -pix_fmt yuv420p",
    ),
    Recipe::new(
        "high.mp4",
        "-c:v libx264 -profile:v high -x264-params bframes=3:b-adapt=0:b-pyramid=normal:ref=4:8x8dct=1:keyint=12 -pix_fmt yuv420p",
    ),
    Recipe::new(
        "high-matrices.mp4",
        "-c:v libx264 -profile:v high -x264-params cqm=jvt:direct=temporal -pix_fmt yuv420p",
    ),
    Recipe::new(
        "slices.mp4",
        "-c:v libx264 -x264-params slices=4:bframes=2 -pix_fmt yuv420p",
    ),
    Recipe::new(
        "slices-within-main.mp4",
        "-c:v libx264 -profile:v main -x264-params slice-max-mbs=33 -pix_fmt yuv420p",
    ),
    Recipe::new(
        "open-gop.mp4",
        "-c:v libx264 -x264-params open-gop=1:keyint=8:bframes=2 -pix_fmt yuv420p",
    ),
    Recipe::new(
        "fake-interlaced.mp4",
        "-c:v libx264 -x264-params fake-interlaced=1 -pix_fmt yuv420p",
    ),
    Recipe {
        size: Size::new(118, 70),
        ..Recipe::new("odd.mp4", "-c:v libx264 -pix_fmt yuv420p")
    },
    Recipe::new(
        "cropped.mp4",
        "-c:v libx264 -pix_fmt yuv420p -bsf:v h264_metadata=crop_left=4:crop_right=4:crop_top=2:crop_bottom=8",
    ),
    Recipe::new("turned-90.mov", "-c:v libx264 -pix_fmt yuv420p").turned(90),
    Recipe::new("turned-180.mp4", "-c:v libx264 -pix_fmt yuv420p").turned(180),
    Recipe::new("turned-270.mp4", "-c:v libx264 -pix_fmt yuv420p").turned(270),
    Recipe::new("wide.mp4", "-vf setsar=4/3 -c:v libx264 -pix_fmt yuv420p"),
    Recipe::new(
        "full-range.mp4",
        "-vf scale=out_color_matrix=bt709:out_range=pc -c:v libx264 -pix_fmt yuvj420p -color_range pc -colorspace bt709",
    ),
    Recipe::new(
        "trembling.mp4",
        concat!(
            at_trembling_times!(),
            "-c:v libx264 -pix_fmt yuv420p -video_track_timescale 90000"
        ),
    ),
    Recipe::new("faststart.mp4", "-c:v libx264 -pix_fmt yuv420p -movflags +faststart"),
    Recipe::new(
        "fragmented.mp4",
        "-c:v libx264 -x264-params keyint=10 -pix_fmt yuv420p -movflags frag_keyframe+empty_moov+default_base_moof",
    ),
    Recipe::new(
        "fragments-later.mp4",
        "-c:v libx264 -x264-params keyint=10 -pix_fmt yuv420p -movflags frag_keyframe",
    ),
    Recipe::new(
        "parameters-within.mp4",
        "-c:v libx264 -pix_fmt yuv420p -bsf:v dump_extra=freq=keyframe",
    ),
    Recipe {
        rate: "30000/1001",
        ..Recipe::new(
            "sound.mov",
            "-f lavfi -i sine=duration=1 -c:a aac -b:a 16k -c:v libx264 -pix_fmt yuv420p",
        )
    },
    Recipe {
        rate: "15",
        ..Recipe::new("telephone.3gp", "-c:v libx264 -profile:v baseline -pix_fmt yuv420p")
    },
];

/// What they refuse, naming it.
const REFUSED: [Recipe<'static>; 11] = [
    few(
        "h265.mov",
        "-c:v libx265 -x265-params log-level=error -pix_fmt yuv420p -tag:v hvc1",
    ),
    few(
        "interlaced.mp4",
        "-c:v libx264 -x264-params interlaced=1 -pix_fmt yuv420p",
    ),
    few("10-bit.mp4", "-c:v libx264 -pix_fmt yuv420p10le"),
    few("4-2-2.mp4", "-c:v libx264 -pix_fmt yuv422p"),
    few("lossless.mp4", "-c:v libx264 -preset ultrafast -qp 0 -pix_fmt yuv420p"),
    few(
        "slices-within.mp4",
        "-c:v libx264 -x264-params slice-max-mbs=33 -pix_fmt yuv420p",
    ),
    few("mpeg4.mp4", "-c:v mpeg4 -q:v 12"),
    few("mjpeg.mov", "-c:v mjpeg -q:v 20 -pix_fmt yuvj420p"),
    few("vp9.webm", "-c:v libvpx-vp9 -pix_fmt yuv420p -cpu-used 8 -b:v 100k"),
    few("mpeg4.avi", "-c:v mpeg4 -q:v 12"),
    Recipe {
        size: Size::new(4224, 64),
        pictures: 1,
        ..Recipe::new("too-large.mp4", "-c:v libx264 -crf 51 -pix_fmt yuv420p")
    },
];

/// A recipe of as few pictures as it takes to be refused.
const fn few<'a>(name: &'a str, options: &'a str) -> Recipe<'a> {
    Recipe {
        pictures: 5,
        ..Recipe::new(name, options)
    }
}

/// Pictures that move.
const ANIMATED: [Recipe<'static>; 3] = [
    Recipe {
        size: SMALL,
        pictures: 15,
        ..Recipe::new("moving.gif", "")
    },
    Recipe {
        size: SMALL,
        pictures: 12,
        ..Recipe::new("moving.webp", "-c:v libwebp_anim -lossless 1 -loop 0")
    },
    Recipe {
        size: SMALL,
        pictures: 12,
        ..Recipe::new("moving.png", "-c:v apng -f apng -plays 0")
    },
];

#[test]
#[ignore = "makes the videos anew, which other versions of ffmpeg make otherwise"]
fn make() {
    let folder = folder();
    for recipe in SHOWN {
        recipe.make(&folder);
        let pixels = if recipe.options.contains("yuvj420p") {
            "yuvj420p"
        } else {
            "yuv420p"
        };
        list(&folder, recipe.name, pixels);
    }
    edited(&folder);
    for recipe in REFUSED {
        recipe.make(&folder);
    }
    for recipe in ANIMATED {
        recipe.make(&folder);
    }
    list(&folder, "moving.gif", "rgb24");
    ffmpeg(
        &["-f", "lavfi", "-i", "sine=duration=0.3", "-c:a", "aac", "-b:a", "16k"],
        &folder.join("only-sound.mp4"),
    );
}

/// A part of a video that begins between two keys, as telephones cut it: with an edit list, and pictures that are decoded and not seen.
fn edited(folder: &Path) {
    let whole = folder.join("high.mp4");
    let options = ["-ss", "0.2", "-i", whole.to_str().unwrap(), "-t", "0.6", "-c", "copy"];
    ffmpeg(&options, &folder.join("edited.mp4"));
    list(folder, "edited.mp4", "yuv420p");
}

/// What ffmpeg says of a video, into a list beside it.
fn list(folder: &Path, name: &str, pixels: &str) {
    let video = folder.join(name);
    let options = [
        "-noautorotate",
        // Or it cuts off less at the left than it should, for its memory's sake.
        "-flags",
        "unaligned",
        "-i",
        video.to_str().unwrap(),
        "-an",
        "-vsync",
        "passthrough",
        // Or times are rounded to pictures.
        "-enc_time_base",
        "-1",
        "-pix_fmt",
        pixels,
    ];
    let options = [&options[..], &["-f", "framehash", "-hash", "sha256"]].concat();
    ffmpeg(&options, &folder.join(format!("{name}.list")));
}

fn ffmpeg(options: &[&str], output: &Path) {
    let mut command = Command::new("ffmpeg");
    command
        .args(["-v", "error", "-nostdin", "-y"])
        .args(options)
        .args(["-fflags", "+bitexact"]);
    assert!(command.arg(output).status().unwrap().success());
    assert!(fs::metadata(output).unwrap().len() > 0);
}
