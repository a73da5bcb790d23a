//! Makes files of machine code from a tab, for this machine or another. Each is read again and
//! checked before it is given out.

use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use watshop_protocol::say;

use watshop_artifact::{Machine, ObjectFile};
use watshop_protocol::page::{
    Engine, Error, ErrorCode, Proposals, Result, Settings, Severity, SourceKind, Timings,
};
use watshop_protocol::registry::{Download, DownloadKind, DownloadTab};

use super::Files;
use crate::activity::RunGuard;
use crate::build::{BuildOrder, Bundle, InspectedObject, LARGEST_MADE, LinkedAs, link};
use crate::config::file_error;
use crate::process::RunnerKind;
use crate::tabs::{BinaryState, Runners, Source, SourceMap, Tab, parse};
use crate::task::blocking;

impl Files {
    /// Makes a file from a tab: its name, its media type, its bytes.
    pub(crate) async fn download(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        asked: &DownloadTab,
    ) -> Result<(Download, Vec<u8>)> {
        let (title, source, revision, settings) = {
            let held = tab.held();
            (held.title.clone(), held.source.clone(), held.revision, held.settings.clone())
        };
        let source = self.tabs.read_source(tab, source).await;
        let shown = Arc::new(SourceMap::new(source.clone(), revision));
        match self.file_of(tab, title, source, settings, asked).await {
            Err(error) => Err(shown.explain(error).await),
            made => made,
        }
    }

    async fn file_of(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        title: String,
        source: Source,
        settings: Settings,
        &DownloadTab { what, strip, validate, .. }: &DownloadTab,
    ) -> Result<(Download, Vec<u8>)> {
        let sealed = source.kind() == SourceKind::Sealed;
        let validate = validate.unwrap_or(true);
        let (ending, media_type, bytes) = match what {
            DownloadKind::Source if sealed => {
                (None, BYTES, self.sealed(tab, source, settings).await?)
            }
            DownloadKind::Sealed => (
                Some("wshop").filter(|_| !sealed),
                BYTES,
                self.sealed(tab, source, settings).await?,
            ),
            DownloadKind::Source if source.kind() == SourceKind::Wat => {
                (Some("wat"), TEXT, blocking(move || text(&source, false)).await?)
            }
            DownloadKind::Wat => {
                let make = move || {
                    valid(&source, &settings.proposals, validate)
                        .and_then(|()| text(&source, strip))
                };
                (Some("wat"), TEXT, blocking(make).await?)
            }
            DownloadKind::Wasm => {
                let make = move || {
                    valid(&source, &settings.proposals, validate)
                        .and_then(|()| binary(&source, strip))
                };
                (Some("wasm"), WASM, blocking(make).await?)
            }
            DownloadKind::Source => {
                (Some("wasm"), WASM, blocking(move || binary(&source, strip)).await?)
            }
            DownloadKind::Wasmer => {
                let bytes = self.sealed(tab, source, settings).await?;
                (Some("wasmu"), BYTES, blocking(move || payload(bytes)).await?)
            }
            DownloadKind::Bundle => {
                (Some("tar.zst"), BYTES, self.bundle(tab, &title, source, settings).await?)
            }
            DownloadKind::Object => {
                let object = self.object(tab, source, &settings).await?;
                let ending = if object.triple.contains("windows") { "obj" } else { "o" };
                (Some(ending), BYTES, object.bytes.clone())
            }
            DownloadKind::Header => {
                let object = self.object(tab, source, &settings).await?;
                (Some("h"), "text/x-c; charset=utf-8", object.header.clone().into_bytes())
            }
            // The Native engine's own shared object is the one that a runner loads.
            DownloadKind::Shared if Machine::of(settings.target.as_ref())?.is_of(NATIVE) => {
                let settings = Settings { engine: Engine::Native, ..settings };
                let bytes = self.sealed(tab, source, settings).await?;
                (Some("so"), BYTES, blocking(move || shared(bytes)).await?)
            }
            DownloadKind::Shared => {
                let ending = LinkedAs::of(&Machine::of(settings.target.as_ref())?.triple)?.ending();
                let object = self.object(tab, source, &settings).await?;
                (
                    Some(ending),
                    BYTES,
                    self.in_turn(tab, async |guard| link(&object, guard).await).await?,
                )
            }
        };
        let name = match ending {
            Some(ending) => Path::new(&title).with_extension(ending).to_string_lossy().into_owned(),
            None => title,
        };
        Ok((Download { name, media_type: media_type.into() }, bytes))
    }

