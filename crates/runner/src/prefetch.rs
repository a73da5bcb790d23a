//! Has the processor fetch memory before it is needed.

/// Asks for the memory of a value that will be used soon and was not for long. It is a hint only:
/// on other processors it does nothing.
#[inline]
pub fn prefetch<T>(value: &T) {
    #[cfg(target_arch = "x86_64")]
    for line in (0..size_of::<T>()).step_by(LINE) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let start = std::ptr::from_ref(value).cast::<i8>();
        #[expect(unsafe_code, reason = "a processor's instruction")]
        // SAFETY: the address is inside the value, and the instruction changes nothing that a
        // program can see.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(start.add(line));
        }
    }
    #[cfg(not(target_arch = "x86_64"))]
    let _ = value;
}

/// The bytes that the processor fetches at once.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;
