//! System calls, by a filter in the kernel (seccomp): those on a list are made, all others fail.
//!
//! A call that is not on the list of our own work fails with "not permitted"; it kills nobody, for no call that fails gives anything away, and a
//! reader of pictures that asks another C library for something harmless shall fail in words rather than by a signal. To a program of others such a
//! call fails as one that the kernel does not know: then C libraries take an older one, which is how `clone3`, whose argument a filter cannot see,
//! becomes a `clone` that may start a thread and nothing else.

use std::{collections::BTreeMap, io};

use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter,
    SeccompRule, apply_filter,
};

/// What our own work calls: read and write what is open, memory, time, its end. Nothing of it opens, starts or reaches anything.
const WORK: &[libc::c_long] = &[
    libc::SYS_brk,
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_clock_nanosleep,
    libc::SYS_close,
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_fstat,
    libc::SYS_futex,
    libc::SYS_getpid,
    libc::SYS_getrandom,
    libc::SYS_gettid,
    libc::SYS_gettimeofday,
    libc::SYS_lseek,
    libc::SYS_madvise,
    libc::SYS_mremap,
    libc::SYS_munmap,
    libc::SYS_nanosleep,
    libc::SYS_ppoll,
    libc::SYS_pread64,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_restart_syscall,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_sched_yield,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
    libc::SYS_wait4,
    libc::SYS_waitid,
    libc::SYS_write,
    libc::SYS_writev,
];

/// The same of machines that have older calls as well.
#[cfg(target_arch = "x86_64")]
const OLD_WORK: &[libc::c_long] = &[libc::SYS_poll, libc::SYS_time];
#[cfg(not(target_arch = "x86_64"))]
const OLD_WORK: &[libc::c_long] = &[];

/// What a loader and a decoder call besides: open and look at files (Landlock says which), ask for what they are, set up threads.
const PROGRAM: &[libc::c_long] = &[
    libc::SYS_dup,
    libc::SYS_dup3,
    libc::SYS_execve,
    libc::SYS_faccessat,
    libc::SYS_fadvise64,
    libc::SYS_fstatfs,
    libc::SYS_getcpu,
    libc::SYS_getcwd,
    libc::SYS_getdents64,
    libc::SYS_getegid,
    libc::SYS_geteuid,
    libc::SYS_getgid,
    libc::SYS_getppid,
    libc::SYS_getrusage,
    libc::SYS_getuid,
    libc::SYS_membarrier,
    libc::SYS_mincore,
    libc::SYS_mlock,
    libc::SYS_munlock,
    libc::SYS_newfstatat,
    libc::SYS_pipe2,
    libc::SYS_pselect6,
    libc::SYS_readlinkat,
    libc::SYS_set_tid_address,
    libc::SYS_statfs,
    libc::SYS_statx,
    libc::SYS_sysinfo,
    libc::SYS_times,
    libc::SYS_uname,
];

/// The same of machines that have older calls as well.
#[cfg(target_arch = "x86_64")]
const OLD_PROGRAM: &[libc::c_long] = &[
    libc::SYS_access,
    libc::SYS_arch_prctl,
    libc::SYS_dup2,
    libc::SYS_getrlimit,
    libc::SYS_lstat,
    libc::SYS_pipe,
    libc::SYS_readlink,
    libc::SYS_select,
    libc::SYS_stat,
];
#[cfg(not(target_arch = "x86_64"))]
const OLD_PROGRAM: &[libc::c_long] = &[];

type Rules = BTreeMap<i64, Vec<SeccompRule>>;

/// Filters the calls of our own work. `false` where the kernel cannot.
pub(super) fn own_work() -> io::Result<bool> {
    apply(&work_filter()?)
}

/// Filters the calls of a program of others, which may be started once the filter stands. `false` where the kernel cannot.
pub(super) fn program() -> io::Result<bool> {
    apply(&program_filter()?)
}

fn work_filter() -> io::Result<BpfProgram> {
    let mut rules = whatever([WORK, OLD_WORK].concat());
    let filter = work(&mut rules).and_then(|()| filter(rules, libc::EPERM));
    filter.map_err(io::Error::other)
}

fn program_filter() -> io::Result<BpfProgram> {
    let mut rules = whatever([WORK, OLD_WORK, PROGRAM, OLD_PROGRAM].concat());
    let filter = others(&mut rules).and_then(|()| filter(rules, libc::ENOSYS));
    filter.map_err(io::Error::other)
}