    /// The sealed artifact, which the tab holds or which is made with its settings.
    pub(crate) async fn sealed(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        source: Source,
        settings: Settings,
    ) -> Result<Vec<u8>> {
        if let Source::Sealed { hash, .. } = source {
            let files = Arc::clone(self);
            return blocking(move || files.tabs.sources().read(&hash)).await;
        }
        let (binary, hash) = parse(source).await?;
        let order =
            BuildOrder { binary, hash, validated: false, settings: &settings, feed: &tab.feed };
        let make = async |guard: &mut RunGuard| {
            self.builder.make(&order, guard, &mut Timings::default()).await
        };
        let artifact = self.in_turn(tab, make).await?;
        blocking(move || {
            let bytes = watshop_artifact::read_regular(&artifact.path, LARGEST_MADE)
                .map_err(|e| file_error(say!("Reading"), &artifact.path, &e))?;
            // Payload and passport are checked before they leave Watshop: the very bytes that leave
            // it.
            watshop_artifact::check(&bytes, &artifact.passport)?;
            Ok(bytes)
        })
        .await
    }

    /// A bundle around the sealed artifact.
    async fn bundle(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        title: &str,
        source: Source,
        settings: Settings,
    ) -> Result<Vec<u8>> {
        self.tabs.wait_for_check(tab).await;
        let module = tab.held().module.clone();
        let program = Runners::likely(tab).program();
        let sealed = self.sealed(tab, source, settings).await?;
        let name = Path::new(title).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let files = Arc::clone(self);
        blocking(move || {
            let passport = &watshop_artifact::passport_of(&sealed)?;
            let runner = files.runner_for(program, &passport.triple)?;
            let module = module.as_deref();
            Bundle { name, sealed: &sealed, passport, module, program, runner }.pack()
        })
        .await
    }

