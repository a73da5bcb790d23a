//! Locks that a panic elsewhere does not poison for everybody.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// The mutex's content. What is guarded here is replaced whole, so a panic in between leaves
/// nothing half done that would be worse than losing every other tab.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
