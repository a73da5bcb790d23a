//! Which signals may end the guest.

use std::ops::Range;
use std::sync::Arc;

use wasmer::Store;

use crate::fence::Fence;
use crate::own_code::own_code;
use crate::stop::Stop;

/// Notes when a guest that is to end runs into its closed fence, where a guest faults by itself,
/// and when the runtime faults while it works for the guest; keeps Wasmer's interrupt from cutting
/// short anything but the guest's own code. All else is left to Wasmer: those are traps.
///
/// `throws` says whether the guest may throw exceptions.
pub fn guard(store: &mut Store, stop: Arc<Stop>, code: Vec<Range<usize>>, throws: bool) {
    let fence = Fence::around(&code);
    let own = own_code();
    store.set_trap_handler(Some(Box::new(move |signal, info, context| {
        let at = interrupted_at(context.cast());
        match signal {
            libc::SIGSEGV if fence.contains(fault(info)) => {
                stop.let_through();
                false
            }
            libc::SIGSEGV => {
                stop.note_fault(at.unwrap_or_default());
                let lies_in = |code: &[Range<usize>]| {
                    at.is_some_and(|at| code.iter().any(|c| c.contains(&at)))
                };
                // On the guest's stack the runtime only gets ready to work on another one, with
                // nothing begun yet; but the unwinder works there, and what a throw needs beside
                // it.
                if !lies_in(&code) && (lies_in(&own.libraries) || throws && lies_in(&own.program)) {
                    stop.cut_short();
                }
                false
            }
            libc::SIGUSR1 => {
                !(at.is_none_or(|at| code.iter().any(|code| code.contains(&at)))
                    && stop.let_through())
            }
            _ => false,
        }
    })));
}

/// The address that was read, written or executed where it must not be.
#[allow(unsafe_code)]
fn fault(info: *const libc::siginfo_t) -> usize {
    // SAFETY: Wasmer's handler passes on what the kernel gave it; SIGSEGV has an address
    // (sigaction(2)).
    unsafe { (*info).si_addr() as usize }
}

/// The instruction that a signal interrupted; `None` on systems where its place is not known here,
/// and then Wasmer's own judgement has to do.
#[allow(unsafe_code)]
fn interrupted_at(context: *const libc::ucontext_t) -> Option<usize> {
    // SAFETY: Wasmer's handler passes on what the kernel gave it, a context that is valid while the
    // handler runs (sigaction(2), SA_SIGINFO).
    let machine = unsafe { &(*context).uc_mcontext };
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    return usize::try_from(machine.gregs[libc::REG_RIP as usize]).ok();
    #[cfg(all(target_os = "linux", target_arch = "aarch64"))]
    return usize::try_from(machine.pc).ok();
    #[cfg(all(target_os = "linux", target_arch = "riscv64"))]
    return usize::try_from(machine.__gregs[libc::REG_PC]).ok();
    #[allow(unreachable_code)]
    {
        let _ = machine;
        None
    }
}
