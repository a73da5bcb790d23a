//! The forms in `tests/wasi`, which are kept for reading. `WATSHOP_WRITE_GOLDEN=1` writes them anew.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::*;

/// Settings in which everything differs from the default.
fn everything() -> WasiSettings {
    serde_json::from_value(serde_json::json!({
        "program": "greet",
        "arguments": ["-n", "a b", "it's", "", "grün"],
        "environment": [
            { "name": "LANG", "value": "en_GB" },
            { "name": "SAY", "value": "$HOME \"x\"" },
            { "name": "NONE", "value": "" },
        ],
        "input": { "kind": "text", "text": "one\ntwo\n" },
        "clock": { "kind": "frozen", "at_s": 1_767_225_600 },
        "random": { "kind": "seeded", "seed": 7 },
        "folders": [
            { "guest": "/data", "source": { "kind": "host", "path": "/my data" }, "access": "read" },
            { "guest": "/s", "source": { "kind": "allowed", "name": "s" }, "access": "write" },
            { "guest": "/f", "source": { "kind": "held", "name": "f" }, "access": "create" },
        ],
        "cwd": "/data",
        "trace": true,
        "rules": [{ "call": "fd_write", "letters": "out", "after": 3,
            "action": { "kind": "deny", "errno": "NOSPC" } }],
    }))
    .unwrap()
}

#[test]
fn the_forms_are_those_that_are_kept() {
    let golden = Path::new(&std::env::var("CARGO_MANIFEST_DIR").unwrap()).join("tests/wasi");
    let writes = std::env::var_os("WATSHOP_WRITE_GOLDEN").is_some();
    let mut others = Vec::new();
    for (name, settings) in [("everything", everything()), ("nothing", WasiSettings::default())] {
        let endings = ["watshop.sh", "wasmer.sh", "wasmtime.sh", "rs", "py"];
        for (form, ending) in WasiForm::ALL.into_iter().zip(endings) {
            let code = write_wasi(form, "greet.wat", &settings);
            let notes = code.notes.iter().map(|note| format!("{note}\n")).collect::<String>();
            let file = format!("{name}.{ending}");
            for (file, text) in [(format!("{file}.notes"), notes), (file, code.text)] {
                let path = golden.join(&file);
                if fs::read_to_string(&path).unwrap_or_default() == text {
                    continue;
                }
                others.push(file);
                if writes {
                    fs::create_dir_all(&golden).unwrap();
                    fs::write(path, text).unwrap();
                }
            }
        }
    }
    assert!(writes || others.is_empty(), "{others:#?}: WATSHOP_WRITE_GOLDEN=1 writes them anew");
}

#[test]
fn a_shell_takes_each_word_as_it_is() {
    let words = ["", "a b", "it's", "$HOME", "*", "-n", "a=1", "\\n", "\\", "~"];
    let line: Vec<_> = words.iter().map(|word| shell(word)).collect();
    let script = format!("for word in {}; do printf '%s\\0' \"$word\"; done", line.join(" "));
    let told = Command::new("sh").args(["-c", &script]).output().unwrap();
    let wanted: String = words.iter().map(|word| format!("{word}\0")).collect();
    assert_eq!(String::from_utf8(told.stdout).unwrap(), wanted);
}

#[test]
fn the_python_is_python() {
    let folder = std::env::temp_dir().join(format!("watshop-wasi-{}.py", std::process::id()));
    fs::write(&folder, write_wasi(WasiForm::Python, "greet.wat", &everything()).text).unwrap();
    let program = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
    let parsed = Command::new("python3").args(["-c", program]).arg(&folder).status().unwrap();
    fs::remove_file(&folder).unwrap();
    assert!(parsed.success());
}
