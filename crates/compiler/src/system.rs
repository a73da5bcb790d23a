//! The process's calls to its operating system, at its start and at its end.

/// The stack of every thread that compiles, in bytes. Compilers recurse as deep as a module nests
/// its blocks. Only the touched part takes memory.
const STACK: usize = 64 << 20;

/// Gives all later threads a large stack. Compilers make thread pools of their own and leave the
/// size to the standard library, which reads it from this variable at its first thread.
pub(crate) fn enlarge_stacks() {
    const VARIABLE: &str = "RUST_MIN_STACK";
    if std::env::var_os(VARIABLE).is_none() {
        // SAFETY: `serve` does this first, so no other thread exists yet that could read variables.
        #[expect(unsafe_code, reason = "the environment of the process is changed")]
        unsafe {
            std::env::set_var(VARIABLE, STACK.to_string());
        }
    }
}

/// Keeps the memory that a compilation frees for the next one, until [`give_back_memory`]. Without
/// it, the next one would spend a tenth of its time on faulting the same pages in again.
pub(crate) fn keep_memory() {
    /// The option `mi_option_purge_delay` of mimalloc.h, in milliseconds. Arenas wait ten times as
    /// long. The crate names only some of the options, so its version is pinned.
    const PURGE_DELAY: libmimalloc_sys::mi_option_t = 15;
    const A_MINUTE: std::ffi::c_long = 60_000;
    // SAFETY: the call stores a number that the allocator reads with atomics.
    #[expect(unsafe_code, reason = "a C function of the allocator")]
    unsafe {
        libmimalloc_sys::mi_option_set(PURGE_DELAY, A_MINUTE);
    }
}

/// Gives free memory to the system. After LLVM and a large module that is 200 MB.
pub(crate) fn give_back_memory() {
    // SAFETY: the call has no preconditions and touches only memory that is not allocated.
    #[expect(unsafe_code, reason = "a C function of the allocator")]
    unsafe {
        libmimalloc_sys::mi_collect(true);
    }
}
