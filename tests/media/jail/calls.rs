//! The filters for system calls, run step by step by a reading of our own: every call of the kernel, those included that no test may make.

use std::collections::BTreeSet;

use yingbi::media::{Step, filters};

/// Larger than any number of a call.
const MOST: i64 = 700;
const ALLOW: u32 = 0x7FFF_0000;
const ERROR: u32 = 0x0005_0000;

/// What the filter says of a call with those arguments, by the kernel's description of classic BPF.
fn verdict(filter: &[Step], architecture: u32, call: i64, arguments: [u64; 6]) -> u32 {
    let mut data = [(call as u32).to_le_bytes(), architecture.to_le_bytes(), [0; 4], [0; 4]].concat();
    data.extend(arguments.iter().flat_map(|argument| argument.to_le_bytes()));
    let (mut at, mut value) = (0, 0_u32);
    loop {
        let (operation, yes, no, operand) = filter[at];
        let jump = |is: bool| usize::from(if is { yes } else { no });
        at += 1;
        match operation {
            0x20 => value = u32::from_le_bytes(*data[operand as usize..].first_chunk().unwrap()),
            0x54 => value &= operand,
            0x05 => at += operand as usize,
            0x15 => at += jump(value == operand),
            0x25 => at += jump(value > operand),
            0x35 => at += jump(value >= operand),
            0x06 => return operand,
            _ => panic!("{operation:#x}"),
        }
    }
}

#[cfg(target_arch = "x86_64")]
const HERE: u32 = 0xC000_003E;
#[cfg(target_arch = "aarch64")]
const HERE: u32 = 0xC000_00B7;

/// What is refused whatever its arguments are.
fn refused(filter: &[Step], error: i32) -> BTreeSet<i64> {
    let arguments = [0, 1, 2, 9, 15, u64::MAX].map(|argument| [argument; 6]);
    let is_refused = |call: &i64| {
        arguments
            .iter()
            .all(|arguments| verdict(filter, HERE, *call, *arguments) == ERROR | error as u32)
    };
    (0..MOST).filter(is_refused).collect()
}

// Fault 25.
#[test]
fn of_the_kernels_calls_a_few_dozen_are_left() {
    let [work, program] = filters().unwrap();
    let (from_work, from_program) = (refused(&work, libc::EPERM), refused(&program, libc::ENOSYS));
    let left = |refused: &BTreeSet<i64>| MOST as usize - refused.len();
    assert!((30..=45).contains(&left(&from_work)), "{}", left(&from_work));
    assert!((60..=90).contains(&left(&from_program)), "{}", left(&from_program));
    // Whatever is left to our own work is left to a program of others.
    assert!(from_program.is_subset(&from_work));
    let never = [
        ("ptrace", libc::SYS_ptrace),
        ("process_vm_readv", libc::SYS_process_vm_readv),
        ("process_vm_writev", libc::SYS_process_vm_writev),
        ("pidfd_open", libc::SYS_pidfd_open),
        ("pidfd_getfd", libc::SYS_pidfd_getfd),
        ("mount", libc::SYS_mount),
        ("umount2", libc::SYS_umount2),
        ("fsopen", libc::SYS_fsopen),
        ("open_tree", libc::SYS_open_tree),
        ("move_mount", libc::SYS_move_mount),
        ("pivot_root", libc::SYS_pivot_root),
        ("chroot", libc::SYS_chroot),
        ("unshare", libc::SYS_unshare),
        ("setns", libc::SYS_setns),
        ("clone3", libc::SYS_clone3),
        ("execveat", libc::SYS_execveat),
        ("openat2", libc::SYS_openat2),
        ("open_by_handle_at", libc::SYS_open_by_handle_at),
        ("name_to_handle_at", libc::SYS_name_to_handle_at),
        ("socket", libc::SYS_socket),
        ("socketpair", libc::SYS_socketpair),
        ("connect", libc::SYS_connect),
        ("bind", libc::SYS_bind),
        ("sendto", libc::SYS_sendto),
        ("sendmsg", libc::SYS_sendmsg),
        ("recvmsg", libc::SYS_recvmsg),
        ("io_uring_setup", libc::SYS_io_uring_setup),
        ("io_uring_enter", libc::SYS_io_uring_enter),
        ("io_uring_register", libc::SYS_io_uring_register),
        ("bpf", libc::SYS_bpf),
        ("perf_event_open", libc::SYS_perf_event_open),
        ("userfaultfd", libc::SYS_userfaultfd),
        ("keyctl", libc::SYS_keyctl),
        ("add_key", libc::SYS_add_key),
        ("request_key", libc::SYS_request_key),
        ("kexec_load", libc::SYS_kexec_load),
        ("kexec_file_load", libc::SYS_kexec_file_load),
        ("init_module", libc::SYS_init_module),
        ("finit_module", libc::SYS_finit_module),
        ("reboot", libc::SYS_reboot),
        ("kill", libc::SYS_kill),
        ("tkill", libc::SYS_tkill),
        ("pidfd_send_signal", libc::SYS_pidfd_send_signal),
        ("rt_sigqueueinfo", libc::SYS_rt_sigqueueinfo),
        ("setuid", libc::SYS_setuid),
        ("setgid", libc::SYS_setgid),
        ("capset", libc::SYS_capset),
        ("personality", libc::SYS_personality),
        ("memfd_create", libc::SYS_memfd_create),
        ("unlinkat", libc::SYS_unlinkat),
        ("renameat2", libc::SYS_renameat2),
        ("linkat", libc::SYS_linkat),
        ("symlinkat", libc::SYS_symlinkat),
        ("mkdirat", libc::SYS_mkdirat),
        ("mknodat", libc::SYS_mknodat),
        ("fchmod", libc::SYS_fchmod),
        ("fchownat", libc::SYS_fchownat),
        ("ftruncate", libc::SYS_ftruncate),
        ("fallocate", libc::SYS_fallocate),
        ("utimensat", libc::SYS_utimensat),
        ("setpriority", libc::SYS_setpriority),
        ("sched_setscheduler", libc::SYS_sched_setscheduler),
        ("clock_settime", libc::SYS_clock_settime),
        ("landlock_restrict_self", libc::SYS_landlock_restrict_self),
        ("seccomp", libc::SYS_seccomp),
        ("mq_open", libc::SYS_mq_open),
        ("shmget", libc::SYS_shmget),
        ("msgget", libc::SYS_msgget),
        ("semget", libc::SYS_semget),
        ("quotactl", libc::SYS_quotactl),
        ("swapon", libc::SYS_swapon),
        ("acct", libc::SYS_acct),
        ("syslog", libc::SYS_syslog),
    ];
    for (name, call) in never {
        assert!(from_program.contains(&call), "{name}");
    }
    for (name, call) in [
        ("openat", libc::SYS_openat),
        ("execve", libc::SYS_execve),
        ("clone", libc::SYS_clone),
        ("prctl", libc::SYS_prctl),
        ("newfstatat", libc::SYS_newfstatat),
        ("dup", libc::SYS_dup),
        ("pipe2", libc::SYS_pipe2),
    ] {
        assert!(from_work.contains(&call) && !from_program.contains(&call), "{name}");
    }
}

