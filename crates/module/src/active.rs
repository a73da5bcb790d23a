use std::collections::HashMap;
use std::ops::Range;

use wasmparser::{
    ConstExpr, DataKind, DataSectionReader, Element, ElementItems, ElementKind,
    ElementSectionReader, KnownCustom, Name, Operator, Parser, Payload, TypeRef,
};
use watshop_protocol::process::segments::{ConstInstruction, Segment, SegmentKind};

/// The segments that instantiation writes, and the elements that take their value from a global.
#[derive(Debug, Default)]
pub struct ActiveSegments {
    /// The active segments in the order in which they are written: tables first, then memories.
    pub segments: Vec<Segment>,
    /// The elements whose value is that of a global. Passive segments are included.
    pub from_globals: Vec<FromGlobal>,
    /// The passive element segments of `externref`s.
    pub passive_others: Vec<u32>,
}

/// An element of a segment that is the value of a global.
#[derive(Debug)]
pub struct FromGlobal {
    /// The index of the element's segment among all element segments.
    pub segment: u32,
    /// The byte offset of that segment.
    pub at: u32,
    /// True for a passive segment.
    pub passive: bool,
    /// The element's index in the segment.
    pub element: u32,
    /// The index of the global.
    pub global: u32,
    /// The bytes of the element's `global.get`.
    pub bytes: Range<usize>,
}

