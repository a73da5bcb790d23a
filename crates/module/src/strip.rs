use wasmparser::{Parser, Payload};
use watshop_protocol::page::Result;

use crate::expected;

/// A binary without its custom sections, such as names, debug information and producers.
///
/// # Errors
///
/// `not_a_module`, `empty_file`, or `invalid_module` if the binary cannot be divided into sections.
pub fn strip(binary: &[u8]) -> Result<Vec<u8>> {
    expected::expect_wasm(binary)?;
    // The parser has checked that a range lies within the binary, whose length is a `usize`.
    let piece = |range: std::ops::Range<u64>| &binary[range.start as usize..range.end as usize];
    let mut stripped = Vec::with_capacity(binary.len());
    for payload in Parser::new(0).parse_all(binary) {
        let payload = payload.map_err(|error| crate::validate::unreadable_error(&error))?;
        if let Payload::Version { range, .. } = &payload {
            stripped.extend_from_slice(piece(range.clone()));
        } else if let Some((id, range)) = payload.as_section()
            && id != CUSTOM
        {
            stripped.push(id);
            let content = piece(range);
            write_u32(&mut stripped, content.len());
            stripped.extend_from_slice(content);
        }
    }
    Ok(stripped)
}

/// The id of custom sections (specification 5.5.2).
const CUSTOM: u8 = 0;

/// Writes a number below 2^32 as unsigned LEB128 (specification 5.2.2).
pub(crate) fn write_u32(to: &mut Vec<u8>, mut number: usize) {
    loop {
        let low = (number & 0x7f) as u8;
        number >>= 7;
        if number == 0 {
            return to.push(low);
        }
        to.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{parse, print, validate};
    use watshop_protocol::page::Proposals;

    #[test]
    fn names_go_and_the_code_stays() {
        let body = "(nop)".repeat(300);
        let text = format!(
            r#"(module $m (memory 1) (data (i32.const 0) "x") (func $f (export "f") (param $n i32) {body}))"#
        );
        let binary = parse(&text).unwrap();
        let stripped = strip(&binary).unwrap();
        validate(&stripped, &Proposals::default()).unwrap();
        assert!(stripped.len() < binary.len());
        let text = print(&stripped).unwrap();
        assert!(!text.contains("$f") && text.contains("(export \"f\""), "{text}");
        assert_eq!(strip(&stripped).unwrap(), stripped);
    }

    #[test]
    fn what_is_no_module_is_an_error() {
        assert!(strip(b"").is_err());
        assert!(strip(b"\0asm\x01\0\0\0\x01\xff").is_err());
    }
}
