//! The command line.

mod allow;
mod bench;
mod lessons;
mod wasi;

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, RangedI64ValueParser, TypedValueParser as _};
use clap::{Args, Parser, Subcommand};
use serde::de::DeserializeOwned;
use watshop_protocol::page::{
    Compiler, Engine, Limits, Optimisation, Proposals, Settings, Target, UnknownImports,
    WasiSettings,
};
use watshop_protocol::registry::DownloadKind;
use watshop_protocol::value;

pub(crate) use bench::BenchArguments;
pub(crate) use lessons::{LessonsCheckArguments, LessonsCommand, LessonsRunArguments};
pub(crate) use wasi::WasiArguments;

/// A workshop for WebAssembly: compile WAT and Wasm with any of three compilers, run it, and see
/// how long it took.
#[derive(Debug, Parser)]
#[command(name = "watshop", version, arg_required_else_help = true)]
pub(crate) struct CommandLine {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Run(Box<RunArguments>),
    Compile(CompileArguments),
    Targets(TargetsArguments),
    Inspect(InspectArguments),
    Lessons(lessons::LessonsArguments),
    Learn(LearnArguments),
    Bench(Box<BenchArguments>),
    Serve(ServeArguments),
}

/// Compile and run a module, or run a sealed artifact
///
/// A WASI program runs from start to exit; of any other module, --invoke calls an export.
///
/// Exit status: the WASI program's own if it is not 0; 0 if all went well; 1 if something
/// failed, with one line on standard error; 2 for wrong usage; 130 if Ctrl-C stopped it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  watshop run add_one.wat --invoke add_one 41
  watshop run qjs.wasm --compiler singlepass -- -e 'console.log(6*7)'")]
pub(crate) struct RunArguments {
    /// A .wat, a .wasm or a sealed artifact
    pub(crate) file: PathBuf,
    /// Arguments of a WASI program (after `--` if they begin with a dash), or for --invoke those of
    /// the function: 42, -1, 0x2a, 1.5e3, inf, nan:0x200000, "i32x4 1 2 3 4", null
    #[arg(value_name = "ARG", allow_negative_numbers = true, value_parser = clap::builder::ValueParser::new(unmark))]
    pub(crate) arguments: Vec<String>,
    /// The exported function to call
    #[arg(long, value_name = "NAME")]
    pub(crate) invoke: Option<String>,
    /// Run the core module of this index that is inside of FILE, which is a component
    #[arg(long, value_name = "N")]
    pub(crate) core_module: Option<u32>,
    #[command(flatten)]
    compilation: Compilation,
    /// Compile even if the cache has the code, and keep nothing
    #[arg(long)]
    pub(crate) no_cache: bool,
    /// Let all installed compilers make the code, and print a table of how each did; --compiler has
    /// no effect. Results that differ are an error
    #[arg(long)]
    pub(crate) race: bool,
    /// Print one JSON object: results, compiler, engine, cache, timings in nanoseconds
    #[arg(long)]
    pub(crate) json: bool,
    /// Run FILE even if it is an artifact that was made elsewhere: its machine code runs as it is,
    /// in the sandbox
    #[arg(long)]
    pub(crate) trust: bool,
    #[command(flatten)]
    pub(crate) wasi: WasiArguments,
    /// Import object: an .imports.json, as the panel Imports saves it. Files that it names are
    /// found from its own folder. A module `lib.wat` gets the file `lib.imports.json` beside it
    #[arg(long, value_name = "FILE")]
    pub(crate) imports: Option<PathBuf>,
    /// Function imports that nothing provides: an error, or functions that trap
    #[arg(long, value_parser = one_of::<UnknownImports>(["error", "trap"]), default_value = "error")]
    unknown_imports: UnknownImports,
    /// Most pages (64 KiB) of a memory
    #[arg(long, value_name = "PAGES", default_value_t = Limits::default().memory_pages, value_parser = within(Limits::MEMORY_PAGES))]
    memory_pages: u32,
    /// Most elements of a table
    #[arg(long, value_name = "ELEMENTS", default_value_t = Limits::default().table_elements, value_parser = within(Limits::TABLE_ELEMENTS))]
    table_elements: u32,
    /// Longest call in milliseconds; 0 is no limit
    #[arg(long, value_name = "MS", default_value_t = Limits::default().call_ms, value_parser = within(Limits::CALL_MS))]
    call_ms: u32,
    /// Stack of the guest in KiB
    #[arg(long, value_name = "KIB", default_value_t = Limits::default().stack_kib, value_parser = within(Limits::STACK_KIB))]
    stack_kib: u32,
    /// Most MiB of all memories and tables together; 0 is half of the machine's memory
    #[arg(long, value_name = "MIB", default_value_t = Limits::default().store_mib, value_parser = within(Limits::STORE_MIB))]
    store_mib: u32,
}

