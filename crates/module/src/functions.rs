//! The list of a module's functions, for a binary whose text is too large to be shown.

use std::collections::HashMap;

use wasmparser::{ExternalKind, KnownCustom, Name, Parser, Payload};
use watshop_protocol::bounds::{MOST_LIST_BYTES, MOST_ROWS};
use watshop_protocol::page::{FunctionList, FunctionRow};
use watshop_protocol::shown::shown;

use crate::heads::imported_functions;

/// The functions with these letters in their name or their index, in the module's order, without the
/// first `from` of them. If the binary is damaged, the list ends there.
pub fn functions(binary: &[u8], wanted: &str, from: u32) -> FunctionList {
    let (names, bodies) = read(binary);
    let wanted = wanted.to_lowercase();
    let fits = |row: &FunctionRow| {
        let name = row.name.as_deref().unwrap_or_default();
        name.to_lowercase().contains(&wanted) || row.index.to_string() == wanted
    };
    let (mut found, mut bytes, mut functions) = (0, 0, Vec::new());
    for (index, size) in bodies {
        let row = FunctionRow { index, name: names.of(index), size };
        if !wanted.is_empty() && !fits(&row) {
            continue;
        }
        let room = functions.len() < MOST_ROWS as usize && bytes < MOST_LIST_BYTES as usize;
        if found >= from && room {
            let row = FunctionRow { name: row.name.as_deref().map(shown), ..row };
            bytes += row.name.as_ref().map_or(0, String::len);
            functions.push(row);
        }
        found += 1;
    }
    FunctionList { functions, found }
}

/// The names of functions: those of the name section, and those of exports.
#[derive(Default)]
struct FunctionNames<'a> {
    own: HashMap<u32, &'a str>,
    exported: HashMap<u32, &'a str>,
}

impl FunctionNames<'_> {
    /// The name of its own, or that of an export in quotes.
    fn of(&self, index: u32) -> Option<String> {
        let exported = || Some(format!("\"{}\"", self.exported.get(&index)?));
        self.own.get(&index).map(|name| (*name).to_owned()).or_else(exported)
    }
}

/// The names, and the index and the size in bytes of each body.
fn read(binary: &[u8]) -> (FunctionNames<'_>, Vec<(u32, u32)>) {
    let mut names = FunctionNames::default();
    let (mut index, mut bodies) = (0_u32, Vec::new());
    for payload in Parser::new(0).parse_all(binary).map_while(Result::ok) {
        match payload {
            Payload::ImportSection(section) => index += imported_functions(section),
            Payload::ExportSection(section) => {
                for export in section.into_iter().map_while(Result::ok) {
                    if export.kind == ExternalKind::Func {
                        names.exported.entry(export.index).or_insert(export.name);
                    }
                }
            }
            Payload::CodeSectionEntry(body) => {
                let range = body.range();
                bodies.push((index, u32::try_from(range.end - range.start).unwrap_or(u32::MAX)));
                index += 1;
            }
            Payload::CustomSection(custom) => {
                let KnownCustom::Name(section) = custom.as_known() else { continue };
                for subsection in section.into_iter().map_while(Result::ok) {
                    if let Name::Function(map) = subsection {
                        let named = map.into_iter().map_while(Result::ok);
                        names.own.extend(named.map(|naming| (naming.index, naming.name)));
                    }
                }
            }
            _ => {}
        }
    }
    (names, bodies)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    const TEXT: &str = r#"(module (import "m" "log" (func))
      (func $add (export "sum") (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
      (func (export "Twice"))
      (func))"#;

    fn names(list: &FunctionList) -> Vec<(u32, Option<&str>)> {
        list.functions.iter().map(|row| (row.index, row.name.as_deref())).collect()
    }

    #[test]
    fn functions_have_their_index_their_size_and_a_name_of_their_own_or_of_an_export() {
        let binary = parse(TEXT).unwrap();
        let list = functions(&binary, "", 0);
        assert_eq!(names(&list), [(1, Some("add")), (2, Some("\"Twice\"")), (3, None)]);
        assert_eq!(list.found, 3);
        assert_eq!(list.functions.iter().map(|row| row.size).collect::<Vec<_>>(), [7, 2, 2]);
    }

    #[test]
    fn they_are_searched_by_name_and_index_and_read_from_a_place_on() {
        let binary = parse(TEXT).unwrap();
        assert_eq!(names(&functions(&binary, "twi", 0)), [(2, Some("\"Twice\""))]);
        assert_eq!(names(&functions(&binary, "3", 0)), [(3, None)]);
        let rest = functions(&binary, "", 2);
        assert_eq!((names(&rest), rest.found), (vec![(3, None)], 3));
        assert_eq!(functions(&binary, "", 9).functions, []);
    }

    #[test]
    fn a_list_has_a_thousand_rows_and_says_how_many_there_are() {
        let binary = parse(&format!("(module {})", "(func)".repeat(2500))).unwrap();
        let list = functions(&binary, "", 2000);
        assert_eq!((list.functions.len(), list.found), (500, 2500));
        assert_eq!(functions(&binary, "", 0).functions.len(), 1000);
        assert_eq!(functions(&binary[..binary.len() - 1], "", 0).found, 2499, "damaged");
    }
}
