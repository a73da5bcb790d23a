//! `cargo bench`: prints tables for docs/performance.md. Direct and Watshop's times are taken in
//! turn.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and fails by panicking"
)]

use std::process::Command;
use std::time::{Duration, Instant};

use watshop_bench::effort::Effort;
use watshop_bench::figures::{Pairs, Phases, median, show};
use watshop_bench::{alone, artifacts, calls, direct, host_calls, native, watshop::Bench};
use watshop_protocol::page::{Compiler, Engine};

const HEAD: &str = "| compiler | Wasmer directly | Watshop | difference | ratio |\n| --- | --- | --- | --- | --- |";
const PROGRAM: [&str; 2] = ["-e", "console.log('hello')"];

#[tokio::main]
async fn main() {
    // `cargo bench` passes --bench. `-- quick` takes one round of the long sections, `-- moment`
    // one of everything, and names of sections and compilers leave out the others.
    let words = words();
    let effort = Effort::of(&words);
    let is_section =
        |word: &&String| !["quick", "moment"].contains(&word.as_str()) && compiler(word).is_none();
    let sections: Vec<_> = words.iter().filter(is_section).collect();
    let wanted =
        |section: &str| sections.is_empty() || sections.iter().any(|word| *word == section);
    if wanted("program") {
        program(effort).await;
    }
    if wanted("small") {
        small(effort).await;
    }
    if wanted("guest") {
        guest(effort).await;
    }
    if wanted("cold") {
        cold(effort);
    }
    if wanted("artifacts") {
        artifacts(effort);
    }
    if wanted("native") {
        native(effort);
    }
    if wanted("host") {
        host(effort);
    }
    if wanted("call") {
        call(effort);
    }
}

fn words() -> Vec<String> {
    std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect()
}

fn compiler(word: &str) -> Option<Compiler> {
    Compiler::ALL.into_iter().find(|compiler| compiler.as_str() == word)
}

/// Returns the compilers that are named, or all that are built.
fn compilers() -> impl Iterator<Item = Compiler> {
    let named: Vec<_> = words().iter().filter_map(|word| compiler(word)).collect();
    Compiler::ALL
        .into_iter()
        .filter(move |compiler| named.is_empty() || named.contains(compiler))
        .filter(|c| *c != Compiler::Llvm || (cfg!(feature = "llvm") && watshop_tests::has_llvm()))
}

fn title(text: &str) {
    println!("\n### {text}\n\n{HEAD}");
}

/// qjs.wasm: the compile phase alone, and the time from request to result with everything in
/// between.
async fn program(effort: Effort) {
    let qjs = &std::fs::read(watshop_tests::modules::qjs()).unwrap();
    let mut whole = String::new();
    let mut warm = String::new();
    let mut phases = String::new();
    title("qjs.wasm (2.5 MB): compile phase");
    for compiler in compilers() {
        let bench = Bench::new();
        let tab = bench.binary("qjs.wasm", qjs.to_vec()).await;
        bench.configure(tab, compiler, &PROGRAM).await;
        let rounds = effort.long(if compiler == Compiler::Llvm { 3 } else { 21 });
        bench.run(tab).await; // Starts the processes.
        let (mut compile, mut all, mut call) =
            (Pairs::default(), Pairs::default(), Pairs::default());
        let mut times = Phases::default();
        for _ in 0..rounds {
            let began = Instant::now();
            let engine = direct::engine(compiler);
            let (module, direct_compile) = direct::compile(&engine, qjs);
            let direct_call = direct::run_program(&engine, &module, &PROGRAM);
            let direct_all = began.elapsed();
            let (report, watshop_all) = bench.run(tab).await;
            let nanos = |time: Option<u64>| Duration::from_nanos(time.unwrap());
            compile.add(direct_compile, nanos(report.record.timings.compile));
            call.add(direct_call, nanos(report.record.timings.call));
            all.add(direct_all, watshop_all);
            times.add(&report.record.timings, watshop_all);
        }
        println!("| {} | {} |", compiler.title(), compile.row());
        whole += &format!("| {} | {} |\n", compiler.title(), all.row());
        warm += &format!("| {} | {} |\n", compiler.title(), call.row());
        phases += &format!("| {} | {} |\n", compiler.title(), times.row());
    }
    title("qjs.wasm: from request to result, compiling each time");
    print!("{whole}");
    println!("\n### qjs.wasm: where Watshop's time goes\n\n{}", Phases::HEAD);
    print!("{phases}");
    title("qjs.wasm: console.log('hello') in the guest");
    print!("{warm}");
}

/// A module of 85 bytes: the cost of all processes and pipes if there is almost nothing to do.
async fn small(effort: Effort) {
    title("A module of 85 bytes: from text to the result of a call, other text each time");
    for compiler in compilers() {
        let bench = Bench::new();
        let tab = bench.text(&text(0)).await;
        bench.configure(tab, compiler, &[]).await;
        bench.run(tab).await;
        let mut pairs = Pairs::default();
        for round in 1..=effort.short(31, 1) {
            let text = text(round);
            bench.edit(tab, text.clone()).await;
            let began = Instant::now();
            let engine = direct::engine(compiler);
            let binary = wat::parse_str(&text).unwrap();
            let (module, _) = direct::compile(&engine, &binary);
            let (result, _) = direct::call(&engine, &module, "f", 1);
            let direct = began.elapsed();
            assert_eq!(result, round + 1);
            let began = Instant::now();
            bench.run(tab).await;
            let (result, _, _) = bench.call(tab, "f", 1).await;
            pairs.add(direct, began.elapsed());
            assert_eq!(result, (round + 1).to_string());
        }
        println!("| {} | {} |", compiler.title(), pairs.row());
    }
}

