//! The program in Python, run with the package `wasmer` 1.1 if there is a Python that it supports
//! (3.7 to 3.10).

use std::path::{Path, PathBuf};

use crate::{Copied, LOGGED, copied, run};

/// Returns the Python into which `scripts/setup.mjs` has put the package.
fn python_with_wasmer() -> Option<PathBuf> {
    let package = std::env::var("CARGO_MANIFEST_DIR").unwrap();
    let python = Path::new(&package).join("../target/tools/wasmer-python/bin/python");
    let python = std::path::absolute(python).unwrap();
    python.exists().then_some(python)
}

#[test]
fn the_python_runs_with_the_package_wasmer() {
    let Some(python) = python_with_wasmer() else {
        std::println!(
            "not run: no Python from 3.7 to 3.10 is here, and wasmer 1.1 was made for no other"
        );
        return;
    };
    let Copied { folder, text, notes, .. } = copied("python", false, false);
    let python = |after: &str| {
        std::fs::write(folder.path().join("m.py"), format!("{text}\n{after}\n")).unwrap();
        run(folder.path(), &python, &["m.py"])
    };
    let ended = python("instance.exports.check()\ninstance.exports.leave(0, 3)");
    let printed = format!("leave\nstop\nfail\ncheck\n{LOGGED}");
    assert_eq!(
        (ended.status, ended.stdout.as_str()),
        (Some(3), printed.as_str()),
        "{ended:?}\n{notes:#?}\n{text}"
    );
    assert_eq!(ended.stderr, "0.5\tf64 0.5\n");
    assert_eq!(python("instance.exports.stop()").status, Some(3));
    python("instance.exports.fail(4)").fails(1, &["RuntimeError: no \"4\" today"]);
}

#[test]
fn the_python_is_python() {
    let Copied { folder, text, .. } = copied("python", true, false);
    std::fs::write(folder.path().join("m.py"), &text).unwrap();
    let ended = run(folder.path(), "python3", &["-m", "py_compile", "m.py"]);
    assert_eq!(ended.status, Some(0), "{ended:?}\n{text}");
}
