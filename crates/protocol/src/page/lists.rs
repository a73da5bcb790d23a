//! Lists of imports and exports in parts. A type that many rows have stands once.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Export, ExportState, ExternType, Import, Value};
use crate::bounds::{MOST_LIST_BYTES, MOST_ROWS};

/// A part of the exports of a module or an instance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportList {
    /// The number of all exports that were asked for. This part may have fewer.
    pub count: u32,
    /// The types of these exports, each once.
    pub types: Vec<ExternType>,
    /// The exports, in the module's order.
    pub exports: Vec<ExportRow>,
}

/// An export in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportRow {
    /// The name.
    pub name: String,
    /// The place of its type in the list's types.
    #[serde(rename = "type")]
    pub kind: u32,
    /// The value of a global of an instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub value: Option<Value>,
    /// The pages of a memory of an instance, or the elements of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional, type = "number")]
    pub size: Option<u64>,
}

/// A part of the imports of a module.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportList {
    /// The number of all imports. This part may have fewer.
    pub count: u32,
    /// The types of these imports, each once.
    pub types: Vec<ExternType>,
    /// The imports, in the module's order.
    pub imports: Vec<ImportName>,
}

/// An import in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportName {
    /// The namespace.
    pub module: String,
    /// The name in the namespace.
    pub name: String,
    /// The place of its type in the list's types.
    #[serde(rename = "type")]
    pub kind: u32,
}

/// A part of a list that is being made: its types, and the bytes of its rows.
#[derive(Debug, Default)]
pub struct ListPart {
    places: HashMap<ExternType, u32>,
    types: Vec<ExternType>,
    rows: usize,
    bytes: usize,
}

impl ListPart {
    /// The place of a type. It is added if it is new.
    pub fn place(&mut self, kind: &ExternType) -> u32 {
        if let Some(place) = self.places.get(kind) {
            return *place;
        }
        let place = u32::try_from(self.types.len()).unwrap_or(u32::MAX);
        self.places.insert(kind.clone(), place);
        self.types.push(kind.clone());
        self.bytes += 32 + 10 * kind.listed();
        place
    }

    /// Returns true if there is room for another row, and counts it with the bytes of its names. The
    /// first row has room, however long it is.
    pub fn take(&mut self, letters: usize) -> bool {
        let room = self.rows == 0
            || (self.rows < MOST_ROWS as usize && self.bytes < MOST_LIST_BYTES as usize);
        self.rows += 1;
        self.bytes += 32 + letters;
        room
    }

    /// The types, each once.
    pub fn into_types(self) -> Vec<ExternType> {
        self.types
    }
}

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}

impl ExportList {
    /// The first exports of a module.
    pub fn first(exports: &[Export]) -> Self {
        Self::part(exports.len(), exports.iter().cloned().map(ExportState::from))
    }

    /// The first of these exports, of which there are so many.
    pub fn part(all: usize, exports: impl Iterator<Item = ExportState>) -> Self {
        Self::build(all, exports, ListPart::take)
    }

    /// All of these exports.
    pub fn whole(exports: Vec<Export>) -> Self {
        Self::build(exports.len(), exports.into_iter().map(ExportState::from), |_, _| true)
    }

    fn build(
        all: usize,
        exports: impl Iterator<Item = ExportState>,
        take: impl Fn(&mut ListPart, usize) -> bool,
    ) -> Self {
        let mut types = ListPart::default();
        let mut rows = Vec::new();
        for ExportState { export, value, size } in exports {
            if !take(&mut types, export.name.len()) {
                break;
            }
            let kind = types.place(&export.kind);
            rows.push(ExportRow { name: export.name, kind, value, size });
        }
        Self { count: count(all), types: types.into_types(), exports: rows }
    }

    /// The exports with their types. A row whose type is missing is left out.
    pub fn exports(&self) -> impl Iterator<Item = ExportState> + '_ {
        self.exports.iter().filter_map(|row| {
            let kind = self.types.get(row.kind as usize)?.clone();
            let export = Export { name: row.name.clone(), kind };
            Some(ExportState { export, value: row.value.clone(), size: row.size })
        })
    }
}

impl ImportList {
    /// The first imports of a module.
    pub fn first(imports: &[Import]) -> Self {
        Self::build(imports, ListPart::take)
    }

    /// All of these imports.
    pub fn whole(imports: &[Import]) -> Self {
        Self::build(imports, |_, _| true)
    }

    fn build(imports: &[Import], take: impl Fn(&mut ListPart, usize) -> bool) -> Self {
        let mut types = ListPart::default();
        let mut rows = Vec::new();
        for import in imports {
            if !take(&mut types, import.module.len() + import.name.len()) {
                break;
            }
            let kind = types.place(&import.kind);
            let (module, name) = (import.module.clone(), import.name.clone());
            rows.push(ImportName { module, name, kind });
        }
        Self { count: count(imports.len()), types: types.into_types(), imports: rows }
    }

    /// The imports with their types. A row whose type is missing is left out.
    pub fn imports(&self) -> impl Iterator<Item = Import> + '_ {
        self.imports.iter().filter_map(|row| {
            let kind = self.types.get(row.kind as usize)?.clone();
            Some(Import { module: row.module.clone(), name: row.name.clone(), kind })
        })
    }
}

impl From<Export> for ExportState {
    fn from(export: Export) -> Self {
        Self { export, value: None, size: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ValueType;

    fn exports(count: usize, params: usize, letters: usize) -> Vec<Export> {
        let params = (0..params).map(|_| ValueType::I32).collect();
        let kind = ExternType::Function { params, results: Vec::new().into() };
        let name = |n: usize| format!("{n}{}", "x".repeat(letters));
        (0..count).map(|n| Export { name: name(n), kind: kind.clone() }).collect()
    }

    /// 20,000 exports of a function of 2,000 parameters made messages of 241 MB.
    #[test]
    fn many_exports_of_one_large_type_make_a_small_list() {
        let all = exports(20_000, 2000, 0);
        let list = ExportList::first(&all);
        assert_eq!((list.count, list.exports.len(), list.types.len()), (20_000, 1000, 1));
        assert!(serde_json::to_string(&list).unwrap().len() < 80_000);
        let back: Vec<_> = list.exports().map(|state| state.export).collect();
        assert_eq!(back, all[..1000]);
        let whole = ExportList::whole(all.clone());
        assert_eq!(whole.exports().map(|state| state.export).collect::<Vec<_>>(), all);
    }

    #[test]
    fn a_list_ends_with_its_bytes_and_has_a_row_at_least() {
        let list = ExportList::first(&exports(9, 0, 100_000));
        assert_eq!((list.count, list.exports.len()), (9, 3));
        let list = ExportList::first(&exports(2, 0, 1_000_000));
        assert_eq!((list.count, list.exports.len()), (2, 1));
        let wide: Vec<_> = (1..1000).flat_map(|params| exports(1, params, 0)).collect();
        let list = ExportList::first(&wide);
        assert!(list.exports.len() > 100);
        assert!(serde_json::to_string(&list).unwrap().len() < 300_000);
    }

    #[test]
    fn imports_come_back_with_their_types() {
        let import = |(n, export): (usize, Export)| Import {
            module: format!("m{}", n % 3),
            name: export.name,
            kind: export.kind,
        };
        let all: Vec<_> = exports(3000, 1000, 2).into_iter().enumerate().map(import).collect();
        assert_eq!(ImportList::whole(&all).imports().collect::<Vec<_>>(), all);
        let first = ImportList::first(&all);
        assert_eq!((first.count, first.imports.len(), first.types.len()), (3000, 1000, 1));
    }
}
