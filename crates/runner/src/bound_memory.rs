//! A memory that grows only as far as its store may.

use std::ptr::NonNull;
use std::sync::Arc;
use std::time::Duration;

use wasmer::sys::vm::{
    ExpectedValue, LinearMemory, MemoryError, MemoryStyle, ThreadConditions, Trap, VMMemory,
    VMMemoryDefinition, VMSharedMemory, WaiterError,
};
use wasmer_types::{MemoryType, Pages};

use crate::store_budget::StoreBudget;

type AnyMemory = Box<dyn LinearMemory + Send + Sync + 'static>;

/// A memory of Wasmer's, and the bytes that are left in its store.
#[derive(Debug)]
pub struct BoundMemory {
    memory: VMMemory,
    budget: Arc<StoreBudget>,
}

impl BoundMemory {
    /// Makes a memory, unless it starts with more than is left.
    ///
    /// # Errors
    ///
    /// The budget or the system does not permit it.
    pub fn make(
        minimum: Pages,
        budget: &Arc<StoreBudget>,
        make: impl FnOnce() -> Result<VMMemory, MemoryError>,
    ) -> Result<VMMemory, MemoryError> {
        if !budget.take_pages(minimum.0) {
            let message = "all memories and tables together have reached their limit".to_owned();
            return Err(MemoryError::Generic(message));
        }
        let memory = make().inspect_err(|_| budget.give_pages_back(minimum.0))?;
        let memory: AnyMemory = Box::new(Self { memory, budget: Arc::clone(budget) });
        Ok(VMMemory::from_custom(memory))
    }
}

impl LinearMemory for BoundMemory {
    fn ty(&self) -> MemoryType {
        self.memory.ty()
    }

    fn size(&self) -> Pages {
        self.memory.size()
    }

    fn style(&self) -> MemoryStyle {
        self.memory.style()
    }

    fn grow(&mut self, delta: Pages) -> Result<Pages, MemoryError> {
        if !self.budget.take_pages(delta.0) {
            let current = self.memory.size();
            return Err(MemoryError::CouldNotGrow { current, attempted_delta: delta });
        }
        self.memory.grow(delta).inspect_err(|_| self.budget.give_pages_back(delta.0))
    }

    fn vmmemory(&self) -> NonNull<VMMemoryDefinition> {
        self.memory.vmmemory()
    }

    fn try_clone(&self) -> Result<AnyMemory, MemoryError> {
        let memory = self.memory.try_clone()?;
        Ok(Box::new(Self { memory, budget: Arc::clone(&self.budget) }))
    }

    #[expect(unsafe_code, reason = "Wasmer asks for it")]
    unsafe fn initialize_with_data(&self, start: usize, data: &[u8]) -> Result<(), Trap> {
        // SAFETY: the caller's promise is passed on.
        unsafe { self.memory.initialize_with_data(start, data) }
    }

    fn copy(&self) -> Result<AnyMemory, MemoryError> {
        self.memory.copy()
    }

    fn as_shared(&self) -> Result<VMSharedMemory, MemoryError> {
        self.memory.as_shared()
    }

    #[expect(unsafe_code, reason = "Wasmer asks for it")]
    unsafe fn do_wait(
        &mut self,
        at: u32,
        expected: ExpectedValue,
        timeout: Option<Duration>,
    ) -> Result<u32, WaiterError> {
        // SAFETY: the caller's promise about the address is passed on.
        unsafe { self.memory.do_wait(at, expected, timeout) }
    }

    fn do_notify(&mut self, at: u32, count: u32) -> u32 {
        self.memory.do_notify(at, count)
    }

    fn thread_conditions(&self) -> Option<&ThreadConditions> {
        self.memory.thread_conditions()
    }
}
