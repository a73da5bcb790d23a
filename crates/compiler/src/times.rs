//! The times of a compilation, for people.

use std::cmp::Reverse;

use wasmer_compiler::serialize::{SerializableCompilation, SerializableModule};
use wasmer_types::entity::EntityRef as _;
use wasmer_types::{ExportIndex, FunctionIndex, LocalFunctionIndex, ModuleInfo};
use watshop_protocol::page::{CompileStep, CompileStepTime, CompileTimes, FunctionCompileTime};
use watshop_protocol::shown::shown;

use crate::clock::FunctionClock;

/// The most functions that are listed.
const MOST: usize = 2000;

/// The times of a module that was just built. `lengths` are the bytes of the bodies of its own
/// functions, and `read` is the nanoseconds before its compiler began.
pub(crate) fn of(
    built: &SerializableModule,
    clock: &FunctionClock,
    lengths: &[u32],
    read: u64,
) -> CompileTimes {
    let info = &*built.compile_info.module;
    let [functions, trampolines, finish] = clock.parts();
    let steps = [
        (CompileStep::Read, read),
        (CompileStep::Functions, functions),
        (CompileStep::Trampolines, trampolines),
        (CompileStep::Finish, finish),
    ];
    let code_bytes = |local: LocalFunctionIndex| match &built.compilation {
        SerializableCompilation::Rkyv(made) => {
            made.function_bodies.get(local).and_then(|body| u32::try_from(body.body.len()).ok())
        }
        SerializableCompilation::Elf(_) => None,
    };
    let mut all: Vec<_> = (0..).zip(clock.functions().zip(lengths.iter().copied())).collect();
    all.sort_by_key(|(local, (ns, _))| (Reverse(*ns), *local));
    let count = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let functions_ns = all.iter().map(|(_, (ns, _))| ns).sum();
    all.truncate(MOST);
    let functions = all.into_iter().map(|(local, (ns, wasm_bytes))| {
        let local = LocalFunctionIndex::new(local);
        let index = info.func_index(local);
        FunctionCompileTime {
            index: index.as_u32(),
            name: name(info, index),
            ns,
            wasm_bytes,
            code_bytes: code_bytes(local),
        }
    });
    CompileTimes {
        compile_ns: 0,
        steps: steps.map(|(step, ns)| CompileStepTime { step, ns }).into(),
        functions: functions.collect(),
        count,
        functions_ns,
    }
}

/// Completes the times with the time before the module was built. The whole compilation took
/// `compile_ns`.
pub(crate) fn whole(mut times: CompileTimes, compile_ns: u64) -> CompileTimes {
    let known: u64 = times.steps.iter().map(|step| step.ns).sum();
    let validate = compile_ns.saturating_sub(known);
    times.steps.insert(0, CompileStepTime { step: CompileStep::Validate, ns: validate });
    times.compile_ns = compile_ns;
    times
}

/// The name of a function, or its first export in quotes.
fn name(info: &ModuleInfo, wanted: FunctionIndex) -> Option<String> {
    let own = info.function_names.get(&wanted).map(|name| shown(name));
    let is_it = |index: &ExportIndex| *index == ExportIndex::Function(wanted);
    own.or_else(|| {
        let export = info.exports.iter().find(|(_, index)| is_it(index));
        export.map(|(name, _)| format!("\"{}\"", shown(name)))
    })
}
