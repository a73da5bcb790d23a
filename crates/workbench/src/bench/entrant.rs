//! A contender with a runner of its own, beside the tab's.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use watshop_protocol::say;

use watshop_protocol::bounds::MOST_SAMPLES_READ;
use watshop_protocol::instance::{
    BenchAnswer, BenchCalls, Calibrate, CalibrateAnswer, Call, CallAnswer, Instantiate,
    InstantiateAnswer, Load, ReadSamples,
};
use watshop_protocol::page::{
    Contender, Error, ErrorCode, ExportList, Maker, Provider, Result, Settings, Timings, WasiInput,
};
use watshop_protocol::process::runner::{CallEnd, HostSetup};

use crate::activity::RunGuard;
use crate::build::{Artifact, BuildOrder, Builder};
use crate::feed::Feed;
use crate::process::{Runner, RunnerError, RunnerKind};
use crate::tabs::{Runners, Source, SourceMap, Tab, Tabs, ValidModule, parse};

/// The module of a tab, as it was when the bench began.
pub(crate) struct Subject {
    pub tab: Arc<Tab>,
    pub title: String,
    pub binary: Arc<[u8]>,
    pub hash: String,
    pub settings: Settings,
    pub shown: Arc<SourceMap>,
    validated: bool,
}

impl Subject {
    /// Reads the module of a tab.
    ///
    /// # Errors
    ///
    /// Those of the text, and `bad_request` for an artifact or a module that is linked with others.
    pub(crate) async fn read(tabs: &Tabs, tab: &Arc<Tab>) -> Result<Self> {
        let (source, revision, mut settings, title) = {
            let held = tab.held();
            (held.source.clone(), held.revision, held.settings.clone(), held.title.clone())
        };
        if matches!(source, Source::Sealed { .. }) {
            let why =
                say!("An artifact is compiled already, so compilers cannot be compared on it.");
            return Err(
                Error::new(ErrorCode::BadRequest, why).help(say!("Open its module instead."))
            );
        }
        let linked = |provider: &Provider| matches!(provider, Provider::ExportOf { .. });
        if settings.imports.provisions.iter().any(|one| linked(&one.provider)) {
            let why = say!(
                "This module gets exports of another module, and such a pair is not measured."
            );
            return Err(Error::new(ErrorCode::BadRequest, why)
                .help(say!("Provide these imports in another way.")));
        }
        // No person is there to type, and writing a trace would be measured too.
        if !matches!(settings.wasi.input, WasiInput::Text { .. }) {
            settings.wasi.input = WasiInput::Text { text: String::new() };
        }
        settings.wasi.trace = false;
        settings.wasi.program.get_or_insert_with(|| title.clone());
        let source = tabs.read_source(tab, source).await;
        let shown = Arc::new(SourceMap::new(source.clone(), revision));
        let (binary, hash) = parse(source).await?;
        let valid = ValidModule { hash: hash.clone(), proposals: settings.proposals };
        let validated = tab.held().valid.as_ref() == Some(&valid);
        Ok(Self { tab: Arc::clone(tab), title, binary, hash, settings, shown, validated })
    }
}

impl Subject {
    /// The kind of runner that it needs.
    fn kind(&self) -> RunnerKind {
        RunnerKind::with_wasix(watshop_module::needs_wasix(&self.binary))
    }
}

/// One call of an export.
pub(crate) struct OneCall {
    /// The nanoseconds in the guest.
    pub ns: u64,
    /// The instructions, if they are counted.
    pub instructions: Option<u64>,
    pub ended: CallEnd,
}

/// The settings of a tab's module for a contender.
fn settings_of(contender: Contender, subject: &Subject) -> Settings {
    Settings {
        compiler: contender.compiler,
        engine: contender.engine,
        optimisation: contender.optimisation,
        ..subject.settings.clone()
    }
}

/// A contender with a runner of its own.
pub(crate) struct Entrant {
    settings: Settings,
    feed: Arc<Feed>,
    runner: Runner,
    artifact: Option<Artifact>,
    /// True while its guest's output goes nowhere.
    muted: Arc<AtomicBool>,
    /// True if its host calls are not recorded.
    paused: bool,
    /// The first exports of its instance, and the names of its memories.
    instance: Option<(ExportList, Vec<String>)>,
}

/// An instance that was made.
pub(crate) struct Made {
    /// The nanoseconds that it took.
    pub ns: u64,
    /// True if it is a WASI program with a `_start`.
    pub command: bool,
}

impl std::fmt::Debug for Entrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Entrant").field("runner", &self.runner).finish_non_exhaustive()
    }
}

impl Entrant {
    /// Starts its runner. If `count` is true, its code counts its instructions.
    ///
    /// # Errors
    ///
    /// `runner_crashed` if no process starts, `wasi_folder` if a folder is not there.
    pub(crate) fn start(
        contender: Contender,
        subject: &Subject,
        runners: &Runners,
        count: bool,
    ) -> Result<Self> {
        let (runner, feed) = runners.start_apart(&subject.tab, subject.kind())?;
        Ok(Self {
            settings: Settings { count_instructions: count, ..settings_of(contender, subject) },
            feed,
            runner,
            artifact: None,
            muted: Arc::default(),
            paused: true,
            instance: None,
        })
    }

    /// Starts a runner that may become the tab's.
    ///
    /// # Errors
    ///
    /// The errors of [`start`](Self::start).
    pub(crate) fn start_beside(
        contender: Contender,
        subject: &Subject,
        runners: &Runners,
        muted: bool,
    ) -> Result<Self> {
        let muted = Arc::new(AtomicBool::new(muted));
        let (runner, feed) = runners.start_beside(&subject.tab, subject.kind(), &muted)?;
        Ok(Self {
            settings: settings_of(contender, subject),
            feed,
            runner,
            artifact: None,
            muted,
            paused: subject.tab.held().calls_paused,
            instance: None,
        })
    }

