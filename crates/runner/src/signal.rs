//! Which signals may end the guest.

use std::ops::Range;
use std::sync::Arc;

use wasmer::Store;

use crate::stop::Stop;

/// Lets the signal that interrupts a guest act only while code of the guest itself runs and somebody
/// wants it ended. Every other signal is left to Wasmer: those are traps.
pub fn guard(store: &mut Store, stop: Arc<Stop>, code: Range<usize>) {
    store.set_trap_handler(Some(Box::new(move |signal, _info, context| {
        signal == libc::SIGUSR1 && !stop.let_through(&code, interrupted_at(context.cast()))
    })));
}

/// The instruction that a signal interrupted; `None` on systems where its place is not known here, and
/// then Wasmer's own judgement has to do.
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
