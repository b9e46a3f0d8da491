//! Escapes, tried from inside (trial T15): none succeeds.

use std::{
    fs,
    net::{TcpListener, UdpSocket},
    path::Path,
    process::Command,
};

use tempfile::TempDir;

use super::{LIMITS, ONE_PICTURE, make, stand_ins, told, video};

// Fault 25.
#[test]
fn what_reads_pictures_reaches_nothing() {
    let output = Command::new(env!("CARGO_BIN_EXE_yingbi"))
        .args(["child", "probe"])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let mut lines = said.lines();
    let walls = lines.next().unwrap();
    let attempts: Vec<&str> = lines.collect();
    assert!(output.status.success() && attempts.len() >= 28, "{said}");
    // The filter refuses the call itself: nothing failed for a reason of its own.
    let escaped: Vec<&&str> = attempts.iter().filter(|line| !line.ends_with("(os error 1)")).collect();
    assert!(escaped.is_empty(), "{walls}: {escaped:?}");
    for left in [
        "/tmp/yingbi-escaped",
        "/tmp/yingbi-escaped-folder",
        "/tmp/yingbi-escaped-link",
        "/yingbi-escaped",
    ] {
        assert!(!Path::new(left).exists(), "{left}");
    }
}

/// Tries from inside of a program of others. Each is a line of Perl that is true where it escapes; the numbers of system calls are those of x86-64.
const ATTEMPTS: &[(&str, &str)] = &[
    ("accounts", r#"open my $f, "<", "/etc/passwd""#),
    ("shadow", r#"open my $f, "<", "/etc/shadow""#),
    ("root", r#"opendir my $d, "/root""#),
    ("environ", r#"open my $f, "<", "/proc/1/environ""#),
    ("parentmemory", r#"open my $f, "<", "/proc/" . getppid() . "/mem""#),
    ("devices", r#"open my $f, "<", "/dev/zero""#),
    ("writetmp", r#"open my $f, ">", "/tmp/yingbi-escaped-perl""#),
    ("writeroot", r#"open my $f, ">", "/yingbi-escaped-perl""#),
    ("writesource", r#"open my $f, "+<", "/proc/self/fd/0""#),
    ("appendsource", r#"open my $f, ">>", "/proc/self/fd/0""#),
    ("mkdir", r#"mkdir "/tmp/yingbi-escaped-perl-folder""#),
    ("unlink", r#"unlink "BAIT""#),
    ("rename", r#"rename "BAIT", "/tmp/yingbi-escaped-perl-name""#),
    ("chmod", r#"chmod 0777, "BAIT""#),
    ("symlink", r#"symlink "/etc/passwd", "/tmp/yingbi-escaped-perl-link""#),
    (
        "tcp",
        r#"socket(my $s, 2, 1, 0) && connect($s, pack("Sna4x8", 2, TCP, "\x7f\0\0\1"))"#,
    ),
    (
        "udp",
        r#"socket(my $s, 2, 2, 0) && send($s, "x", 0, pack("Sna4x8", 2, UDP, "\x7f\0\0\1"))"#,
    ),
    ("unix", "socket(my $s, 1, 1, 0)"),
    ("netlink", "socket(my $s, 16, 3, 0)"),
    ("pair", "socketpair(my $a, my $b, 1, 1, 0)"),
    ("fork", "defined(my $p = fork)"),
    ("shell", r#"system("/bin/sh", "-c", ":") == 0"#),
    ("execsh", r#"ok(59, "/bin/false", 0, 0)"#),
    ("killparent", "kill 0, getppid()"),
    ("killall", "kill 0, -1"),
    ("mount", r#"ok(165, "none", "/tmp", "tmpfs", 0, 0)"#),
    ("umount", r#"ok(166, "/tmp", 0)"#),
    ("mknod", r#"ok(133, "/tmp/yingbi-escaped-perl-device", 020600, 261)"#),
    ("userns", "ok(272, 0x10000000)"),
    ("netns", "ok(272, 0x40000000)"),
    ("clonens", "ok(56, 0x10000011, 0, 0, 0, 0)"),
    ("clone3", r#"ok(435, "\0" x 88, 88)"#),
    ("vfork", "ok(58)"),
    ("chroot", r#"chroot "/tmp""#),
    ("pivot", r#"ok(155, "/tmp", "/tmp")"#),
    ("ptrace", "ok(101, 0, 0, 0, 0)"),
    ("vmread", "ok(310, getppid(), 0, 0, 0, 0, 0)"),
    ("iouring", r#"ok(425, 1, "\0" x 120)"#),
    ("bpf", r#"ok(321, 0, "\0" x 72, 72)"#),
    ("keyctl", "ok(250, 0, -3, 1)"),
    ("addkey", r#"ok(248, "user", "x", "y", 1, -3)"#),
    ("userfaultfd", "ok(323, 1)"),
    ("perf", r#"ok(298, "\0" x 128, 0, -1, -1, 0)"#),
    ("memfd", r#"ok(319, "x", 0)"#),
    ("kexec", "ok(246, 0, 0, 0, 0)"),
    ("module", r#"ok(175, "", 0, "")"#),
    ("settime", r#"ok(227, 0, pack("qq", 0, 0))"#),
    ("pdeathsig", "ok(157, 1, 0, 0, 0, 0)"),
    ("setuid", "ok(105, 1)"),
    ("nice", "ok(141, 0, 0, -20)"),
    ("raiselimit", r#"ok(302, 0, 7, pack("QQ", 4096, 4096), 0)"#),
    ("grow", r#"ok(302, 0, 1, pack("QQ", 4096, 4096), 0)"#),
    ("prlimitparent", r#"ok(302, getppid(), 7, 0, "\0" x 16)"#),
    ("sysv", "ok(29, 0, 4096, 0600 | 01000)"),
    ("inotify", "ok(294, 0)"),
];

/// Without them the probes would prove nothing.
const SANITY: &[(&str, &str)] = &[
    ("readsource", r#"open my $f, "<", "/proc/self/fd/0""#),
    ("getpid", "ok(39)"),
];

// Fault 25.
#[test]
#[cfg(target_arch = "x86_64")]
fn what_decodes_videos_reaches_nothing() {
    let folder = TempDir::new().unwrap();
    let bait = folder.path().join("bait");
    fs::write(&bait, "bait").unwrap();
    let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
    tcp.set_nonblocking(true).unwrap();
    let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
    udp.set_nonblocking(true).unwrap();
    let ports = [
        tcp.local_addr().unwrap().port().to_string(),
        udp.local_addr().unwrap().port().to_string(),
    ];
    let tries = |attempts: &[(&str, &str)]| -> String {
        let of = |(name, line): &(&str, &str)| {
            let line = line.replace("BAIT", bait.to_str().unwrap());
            let line = line
                .replace("TCP,", &format!("{},", ports[0]))
                .replace("UDP,", &format!("{},", ports[1]));
            format!("push @done, '{name}' if eval {{ {line} }};\n")
        };
        attempts.iter().map(of).collect()
    };
    let script = format!(
        "sub ok {{ my $r = syscall(shift, @_); $r >= 0 }}\nmy @done;\n{}$sane = @done; @done = ();\n{}\
         my $n = {};\nmy $name = $sane == {} ? (@done ? 'escaped_' . join('_', @done) : \"none_of_$n\") : 'insane';\n{}",
        tries(SANITY),
        tries(ATTEMPTS),
        ATTEMPTS.len(),
        SANITY.len(),
        told("NAME").replace(
            "'streams.stream.0.codec_name=\"NAME\"'",
            "'streams.stream.0.codec_name=\"' . $name . '\"'"
        ),
    );
    let (_programs, ffmpeg) = stand_ins(&script, ONE_PICTURE);
    let video = video(folder.path());
    let filmed = make(folder.path(), &video, Some(&ffmpeg), LIMITS).unwrap();
    assert_eq!(filmed.codec, format!("none_of_{}, MP4/MOV, ffmpeg", ATTEMPTS.len()));
    assert!(tcp.accept().is_err(), "somebody came");
    assert!(udp.recv(&mut [0; 8]).is_err(), "something came");
    assert_eq!(fs::read(&bait).unwrap(), b"bait");
    assert_eq!(fs::read(&video).unwrap()[4..12], *b"ftypmp42");
}
