//! The messages of a compiler's panics.

use std::any::Any;
use std::panic;
use std::sync::{Mutex, PoisonError};

/// The first panic since [`forget`]. If several threads panic, the first one has the reason.
static FIRST: Mutex<Option<String>> = Mutex::new(None);

/// Keeps the message and the place of a panic, and logs them as one line. The place tells one
/// `unreachable!()` from another, and only a hook gets it.
pub(crate) fn listen() {
    panic::set_hook(Box::new(|info| {
        let words = words(info.payload()).unwrap_or("a panic without a message");
        let place = info
            .location()
            .map_or(String::new(), |at| format!(" ({}:{})", from_crate(at.file()), at.line()));
        let thread = std::thread::current();
        tracing::error!(thread = thread.name().unwrap_or("?"), "panic: {words}{place}");
        kept().get_or_insert_with(|| format!("{words}{place}"));
    }));
}

/// Forgets the last panic. Every compilation begins with it.
pub(crate) fn forget() {
    *kept() = None;
}

/// The message of a caught panic, with its place if that is known.
pub(crate) fn take(payload: &(dyn Any + Send)) -> String {
    let first = kept().take();
    first
        .or_else(|| words(payload).map(str::to_owned))
        .unwrap_or_else(|| "a panic without a message".to_owned())
}

fn kept() -> std::sync::MutexGuard<'static, Option<String>> {
    FIRST.lock().unwrap_or_else(PoisonError::into_inner)
}

fn words(payload: &(dyn Any + Send)) -> Option<&str> {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
}

/// A source path from the name of its crate on. The rest names folders of the machine that built
/// the crate.
fn from_crate(path: &str) -> &str {
    path.split_once("/registry/src/")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or(path, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_starts_at_its_crate() {
        let path = "/home/a/.cargo/registry/src/index.crates.io-1949/cranelift-codegen-0.135.0/src/isa/mod.rs";
        assert_eq!(from_crate(path), "cranelift-codegen-0.135.0/src/isa/mod.rs");
        assert_eq!(from_crate("src/main.rs"), "src/main.rs");
    }

    #[test]
    fn a_panic_is_told_in_its_own_words() {
        let caught = |f: fn()| panic::catch_unwind(f).unwrap_err();
        assert_eq!(words(&*caught(|| panic!("plain"))), Some("plain"));
        assert_eq!(words(&*caught(|| panic!("made {}", 1))), Some("made 1"));
    }
}
