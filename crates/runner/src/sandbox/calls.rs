//! seccomp: the system calls that are left.

use std::collections::BTreeMap;

use libc::{c_int, c_long};
use seccompiler::SeccompCmpOp::{Eq, MaskedEq};
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch, apply_filter,
};

type Rules = BTreeMap<c_long, Vec<SeccompRule>>;

/// What is let through whatever its arguments.
const FREE: &[c_long] = &[
    // Memory: code is mapped and fenced, stacks and linear memories grow.
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    // What is open already.
    libc::SYS_close,
    libc::SYS_fstat,
    libc::SYS_lseek,
    libc::SYS_newfstatat,
    libc::SYS_pread64,
    libc::SYS_pwrite64,
    libc::SYS_read,
    libc::SYS_readv,
    libc::SYS_statx,
    libc::SYS_write,
    libc::SYS_writev,
    // Waiting.
    libc::SYS_clock_nanosleep,
    libc::SYS_futex,
    libc::SYS_nanosleep,
    libc::SYS_ppoll,
    libc::SYS_restart_syscall,
    libc::SYS_sched_yield,
    // Clocks and chance.
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_gettimeofday,
    // Its own signals and threads.
    libc::SYS_exit,
    libc::SYS_exit_group,
    libc::SYS_getpid,
    libc::SYS_gettid,
    libc::SYS_rseq,
    libc::SYS_rt_sigaction,
    libc::SYS_rt_sigprocmask,
    libc::SYS_rt_sigreturn,
    libc::SYS_sched_getaffinity,
    libc::SYS_set_robust_list,
    libc::SYS_sigaltstack,
    // See `enter`: another filter answers it.
    libc::SYS_clone3,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
];

/// What `fcntl` may do: nothing that makes the system send signals to others.
const FCNTL: [c_int; 4] = [libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_DUPFD_CLOEXEC];

/// Of `clone`, a thread and no namespaces of its own.
const CLONE_LOOKED_AT: c_int = libc::CLONE_THREAD
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWNET
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWUTS;

/// Answers EPERM to every system call but those of this file.
///
/// # Errors
///
/// Why there is no filter, in words.
pub fn enter() -> Result<(), String> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)
        .map_err(|_| format!("there is no filter for {} yet", std::env::consts::ARCH))?;
    let threads = threads(arch).map_err(|e| e.to_string())?;
    let list = list(arch).map_err(|e| e.to_string())?;
    // The list comes last, as it refuses any further filter.
    [threads, list].iter().try_for_each(|filter| apply_filter(filter)).map_err(|e| e.to_string())
}

/// The arguments of `clone3` lie in memory, where a filter cannot look. Where it is "not there",
/// the C library takes `clone`, whose arguments tell a thread from a process.
fn threads(arch: TargetArch) -> Result<BpfProgram, BackendError> {
    let rules = Rules::from([(libc::SYS_clone3, Vec::new())]);
    let answer = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    SeccompFilter::new(rules, SeccompAction::Allow, answer, arch)?.try_into()
}

fn list(arch: TargetArch) -> Result<BpfProgram, BackendError> {
    let mut rules: Rules = FREE.iter().map(|call| (*call, Vec::new())).collect();
    let writing = libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC;
    rules.insert(libc::SYS_openat, vec![when(2, MaskedEq(bits(writing)), 0)?]);
    rules.insert(
        libc::SYS_clone,
        vec![when(0, MaskedEq(bits(CLONE_LOOKED_AT)), bits(libc::CLONE_THREAD))?],
    );
    // A thread of this process: that is how Wasmer interrupts a guest, and how a process aborts.
    rules.insert(libc::SYS_tgkill, vec![when(0, Eq, std::process::id().into())?]);
    rules.insert(libc::SYS_prctl, vec![when(0, Eq, bits(libc::PR_SET_NAME))?]);
    // A limit of its own, asked for and not set: no new one is given.
    let given = SeccompCondition::new(2, SeccompCmpArgLen::Qword, Eq, 0)?;
    let own = SeccompCondition::new(0, SeccompCmpArgLen::Dword, Eq, 0)?;
    rules.insert(libc::SYS_prlimit64, vec![SeccompRule::new(vec![own, given])?]);
    // Whether it is a terminal.
    rules.insert(libc::SYS_ioctl, vec![when(1, Eq, libc::TCGETS)?]);
    let fcntl = FCNTL.map(|command| when(1, Eq, bits(command)));
    rules.insert(libc::SYS_fcntl, fcntl.into_iter().collect::<Result<_, _>>()?);
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(rules, refused, SeccompAction::Allow, arch)?.try_into()
}

/// Where an argument, of which the system looks at 32 bits, is as it must be.
fn when(argument: u8, is: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, is, value)?])
}

fn bits(of: c_int) -> u64 {
    of.cast_unsigned().into()
}
