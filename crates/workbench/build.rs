//! Builds the lessons in: a list of every `.wat` under `examples/`, with its name and its text.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let variable =
        |name| env::var_os(name).map(PathBuf::from).ok_or_else(|| io::Error::other(name));
    let examples = variable("CARGO_MANIFEST_DIR")?.join("../../examples").canonicalize()?;
    println!("cargo::rerun-if-changed={}", examples.display());
    let mut files = Vec::new();
    collect(&examples, &mut files)?;
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let id = file
            .file_stem()
            .and_then(|stem| stem.to_str())
            .ok_or_else(|| io::Error::other("a file's name"))?;
        let _ = writeln!(list, "    ({id:?}, include_str!({:?})),", file.display().to_string());
    }
    list.push(']');
    fs::write(variable("OUT_DIR")?.join("lessons.rs"), list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "wat") {
            files.push(path);
        }
    }
    Ok(())
}
