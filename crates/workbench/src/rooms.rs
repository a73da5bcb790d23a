//! Opens a workbench and its rooms.

use std::sync::{Arc, Mutex};

use watshop_protocol::page::{Maker, Result};

use crate::bench::Benches;
use crate::build::{Builder, ProgramSizes, watch_compilers};
use crate::config::{Config, StateKind};
use crate::data_folder;
use crate::events::Hub;
use crate::files::Files;
use crate::history::{self, History};
use crate::imports::Imports;
use crate::scratch::Sweep;
use crate::session::Session;
use crate::tabs::{BinaryState, HeldFolders, Runners, Source, Sources, State, TabRow, Tabs};

/// The parts of a workbench that answer its methods. Each room knows those above it in this list,
/// and none below.
#[derive(Debug)]
pub(crate) struct Rooms {
    pub config: Config,
    pub hub: Arc<Hub>,
    pub builder: Arc<Builder>,
    pub tabs: Arc<Tabs>,
    pub files: Arc<Files>,
    pub imports: Arc<Imports>,
    pub history: Arc<History>,
    pub session: Arc<Session>,
    pub benches: Arc<Benches>,
    pub sizes: ProgramSizes,
    /// The JSON that a page keeps.
    pub ui: Mutex<Option<String>>,
    _sweep: Sweep,
}

impl Rooms {
    /// Opens the data folder and restores its contents.
    pub(crate) fn open(config: Config) -> Result<Self> {
        let hub = Arc::new(Hub::new());
        let saved = config.state == StateKind::Saved;
        let sources = Arc::new(Sources::new(saved.then(|| config.data_dir.join("sources"))));
        let held_folders = saved.then(|| config.data_dir.join("folders"));
        let held_folders = Arc::new(HeldFolders::new(held_folders));
        let sweep = Sweep::start();
        let (state, mut kept) = State::open(&config, &hub, &sources)?;
        let (ui, next_record) = (kept.ui.take(), kept.next_record);
        let first_start = kept.first_start && saved;
        let builder = Arc::new(Builder::new(&config)?);
        if !saved {
            data_folder::mend(&config.data_dir);
        }
        let source_of = |row: &TabRow| source_of(row, &sources, &builder);
        let courses = saved.then(|| config.courses());
        let folders = (&sources, &held_folders, courses.as_deref());
        let tabs = Arc::new(Tabs::new(&hub, state, folders, &builder, kept, source_of));
        if saved {
            sources.sweep_all();
        }
        if first_start {
            tabs.open_first_lesson();
        }
        watch_compilers(&builder, &hub);
        let runners = Arc::new(Runners::new(&config, &builder, &tabs));
        let files = Arc::new(Files::new(&config, &tabs, &builder));
        let imports = Arc::new(Imports::new(&tabs, &files, &builder, &runners));
        let history = Arc::new(History::open(saved.then(|| config.data_dir.join(history::FILE)))?);
        let session =
            Session::new(&hub, &tabs, &builder, &runners, &imports, &history, next_record);
        Ok(Self {
            session: Arc::new(session),
            benches: Arc::new(Benches::new(&tabs, &builder, &runners)),
            sizes: ProgramSizes::default(),
            ui: Mutex::new(ui),
            config,
            hub,
            builder,
            tabs,
            files,
            imports,
            history,
            _sweep: sweep,
        })
    }
}

/// The source of a kept tab. Its bytes are read when they are needed.
fn source_of(row: &TabRow, sources: &Sources, builder: &Builder) -> Source {
    match (&row.text, &row.source) {
        (Some(text), _) => Source::Wat(Arc::clone(text)),
        (None, Some(hash)) => {
            sources.adopt(hash);
            let hash = hash.clone();
            if row.kind == watshop_protocol::page::SourceKind::Sealed {
                let passport = sources
                    .path(&hash)
                    .and_then(|path| Ok(watshop_artifact::read_passport(&path)?));
                let passport = passport
                    .inspect_err(|error| tracing::warn!(%error, "a kept artifact cannot be read"));
                let maker =
                    passport.as_ref().map_or(Maker::Unknown, |passport| builder.maker(passport));
                return Source::Sealed { hash, passport: passport.ok().map(Arc::new), maker };
            }
            Source::Wasm { hash, content: BinaryState::Unread }
        }
        (None, None) => Source::Wat(Arc::from("")),
    }
}
