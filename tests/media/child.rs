//! The child process, good and bad: every way in which it can go wrong is told, within its time, and leaves nothing behind.

use std::{fs, time::Duration};

use yingbi::{
    diagnostic::{Bilingual, Explain as _},
    media::{Child, ChildFault, Limits, Task},
};

use super::{child, font};

const LIMITS: Limits = Limits {
    memory: 1024,
    cpu: 10,
    wall: Duration::from_secs(60),
    answer: 1 << 20,
};

/// A shell that does this in the place of our own program.
fn shell(script: &str) -> Child {
    Child::of("/bin/sh", ["-c", script])
}

/// What comes of it.
fn run(child: &Child, limits: &Limits) -> Result<Vec<u8>, ChildFault> {
    let result = child.run(Task::Outline, b"settings", b"bytes", limits);
    if let Err(fault) = &result {
        assert!(!fault.help().zh.is_empty() && !fault.help().en.is_empty());
        assert!(matches!(fault, ChildFault::Refused { .. }) || !fault.chinese().is_ascii());
    }
    result
}

/// The settings of a job for one size, 16 dots, and these characters.
fn settings(characters: &str) -> Vec<u8> {
    [&u32::MAX.to_le_bytes()[..], &[1, 16], characters.as_bytes()].concat()
}

#[test]
fn a_child_gets_the_job_and_its_answer_comes_back() {
    let answer = child()
        .run(Task::Outline, &settings("一国A"), &font(), &LIMITS)
        .unwrap();
    // Font 0 of 1, its name, and its strike.
    assert_eq!(answer[..8], [0, 0, 0, 0, 1, 0, 0, 0]);
    assert_eq!(answer[8..20], *b"\x08\0\0\0Test Hei");
    let (length, strike) = answer[20..].split_first_chunk().unwrap();
    assert_eq!(u32::from_le_bytes(*length) as usize, strike.len());
    assert!(strike.starts_with(b"YBSTRIKE"));
}

#[test]
fn what_the_child_refuses_comes_back_in_both_languages() {
    let refused = |bytes: &[u8]| child().run(Task::Outline, &settings("一"), bytes, &LIMITS).unwrap_err();
    let fault = refused(b"\0\x01\0\0rubbish");
    let ChildFault::Refused { message, help } = &fault else {
        panic!("{fault}")
    };
    assert!(message.en.starts_with("the font cannot be read: ") && message.zh.starts_with("字体无法读取："));
    assert!(help.en.starts_with("copy the file again"));
    assert_eq!(
        (fault.to_string(), fault.chinese()),
        (message.en.clone(), message.zh.clone())
    );
}

// Fault 26.
#[test]
fn a_child_that_does_not_end_is_ended_in_time() {
    let limits = Limits {
        wall: Duration::from_millis(300),
        ..LIMITS
    };
    for script in [
        "sleep 1000",
        "cat >/dev/null; exec >&- 2>&-; sleep 1000",
        "while :; do :; done",
    ] {
        assert_eq!(
            run(&shell(&format!("exec 3>&1; {script}")), &limits),
            Err(ChildFault::Late { limit: limits.wall }),
            "{script}"
        );
    }
    let zero = Limits {
        wall: Duration::ZERO,
        ..LIMITS
    };
    assert_eq!(
        run(&shell("exit"), &zero),
        Err(ChildFault::Late { limit: Duration::ZERO })
    );
}

// Fault 26.
#[test]
fn a_child_that_talks_without_end_is_ended_at_what_was_agreed() {
    let endless = "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done";
    assert_eq!(
        run(&shell(endless), &LIMITS),
        Err(ChildFault::TooMuch { limit: 1 << 20 })
    );
    // On standard error as well nothing fills up.
    let fault = run(
        &shell("i=0; while [ $i -lt 3000 ]; do echo 'a\x1b[31mb' $i >&2; i=$((i+1)); done; exit 3"),
        &LIMITS,
    );
    let Err(ChildFault::Failed { code: 3, words }) = fault else {
        panic!("{fault:?}")
    };
    assert!(
        words.chars().count() <= 300 && !words.chars().any(char::is_control),
        "{words:?}"
    );
}

