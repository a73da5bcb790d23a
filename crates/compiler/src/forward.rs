//! Functions that only call an imported one, for Singlepass.
//!
//! The code of Singlepass calls imported functions as host functions are called. It calls functions
//! of a table in another way, which differs as soon as a parameter is a float. A function of the
//! module itself that calls the import works in both ways. So it takes the place of the import in
//! the module's tables, exports and references.

use std::collections::HashMap;

use wasmer_compiler::FunctionBodyData;
use wasmer_types::entity::PrimaryMap;
use wasmer_types::{ExportIndex, FunctionIndex, GlobalInit, LocalFunctionIndex, ModuleInfo, Type};

use crate::segments::unsigned;

/// The bodies of the functions that can be added, by the import that each calls.
pub(crate) struct Forwarders {
    bodies: Vec<(u32, Vec<u8>)>,
    /// The module offset of the bodies, behind the whole module.
    offset: u64,
}

impl Forwarders {
    /// The bodies for the imported functions that have a float among their parameters. `length` is
    /// the module's, in bytes.
    pub(crate) fn of(info: &ModuleInfo, length: usize) -> Self {
        let imported = info.functions.iter().take(info.num_imported_functions);
        let bodies = imported.filter_map(|(index, kind)| {
            let params = info.signatures.get(*kind)?.params();
            let differs =
                params.iter().any(|kind| matches!(kind, Type::F32 | Type::F64 | Type::V128));
            differs.then(|| (index.as_u32(), body(index.as_u32(), params.len() as u32)))
        });
        Self { bodies: bodies.collect(), offset: length as u64 }
    }
}

/// Adds the functions to a module and refers to them. Gives the index of each beside that of its
/// import.
pub(crate) fn apply<'a>(
    info: &mut ModuleInfo,
    bodies: &mut PrimaryMap<LocalFunctionIndex, FunctionBodyData<'a>>,
    forwarders: &'a Forwarders,
) -> Vec<(u32, FunctionIndex)> {
    let mut added = Vec::new();
    for (import, data) in &forwarders.bodies {
        let Some(kind) = info.functions.get(FunctionIndex::from_u32(*import)).copied() else {
            continue;
        };
        added.push((*import, info.functions.push(kind)));
        bodies.push(FunctionBodyData { data, module_offset: forwarders.offset });
    }
    let instead: HashMap<_, _> = added.iter().copied().collect();
    refer(info, |index| instead.get(&index.as_u32()).copied().unwrap_or(index));
    added
}

/// Puts the added functions in the place of imported ones, in element segments, exports and
/// globals.
fn refer(info: &mut ModuleInfo, instead: impl Fn(FunctionIndex) -> FunctionIndex) {
    let segments = info.table_initializers.iter_mut().map(|segment| &mut segment.elements);
    for element in
        segments.chain(info.passive_elements.values_mut()).flat_map(|elements| elements.iter_mut())
    {
        *element = instead(*element);
    }
    for export in info.exports.values_mut() {
        if let ExportIndex::Function(index) = export {
            *index = instead(*index);
        }
    }
    for global in info.global_initializers.values_mut() {
        if let GlobalInit::RefFunc(index) = global {
            *index = instead(*index);
        }
    }
}

/// The body: `local.get` of each parameter, and `call`.
fn body(import: u32, params: u32) -> Vec<u8> {
    const LOCAL_GET: u8 = 0x20;
    const CALL: u8 = 0x10;
    const END: u8 = 0x0b;
    // The function has no locals except its parameters.
    let mut body = vec![0];
    for param in 0..params {
        body.push(LOCAL_GET);
        unsigned(&mut body, param);
    }
    body.push(CALL);
    unsigned(&mut body, import);
    body.push(END);
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_hands_all_parameters_to_the_import() {
        assert_eq!(body(300, 2), [0, 0x20, 0, 0x20, 1, 0x10, 0xac, 0x02, 0x0b]);
    }
}
