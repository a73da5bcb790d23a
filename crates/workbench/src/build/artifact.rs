//! Makes a sealed artifact from a binary, or finds it in the cache.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use watshop_artifact::{Key, Machine, ObjectFile, Recipe, SigningKey};
use watshop_protocol::page::{
    CacheUse, CompileTimes, Engine, EngineState, Error, ErrorCode, Form, Limits, Maker, Phase,
    Result, RunState, Settings, Target, Timings,
};
use watshop_protocol::passport::Passport;
use watshop_protocol::process::compiler::CompileJob;

use super::compilers::{Compilers, JobOutput, JobProgress};
use super::targets;
use crate::activity::RunGuard;
use crate::config::{CacheMode, Config, file_error};
use crate::data_folder;
use crate::feed::Feed;
use crate::scratch::{self, Scratch};
use crate::sync::lock;
use crate::task::blocking;

/// A sealed artifact, which was made, found in the cache, or opened by a person.
#[derive(Debug, Clone)]
pub(crate) struct Artifact {
    pub path: PathBuf,
    pub passport: Arc<Passport>,
    pub cache: CacheUse,
    /// Its key, if it lies in the cache.
    key: Option<Key>,
    /// A file outside of the cache, which is removed with its last owner.
    _own: Option<Arc<OwnedFile>>,
}

/// A file that is removed when it is dropped.
#[derive(Debug)]
struct OwnedFile(PathBuf);

impl Drop for OwnedFile {
    fn drop(&mut self) {
        let path = std::mem::take(&mut self.0);
        let remove = move || {
            if let Err(error) = std::fs::remove_file(&path) {
                tracing::debug!(path = %path.display(), %error, "an artifact cannot be removed");
            }
        };
        // The system takes a while to free a large file, and a run may be waiting for us.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(remove)),
            Err(_) => remove(),
        }
    }
}

impl Artifact {
    /// The artifact that a tab holds itself.
    pub(crate) fn of_tab(path: PathBuf, passport: Arc<Passport>) -> Self {
        Self { path, passport, cache: CacheUse::Sealed, key: None, _own: None }
    }
}

/// Makes artifacts, and keeps them in the cache.
#[derive(Debug)]
pub(crate) struct Builder {
    pub compilers: Compilers,
    /// The cache. Without one, no artifact is looked for or kept.
    cache: Option<watshop_artifact::Cache>,
    machine: Machine,
    /// Signs the artifacts that are made here. `None` if the data folder has no place for a secret.
    /// Then no artifact is known as our own.
    signing_key: Option<SigningKey>,
    scratch: OnceLock<Scratch>,
    made: AtomicU64,
    /// The object file that was made last.
    object: Mutex<Option<KeptObject>>,
}

/// An object file, with the module and the settings that it was made of.
#[derive(Debug)]
struct KeptObject {
    hash: String,
    settings: Settings,
    object: Arc<InspectedObject>,
}

/// A module to compile, and the settings for it.
pub(crate) struct BuildOrder<'a> {
    pub binary: Arc<[u8]>,
    /// The BLAKE3 of the binary.
    pub hash: String,
    /// True if the binary is known to be valid with the proposals of the settings.
    pub validated: bool,
    pub settings: &'a Settings,
    /// The feed that gets the progress.
    pub feed: &'a Arc<Feed>,
}

/// An object file that has been checked.
#[derive(Debug)]
pub(crate) struct InspectedObject {
    pub bytes: Vec<u8>,
    /// The C header that declares its symbols.
    pub header: String,
    pub symbols: Vec<String>,
    pub triple: String,
}

impl BuildOrder<'_> {
    fn job(&self, form: Form, to: PathBuf) -> CompileJob {
        CompileJob {
            form,
            optimisation: self.settings.optimisation,
            proposals: self.settings.proposals,
            count_instructions: self.settings.count_instructions,
            target: self.settings.target.clone(),
            validated: self.validated,
            again: false,
            measure_functions: false,
            module_hash: self.hash.clone(),
            signing_key: None,
            to,
        }
    }
}

/// The most bytes that are read of a compiler's output.
pub(crate) const LARGEST_MADE: u64 = 4 << 30;