// Fault 25.
#[test]
fn a_child_that_breaks_down_says_how() {
    let limits = &LIMITS;
    assert_eq!(
        run(&shell("echo ouch >&2; kill -SEGV $$"), limits),
        Err(ChildFault::Crashed {
            signal: 11,
            words: "ouch".into()
        })
    );
    assert_eq!(
        run(&shell("kill -KILL $$"), limits),
        Err(ChildFault::Crashed {
            signal: 9,
            words: String::new()
        })
    );
    assert_eq!(run(&shell("kill -XCPU $$"), limits), Err(ChildFault::Cpu { limit: 10 }));
    assert_eq!(
        run(
            &shell("echo 'memory allocation of 7 bytes failed' >&2; kill -ABRT $$"),
            limits
        ),
        Err(ChildFault::Memory { limit: 1024 })
    );
    assert_eq!(
        run(&shell("echo thread panicked >&2; exit 101"), limits),
        Err(ChildFault::Failed {
            code: 101,
            words: "thread panicked".into()
        })
    );
    let missing = run(&Child::of("/nowhere/yingbi", ["child"]), limits);
    assert!(matches!(missing, Err(ChildFault::Start { .. })), "{missing:?}");
}

#[test]
fn an_answer_that_is_not_whole_is_none() {
    let good = r"cat >/dev/null; printf 'YBDONE\0\001\003\0\0\0\0\0\0\0abc'";
    assert_eq!(run(&shell(good), &LIMITS), Ok(b"abc".to_vec()));
    let refusal = r"printf 'YBNO\0\0\0\001\007\0\0\0\0\0\0\0a\0b\0c\0d'";
    let words = Bilingual::new;
    assert_eq!(
        run(&shell(refusal), &LIMITS),
        Err(ChildFault::Refused {
            message: words("a", "b"),
            help: words("c", "d")
        })
    );
    for bad in [
        "exit 0",
        r"printf YBDONE",
        r"printf 'YBDONE\0\001\003\0\0\0\0\0\0\0ab'",
        r"printf 'YBDONE\0\001\003\0\0\0\0\0\0\0abcd'",
        r"printf 'YBDONE\0\001\377\377\377\377\377\377\377\377abc'",
        r"printf 'YBDONE\0\002\003\0\0\0\0\0\0\0abc'",
        r"printf 'YBNO\0\0\0\001\003\0\0\0\0\0\0\0a\0b'",
    ] {
        assert_eq!(run(&shell(bad), &LIMITS), Err(ChildFault::Garbled), "{bad}");
    }
}

// Fault 25.
#[test]
fn our_own_child_is_confined_before_it_reads_what_it_is_for() {
    // Less than the program itself takes: the limit is there, and its breach is told.
    let fault = |limits: &Limits| {
        child()
            .run(Task::Outline, &settings("一"), &vec![0; 64 << 20], limits)
            .unwrap_err()
    };
    assert_eq!(
        fault(&Limits { memory: 32, ..LIMITS }),
        ChildFault::Memory { limit: 32 }
    );
    // No job, no work.
    let nonsense = Child::of(
        "/bin/sh",
        [
            "-c".to_owned(),
            format!(
                "echo 'this is nothing that anybody asked for' | {} child",
                env!("CARGO_BIN_EXE_yingbi")
            ),
        ],
    );
    let Err(ChildFault::Failed { code: 1, words }) = run(&nonsense, &LIMITS) else {
        panic!("it works")
    };
    assert_eq!(words, "this is no job");
}

#[test]
fn a_child_sees_nothing_of_our_environment_and_stands_in_the_root() {
    let script =
        r#"cat >/dev/null; said="$PWD:$HOME:$USER:$CARGO:"; printf 'YBDONE\0\001\005\0\0\0\0\0\0\0%s' "$said""#;
    assert_eq!(run(&shell(script), &LIMITS), Ok(b"/::::".to_vec()));
}

// Fault 49.
#[test]
fn two_hundred_children_leave_no_file_and_no_process_behind() {
    let open = || fs::read_dir("/proc/self/fd").unwrap().count();
    let ours = || {
        let status = |entry: fs::DirEntry| fs::read_to_string(entry.path().join("status")).ok();
        let parent = format!("PPid:\t{}\n", std::process::id());
        let processes = fs::read_dir("/proc").unwrap().flatten().filter_map(status);
        processes
            .filter(|status| status.contains(&parent) && status.contains("State:\tZ"))
            .count()
    };
    let limits = Limits {
        wall: Duration::from_secs(20),
        ..LIMITS
    };
    // Other tests run beside this one: what leaks here would be seen by its number.
    let (before, zombies) = (open(), ours());
    for round in 0..200 {
        let script = [
            "exit 1",
            "kill -SEGV $$",
            "exec >&- 2>&-",
            "cat; cat",
            "exec <&-; exit 0",
        ][round % 5];
        run(&shell(script), &limits).unwrap_err();
    }
    assert!(open() < before + 100, "{} files were open, now {}", before, open());
    assert!(ours() < zombies + 100);
}
