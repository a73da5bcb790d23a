//! The options of a WASI program.

use std::fs::File;
use std::io::{self, IsTerminal as _};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};

use clap::Args;
use watshop_protocol::page::{
    EnvironmentVariable, FolderAccess, HostPath, TabId, WasiClock, WasiInput, WasiRandom, WasiRule,
    WasiSettings,
};
use watshop_protocol::process::streams::StreamKind;
use watshop_protocol::registry::GiveFolder;
use watshop_protocol::terminal::environment;
use watshop_protocol::terminal::folder::{self, NamedFolder};

/// The surroundings of a WASI program.
#[derive(Debug, Args)]
pub(crate) struct WasiArguments {
    /// A variable for a WASI program, which gets none of this terminal's own; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = environment::variable)]
    env: Vec<EnvironmentVariable>,
    /// A file with a variable on each line; lines that begin with # are ignored
    #[arg(long, value_name = "FILE", value_parser = env_file)]
    env_file: Vec<Variables>,
    /// A folder for a WASI program, which knows it as GUEST; with `:ro`, nothing in it can be
    /// changed; may be repeated
    #[arg(long = "dir", value_name = "HOST[::GUEST][:ro]", value_parser = folder)]
    folders: Vec<NamedFolder>,
    /// A folder for a WASI program in which nothing can be changed
    #[arg(long = "dir-read-only", value_name = "HOST[::GUEST]", value_parser = folder)]
    read_only_folders: Vec<NamedFolder>,
    /// The folder that relative paths of a WASI program begin in, by its name for the program
    #[arg(long, value_name = "DIR")]
    cwd: Option<String>,
    /// A file as standard input of a WASI program, instead of this terminal's own
    #[arg(long, value_name = "FILE")]
    pub(crate) stdin: Option<PathBuf>,
    /// All clocks of a WASI program stand still at this time, in seconds since 1970
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, require_equals = true, default_missing_value = "0")]
    frozen_clock: Option<u32>,
    /// Random bytes of a WASI program that are the same in every run
    #[arg(long, value_name = "NUMBER")]
    seed: Option<u32>,
    /// Write each call of WASI to standard error: its arguments, and its result by name
    #[arg(long)]
    trace_wasi: bool,
    /// A rule for calls of WASI, such as `path_open@config.toml=deny:NOENT`, `path_*=delay:50` or
    /// `clock_time_get+3=fake:0`; may be repeated, and the first that fits decides
    #[arg(long = "wasi-rule", value_name = "CALL[@PATH][+N]=ACTION")]
    rules: Vec<WasiRule>,
}

impl WasiArguments {
    /// The options as settings of a tab. A variable of its own option comes after those of files,
    /// and replaces one of the same name.
    pub(super) fn settings(&self) -> WasiSettings {
        let mut variables = Vec::new();
        let files = self.env_file.iter().flat_map(|file| &file.0);
        environment::add(&mut variables, files.chain(&self.env).cloned());
        WasiSettings {
            environment: variables,
            clock: self.frozen_clock.map_or(WasiClock::Real, |at_s| WasiClock::Frozen { at_s }),
            random: self.seed.map_or(WasiRandom::Real, |seed| WasiRandom::Seeded { seed }),
            cwd: self.cwd.clone(),
            trace: self.trace_wasi,
            rules: self.rules.clone(),
            ..WasiSettings::default()
        }
    }

    /// The kinds of the streams that the program will have: those of this process, but for a file
    /// that is its input.
    pub(crate) fn streams(&self) -> [StreamKind; 3] {
        let input = if self.stdin.is_some() { StreamKind::File } else { kind(io::stdin()) };
        [input, kind(io::stdout()), kind(io::stderr())]
    }

    /// The kind of standard input: a terminal if this process has one.
    pub(crate) fn input(&self) -> WasiInput {
        match self.stdin.is_none() && io::stdin().is_terminal() {
            true => WasiInput::Terminal,
            false => WasiInput::Pipe,
        }
    }

    /// The requests that give a tab's program the folders of the host.
    pub(crate) fn folders(&self, tab: TabId) -> impl Iterator<Item = GiveFolder> {
        let give = move |NamedFolder { host, guest, read_only }: &NamedFolder, all_read_only| {
            let (path, guest) = (HostPath::from(host.clone()), guest.clone());
            let read = *read_only || all_read_only;
            let access = if read { FolderAccess::Read } else { FolderAccess::Create };
            GiveFolder { tab, path, guest, access }
        };
        let folders = self.folders.iter().map(move |folder| give(folder, false));
        folders.chain(self.read_only_folders.iter().map(move |folder| give(folder, true)))
    }
}

/// The variables of a file.
#[derive(Debug, Clone)]
struct Variables(Vec<EnvironmentVariable>);

fn env_file(name: &str) -> Result<Variables, String> {
    environment::file(name).map(Variables)
}

/// A folder that is there.
fn folder(text: &str) -> Result<NamedFolder, String> {
    let named = folder::folder(text)?;
    match Path::new(&named.host).is_dir() {
        true => Ok(named),
        false => Err(format!("`{}` is not a folder", named.host)),
    }
}

/// The kind of a stream of this process.
fn kind(stream: impl AsFd) -> StreamKind {
    let stream = stream.as_fd();
    if stream.is_terminal() {
        return StreamKind::Terminal;
    }
    let told = stream.try_clone_to_owned().and_then(|stream| File::from(stream).metadata());
    if told.is_ok_and(|told| told.is_file()) { StreamKind::File } else { StreamKind::Pipe }
}