// Fault 25.
#[test]
fn what_depends_on_its_arguments_is_left_for_those_alone() {
    let [work, program] = filters().unwrap();
    let with = |filter: &[Step], call, at: usize, argument: u64| {
        let mut arguments = [0; 6];
        arguments[at] = argument;
        verdict(filter, HERE, call, arguments) == ALLOW
    };
    // Memory that is read and written, and none that is run.
    for call in [libc::SYS_mmap, libc::SYS_mprotect] {
        assert!(with(&work, call, 2, 0) && with(&work, call, 2, 3));
        assert!((0..64).all(|bits| !with(&work, call, 2, bits | 4)));
        assert!(with(&program, call, 2, 5));
    }
    // Signals to itself.
    let own = u64::from(std::process::id());
    assert!(with(&work, libc::SYS_tgkill, 0, own) && !with(&work, libc::SYS_tgkill, 0, own + 1));
    assert!(with(&program, libc::SYS_tgkill, 0, own) && !with(&program, libc::SYS_tgkill, 0, 1));
    // Threads; neither processes nor other worlds.
    assert!(with(&program, libc::SYS_clone, 0, 0x003D_0F00));
    for flags in [0, 17, 0x4111, 0x1000_0000 | 17, 0x2000_0000, 0x4000_0000] {
        assert!(!with(&program, libc::SYS_clone, 0, flags), "{flags:#x}");
    }
    // Files to be read.
    let open = |flags: i32| with(&program, libc::SYS_openat, 2, flags as u64);
    assert!(open(libc::O_RDONLY) && open(libc::O_RDONLY | libc::O_CLOEXEC));
    for flags in [
        libc::O_WRONLY,
        libc::O_RDWR,
        libc::O_CREAT,
        libc::O_TRUNC,
        libc::O_WRONLY | libc::O_APPEND | libc::O_CLOEXEC,
    ] {
        assert!(!open(flags), "{flags:#x}");
    }
    // The name of a thread.
    assert!(with(&program, libc::SYS_prctl, 0, 15));
    assert!(
        (0..100)
            .filter(|option| *option != 15)
            .all(|option| !with(&program, libc::SYS_prctl, 0, option))
    );
    // Its own limits.
    assert!(with(&program, libc::SYS_prlimit64, 0, 0) && !with(&program, libc::SYS_prlimit64, 0, 1));
}

// Fault 25.
#[test]
fn calls_of_another_kind_of_machine_end_the_process() {
    let [work, program] = filters().unwrap();
    // i386, arm, and x86-64 where that is not what runs here.
    for architecture in [0x4000_0003, 0x4000_0028, HERE ^ 1] {
        for call in 0..MOST {
            for filter in [&work, &program] {
                let verdict = verdict(filter, architecture, call, [0; 6]);
                assert!(
                    verdict & 0xFFFF_0000 == 0x8000_0000 || verdict & 0xFFFF_0000 == 0,
                    "{verdict:#x}"
                );
            }
        }
    }
    // The other numbering of x86-64.
    for call in 0..MOST {
        assert_ne!(verdict(&program, HERE, call | 0x4000_0000, [0; 6]), ALLOW);
    }
}