    /// The runner of this name for a target, if there is one: one that `npm run build -- --runners`
    /// made for other machines, or our own.
    fn runner_for(&self, program: &str, triple: &str) -> Result<Option<Vec<u8>>> {
        // The triple of a foreign artifact can be any text.
        if !is_a_name(triple) {
            return Ok(None);
        }
        let mut path = self.carried_runner(program, triple);
        if self.builder.machine().is_of(triple) {
            let own = self.config.program(program);
            // It may be older than this workbench, and then it does not run the new artifacts.
            let version = version(&path);
            if version.is_none() || version != self::version(&own) {
                path = own;
            }
        }
        match watshop_artifact::read_regular(&path, LARGEST_MADE) {
            Ok(runner) => Ok(Some(runner)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(file_error(say!("Reading"), &path, &error)),
        }
    }

    /// Returns true if there is a light runner for a target, see `runner_for`.
    pub(crate) fn has_runner(&self, triple: &str) -> bool {
        is_a_name(triple)
            && (self.builder.machine().is_of(triple)
                || self.carried_runner(LIGHT, triple).is_file())
    }

    /// The file of a runner that `npm run build -- --runners` makes.
    fn carried_runner(&self, program: &str, triple: &str) -> PathBuf {
        self.config.programs.join("../runners").join(triple).join(program)
    }

    async fn object(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        source: Source,
        settings: &Settings,
    ) -> Result<Arc<InspectedObject>> {
        if source.kind() == SourceKind::Sealed {
            return Err(Error::new(
                ErrorCode::NotAModule,
                say!("A sealed artifact holds finished machine code. An object file is made from the module."),
            )
            .help(say!("Open the module that it was made from.")));
        }
        let (binary, hash) = parse(source).await?;
        let order = BuildOrder { binary, hash, validated: false, settings, feed: &tab.feed };
        self.in_turn(tab, async |guard| self.builder.object(&order, guard).await).await
    }

    /// Does work that a tab's Stop can end.
    async fn in_turn<T>(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        work: impl AsyncFnOnce(&mut RunGuard) -> Result<T>,
    ) -> Result<T> {
        let mut guard = tab.begin()?;
        let done = work(&mut guard).await;
        guard.end(|| tab.feed.set(watshop_protocol::page::RunState::Idle));
        done
    }
}

/// The runner that modules without WASIX need.
const LIGHT: &str = RunnerKind::Light.program();

/// The one system for which Wasmer 7.5 links shared objects itself.
const NATIVE: &str = "x86_64-unknown-linux-gnu";
const BYTES: &str = "application/octet-stream";
const TEXT: &str = "text/plain; charset=utf-8";
const WASM: &str = "application/wasm";

/// Rejects an invalid module, from which no other format can be made either, if that is wanted.
fn valid(source: &Source, proposals: &Proposals, wanted: bool) -> Result<()> {
    let problems = match source {
        _ if !wanted => return Ok(()),
        Source::Wat(text) => watshop_module::check_text(text, proposals).problems,
        Source::Wasm { content: BinaryState::Read(binary), .. } => {
            watshop_module::check_binary(&binary.bytes, proposals)
        }
        // A source without a module is reported by the code that needs the module.
        _ => Vec::new(),
    };
    match problems.into_iter().find(|problem| problem.severity == Severity::Error) {
        None => Ok(()),
        Some(problem) => Err(problem.into_error()),
    }
}

fn text(source: &Source, strip: bool) -> Result<Vec<u8>> {
    match source {
        Source::Wat(text) if !strip => Ok(text.as_bytes().to_vec()),
        Source::Wasm { content: BinaryState::Read(read), .. } if !strip && read.text.is_some() => {
            Ok(read.text.as_deref().unwrap_or_default().as_bytes().to_vec())
        }
        _ => watshop_module::print(&binary(source, strip)?).map(String::into_bytes),
    }
}

fn binary(source: &Source, strip: bool) -> Result<Vec<u8>> {
    let binary = source.binary()?;
    if strip { watshop_module::strip(&binary) } else { Ok(binary.to_vec()) }
}

/// The shared object in a sealed artifact of the engine Native.
fn shared(sealed: Vec<u8>) -> Result<Vec<u8>> {
    let bytes = payload(sealed)?;
    watshop_artifact::verify_object(&bytes, ObjectFile::Shared, NATIVE, &[])?;
    Ok(bytes)
}

/// The payload of a sealed artifact.
fn payload(mut sealed: Vec<u8>) -> Result<Vec<u8>> {
    let passport = watshop_artifact::passport_of(&sealed)?;
    sealed.truncate(usize::try_from(passport.payload_size).unwrap_or(usize::MAX));
    if watshop_artifact::hash(&sealed) != passport.payload_hash {
        return Err(watshop_artifact::damaged_error(say!(
            "its code is not the code that was sealed"
        )));
    }
    Ok(sealed)
}

/// True if a word is the name of one folder, and does not lead out of its parent.
fn is_a_name(word: &str) -> bool {
    let mut parts = Path::new(word).components();
    let first = parts.next().filter(|part| matches!(part, Component::Normal(_)));
    first.is_some() && parts.next().is_none() && !word.contains(['/', '\\'])
}

/// The version of a runner of this machine, with the formats of its artifacts.
fn version(runner: &Path) -> Option<Vec<u8>> {
    let said = Command::new(runner).arg("--version").stdin(Stdio::null()).output().ok()?;
    said.status.success().then_some(said.stdout)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_triple_that_leads_out_of_its_folder_is_none() {
        assert!(is_a_name("aarch64-unknown-linux-gnu"));
        for word in ["..", ".", "", "/", "../x", "a/b", "/etc", "a/..", "a\\b", "a/"] {
            assert!(!is_a_name(word), "{word}");
        }
    }
}
