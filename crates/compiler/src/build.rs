//! Compiling a valid module. This does the work of `wasmer::Module::new` and `serialize` in our own
//! order: it does nothing twice, uses several cores, and does not load the code into this process,
//! which never runs it.

use std::sync::Arc;
use std::time::Instant;

use rkyv::rancor;
use rkyv::util::AlignedVec;
use wasmer_compiler::serialize::{
    RkyvSerializableCompilation, SerializableCompilation, SerializableModule,
};
use wasmer_compiler::types::address_map::InstructionAddressMap;
use wasmer_compiler::types::function::{Compilation, FunctionBody, RkyvCompilation};
use wasmer_compiler::types::module::CompileModuleInfo;
use wasmer_compiler::types::relocation::Relocation;
use wasmer_compiler::types::section::SectionIndex;
use wasmer_compiler::{
    ArtifactBuild, BaseTunables, CompilerConfig, ModuleEnvironment, ModuleMiddleware,
    Tunables as _, libcall_trampoline_len, make_libcall_trampolines,
};
use wasmer_types::entity::{EntityRef as _, PrimaryMap};
use wasmer_types::target::Target;
use wasmer_types::{
    CompilationProgressCallback, CompileError, Features, MetadataHeader, ModuleHash,
    OwnedDataInitializer, TrapInformation,
};
use watshop_module::ActiveSegments;
use watshop_protocol::page::{CompileTimes, Compiler};
use watshop_protocol::passport::CodeSection;

use crate::clock::{FunctionClock, FunctionStart};
use crate::forward::Forwarders;
use crate::instrument::instrument;
use crate::scan::BodyScanner;
use crate::segments::{self, SegmentFunctions};
use crate::times;
use crate::unshared_wait::UnsharedWait;

/// The code of a module, and the description that a runner needs.
pub(crate) struct BuiltModule {
    module: SerializableModule,
    /// The times, if they were measured.
    pub times: Option<CompileTimes>,
}

/// The module to compile, and the settings for it.
pub(crate) struct Task<'a> {
    pub compiler: Compiler,
    /// True for a shared object, false for Wasmer's serialised form.
    pub native: bool,
    /// True if the code counts its instructions.
    pub count: bool,
    /// True if the time of each function is measured.
    pub measure: bool,
    pub features: Features,
    pub module: &'a [u8],
    /// The module's active segments.
    pub active: &'a ActiveSegments,
    pub target: &'a Target,
}

