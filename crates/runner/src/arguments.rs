//! Reads the command line, which is spelt like that of `watshop run`.

use std::ffi::OsString;
use std::ops::RangeInclusive;
use std::path::PathBuf;

use lexopt::{Arg, Parser};
use watshop_protocol::page::{
    FolderAccess, Limits, UnknownImports, WasiClock, WasiRandom, WasiSettings,
};
use watshop_protocol::process::streams::StreamKind;
use watshop_protocol::terminal::environment;
use watshop_protocol::terminal::folder::{self, NamedFolder};
use watshop_protocol::value;

use crate::folders;
use crate::sandbox::SandboxPlan;

/// The name of an executable in the text of `--help`.
const NAMED: &str = "RUNNER";

/// The text of `--help`.
pub fn help(executable: &str) -> String {
    include_str!("help.txt").replace(NAMED, executable)
}

/// The line below an error of usage.
pub fn usage(executable: &str) -> String {
    format!("Usage: {executable} FILE [--invoke NAME] [OPTIONS] [ARG…] [-- ARG…]")
}

/// The task that a command line asks for.
#[derive(Debug, PartialEq)]
pub enum RunnerCommand {
    /// Exchange frames with the parent process. This is the task of a command line without a file.
    Serve(SandboxPlan),
    /// Run one artifact.
    Run(Box<ArtifactRun>),
    /// Print the passport of a sealed file.
    Inspect {
        /// The sealed file.
        file: PathBuf,
        /// Print one JSON object.
        json: bool,
    },
    /// Print the layers of the sandbox.
    Sandbox {
        /// Print one JSON object.
        json: bool,
    },
    /// Print the options.
    Help,
    /// Print the version.
    Version,
}

/// One artifact, and the options to run it with.
#[derive(Debug, Default, PartialEq)]
pub struct ArtifactRun {
    /// The sealed file.
    pub file: PathBuf,
    /// The export to call.
    pub invoke: Option<String>,
    /// The arguments of the function or the program.
    pub arguments: Vec<String>,
    /// Print one JSON object.
    pub json: bool,
    /// Run a file in Wasmer's own format, which has no passport.
    pub trust: bool,
    /// The file with the import object.
    pub imports: Option<PathBuf>,
    /// The limits of the guest.
    pub limits: Limits,
    /// The surroundings of a WASI program: its environment, clocks and random bytes.
    pub wasi: WasiSettings,
    /// The file that is standard input.
    pub stdin: Option<PathBuf>,
    /// The folders of a WASI program.
    pub folders: Vec<folders::Wanted>,
    /// The treatment of function imports that have no provider.
    pub unknown_imports: UnknownImports,
}

/// Reads a command line without the program's own name.
///
/// # Errors
///
/// A sentence that says why it is wrong.
pub fn read(line: impl IntoIterator<Item = OsString>) -> Result<RunnerCommand, String> {
    let mut parser = Parser::from_args(line);
    let mut read = ParsedArguments::default();
    loop {
        // `-1` and `-inf` are values, but the parser would take them for options.
        if let Some(mut raw) = parser.try_raw_args()
            && let Some(number) = raw.next_if(|word| word.to_str().is_some_and(value::is_negative))
        {
            read.word(number)?;
            continue;
        }
        let option = match parser.next().map_err(|e| e.to_string())? {
            None => return read.wanted(),
            Some(Arg::Short('h') | Arg::Long("help")) => return Ok(RunnerCommand::Help),
            Some(Arg::Short('V') | Arg::Long("version")) => return Ok(RunnerCommand::Version),
            Some(Arg::Value(word)) => {
                read.word(word)?;
                continue;
            }
            Some(Arg::Long(name)) => name.to_owned(),
            Some(Arg::Short(letter)) => return Err(format!("there is no option -{letter}")),
        };
        if option == "frozen-clock" {
            // Only `--frozen-clock=SECONDS` has a value: the next word may be the file.
            read.freeze_clock(parser.optional_value())?;
            continue;
        }
        read.option(&option, || parser.value().map_err(|e| e.to_string()))?;
    }
}

/// The options that have been read so far.
#[derive(Default)]
struct ParsedArguments {
    file: Option<PathBuf>,
    run: ArtifactRun,
    /// An option that needs a file.
    of_run: Option<String>,
    inspect: bool,
    sandbox: bool,
    /// The plan of a runner that exchanges frames.
    plan: SandboxPlan,
    /// An option that excludes a file.
    of_plan: Option<String>,
}

impl ParsedArguments {
    fn option(
        &mut self,
        name: &str,
        mut value: impl FnMut() -> Result<OsString, String>,
    ) -> Result<(), String> {
        match name {
            "inspect" => self.inspect = true,
            "sandbox" => self.sandbox = true,
            "json" => self.run.json = true,
            "trust" => {
                self.of_run.get_or_insert_with(|| "--trust".to_owned());
                self.run.trust = true;
            }
            "trace-wasi" => {
                self.of_run.get_or_insert_with(|| "--trace-wasi".to_owned());
                self.run.wasi.trace = true;
            }
            "artifacts" | "die-with-parent" => {
                self.of_plan.get_or_insert_with(|| format!("--{name}"));
                match name {
                    "artifacts" => self.plan.readable.push(value()?.into()),
                    _ => self.plan.dies_with_parent = true,
                }
            }
            "dir" | "dir-read-only" => {
                let named =
                    folder::folder(&text(value()?)?).map_err(|why| format!("--{name}: {why}"))?;
                self.plan.folders.push(wanted(named, name == "dir-read-only"));
            }
            "streams" => {
                self.of_plan.get_or_insert_with(|| "--streams".to_owned());
                let kinds = StreamKind::read(&text(value()?)?);
                self.plan.streams = Some(kinds.ok_or("--streams wants three kinds")?);
            }
            "folder" | "held-folder" => {
                self.of_plan.get_or_insert_with(|| format!("--{name}"));
                let access = folder_access(text(value()?)?)?;
                let (host, guest) = (value()?.into(), text(value()?)?);
                self.plan.folders.push(folders::Wanted {
                    host,
                    guest,
                    access,
                    bounded: name == "held-folder",
                });
            }
            "imports" => {
                self.of_run.get_or_insert_with(|| "--imports".to_owned());
                self.run.imports = Some(value()?.into());
            }
            "invoke" | "env" | "env-file" | "stdin" | "cwd" | "seed" | "wasi-rule"
            | "unknown-imports" | "memory-pages" | "table-elements" | "call-ms" | "stack-kib"
            | "store-mib" => {
                self.of_run.get_or_insert_with(|| format!("--{name}"));
                self.setting(name, text(value()?)?)?;
            }
            _ => return Err(format!("there is no option --{name}")),
        }
        Ok(())
    }

