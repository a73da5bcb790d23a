//! `watshop lessons new`: a course to begin with.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::answer;

/// The files of a new course.
const FILES: [(&str, &str); 4] = [
    ("course.md", include_str!("new/course.md")),
    ("first/double.wat", include_str!("new/double.wat")),
    ("first/double.md", include_str!("new/double.md")),
    ("first/double.solution.wat", include_str!("new/double.solution.wat")),
];

/// Makes a folder with a course of one task. It never writes over a file.
pub(super) fn begin(folder: &Path) -> anyhow::Result<ExitCode> {
    for (place, text) in FILES {
        let path = folder.join(place);
        let about = || format!("`{}` cannot be made", path.display());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(about)?;
        }
        let mut file = fs::File::create_new(&path).with_context(about)?;
        std::io::Write::write_all(&mut file, text.as_bytes()).with_context(about)?;
    }
    let shown = folder.display();
    answer::print(&format!(
        "A course with one task is in `{shown}`. Prove it:   watshop lessons check {shown}\n\
         Try it as a learner does:           watshop lessons run {shown}\n"
    ))?;
    Ok(ExitCode::SUCCESS)
}
