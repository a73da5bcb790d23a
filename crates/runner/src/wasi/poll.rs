//! A repair of `poll_oneoff`.

use wasmer::{
    AsStoreMut as _, Function, FunctionEnv, FunctionEnvMut, MemoryView, RuntimeError, Store, Value,
};
use wasmer_wasix::WasiEnv;

/// Where the parts of a subscription lie, in bytes (`__wasi_subscription_t` of each generation).
#[derive(Clone, Copy)]
pub struct Layout {
    size: u64,
    timeout: u64,
    flags: u64,
}

/// Of snapshot 0, whose clocks have a name of their own first.
pub const SNAPSHOT0: Layout = Layout { size: 56, timeout: 32, flags: 48 };

/// Of preview 1.
pub const PREVIEW1: Layout = Layout { size: 48, timeout: 24, flags: 40 };

/// In both.
const TAG: u64 = 8;
const CLOCK: u8 = 0;
const ABSOLUTE: u8 = 1;

/// The same function, which waits no time when it is told to. wasmer-wasix 0.704.2 takes a relative
/// timeout of 0 for none at all, and waits for ever; a nanosecond it takes rightly.
pub fn repair(store: &mut Store, env: &FunctionEnv<WasiEnv>, poll: Function, layout: Layout) -> Function {
    let repaired = move |mut context: FunctionEnvMut<'_, WasiEnv>,
                         subscriptions: i32,
                         events: i32,
                         count: i32,
                         seen: i32| {
        let at = zero_timeouts(&context, subscriptions as u32, count as u32, layout);
        set_timeouts(&context, &at, 1);
        let arguments = [subscriptions, events, count, seen].map(Value::I32);
        let result = poll.call(&mut context.as_store_mut(), &arguments);
        // Events may lie over the subscriptions; what was a timeout of ours is put back, no more.
        let ours: Vec<_> = at.into_iter().filter(|at| timeout(&context, *at) == Some(1)).collect();
        set_timeouts(&context, &ours, 0);
        match result?.first() {
            Some(Value::I32(code)) => Ok(*code),
            _ => Err(RuntimeError::new("poll_oneoff gave no code")),
        }
    };
    Function::new_typed_with_env(store, env, repaired)
}

/// Where the relative timeouts of no time are. A range that is not in memory has none: the function
/// itself will refuse it.
fn zero_timeouts(context: &FunctionEnvMut<'_, WasiEnv>, first: u32, count: u32, layout: Layout) -> Vec<u64> {
    let Some(memory) = memory(context) else { return Vec::new() };
    // wasmer-wasix refuses more than 1024.
    let starts = (0..u64::from(count.min(1024))).map(|i| u64::from(first) + i * layout.size);
    let is_zero = |start: &u64| {
        let byte = |at| memory.read_u8(start + at).ok();
        byte(TAG) == Some(CLOCK)
            && byte(layout.flags).is_some_and(|flags| flags & ABSOLUTE == 0)
            && read(&memory, start + layout.timeout) == Some(0)
    };
    starts.filter(is_zero).map(|start| start + layout.timeout).collect()
}

fn set_timeouts(context: &FunctionEnvMut<'_, WasiEnv>, at: &[u64], nanoseconds: u64) {
    if let Some(memory) = memory(context) {
        for at in at {
            // Each was read a moment ago, so it is there; and if it is not, there is nothing to repair.
            let _ = memory.write(*at, &nanoseconds.to_le_bytes());
        }
    }
}

fn timeout(context: &FunctionEnvMut<'_, WasiEnv>, at: u64) -> Option<u64> {
    read(&memory(context)?, at)
}

fn read(memory: &MemoryView<'_>, at: u64) -> Option<u64> {
    let mut bytes = [0; 8];
    memory.read(at, &mut bytes).ok()?;
    Some(u64::from_le_bytes(bytes))
}

fn memory<'a>(context: &'a FunctionEnvMut<'_, WasiEnv>) -> Option<MemoryView<'a>> {
    context.data().try_memory_view(context)
}