/// Compiles a module.
///
/// # Errors
///
/// Those of the compiler, and those of `progress`.
pub(crate) fn build(
    mut config: Box<dyn CompilerConfig>,
    task: Task<'_>,
    progress: &CompilationProgressCallback,
) -> Result<BuiltModule, CompileError> {
    let begun = Instant::now();
    let Task { compiler: kind, native, count, measure, features, module, active, target } = task;
    let readable = segments::readable(module, active);
    // Wasmer wants a SHA-256 in every module. The translation uses only one core, so another one
    // hashes.
    let (hash, translation) =
        rayon::join(|| ModuleHash::new(module), || ModuleEnvironment::new().translate(&readable));
    let translation = translation.map_err(CompileError::Wasm)?;
    let state = translation.module_translation_state.as_ref();
    let state =
        state.ok_or_else(|| CompileError::Codegen("the module was not translated".to_owned()))?;
    let mut info = translation.module;
    info.hash = Some(hash);
    let (mut bodies, mut data) = (translation.function_body_inputs, translation.data_initializers);
    let scanned = BodyScanner::new(kind, count, &info).all(&bodies)?;
    let added = SegmentFunctions::of(&info, &bodies, &data, active)?;
    let of_segments = added.apply(&mut info, &mut bodies, &mut data, active, module.len());
    let forwarders = Forwarders::of(&info, module.len());
    let places = instrument(kind, count, &mut info, &mut bodies, &scanned, &forwarders);
    // The middleware for places comes first, because it knows instructions by their number, and the others give
    // several for one.
    let unshared_wait = UnsharedWait::of(&info, &scanned);
    let clock = measure.then(|| FunctionClock::start(scanned.len()));
    // The clock changes nothing, so its place does not matter.
    let starts = clock.as_ref().map(|clock| {
        let start: Arc<dyn ModuleMiddleware> = Arc::new(FunctionStart(Arc::clone(clock)));
        start
    });
    let progress = &match &clock {
        Some(clock) => clock.listening(progress),
        None => progress.clone(),
    };
    for middleware in [places, of_segments, unshared_wait, starts].into_iter().flatten() {
        config.push_middleware(middleware);
    }
    let compiler = config.compiler();

    // The styles must be those that the runner's own tunables choose. They are based on these too.
    let tunables = BaseTunables::new();
    let memory_styles =
        info.memories.values().map(|memory| tunables.memory_style(memory)).collect();
    let table_styles = info.tables.values().map(|table| tunables.table_style(table)).collect();
    let mut built = SerializableModule {
        compilation: SerializableCompilation::Elf(Vec::new()),
        compile_info: CompileModuleInfo {
            module: Arc::new(info),
            features,
            memory_styles,
            table_styles,
            function_max_stack_usage: PrimaryMap::new(),
        },
        data_initializers: data.iter().map(OwnedDataInitializer::new).collect(),
        cpu_features: compiler.get_cpu_features_used(target.cpu_features()).as_u64(),
    };
    // Only a shared object contains its description.
    let description = if native { built.serialize().map_err(unwritable)? } else { Vec::new() };
    let lengths: Vec<_> = match &clock {
        Some(_) => scanned.iter().map(|body| body.length).collect(),
        None => Vec::new(),
    };
    let compilation = compiler.compile_module(
        target,
        &built.compile_info,
        &description,
        state,
        bodies,
        Some(progress),
    )?;
    let (compilation, stack_usage) = match compilation {
        Compilation::Elf { data, function_max_stack_usage } => {
            (SerializableCompilation::Elf(data), function_max_stack_usage)
        }
        Compilation::Rkyv { compilation, function_max_stack_usage } => {
            (SerializableCompilation::Rkyv(lay_out(compilation, target)), function_max_stack_usage)
        }
    };
    built.compile_info.function_max_stack_usage = stack_usage;
    built.compilation = compilation;
    let times = clock.map(|clock| times::of(&built, &clock, &lengths, clock.since(begun)));
    Ok(BuiltModule { module: built, times })
}

/// The parts of a compilation in the order of an artifact: by kind, and with the trampolines to the
/// runtime's functions.
fn lay_out(compilation: RkyvCompilation, target: &Target) -> RkyvSerializableCompilation {
    let functions = compilation.functions.len();
    let mut made = RkyvSerializableCompilation {
        function_bodies: PrimaryMap::with_capacity(functions),
        function_relocations: PrimaryMap::with_capacity(functions),
        function_frame_info: PrimaryMap::with_capacity(functions),
        function_call_trampolines: compilation.function_call_trampolines,
        dynamic_function_trampolines: compilation.dynamic_function_trampolines,
        custom_sections: compilation.custom_sections,
        custom_section_relocations: PrimaryMap::new(),
        unwind_info: compilation.unwind_info,
        got: compilation.got,
        libcall_trampolines: SectionIndex::new(0),
        libcall_trampoline_len: u32::try_from(libcall_trampoline_len(target)).unwrap_or(u32::MAX),
    };
    for mut function in compilation.functions.into_iter().map(|(_, function)| function) {
        // Wasmer searches the places by bisection, but Singlepass adds some of them late.
        function.frame_info.address_map.instructions.sort_by_key(|at| at.code_offset);
        made.function_bodies.push(function.body);
        made.function_relocations.push(function.relocations);
        made.function_frame_info.push(function.frame_info);
    }
    made.libcall_trampolines = made.custom_sections.push(make_libcall_trampolines(target));
    made.custom_section_relocations =
        made.custom_sections.values().map(|section| section.relocations.clone()).collect();
    made
}

