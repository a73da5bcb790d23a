//! The promises of the guide: each example of an error leads to its code, and every variable is in
//! the table.

use std::collections::BTreeSet;
use std::path::Path;

use watshop_protocol::page::{ErrorCode, Example};
use watshop_tests::terminal::Terminal;

use crate::repository;

#[test]
fn every_module_of_the_page_of_error_codes_brings_up_its_code() {
    let terminal = Terminal::new();
    for code in ErrorCode::ALL {
        let Example::Module(wat, arguments) = code.example() else { continue };
        terminal.file("example.wat", wat);
        let mut line = vec!["run", "example.wat", "--json"];
        line.extend_from_slice(arguments);
        let ended = terminal.run(&line);
        let said = ended.json();
        assert_eq!(said["error"]["code"], code.as_str(), "{said}");
        ended.names_no_control();
        // Programs that read the JSON get the help of the terminal too.
        if let Some(help) = said["error"]["help"].as_str() {
            assert!(ended.stderr.contains(help), "{ended:?}");
        }
    }
}

#[test]
fn every_variable_of_the_environment_is_in_the_guide() {
    let page = std::fs::read_to_string(repository("docs/guide/environment.md")).unwrap();
    let mut names = BTreeSet::new();
    for folder in ["crates", "src-tauri/src", "scripts", "tests", "ui/src", "ui/vite.config.ts"] {
        gather(Path::new(&repository(folder)), &mut names);
    }
    let missing: Vec<_> =
        names.iter().filter(|name| !page.contains(&format!("`{name}`"))).collect();
    assert!(names.len() > 8 && missing.is_empty(), "docs/guide/environment.md lacks {missing:?}");
    for name in page.split('`').filter(|word| word.starts_with("WATSHOP_")) {
        assert!(names.contains(name), "docs/guide/environment.md has {name}, which nothing reads");
    }
}

/// Adds the names of a file, or of the files of a folder, that look like our variables.
fn gather(path: &Path, names: &mut BTreeSet<String>) {
    if path.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            gather(&entry.unwrap().path(), names);
        }
        return;
    }
    if !path.extension().is_some_and(|end| ["rs", "ts", "mjs", "js"].iter().any(|one| end == *one))
    {
        return;
    }
    let Ok(text) = std::fs::read_to_string(path) else { return };
    for (at, start) in text.match_indices("WATSHOP_") {
        let rest = &text[at + start.len()..];
        let end = rest.find(|c: char| !c.is_ascii_uppercase() && c != '_').unwrap_or(rest.len());
        if end > 0 {
            names.insert(format!("{start}{}", &rest[..end]));
        }
    }
}
