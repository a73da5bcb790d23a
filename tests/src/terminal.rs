//! The `watshop` executable, with a data folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A terminal in a folder of its own.
pub struct Terminal {
    folder: TempDir,
}

/// The result of a command.
#[derive(Debug)]
pub struct Ended {
    /// The exit status; none if a signal ended it.
    pub status: Option<i32>,
    /// The standard output.
    pub stdout: String,
    /// The standard error.
    pub stderr: String,
}

/// Words for controls of the page.
const PARTS_OF_A_PAGE: [&str; 7] =
    ["panel", "button", "press", "click", "toolbar", "settings", "menu"];

impl Terminal {
    /// Makes a folder of its own.
    #[expect(clippy::new_without_default, reason = "it makes a folder, which a default should not")]
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// Keeps the folder after the end of the program, and gives its path.
    pub fn keep(self) -> PathBuf {
        self.folder.keep()
    }

    /// The folder in which its commands run.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The data folder of its commands.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Writes a file into the folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Returns the command `watshop` with arguments, not started yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(crate::programs().join("watshop"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("WATSHOP_DATA_DIR", self.data())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs `watshop` to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        Ended::from(self.command(arguments).output().unwrap())
    }
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            status: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ended {
    /// Checks that it succeeded and wrote exactly this.
    #[track_caller]
    pub fn prints(&self, stdout: &str) -> &Self {
        assert_eq!((self.status, self.stdout.as_str()), (Some(0), stdout), "{self:?}");
        self
    }

    /// Checks that it failed with this status and a line on standard error that holds all of these.
    #[track_caller]
    pub fn fails(&self, status: i32, words: &[&str]) -> &Self {
        assert_eq!(self.status, Some(status), "{self:?}");
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is missing: {self:?}");
        }
        self.names_no_control();
        self
    }

    /// Checks that its error names no control of the page, which a terminal does not have.
    #[track_caller]
    pub fn names_no_control(&self) -> &Self {
        let said = self.stderr.to_lowercase();
        let words = said.split(|c: char| !c.is_alphanumeric());
        let named: Vec<_> = words.filter(|word| PARTS_OF_A_PAGE.contains(word)).collect();
        assert!(named.is_empty() && !said.contains("**"), "{named:?}: {self:?}");
        self
    }

    /// Parses its standard output as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }
}
