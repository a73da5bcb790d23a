use std::collections::BTreeSet;

use wasmparser::{
    ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind, Operator, Payload, Result,
    TableInit,
};

use watshop_protocol::say;

use super::Lint;
use super::names::Names;

/// The functions and globals of a module, and those that are used.
#[derive(Default)]
pub(super) struct Used {
    imported: u32,
    functions: u32,
    used_functions: BTreeSet<u32>,
    /// True for each global of the module that may change; imported ones are `None`.
    globals: Vec<Option<bool>>,
    read: BTreeSet<u32>,
    written: BTreeSet<u32>,
    exported: BTreeSet<u32>,
}

impl Used {
    pub(super) fn import_global(&mut self) {
        self.globals.push(None);
    }

    pub(super) fn import_functions(&mut self, count: usize) {
        self.imported = u32::try_from(count).unwrap_or(u32::MAX);
        self.functions = self.imported;
    }

    pub(super) fn define_function(&mut self) {
        self.functions = self.functions.saturating_add(1);
    }

    /// Reads the sections that use functions and globals.
    pub(super) fn read(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::TableSection(section) => {
                for table in section {
                    if let TableInit::Expr(value) = table?.init {
                        self.constant(&value);
                    }
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    self.globals.push(Some(global.ty.mutable));
                    self.constant(&global.init_expr);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    match export.kind {
                        ExternalKind::Func => {
                            self.used_functions.insert(export.index);
                        }
                        ExternalKind::Global => {
                            self.exported.insert(export.index);
                        }
                        _ => {}
                    }
                }
            }
            Payload::StartSection { func, .. } => {
                self.used_functions.insert(func);
            }
            Payload::ElementSection(section) => {
                for element in section {
                    let element = element?;
                    if let ElementKind::Active { offset_expr, .. } = &element.kind {
                        self.constant(offset_expr);
                    }
                    match element.items {
                        ElementItems::Functions(list) => {
                            for function in list {
                                self.used_functions.insert(function?);
                            }
                        }
                        ElementItems::Expressions(_, list) => {
                            for value in list {
                                self.constant(&value?);
                            }
                        }
                    }
                }
            }
            Payload::DataSection(section) => {
                for data in section {
                    if let DataKind::Active { offset_expr, .. } = data?.kind {
                        self.constant(&offset_expr);
                    }
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn constant(&mut self, value: &ConstExpr<'_>) {
        for operator in value.get_operators_reader().into_iter().map_while(Result::ok) {
            self.read_operator(&operator);
        }
    }

    pub(super) fn read_operator(&mut self, operator: &Operator<'_>) {
        match *operator {
            Operator::Call { function_index }
            | Operator::ReturnCall { function_index }
            | Operator::RefFunc { function_index } => {
                self.used_functions.insert(function_index);
            }
            Operator::GlobalGet { global_index } => {
                self.read.insert(global_index);
            }
            Operator::GlobalSet { global_index } => {
                self.written.insert(global_index);
            }
            _ => {}
        }
    }

    /// The lints of functions and globals.
    pub(super) fn lints(&self, names: &Names) -> Vec<Lint> {
        let unused = (self.imported..self.functions)
            .filter(|index| !self.used_functions.contains(index))
            .map(|index| say!("The {} is neither exported nor used.", names.function(index)));
        let globals = (0..).zip(&self.globals).filter_map(|(index, mutable)| {
            let mutable = (*mutable)?;
            let name = names.global(index);
            if self.exported.contains(&index) {
                return None;
            }
            match (self.read.contains(&index), self.written.contains(&index)) {
                (false, false) => Some(say!("The {name} is not used.")),
                (false, true) => Some(say!("The {name} is written and never read.")),
                (true, false) if mutable => {
                    Some(say!("The {name} never changes, so it needs no `mut`."))
                }
                _ => None,
            }
        });
        unused.chain(globals).map(|message| Lint { message, at: None }).collect()
    }
}
