//! The Rust that **Copy as** makes of a program's settings, compiled: this crate has `wasmer-wasix`.

macro_rules! copied {
    ($name:ident, $file:literal) => {
        mod $name {
            include!(concat!("../../../crates/codegen/tests/wasi/", $file));

            #[test]
            fn is_a_program() {
                let _: fn() -> Result<(), Box<dyn std::error::Error>> = main;
            }
        }
    };
}

copied!(with_everything, "everything.rs");
copied!(with_nothing, "nothing.rs");
