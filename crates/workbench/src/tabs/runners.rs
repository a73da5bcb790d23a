//! The runners of tabs, and the artifacts that they may load.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use watshop_protocol::say;

use watshop_parent::timed;
use watshop_protocol::page::{Error, ErrorCode, Maker, Result, Settings};
use watshop_protocol::process::streams::StreamKind;

use super::folders;
use super::list::Tabs;
use super::source::Source;
use super::tab::Tab;
use crate::build::{Artifact, Builder};
use crate::config::{Config, RunnerFolder};
use crate::console::Console;
use crate::events::Hub;
use crate::feed::Feed;
use crate::process::{Output, Runner, RunnerKind, crashed};
use crate::sync::lock;

/// Starts the runners of tabs, and notices when one dies.
#[derive(Debug)]
pub(crate) struct Runners {
    config: Config,
    builder: Arc<Builder>,
    tabs: Arc<Tabs>,
}

impl Runners {
    pub(crate) fn new(config: &Config, builder: &Arc<Builder>, tabs: &Arc<Tabs>) -> Self {
        Self { config: config.clone(), builder: Arc::clone(builder), tabs: Arc::clone(tabs) }
    }

    /// The tab's runner. If none of this kind is alive, or if it cannot open the folders that the
    /// tab's program is given, it starts a new one.
    ///
    /// # Errors
    ///
    /// `wasi_folder` if a folder is not there or not allowed, `wasix_unavailable` if the runner for
    /// WASIX is not installed, `runner_crashed` if no process starts.
    pub(crate) fn of(&self, tab: &Arc<Tab>, kind: RunnerKind) -> Result<Arc<Runner>> {
        let folders = self.folders_of(tab)?;
        let alive = lock(&tab.runner).clone().filter(|runner| runner.is_alive());
        match alive {
            Some(runner) if runner.kind() == kind && runner.has_folders(&folders) => {
                return Ok(runner);
            }
            Some(_) => self.tabs.lose_runner(tab),
            None => {}
        }
        let runner = Arc::new(self.start(tab, kind, &folders)?);
        *lock(&tab.runner) = Some(Arc::clone(&runner));
        self.watch(tab, &runner);
        Ok(runner)
    }

    /// The kind of runner that the tab most likely needs: its module was checked, or its artifact
    /// was loaded before.
    pub(crate) fn likely(tab: &Tab) -> RunnerKind {
        let held = tab.held();
        let imports = held.module.as_ref().map_or(&*held.loaded_imports, |module| &module.imports);
        RunnerKind::of(imports)
    }

    /// Starts a runner without making it the tab's.
    pub(crate) fn start(
        &self,
        tab: &Tab,
        kind: RunnerKind,
        folders: &[RunnerFolder],
    ) -> Result<Runner> {
        let output = self.output_of(tab, &Arc::default());
        self.start_with(kind, &self.artifacts()?, folders, self.config.streams, output)
    }

    /// Starts a runner that may become the tab's, and gives the feed of its compiler's progress. Its
    /// guest's output goes to the tab's console while it is not muted.
    ///
    /// # Errors
    ///
    /// The errors of [`of`](Self::of).
    pub(crate) fn start_beside(
        &self,
        tab: &Tab,
        kind: RunnerKind,
        muted: &Arc<AtomicBool>,
    ) -> Result<(Runner, Arc<Feed>)> {
        let output = self.output_of(tab, muted);
        let (artifacts, folders) = (self.artifacts_and_scratch()?, self.folders_of(tab)?);
        let runner = self.start_with(kind, &artifacts, &folders, self.config.streams, output)?;
        Ok((runner, Arc::new(Feed::new(tab.id, Arc::new(Hub::new())))))
    }

    /// Makes a runner the tab's. The one before ends.
    pub(crate) fn adopt(&self, tab: &Arc<Tab>, runner: Runner) -> Arc<Runner> {
        let runner = Arc::new(runner);
        let before = lock(&tab.runner).replace(Arc::clone(&runner));
        drop(before);
        self.watch(tab, &runner);
        runner
    }

