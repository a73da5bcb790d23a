//! Loads an artifact: it becomes a module whose code is mapped.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use watshop_protocol::say;

use bytes::Bytes;
use wasmer::sys::EngineBuilder;
use wasmer::{DeserializeError, Engine, Module};
use watshop_artifact::{Machine, SealedArtifact};
use watshop_protocol::page::{self, Compiler, Error, ErrorCode, Result};

/// A module that is ready to be instantiated.
pub struct LoadedModule {
    /// The owner of the code.
    pub engine: Engine,
    /// The module.
    pub module: Module,
    /// The addresses of the guest's own functions.
    pub code: Range<usize>,
    /// The compiler that made the code, if it is known.
    pub compiler: Option<Compiler>,
}

/// Checks an artifact and maps its code. `own` is true for an artifact of our own compiler, see
/// [`Load`](watshop_protocol::instance::Load).
///
/// # Errors
///
/// `artifact_damaged`, `artifact_foreign` or `file`.
pub fn load(path: &Path, expected: Option<&str>, own: bool) -> Result<LoadedModule> {
    load_beside(&Engine::from(EngineBuilder::headless()), path, expected, own)
}

/// Does the same as [`load`] in an engine that has other modules already. Function types are equal
/// only within one engine.
///
/// # Errors
///
/// The errors of [`load`].
pub fn load_beside(
    engine: &Engine,
    path: &Path,
    expected: Option<&str>,
    own: bool,
) -> Result<LoadedModule> {
    let sealed = watshop_artifact::open(path)?;
    watshop_artifact::fits(&sealed.passport, &Machine::host())?;
    if expected.is_some_and(|hash| hash != sealed.passport.payload_hash) {
        return Err(damaged_error("its code is not the code that was requested"));
    }
    // The passport says which loader gets the code, so the code must agree.
    if own {
        sealed.check_engine()?;
    } else {
        sealed.prove()?;
    }
    let engine = engine.clone();
    let compiler = sealed.passport.compiler();
    // The loader indexes and asserts without checks of its own. Bytes that are whole but come from
    // another program must not end the process.
    let module = catch_unwind(AssertUnwindSafe(|| deserialize(&engine, sealed, own)))
        .map_err(|_| damaged_error("the runtime gave up reading it"))?
        .map_err(|e| damaged_error(&e.to_string()))?;
    let code = code_of(&module);
    Ok(LoadedModule { engine, module, code, compiler })
}

#[expect(unsafe_code, reason = "Wasmer trusts the machine code that it loads")]
fn deserialize(
    engine: &Engine,
    sealed: SealedArtifact,
    own: bool,
) -> std::result::Result<Module, DeserializeError> {
    match sealed.passport.engine {
        // SAFETY: as below. The layout of our own compiler's output is right if every byte is the
        // one that it wrote. The hash was checked, and the workbench knows the key that signed it.
        page::Engine::Jit if own => unsafe {
            Module::deserialize_unchecked(engine, Bytes::from_owner(Payload(sealed)))
        },
        // SAFETY: the payload is machine code that is about to run with our rights. To load it
        // means to trust it, and the page says so before it runs a sealed file from elsewhere.
        // `open` and `fits` have checked that a compiler of this version sealed it for this
        // machine.
        page::Engine::Jit => unsafe {
            Module::deserialize(engine, Bytes::from_owner(Payload(sealed)))
        },
        page::Engine::Native => {
            let path = path_of(&sealed);
            // SAFETY: as above. The file that is mapped is the one that was checked.
            unsafe { Module::deserialize_from_file(engine, path) }
        }
    }
}

/// The path of the very file that was checked, even if its name means another file by now.
fn path_of(sealed: &SealedArtifact) -> PathBuf {
    use std::os::fd::AsRawFd as _;
    format!("/proc/self/fd/{}", sealed.file.as_raw_fd()).into()
}

/// The checked mapping, which Wasmer uses itself, without a copy.
struct Payload(SealedArtifact);

impl AsRef<[u8]> for Payload {
    fn as_ref(&self) -> &[u8] {
        self.0.payload()
    }
}

/// The range from the first function to the end of the last.
fn code_of(module: &Module) -> Range<usize> {
    let extents = module.sys_artifact().and_then(|artifact| artifact.finished_function_extents());
    let places = extents.into_iter().flatten().map(|(_, extent)| {
        let start = extent.ptr.0 as usize;
        start..start + extent.length
    });
    places.reduce(|all, one| all.start.min(one.start)..all.end.max(one.end)).unwrap_or(0..0)
}

fn damaged_error(why: &str) -> Error {
    Error::new(ErrorCode::ArtifactDamaged, say!("The artifact could not be loaded: {why}."))
        .help(say!("Compile the module again. Nothing of the file was run."))
}
