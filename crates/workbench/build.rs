//! Builds the lessons in: a list of the files of the course in `examples/`, with their places and
//! bytes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The endings of the files of a course.
const ENDINGS: [&str; 4] = ["wat", "md", "json", "svg"];

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
        let place = file.strip_prefix(&examples).map_err(io::Error::other)?;
        let place = place.to_str().ok_or_else(|| io::Error::other("a file's name"))?;
        let whole = file.display().to_string();
        let _ = writeln!(list, "    ({place:?}, include_bytes!({whole:?})),");
    }
    list.push(']');
    fs::write(variable("OUT_DIR")?.join("lessons.rs"), list)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|end| ENDINGS.iter().any(|known| end == *known)) {
            files.push(path);
        }
    }
    Ok(())
}
