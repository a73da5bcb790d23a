//! Puts `src/backtrace.rs` in the way of those who walk the stack.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // Of GNU's linker and LLVM's; the runner is made for Linux.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--wrap=_Unwind_Backtrace");
    }
}
