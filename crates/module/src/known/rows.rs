//! The rows of the list.

use wasmparser::{Operator, Parser, Payload};
use watshop_protocol::page::{Compiler, ExternType};
use watshop_protocol::pattern;

use super::{Effect, KnownRow};

const EVERY: &[Compiler] = &Compiler::ALL;
const SINGLEPASS: &[Compiler] = &[Compiler::Singlepass];

const REFUSED: &str = pattern!(
    "The module is refused before it is compiled, with the place that needs it and the compilers that take it."
);

/// All rows. Those with the effect `Refused` come first.
pub const ROWS: &[KnownRow] = &[
    KnownRow {
        id: "vectors",
        title: pattern!("No vectors of 128 bits (SIMD and relaxed SIMD)"),
        compilers: SINGLEPASS,
        only: None,
        instead: REFUSED,
        effect: Effect::Refused,
        example: r#"(module (func (export "f") (param v128) (result v128) (local.get 0)))"#,
        concerns: |module| module.needs("simd") || module.needs("relaxed_simd"),
    },
    KnownRow {
        id: "tail_calls",
        title: pattern!("No tail calls"),
        compilers: &[Compiler::Singlepass, Compiler::Cranelift],
        only: None,
        instead: REFUSED,
        effect: Effect::Refused,
        example: r#"(module (func $f (export "f") (return_call $f)))"#,
        concerns: |module| module.needs("tail_call"),
    },
    KnownRow {
        id: "exceptions",
        title: pattern!("No exceptions"),
        compilers: SINGLEPASS,
        only: None,
        instead: REFUSED,
        effect: Effect::Refused,
        example: r#"(module (tag $t) (func (export "f") (throw $t)))"#,
        concerns: |module| module.needs("exceptions"),
    },
    KnownRow {
        id: "wide_arithmetic",
        title: pattern!("No arithmetic of 128 bits"),
        compilers: SINGLEPASS,
        only: None,
        instead: REFUSED,
        effect: Effect::Refused,
        example: r#"(module (func (export "f") (param i64 i64) (result i64 i64) (i64.mul_wide_u (local.get 0) (local.get 1))))"#,
        concerns: |module| module.needs("wide_arithmetic"),
    },
    KnownRow {
        id: "imports_with_several_results",
        title: pattern!("No imported functions with more than one result"),
        compilers: SINGLEPASS,
        only: None,
        instead: REFUSED,
        effect: Effect::Refused,
        example: r#"(module (import "env" "f" (func (result i32 i64))))"#,
        concerns: |module| {
            module.imports.iter().any(
                |import| matches!(&import.kind, ExternType::Function { results, .. } if results.len() > 1),
            )
        },
    },
    KnownRow {
        id: "memory64",
        title: pattern!("No memories with 64-bit addresses"),
        compilers: EVERY,
        only: None,
        instead: REFUSED,
        effect: Effect::Refused,
        example: r#"(module (memory i64 1) (func (export "f") (result i32) (i32.load (i64.const 4))))"#,
        concerns: |module| {
            module
                .memories
                .iter()
                .any(|memory| matches!(memory, ExternType::Memory { memory64: true, .. }))
        },
    },
    KnownRow {
        id: "table64",
        title: pattern!("No tables with 64-bit indices"),
        compilers: EVERY,
        only: None,
        instead: REFUSED,
        effect: Effect::Refused,
        example: r#"(module (table i64 2 funcref) (elem (i64.const 0) $f) (func $f (export "f")))"#,
        // The contract's table types do not say whether a table is 64-bit. But if the module needs
        // the proposal and has no 64-bit memory, one of its tables is.
        concerns: |module| {
            let wide =
                |memory: &ExternType| matches!(memory, ExternType::Memory { memory64: true, .. });
            module.needs("memory64")
                && !module.tables.is_empty()
                && !module.memories.iter().any(wide)
        },
    },
    KnownRow {
        id: "exception_values",
        title: pattern!("The values of an uncaught exception are not shown"),
        compilers: &[Compiler::Cranelift, Compiler::Llvm],
        only: None,
        instead: "The error says that an exception was not caught, without its values: the runtime reads more than one of \
                  them back wrongly.",
        effect: Effect::Seen,
        example: r#"(module (tag $t (param i32)) (func (export "f") (throw $t (i32.const 7))))"#,
        concerns: |module| module.needs("exceptions"),
    },
    KnownRow {
        id: "stack_overflow_frames",
        title: pattern!("A stack overflow names only the innermost function"),
        compilers: EVERY,
        only: None,
        instead: "The error names that function, or none if the stack ended in the runtime's own code: unwinding from \
                  a guard page is not safe. The instance ends in that case, as the runtime left something half done.",
        effect: Effect::Seen,
        example: r#"(module (func $f (export "f") (call $f)))"#,
        concerns: |_| false,
    },
    KnownRow {
        id: "jit_places",
        title: pattern!("A trap at a memory access names only the function"),
        compilers: &[Compiler::Llvm],
        only: Some("engine JIT"),
        instead: "The function is named, and its first line is marked as where it begins, never as the place. With the engine \
                  Native the line is exact.",
        effect: Effect::Seen,
        example: r#"(module (memory 1) (func $f (export "f") (param i32) (result i32) (i32.load (local.get 0))))"#,
        concerns: |_| false,
    },
    KnownRow {
        id: "missing_import_frames",
        title: pattern!("If a host function refuses, only its call is named"),
        compilers: &[Compiler::Singlepass, Compiler::Cranelift],
        only: None,
        instead: pattern!(
            "The error has the line of the call, but not the callers of the function around it."
        ),
        effect: Effect::Seen,
        example: r#"(module (import "env" "f" (func $f)) (func (export "g") (call $f)))"#,
        concerns: |_| false,
    },
    KnownRow {
        id: "no_avx",
        title: pattern!("Floats are computed wrongly without AVX: 3 / 2 was 0"),
        compilers: SINGLEPASS,
        only: Some("x86-64 without AVX"),
        instead: pattern!(
            "Singlepass makes no code for x86-64 without AVX: the target is refused, and AVX is among its usual features."
        ),
        effect: Effect::Mended,
        example: r#"(module (func (export "f") (result f32) (f32.div (f32.const 3) (f32.const 2))))"#,
        concerns: |_| false,
    },
    KnownRow {
        id: "many_floats",
        title: pattern!(
            "A function that holds more floats at once than there are registers for is computed wrongly"
        ),
        compilers: SINGLEPASS,
        only: Some("aarch64"),
        instead: "Such a function is refused for aarch64, with its line; Cranelift and LLVM take it. For riscv64 Singlepass \
                  refuses the function by its name.",
        effect: Effect::Refused,
        example: r#"(module (func (export "f") (param f64) (result f64 f64 f64 f64 f64 f64 f64 f64)
  (f64.add (local.get 0) (f64.const 1)) (f64.add (local.get 0) (f64.const 2)) (f64.add (local.get 0) (f64.const 3))
  (f64.add (local.get 0) (f64.const 4)) (f64.add (local.get 0) (f64.const 5)) (f64.add (local.get 0) (f64.const 6))
  (f64.add (local.get 0) (f64.const 7)) (f64.add (local.get 0) (f64.const 8))))"#,
        // It depends on the target, not on the module.
        concerns: |_| false,
    },
    KnownRow {
        id: "unshared_wait",
        title: pattern!("A wait in a memory that is not shared did not trap"),
        compilers: EVERY,
        only: None,
        instead: pattern!("It is a trap that says that the memory is not shared."),
        effect: Effect::Mended,
        example: r#"(module (memory 1) (func (export "f") (result i32)
  (memory.atomic.wait32 (i32.const 0) (i32.const 0) (i64.const 0))))"#,
        concerns: |module| module.needs("threads") && waits(module.binary),
    },
    KnownRow {
        id: "data_above_2_gib",
        title: pattern!("A data segment at 2 GiB or above did not fit"),
        compilers: EVERY,
        only: None,
        instead: pattern!(
            "A function that is added to the module writes such segments before its start function runs."
        ),
        effect: Effect::Mended,
        example: r#"(module (memory (export "m") 65536) (data (i32.const 0x80000000) "x"))"#,
        concerns: |_| false,
    },
    KnownRow {
        id: "memory_of_the_caller",
        title: pattern!("A function of another module worked on the memory of its caller"),
        compilers: &[Compiler::Llvm],
        only: None,
        instead: pattern!(
            "LLVM's code takes the memory from the instance and not from the caller."
        ),
        effect: Effect::Mended,
        example: r#"(module (memory 1) (data (i32.const 8) "\2a") (func (export "load") (result i32) (i32.load (i32.const 8))))"#,
        concerns: |_| false,
    },
    KnownRow {
        id: "floats_between_modules",
        title: pattern!(
            "Float arguments of functions in other modules and of host functions in tables were wrong"
        ),
        compilers: SINGLEPASS,
        only: None,
        instead: pattern!(
            "Such calls go through a function of the module itself or of the host, which gets them right."
        ),
        effect: Effect::Mended,
        example: r#"(module (import "env" "own" (func $own (param f64 i32) (result f64)))
  (func (export "f") (result f64) (call $own (f64.const 1.5) (i32.const 2))))"#,
        concerns: |_| false,
    },
];

/// True if an instruction of the module waits in a memory.
fn waits(binary: &[u8]) -> bool {
    let bodies =
        Parser::new(0).parse_all(binary).map_while(Result::ok).filter_map(
            |payload| match payload {
                Payload::CodeSectionEntry(body) => body.get_operators_reader().ok(),
                _ => None,
            },
        );
    let is_wait = |operator: &Operator<'_>| {
        matches!(
            operator,
            Operator::MemoryAtomicWait32 { .. } | Operator::MemoryAtomicWait64 { .. }
        )
    };
    bodies
        .flat_map(|body| body.into_iter().map_while(Result::ok))
        .any(|operator| is_wait(&operator))
}
