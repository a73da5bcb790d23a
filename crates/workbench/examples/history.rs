//! Fills the history of a data folder, and prints the time of recording a run and of reading all of
//! them, as JSON: `cargo run --release -p watshop-workbench --example history -- FOLDER RUNS`.

use std::path::PathBuf;
use std::time::Instant;
use watshop_protocol::say;

use watshop_protocol::page::{
    CacheUse, Compiler, Engine, Error, ErrorCode, RecordKind, RunRecord, Timings,
};
use watshop_workbench::{History, PastRun};

const COMPILERS: [Compiler; 3] = [Compiler::Singlepass, Compiler::Cranelift, Compiler::Llvm];

fn run(id: u64) -> PastRun {
    let time = |most: u64| Some(1 + id.wrapping_mul(2_654_435_761) % most);
    let record = RunRecord {
        id,
        at_ms: 1_700_000_000_000 + id * 1000,
        kind: RecordKind::Run,
        compiler: Some(COMPILERS[id as usize % 3]),
        engine: Engine::Jit,
        optimisation: None,
        instructions: None,
        cache: Some(CacheUse::Miss),
        export: None,
        timings: Timings {
            parse: time(50_000),
            start: None,
            compile: time(5_000_000),
            seal: time(400_000),
            load: time(200_000),
            instantiate: time(90_000),
            call: None,
            total: time(9_000_000),
        },
        figures: None,
        error: None,
    };
    PastRun { title: format!("module {}.wat", id % 100), record }
}

#[expect(clippy::print_stdout, reason = "its figures are its output")]
fn main() -> Result<(), Error> {
    let wrong = || Error::new(ErrorCode::BadRequest, say!("Name a folder and a number of runs."));
    let mut words = std::env::args().skip(1);
    let folder = PathBuf::from(words.next().ok_or_else(wrong)?);
    let runs: u64 = words.next().and_then(|word| word.parse().ok()).ok_or_else(wrong)?;
    let path = folder.join("history.sqlite");
    let history = History::open(Some(path.clone()))?;
    let mut times = Vec::new();
    for id in 1..=runs {
        let run = run(id);
        let began = Instant::now();
        history.add(run);
        times.push(began.elapsed().as_nanos());
    }
    drop(history);
    times.sort_unstable();
    let history = History::open(Some(path))?;
    let began = Instant::now();
    let read = history.read()?.count();
    let open_ms = began.elapsed().as_secs_f64() * 1000.0;
    let at = |part: usize| times.get(times.len() * part / 1000).copied().unwrap_or(0);
    println!(
        "{{\"runs\":{read},\"median_ns\":{},\"p999_ns\":{},\"open_ms\":{open_ms:.1}}}",
        at(500),
        at(999)
    );
    Ok(())
}
