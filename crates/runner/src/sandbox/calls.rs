//! The seccomp filter: a list of the system calls that remain.

use std::collections::BTreeMap;
use watshop_protocol::{Sentence, say};

use libc::{c_int, c_long};
use seccompiler::SeccompCmpOp::{Eq, MaskedEq};
use seccompiler::{
    BackendError, BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition,
    SeccompFilter, SeccompRule, TargetArch, apply_filter,
};

use watshop_protocol::page::FolderAccess;

use super::SandboxPlan;

type Rules = BTreeMap<c_long, Vec<SeccompRule>>;

/// The calls that are permitted with any arguments.
const FREE: &[c_long] = &[
    // Memory: code is mapped and fenced, stacks and linear memories grow.
    libc::SYS_brk,
    libc::SYS_madvise,
    libc::SYS_mmap,
    libc::SYS_mprotect,
    libc::SYS_mremap,
    libc::SYS_munmap,
    // Files that are open already.
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
    // The pipe to a program's input.
    libc::SYS_pipe2,
    // Waiting.
    libc::SYS_clock_nanosleep,
    libc::SYS_futex,
    libc::SYS_nanosleep,
    libc::SYS_ppoll,
    libc::SYS_restart_syscall,
    libc::SYS_sched_yield,
    // Clocks and random numbers.
    libc::SYS_clock_getres,
    libc::SYS_clock_gettime,
    libc::SYS_getrandom,
    libc::SYS_gettimeofday,
    // Signals and threads of this process.
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
    // The other filter answers it, see `enter`.
    libc::SYS_clone3,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_poll,
];

/// What a program with folders does in them. Which files it can reach is for Landlock and for the
/// handles that it has: a filter cannot look at a path.
const IN_FOLDERS: &[c_long] = &[
    libc::SYS_fadvise64,
    libc::SYS_getdents64,
    libc::SYS_openat2,
    libc::SYS_preadv,
    libc::SYS_pwritev,
    libc::SYS_readlinkat,
];

/// The same, for folders that can be changed.
const CHANGING_FOLDERS: &[c_long] = &[
    libc::SYS_fallocate,
    libc::SYS_fdatasync,
    libc::SYS_fsync,
    libc::SYS_ftruncate,
    libc::SYS_linkat,
    libc::SYS_mkdirat,
    #[cfg(not(target_arch = "riscv64"))]
    libc::SYS_renameat,
    libc::SYS_renameat2,
    libc::SYS_symlinkat,
    libc::SYS_unlinkat,
    libc::SYS_utimensat,
];

/// The commands of `fcntl` that are permitted. None of them makes the system send signals to
/// others.
const FCNTL: [c_int; 4] = [libc::F_GETFD, libc::F_SETFD, libc::F_GETFL, libc::F_DUPFD_CLOEXEC];

/// The flags of `clone` that are checked: it may make a thread, but no namespaces.
const CLONE_LOOKED_AT: c_int = libc::CLONE_THREAD
    | libc::CLONE_NEWCGROUP
    | libc::CLONE_NEWIPC
    | libc::CLONE_NEWNET
    | libc::CLONE_NEWNS
    | libc::CLONE_NEWPID
    | libc::CLONE_NEWUSER
    | libc::CLONE_NEWUTS;

/// Answers EPERM to every system call that is not in this file.
///
/// # Errors
///
/// A sentence that says why there is no filter.
pub fn enter(plan: &SandboxPlan) -> Result<(), Sentence> {
    let arch = TargetArch::try_from(std::env::consts::ARCH)
        .map_err(|_| say!("there is no filter for {} yet", std::env::consts::ARCH))?;
    let threads = threads(arch).map_err(|e| say!("{e}"))?;
    let list = list(arch, plan).map_err(|e| say!("{e}"))?;
    // The list comes last, because it refuses any further filter.
    [threads, list].iter().try_for_each(|filter| apply_filter(filter)).map_err(|e| say!("{e}"))
}

/// Answers ENOSYS to `clone3`, whose arguments lie in memory, which a filter cannot read. The C
/// library then uses `clone`, whose arguments distinguish a thread from a process.
fn threads(arch: TargetArch) -> Result<BpfProgram, BackendError> {
    let rules = Rules::from([(libc::SYS_clone3, Vec::new())]);
    let answer = SeccompAction::Errno(libc::ENOSYS.unsigned_abs());
    SeccompFilter::new(rules, SeccompAction::Allow, answer, arch)?.try_into()
}

fn list(arch: TargetArch, plan: &SandboxPlan) -> Result<BpfProgram, BackendError> {
    let mut rules: Rules = FREE.iter().map(|call| (*call, Vec::new())).collect();
    if !plan.folders.is_empty() {
        rules.extend(IN_FOLDERS.iter().map(|call| (*call, Vec::new())));
    }
    let changing = plan.folders.iter().any(|folder| folder.access > FolderAccess::Read);
    if changing {
        rules.extend(CHANGING_FOLDERS.iter().map(|call| (*call, Vec::new())));
    }
    let writing = libc::O_ACCMODE | libc::O_CREAT | libc::O_TRUNC;
    // A kernel without `openat2` has `openat` in its place.
    let reading = vec![when(2, MaskedEq(bits(writing)), 0)?];
    rules.insert(libc::SYS_openat, if changing { Vec::new() } else { reading });
    rules.insert(
        libc::SYS_clone,
        vec![when(0, MaskedEq(bits(CLONE_LOOKED_AT)), bits(libc::CLONE_THREAD))?],
    );
    // A signal to a thread of this process: Wasmer interrupts a guest by it, and a process aborts
    // by it.
    rules.insert(libc::SYS_tgkill, vec![when(0, Eq, std::process::id().into())?]);
    rules.insert(libc::SYS_prctl, vec![when(0, Eq, bits(libc::PR_SET_NAME))?]);
    // The process may read a limit of its own, but not set it: it passes no new one.
    let given = SeccompCondition::new(2, SeccompCmpArgLen::Qword, Eq, 0)?;
    let own = SeccompCondition::new(0, SeccompCmpArgLen::Dword, Eq, 0)?;
    rules.insert(libc::SYS_prlimit64, vec![SeccompRule::new(vec![own, given])?]);
    // Whether a stream is a terminal, and how many bytes can be read from it.
    let ioctl = [libc::TCGETS, libc::FIONREAD].map(|asked| when(1, Eq, asked));
    rules.insert(libc::SYS_ioctl, ioctl.into_iter().collect::<Result<_, _>>()?);
    let fcntl = FCNTL.iter().chain((!plan.folders.is_empty()).then_some(&libc::F_SETFL));
    let fcntl = fcntl.map(|command| when(1, Eq, bits(*command)));
    rules.insert(libc::SYS_fcntl, fcntl.collect::<Result<_, _>>()?);
    let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
    SeccompFilter::new(rules, refused, SeccompAction::Allow, arch)?.try_into()
}

/// A rule that compares an argument, of which the system reads 32 bits.
fn when(argument: u8, is: SeccompCmpOp, value: u64) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(vec![SeccompCondition::new(argument, SeccompCmpArgLen::Dword, is, value)?])
}

fn bits(of: c_int) -> u64 {
    of.cast_unsigned().into()
}
