use std::collections::HashMap;
use watshop_protocol::say;

use wasmparser::{
    ConstExpr, DataKind, ExternalKind, KnownCustom, Name, Operator, Parser, Payload, TypeRef,
};
use watshop_protocol::instance::Address;
use watshop_protocol::page::{DataSegment, DataSegments, Error, ErrorCode, Result};

/// The most segments that are listed.
const MOST: usize = 2000;

/// The active data segments of an exported memory. A segment's offset is unknown here if it needs
/// an imported global.
///
/// # Errors
///
/// `invalid_module` if the module cannot be read, `unknown_export` if it has no such memory among
/// its exports and imports.
pub fn segments(binary: &[u8], memory: &str) -> Result<DataSegments> {
    read(binary, memory)
        .map_err(|e| Error::new(ErrorCode::InvalidModule, say!("The module cannot be read: {e}.")))?
        .ok_or_else(|| {
            Error::new(
                ErrorCode::UnknownExport,
                say!("The module exports and imports no memory `{memory}`."),
            )
        })
}

fn read(binary: &[u8], memory: &str) -> wasmparser::Result<Option<DataSegments>> {
    let mut globals: Vec<Option<u64>> = Vec::new();
    let mut wanted = None;
    let (mut segments, mut count) = (Vec::new(), 0);
    let mut names = HashMap::new();
    for payload in Parser::new(0).parse_all(binary) {
        match payload? {
            Payload::ImportSection(section) => {
                let mut memories = 0..;
                for import in section.into_imports() {
                    let import = import?;
                    match import.ty {
                        TypeRef::Global(_) => globals.push(None),
                        TypeRef::Memory(_) => {
                            let index = memories.next();
                            if format!("{}.{}", import.module, import.name) == memory {
                                wanted = wanted.or(index);
                            }
                        }
                        _ => {}
                    }
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    let value = value(&global.init_expr, &globals).filter(|_| !global.ty.mutable);
                    globals.push(value);
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Memory && export.name == memory {
                        wanted = Some(export.index);
                    }
                }
            }
            Payload::DataSection(section) => {
                for (index, data) in (0..).zip(section) {
                    let data = data?;
                    let DataKind::Active { memory_index, offset_expr } = data.kind else {
                        continue;
                    };
                    if Some(memory_index) != wanted {
                        continue;
                    }
                    count += 1;
                    if segments.len() < MOST {
                        let offset = value(&offset_expr, &globals).map(Address);
                        let length = u32::try_from(data.data.len()).unwrap_or(u32::MAX);
                        segments.push(DataSegment { index, name: None, offset, length });
                    }
                }
            }
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(section) = custom.as_known() {
                    // A damaged name section does not harm the rest of the module, says the
                    // specification.
                    for name in section.into_iter().map_while(std::result::Result::ok) {
                        let Name::Data(list) = name else { continue };
                        names.extend(
                            list.into_iter().flatten().map(|one| (one.index, one.name.to_owned())),
                        );
                    }
                }
            }
            _ => {}
        }
    }
    for segment in &mut segments {
        segment.name = names.remove(&segment.index);
    }
    Ok(wanted.map(|_| DataSegments { segments, count }))
}

/// The value of a constant expression, as an address if it is an i32. `None` if it needs an
/// instance.
fn value(expression: &ConstExpr<'_>, globals: &[Option<u64>]) -> Option<u64> {
    let mut stack: Vec<u64> = Vec::new();
    for operator in expression.get_operators_reader() {
        let value = match operator.ok()? {
            Operator::I32Const { value } => value.cast_unsigned().into(),
            Operator::I64Const { value } => value.cast_unsigned(),
            Operator::GlobalGet { global_index } => (*globals.get(global_index as usize)?)?,
            Operator::I32Add => narrow(binary(&mut stack, u64::wrapping_add)?),
            Operator::I32Sub => narrow(binary(&mut stack, u64::wrapping_sub)?),
            Operator::I32Mul => narrow(binary(&mut stack, u64::wrapping_mul)?),
            Operator::I64Add => binary(&mut stack, u64::wrapping_add)?,
            Operator::I64Sub => binary(&mut stack, u64::wrapping_sub)?,
            Operator::I64Mul => binary(&mut stack, u64::wrapping_mul)?,
            Operator::End => return stack.pop(),
            _ => return None,
        };
        stack.push(value);
    }
    None
}

fn binary(stack: &mut Vec<u64>, with: fn(u64, u64) -> u64) -> Option<u64> {
    let right = stack.pop()?;
    Some(with(stack.pop()?, right))
}

fn narrow(value: u64) -> u64 {
    value & u64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, memory: &str) -> Result<DataSegments> {
        segments(&crate::parse(text).unwrap(), memory)
    }

    #[test]
    fn active_segments_have_their_place_length_and_name_and_others_are_left_out() {
        let module = r#"(module
            (import "env" "base" (global $base i32))
            (global $here i32 (i32.const 4096))
            (memory (export "first") 1) (memory (export "second") 1)
            (data $greeting (i32.const 16) "hello") (data "passive") (data (memory 1) (i32.const 0) "other")
            (data (global.get $base) "?") (data (i32.add (global.get $here) (i32.const -16)) "there")
            (data (i32.const -1) ""))"#;
        let listed = of(module, "first").unwrap();
        let rows: Vec<_> = listed
            .segments
            .iter()
            .map(|s| (s.index, s.name.as_deref(), s.offset.map(|offset| offset.0), s.length))
            .collect();
        assert_eq!(
            rows,
            [
                (0, Some("greeting"), Some(16), 5),
                (3, None, None, 1),
                (4, None, Some(4080), 5),
                (5, None, Some(4_294_967_295), 0),
            ]
        );
        assert_eq!(listed.count, 4);
        assert_eq!(of(module, "second").unwrap().segments.len(), 1);
        assert_eq!(of(module, "third").unwrap_err().code, ErrorCode::UnknownExport);
    }

    #[test]
    fn a_module_that_ends_early_is_an_error() {
        let whole =
            crate::parse(r#"(module (memory (export "m") 1) (data (i32.const 0) "abc"))"#).unwrap();
        assert_eq!(
            segments(&whole[..whole.len() - 2], "m").unwrap_err().code,
            ErrorCode::InvalidModule
        );
    }
}
