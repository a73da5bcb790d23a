use std::time::{SystemTime, UNIX_EPOCH};

use watshop_protocol::page::{Compiler, Engine, Optimisation, Proposals};
use watshop_protocol::passport::{ABI, CodeSection, Compilation, FORMAT, Passport, WASMER};

use crate::SigningKey;

/// A compiler's part of the passport; [`seal`](crate::seal()) adds the rest.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The compiler, its settings and the module.
    pub compiled: Compilation,
    /// The form of the code.
    pub engine: Engine,
    /// The target triple.
    pub triple: String,
    /// CPU features that the code may use, in Wasmer's spelling and any order.
    pub cpu_features: Vec<String>,
    /// The sections of the payload.
    pub sections: Vec<CodeSection>,
    /// The signing key. Without it, the passport has no signature.
    pub signing_key: Option<SigningKey>,
}

/// The passport's record of a compilation by the Wasmer of this Watshop, dated now. `module_size`
/// is in bytes.
pub fn compiled(
    compiler: Compiler,
    optimisation: Optimisation,
    proposals: Proposals,
    module_hash: String,
    module_size: u64,
) -> Compilation {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Compilation {
        wasmer: WASMER.to_owned(),
        abi: ABI,
        compiler,
        optimisation,
        proposals,
        counts_instructions: false,
        module_hash,
        module_size,
        created_ms: u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
    }
}

impl Draft {
    /// The passport of this draft, for a payload of this hash and size in bytes.
    pub(crate) fn passport(mut self, payload_hash: String, payload_size: u64) -> Passport {
        self.cpu_features.sort();
        self.cpu_features.dedup();
        let mut passport = Passport {
            format: FORMAT,
            compiled: Some(self.compiled),
            engine: self.engine,
            triple: self.triple,
            cpu_features: self.cpu_features,
            payload_hash,
            payload_size,
            sections: self.sections,
            signature: None,
        };
        passport.signature = self.signing_key.map(|key| key.sign(&passport));
        passport
    }
}
