//! Replaces the unwinder's walk of the stack, as the light runner does (`crates/runner/build.rs`).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-link-arg-bins=-Wl,--wrap=_Unwind_Backtrace");
    }
}
