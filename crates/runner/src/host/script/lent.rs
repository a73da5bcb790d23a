//! Lends the store to functions that JavaScript calls.
//!
//! A host function has the store only while it runs, but a function of JavaScript cannot own a
//! value of so short a life. So the store is left here while JavaScript runs, and taken by one user
//! at a time.

use std::cell::Cell;
use std::ptr::NonNull;

use wasmer::StoreMut;

thread_local! {
    static STORE: Cell<Option<NonNull<StoreMut<'static>>>> = const { Cell::new(None) };
}

/// Puts the former value back, even after a panic.
struct StoreRestore(Option<NonNull<StoreMut<'static>>>);

impl Drop for StoreRestore {
    fn drop(&mut self) {
        STORE.set(self.0);
    }
}

/// Lends the store to all functions that `work` calls on this thread.
pub fn lend<R>(store: &mut StoreMut<'_>, work: impl FnOnce() -> R) -> R {
    let store = NonNull::from(store).cast();
    let _back = StoreRestore(STORE.replace(Some(store)));
    work()
}

/// Takes the store that was lent. `None` if none is lent, or if it is already taken.
pub fn take<R>(work: impl FnOnce(&mut StoreMut<'_>) -> R) -> Option<R> {
    let lent = STORE.take()?;
    let _back = StoreRestore(Some(lent));
    let mut store: NonNull<StoreMut<'_>> = lent.cast();
    #[expect(unsafe_code, reason = "the store is lent to JavaScript by a pointer")]
    // SAFETY: the pointer is there only while `lend` runs, which borrows the store alone for that
    // time and does not touch it. It was taken out of its place, so no other code can reach it
    // until `work` is over. `work` must work for any lifetime of the store's contents, so it can
    // neither keep the store nor replace it.
    Some(work(unsafe { store.as_mut() }))
}
