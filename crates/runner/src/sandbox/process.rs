//! The layers of the process itself: its group, its end, its core dumps, its limits.
//!
//! There is no limit of processes (`RLIMIT_NPROC`). The system counts all threads of a user against
//! it, so a figure that would stop a guest could also refuse us the threads that we need. seccomp
//! refuses processes.

use std::io;
use watshop_protocol::say;

use rustix::process::{
    Resource, Rlimit, Signal, getpgrp, getpid, getrlimit, set_parent_process_death_signal, setpgid,
    setrlimit,
};
use rustix::thread::set_no_new_privs;
use watshop_protocol::page::Layer;

use super::SandboxPlan;
use crate::machine_memory;

/// The most open descriptors: the three standard streams, the two of the protocol, the artifact,
/// and some to spare.
const DESCRIPTORS: u64 = 64;

/// Descriptors of a WASI program that has folders: as many as `watshop-wasi` lets it have.
const OF_A_PROGRAM: u64 = 1024;

/// Enters these layers.
pub fn enter(plan: &SandboxPlan) -> Vec<Layer> {
    let asked = |wanted, enter: fn() -> io::Result<()>| match wanted {
        true => enter().map_err(|error| say!("{error}")),
        false => Err(say!("it was not requested")),
    };
    vec![
        Layer::new("process_group", asked(plan.own_group, own_group)),
        Layer::new("death_signal", asked(plan.dies_with_parent, die_with_parent)),
        Layer::new("no_core_dumps", asked(true, dump_no_core)),
        Layer::new("resource_limits", limit(plan).map_err(|error| say!("{error}"))),
        Layer::new("no_new_privs", asked(true, gain_no_privileges)),
    ]
}

fn own_group() -> io::Result<()> {
    // The leader of a session may not ask for a group, but it has one.
    if getpgrp() == getpid() { Ok(()) } else { Ok(setpgid(None, None)?) }
}

/// The system sends the signal at the end of the *thread* that started this process, not of its
/// process. A parent that has already gone has closed our input, which ends us too.
fn die_with_parent() -> io::Result<()> {
    Ok(set_parent_process_death_signal(Some(Signal::KILL))?)
}

/// One byte is less than any core has, so there is no file. It is also the figure for which the
/// system (`fs/coredump.c`) does not start the program that `core_pattern` may name. It would for
/// 0.
fn dump_no_core() -> io::Result<()> {
    Ok(setrlimit(Resource::Core, only(1))?)
}

fn limit(plan: &SandboxPlan) -> io::Result<()> {
    let program = if plan.folders.is_empty() { 0 } else { OF_A_PROGRAM };
    let most = getrlimit(Resource::Nofile).maximum.unwrap_or(u64::MAX);
    setrlimit(Resource::Nofile, only(most.min(DESCRIPTORS + program)))?;
    Ok(setrlimit(Resource::Data, only(most_data(machine_memory::bytes())))?)
}

/// The most bytes of the whole process: those of the machine, and room for one memory of 4 GiB on a
/// small machine. The limit of the tab for all memories and tables is less.
fn most_data(machine: u64) -> u64 {
    const LEAST: u64 = 6 << 30;
    machine.max(LEAST)
}

fn only(most: u64) -> Rlimit {
    Rlimit { current: Some(most), maximum: Some(most) }
}

fn gain_no_privileges() -> io::Result<()> {
    Ok(set_no_new_privs(true)?)
}
