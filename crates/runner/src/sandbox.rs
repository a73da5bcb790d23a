//! The sandbox: rights that this process gives up before untrusted code runs in it.
//!
//! A sealed artifact is machine code, and its compiler cannot promise that it is harmless. So this
//! process gives up, for good and for all of its threads, the rights that a guest never needs. A
//! layer that the system lacks is reported by name, and is not an error. The others work without
//! it.
//!
//! | layer | takes away |
//! | --- | --- |
//! | `process_group` | signals that are sent to the group of its parent |
//! | `death_signal` | a life longer than that of its parent |
//! | `no_core_dumps` | a copy of its memory on the disk after a crash |
//! | `resource_limits` | open files without end, and more than a share of the machine's memory |
//! | `no_new_privs` | more rights by starting a program |
//! | `landlock_files` | every file except those of the [`SandboxPlan`], which it can only read |
//! | `landlock_network` | TCP |
//! | `landlock_signals` | signals to other processes, and their abstract sockets |
//! | `seccomp` | every system call that is not in the list: programs, processes, sockets, tracing, mounts |
//!
//! A WASI program with folders can also read those of its [`SandboxPlan`], and write or change the
//! things in them as far as the plan says.
//!
//! The process can still ask which files there are and how large they are, use the processor and
//! memory, and write to its standard streams.

use std::path::PathBuf;

use watshop_protocol::page::Layer;

use watshop_protocol::process::streams::StreamKind;

use crate::folders::Wanted;

mod calls;
mod files;
mod process;

/// The rights that this process still needs.
#[derive(Debug, Default, PartialEq)]
pub struct SandboxPlan {
    /// The files, or folders with their contents, that it may read.
    pub readable: Vec<PathBuf>,
    /// The folders of a WASI program.
    pub folders: Vec<Wanted>,
    /// The kinds of the program's streams, if they are those of a shell.
    pub streams: Option<[StreamKind; 3]>,
    /// True if it takes a process group of its own. False in a terminal, whose Ctrl-C is for the
    /// group.
    pub own_group: bool,
    /// True if it is killed when the thread that started it ends. That suits only a parent that
    /// starts processes from a thread as long-lived as itself.
    pub dies_with_parent: bool,
}

/// Enters the sandbox for good. Threads that run already would stay outside, so there must be none.
pub fn enter(plan: &SandboxPlan) -> Vec<Layer> {
    let mut layers = process::enter(plan);
    layers.extend(files::enter(plan));
    // The filter comes last, because it would refuse the calls that make the other layers.
    layers.push(Layer::new("seccomp", calls::enter(plan)));
    layers
}
