//! What this runner refuses: the settings that it could not keep, the modules that it cannot run,
//! and the functions of WASIX that would lead out of its sandbox or its one thread.

use watshop_protocol::{Sentence, say};

use wasmer::Module;
use watshop_protocol::page::{Error, ErrorCode, Result, WasiClock, WasiRandom, WasiSettings};

/// Checks that a program can be what its settings and its module say.
///
/// # Errors
///
/// `instantiation` with the first thing that it cannot be.
pub fn check(module: &Module, settings: &WasiSettings) -> Result<()> {
    let refuse = |what: Sentence| {
        Err(Error::new(ErrorCode::Instantiation, what)
            .help(say!("Take it back for this module, which imports WASIX.")))
    };
    if settings.clock != WasiClock::Real {
        return refuse(say!("WASIX has the clocks of this machine, and they cannot be frozen."));
    }
    if settings.random != WasiRandom::Real {
        return refuse(say!("The random bytes of WASIX cannot begin with a seed."));
    }
    if !settings.rules.is_empty() {
        return refuse(say!("The rules for calls of WASI do not hold for WASIX."));
    }
    if settings.trace {
        return refuse(say!("The calls of WASIX cannot be traced."));
    }
    // The custom section by which the tool conventions mark a library.
    if module.custom_sections("dylink.0").next().is_some() {
        let why = say!(
            "This module is made to be linked while it runs (`dylink.0`), and this runner links none."
        );
        return Err(Error::new(ErrorCode::Instantiation, why)
            .help(say!("Link it whole: without `-shared` and `-fPIC`.")));
    }
    Ok(())
}

/// Returns true if a program that calls this function gets `NOTSUP`: the function would start a
/// thread or a process, use the network, or exchange the guest's stack. The last are made for a
/// host that calls the guest by itself, and here each function is called by another one
/// (`calls.rs`).
pub fn is_refused(function: &str) -> bool {
    const BEGINNINGS: [&str; 9] = [
        "sock_",
        "port_",
        "proc_exec",
        "proc_fork",
        "proc_spawn",
        "thread_spawn",
        "dl",
        "stack_",
        "context_",
    ];
    const NAMES: [&str; 3] = ["resolve", "fd_pipe", "proc_snapshot"];
    BEGINNINGS.iter().any(|beginning| function.starts_with(beginning)) || NAMES.contains(&function)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_processes_and_the_network_are_refused_and_files_are_not() {
        for function in ["sock_open", "thread_spawn_v2", "proc_fork", "proc_exec3", "resolve"] {
            assert!(is_refused(function), "{function}");
        }
        for function in ["fd_write", "path_open2", "thread_sleep", "proc_exit2", "thread_id"] {
            assert!(!is_refused(function), "{function}");
        }
    }
}
