//! The settings of a WASI program as a command line or a program of another tool.

use askama::Template;
use watshop_protocol::page::{
    EnvironmentVariable, FolderAccess, FolderSource, ImportsCode, WasiClock, WasiForm, WasiInput,
    WasiRandom, WasiSettings,
};
use watshop_protocol::{Sentence, pattern, say};

/// A folder of the program.
struct Folder {
    host: String,
    guest: String,
    access: FolderAccess,
}

/// A program with a WASI state.
struct Plan<'a> {
    /// The file of the module.
    file: String,
    /// The program's own name.
    program: &'a str,
    settings: &'a WasiSettings,
    folders: Vec<Folder>,
    notes: Vec<Sentence>,
}

#[derive(Template)]
#[template(path = "wasi.rs.jinja", escape = "none")]
struct RustProgram<'a> {
    plan: &'a Plan<'a>,
}

#[derive(Template)]
#[template(path = "wasi.py.jinja", escape = "none")]
struct PythonProgram<'a> {
    plan: &'a Plan<'a>,
}

/// The settings of a WASI program in another form, for the module of a tab with this title.
pub fn write_wasi(form: WasiForm, title: &str, settings: &WasiSettings) -> ImportsCode {
    let mut plan = Plan::new(title, settings);
    let mut text = match form {
        WasiForm::Watshop => plan.watshop(),
        WasiForm::Wasmer => plan.wasmer(),
        WasiForm::Wasmtime => plan.wasmtime(),
        WasiForm::Rust => {
            plan.only_here(form);
            RustProgram { plan: &plan }.render().unwrap_or_default()
        }
        WasiForm::Python => {
            plan.only_here(form);
            PythonProgram { plan: &plan }.render().unwrap_or_default()
        }
    };
    text.push('\n');
    ImportsCode { text, notes: plan.notes }
}

impl<'a> Plan<'a> {
    fn new(title: &str, settings: &'a WasiSettings) -> Self {
        let mut notes = Vec::new();
        let folders = settings.folders.iter().map(|folder| {
            let host = match &folder.source {
                FolderSource::Host { path } => path.as_ref().to_string_lossy().into_owned(),
                FolderSource::Allowed { name } => {
                    notes.push(say!("`./{name}` stands for the folder `{name}` of the server."));
                    format!("./{name}")
                }
                FolderSource::Held { name } => {
                    notes.push(say!(
                        "`./{name}` stands for the virtual folder `{name}`. Download its files."
                    ));
                    format!("./{name}")
                }
            };
            Folder { host, guest: folder.guest.clone(), access: folder.access }
        });
        let folders = folders.collect();
        let stem = title.strip_suffix(".wat").unwrap_or(title);
        let file = if stem.ends_with(".wasm") { stem.to_owned() } else { format!("{stem}.wasm") };
        let program = settings.program.as_deref().unwrap_or("program");
        Self { file, program, settings, folders, notes }
    }

    fn watshop(&mut self) -> String {
        let mut words = vec!["watshop".to_owned(), "run".to_owned(), self.file.clone()];
        add_environment(&self.settings.environment, &mut words);
        for folder in &self.folders {
            let option = match folder.access {
                FolderAccess::Read => "--dir-read-only",
                FolderAccess::Write | FolderAccess::Create => "--dir",
            };
            if folder.access == FolderAccess::Write {
                self.notes.push(say!("Files can be made in `{}` too.", folder.guest));
            }
            words.extend([option.to_owned(), format!("{}::{}", folder.host, folder.guest)]);
        }
        if let Some(cwd) = &self.settings.cwd {
            words.extend(["--cwd".to_owned(), cwd.clone()]);
        }
        match self.settings.clock {
            WasiClock::Real => {}
            WasiClock::Frozen { at_s } => words.push(format!("--frozen-clock={at_s}")),
            WasiClock::Stepping { .. } => {
                self.notes.push(say!("The clocks are those of the machine."));
            }
        }
        if let WasiRandom::Seeded { seed } = self.settings.random {
            words.extend(["--seed".to_owned(), seed.to_string()]);
        }
        for rule in &self.settings.rules {
            words.extend(["--wasi-rule".to_owned(), rule.to_string()]);
        }
        words.extend(self.settings.trace.then(|| "--trace-wasi".to_owned()));
        self.told_by_its_file();
        self.line(words, Some("--"))
    }

