//! Decides which signals end the guest.

use std::ops::Range;
use std::sync::Arc;

use wasmer::Store;

use crate::fence::Fence;
use crate::own_code::own_code;
use crate::stop::Stop;

/// Notes three things: that a guest which must end reaches its closed fence, the address at which a
/// guest faults by itself, and a fault of the runtime while it works for the guest. It also keeps
/// Wasmer's interrupt from cutting short anything but the guest's own code. All other signals are
/// traps, and are left to Wasmer.
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
                // On the guest's stack the runtime only prepares to switch to another one, and has
                // not begun anything. But the unwinder works there, and so does the code around a
                // throw.
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

/// The address of the access that faulted.
#[expect(unsafe_code, reason = "the kernel hands a signal over by pointers")]
fn fault(info: *const libc::siginfo_t) -> usize {
    // SAFETY: Wasmer's handler passes on the kernel's arguments. SIGSEGV has an address
    // (sigaction(2)).
    unsafe { (*info).si_addr() as usize }
}

/// The address of the instruction that a signal interrupted. `None` on systems for which it is not
/// known here. They rely on Wasmer's own judgement.
#[expect(unsafe_code, reason = "the kernel hands a signal over by pointers")]
fn interrupted_at(context: *const libc::ucontext_t) -> Option<usize> {
    // SAFETY: Wasmer's handler passes on the kernel's context, which is valid while the handler
    // runs (sigaction(2), SA_SIGINFO).
    let machine = unsafe { &(*context).uc_mcontext };
    #[cfg(target_arch = "x86_64")]
    return usize::try_from(machine.gregs[libc::REG_RIP as usize]).ok();
    #[cfg(target_arch = "aarch64")]
    return usize::try_from(machine.pc).ok();
    #[cfg(target_arch = "riscv64")]
    return usize::try_from(machine.__gregs[libc::REG_PC]).ok();
    #[allow(unreachable_code, reason = "it is reached on processors without a branch above")]
    {
        let _ = machine;
        None
    }
}
