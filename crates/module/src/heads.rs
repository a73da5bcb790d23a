use wasmparser::{ImportSectionReader, Parser, Payload, TypeRef};

/// The index of the first function that the module defines itself, and the byte offset of each
/// body, in order. If the binary is damaged, the list ends there.
pub fn heads(binary: &[u8]) -> (u32, Vec<u32>) {
    let mut imported = 0;
    let mut offsets = Vec::new();
    for payload in Parser::new(0).parse_all(binary).map_while(Result::ok) {
        match payload {
            Payload::ImportSection(section) => {
                imported += imported_functions(section);
            }
            Payload::CodeSectionEntry(body) => {
                offsets.extend(u32::try_from(body.range().start));
            }
            _ => {}
        }
    }
    (imported, offsets)
}

/// The number of functions in an import section.
pub(crate) fn imported_functions(section: ImportSectionReader<'_>) -> u32 {
    let functions = section.into_imports().map_while(Result::ok).filter(is_function);
    u32::try_from(functions.count()).unwrap_or(u32::MAX)
}

fn is_function(import: &wasmparser::Import<'_>) -> bool {
    matches!(import.ty, TypeRef::Func(_) | TypeRef::FuncExact(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lines, parse};

    #[test]
    fn the_head_of_a_function_is_the_line_it_begins_on() {
        let text = "(module\n  (import \"m\" \"f\" (func))\n  (func nop)\n  (func (param i32)\n    unreachable))";
        let (imported, offsets) = heads(&parse(text).unwrap());
        assert_eq!(imported, 1);
        let lines = Lines::of_text(text);
        let found: Vec<_> =
            offsets.iter().map(|at| lines.place(*at).and_then(|place| place.line)).collect();
        assert_eq!(found, [Some(3), Some(4)]);
    }
}
