//! The common parts of the end-to-end tests: the paths of the executables, connections to processes
//! as the workbench makes them, and modules from elsewhere.

#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test's way to fail is to panic"
)]

pub mod modules;
pub mod mutate;
pub mod page;
pub mod process;
pub mod random;
pub mod terminal;

use std::path::PathBuf;

/// Returns the folder of the release executables that the tests run.
pub fn programs() -> PathBuf {
    if let Some(folder) = std::env::var_os("WATSHOP_PROGRAMS") {
        return folder.into();
    }
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().find(|folder| folder.join("watshop-runner").exists());
    folder.expect("watshop-runner is not built: run `npm run build` first").to_owned()
}

/// Returns true if the LLVM compiler was built. On a system without LLVM 22, its tests do nothing.
pub fn has_llvm() -> bool {
    programs().join("watshop-compiler-llvm").exists()
}
