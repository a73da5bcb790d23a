//! From a binary to a sealed artifact: the one in the cache, or a new one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use tempfile::TempDir;
use watshop_artifact::{Key, Machine, Recipe};
use watshop_protocol::page::{
    Cache, Engine, EngineState, Error, ErrorCode, Phase, Result, RunState, Settings, Timings,
};
use watshop_protocol::passport::Passport;
use watshop_protocol::process::compiler::Job;

use crate::activity::Turn;
use crate::compilers::{Compilers, Progress};
use crate::config::{CacheMode, Config};
use crate::feed::Feed;
use crate::sources::scratch;

/// A sealed artifact that a Run made, found, or was given.
#[derive(Debug, Clone)]
pub(crate) struct Artifact {
    pub path: PathBuf,
    pub passport: Arc<Passport>,
    pub cache: Cache,
    /// Where it lies in the cache.
    key: Option<Key>,
    /// A file that is nobody else's goes with the last who has it.
    _own: Option<Arc<Own>>,
}

/// A file that is removed when it is dropped.
#[derive(Debug)]
struct Own(PathBuf);

impl Drop for Own {
    fn drop(&mut self) {
        let path = std::mem::take(&mut self.0);
        let remove = move || {
            if let Err(error) = std::fs::remove_file(&path) {
                tracing::debug!(path = %path.display(), %error, "an artifact cannot be removed");
            }
        };
        // The system takes a while to let go of a large file, and a run may be waiting for us.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(remove)),
            Err(_) => remove(),
        }
    }
}

impl Artifact {
    /// The one that a tab holds itself.
    pub(crate) fn of_tab(path: PathBuf, passport: Arc<Passport>) -> Self {
        Self { path, passport, cache: Cache::Sealed, key: None, _own: None }
    }
}

/// Makes artifacts, and remembers those it made.
#[derive(Debug)]
pub(crate) struct Foundry {
    pub compilers: Compilers,
    /// None: nothing is looked for and nothing kept.
    cache: Option<watshop_artifact::Cache>,
    machine: Machine,
    scratch: OnceLock<TempDir>,
    made: AtomicU64,
}

/// What is to be made.
pub(crate) struct Order<'a> {
    pub binary: Arc<[u8]>,
    /// BLAKE3 of the binary.
    pub hash: String,
    /// It is known to be valid with the proposals of the settings.
    pub validated: bool,
    pub settings: &'a Settings,
    /// Who is told of the progress.
    pub feed: &'a Arc<Feed>,
}

impl Foundry {
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
            scratch: OnceLock::new(),
            made: AtomicU64::new(0),
        })
    }

    /// The machine this runs on.
    pub(crate) fn machine(&self) -> &Machine {
        &self.machine
    }

    /// Which engines there are here.
    pub(crate) fn engines(&self) -> Vec<EngineState> {
        let state = |engine| EngineState { engine, missing: self.lacks(engine) };
        Engine::ALL.map(state).into()
    }

    /// The artifact of a binary, from the cache or from its compiler. What was compiled has its times in
    /// `timings`.
    pub(crate) async fn make(
        &self,
        order: &Order<'_>,
        turn: &mut Turn,
        timings: &mut Timings,
    ) -> Result<Artifact> {
        let settings = order.settings;
        if let Some(missing) = self.lacks(settings.engine) {
            return Err(Error::new(ErrorCode::EngineUnavailable, missing).help("Choose the engine JIT."));
        }
        let recipe = Recipe {
            module_hash: order.hash.clone(),
            compiler: settings.compiler,
            engine: settings.engine,
            optimisation: settings.optimisation,
            proposals: settings.proposals,
            machine: self.machine.clone(),
            program: self.compilers.identify(settings.compiler)?,
        };
        let Some(cache) = &self.cache else {
            let number = self.made.fetch_add(1, Ordering::Relaxed);
            let path = scratch(&self.scratch)?.join(format!("{number}.wshop"));
            return self.compile(order, path, None, turn, timings).await;
        };
        let key = Key::new(recipe);
        if let Some((path, passport)) = cache.find(&key) {
            let passport = Arc::new(passport);
            return Ok(Artifact { path, passport, cache: Cache::Hit, key: Some(key), _own: None });
        }
        let made = self.compile(order, cache.path(&key), Some(key), turn, timings).await?;
        let cache = cache.clone();
        tokio::task::spawn_blocking(move || {
            if let Err(error) = cache.trim() {
                tracing::warn!(%error, "the cache cannot be trimmed");
            }
        });
        Ok(made)
    }

    /// The same after what was in the cache turned out to be damaged, or went in between.
    pub(crate) async fn make_again(
        &self,
        damaged: Artifact,
        order: &Order<'_>,
        turn: &mut Turn,
        timings: &mut Timings,
    ) -> Result<Artifact> {
        if let (Some(cache), Some(key)) = (&self.cache, &damaged.key) {
            cache.discard(key);
        }
        self.make(order, turn, timings).await
    }

    async fn compile(
        &self,
        order: &Order<'_>,
        path: PathBuf,
        key: Option<Key>,
        turn: &mut Turn,
        timings: &mut Timings,
    ) -> Result<Artifact> {
        let settings = order.settings;
        let job = Job {
            validated: order.validated,
            again: false,
            engine: settings.engine,
            optimisation: settings.optimisation,
            proposals: settings.proposals,
            target: None,
            module_hash: order.hash.clone(),
            sealed: path.clone(),
        };
        let tell =
            |fraction, detail| order.feed.set(RunState::Running { phase: Phase::Compile, fraction, detail });
        tell(None, Some(format!("waiting for {}", settings.compiler.title())));
        let progress = |now: Option<Progress>| match now {
            Some(now) => tell(now.fraction, Some(now.step)),
            None => tell(None, None),
        };
        let compiled =
            self.compilers.compile(settings.compiler, job, Arc::clone(&order.binary), turn, progress).await;
        let compiled = match compiled {
            Ok(compiled) => compiled,
            Err(error) => return Err(self.point_at(error, order).await),
        };
        timings.compile = Some(compiled.compile_ns);
        timings.seal = Some(compiled.seal_ns);
        let own = key.is_none().then(|| Arc::new(Own(path.clone())));
        let cache = if key.is_some() { Cache::Miss } else { Cache::Off };
        Ok(Artifact { path, passport: Arc::new(compiled.passport), cache, key, _own: own })
    }

    /// A compiler says what is wrong in its own words; the validator knows where it is.
    async fn point_at(&self, error: Error, order: &Order<'_>) -> Error {
        if !matches!(error.code, ErrorCode::CompilerRefused | ErrorCode::InvalidModule) {
            return error;
        }
        let (binary, proposals) = (Arc::clone(&order.binary), order.settings.proposals);
        let validated =
            tokio::task::spawn_blocking(move || watshop_module::validate(&binary, &proposals)).await;
        match validated {
            Ok(Err(invalid)) => invalid,
            // Valid, so it is something that this compiler lacks.
            _ => error,
        }
    }

    fn lacks(&self, engine: Engine) -> Option<String> {
        let native = cfg!(all(target_os = "linux", target_arch = "x86_64"));
        (engine == Engine::Native && !native).then(|| {
            format!(
                "Native artifacts are ELF files for x86-64 Linux, and this machine is {}.",
                self.machine.triple
            )
        })
    }
}
