//! The source of a tab.

use std::sync::Arc;
use watshop_protocol::say;

use watshop_protocol::page::{
    Compiler, Engine, Error, ErrorCode, Maker, Optimisation, Proposals, Result, Settings,
    SourceKind,
};
use watshop_protocol::passport::Passport;

/// The source of a tab. It is cheap to clone, because large parts are shared.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// Text of a person.
    Wat(Arc<str>),
    /// A binary.
    Wasm {
        /// The hash of the binary, which is its name in [`Sources`](super::sources::Sources).
        hash: String,
        content: BinaryState,
    },
    /// An artifact, sealed or in Wasmer's own format.
    Sealed {
        hash: String,
        /// The passport. `None` if the file that was kept cannot be read any more.
        passport: Option<Arc<Passport>>,
        maker: Maker,
    },
}

/// The bytes of a binary, or the reason why they are missing.
#[derive(Debug, Clone)]
pub(crate) enum BinaryState {
    /// They have not been read since the start.
    Unread,
    /// They have been read.
    Read(Binary),
    /// The kept file cannot be read any more.
    Lost(Box<Error>),
}

/// A binary and its printed text.
#[derive(Debug, Clone)]
pub(crate) struct Binary {
    pub bytes: Arc<[u8]>,
    /// The text. `None` if the binary is too large or too damaged to be printed.
    pub text: Option<Arc<str>>,
}

impl Binary {
    /// Prints a binary if it can be printed. The time grows with its size.
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        let printed = (bytes.len() <= watshop_module::LARGEST_PRINTED)
            .then(|| watshop_module::print_shown(&bytes));
        let text = printed.and_then(Result::ok).map(Into::into);
        Self { bytes: bytes.into(), text }
    }
}

impl Source {
    pub(crate) fn kind(&self) -> SourceKind {
        match self {
            Self::Wat(_) => SourceKind::Wat,
            Self::Wasm { .. } => SourceKind::Wasm,
            Self::Sealed { .. } => SourceKind::Sealed,
        }
    }

    /// The text that is shown and edited.
    pub(crate) fn text(&self) -> Option<&Arc<str>> {
        match self {
            Self::Wat(text) => Some(text),
            Self::Wasm { content: BinaryState::Read(binary), .. } => binary.text.as_ref(),
            _ => None,
        }
    }

    /// The bytes of its text and its binary that are in memory.
    pub(crate) fn length(&self) -> usize {
        let binary = match self {
            Self::Wasm { content: BinaryState::Read(binary), .. } => binary.bytes.len(),
            _ => 0,
        };
        binary + self.text().map_or(0, |text| text.len())
    }

    /// The hash of bytes that are kept beside the database.
    pub(crate) fn stored(&self) -> Option<&str> {
        match self {
            Self::Wat(_) => None,
            Self::Wasm { hash, .. } | Self::Sealed { hash, .. } => Some(hash),
        }
    }

    /// The hash of the contents, to compare them with a file.
    pub(crate) fn hash(&self) -> String {
        match self {
            Self::Wat(text) => watshop_module::hash(text.as_bytes()),
            Self::Wasm { hash, .. } | Self::Sealed { hash, .. } => hash.clone(),
        }
    }

    /// The module as a binary. A text is parsed. Errors: the text is malformed, the kept bytes are
    /// lost, or the source is an artifact, which has no module in it.
    pub(crate) fn binary(&self) -> Result<Arc<[u8]>> {
        match self {
            Self::Wat(text) => watshop_module::parse(text).map(Into::into),
            Self::Wasm { content: BinaryState::Read(binary), .. } => Ok(Arc::clone(&binary.bytes)),
            Self::Wasm { content: BinaryState::Lost(error), .. } => Err((**error).clone()),
            Self::Wasm { content: BinaryState::Unread, .. } => {
                Err(Error::new(ErrorCode::State, say!("The binary of this tab was not read yet.")))
            }
            Self::Sealed { .. } => Err(Error::new(
                ErrorCode::NotAModule,
                say!(
                    "A sealed artifact holds machine code; the module it was made from is not in it."
                ),
            )),
        }
    }
}

/// The compiler and engine of code, if they are known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CompiledBy {
    pub compiler: Option<Compiler>,
    pub engine: Engine,
    pub optimisation: Option<Optimisation>,
}

impl CompiledBy {
    /// The compiler and engine of the settings, or those in the passport of a sealed artifact.
    pub(crate) fn of(settings: &Settings, source: &Source) -> Self {
        match source {
            Source::Sealed { passport: Some(passport), .. } => Self {
                compiler: passport.compiler(),
                engine: passport.engine,
                optimisation: passport.compiled.as_ref().map(|compiled| compiled.optimisation),
            },
            _ => Self {
                compiler: Some(settings.compiler),
                engine: settings.engine,
                optimisation: Some(settings.optimisation),
            },
        }
    }
}

/// A module that was valid: the hash of its binary, and the proposals that were on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ValidModule {
    pub hash: String,
    pub proposals: Proposals,
}

/// The longest text that is parsed on the current thread. For a longer one, another thread is worth
/// its cost.
const SMALL: usize = 64 << 10;

/// A module's binary and its hash.
pub(crate) async fn parse(source: Source) -> Result<(Arc<[u8]>, String)> {
    let work = |source: &Source| {
        let binary = source.binary()?;
        let hash = match source {
            Source::Wasm { hash, .. } => hash.clone(),
            _ => watshop_module::hash(&binary),
        };
        Ok((binary, hash))
    };
    if source.text().is_none_or(|text| text.len() <= SMALL) {
        return work(&source);
    }
    tokio::task::spawn_blocking(move || work(&source)).await.unwrap_or_else(|error| {
        Err(Error::new(ErrorCode::MalformedText, say!("The text could not be read: {error}.")))
    })
}
