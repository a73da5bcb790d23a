//! Finds out whether a module needs WASIX, by its imports alone. The runner of a Run depends on it,
//! so this reads no further than that.

use wasmparser::{Parser, Payload};
use watshop_protocol::wasi::is_wasix;

/// Returns true if a module imports from a namespace of WASIX. A module that cannot be read does
/// not.
pub fn needs_wasix(binary: &[u8]) -> bool {
    for payload in Parser::new(0).parse_all(binary) {
        match payload {
            Ok(Payload::ImportSection(section)) => {
                return section
                    .into_imports()
                    .any(|import| import.is_ok_and(|import| is_wasix(import.module)));
            }
            // It stands before everything that is long.
            Ok(Payload::Version { .. } | Payload::TypeSection(_) | Payload::CustomSection(_)) => {}
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_needs_wasix_if_one_of_its_imports_is_of_it() {
        let needs = |text: &str| needs_wasix(&crate::parse(text).unwrap());
        assert!(needs(r#"(module (import "env" "f" (func)) (import "wasix_64v1" "g" (func)))"#));
        assert!(!needs(r#"(module (import "wasi_snapshot_preview1" "wasix_32v1" (func)))"#));
        assert!(!needs("(module (memory 1))"));
        assert!(!needs_wasix(b"wasix_32v1"));
    }
}