/// The secret of a data folder.
fn signing_key(data_dir: &Path) -> Option<SigningKey> {
    let key = data_folder::make(data_dir)
        .and_then(|()| Ok(SigningKey::open(&data_folder::signing_key(data_dir))?));
    key.inspect_err(|error| tracing::warn!(%error, "artifacts cannot be signed")).ok()
}

impl Builder {
    pub(crate) fn new(config: &Config) -> Result<Self> {
        let cache = match config.cache {
            CacheMode::Off => None,
            CacheMode::On => {
                let folder = config.data_dir.join("artifacts");
                Some(watshop_artifact::Cache::open(folder, watshop_artifact::DEFAULT_MAX_BYTES)?)
            }
        };
        Ok(Self {
            compilers: Compilers::new(config),
            cache,
            machine: Machine::host(),
            signing_key: signing_key(&config.data_dir),
            scratch: OnceLock::new(),
            made: AtomicU64::new(0),
            object: Mutex::default(),
        })
    }

    /// Restores the secret and the folder of the cache, if they were removed.
    pub(crate) fn put_back(&self, data_dir: &Path) -> Result<()> {
        if let Some(cache) = &self.cache {
            data_folder::make(cache.folder())?;
        }
        if let Some(signing_key) = &self.signing_key {
            signing_key.keep(&data_dir.join(data_folder::SIGNING_KEY))?;
        }
        Ok(())
    }

    /// The folder for the artifacts that it makes.
    pub(crate) fn folder(&self) -> Result<PathBuf> {
        match &self.cache {
            Some(cache) => Ok(cache.folder().to_owned()),
            None => scratch::open(&self.scratch).map(Path::to_owned),
        }
    }

    /// Ends all compiler processes, and removes the files that are not kept.
    pub(crate) async fn end(&self) {
        self.compilers.end().await;
        scratch::close(&self.scratch);
    }

    /// The folder of files that are not kept.
    pub(crate) fn scratch_folder(&self) -> Result<PathBuf> {
        scratch::open(&self.scratch).map(Path::to_owned)
    }

    /// The machine that this process runs on.
    pub(crate) fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Says whether an artifact was made here.
    pub(crate) fn maker(&self, passport: &Passport) -> Maker {
        match &self.signing_key {
            Some(signing_key) if signing_key.signed(passport) => Maker::Own,
            _ => Maker::Unknown,
        }
    }

    /// The state of each engine on this machine.
    pub(crate) fn engines(&self) -> Vec<EngineState> {
        let state = |engine| EngineState { engine, missing: self.lacks(engine) };
        Engine::ALL.map(state).into()
    }