    fn wasmer(&mut self) -> String {
        self.only_here(WasiForm::Wasmer);
        let mut words = vec!["wasmer".to_owned(), "run".to_owned()];
        // `parse_envvar` of wasmer-cli 7.4 cuts spaces at the end, and rejects a variable without a
        // value.
        let (empty, given): (Vec<_>, Vec<_>) =
            self.settings.environment.iter().partition(|one| one.value.trim_end().is_empty());
        for variable in empty {
            self.notes.push(say!(
                "The variable `{}` is left out: `wasmer run` takes none without a value.",
                variable.name
            ));
        }
        add_environment(given, &mut words);
        for folder in &self.folders {
            words.extend(["--volume".to_owned(), format!("{}:{}", folder.host, folder.guest)]);
        }
        if let Some(cwd) = &self.settings.cwd {
            words.extend(["--cwd".to_owned(), cwd.clone()]);
        }
        self.told_by_its_file();
        words.push(self.file.clone());
        self.line(words, Some("--"))
    }

    fn wasmtime(&mut self) -> String {
        self.only_here(WasiForm::Wasmtime);
        let mut words = vec!["wasmtime".to_owned(), "run".to_owned()];
        if let Some(program) = &self.settings.program {
            words.extend(["--argv0".to_owned(), program.clone()]);
        }
        add_environment(&self.settings.environment, &mut words);
        if let Some(cwd) = &self.settings.cwd {
            words.extend(["--env".to_owned(), format!("PWD={cwd}")]);
        }
        for folder in &self.folders {
            words.extend(["--dir".to_owned(), format!("{}::{}", folder.host, folder.guest)]);
        }
        words.push(self.file.clone());
        self.line(words, None)
    }

    fn told_by_its_file(&mut self) {
        if self.settings.program.is_some() {
            self.notes.push(say!("The program's name is that of its file."));
        }
    }

    /// A command line with the arguments and the standard input.
    fn line(&self, mut words: Vec<String>, separator: Option<&str>) -> String {
        if !self.settings.arguments.is_empty() {
            words.extend(separator.map(str::to_owned));
            words.extend(self.settings.arguments.iter().cloned());
        }
        let words: Vec<_> = words.iter().map(|word| shell(word)).collect();
        let line = words.join(" ");
        match &self.settings.input {
            WasiInput::Terminal | WasiInput::Pipe => line,
            WasiInput::Text { text } if text.is_empty() => format!("{line} < /dev/null"),
            WasiInput::Text { text } => format!("printf %s {} | {line}", shell(text)),
            WasiInput::File { name, .. } => format!("{line} < {}", shell(name)),
        }
    }

    /// Adds notes about everything that only Watshop does.
    fn only_here(&mut self, form: WasiForm) {
        let settings = self.settings;
        let program = matches!(form, WasiForm::Rust | WasiForm::Python);
        let typed = matches!(settings.input, WasiInput::Terminal | WasiInput::Pipe);
        let python = form == WasiForm::Python;
        let differences = [
            (settings.clock != WasiClock::Real, pattern!("The clocks are those of the machine.")),
            (settings.random != WasiRandom::Real, pattern!("The random bytes are the system's.")),
            (!settings.rules.is_empty(), pattern!("The rules for calls of WASI are left out.")),
            (settings.trace, pattern!("Calls of WASI are not written.")),
            (program && !typed, pattern!("Standard input is that of the process.")),
            (
                python && settings.cwd.is_some(),
                pattern!("The current directory is told by the variable `PWD` alone."),
            ),
        ];
        let differ = differences.into_iter().filter(|(differs, _)| *differs);
        self.notes.extend(differ.map(|(_, note)| Sentence::plain(note)));
        for folder in &self.folders {
            if folder.access != FolderAccess::Create {
                self.notes.push(say!("The program can make files in `{}`.", folder.guest));
            }
        }
    }
}

fn add_environment<'a>(
    environment: impl IntoIterator<Item = &'a EnvironmentVariable>,
    words: &mut Vec<String>,
) {
    for EnvironmentVariable { name, value } in environment {
        words.extend(["--env".to_owned(), format!("{name}={value}")]);
    }
}

/// Text in Rust.
fn rust(text: &str) -> String {
    crate::text::quoted(text, |letter| format!("\\u{{{:x}}}", u32::from(letter)))
}

/// Text in Python.
fn python(text: &str) -> String {
    crate::text::quoted(text, |letter| format!("\\U{:08x}", u32::from(letter)))
}

/// A word as a shell takes it.
fn shell(word: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte);
    if !word.is_empty() && word.bytes().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

#[cfg(test)]
#[path = "wasi_tests.rs"]
mod tests;