impl BuiltModule {
    /// The CPU features that the code may use.
    pub(crate) fn cpu_features(&self) -> Vec<String> {
        self.module.cpu_features().iter().map(|feature| feature.to_string()).collect()
    }

    /// The sections of the artifact, in the order in which they are written.
    pub(crate) fn sections(&self) -> Vec<CodeSection> {
        let made = match &self.module.compilation {
            SerializableCompilation::Elf(image) => return watshop_artifact::elf_sections(image),
            SerializableCompilation::Rkyv(made) => made,
        };
        let code = |functions: &mut dyn Iterator<Item = &FunctionBody>| {
            functions.map(|it| it.body.len()).sum()
        };
        let trampolines: usize = code(&mut made.function_call_trampolines.values());
        let trampolines = trampolines + code(&mut made.dynamic_function_trampolines.values());
        let frames = || made.function_frame_info.values();
        let relocations =
            made.function_relocations.values().chain(made.custom_section_relocations.values());
        let data = self.module.data_initializers.iter().map(|data| data.data.len());
        let parts = [
            ("functions", code(&mut made.function_bodies.values())),
            ("trampolines", trampolines),
            (
                "constants, unwind tables, jumps to the runtime",
                made.custom_sections.values().map(|it| it.bytes.len()).sum(),
            ),
            (
                "relocations",
                relocations.map(|it| it.len() * size_of::<rkyv::Archived<Relocation>>()).sum(),
            ),
            (
                "traps",
                frames()
                    .map(|it| it.traps.len() * size_of::<rkyv::Archived<TrapInformation>>())
                    .sum(),
            ),
            (
                "code offset to module offset",
                frames()
                    .map(|it| {
                        it.address_map.instructions.len()
                            * size_of::<rkyv::Archived<InstructionAddressMap>>()
                    })
                    .sum(),
            ),
            ("data", data.sum()),
        ];
        let told = parts.into_iter().filter(|(_, size)| *size > 0);
        told.map(|(name, size)| CodeSection { name: name.to_owned(), size: size as u64 }).collect()
    }

    /// The bytes that Wasmer's own `Module::serialize` gives. They are written to `buffer`, whose
    /// old content is dropped.
    ///
    /// # Errors
    ///
    /// [`CompileError::Codegen`] if rkyv cannot serialise a part.
    pub(crate) fn serialize<'a>(
        &'a self,
        buffer: &'a mut AlignedVec,
    ) -> Result<&'a [u8], CompileError> {
        let rkyv = match &self.module.compilation {
            SerializableCompilation::Elf(image) => return Ok(image),
            SerializableCompilation::Rkyv(_) => &self.module,
        };
        buffer.clear();
        buffer.extend_from_slice(ArtifactBuild::MAGIC_HEADER);
        buffer.extend_from_slice(&MetadataHeader::new(0).into_bytes());
        let start = buffer.len();
        let written =
            rkyv::api::high::to_bytes_in::<_, rancor::Error>(rkyv, std::mem::take(buffer));
        *buffer = written.map_err(unwritable)?;
        // The addresses of rkyv are relative, so the bytes before them do not change them.
        let length = buffer.len() - start;
        if u32::try_from(length).is_err() {
            return Err(unwritable("Wasmer's artifacts end at 4 GiB"));
        }
        buffer[start - MetadataHeader::LEN..start]
            .copy_from_slice(&MetadataHeader::new(length).into_bytes());
        Ok(buffer)
    }
}

fn unwritable(why: impl std::fmt::Display) -> CompileError {
    CompileError::Codegen(format!("the code cannot be written down: {why}"))
}