/// These calls, with whatever arguments.
fn whatever(calls: Vec<libc::c_long>) -> Rules {
    calls.into_iter().map(|call| (call, Vec::new())).collect()
}

/// An instruction of classic BPF: operation, the two jumps, the operand.
pub type Step = (u16, u8, u8, u32);

/// The two filters as the kernel gets them, of our own work and of a program of others. For whoever wants to prove what they hold back.
///
/// # Errors
/// There is no filter for this kind of machine.
pub fn filters() -> io::Result<[Vec<Step>; 2]> {
    let plain = |filter: BpfProgram| {
        let parts = filter.iter().map(|step| (step.code, step.jt, step.jf, step.k));
        parts.collect()
    };
    Ok([plain(work_filter()?), plain(program_filter()?)])
}

/// What our own work may call with some arguments only.
fn work(rules: &mut Rules) -> Result<(), BackendError> {
    // No memory becomes a program.
    let data = vec![bits_are(2, libc::PROT_EXEC, 0)?];
    rules.insert(libc::SYS_mmap, data.clone());
    rules.insert(libc::SYS_mprotect, data);
    // The library looks whether a file is open before it closes it.
    rules.insert(libc::SYS_fcntl, vec![is(1, libc::F_GETFD)?]);
    to_itself(rules)
}

/// What a program of others may call with some arguments only.
fn others(rules: &mut Rules) -> Result<(), BackendError> {
    // A loader maps programs, and some decoders write theirs themselves.
    rules.insert(libc::SYS_mmap, Vec::new());
    rules.insert(libc::SYS_mprotect, Vec::new());
    // Files are read, whatever Landlock would say, and none is made.
    let writes = libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC;
    rules.insert(libc::SYS_openat, vec![bits_are(2, writes, 0)?]);
    #[cfg(target_arch = "x86_64")]
    rules.insert(libc::SYS_open, vec![bits_are(1, writes, 0)?]);
    // Threads, and no processes.
    rules.insert(
        libc::SYS_clone,
        vec![bits_are(0, libc::CLONE_THREAD, libc::CLONE_THREAD)?],
    );
    // Threads have names. Nothing else about the process can be changed, least of all that it goes with its parent.
    rules.insert(libc::SYS_prctl, vec![is(0, libc::PR_SET_NAME)?]);
    // Its own limits, which are as low as they can be.
    rules.insert(libc::SYS_prlimit64, vec![is(0, 0)?]);
    let commands = [libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_SETFL];
    let commands: Result<Vec<SeccompRule>, BackendError> = commands.into_iter().map(|command| is(1, command)).collect();
    rules.insert(libc::SYS_fcntl, commands?);
    // Whether it talks to a terminal: it does not.
    rules.insert(libc::SYS_ioctl, vec![is(1, libc::TCGETS as i32)?]);
    to_itself(rules)
}

/// Signals to itself, by which a process gives up.
fn to_itself(rules: &mut Rules) -> Result<(), BackendError> {
    rules.insert(libc::SYS_tgkill, vec![is(0, std::process::id() as i32)?]);
    Ok(())
}

fn is(argument: u8, value: i32) -> Result<SeccompRule, BackendError> {
    rule(argument, SeccompCmpOp::Eq, value)
}

fn bits_are(argument: u8, mask: i32, value: i32) -> Result<SeccompRule, BackendError> {
    rule(argument, SeccompCmpOp::MaskedEq(mask as u64), value)
}

fn rule(argument: u8, operator: SeccompCmpOp, value: i32) -> Result<SeccompRule, BackendError> {
    let value = u64::from(value as u32);
    let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Dword, operator, value)?;
    SeccompRule::new(vec![condition])
}

fn filter(rules: Rules, error: i32) -> Result<BpfProgram, BackendError> {
    let architecture = std::env::consts::ARCH.try_into()?;
    let refuse = SeccompAction::Errno(error as u32);
    SeccompFilter::new(rules, refuse, SeccompAction::Allow, architecture)?.try_into()
}

/// From here on. `false` where the kernel has no filters, or whoever started us lets nobody set any.
fn apply(filter: &BpfProgram) -> io::Result<bool> {
    match apply_filter(filter) {
        Ok(()) => Ok(true),
        Err(seccompiler::Error::Seccomp(error))
            if matches!(error.raw_os_error(), Some(libc::EINVAL | libc::ENOSYS | libc::EPERM)) =>
        {
            Ok(false)
        }
        Err(error) => Err(io::Error::other(error.to_string())),
    }
}
