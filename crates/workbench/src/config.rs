//! The decisions of a shell before it opens a workbench.

use std::path::{Path, PathBuf};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use tokio::sync::mpsc;
use watshop_protocol::page::{AllowedFolder, Error, ErrorCode, FolderAccess, Result, Stream};
use watshop_protocol::process::streams::StreamKind;

/// The folders and modes of a workbench.
#[derive(Debug, Clone)]
pub struct Config {
    /// The folder of the saved state and of the artifact cache. It is made if it does not exist.
    pub data_dir: PathBuf,
    /// The folder of `watshop-runner` and the `watshop-compiler-…`.
    pub programs: PathBuf,
    /// Says whether tabs and history outlive the workbench.
    pub state: StateKind,
    /// Says whether artifacts are looked for and kept.
    pub cache: CacheMode,
    /// The channel for a guest's output, instead of the tabs' consoles. It gets the output raw, in
    /// order, and with back-pressure: a guest waits while the channel is full.
    pub raw_output: Option<mpsc::Sender<(Stream, Vec<u8>)>>,
    /// The channel that is told when a guest waits for its standard input, instead of an event.
    pub input_wanted: Option<mpsc::Sender<()>>,
    /// The kinds of the streams that take the place of a tab's console: input, output and error.
    pub streams: Option<[StreamKind; 3]>,
    /// The folders of the host that WASI programs may be given.
    pub folders: HostFolders,
}

/// The folders of the host that WASI programs may be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostFolders {
    /// Every folder that a person chooses in the window or names in the terminal.
    Any,
    /// These alone, by their names: the shell carries requests of pages in browsers.
    Allowed(Vec<AllowedHostFolder>),
}

/// A folder of the host that pages in browsers may give to WASI programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllowedHostFolder {
    /// Its name for pages.
    pub name: String,
    /// The folder.
    pub host: PathBuf,
    /// The most that a program may do in it.
    pub access: FolderAccess,
}

/// Says whether tabs and history outlive the workbench.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StateKind {
    /// They are saved in the data folder. Only one workbench at a time may use it so.
    Saved,
    /// They are not saved. Any number of such workbenches may share a data folder, for its cache.
    InMemory,
}

/// Says whether artifacts are looked for and kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheMode {
    /// A repeated Run finds the artifact of the first.
    On,
    /// Every Run compiles.
    Off,
}

/// A folder as a runner is started with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RunnerFolder {
    pub host: PathBuf,
    pub guest: String,
    pub access: FolderAccess,
    /// True if the files in it may take only the room of a held folder.
    pub bounded: bool,
}

impl HostFolders {
    /// The allowed ones as a page is told of them.
    pub(crate) fn told(&self) -> Vec<AllowedFolder> {
        let all = match self {
            Self::Any => &[][..],
            Self::Allowed(all) => all,
        };
        let told =
            |one: &AllowedHostFolder| AllowedFolder { name: one.name.clone(), access: one.access };
        all.iter().map(told).collect()
    }
}

impl Config {
    /// Reads the environment. The data folder is `WATSHOP_DATA_DIR`, else `watshop` in the person's
    /// data folder (`XDG_DATA_HOME`, else `~/.local/share`; `~/Library/Application Support`;
    /// `%LOCALAPPDATA%`). Programs are in `WATSHOP_PROGRAMS`, else beside the running executable.
    /// State is saved, the cache is on, and people may choose any folder for WASI programs.
    ///
    /// If none of these is known, the error says which variable to set.
    pub fn from_environment() -> Result<Self> {
        let data_dir = variable("WATSHOP_DATA_DIR")
            .or_else(|| personal_data_dir().map(|dir| dir.join("watshop")))
            .ok_or_else(|| {
                Error::new(
                    ErrorCode::State,
                    say!("There is no home folder to keep Watshop's data in."),
                )
                .help(say!("Set WATSHOP_DATA_DIR to a folder that can be written to."))
            })?;
        let beside = || Some(std::env::current_exe().ok()?.parent()?.to_owned());
        let programs = variable("WATSHOP_PROGRAMS").or_else(beside).ok_or_else(|| {
            Error::new(ErrorCode::State, say!("The folder of Watshop's own programs is not known."))
                .help(say!("Set WATSHOP_PROGRAMS to the folder of watshop-runner."))
        })?;
        Ok(Self {
            data_dir,
            programs,
            state: StateKind::Saved,
            cache: CacheMode::On,
            raw_output: None,
            input_wanted: None,
            streams: None,
            folders: HostFolders::Any,
        })
    }

    /// The folder of the courses that were opened.
    pub(crate) fn courses(&self) -> PathBuf {
        self.data_dir.join("courses")
    }

    /// The path of one of our own programs, whether it exists or not.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }
}

fn variable(name: &str) -> Option<PathBuf> {
    std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn personal_data_dir() -> Option<PathBuf> {
    // The XDG base directory specification says that a relative path is ignored.
    variable("XDG_DATA_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| Some(variable("HOME")?.join(".local/share")))
}

/// An error about a file or folder: code `disk_full` if that is the reason, `file` otherwise.
pub(crate) fn file_error(doing: Sentence, path: &Path, error: &std::io::Error) -> Error {
    let path = path.display();
    match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => Error::new(
            ErrorCode::DiskFull,
            say!("{doing} `{path}` failed: there is no space left."),
        )
        .help(say!("Free some space and try again; nothing that was there is lost.")),
        std::io::ErrorKind::NotFound => {
            Error::new(ErrorCode::File, say!("{doing} `{path}` failed: there is no such file."))
        }
        std::io::ErrorKind::PermissionDenied => Error::new(
            ErrorCode::File,
            say!("{doing} `{path}` failed: the system does not permit it."),
        ),
        _ => {
            let failed = Error::new(ErrorCode::File, say!("{doing} `{path}` failed: {error}."));
            match exhausted(error) {
                Some(help) => failed.help(help),
                None => failed,
            }
        }
    }
}

/// The advice for a system without free files, processes or memory. `None` for other failures.
pub(crate) fn exhausted(error: &std::io::Error) -> Option<Sentence> {
    match error.raw_os_error()? {
        libc::EMFILE => Some(say!(
            "Watshop has as many files open as the system permits it. Close tabs and windows, or raise the limit \
             (`ulimit -n`) and start Watshop again."
        )),
        libc::ENFILE => Some(say!("The system cannot open more files. Close other programs.")),
        libc::EAGAIN => Some(say!(
            "The system starts no more processes for you. End some, or raise the limit (`ulimit -u`)."
        )),
        libc::ENOMEM => Some(say!(
            "The system has no more memory. Close other programs, or tabs that have run."
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_about_a_file_says_what_was_being_done_to_which() {
        let missing = std::io::Error::from(std::io::ErrorKind::NotFound);
        let error = file_error(say!("Reading"), Path::new("/a/b.wat"), &missing);
        assert_eq!(error.code, ErrorCode::File);
        assert_eq!(error.message, "Reading `/a/b.wat` failed: there is no such file.");
        let full = std::io::Error::from_raw_os_error(libc::ENOSPC);
        assert_eq!(file_error(say!("Writing"), Path::new("x"), &full).code, ErrorCode::DiskFull);
        let many = std::io::Error::from_raw_os_error(libc::EMFILE);
        assert!(
            file_error(say!("Reading"), Path::new("x"), &many).help.unwrap().contains("ulimit -n")
        );
    }
}
