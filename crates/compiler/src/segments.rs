//! Segments that Wasmer 7.5 cannot write, or writes to a wrong place.
//!
//! - It takes an offset for a signed number (`initialize_memories` of wasmer-vm,
//!   `instance/mod.rs`). So a data segment behind the first 2 GiB of a memory traps.
//! - It cannot read an element that is the value of a global (`read_elems` of wasmer-compiler,
//!   `translator/sections.rs`).
//! - `table.init` of references other than functions ends the process (`VMTable::set` of wasmer-vm,
//!   `table.rs`).
//!
//! Functions write them instead. They are added to the module, behind all of its own. Only Wasmer's
//! description of the module changes, and the bodies that a compiler reads. All module offsets stay
//! the same.

use std::borrow::Cow;
use std::sync::Arc;
use watshop_protocol::say;

use wasmer_compiler::{FunctionBodyData, ModuleMiddleware};
use wasmer_types::entity::PrimaryMap;
use wasmer_types::{
    CompileError, DataInitializer, FunctionType, LocalFunctionIndex, MemoryIndex, ModuleInfo,
    SignatureHash, SignatureIndex, TableIndex, Type,
};
use watshop_module::ActiveSegments;
use watshop_protocol::page::{Error, ErrorCode, Place};
use watshop_protocol::process::segments::{SECTION, Segment, SegmentKind, Segments};

use passive::PassiveSegments;
use writer::SegmentWriter;

pub(crate) use code::unsigned;

mod code;
mod passive;
mod writer;

/// Finds the active segments of a valid module.
///
/// # Errors
///
/// [`CompileError::Codegen`] if the module cannot be read.
pub(crate) fn find(module: &[u8]) -> Result<ActiveSegments, CompileError> {
    watshop_module::active(module).map_err(|error| CompileError::Codegen(error.to_string()))
}

/// Checks that the module needs no added function, because an object file cannot get any.
///
/// # Errors
///
/// `compiler_refused`, with the place of the segment.
pub(crate) fn check_object(active: &ActiveSegments) -> Result<(), Error> {
    let Some(element) = active.from_globals.first() else { return Ok(()) };
    let message = say!(
        "Wasmer 7.5 cannot put the element segment {} into an object file: its element {} is the value of a global.",
        element.segment,
        element.element
    );
    let place = Place { offset: Some(element.at), ..Place::default() };
    Err(Error::new(ErrorCode::CompilerRefused, message)
        .help(say!("Name the function with `ref.func`, or set the element with `table.set` in the start function."))
        .at(place))
}

/// The module with another reference of the same length in the place of each element that is the
/// value of a global.
pub(crate) fn readable<'a>(module: &'a [u8], active: &ActiveSegments) -> Cow<'a, [u8]> {
    const REF_FUNC: u8 = 0xd2;
    let mut module = Cow::Borrowed(module);
    for element in &active.from_globals {
        if let Some([instruction, index @ .., last]) =
            module.to_mut().get_mut(element.bytes.clone())
        {
            // The index is 0, as a LEB128 number of the same length.
            *instruction = REF_FUNC;
            index.fill(0x80);
            *last = 0;
        }
    }
    module
}

/// The functions that are added to a module.
pub(crate) struct SegmentFunctions {
    starter: Option<SegmentWriter>,
    passive: PassiveSegments,
}

impl SegmentFunctions {
    /// Makes the functions for the segments that Wasmer cannot write. The module is not changed
    /// yet.
    ///
    /// # Errors
    ///
    /// [`CompileError::Wasm`] if a body cannot be read.
    pub(crate) fn of(
        info: &ModuleInfo,
        bodies: &PrimaryMap<LocalFunctionIndex, FunctionBodyData<'_>>,
        data: &[DataInitializer<'_>],
        active: &ActiveSegments,
    ) -> Result<Self, CompileError> {
        let starter = SegmentWriter::of(info, data, active);
        let first = info.functions.len() + usize::from(starter.is_some());
        Ok(Self { starter, passive: PassiveSegments::of(info, bodies, active, first)? })
    }

    /// Adds the functions to a module of `length` bytes, and notes the segments that may not fit,
    /// for the runner. Gives the middleware with which the compiler has to read the bodies; it
    /// gives several instructions for one.
    pub(crate) fn apply<'a>(
        &'a self,
        info: &mut ModuleInfo,
        bodies: &mut PrimaryMap<LocalFunctionIndex, FunctionBodyData<'a>>,
        data: &mut Vec<DataInitializer<'_>>,
        active: &ActiveSegments,
        length: usize,
    ) -> Option<Arc<dyn ModuleMiddleware>> {
        let mut noted = Segments::default();
        let may_not_fit = active.segments.iter().filter(|segment| !is_known_to_fit(info, segment));
        noted.active.extend(may_not_fit.cloned());
        let mut add = |info: &mut ModuleInfo, kind: FunctionType, data: &'a [u8]| {
            let kind = signature(info, kind);
            // The offset is behind the whole module.
            bodies.push(FunctionBodyData { data, module_offset: length as u64 });
            info.functions.push(kind)
        };
        if let Some(starter) = &self.starter {
            starter.move_segments(info, data, active);
            let index = add(info, FunctionType::new([], []), starter.body());
            info.start_function = Some(index);
        }
        for body in self.passive.bodies() {
            add(info, FunctionType::new([Type::I32; 3], []), body);
        }
        note(info, &noted);
        self.passive.apply(info)
    }
}