fn text(constant: i32) -> String {
    format!(
        "(module (func (export \"f\") (param i32) (result i32) (i32.add (local.get 0) (i32.const {constant}))))"
    )
}

/// The same machine code runs: the time of a long call in the guest.
async fn guest(effort: Effort) {
    const COLLATZ: &str = r#"(module (func (export "f") (param $n i32) (result i32)
        (local $i i32) (local $x i32) (local $steps i32)
        (loop $next
            (local.set $x (local.tee $i (i32.add (local.get $i) (i32.const 1))))
            (loop $step
                (local.set $steps (i32.add (local.get $steps) (i32.const 1)))
                (local.set $x (if (result i32) (i32.and (local.get $x) (i32.const 1))
                    (then (i32.add (i32.mul (local.get $x) (i32.const 3)) (i32.const 1)))
                    (else (i32.shr_u (local.get $x) (i32.const 1)))))
                (br_if $step (i32.gt_u (local.get $x) (i32.const 1))))
            (br_if $next (i32.lt_u (local.get $i) (local.get $n))))
        (local.get $steps)))"#;
    let up_to = effort.short(1_000_000, 100);
    title("Time in the guest: steps of the Collatz sequences up to 1,000,000");
    for compiler in compilers() {
        let bench = Bench::new();
        let tab = bench.text(COLLATZ).await;
        bench.configure(tab, compiler, &[]).await;
        bench.run(tab).await;
        let engine = direct::engine(compiler);
        let (module, _) = direct::compile(&engine, &wat::parse_str(COLLATZ).unwrap());
        let mut pairs = Pairs::default();
        for _ in 0..effort.short(7, 1) {
            let (expected, direct) = direct::call(&engine, &module, "f", up_to);
            let (result, guest, _) = bench.call(tab, "f", up_to).await;
            assert_eq!(result, expected.to_string());
            pairs.add(direct, guest);
        }
        println!("| {} | {} |", compiler.title(), pairs.row());
    }
}

/// The cost of an artifact each time that it is loaded.
fn artifacts(effort: Effort) {
    let qjs = std::fs::read(watshop_tests::modules::qjs()).unwrap();
    println!("\n### Artifacts of qjs.wasm: checked and loaded\n\n{}", artifacts::HEAD);
    for compiler in compilers() {
        for engine in Engine::ALL {
            println!("{}", artifacts::row(effort, compiler, engine, &qjs));
        }
    }
}

/// The cost of linking a shared object.
fn native(effort: Effort) {
    let qjs = std::fs::read(watshop_tests::modules::qjs()).unwrap();
    println!("\n### qjs.wasm: compiled and sealed, JIT and Native\n\n{}", native::HEAD);
    for compiler in compilers() {
        println!("{}", native::row(effort, compiler, &qjs));
    }
}

/// The cost of measuring a call.
fn call(effort: Effort) {
    println!("\n### A call of a bench, beside Wasmer's own typed call\n\n{}", calls::HEAD);
    for compiler in compilers() {
        println!("{}", calls::row(effort, compiler));
    }
}

/// The cost of a call of an import.
fn host(effort: Effort) {
    println!("\n### A million calls of an import, Cranelift\n\n{}", host_calls::HEAD);
    for row in host_calls::rows(effort) {
        println!("{row}");
    }
}

/// `watshop run` of a small module, from nothing to exit, with an empty cache and with a full one.
fn cold(effort: Effort) {
    let terminal = watshop_tests::terminal::Terminal::new();
    terminal.file("f.wat", text(1));
    let measure = |cache: &[&str]| {
        let times: Vec<_> = (0..effort.short(15, 1))
            .map(|_| {
                let arguments = [&["run", "f.wat", "--invoke", "f", "41"], cache].concat();
                let began = Instant::now();
                let status = Command::new(watshop_tests::programs().join("watshop"))
                    .args(&arguments)
                    .current_dir(terminal.folder())
                    .env("WATSHOP_DATA_DIR", terminal.data())
                    .stdout(std::process::Stdio::null())
                    .status();
                assert!(status.unwrap().success());
                began.elapsed()
            })
            .collect();
        median(&times)
    };
    println!(
        "\n### `watshop run` of that module, the whole command, Cranelift\n\n| | median |\n| --- | --- |"
    );
    println!("| compiling | {} |", show(measure(&["--no-cache"])));
    println!("| from the cache | {} |", show(measure(&[])));
    println!("\n### `watshop-runner` alone, the whole command\n\n{}", alone::HEAD);
    let qjs = std::fs::read(watshop_tests::modules::qjs()).unwrap();
    for compiler in compilers() {
        for engine in Engine::ALL {
            let arguments = [&["--"], &PROGRAM[..]].concat();
            println!("{}", alone::row(effort, (compiler, engine), "qjs.wasm", &qjs, &arguments));
        }
    }
    let small = wat::parse_str(text(1)).unwrap();
    let arguments = ["--invoke", "f", "41"];
    println!(
        "{}",
        alone::row(
            effort,
            (Compiler::Cranelift, Engine::Jit),
            "a small module",
            &small,
            &arguments
        )
    );
}
