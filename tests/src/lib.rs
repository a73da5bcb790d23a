//! What the end-to-end tests share: where the executables are, how to talk to a process the way the
//! workbench does, and modules that nobody here wrote.

#![allow(
    clippy::missing_panics_doc,
    clippy::unwrap_used,
    reason = "a test's way to fail is to panic"
)]

pub mod modules;
pub mod page;
pub mod process;
pub mod terminal;

use std::path::PathBuf;

/// The folder of the release executables that the tests run beside.
pub fn programs() -> PathBuf {
    if let Some(folder) = std::env::var_os("WATSHOP_PROGRAMS") {
        return folder.into();
    }
    let test = std::env::current_exe().unwrap();
    let folder = test.ancestors().find(|folder| folder.join("watshop-runner").exists());
    folder.expect("watshop-runner is not built: run `npm run build` first").to_owned()
}

/// Whether the LLVM compiler was built. Where LLVM 22 cannot be had, its tests have nothing to run.
pub fn has_llvm() -> bool {
    programs().join("watshop-compiler-llvm").exists()
}