/// Compile a module to a file, for this machine or another
///
/// The written file is read again and checked. If something fails, no file is left.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  watshop compile fib.wat -o fib.wshop
  watshop compile fib.wat --target aarch64-unknown-linux-gnu --format object -o fib.o
  watshop compile qjs.wasm --target x86_64-unknown-linux-gnu --cpu-feature x86-64-v3 --compiler llvm --format shared -o qjs.so")]
pub(crate) struct CompileArguments {
    /// A .wat, a .wasm, or a sealed artifact (of which only the format `wasmer` can be made)
    pub(crate) file: PathBuf,
    /// The file to make
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Machine to make code for; without it, this machine. `watshop targets` lists them
    #[arg(long, value_name = "TRIPLE")]
    target: Option<String>,
    /// A CPU feature, which brings those below it, or a set of them (host, baseline, x86-64-v2 to
    /// v4); may be repeated
    #[arg(long = "cpu-feature", value_name = "FEATURE")]
    cpu_features: Vec<String>,
    #[command(flatten)]
    compilation: Compilation,
    /// Kind of file: a sealed artifact, Wasmer's serialised module, an object file with its C
    /// header, a shared library, a bundle of an artifact and the runner that loads it (a folder, or
    /// an archive if FILE ends in .tar.zst), or the module itself
    #[arg(long, value_parser = one_of::<DownloadKind>(["sealed", "wasmer", "object", "shared", "bundle", "wasm", "wat"]), default_value = "sealed")]
    pub(crate) format: DownloadKind,
    /// Leave out names and other custom sections (of `wasm` and `wat`)
    #[arg(long)]
    pub(crate) strip: bool,
    /// Make the file even if the module is invalid (of `wasm` and `wat`)
    #[arg(long)]
    pub(crate) no_validate: bool,
    /// Print one JSON object about the made file
    #[arg(long)]
    pub(crate) json: bool,
}

/// The options of a compilation.
#[derive(Debug, Args)]
struct Compilation {
    /// Compiler that makes the code
    #[arg(long, value_parser = one_of::<Compiler>(["singlepass", "cranelift", "llvm"]), default_value = "cranelift")]
    compiler: Compiler,
    /// Form of the code: in memory, or a shared object mapped from its file
    #[arg(long, value_parser = one_of::<Engine>(["jit", "native"]), default_value = "jit")]
    engine: Engine,
    /// Optimisation level of the compiler
    #[arg(long, alias = "optimization", value_parser = one_of::<Optimisation>(["none", "speed", "speed_and_size"]), default_value = "speed")]
    optimisation: Optimisation,
    /// Make code that counts its instructions, and show how many each function executed. The count
    /// does not depend on the compiler or the machine; the code is slower
    #[arg(long)]
    count_instructions: bool,
    /// Turn a proposal on; may be repeated
    #[arg(long, value_name = "PROPOSAL", value_parser = PossibleValuesParser::new(Proposals::NAMES))]
    enable: Vec<String>,
    /// Turn a proposal off; may be repeated
    #[arg(long, value_name = "PROPOSAL", value_parser = PossibleValuesParser::new(Proposals::NAMES))]
    disable: Vec<String>,
}

/// List the targets, and the forms of code that each compiler makes for them
#[derive(Debug, Args)]
pub(crate) struct TargetsArguments {
    /// Compile a small module for each of them now, and print the table of results
    #[arg(long)]
    pub(crate) probe: bool,
    /// Print one JSON object
    #[arg(long, conflicts_with = "probe")]
    pub(crate) json: bool,
}

