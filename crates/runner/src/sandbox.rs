//! What the system takes away from this process before any code of others runs in it.
//!
//! A sealed artifact is machine code. What it may do is not for its compiler to promise: this
//! process gives up, for good and for all of its threads, what a guest never needs. A layer that
//! the system lacks is told by name and is no error; the others stand without it.
//!
//! | layer | takes away |
//! | --- | --- |
//! | `process_group` | being meant by what is sent to the group of whoever started it |
//! | `death_signal` | outliving whoever started it |
//! | `no_core_dumps` | leaving its memory on the disk where it crashes |
//! | `resource_limits` | opening files without end |
//! | `no_new_privs` | getting more rights by starting a program |
//! | `landlock_files` | every file but those of the [`Plan`], which it can only read |
//! | `landlock_network` | TCP |
//! | `landlock_signals` | signals to others, and abstract sockets of others |
//! | `seccomp` | every system call that is not in the list: programs, processes, sockets, tracing, mounts |
//!
//! What is left: it can ask which files there are and how large they are, use the processor and
//! memory, and write to the standard streams it was given.

use std::path::PathBuf;

use watshop_protocol::page::Layer;

#[cfg(target_os = "linux")]
mod calls;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod process;

/// What this process still needs.
#[derive(Debug, Default, PartialEq)]
pub struct Plan {
    /// Files, or folders with all that is in them, that it may read.
    pub readable: Vec<PathBuf>,
    /// Whether it takes a process group of its own. Not in a terminal, where Ctrl-C is for the
    /// group.
    pub own_group: bool,
    /// Whether it is killed when the thread that started it ends. Only who starts processes from a
    /// thread that lives as long as its own process can want that.
    pub dies_with_parent: bool,
}

/// Enters the sandbox; there is no way out of it. Other threads that run already stay outside, so
/// there must be none.
#[cfg(target_os = "linux")]
pub fn enter(plan: &Plan) -> Vec<Layer> {
    let mut layers = process::enter(plan);
    layers.extend(files::enter(plan));
    // Last: the filter would refuse the calls that make the others.
    layers.push(Layer::new("seccomp", calls::enter()));
    layers
}

/// No system but Linux has layers here yet.
#[cfg(not(target_os = "linux"))]
pub fn enter(_: &Plan) -> Vec<Layer> {
    vec![Layer::new("sandbox", Err("there is none for this system yet".to_owned()))]
}
