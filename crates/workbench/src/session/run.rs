//! One press of Run: parses, finds or makes the artifact, loads it, makes an instance, and calls
//! the `_start` of a program.

use std::sync::Arc;
use std::time::{Duration, Instant};
use watshop_protocol::Sentence;
use watshop_protocol::say;

use watshop_artifact::ArtifactError;
use watshop_child::nanoseconds;
use watshop_parent::{handing_over, timed};
use watshop_protocol::instance::{Call, Instantiate, InstantiateAnswer, Load};
use watshop_protocol::page::{
    CacheUse, Error, ErrorCode, Maker, Outcome, Phase, RecordKind, Result, RunReport, RunState,
    Settings, Timings,
};
use watshop_protocol::process::runner::HostSetup;

use super::Session;
use super::record::RunStart;
use crate::activity::RunGuard;
use crate::build::{Artifact, BuildOrder};
use crate::imports;
use crate::process::{Runner, RunnerError, RunnerKind};
use crate::tabs::{CompiledBy, Runners, Source, SourceMap, Tab, ValidModule, parse};

impl Session {
    /// Runs a tab. The run goes on to its end even if the caller stops waiting for the report.
    pub(crate) async fn run(self: &Arc<Self>, tab: Arc<Tab>) -> Result<RunReport> {
        let begun = RunStart::new(RecordKind::Run, None);
        let guard = tab.begin()?;
        self.end_race(tab.id);
        let session = Arc::clone(self);
        let large = tab.held().is_large();
        let run = async move { session.run_to_the_end(tab, guard, begun).await };
        let run = match large {
            // Lists of a hundred thousand imports are looked through and copied.
            true => tokio::spawn(timed("run", handing_over(run))),
            false => tokio::spawn(timed("run", run)),
        };
        run.await.map_err(|error| {
            Error::new(ErrorCode::RunnerCrashed, say!("The run ended before its time: {error}."))
        })
    }

    async fn run_to_the_end(
        self: Arc<Self>,
        tab: Arc<Tab>,
        mut guard: RunGuard,
        mut begun: RunStart,
    ) -> RunReport {
        tab.feed.set(running(Phase::Parse));
        let (source, revision, settings, title) = {
            let held = tab.held();
            (held.source.clone(), held.revision, held.settings.clone(), held.title.clone())
        };
        begun.made_by(CompiledBy::of(&settings, &source));
        begun.of_revision(revision);
        let mut run = RunInProgress {
            session: &self,
            tab: &tab,
            guard: &mut guard,
            settings,
            title,
            timings: Timings::default(),
            begun: &mut begun,
            cache: None,
        };
        let outcome = match run.go(source, revision).await {
            Ok(outcome) => outcome,
            Err(error) => Outcome::Failed { error },
        };
        let (timings, cache) = (run.timings, run.cache);
        self.finish(&tab, guard, begun, timings, cache, outcome)
    }
}

fn running(phase: Phase) -> RunState {
    RunState::Running { phase, fraction: None, detail: None }
}

/// The place of a module's code.
enum LoadOutcome {
    /// The code is in a runner.
    Here((Arc<Runner>, Artifact)),
    /// The code is for another machine, for this reason.
    Elsewhere(Artifact, Sentence),
}

/// A run in progress.
struct RunInProgress<'a> {
    session: &'a Session,
    tab: &'a Arc<Tab>,
    guard: &'a mut RunGuard,
    settings: Settings,
    title: String,
    timings: Timings,
    begun: &'a mut RunStart,
    cache: Option<CacheUse>,
}

