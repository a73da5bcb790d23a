use wasmparser::{Parser, Payload};

/// The byte offset of the first memory that a module defines itself.
pub fn first_memory(binary: &[u8]) -> Option<u32> {
    Parser::new(0).parse_all(binary).map_while(Result::ok).find_map(|payload| match payload {
        Payload::MemorySection(section) => {
            let (offset, _) = section.into_iter_with_offsets().next()?.ok()?;
            u32::try_from(offset).ok()
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lines, parse};

    #[test]
    fn a_memory_is_on_the_line_that_declares_it() {
        let text = "(module\n  (func)\n  (memory $m 1)\n  (memory 2))";
        let offset = first_memory(&parse(text).unwrap()).unwrap();
        assert_eq!(Lines::of_text(text).place(offset).and_then(|place| place.line), Some(3));
        assert_eq!(first_memory(&parse("(module (import \"m\" \"m\" (memory 1)))").unwrap()), None);
    }
}
