//! Programs that behave badly in the place of `ffmpeg`: each is ended in time and named, and nothing of it stays.

use std::{
    fs,
    path::Path,
    process::Command,
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use yingbi::{
    diagnostic::Explain as _,
    media::{ChildFault, FilmLimits, find_ffmpeg},
};

use super::{LIMITS, ONE_PICTURE, made, make, sample, stand_ins, told, video};

/// The processes whose command line has `word` in it.
fn running(word: &str) -> Vec<String> {
    let lines = fs::read_dir("/proc")
        .unwrap()
        .flatten()
        .filter_map(|entry| fs::read(entry.path().join("cmdline")).ok());
    let lines = lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    lines.filter(|line| line.contains(word)).collect()
}

/// Whether they are gone soon.
fn gone(folder: &Path) -> bool {
    let word = folder.to_str().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    while Instant::now() < until {
        if running(word).is_empty() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// What comes of such a pair of programs.
fn outcome(ffprobe: &str, ffmpeg: &str, limits: FilmLimits) -> ChildFault {
    let (programs, ffmpeg) = stand_ins(ffprobe, ffmpeg);
    let folder = TempDir::new().unwrap();
    let fault = make(folder.path(), &video(folder.path()), Some(&ffmpeg), limits).unwrap_err();
    assert!(
        gone(programs.path()),
        "{fault}: {:?}",
        running(programs.path().to_str().unwrap())
    );
    fault
}

// Fault 26.
#[test]
fn a_decoder_that_sleeps_or_says_next_to_nothing_is_ended_in_time() {
    let limits = FilmLimits {
        stall: Duration::from_secs(2),
        ..LIMITS
    };
    let stalled = ChildFault::Stalled { limit: limits.stall };
    let trickle = r#"while (1) { syswrite STDOUT, "a"; select undef, undef, undef, 0.2 }"#;
    for (ffprobe, ffmpeg) in [
        ("sleep 1000", "sleep 1000"),
        (trickle, ONE_PICTURE),
        (&told("h264"), "sleep 1000"),
        (&told("h264"), trickle),
        // All the pictures are of one moment.
        (
            &told("h264"),
            &format!("{ONE_PICTURE}\nwhile (1) {{ print STDERR \"frame:1 pts:0\\n\"; print \"FRAME\\n\", 'a' x 12; }}"),
        ),
    ] {
        assert_eq!(outcome(ffprobe, ffmpeg, limits), stalled, "{ffprobe} {ffmpeg}");
    }
    assert!(!stalled.chinese().is_ascii());
    let limits = FilmLimits {
        wall: Duration::from_secs(2),
        ..LIMITS
    };
    assert_eq!(
        outcome("sleep 1000", "sleep 1000", limits),
        ChildFault::Late { limit: limits.wall }
    );
}

// Fault 26.
#[test]
fn a_decoder_that_talks_without_end_is_refused() {
    let endless = r#"while (1) { print "x" x 60000 }"#;
    let errors = r#"while (1) { print STDERR "x" x 6000, "\n" }"#;
    for (ffprobe, ffmpeg) in [(endless, ONE_PICTURE), (&told("h264")[..], endless)] {
        let fault = outcome(ffprobe, ffmpeg, LIMITS);
        assert!(matches!(fault, ChildFault::Refused { .. }), "{fault}");
    }
    // Words without end are heard until nothing comes of them.
    let limits = FilmLimits {
        stall: Duration::from_secs(2),
        ..LIMITS
    };
    let fault = outcome(errors, ONE_PICTURE, limits);
    assert_eq!(fault, ChildFault::Stalled { limit: limits.stall });
    // Times without pictures, and pictures without times.
    let times = format!("{ONE_PICTURE}\nwhile (1) {{ print STDERR \"frame:1 pts:0\\n\" }}");
    let untimed = "print \"YUV4MPEG2 W4 H2 F25:1 Ip A1:1 C420mpeg2\\nFRAME\\n\", 'a' x 12;";
    for ffmpeg in [&times, untimed] {
        let fault = outcome(&told("h264"), ffmpeg, limits);
        assert!(
            matches!(fault, ChildFault::Refused { .. } | ChildFault::Stalled { .. }),
            "{fault}"
        );
    }
}

// Fault 25.
#[test]
fn a_decoder_that_forks_crashes_or_takes_all_memory_is_done_with() {
    // It reads where nothing is.
    let crash = "unpack 'p', pack 'Q', 8";
    for (ffprobe, ffmpeg) in [
        // It may not fork, and says so.
        (
            "fork // die 'cannot fork'; sleep 1000",
            "fork // die 'cannot fork'; sleep 1000",
        ),
        (crash, crash),
        (&told("h264")[..], crash),
        (&told("h264"), "my $x = 'a' x (4 << 30); sleep 1000"),
        (&told("h264"), "exit 3"),
        (&told("h264"), &format!("{ONE_PICTURE} {crash}")),
        ("exit 127", "exit 127"),
    ] {
        let fault = outcome(ffprobe, ffmpeg, LIMITS);
        assert!(matches!(fault, ChildFault::Refused { .. }), "{fault}");
    }
}

#[test]
fn a_decoder_that_burns_processor_time_is_ended_at_its_limit() {
    let limits = FilmLimits { cpu: 1, ..LIMITS };
    let fault = outcome(&told("h264"), "1 while 1", limits);
    assert!(
        matches!(fault, ChildFault::Refused { .. } | ChildFault::Cpu { .. }),
        "{fault}"
    );
}

#[test]
fn a_clip_that_nobody_wants_any_more_is_given_up_at_once() {
    let (programs, ffmpeg) = stand_ins(
        &told("h264"),
        &format!(
            "{ONE_PICTURE} $t = 1e9; while (1) {{ print STDERR \"frame:1 pts:$t\\n\"; $t += 40e6; print \"FRAME\\n\", chr($t / 40e6 % 200) x 12; select undef, undef, undef, 0.01 }}"
        ),
    );
    let folder = TempDir::new().unwrap();
    let source = fs::File::open(video(folder.path())).unwrap();
    let mut heard = 0;
    let fault = made(folder.path(), &source, Some(&ffmpeg), LIMITS, 25, &mut |_| {
        heard += 1;
        heard < 3
    });
    assert_eq!((fault.unwrap_err(), heard), (ChildFault::GivenUp, 3));
    assert!(gone(programs.path()));
}

/// The parent of the test below, which kills it.
#[test]
#[ignore = "it is started by the test below"]
fn a_parent_that_is_killed() {
    let Some(folder) = std::env::var_os("YINGBI_TEST_FOLDER") else {
        return;
    };
    let folder = Path::new(&folder);
    let _ = make(folder, &video(folder), Some(&folder.join("ffmpeg")), LIMITS);
}

// Fault 8.
#[test]
fn a_parent_that_is_killed_leaves_no_process_behind() {
    let (programs, _) = stand_ins("sleep 1000", "sleep 1000");
    let mut parent = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "media::jail::standins::a_parent_that_is_killed", "--ignored"])
        .env("YINGBI_TEST_FOLDER", programs.path())
        .spawn()
        .unwrap();
    let word = programs.path().to_str().unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    let programs_run = || {
        running(word)
            .iter()
            .filter(|line| line.starts_with("/usr/bin/perl"))
            .count()
    };
    while programs_run() < 2 && Instant::now() < until {
        thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(programs_run(), 2, "both run");
    // Whoever has started them is confined by now.
    thread::sleep(Duration::from_millis(500));
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert!(gone(programs.path()), "{:?}", running(word));
}

#[test]
fn ffmpeg_is_found_where_both_programs_are() {
    // Whether it is installed here or not: what is found is whole.
    if let Some(ffmpeg) = find_ffmpeg() {
        assert!(ffmpeg.is_absolute() && ffmpeg.with_file_name("ffprobe").is_file());
    }
}

#[test]
fn an_older_ffmpeg_is_asked_in_its_own_words() {
    let older = format!(
        "if (grep {{ $_ eq '-fps_mode' }} @ARGV) {{ print STDERR \"Unrecognized option 'fps_mode'.\\nError splitting the argument list: Option not found\\n\"; exit 1 }}\n\
         grep {{ $_ eq '-vsync' }} @ARGV or exit 1;\n{ONE_PICTURE}"
    );
    let (_programs, ffmpeg) = stand_ins(&told("h264"), &older);
    let folder = TempDir::new().unwrap();
    let filmed = make(folder.path(), &video(folder.path()), Some(&ffmpeg), LIMITS).unwrap();
    assert_eq!(filmed.codec, "H.264, MP4/MOV, ffmpeg");
    // One that knows neither is asked twice, and no more.
    let neither = "print STDERR \"Unrecognized option 'fps_mode'.\\n\"; exit 1";
    let fault = outcome(&told("h264"), neither, LIMITS);
    assert_eq!(fault, ChildFault::Garbled);
}

#[test]
fn what_ffmpeg_cannot_decode_the_built_in_decoders_try() {
    let folder = TempDir::new().unwrap();
    let film = sample("high.mp4");
    let built_in = make(folder.path(), &film, None, LIMITS).unwrap();
    assert!(!built_in.codec.contains("ffmpeg"));
    let crash = "unpack 'p', pack 'Q', 8";
    let unknown = "print STDERR \"Decoder (codec h264) not found for input stream #0:0\\n\"; exit 1";
    for (ffprobe, ffmpeg) in [
        (crash, crash),
        (&told("h264")[..], crash),
        (&told("h264"), unknown),
        ("exit 127", "exit 127"),
    ] {
        let (_programs, ffmpeg) = stand_ins(ffprobe, ffmpeg);
        let filmed = make(folder.path(), &film, Some(&ffmpeg), LIMITS).unwrap();
        assert_eq!(filmed, built_in);
    }
    // A program that is not there.
    let nothing = TempDir::new().unwrap();
    let filmed = make(folder.path(), &film, Some(&nothing.path().join("ffmpeg")), LIMITS).unwrap();
    assert_eq!(filmed, built_in);
    // Animated pictures are never given to it.
    let (_programs, ffmpeg) = stand_ins(&told("gif"), ONE_PICTURE);
    let filmed = make(folder.path(), &sample("moving.gif"), Some(&ffmpeg), LIMITS).unwrap();
    assert!(
        filmed.codec.contains("GIF") && !filmed.codec.contains("ffmpeg"),
        "{filmed:?}"
    );
}