impl RunInProgress<'_> {
    async fn go(&mut self, source: Source, revision: u64) -> Result<Outcome> {
        // The process starts while the module is parsed and compiled.
        let runner = match self.session.runners.of(self.tab, Runners::likely(self.tab)) {
            // The text may be another by now. If it does need WASIX, its imports say so below.
            Err(error) if error.code == ErrorCode::WasixUnavailable => {
                self.session.runners.of(self.tab, RunnerKind::Light)?
            }
            started => started?,
        };
        let source = self.session.tabs.read_source(self.tab, source).await;
        let shown = Arc::new(SourceMap::new(source.clone(), revision));
        let loaded = match &source {
            Source::Sealed { .. } => {
                self.load_sealed(&runner, &source).await.map(LoadOutcome::Here)
            }
            _ => self.load_compiled(&runner, &source).await,
        };
        let (runner, artifact) = match loaded {
            Ok(LoadOutcome::Here(loaded)) => loaded,
            Ok(LoadOutcome::Elsewhere(artifact, reason)) => {
                return Ok(self.built(artifact, &source, reason));
            }
            Err(error) => return Err(shown.explain(error).await),
        };
        {
            let mut held = self.tab.held();
            held.made = Some(CompiledBy::of(&self.settings, &source));
            held.shown = Arc::clone(&shown);
            held.artifact = Some(artifact.clone());
        }
        let outcome = self.instantiate_and_start(runner, &artifact).await;
        match outcome {
            Err(error) => Err(shown.explain(error).await),
            Ok(Outcome::Failed { error }) => {
                Ok(Outcome::Failed { error: shown.explain(error).await })
            }
            outcome => outcome,
        }
    }

    async fn load_sealed(
        &mut self,
        runner: &Arc<Runner>,
        source: &Source,
    ) -> Result<(Arc<Runner>, Artifact)> {
        self.cache = Some(CacheUse::Sealed);
        let artifact = self.session.runners.held_artifact(source, &self.settings)?;
        self.guard.go_on()?;
        if let Err(lost) = self.load(runner, &artifact).await {
            return Err(self.lose(lost));
        }
        // Only the runtime can read the imports of an artifact, so they were not known before.
        let kind = RunnerKind::of(&self.tab.held().loaded_imports);
        let runner = match runner.kind() == kind {
            true => Arc::clone(runner),
            false => self.load_in_other(kind, &artifact).await?,
        };
        Ok((runner, artifact))
    }

    /// Loads an artifact once more, into a runner of another kind.
    async fn load_in_other(
        &mut self,
        kind: RunnerKind,
        artifact: &Artifact,
    ) -> Result<Arc<Runner>> {
        let runner = self.session.runners.of(self.tab, kind)?;
        match self.load(&runner, artifact).await {
            Ok(()) => Ok(runner),
            Err(lost) => Err(self.lose(lost)),
        }
    }

    /// The outcome of code for another machine. There is nothing to load, and an older instance is
    /// not of this code.
    fn built(&self, artifact: Artifact, source: &Source, reason: Sentence) -> Outcome {
        let passport = Box::new((*artifact.passport).clone());
        self.session.tabs.set_instance(self.tab, None);
        let mut held = self.tab.held();
        held.made = Some(CompiledBy::of(&self.settings, source));
        held.artifact = Some(artifact);
        Outcome::Built { passport, reason }
    }

    async fn load_compiled(
        &mut self,
        runner: &Arc<Runner>,
        source: &Source,
    ) -> Result<LoadOutcome> {
        let began = Instant::now();
        let (binary, hash) = parse(source.clone()).await?;
        self.timings.parse = Some(nanoseconds(began.elapsed()));
        self.guard.go_on()?;
        let settings = self.settings.clone();
        self.session.builder.check_limits(&binary, &settings, settings.limits)?;
        let kind = RunnerKind::with_wasix(watshop_module::needs_wasix(&binary));
        let runner = &match runner.kind() == kind {
            true => Arc::clone(runner),
            false => self.session.runners.of(self.tab, kind)?,
        };
        let valid = ValidModule { hash: hash.clone(), proposals: settings.proposals };
        let validated = self.tab.held().valid.as_ref() == Some(&valid);
        let order =
            BuildOrder { binary, hash, validated, settings: &settings, feed: &self.tab.feed };
        let builder = &self.session.builder;
        let artifact = builder.make(&order, self.guard, &mut self.timings).await?;
        self.cache = Some(artifact.cache);
        self.guard.go_on()?;
        if let Err(reason) = watshop_artifact::fits(&artifact.passport, builder.machine()) {
            return Ok(LoadOutcome::Elsewhere(artifact, sentence(reason)));
        }
        let lost = match self.load(runner, &artifact).await {
            Ok(()) => return Ok(LoadOutcome::Here((Arc::clone(runner), artifact))),
            Err(lost) => lost,
        };
        let hit = artifact.cache == CacheUse::Hit;
        let again = match &lost {
            // The file of the cache is damaged, or another workbench removed it meanwhile.
            RunnerError::Refused(error) => {
                let of_the_file =
                    [ErrorCode::ArtifactDamaged, ErrorCode::ArtifactForeign, ErrorCode::File];
                // A runner that may not read the file has rights for a folder that was removed.
                error.code == ErrorCode::File || hit && of_the_file.contains(&error.code)
            }
            // The runner crashed over this file, or over the one before, which was damaged while it
            // was mapped.
            RunnerError::Gone(error) => error.code == ErrorCode::RunnerCrashed,
        };
        let error = self.lose(lost);
        if !again {
            return Err(error);
        }
        tracing::warn!(%error, "an artifact cannot be loaded; it is tried once more");
        if error.code == ErrorCode::File {
            self.session.tabs.lose_runner(self.tab);
        }
        let runner = self.session.runners.of(self.tab, kind)?;
        let artifact = match hit {
            true => builder.make_again(artifact, &order, self.guard, &mut self.timings).await?,
            false => artifact,
        };
        self.cache = Some(artifact.cache);
        self.guard.go_on()?;
        match self.load(&runner, &artifact).await {
            Ok(()) => Ok(LoadOutcome::Here((runner, artifact))),
            Err(lost) => Err(self.lose(lost)),
        }
    }

    async fn load(&mut self, runner: &Runner, artifact: &Artifact) -> Result<(), RunnerError> {
        self.tab.feed.set(running(Phase::Load));
        let request = Load {
            sealed: artifact.path.clone(),
            payload_hash: Some(artifact.passport.payload_hash.clone()),
            own: self.session.builder.maker(&artifact.passport) == Maker::Own,
        };
        let loaded = runner.ask_guest(request, self.guard, None).await?.answer;
        self.timings.load = Some(loaded.load_ns);
        let lists = Tab::lists(loaded.imports, loaded.exports).await;
        let (imports, exports) = lists.map_err(RunnerError::Refused)?;
        let mut held = self.tab.held();
        held.loaded_imports = imports;
        held.loaded_exports = Some((artifact.passport.payload_hash.clone(), exports));
        Ok(())
    }

    async fn instantiate_and_start(
        &mut self,
        mut runner: Arc<Runner>,
        artifact: &Artifact,
    ) -> Result<Outcome> {
        let neighbours = match self.session.imports.link(self.tab, self.guard).await {
            Ok(neighbours) => neighbours,
            Err(error) => return Err(self.lose(RunnerError::Refused(error))),
        };
        if neighbours.kind == RunnerKind::Wasix && runner.kind() == RunnerKind::Light {
            runner = self.load_in_other(RunnerKind::Wasix, artifact).await?;
        }
        let runner = &runner;
        self.tab.feed.set(running(Phase::Instantiate));
        let (paused, replay) = {
            let mut held = self.tab.held();
            held.replayed = held.replay.as_ref().map(Vec::len);
            (held.calls_paused, held.replay.clone())
        };
        let host = HostSetup {
            imports: self.settings.imports.clone(),
            linked: neighbours.linked.clone(),
            paused,
            replay,
        };
        let mut wasi = self.settings.wasi.clone();
        wasi.program.get_or_insert_with(|| self.title.clone());
        let limit = self.settings.limits.call_ms;
        let request = Instantiate {
            limits: self.settings.limits,
            wasi,
            unknown_imports: self.settings.unknown_imports,
            host,
        };
        let patience = (limit > 0).then(|| Duration::from_millis(limit.into()));
        let made = runner.ask_guest(request, self.guard, patience).await;
        let made = made.map_err(|lost| self.perhaps_misspelt(self.lose(lost)))?.answer;
        let (exports, memories, command) = match made {
            InstantiateAnswer::Instance {
                instantiate_ns,
                instructions,
                exports,
                memories,
                command,
            } => {
                self.timings.instantiate = Some(instantiate_ns);
                self.begun.counted(instructions);
                (exports, memories, command)
            }
            InstantiateAnswer::Exited { instantiate_ns, status } => {
                self.timings.instantiate = Some(instantiate_ns);
                self.session.tabs.set_instance(self.tab, None);
                return Ok(Outcome::Exited { status });
            }
        };
        let generation = {
            let mut held = self.tab.held();
            held.generation += 1;
            held.memories = memories;
            held.generation
        };
        let view = self.tab.view_of(generation, exports, runner);
        self.session.tabs.set_instance(self.tab, Some(view));
        if !command {
            return Ok(Outcome::Ready);
        }
        self.guard.go_on()?;
        self.tab.feed.set(running(Phase::Call));
        let start = Call { export: "_start".into(), arguments: Vec::new(), limit_ms: limit };
        let measured = (&mut self.timings, &mut *self.begun);
        self.session.call_guest(self.tab, runner, self.guard, start, measured).await
    }

    /// Adds the unused provisions of the import object to an error about missing imports. Most
    /// likely one of them has a misspelt name.
    fn perhaps_misspelt(&self, mut error: Error) -> Error {
        if error.code == ErrorCode::MissingImports {
            let asked = Arc::clone(&self.tab.held().loaded_imports);
            let unused = imports::unused(&self.settings.imports, &asked);
            let names: Vec<_> =
                unused.take(4).map(|p| format!("`{}.{}`", p.module, p.name)).collect();
            if !names.is_empty() {
                let had = say!(
                    "The import object provides what the module does not import: {}.",
                    names.join(", ")
                );
                error = match error.help_sentence() {
                    Some(help) => error.help(say!("{had} {help}")),
                    None => error.help(had),
                };
            }
        }
        error
    }

    /// Drops the old instance, because a runner drops it before it loads another artifact.
    fn lose(&self, lost: RunnerError) -> Error {
        match &lost {
            RunnerError::Refused(_) if self.tab.runner().is_some() => {
                self.session.tabs.set_instance(self.tab, None);
            }
            RunnerError::Refused(_) | RunnerError::Gone(_) => {
                self.session.tabs.lose_runner(self.tab);
            }
        }
        super::blame(self.tab, lost.into_error())
    }
}

/// The reason why code does not run here, if that is known before it is loaded.
fn sentence(error: ArtifactError) -> Sentence {
    match error {
        ArtifactError::Foreign(why) => say!("{^why}."),
        other => Error::from(other).sentence(),
    }
}
