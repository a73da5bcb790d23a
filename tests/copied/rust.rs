//! The program in Rust, with the crate `wasmer` itself, the one that the runner is built with.
//!
//! The program is kept in `every_kind.rs` and compiled as part of this test, so that nothing has to
//! be found when it runs. Wasmer is built without a compiler here, so the two names that need one
//! get another meaning.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use watshop_protocol::page::{Compiler, Engine, Proposals};
use watshop_tests::process::CompilerProcess;

use crate::{Copied, LOGGED, copied};

thread_local! {
    static PRINTED: RefCell<String> = const { RefCell::new(String::new()) };
    static SEALED: RefCell<PathBuf> = const { RefCell::new(PathBuf::new()) };
}

pub fn printed(text: &str) {
    PRINTED.with_borrow_mut(|printed| printed.push_str(text));
}

#[allow(
    clippy::all,
    clippy::pedantic,
    unused_qualifications,
    reason = "it is shown as people get it"
)]
mod program {
    pub mod every_kind {
        struct Module;

        impl Module {
            fn from_file(
                store: &wasmer::Store,
                name: &str,
            ) -> Result<wasmer::Module, wasmer::DeserializeError> {
                assert_eq!(name, "untitled.wasm");
                crate::rust::sealed(store)
            }
        }

        include!("every_kind.rs");

        pub fn run() -> Result<(), Box<dyn std::error::Error>> {
            main()
        }
    }
}

#[expect(unsafe_code, reason = "Wasmer trusts the machine code that it loads")]
fn sealed(store: &wasmer::Store) -> Result<wasmer::Module, wasmer::DeserializeError> {
    let sealed = watshop_artifact::open(&SEALED.take()).unwrap();
    // SAFETY: the compiler process of this test made it, a moment ago.
    unsafe { wasmer::Module::deserialize(store, sealed.payload()) }
}

#[test]
fn the_rust_is_compiled_and_runs_with_the_crate_wasmer() {
    let Copied { folder, text, module, .. } = copied("rust", false, true);
    let kept =
        Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("copied/every_kind.rs");
    if text != include_str!("every_kind.rs") {
        assert!(
            std::env::var_os("WATSHOP_WRITE_COPIED").is_some(),
            "the program is another than tests/copied/every_kind.rs; WATSHOP_WRITE_COPIED=1 writes that anew"
        );
        std::fs::write(kept, text).unwrap();
        return;
    }
    let path = folder.path().join("untitled.wshop");
    let proposals = Proposals { exceptions: true, ..Proposals::default() };
    let wasm = wat::parse_str(module).unwrap();
    CompilerProcess::start(Compiler::Cranelift)
        .compile(&wasm, Engine::Jit, proposals, &path)
        .unwrap();
    SEALED.set(path);
    program::every_kind::run().unwrap();
    let printed = PRINTED.take();
    assert_eq!(printed, format!("{LOGGED}leave\nstop\nfail\ncheck\n"));
}
