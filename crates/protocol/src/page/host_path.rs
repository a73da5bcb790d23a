use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The name of a file of the machine that the workbench runs on. Only the window and the terminal,
/// whose person chose the file in a dialog or typed its name, may send one: a method with a
/// parameter of this type is refused to a page in a browser.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct HostPath(pub String);

impl AsRef<Path> for HostPath {
    fn as_ref(&self) -> &Path {
        Path::new(&self.0)
    }
}

impl From<&str> for HostPath {
    fn from(path: &str) -> Self {
        Self(path.to_owned())
    }
}

impl From<String> for HostPath {
    fn from(path: String) -> Self {
        Self(path)
    }
}

/// The type of a method's parameter. It says if it names a file of the host, so no type can forget
/// to.
pub trait Parameter {
    /// True if the parameter names a file of the host.
    const NAMES_HOST_FILE: bool;
}

impl Parameter for HostPath {
    const NAMES_HOST_FILE: bool = true;
}

impl<T: Parameter> Parameter for Option<T> {
    const NAMES_HOST_FILE: bool = T::NAMES_HOST_FILE;
}

impl<T: Parameter> Parameter for Vec<T> {
    const NAMES_HOST_FILE: bool = T::NAMES_HOST_FILE;
}