/// Finds the active segments of a valid module.
///
/// # Errors
///
/// The parser's error, if the module cannot be read.
pub fn active(binary: &[u8]) -> wasmparser::Result<ActiveSegments> {
    let mut found = ActiveSegments::default();
    // The initial value of each global. It is empty if the global is not an i32 or is mutable.
    let mut globals: Vec<Vec<ConstInstruction>> = Vec::new();
    for payload in Parser::new(0).parse_all(binary) {
        match payload? {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    if let TypeRef::Global(_) = import?.ty {
                        let index = u32::try_from(globals.len()).unwrap_or(u32::MAX);
                        globals.push(vec![ConstInstruction::Global(index)]);
                    }
                }
            }
            Payload::GlobalSection(section) => {
                for global in section {
                    let global = global?;
                    let steps = steps(&global.init_expr, &globals).filter(|_| !global.ty.mutable);
                    globals.push(steps.unwrap_or_default());
                }
            }
            Payload::ElementSection(section) => found.read_elements(section, &globals)?,
            Payload::DataSection(section) => found.read_data(section, &globals)?,
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(section) = custom.as_known() {
                    // A damaged name section does not harm the rest of the module, says the
                    // specification.
                    section.into_iter().map_while(Result::ok).for_each(|names| found.name(names));
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

impl ActiveSegments {
    fn read_elements(
        &mut self,
        section: ElementSectionReader<'_>,
        globals: &[Vec<ConstInstruction>],
    ) -> wasmparser::Result<()> {
        for (index, entry) in (0..).zip(section.into_iter_with_offsets()) {
            let (at, element) = entry?;
            let at = narrow(at);
            self.read_globals(index, at, &element)?;
            let ElementKind::Active { table_index, offset_expr } = element.kind else { continue };
            let length = match element.items {
                ElementItems::Functions(items) => items.count(),
                ElementItems::Expressions(_, items) => items.count(),
            };
            self.segments.push(Segment {
                kind: SegmentKind::Element,
                index,
                name: None,
                at,
                into: table_index.unwrap_or(0),
                offset: steps(&offset_expr, globals).unwrap_or_default(),
                length,
            });
        }
        Ok(())
    }

    fn read_globals(
        &mut self,
        segment: u32,
        at: u32,
        element: &Element<'_>,
    ) -> wasmparser::Result<()> {
        let ElementItems::Expressions(kind, items) = element.items.clone() else { return Ok(()) };
        // A declared segment is dropped before its elements can be seen.
        if matches!(element.kind, ElementKind::Declared) {
            return Ok(());
        }
        let passive = matches!(element.kind, ElementKind::Passive);
        if passive && kind.is_extern_ref() {
            self.passive_others.push(segment);
        }
        for (element, expression) in (0..).zip(items) {
            let mut operators = expression?.get_operators_reader();
            let start = operators.original_position();
            if let Operator::GlobalGet { global_index: global } = operators.read()? {
                let bytes = start as usize..operators.original_position() as usize;
                self.from_globals.push(FromGlobal { segment, at, passive, element, global, bytes });
            }
        }
        Ok(())
    }

    fn read_data(
        &mut self,
        section: DataSectionReader<'_>,
        globals: &[Vec<ConstInstruction>],
    ) -> wasmparser::Result<()> {
        for (index, entry) in (0..).zip(section.into_iter_with_offsets()) {
            let (at, data) = entry?;
            let DataKind::Active { memory_index: into, offset_expr } = data.kind else { continue };
            self.segments.push(Segment {
                kind: SegmentKind::Data,
                index,
                name: None,
                at: narrow(at),
                into,
                offset: steps(&offset_expr, globals).unwrap_or_default(),
                length: narrow(data.data.len() as u64),
            });
        }
        Ok(())
    }

    fn name(&mut self, names: Name<'_>) {
        let (kind, list) = match names {
            Name::Element(list) => (SegmentKind::Element, list),
            Name::Data(list) => (SegmentKind::Data, list),
            _ => return,
        };
        let names: HashMap<u32, &str> =
            list.into_iter().flatten().map(|one| (one.index, one.name)).collect();
        for segment in self.segments.iter_mut().filter(|segment| segment.kind == kind) {
            segment.name = names.get(&segment.index).map(|name| (*name).to_owned());
        }
    }
}

/// The steps of a constant expression that gives an i32. `None` for any other expression.
fn steps(
    expression: &ConstExpr<'_>,
    globals: &[Vec<ConstInstruction>],
) -> Option<Vec<ConstInstruction>> {
    let mut steps = Vec::new();
    for operator in expression.get_operators_reader() {
        match operator.ok()? {
            Operator::I32Const { value } => {
                steps.push(ConstInstruction::Const(value.cast_unsigned()));
            }
            Operator::I32Add => steps.push(ConstInstruction::Add),
            Operator::I32Sub => steps.push(ConstInstruction::Sub),
            Operator::I32Mul => steps.push(ConstInstruction::Mul),
            Operator::GlobalGet { global_index } => {
                let value = globals.get(global_index as usize).filter(|value| !value.is_empty())?;
                steps.extend_from_slice(value);
            }
            Operator::End => return Some(steps),
            _ => return None,
        }
    }
    None
}

fn narrow(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lines, parse};

    #[test]
    fn active_segments_come_in_the_order_in_which_they_are_written() {
        let text = r#"(module
            (import "m" "base" (global $base i32)) (import "m" "f" (global $f funcref))
            (global $here i32 (i32.const 16))
            (memory 1) (table $t 4 funcref)
            (data $greeting (i32.const -2) "hello") (data "passive")
            (elem declare func $own) (elem $e (table $t) (i32.const 1) func $own $own)
            (elem (i32.const 2) funcref (ref.null func) (global.get $f))
            (data (i32.add (global.get $base) (i32.const 4)) "?")
            (func $own))"#;
        let found = active(&parse(text).unwrap()).unwrap();
        let lines = Lines::of_text(text);
        let seen: Vec<_> = found
            .segments
            .iter()
            .map(|s| {
                (
                    s.kind,
                    s.index,
                    s.name.as_deref(),
                    s.length,
                    lines.place(s.at).unwrap().line.unwrap(),
                )
            })
            .collect();
        use SegmentKind::{Data, Element};
        let right = [
            (Element, 1, Some("e"), 2, 6),
            (Element, 2, None, 2, 7),
            (Data, 0, Some("greeting"), 5, 5),
            (Data, 2, None, 1, 8),
        ];
        assert_eq!(seen, right);
        assert_eq!(found.segments[2].offset, [ConstInstruction::Const(u32::MAX - 1)]);
        assert_eq!(
            found.segments[3].offset,
            [ConstInstruction::Global(0), ConstInstruction::Const(4), ConstInstruction::Add]
        );
        let [one] = &found.from_globals[..] else { panic!("{:?}", found.from_globals) };
        assert_eq!(
            (one.segment, one.element, one.global, one.passive, one.bytes.len()),
            (2, 1, 1, false, 2)
        );
    }
}
