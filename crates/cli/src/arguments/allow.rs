//! The folders that `watshop serve` allows to pages.

use std::fs;

use clap::Args;
use watshop_protocol::page::FolderAccess;
use watshop_workbench::AllowedHostFolder;

/// The folders of this machine that a page in a browser may give to WASI programs.
#[derive(Debug, Args)]
pub(crate) struct AllowedArguments {
    /// A folder that a page may give to WASI programs, which it chooses by NAME; may be repeated
    #[arg(long = "allow-dir", value_name = "NAME=HOST", value_parser = all_of)]
    all: Vec<AllowedHostFolder>,
    /// The same, and nothing in it can be changed
    #[arg(long = "allow-dir-read-only", value_name = "NAME=HOST", value_parser = read_only)]
    read_only: Vec<AllowedHostFolder>,
}

impl AllowedArguments {
    /// All of them.
    ///
    /// # Errors
    ///
    /// Two have the same name.
    pub(crate) fn folders(&self) -> anyhow::Result<Vec<AllowedHostFolder>> {
        let folders = [&self.all[..], &self.read_only].concat();
        for (at, folder) in folders.iter().enumerate() {
            let name = &folder.name;
            let twice = folders[..at].iter().any(|one| one.name == *name);
            anyhow::ensure!(!twice, "two folders are allowed by the name `{name}`");
        }
        Ok(folders)
    }
}

fn all_of(text: &str) -> Result<AllowedHostFolder, String> {
    folder(text, FolderAccess::Create)
}

fn read_only(text: &str) -> Result<AllowedHostFolder, String> {
    folder(text, FolderAccess::Read)
}

/// A folder by its full path, so that a link to it which is changed later leads to no other.
fn folder(text: &str, access: FolderAccess) -> Result<AllowedHostFolder, String> {
    let (name, host) = text.split_once('=').unwrap_or_default();
    if name.is_empty() || host.is_empty() {
        return Err("write NAME=HOST, such as data=/home/me/data".into());
    }
    match fs::canonicalize(host) {
        Ok(host) if host.is_dir() => Ok(AllowedHostFolder { name: name.to_owned(), host, access }),
        Ok(_) => Err(format!("`{host}` is not a folder")),
        Err(why) => Err(format!("`{host}` cannot be opened: {why}")),
    }
}
