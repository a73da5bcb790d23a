//! What all parts of a workbench share.

use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use watshop_protocol::page::{Error, ErrorCode, Maker, Result};

use crate::artifact::Foundry;
use crate::config::{Config, StateKind};
use crate::data_folder;
use crate::events::Hub;
use crate::runner::{Output, Runner, crashed};
use crate::scratch;
use crate::sizes::Scales;
use crate::source::{Binary, Content, Source};
use crate::sources::Sources;
use crate::state::{State, TabRow};
use crate::sync::lock;
use crate::tab::Tab;
use crate::tabs::Shelf;

/// What all parts of a workbench share.
#[derive(Debug)]
pub(crate) struct Bench {
    pub config: Config,
    pub hub: Arc<Hub>,
    pub shelf: Mutex<Shelf>,
    /// One at a time, so that a file that is opened twice at once gets one tab.
    pub opening: tokio::sync::Mutex<()>,
    pub sources: Arc<Sources>,
    pub foundry: Foundry,
    pub scales: Scales,
    pub ui: Mutex<Option<String>>,
    pub next_record: AtomicU64,
    pub state: State,
    /// Nobody has worked in this data folder before.
    pub first_start: bool,
}

impl Bench {
    /// Opens the data folder and takes up what was kept there.
    pub(crate) fn open(config: Config) -> Result<Self> {
        let hub = Arc::new(Hub::new());
        let saved = config.state == StateKind::Saved;
        let sources = Arc::new(Sources::new(saved.then(|| config.data_dir.join("sources"))));
        scratch::sweep();
        let (state, kept) = State::open(&config, &hub, &sources)?;
        let foundry = Foundry::new(&config)?;
        if !saved {
            data_folder::mend(&config.data_dir);
        }
        let take_up = |(row, history): (TabRow, Vec<_>)| {
            let source = source_of(&row, &sources, &foundry);
            Arc::new(Tab::new(row, source, history, &hub))
        };
        let open = kept.open.into_iter().map(take_up).collect();
        let closed = kept.closed.into_iter().map(take_up).collect();
        if saved {
            sources.sweep_all();
        }
        let bench = Self {
            shelf: Mutex::new(Shelf { open, closed, next: kept.next_tab }),
            opening: tokio::sync::Mutex::default(),
            foundry,
            scales: Scales::default(),
            ui: Mutex::new(kept.ui),
            next_record: AtomicU64::new(kept.next_record),
            state,
            first_start: kept.first_start && saved,
            sources,
            hub,
            config,
        };
        if bench.first_start {
            bench.open_first_lesson();
        }
        Ok(bench)
    }

    /// The tab's runner; a new one where none is alive.
    pub(crate) fn runner_of(self: &Arc<Self>, tab: &Arc<Tab>) -> Result<Arc<Runner>> {
        let mut current = lock(&tab.runner);
        if let Some(runner) = current.as_ref().filter(|runner| runner.is_alive()) {
            return Ok(Arc::clone(runner));
        }
        let runner = Arc::new(self.start_runner(tab)?);
        *current = Some(Arc::clone(&runner));
        self.watch(tab, &runner);
        Ok(runner)
    }

    /// A runner that is nobody's yet.
    pub(crate) fn start_runner(&self, tab: &Tab) -> Result<Runner> {
        let (console, feed) = (Arc::clone(&tab.console), Arc::clone(&tab.feed));
        let output = Output { console, feed, raw: self.config.raw_output.clone() };
        Runner::start(&self.config.program("watshop-runner"), &self.artifacts()?, output)
    }

    /// The folders of all artifacts that a runner may be asked to load: what was compiled, and what tabs hold.
    fn artifacts(&self) -> Result<Vec<PathBuf>> {
        let held = self.sources.place()?.map(Path::to_owned);
        Ok([self.foundry.folder()?].into_iter().chain(held).collect())
    }

    /// Notices when a runner dies while nobody waits for it.
    fn watch(self: &Arc<Self>, tab: &Arc<Tab>, runner: &Arc<Runner>) {
        let ended = runner.ended();
        let (bench, tab, watched) = (Arc::downgrade(self), Arc::downgrade(tab), Arc::downgrade(runner));
        tokio::spawn(async move {
            let end = ended.await;
            let (Some(bench), Some(tab)) = (bench.upgrade(), tab.upgrade()) else { return };
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
            bench.set_instance(&tab, None);
            if lock(&tab.activity).is_none() {
                bench.hub.notice(crashed(&end));
            }
        });
    }

    /// A source whose bytes are there: a binary that was kept is read at its first use.
    pub(crate) async fn read_source(&self, tab: &Tab, source: Source) -> Source {
        let Source::Wasm { hash, content: Content::Unread } = source else { return source };
        let (sources, name) = (Arc::clone(&self.sources), hash.clone());
        let read = tokio::task::spawn_blocking(move || sources.read(&name).map(Binary::new)).await;
        let content = match read {
            Ok(Ok(binary)) => Content::Read(binary),
            Ok(Err(error)) => Content::Lost(Box::new(error)),
            Err(error) => Content::Lost(Box::new(Error::new(ErrorCode::State, error.to_string()))),
        };
        let source = Source::Wasm { hash, content };
        let mut held = tab.held();
        if let Source::Wasm { hash: current, content: Content::Unread } = &held.source
            && Some(current.as_str()) == source.stored()
        {
            held.source = source.clone();
        }
        source
    }
}

/// What a kept tab holds; bytes are read when they are needed.
fn source_of(row: &TabRow, sources: &Sources, foundry: &Foundry) -> Source {
    match (&row.text, &row.source) {
        (Some(text), _) => Source::Wat(Arc::clone(text)),
        (None, Some(hash)) => {
            sources.adopt(hash);
            let hash = hash.clone();
            if row.kind == watshop_protocol::page::SourceKind::Sealed {
                let passport =
                    sources.path(&hash).and_then(|path| Ok(watshop_artifact::read_passport(&path)?));
                let passport =
                    passport.inspect_err(|error| tracing::warn!(%error, "a kept artifact cannot be read"));
                let maker = passport.as_ref().map_or(Maker::Unknown, |passport| foundry.maker(passport));
                return Source::Sealed { hash, passport: passport.ok().map(Arc::new), maker };
            }
            Source::Wasm { hash, content: Content::Unread }
        }
        (None, None) => Source::Wat(Arc::from("")),
    }
}
