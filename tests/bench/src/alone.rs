//! A runner that is carried alone, from its start to its exit: a process each time.

use std::process::{Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine, Proposals};
use watshop_tests::process::CompilerProcess;

use crate::effort::Effort;
use crate::figures::{median, show};

/// The first lines of the table.
pub const HEAD: &str = "| artifact | fastest | median | slowest |\n| --- | ---: | ---: | ---: |";

/// A row of the table: an artifact of a module, and how it is called.
pub fn row(
    effort: Effort,
    (compiler, engine): (Compiler, Engine),
    title: &str,
    wasm: &[u8],
    arguments: &[&str],
) -> String {
    let folder = TempDir::new().unwrap();
    let sealed = folder.path().join("a.wshop");
    CompilerProcess::start(compiler).compile(wasm, engine, Proposals::default(), &sealed).unwrap();
    let runner = watshop_tests::programs().join("watshop-runner");
    let time = |_| {
        let began = Instant::now();
        let status =
            Command::new(&runner).arg(&sealed).args(arguments).stdout(Stdio::null()).status();
        assert!(status.unwrap().success());
        began.elapsed()
    };
    let times: Vec<_> = (0..effort.short(40, 1)).map(time).collect();
    format!(
        "| {title}, {}, {} | {} | {} | {} |",
        compiler.title(),
        engine.as_str(),
        show(times.iter().min().copied().unwrap_or_default()),
        show(median(&times)),
        show(times.iter().max().copied().unwrap_or_default()),
    )
}
