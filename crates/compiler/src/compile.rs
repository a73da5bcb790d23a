use std::time::Instant;
use watshop_protocol::say;

use rkyv::util::AlignedVec;
use wasmer_compiler::CompilerConfig;
use wasmer_types::target::{Architecture, Target};
use wasmer_types::{CompileError, WasmError};
use watshop_artifact::{Draft, SigningKey, seal};
use watshop_child::nanoseconds;
use watshop_protocol::page::{Compiler, Engine, Error, ErrorCode, Optimisation, Place, Result};
use watshop_protocol::passport::Compilation;
use watshop_protocol::process::compiler::{CompileJob, CompileOutcome};

use crate::build::{BuiltModule, Task, build};
use crate::meter::Meter;
use crate::object;
use crate::plain::plain;
use crate::segments;
use crate::target::{check_engine, features, target};
use crate::times;

/// Makes an executable's compiler for an optimisation level.
pub type Configure = fn(Optimisation) -> Box<dyn CompilerConfig>;

/// Compiles a module and writes the file of the job. The `buffer` is used for the written code,
/// because memory that was used before costs the system nothing.
///
/// # Errors
///
/// `invalid_module`, `compiler_refused`, `engine_unavailable`, `target_unsupported`, `bad_request`,
/// `disk_full` or `file`. Panics of the compiler unwind through this function, and so does the
/// [`CancelPanic`](crate::meter::CancelPanic) of the meter.
pub(crate) fn compile(
    compiler: Compiler,
    configure: Configure,
    job: &CompileJob,
    module: &[u8],
    meter: &Meter,
    buffer: &mut AlignedVec,
) -> Result<CompileOutput> {
    let target = target(job.target.as_ref())?;
    let cpu_features: Vec<_> =
        target.cpu_features().iter().map(|feature| feature.to_string()).collect();
    watshop_artifact::check_needed(compiler, &target.triple().to_string(), &cpu_features)?;
    let engine = job.form.engine();
    if let Some(engine) = engine {
        check_engine(engine, &target)?;
    }

    let begun = Instant::now();
    check(compiler, job, module, &target, meter)?;
    let active = segments::find(module).map_err(|error| explain(compiler, error))?;
    if engine.is_none() {
        segments::check_object(&active)?;
    }
    let mut config = configure(job.optimisation);
    // The runner limits the size of tables, not the compiler.
    config.max_table_elements(u32::MAX);
    let Some(engine) = engine else {
        meter.reach("Compiling", 0.0);
        let made = object::make(compiler, config, job, module, &target)
            .map_err(|e| explain(compiler, e))?;
        watshop_artifact::write_file(&job.to, &[&made.bytes])?;
        let compile_ns = nanoseconds(begun.elapsed());
        let answer =
            CompileOutcome::Object { header: made.header, symbols: made.symbols, compile_ns };
        return Ok(CompileOutput { answer, left: None });
    };
    config.experimental_artifact(engine == Engine::Native);
    let task = Task {
        compiler,
        native: engine == Engine::Native,
        count: job.count_instructions,
        measure: job.measure_functions,
        features: features(job.proposals),
        module,
        active: &active,
        target: &target,
    };
    let built = build(config, task, &meter.callback());
    let mut built = built.map_err(|error| explain(compiler, error))?;
    let compiled = Instant::now();
    let compile_ns = nanoseconds(compiled - begun);
    let times = built.times.take().map(|times| Box::new(times::whole(times, compile_ns)));

    meter.reach("Sealing", 0.97);
    let payload = built.serialize(buffer).map_err(|error| explain(compiler, error))?;
    let (hash, size) = (job.module_hash.clone(), module.len() as u64);
    let made = watshop_artifact::compiled(compiler, job.optimisation, job.proposals, hash, size);
    let draft = Draft {
        compiled: Compilation { counts_instructions: job.count_instructions, ..made },
        engine,
        triple: target.triple().to_string(),
        cpu_features: built.cpu_features(),
        sections: built.sections(),
        signing_key: job.signing_key.as_deref().and_then(SigningKey::from_hex),
    };
    let passport = Box::new(seal(&job.to, payload, draft)?);
    let answer = CompileOutcome::Sealed {
        passport,
        compile_ns,
        seal_ns: nanoseconds(compiled.elapsed()),
        times,
    };
    Ok(CompileOutput { answer, left: Some(built) })
}

/// Checks that a module is valid, and that a compiler takes all that is in it.
fn check(
    compiler: Compiler,
    job: &CompileJob,
    module: &[u8],
    target: &Target,
    meter: &Meter,
) -> Result<()> {
    if !job.validated {
        meter.reach("Validating", 0.0);
        // The rules are those of Wasmer's own `validate`. This one uses all cores and has our
        // sentences for its errors.
        watshop_module::validate(module, &job.proposals)?;
    }
    watshop_module::takes(module, compiler, &job.proposals)?;
    if compiler == Compiler::Singlepass
        && matches!(target.triple().architecture, Architecture::Aarch64(_))
    {
        watshop_module::check_floats_held(module, &job.proposals)?;
    }
    Ok(())
}

/// The answer, and the memory that is left over. Dropping its many small pieces takes time, so that
/// happens after the answer was sent.
pub(crate) struct CompileOutput {
    pub answer: CompileOutcome,
    pub left: Option<BuiltModule>,
}

/// An error of Wasmer as one for people.
fn explain(compiler: Compiler, error: CompileError) -> Error {
    match error {
        CompileError::Validate(words) => invalid(&words, offset(&words)),
        CompileError::Wasm(WasmError::InvalidWebAssembly { message, offset }) => {
            invalid(&message, u32::try_from(offset).ok())
        }
        CompileError::Aborted(_) => stopped(),
        error => refused(compiler, &error.to_string()),
    }
}

fn invalid(words: &str, offset: Option<u32>) -> Error {
    Error::new(ErrorCode::InvalidModule, say!("The module is not valid: {words}."))
        .help(say!("Fix what the message names, or turn on the proposal it asks for."))
        .at(Place { offset, ..Place::default() })
}

/// The error of a compilation that was cancelled.
pub(crate) fn stopped() -> Error {
    Error::new(ErrorCode::Stopped, say!("The compilation was stopped."))
}

/// The error of a compiler that cannot compile a module. The compiler's own message names its
/// internal parts, so it goes to the log.
pub(crate) fn refused(compiler: Compiler, words: &str) -> Error {
    tracing::error!("{} refused a module: {words}", compiler.title());
    let message = say!("{} refused the module: {}.", compiler.title(), plain(words));
    Error::new(ErrorCode::CompilerRefused, message).help(say!("Another compiler may take it."))
}

/// The byte offset at the end of a message of wasmparser: "… (at offset 0x1f)".
fn offset(words: &str) -> Option<u32> {
    let (_, offset) = words.rsplit_once("(at offset 0x")?;
    u32::from_str_radix(offset.strip_suffix(')')?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offset_of_a_validation_error_is_found() {
        assert_eq!(offset("type mismatch (at offset 0x1f)"), Some(31));
        assert_eq!(offset("type mismatch"), None);
    }
}
