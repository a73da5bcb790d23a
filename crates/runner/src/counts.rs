//! Reads and resets the counters of code that counts its instructions.

use std::cmp::Reverse;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

use wasmer::sys::vm::VMGlobalDefinition;
use wasmer_types::{LocalFunctionIndex, ModuleInfo};
use watshop_artifact::{COUNTERS, Counters};
use watshop_protocol::page::{FunctionCount, InstructionCounts};

use crate::functions::FunctionIndices;
use crate::limits::Definitions;

/// The counters of an instance. Its store must be alive as long as they are used.
struct CounterCells<'a> {
    /// The counter of the instructions of each function, and that of its calls.
    instructions: &'a [NonNull<VMGlobalDefinition>],
    calls: &'a [NonNull<VMGlobalDefinition>],
}

impl<'a> CounterCells<'a> {
    /// The counters of an instance of a module. `None` if its code does not count, or if the
    /// instance has not got that far.
    fn of(info: &ModuleInfo, definitions: &'a Definitions) -> Option<Self> {
        let section = info.custom_sections(COUNTERS).last()?;
        let Counters { first, functions } = Counters::from_bytes(&section)?;
        let (first, functions) = (first as usize, functions as usize);
        let own = functions <= info.functions.len() - info.num_imported_functions;
        let cells = definitions.globals.get(first..)?.get(..functions.checked_mul(2)?)?;
        let (instructions, calls) = cells.split_at_checked(functions).filter(|_| own)?;
        Some(Self { instructions, calls })
    }
}

/// The instructions since the last [`reset`]. `None` if the code does not count.
pub fn total(info: &ModuleInfo, definitions: &Definitions) -> Option<u64> {
    let cells = CounterCells::of(info, definitions)?;
    Some(cells.instructions.iter().map(|cell| cell_of(*cell).load(Ordering::Relaxed)).sum())
}

/// Sets all counters to 0. No guest of the instance runs meanwhile.
pub fn reset(info: &ModuleInfo, definitions: &Definitions) {
    let Some(cells) = CounterCells::of(info, definitions) else { return };
    for cell in cells.instructions.iter().chain(cells.calls) {
        cell_of(*cell).store(0, Ordering::Relaxed);
    }
}

/// The instructions by function.
pub fn list(
    info: &ModuleInfo,
    definitions: &Definitions,
    names: &FunctionIndices,
) -> InstructionCounts {
    /// The most rows. A large module has tens of thousands of functions, too many to read.
    const MOST: usize = 2000;
    let Some(cells) = CounterCells::of(info, definitions) else {
        return InstructionCounts::default();
    };
    let read = |cell: &NonNull<VMGlobalDefinition>| cell_of(*cell).load(Ordering::Relaxed);
    let counts = cells.instructions.iter().map(read).zip(cells.calls.iter().map(read));
    let mut called: Vec<_> = (0..).zip(counts).filter(|(_, (_, calls))| *calls > 0).collect();
    called.sort_by_key(|(local, (instructions, _))| (Reverse(*instructions), *local));
    let total = called.iter().map(|(_, (instructions, _))| instructions).sum();
    let count = u32::try_from(called.len()).unwrap_or(u32::MAX);
    called.truncate(MOST);
    let functions = called.into_iter().map(|(local, (instructions, calls))| {
        let index = info.func_index(LocalFunctionIndex::from_u32(local));
        FunctionCount { index: index.as_u32(), name: names.name(index), instructions, calls }
    });
    InstructionCounts { counted: true, total, functions: functions.collect(), count }
}

/// The value of a counter. The guest may change it meanwhile.
#[expect(unsafe_code, reason = "the runtime's record of a global is read and written")]
fn cell_of<'a>(of: NonNull<VMGlobalDefinition>) -> &'a AtomicU64 {
    // SAFETY: the record is 16 bytes, aligned to 16, and lives as long as the store of its
    // instance, which is alive while its definitions can be reached (`LiveInstance`, and the guest's
    // thread for itself). All access of ours is atomic. Compiled code adds to it by plain
    // instructions of 8 bytes at an aligned address, which no read of ours can tear.
    unsafe { AtomicU64::from_ptr(of.as_ptr().cast()) }
}