    /// Starts a runner beside the tab's, for measurements, with the folders of the tab's program.
    /// No page sees its guest's output or its progress.
    ///
    /// # Errors
    ///
    /// The errors of [`of`](Self::of).
    pub(crate) fn start_apart(&self, tab: &Tab, kind: RunnerKind) -> Result<(Runner, Arc<Feed>)> {
        let unseen = Arc::new(Hub::new());
        let feed = Arc::new(Feed::new(tab.id, Arc::clone(&unseen)));
        let output = Output {
            console: Arc::new(Console::unseen(tab.id, unseen)),
            feed: Arc::clone(&feed),
            raw: None,
            input_wanted: None,
            muted: Arc::default(),
        };
        let (artifacts, folders) = (self.artifacts_and_scratch()?, self.folders_of(tab)?);
        let runner = self.start_with(kind, &artifacts, &folders, None, output)?;
        Ok((runner, feed))
    }

    /// Starts a runner that may load the artifacts in these folders.
    fn start_with(
        &self,
        kind: RunnerKind,
        artifacts: &[PathBuf],
        folders: &[RunnerFolder],
        streams: Option<[StreamKind; 3]>,
        output: Output,
    ) -> Result<Runner> {
        let program = self.config.program(kind.program());
        Runner::start(kind, &program, artifacts, folders, streams, output)
    }

    /// The receivers of a tab's guest.
    fn output_of(&self, tab: &Tab, muted: &Arc<AtomicBool>) -> Output {
        Output {
            console: Arc::clone(&tab.console),
            feed: Arc::clone(&tab.feed),
            raw: self.config.raw_output.clone(),
            input_wanted: self.config.input_wanted.clone(),
            muted: Arc::clone(muted),
        }
    }

    /// The folders that the tab's program is given.
    fn folders_of(&self, tab: &Tab) -> Result<Vec<RunnerFolder>> {
        folders::of_runner(tab, &self.config.folders, self.tabs.held_folders())
    }

    /// The folders of all artifacts, and the one of those that are compiled to be measured.
    fn artifacts_and_scratch(&self) -> Result<Vec<PathBuf>> {
        let mut folders = self.artifacts()?;
        folders.push(self.builder.scratch_folder()?);
        Ok(folders)
    }

    /// The folders of all artifacts that a runner may load: those of the cache, and those of tabs.
    fn artifacts(&self) -> Result<Vec<PathBuf>> {
        let held = self.tabs.sources().place()?.map(Path::to_owned);
        Ok([self.builder.folder()?].into_iter().chain(held).collect())
    }

    /// Reports the death of a runner that is not answering a request.
    fn watch(&self, tab: &Arc<Tab>, runner: &Arc<Runner>) {
        let (ended, ending) = (runner.ended(), runner.ending());
        let (tabs, tab, watched) =
            (Arc::downgrade(&self.tabs), Arc::downgrade(tab), Arc::downgrade(runner));
        let task = async move {
            let end = ended.await;
            let (Some(tabs), Some(tab)) = (tabs.upgrade(), tab.upgrade()) else { return };
            {
                let mut current = lock(&tab.runner);
                let same = current
                    .as_ref()
                    .is_some_and(|runner| std::ptr::eq(Arc::as_ptr(runner), watched.as_ptr()));
                if !same {
                    return;
                }
                *current = None;
            }
            tabs.set_instance(&tab, None);
            if tab.activity.is_free() && !ending.load(Ordering::SeqCst) {
                tabs.hub.notice(crashed(&end, 0));
            }
        };
        tokio::spawn(timed("end of a runner", task));
    }

    /// The artifact of a tab, if it may be loaded here.
    ///
    /// Errors: `artifact_foreign`, `untrusted_artifact`, or `file` if it cannot be read any more. The
    /// runner would find the first too, but here it costs nothing to find it before anything is
    /// loaded.
    pub(crate) fn held_artifact(&self, source: &Source, settings: &Settings) -> Result<Artifact> {
        let Source::Sealed { hash, passport: Some(passport), maker } = source else {
            return Err(Error::new(
                ErrorCode::File,
                say!("The sealed file that this tab held cannot be read any more."),
            )
            .help(say!("Open the file again.")));
        };
        watshop_artifact::fits(passport, self.builder.machine())?;
        if *maker == Maker::Unknown && settings.trusted.as_ref() != Some(&passport.payload_hash) {
            return Err(untrusted_error());
        }
        Ok(Artifact::of_tab(self.tabs.sources().path(hash)?, Arc::clone(passport)))
    }
}

/// The error of an untrusted artifact. To load it means to run machine code of an unknown maker, so
/// Watshop asks first.
fn untrusted_error() -> Error {
    Error::new(
        ErrorCode::UntrustedArtifact,
        say!("This artifact is machine code that was not made here, and you have not agreed to run it."),
    )
    .help(say!("It stays in the sandbox even if you allow it to run."))
}
