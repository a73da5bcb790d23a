use std::time::{SystemTime, UNIX_EPOCH};

use watshop_protocol::page::{Compiler, Engine, Optimisation, Proposals};
use watshop_protocol::passport::{ABI, FORMAT, Passport, WASMER};

/// What a compiler knows about its product; [`seal`](crate::seal) adds the rest of the passport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Who made the code.
    pub compiler: Compiler,
    /// In what form.
    pub engine: Engine,
    /// How much the compiler tried.
    pub optimisation: Optimisation,
    /// The target triple.
    pub triple: String,
    /// CPU features that the code may use, in Wasmer's spelling and any order.
    pub cpu_features: Vec<String>,
    /// Proposals that were on.
    pub proposals: Proposals,
    /// BLAKE3 of the module's binary, in hexadecimal.
    pub module_hash: String,
    /// Of the module's binary, in bytes.
    pub module_size: u64,
}

impl Draft {
    /// The passport of this draft and a payload of this hash and size, dated now.
    pub(crate) fn passport(mut self, payload_hash: String, payload_size: u64) -> Passport {
        self.cpu_features.sort();
        self.cpu_features.dedup();
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Passport {
            format: FORMAT,
            wasmer: WASMER.to_owned(),
            abi: ABI,
            compiler: self.compiler,
            engine: self.engine,
            optimisation: self.optimisation,
            triple: self.triple,
            cpu_features: self.cpu_features,
            proposals: self.proposals,
            module_hash: self.module_hash,
            module_size: self.module_size,
            payload_hash,
            payload_size,
            created_ms: u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
        }
    }
}