/// Show the parts of a module, or the passport of a sealed artifact, without running it
#[derive(Debug, Args)]
pub(crate) struct InspectArguments {
    /// A .wat, a .wasm or a sealed artifact
    pub(crate) file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Serve the page to a browser on this machine
///
/// The first line on standard output is an address that lets one browser in, once and within a
/// minute. The same command, while the first one runs, gives a fresh one. Ctrl-C ends the server;
/// every tab is kept.
///
/// Programs use a token of your own: WATSHOP_TOKEN=… watshop serve, and
/// http://127.0.0.1:PORT/?token=…
#[derive(Debug, Args)]
pub(crate) struct ServeArguments {
    /// TCP port of 127.0.0.1; without it, a free one
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub(crate) port: u16,
    /// Only print the address, do not open it in a browser
    #[arg(long)]
    pub(crate) no_open: bool,
    #[command(flatten)]
    pub(crate) allowed: allow::AllowedArguments,
}

/// Open a course of lessons in a browser on this machine
///
/// The course is checked first, and stays in Watshop's list of lessons. Ctrl-C ends the server.
#[derive(Debug, Args)]
pub(crate) struct LearnArguments {
    /// The course: a folder or a .zip
    pub(crate) course: PathBuf,
    #[command(flatten)]
    pub(crate) serve: ServeArguments,
}

impl RunArguments {
    /// The options as a tab's settings.
    pub(crate) fn settings(&self) -> Settings {
        let program = self.is_for_program().then(|| self.arguments.clone());
        Settings {
            limits: Limits {
                memory_pages: self.memory_pages,
                table_elements: self.table_elements,
                call_ms: self.call_ms,
                stack_kib: self.stack_kib,
                store_mib: self.store_mib,
            },
            wasi: WasiSettings { arguments: program.unwrap_or_default(), ..self.wasi.settings() },
            unknown_imports: self.unknown_imports,
            ..self.compilation.settings()
        }
    }

    /// Returns true if the arguments are those of a WASI program.
    pub(crate) fn is_for_program(&self) -> bool {
        self.invoke.as_deref().is_none_or(|name| name == "_start")
    }
}

impl CompileArguments {
    /// The options as a tab's settings.
    pub(crate) fn settings(&self) -> Settings {
        let target = (self.target.is_some() || !self.cpu_features.is_empty()).then(|| Target {
            triple: self.target.clone().unwrap_or_else(|| "host".to_owned()),
            // The CPUs of a named machine may lack features of this machine's CPU.
            cpu_features: match self.cpu_features.as_slice() {
                [] => vec!["usual".to_owned()],
                names => names.to_vec(),
            },
        });
        Settings { target, ..self.compilation.settings() }
    }
}

impl Compilation {
    /// The options as settings of a tab; the others are the default ones.
    fn settings(&self) -> Settings {
        Settings {
            compiler: self.compiler,
            engine: self.engine,
            optimisation: self.optimisation,
            proposals: switched(&self.enable, &self.disable),
            count_instructions: self.count_instructions,
            ..Settings::default()
        }
    }
}

fn switched(on: &[String], off: &[String]) -> Proposals {
    let mut proposals = Proposals::default();
    on.iter().for_each(|name| proposals.set(name, true));
    off.iter().for_each(|name| proposals.set(name, false));
    proposals
}

/// A parser for the protocol's own names. So command line, wire and saved state never differ.
fn one_of<T>(
    names: impl IntoIterator<Item = &'static str>,
) -> impl clap::builder::TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(names)
        .try_map(|name| serde_json::from_value(serde_json::Value::String(name)))
}

/// A parser for numbers within the bounds of a limit.
fn within(bounds: RangeInclusive<u32>) -> RangedI64ValueParser<u32> {
    let (least, most) = bounds.into_inner();
    clap::value_parser!(u32).range(i64::from(least)..=i64::from(most))
}

/// The mark before a negative value, from [`gather`] to [`unmark`]. It cannot be confused with an
/// argument: no person types the control character "start of heading".
const MARK: char = '\u{1}';

