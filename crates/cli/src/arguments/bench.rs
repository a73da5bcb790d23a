//! The options of `watshop bench`.

use std::path::PathBuf;

use clap::Args;
use watshop_protocol::page::{
    BenchOrder, Compiler, CompilerState, Contender, Engine, Optimisation, Settings, WasiSettings,
};

use super::{WasiArguments, one_of, unmark};

/// Measure a module by several compilers and engines, which take turns
///
/// Each phase is measured again and again: compiling without the cache, loading, instantiating, and
/// calls of an export (or a whole WASI program). Medians come with their 95 % intervals. Two
/// contenders are compared by the pairs of their turns: faster, slower, or cannot tell.
///
/// Exit status: 0 if all went well; 1 if a measurement failed, or --fail-above was exceeded; 2 for
/// wrong usage; 130 if Ctrl-C stopped it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  watshop bench fib.wat --invoke fib 25
  watshop bench fib.wat --invoke fib 25 --compilers cranelift,llvm --engines jit,native --html fib.html
  watshop bench fib.wat --invoke fib 25 --json > today.json
  watshop bench --compare yesterday.json today.json --fail-above 1.10
  watshop bench --announcement")]
pub(crate) struct BenchArguments {
    /// A .wat or a .wasm
    #[arg(required_unless_present_any = ["compare", "announcement"], conflicts_with_all = ["compare", "announcement"])]
    pub(crate) file: Option<PathBuf>,
    /// Arguments of a WASI program (after `--` if they begin with a dash), or for --invoke those of
    /// the function
    #[arg(value_name = "ARG", allow_negative_numbers = true, value_parser = clap::builder::ValueParser::new(unmark))]
    pub(crate) arguments: Vec<String>,
    /// The exported function to call. Without it, a WASI program runs from start to exit, and of
    /// other modules the phases before a call are measured
    #[arg(long, value_name = "NAME")]
    pub(crate) invoke: Option<String>,
    /// Compilers that take part; without it, all that are installed
    #[arg(long, value_name = "COMPILER", value_delimiter = ',', value_parser = one_of::<Compiler>(["singlepass", "cranelift", "llvm"]))]
    pub(crate) compilers: Vec<Compiler>,
    /// Forms of the code that take part
    #[arg(long, value_name = "ENGINE", value_delimiter = ',', value_parser = one_of::<Engine>(["jit", "native"]), default_value = "jit")]
    engines: Vec<Engine>,
    /// Optimisation levels that take part. Singlepass has only one
    #[arg(long, alias = "optimizations", value_name = "LEVEL", value_delimiter = ',', value_parser = one_of::<Optimisation>(["none", "speed", "speed_and_size"]), default_value = "speed")]
    optimisations: Vec<Optimisation>,
    /// Rounds in which the contenders take turns; without it, as many as the time allows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    runs: Option<u32>,
    /// Most calls of each contender; without it, as many as the time allows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    calls: Option<u32>,
    /// Milliseconds of calls of each contender
    #[arg(long = "time", value_name = "MS", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=3_600_000))]
    time_ms: u32,
    /// Milliseconds of calls before the first sample
    #[arg(long = "warm-up", value_name = "MS", default_value_t = 100, value_parser = clap::value_parser!(u32).range(0..=3_600_000))]
    warm_up_ms: u32,
    /// Count the instructions of a call too, in code of its own, which is not measured
    #[arg(long)]
    count_instructions: bool,
    /// Print the report as one JSON object, with all samples
    #[arg(long)]
    pub(crate) json: bool,
    /// Write the report as one HTML file that opens without a server
    #[arg(long, value_name = "OUT")]
    pub(crate) html: Option<PathBuf>,
    /// Write the samples as CSV
    #[arg(long, value_name = "OUT")]
    pub(crate) csv: Option<PathBuf>,
    /// Compare two reports that --json has printed, and show each phase that got slower from A to B
    #[arg(long, num_args = 2, value_names = ["A.json", "B.json"], conflicts_with = "announcement")]
    pub(crate) compare: Vec<PathBuf>,
    /// Exit with 1 if something is slower by more than this ratio, such as 1.10
    #[arg(long, value_name = "RATIO", requires = "compare", conflicts_with = "file", value_parser = ratio)]
    pub(crate) fail_above: Option<f64>,
    /// Repeat the benchmark of Wasmer's announcement of 2021 and print its figures beside. QJS is
    /// its qjs.wasm, if cargo does not have it
    #[arg(long, value_name = "QJS", num_args = 0..=1)]
    pub(crate) announcement: Option<Option<PathBuf>>,
    /// Import object: an .imports.json
    #[arg(long, value_name = "FILE")]
    pub(crate) imports: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) wasi: WasiArguments,
}

impl BenchArguments {
    /// The options as a tab's settings.
    pub(crate) fn settings(&self) -> Settings {
        let arguments = if self.invoke.is_none() { self.arguments.clone() } else { Vec::new() };
        Settings {
            wasi: WasiSettings { arguments, ..self.wasi.settings() },
            count_instructions: self.count_instructions,
            ..Settings::default()
        }
    }

    /// The bench to make. `installed` are the compilers that can take part.
    pub(crate) fn order(&self, installed: &[CompilerState]) -> BenchOrder {
        let named = self.compilers.clone();
        let here = installed.iter().filter(|state| state.missing.is_none());
        let compilers = match named.is_empty() {
            true => here.map(|state| state.compiler).collect(),
            false => named,
        };
        let mut contenders: Vec<Contender> = Vec::new();
        for compiler in compilers {
            for &engine in &self.engines {
                for &level in &self.optimisations {
                    // Singlepass makes the same code at each level.
                    let optimisation = match compiler {
                        Compiler::Singlepass => Optimisation::default(),
                        _ => level,
                    };
                    let contender = Contender { compiler, engine, optimisation };
                    if compiler != Compiler::Singlepass || !contenders.contains(&contender) {
                        contenders.push(contender);
                    }
                }
            }
        }
        BenchOrder {
            export: self.invoke.clone(),
            arguments: if self.invoke.is_some() { self.arguments.clone() } else { Vec::new() },
            contenders,
            rounds: self.runs.unwrap_or(0),
            calls: self.calls.unwrap_or(0),
            time_ms: self.time_ms,
            warm_up_ms: self.warm_up_ms,
        }
    }
}

fn ratio(text: &str) -> Result<f64, String> {
    let ratio: f64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
    if ratio.is_finite() && ratio > 0.0 { Ok(ratio) } else { Err("a ratio is above 0".into()) }
}
