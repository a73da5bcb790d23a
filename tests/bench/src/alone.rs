//! A runner that is carried alone, from its start to its exit: a process each time.

use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine, Proposals};
use watshop_tests::process::CompilerProcess;

use crate::effort::Effort;
use crate::figures::{median, show};

/// The first lines of the table.
pub const HEAD: &str = "| artifact | fastest | median | slowest | checked and loaded |\n\
    | --- | ---: | ---: | ---: | ---: |";

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
    let run = || {
        let mut command = Command::new(&runner);
        command.arg(&sealed).arg("--json").args(arguments);
        command.output().unwrap()
    };
    let (mut times, mut loads) = (Vec::new(), Vec::new());
    for _ in 0..effort.short(40, 1) {
        let began = Instant::now();
        let output = run();
        times.push(began.elapsed());
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        let report: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
        loads.push(Duration::from_nanos(report["timings_ns"]["load"].as_u64().unwrap()));
    }
    format!(
        "| {title}, {}, {} | {} | {} | {} | {} |",
        compiler.title(),
        engine.as_str(),
        show(times.iter().min().copied().unwrap_or_default()),
        show(median(&times)),
        show(times.iter().max().copied().unwrap_or_default()),
        show(median(&loads)),
    )
}
