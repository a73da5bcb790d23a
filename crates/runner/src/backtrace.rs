//! Walks the stack only as far as an error shows it.
//!
//! Wasmer 7.5 notes the whole stack of every exception that a guest throws (`VMExceptionObj` of
//! wasmer-vm, `exception.rs`), and keeps it as long as the store. So a function that throws and
//! calls itself took time and memory in the square of its depth: a minute and gigabytes for a stack
//! of 1 MiB. Only traps use such a note, and an error shows only the innermost calls of it. The
//! linker (see `build.rs`) sends every call of `_Unwind_Backtrace` here.

use std::ffi::{c_int, c_void};

/// The most frames that are walked: the 128 guest frames that an error shows, and the runtime's own
/// around them.
const MOST: usize = 192;

/// The code by which a visitor ends the walk: any but `_URC_NO_REASON`, here `_URC_END_OF_STACK`
/// (Itanium C++ ABI: Exception Handling, 1.2.1).
const ENOUGH: c_int = 5;

/// `_Unwind_Trace_Fn`.
type FrameVisitor = unsafe extern "C" fn(frame: *mut c_void, argument: *mut c_void) -> c_int;

#[expect(unsafe_code, reason = "a function of libgcc is declared")]
// SAFETY: the declaration is that of libgcc; the linker gives the real function this name.
unsafe extern "C" {
    #[link_name = "__real__Unwind_Backtrace"]
    fn walk(visitor: FrameVisitor, argument: *mut c_void) -> c_int;
}

struct StackWalk {
    visitor: FrameVisitor,
    argument: *mut c_void,
    seen: usize,
}

/// The replacement of `_Unwind_Backtrace` for all its callers.
#[expect(unsafe_code, reason = "libgcc's unwinder is wrapped by the linker")]
// SAFETY: the linker reserves the name for this purpose, and it has no other definition.
#[unsafe(export_name = "__wrap__Unwind_Backtrace")]
unsafe extern "C" fn bounded(visitor: FrameVisitor, argument: *mut c_void) -> c_int {
    let mut one = StackWalk { visitor, argument, seen: 0 };
    // SAFETY: `visit` gets the address of `one`, which outlives the walk.
    unsafe { walk(visit, (&raw mut one).cast()) }
}

#[expect(unsafe_code, reason = "libgcc calls it back")]
unsafe extern "C" fn visit(frame: *mut c_void, argument: *mut c_void) -> c_int {
    // SAFETY: `bounded` passes the address of a `StackWalk` that is not used elsewhere meanwhile.
    let one = unsafe { &mut *argument.cast::<StackWalk>() };
    one.seen += 1;
    if one.seen > MOST {
        return ENOUGH;
    }
    // SAFETY: the caller of `bounded` promises that its visitor takes frames and this argument.
    unsafe { (one.visitor)(frame, one.argument) }
}
