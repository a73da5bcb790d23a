//! The store, lent to what JavaScript calls.
//!
//! A host function has the store only while it runs; JavaScript's own functions cannot be handed
//! anything that lives so short. So it is left here while JavaScript runs, and taken by one user at
//! a time.

use std::cell::Cell;
use std::ptr::NonNull;

use wasmer::StoreMut;

thread_local! {
    static STORE: Cell<Option<NonNull<StoreMut<'static>>>> = const { Cell::new(None) };
}

/// Puts back what was there before, also when somebody panics.
struct Back(Option<NonNull<StoreMut<'static>>>);

impl Drop for Back {
    fn drop(&mut self) {
        STORE.set(self.0);
    }
}

/// Lends the store to whatever `work` calls on this thread.
pub fn lend<R>(store: &mut StoreMut<'_>, work: impl FnOnce() -> R) -> R {
    let store = NonNull::from(store).cast();
    let _back = Back(STORE.replace(Some(store)));
    work()
}

/// Takes the store that was lent; `None` where none is, or somebody has it already.
pub fn take<R>(work: impl FnOnce(&mut StoreMut<'_>) -> R) -> Option<R> {
    let lent = STORE.take()?;
    let _back = Back(Some(lent));
    let mut store: NonNull<StoreMut<'_>> = lent.cast();
    #[allow(unsafe_code)]
    // SAFETY: the pointer is there only while `lend` runs, which borrows the store alone for that
    // time and does not touch it. It was taken out of its place, so nobody else can reach it until
    // `work` is over. `work` works for any lifetime of what is in the store, so it can neither keep
    // it nor put another in.
    Some(work(unsafe { store.as_mut() }))
}
