//! Grows a memory by request.

use watshop_protocol::page::{Error, ErrorCode, Result};
use watshop_protocol::say;

use crate::guest_instance::GuestInstance;

/// Adds pages to an exported or imported memory, and gives its new number of pages. Only the
/// guest's thread calls it, between two jobs.
///
/// # Errors
///
/// `unknown_export`. `memory_limit` if the limit or the system does not permit the new size.
pub fn grow(live: &mut GuestInstance, name: &str, by: u32) -> Result<u64> {
    let exported = live.instance.exports.get_memory(name).ok().cloned();
    let imported =
        || live.imported.iter().find(|(known, _)| known == name).map(|(_, memory)| memory.clone());
    let memory = exported.or_else(imported).ok_or_else(|| {
        Error::new(
            ErrorCode::UnknownExport,
            say!("The instance exports and imports no memory `{name}`."),
        )
    })?;
    match memory.grow(&mut live.store, by) {
        Ok(before) => Ok(u64::from(before.0) + u64::from(by)),
        Err(why) => {
            let ty = memory.ty(&live.store);
            let now = memory.view(&live.store).size().0;
            let most = ty
                .maximum
                .map_or(String::new(), |most| format!(" and may have {} at most", most.0));
            let message = say!(
                "The memory `{name}` has {now} pages{most}, so it cannot grow by {by}: {why}."
            );
            Err(Error::new(ErrorCode::MemoryLimit, message)
                .help(say!("The maximum is the module's own or the limit, whichever is smaller.")))
        }
    }
}
