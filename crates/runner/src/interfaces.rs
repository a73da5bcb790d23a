//! Finds the system interface that a module asks for: that of the executable, or else WASI.

use std::sync::{Arc, Mutex};
use watshop_protocol::{Sentence, say};

use wasmer::{Module, Store};
use watshop_protocol::page::{Error, ErrorCode, Result, WasiSettings};
use watshop_wasi::host::HostFolder;

use crate::limits::Definitions;
use crate::outbox::Outbox;
use crate::stop::Stop;
use crate::system::{ProgramPlan, SystemProgram};
use crate::wasi::{self, Given, Wasi};

/// The program that a module is by its imports; `None` if it imports nothing of a system.
///
/// # Errors
///
/// `wasix_unavailable` if it needs WASIX and this executable has none, and the errors of a program.
pub fn of(
    module: &Module,
    store: &mut Store,
    told: (&WasiSettings, &Given),
    stop: &Arc<Stop>,
    outbox: &Arc<Outbox>,
    definitions: &Arc<Mutex<Definitions>>,
) -> Result<Option<Box<dyn SystemProgram>>> {
    let (settings, given) = told;
    let asks = |has: &dyn Fn(&str) -> bool| {
        module.info().imports.keys().map(|key| key.module.as_str()).find(|&asked| has(asked))
    };
    let other = given.interface.filter(|other| asks(&|asked| other.has(asked)).is_some());
    if let Some(other) = other {
        let streams = wasi::standard(given, &settings.input, outbox, stop).map_err(no_pipe)?;
        let plan = ProgramPlan { settings, folders: folders(given)?, streams, stop };
        return other.program(module, store, plan).map(Some);
    }
    if let Some(asked) = asks(&watshop_protocol::wasi::is_wasix) {
        return Err(watshop_protocol::wasi::wasix_error(asked));
    }
    let wasi = Wasi::of(module, told, stop, outbox, definitions)?;
    Ok(wasi.map(|wasi| Box::new(wasi) as Box<dyn SystemProgram>))
}

/// The folders as a program uses them.
fn folders(given: &Given) -> Result<Vec<(String, HostFolder)>> {
    let open = |folder: &crate::folders::Folder| {
        let host = folder.host().map_err(|errno| wasi::folder_error(folder.guest(), errno))?;
        Ok((folder.guest().to_owned(), host))
    };
    given.folders.iter().map(open).collect()
}

fn no_pipe(why: std::io::Error) -> Error {
    let why: Sentence = say!("The system gives no pipe for the program's input: {why}.");
    Error::new(ErrorCode::Instantiation, why)
}
