//! Makes `memory.atomic.wait32` and `memory.atomic.wait64` trap on a memory that is not shared.
//!
//! Wasmer 7.5 (`local_memory_wait32` of wasmer-vm, `instance/mod.rs`) compares the value first and
//! gives 1 if it differs. If it is the same, it traps with `HostInterrupt`, because no other thread
//! can wake the guest. So this middleware lets the instruction compare a value of the memory with
//! itself: no other thread can write to it meanwhile.

use std::sync::Arc;

use wasmer_compiler::wasmparser::{MemArg, Operator};
use wasmer_compiler::{FunctionMiddleware, MiddlewareReaderState, ModuleMiddleware};
use wasmer_types::{LocalFunctionIndex, MiddlewareError, ModuleInfo};

use crate::scan::BodyFacts;

/// The middleware that makes waits trap in memories that are not shared.
#[derive(Debug)]
pub(crate) struct UnsharedWait {
    /// True for each memory that is shared, by index.
    shared: Arc<[bool]>,
}

impl UnsharedWait {
    /// The middleware for a module, or `None` if the module does not need it. It has to be the last
    /// of all middlewares, because it gives several instructions for one.
    pub(crate) fn of(
        info: &ModuleInfo,
        scanned: &[BodyFacts],
    ) -> Option<Arc<dyn ModuleMiddleware>> {
        let shared: Arc<[bool]> = info.memories.values().map(|memory| memory.shared).collect();
        let needed = shared.contains(&false) && scanned.iter().any(|body| body.waits);
        needed.then(|| Arc::new(Self { shared }) as Arc<dyn ModuleMiddleware>)
    }
}

impl ModuleMiddleware for UnsharedWait {
    fn generate_function_middleware<'a>(
        &self,
        _: LocalFunctionIndex,
    ) -> Box<dyn FunctionMiddleware<'a> + 'a> {
        Box::new(UnsharedWaitBody { shared: Arc::clone(&self.shared) })
    }
}

#[derive(Debug)]
struct UnsharedWaitBody {
    shared: Arc<[bool]>,
}

impl UnsharedWaitBody {
    /// The access to the beginning of a memory, if the memory is not shared.
    fn beginning(&self, access: MemArg) -> Option<MemArg> {
        let shared = self.shared.get(access.memory as usize).copied().unwrap_or(true);
        (!shared).then_some(MemArg { offset: 0, ..access })
    }
}

impl<'a> FunctionMiddleware<'a> for UnsharedWaitBody {
    fn feed(
        &mut self,
        operator: Operator<'a>,
        state: &mut MiddlewareReaderState<'a>,
    ) -> Result<(), MiddlewareError> {
        let (load, wait) = match operator {
            Operator::MemoryAtomicWait32 { memarg } => match self.beginning(memarg) {
                Some(memarg) => {
                    (Operator::I32Load { memarg }, Operator::MemoryAtomicWait32 { memarg })
                }
                None => return pass(operator, state),
            },
            Operator::MemoryAtomicWait64 { memarg } => match self.beginning(memarg) {
                Some(memarg) => {
                    (Operator::I64Load { memarg }, Operator::MemoryAtomicWait64 { memarg })
                }
                None => return pass(operator, state),
            },
            other => return pass(other, state),
        };
        let address = Operator::I32Const { value: 0 };
        let timeout = Operator::I64Const { value: 0 };
        state.extend([Operator::Drop, Operator::Drop, Operator::Drop]);
        state.extend([address.clone(), address, load, timeout, wait]);
        Ok(())
    }
}

fn pass<'a>(
    operator: Operator<'a>,
    state: &mut MiddlewareReaderState<'a>,
) -> Result<(), MiddlewareError> {
    state.push_operator(operator);
    Ok(())
}