/// The command line in a form that clap can read. Clap takes `-1` and `-1.5e3` for negative
/// numbers, but `-inf`, `-nan:0x1`, `-0x10` and `-1_000` for options. So every negative value gets
/// a mark.
pub(crate) fn gather(line: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut options = true;
    line.into_iter()
        .map(|word| {
            options &= word != "--";
            match word.to_str() {
                Some(text) if options && value::is_negative(text) => format!("{MARK}{text}").into(),
                _ => word,
            }
        })
        .collect()
}

#[expect(clippy::unnecessary_wraps, reason = "clap takes parsers that may fail")]
fn unmark(text: &str) -> Result<String, std::convert::Infallible> {
    Ok(text.strip_prefix(MARK).unwrap_or(text).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;
    use proptest::prelude::*;

    fn run(line: &[&str]) -> RunArguments {
        let words = ["watshop", "run"].iter().chain(line).map(OsString::from);
        match CommandLine::try_parse_from(gather(words)).unwrap_or_else(|e| panic!("{e}")).command {
            Command::Run(run) => *run,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_definition_holds_together() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn options_may_stand_before_between_and_after_arguments() {
        let wanted = run(&[
            "--json",
            "f.wat",
            "--invoke",
            "f",
            "1",
            "--engine",
            "native",
            "-2",
            "--no-cache",
        ]);
        assert_eq!(wanted.arguments, ["1", "-2"]);
        assert!(wanted.json && wanted.no_cache);
        assert_eq!(wanted.settings().engine, Engine::Native);
    }

    #[test]
    fn what_follows_two_dashes_is_the_programs() {
        let wanted = run(&["qjs.wasm", "--", "-e", "1", "--json", "--", "-0x1"]);
        assert_eq!(wanted.arguments, ["-e", "1", "--json", "--", "-0x1"]);
        assert!(!wanted.json);
        assert_eq!(wanted.settings().wasi.arguments, wanted.arguments);
    }

    #[test]
    fn the_arguments_of_a_function_are_not_the_programs() {
        let settings = run(&["f.wat", "--invoke", "f", "1"]).settings();
        assert!(settings.wasi.arguments.is_empty());
    }

    #[test]
    fn without_options_the_settings_are_the_default_ones() {
        assert_eq!(run(&["f.wat"]).settings(), Settings::default());
    }

    #[test]
    fn a_limit_out_of_its_bounds_is_wrong_usage() {
        for (option, number, bounds) in [
            ("--memory-pages", "0", "1..=65536"),
            ("--table-elements", "10000001", "1..=10000000"),
            ("--call-ms", "86400001", "0..=86400000"),
            ("--stack-kib", "63", "64..=65536"),
            ("--store-mib", "1048577", "0..=1048576"),
        ] {
            let error = CommandLine::try_parse_from(["watshop", "run", "f.wat", option, number]);
            assert!(error.unwrap_err().to_string().contains(bounds), "{option}");
        }
    }

    #[test]
    fn proposals_go_on_and_off_by_name() {
        let on = run(&["f.wat", "--enable", "tail_call", "--disable", "simd"]).settings().proposals;
        assert_eq!(on, Proposals { tail_call: true, simd: false, ..Proposals::default() });
    }

    #[test]
    fn a_variable_has_a_name_and_any_value() {
        let environment =
            run(&["f.wat", "--env", "A=", "--env", "B=x=y"]).settings().wasi.environment;
        let pairs: Vec<_> =
            environment.iter().map(|v| (v.name.as_str(), v.value.as_str())).collect();
        assert_eq!(pairs, [("A", ""), ("B", "x=y")]);
    }

    proptest! {
        #[test]
        fn every_value_the_protocol_prints_is_an_argument(a in any::<u64>(), b in any::<u32>()) {
            for bits in [value::Bits::I64(a), value::Bits::F64(a), value::Bits::F32(b)] {
                let text = value::print(bits);
                prop_assert_eq!(run(&["f.wat", "--invoke", "f", &text]).arguments, [text]);
            }
        }
    }

    #[test]
    fn what_people_write_for_negative_numbers_is_a_value() {
        for text in [
            "-1", "-1.5e3", "-inf", "-nan", "-nan:0x1", "-0x10", "-0b1", "-1_000", "-0x1.8p3", "-0",
        ] {
            assert_eq!(run(&["f.wat", "--invoke", "f", text, text]).arguments, [text, text]);
        }
    }
}
