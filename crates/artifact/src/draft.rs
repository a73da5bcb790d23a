use std::time::{SystemTime, UNIX_EPOCH};

use watshop_protocol::page::{Compiler, Engine, Optimisation, Proposals};
use watshop_protocol::passport::{ABI, CodeSection, Compiled, FORMAT, Passport, WASMER};

use crate::Hand;

/// What a compiler knows about its product; [`seal`](crate::seal) adds the rest of the passport.
#[derive(Debug, Clone)]
pub struct Draft {
    /// By whom, from what.
    pub compiled: Compiled,
    /// In what form.
    pub engine: Engine,
    /// The target triple.
    pub triple: String,
    /// CPU features that the code may use, in Wasmer's spelling and any order.
    pub cpu_features: Vec<String>,
    /// What the payload is made of.
    pub sections: Vec<CodeSection>,
    /// Who signs; nobody in particular where there is none.
    pub hand: Option<Hand>,
}

/// What was compiled by the Wasmer of this Watshop, dated now.
pub fn compiled(
    compiler: Compiler,
    optimisation: Optimisation,
    proposals: Proposals,
    module_hash: String,
    module_size: u64,
) -> Compiled {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Compiled {
        wasmer: WASMER.to_owned(),
        abi: ABI,
        compiler,
        optimisation,
        proposals,
        module_hash,
        module_size,
        created_ms: u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
    }
}

impl Draft {
    /// The passport of this draft and a payload of this hash and size.
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
            hand: None,
        };
        passport.hand = self.hand.map(|hand| hand.sign(&passport));
        passport
    }
}
