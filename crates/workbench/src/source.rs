//! What a tab holds.

use std::sync::Arc;

use watshop_protocol::page::{Error, ErrorCode, Maker, Result, SourceKind};
use watshop_protocol::passport::Passport;

/// What a tab holds. Cheap to clone: what is large is shared.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    /// Text that was written.
    Wat(Arc<str>),
    /// A binary.
    Wasm {
        /// Its hash, under which [`Sources`](crate::sources::Sources) has it.
        hash: String,
        content: Content,
    },
    /// An artifact, sealed or of Wasmer's own kind.
    Sealed {
        hash: String,
        /// None where the file that was kept cannot be read any more.
        passport: Option<Arc<Passport>>,
        maker: Maker,
    },
}

/// A binary's bytes, or why they are not there.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Nobody asked yet since the start.
    Unread,
    /// Here they are.
    Read(Binary),
    /// The kept file cannot be read any more.
    Lost(Box<Error>),
}

/// A binary and the text it is shown as.
#[derive(Debug, Clone)]
pub(crate) struct Binary {
    pub bytes: Arc<[u8]>,
    /// None for one that is too large or too broken to be printed.
    pub text: Option<Arc<str>>,
}

impl Binary {
    /// Prints what can be printed. Takes as long as the binary is large.
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        let printed = (bytes.len() <= watshop_module::LARGEST_PRINTED).then(|| watshop_module::print(&bytes));
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
            Self::Wasm { content: Content::Read(binary), .. } => binary.text.as_ref(),
            _ => None,
        }
    }

    /// The hash of bytes that are kept beside the database.
    pub(crate) fn stored(&self) -> Option<&str> {
        match self {
            Self::Wat(_) => None,
            Self::Wasm { hash, .. } | Self::Sealed { hash, .. } => Some(hash),
        }
    }

    /// The hash of what it holds, to compare with what a file has.
    pub(crate) fn hash(&self) -> String {
        match self {
            Self::Wat(text) => watshop_module::hash(text.as_bytes()),
            Self::Wasm { hash, .. } | Self::Sealed { hash, .. } => hash.clone(),
        }
    }

    /// The module as a binary: of text by parsing it. Errors: the text is malformed, the kept bytes are
    /// lost, or it is an artifact, which has no module in it.
    pub(crate) fn binary(&self) -> Result<Arc<[u8]>> {
        match self {
            Self::Wat(text) => watshop_module::parse(text).map(Into::into),
            Self::Wasm { content: Content::Read(binary), .. } => Ok(Arc::clone(&binary.bytes)),
            Self::Wasm { content: Content::Lost(error), .. } => Err((**error).clone()),
            Self::Wasm { content: Content::Unread, .. } => {
                Err(Error::new(ErrorCode::State, "The binary of this tab was not read yet."))
            }
            Self::Sealed { .. } => Err(Error::new(
                ErrorCode::NotAModule,
                "A sealed artifact holds machine code; the module it was made from is not in it.",
            )),
        }
    }
}
