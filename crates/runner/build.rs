//! Replaces the unwinder's walk of the stack by `src/backtrace.rs`.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // It is an option of GNU's linker and LLVM's. The runner is made for Linux.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--wrap=_Unwind_Backtrace");
    }
}