    /// The feed of its compilation's progress.
    pub(crate) fn feed(&self) -> &Arc<Feed> {
        &self.feed
    }

    /// The settings that it compiles with.
    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Its runner, its artifact, the exports of its instance and the names of its memories. `None`
    /// without an instance. From now on its guest's output is shown.
    pub(crate) fn into_parts(self) -> Option<(Runner, Artifact, ExportList, Vec<String>)> {
        let (exports, memories) = self.instance?;
        self.muted.store(false, Ordering::SeqCst);
        Some((self.runner, self.artifact?, exports, memories))
    }

    /// The size of its artifact, in bytes.
    pub(crate) fn artifact_bytes(&self) -> Option<u64> {
        let artifact = self.artifact.as_ref()?;
        Some(std::fs::metadata(&artifact.path).ok()?.len())
    }

    /// Compiles, whether the cache has the code or not. Nothing is kept in the cache.
    pub(crate) async fn compile(
        &mut self,
        subject: &Subject,
        builder: &Builder,
        guard: &mut RunGuard,
    ) -> Result<u64> {
        let limits = self.settings.limits;
        builder.check_limits(&subject.binary, &self.settings, limits)?;
        let order = BuildOrder {
            binary: Arc::clone(&subject.binary),
            hash: subject.hash.clone(),
            validated: subject.validated,
            settings: &self.settings,
            feed: &self.feed,
        };
        let mut timings = Timings::default();
        let artifact = builder.make_apart(&order, guard, &mut timings).await?;
        watshop_artifact::fits(&artifact.passport, builder.machine())?;
        self.artifact = Some(artifact);
        Ok(timings.compile.unwrap_or(0))
    }

    /// Loads the artifact, and gives the nanoseconds.
    pub(crate) async fn load(&mut self, builder: &Builder, guard: &mut RunGuard) -> Result<u64> {
        let artifact = self.artifact.as_ref().ok_or_else(crate::process::no_instance)?;
        let request = Load {
            sealed: artifact.path.clone(),
            payload_hash: Some(artifact.passport.payload_hash.clone()),
            own: builder.maker(&artifact.passport) == Maker::Own,
        };
        let loaded = self.runner.ask_guest(request, guard, None).await;
        Ok(loaded.map_err(RunnerError::into_error)?.answer.load_ns)
    }

    /// Makes an instance.
    pub(crate) async fn instantiate(&mut self, guard: &mut RunGuard) -> Result<Made> {
        let host = HostSetup {
            imports: self.settings.imports.clone(),
            paused: self.paused,
            ..HostSetup::default()
        };
        let request = Instantiate {
            limits: self.settings.limits,
            wasi: self.settings.wasi.clone(),
            unknown_imports: self.settings.unknown_imports,
            host,
        };
        let made = self.runner.ask_guest(request, guard, None).await;
        Ok(match made.map_err(RunnerError::into_error)?.answer {
            InstantiateAnswer::Instance { instantiate_ns, command, exports, memories, .. } => {
                self.instance = Some((exports, memories));
                Made { ns: instantiate_ns, command }
            }
            InstantiateAnswer::Exited { instantiate_ns, .. } => {
                Made { ns: instantiate_ns, command: false }
            }
        })
    }

    /// Calls an export once.
    pub(crate) async fn call(
        &mut self,
        export: &str,
        arguments: &[String],
        guard: &mut RunGuard,
    ) -> Result<OneCall> {
        let request = Call {
            export: export.to_owned(),
            arguments: arguments.to_vec(),
            limit_ms: self.settings.limits.call_ms,
        };
        let called = self.runner.ask_guest(request, guard, None).await;
        let CallAnswer { call_ns, instructions, ended, exports } =
            called.map_err(RunnerError::into_error)?.answer;
        if let Some(instance) = &mut self.instance {
            instance.0 = exports;
        }
        Ok(OneCall { ns: call_ns, instructions, ended })
    }

    /// Benches calls. The limit of a call is the tab's.
    pub(crate) async fn bench(
        &mut self,
        asked: BenchCalls,
        guard: &mut RunGuard,
    ) -> Result<(BenchAnswer, Vec<u64>)> {
        let request = BenchCalls { limit_ms: self.settings.limits.call_ms, ..asked };
        let benched = self.runner.ask_guest(request, guard, None).await;
        let answer = benched.map_err(RunnerError::into_error)?.answer;
        let mut samples = Vec::with_capacity(answer.samples as usize);
        while samples.len() < answer.samples as usize {
            // There are fewer samples than a `u32` can count.
            let asked = ReadSamples { from: samples.len() as u32, limit: MOST_SAMPLES_READ };
            let read = self.runner.ask_with(asked, None).await;
            let (_, bytes) = read.map_err(RunnerError::into_error)?;
            if bytes.is_empty() {
                break;
            }
            let (eights, _) = bytes.as_chunks::<8>();
            samples.extend(eights.iter().map(|eight| u64::from_le_bytes(*eight)));
        }
        Ok((answer, samples))
    }

    /// Measures the machine in its runner.
    pub(crate) async fn calibrate(&mut self, guard: &mut RunGuard) -> Result<CalibrateAnswer> {
        let measured = self.runner.ask_guest(Calibrate { rounds: 8 }, guard, None).await;
        Ok(measured.map_err(RunnerError::into_error)?.answer)
    }

    /// Ends its runner.
    pub(crate) async fn end(self) {
        self.runner.kill().await;
    }
}