    /// The artifact of a binary, from the cache or from its compiler. If it was compiled, `timings`
    /// gets its times.
    pub(crate) async fn make(
        &self,
        order: &BuildOrder<'_>,
        guard: &mut RunGuard,
        timings: &mut Timings,
    ) -> Result<Artifact> {
        let settings = order.settings;
        let machine = Machine::of(settings.target.as_ref())?;
        if settings.target.is_none()
            && let Some(missing) = self.lacks(settings.engine)
        {
            return Err(Error::new(ErrorCode::EngineUnavailable, missing));
        }
        targets::check(settings, settings.engine.into(), &machine)?;
        let recipe = Recipe {
            module_hash: order.hash.clone(),
            compiler: settings.compiler,
            engine: settings.engine,
            optimisation: settings.optimisation,
            proposals: settings.proposals,
            count_instructions: settings.count_instructions,
            machine,
            program: self.compilers.identify(settings.compiler)?,
        };
        let Some(cache) = &self.cache else {
            let path = self.scratch_file("wshop")?;
            return self.compile(order, path, None, guard, timings).await;
        };
        let key = Key::new(recipe);
        // Without the secret, our own files in the folder cannot be distinguished from foreign
        // ones.
        if let Some((path, passport)) =
            self.signing_key.as_ref().and_then(|signing_key| cache.find(&key, signing_key))
        {
            let passport = Arc::new(passport);
            return Ok(Artifact {
                path,
                passport,
                cache: CacheUse::Hit,
                key: Some(key),
                _own: None,
            });
        }
        let made = self.compile(order, cache.path(&key), Some(key), guard, timings).await?;
        let cache = cache.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = cache.trim() {
                tracing::warn!(%error, "the cache cannot be trimmed");
            }
        });
        Ok(made)
    }

    /// Compiles a binary, whether the cache has its artifact or not. The artifact is removed with its
    /// last owner.
    pub(crate) async fn make_apart(
        &self,
        order: &BuildOrder<'_>,
        guard: &mut RunGuard,
        timings: &mut Timings,
    ) -> Result<Artifact> {
        if let Some(missing) = self.lacks(order.settings.engine) {
            return Err(Error::new(ErrorCode::EngineUnavailable, missing));
        }
        let machine = Machine::of(order.settings.target.as_ref())?;
        targets::check(order.settings, order.settings.engine.into(), &machine)?;
        let path = self.scratch_file("wshop")?;
        self.compile(order, path, None, guard, timings).await
    }

    /// Compiles a binary whether the cache has its artifact or not, and gives the times of its steps
    /// and functions. Nothing is kept.
    pub(crate) async fn measure(
        &self,
        order: &BuildOrder<'_>,
        guard: &mut RunGuard,
    ) -> Result<CompileTimes> {
        let settings = order.settings;
        let machine = Machine::of(settings.target.as_ref())?;
        targets::check(settings, settings.engine.into(), &machine)?;
        let path = self.scratch_file("wshop")?;
        let _own = OwnedFile(path.clone());
        let job = CompileJob { measure_functions: true, ..order.job(settings.engine.into(), path) };
        match self.ask(order, job, guard).await? {
            JobOutput::Sealed { times: Some(times), .. } => Ok(*times),
            JobOutput::Sealed { .. } | JobOutput::Object { .. } => Err(Error::new(
                ErrorCode::CompilerCrashed,
                say!("The compiler did not measure what it did."),
            )),
        }
    }

    /// Makes the artifact again after the one in the cache was found damaged or gone.
    pub(crate) async fn make_again(
        &self,
        damaged: Artifact,
        order: &BuildOrder<'_>,
        guard: &mut RunGuard,
        timings: &mut Timings,
    ) -> Result<Artifact> {
        if let (Some(cache), Some(key)) = (&self.cache, &damaged.key) {
            cache.discard(key);
        }
        self.make(order, guard, timings).await
    }

    async fn compile(
        &self,
        order: &BuildOrder<'_>,
        path: PathBuf,
        key: Option<Key>,
        guard: &mut RunGuard,
        timings: &mut Timings,
    ) -> Result<Artifact> {
        let signing_key = self.signing_key.as_ref().map(SigningKey::to_hex);
        let job =
            CompileJob { signing_key, ..order.job(order.settings.engine.into(), path.clone()) };
        let made = self.ask(order, job, guard).await?;
        let JobOutput::Sealed { passport, start_ns, compile_ns, seal_ns, times: _ } = made else {
            return Err(Error::new(
                ErrorCode::CompilerCrashed,
                say!("The compiler made a file of the wrong kind."),
            ));
        };
        timings.start = start_ns;
        timings.compile = Some(compile_ns);
        timings.seal = Some(seal_ns);
        let own = key.is_none().then(|| Arc::new(OwnedFile(path.clone())));
        let cache = if key.is_some() { CacheUse::Miss } else { CacheUse::Off };
        Ok(Artifact { path, passport: Arc::from(passport), cache, key, _own: own })
    }

    /// Makes an object file for the target of the settings.
    pub(crate) async fn object(
        &self,
        order: &BuildOrder<'_>,
        guard: &mut RunGuard,
    ) -> Result<Arc<InspectedObject>> {
        let machine = Machine::of(order.settings.target.as_ref())?;
        targets::check(order.settings, Form::Object, &machine)?;
        // A page requests object and header one after the other, and they may have taken long to
        // make.
        if let Some(kept) = lock(&self.object).as_ref()
            && kept.hash == order.hash
            && kept.settings == *order.settings
        {
            return Ok(Arc::clone(&kept.object));
        }
        let path = self.scratch_file("o")?;
        let own = OwnedFile(path.clone());
        let job = order.job(Form::Object, path.clone());
        let JobOutput::Object { header, symbols } = self.ask(order, job, guard).await? else {
            return Err(Error::new(
                ErrorCode::CompilerCrashed,
                say!("The compiler made a file of the wrong kind."),
            ));
        };
        let triple = machine.triple;
        let read = move || {
            let bytes = watshop_artifact::read_regular(&path, LARGEST_MADE)
                .map_err(|e| file_error(say!("Reading"), &path, &e))?;
            watshop_artifact::verify_object(&bytes, ObjectFile::Relocatable, &triple, &symbols)?;
            Ok(Arc::new(InspectedObject { bytes, header, symbols, triple }))
        };
        let object = blocking(read).await?;
        drop(own);
        let (hash, settings) = (order.hash.clone(), order.settings.clone());
        *lock(&self.object) = Some(KeptObject { hash, settings, object: Arc::clone(&object) });
        Ok(object)
    }

    /// Rejects a module that starts with more than the limits allow, before it is compiled. Code
    /// for another machine does not run here, so its limits are not checked.
    ///
    /// # Errors
    ///
    /// `memory_limit` or `table_limit`.
    pub(crate) fn check_limits(
        &self,
        binary: &[u8],
        settings: &Settings,
        limits: Limits,
    ) -> Result<()> {
        let elsewhere = |target: &Target| target.triple != self.machine.triple;
        match &settings.target {
            Some(target) if elsewhere(target) => Ok(()),
            _ => watshop_module::check_limits(binary, &limits),
        }
    }

    /// The path of a new file in the scratch folder, which is ours alone.
    pub(crate) fn scratch_file(&self, ending: &str) -> Result<PathBuf> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        Ok(scratch::open(&self.scratch)?.join(format!("{number}.{ending}")))
    }

    async fn ask(
        &self,
        order: &BuildOrder<'_>,
        job: CompileJob,
        guard: &mut RunGuard,
    ) -> Result<JobOutput> {
        let settings = order.settings;
        let title = settings.compiler.title();
        let set =
            |phase, fraction, detail| order.feed.set(RunState::Running { phase, fraction, detail });
        set(Phase::Compile, None, Some(say!("waiting for {title}")));
        let tell = |step| match step {
            JobProgress::Starting => set(Phase::Start, None, Some(say!("Starting {title}"))),
            JobProgress::Compiling(Some(now)) => {
                set(Phase::Compile, now.fraction, Some(say!("{}", now.step)));
            }
            JobProgress::Compiling(None) => set(Phase::Compile, None, None),
            JobProgress::Silent(error) => order.feed.silent(error),
        };
        match self
            .compilers
            .make(settings.compiler, job, Arc::clone(&order.binary), guard, tell)
            .await
        {
            Ok(made) => Ok(made),
            Err(error) => Err(self.point_at(error, order).await),
        }
    }

    /// Replaces the error of a compiler by that of the validator if the module is invalid. The
    /// validator knows the reason and the place, and the compiler did not validate.
    async fn point_at(&self, error: Error, order: &BuildOrder<'_>) -> Error {
        if !matches!(error.code, ErrorCode::CompilerRefused | ErrorCode::InvalidModule) {
            return error;
        }
        let (binary, proposals) = (Arc::clone(&order.binary), order.settings.proposals);
        let validated =
            tokio::task::spawn_blocking(move || watshop_module::validate(&binary, &proposals))
                .await;
        match validated {
            Ok(Err(invalid)) => invalid,
            // The module is valid, so the compiler lacks one of its features.
            _ => self.name_installed(error),
        }
    }

    /// Offers only the installed ones of the compilers that take the module.
    fn name_installed(&self, mut error: Error) -> Error {
        let states = self.compilers.states();
        let installed = |compiler| {
            states.iter().any(|state| state.compiler == compiler && state.missing.is_none())
        };
        let takers = std::mem::take(&mut error.compilers);
        error.compilers = takers.iter().copied().filter(|compiler| installed(*compiler)).collect();
        if !takers.is_empty() {
            let help = match error.compilers.as_slice() {
                [] if takers.len() == 1 => {
                    say!("{} It is not installed here.", watshop_module::who_takes_it(&takers))
                }
                [] => say!(
                    "{} None of them is installed here.",
                    watshop_module::who_takes_it(&takers)
                ),
                here => watshop_module::who_takes_it(here),
            };
            error = error.help(help);
        }
        error
    }

    fn lacks(&self, engine: Engine) -> Option<Sentence> {
        let native = cfg!(target_arch = "x86_64");
        (engine == Engine::Native && !native).then(|| {
            say!(
                "Native artifacts are ELF files for x86-64 Linux, and this machine is {}.",
                self.machine.triple
            )
        })
    }
}