fn note(info: &mut ModuleInfo, noted: &Segments) {
    if *noted == Segments::default() {
        return;
    }
    if let Ok(bytes) = serde_json::to_vec(noted) {
        let section = info.custom_sections_data.push(bytes.into_boxed_slice());
        info.custom_sections.insert(SECTION.to_owned(), section);
    }
}

/// Returns true if a segment fits in every memory or table that the module can be linked with.
fn is_known_to_fit(info: &ModuleInfo, segment: &Segment) -> bool {
    let Some(start) = segment.start(|_| None) else { return false };
    let has = match segment.kind {
        SegmentKind::Data => {
            let memory = info.memories.get(MemoryIndex::from_u32(segment.into));
            memory.map(|memory| u64::from(memory.minimum.0) << 16)
        }
        SegmentKind::Element => {
            let table = info.tables.get(TableIndex::from_u32(segment.into));
            table.map(|table| u64::from(table.minimum))
        }
    };
    has.is_some_and(|has| segment.end(start) <= has)
}

/// The index of a type in the module. The type is added if the module has none like it.
fn signature(info: &mut ModuleInfo, wanted: FunctionType) -> SignatureIndex {
    if let Some((index, _)) = info.signatures.iter().find(|(_, kind)| **kind == wanted) {
        return index;
    }
    info.signature_hashes.push(SignatureHash::new(wanted.signature_hash()));
    info.signatures.push(wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasmer_compiler::ModuleEnvironment;
    use wasmer_types::FunctionIndex;

    fn translated(text: &str) -> (ModuleInfo, usize) {
        let module = wat::parse_str(text).unwrap();
        let active = find(&module).unwrap();
        let readable = readable(&module, &active);
        assert_eq!(readable.len(), module.len());
        let translation = ModuleEnvironment::new().translate(&readable).unwrap();
        let (mut info, mut bodies) = (translation.module, translation.function_body_inputs);
        let mut data = translation.data_initializers;
        let added = SegmentFunctions::of(&info, &bodies, &data, &active).unwrap();
        added.apply(&mut info, &mut bodies, &mut data, &active, module.len());
        (info, data.len())
    }

    #[test]
    fn a_module_whose_segments_fit_is_compiled_as_it_is() {
        let (info, data) = translated(
            r#"(module (memory 1) (table 2 funcref) (data (i32.const 65534) "ab") (elem (i32.const 0) $f $f) (func $f))"#,
        );
        assert_eq!((info.functions.len(), data, info.start_function), (1, 1, None));
        assert!(!info.custom_sections.contains_key(SECTION));
    }

    #[test]
    fn segments_are_moved_from_the_first_that_wasmer_cannot_write() {
        let (info, data) = translated(
            r#"(module (memory 65536) (data (i32.const 1) "a") (data (i32.const -1) "b") (data "c") (data (i32.const 2) "d"))"#,
        );
        assert_eq!(data, 1);
        let passive: Vec<_> = info.passive_data.keys().map(|index| index.as_u32()).collect();
        assert_eq!(passive, [1, 2, 3]);
        assert_eq!(info.start_function, Some(FunctionIndex::from_u32(0)));

        let (info, data) = translated(
            r#"(module (import "m" "g" (global funcref)) (memory 1) (table 3 funcref) (func $f)
                 (elem (i32.const 0) $f) (elem (i32.const 1) funcref (global.get 0)) (elem (i32.const 2) $f)
                 (data (i32.const 1) "a"))"#,
        );
        assert_eq!((info.table_initializers.len(), info.passive_elements.len(), data), (1, 1, 0));
    }
}