    fn setting(&mut self, name: &str, text: String) -> Result<(), String> {
        let limits = &mut self.run.limits;
        match name {
            "invoke" => self.run.invoke = Some(text),
            "env" => {
                let read = environment::variable(&text).map_err(|why| format!("--env: {why}"))?;
                environment::add(&mut self.run.wasi.environment, [read]);
            }
            "env-file" => {
                let read = environment::file(&text).map_err(|why| format!("--env-file {why}"))?;
                environment::add(&mut self.run.wasi.environment, read);
            }
            "stdin" => self.run.stdin = Some(text.into()),
            "cwd" => self.run.wasi.cwd = Some(text),
            "seed" => {
                let seed = count(name, &text, 0..=u32::MAX)?;
                self.run.wasi.random = WasiRandom::Seeded { seed };
            }
            "wasi-rule" => {
                let rule = text.parse().map_err(|why| format!("--wasi-rule: {why}"))?;
                self.run.wasi.rules.push(rule);
            }
            "unknown-imports" => self.run.unknown_imports = unknown_imports(text)?,
            "memory-pages" => limits.memory_pages = count(name, &text, Limits::MEMORY_PAGES)?,
            "table-elements" => limits.table_elements = count(name, &text, Limits::TABLE_ELEMENTS)?,
            "call-ms" => limits.call_ms = count(name, &text, Limits::CALL_MS)?,
            "store-mib" => limits.store_mib = count(name, &text, Limits::STORE_MIB)?,
            _ => limits.stack_kib = count(name, &text, Limits::STACK_KIB)?,
        }
        Ok(())
    }

    fn freeze_clock(&mut self, at: Option<OsString>) -> Result<(), String> {
        self.of_run.get_or_insert_with(|| "--frozen-clock".to_owned());
        let at = at.map(text).transpose()?.unwrap_or_else(|| "0".to_owned());
        let at_s = count("frozen-clock", &at, 0..=u32::MAX)?;
        self.run.wasi.clock = WasiClock::Frozen { at_s };
        Ok(())
    }

    /// Takes a word that is not an option. The first one is the file.
    fn word(&mut self, word: OsString) -> Result<(), String> {
        if self.file.is_none() {
            self.file = Some(word.into());
        } else {
            self.run.arguments.push(text(word)?);
        }
        Ok(())
    }

    fn wanted(self) -> Result<RunnerCommand, String> {
        let json = self.run.json;
        if let (Some(option), true) = (&self.of_plan, self.file.is_some() || self.sandbox) {
            return Err(format!(
                "{option} is for a runner that a workbench starts; this one reads only FILE"
            ));
        }
        match self.file {
            _ if self.sandbox => Ok(RunnerCommand::Sandbox { json }),
            None if self.inspect => Err("--inspect wants a file".to_owned()),
            None => match self.of_run {
                Some(option) => Err(format!("{option} wants a file to run")),
                None if json => Err("--json wants a file to run".to_owned()),
                None => Ok(RunnerCommand::Serve(SandboxPlan { own_group: true, ..self.plan })),
            },
            Some(file) if self.inspect => Ok(RunnerCommand::Inspect { file, json }),
            Some(file) => Ok(RunnerCommand::Run(Box::new(ArtifactRun {
                file,
                folders: self.plan.folders,
                ..self.run
            }))),
        }
    }
}

/// A folder that a person names.
fn wanted(named: NamedFolder, all_read_only: bool) -> folders::Wanted {
    let NamedFolder { host, guest, read_only } = named;
    let read = read_only || all_read_only;
    let access = if read { FolderAccess::Read } else { FolderAccess::Create };
    folders::Wanted { host: host.into(), guest, access, bounded: false }
}

/// Reads the protocol's own names of the work in a folder.
fn folder_access(text: String) -> Result<FolderAccess, String> {
    let told = format!("--folder wants `read`, `write` or `create`, not `{text}`");
    serde_json::from_value(text.into()).map_err(|_| told)
}

fn count(option: &str, text: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    let number = text.parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        format!(
            "--{option} wants a whole number from {} to {}, not `{text}`",
            range.start(),
            range.end()
        )
    })
}

/// Reads the protocol's own names, so that the command line and the wire never differ.
fn unknown_imports(text: String) -> Result<UnknownImports, String> {
    let told = format!("--unknown-imports wants `error` or `trap`, not `{text}`");
    serde_json::from_value(text.into()).map_err(|_| told)
}

fn text(word: OsString) -> Result<String, String> {
    word.into_string().map_err(|word| format!("`{}` is not UTF-8", word.to_string_lossy()))
}

#[cfg(test)]
#[path = "arguments_tests.rs"]
mod tests;
