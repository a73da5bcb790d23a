//! The stored runs as bytes for a page, 64 for each: JSON would be five times as long.

use std::collections::HashMap;

use watshop_protocol::page::{CacheUse, Compiler, Engine, ErrorCode, RecordKind, Timings};

/// The bytes of a run.
const SIZE: usize = 64;

/// The place of no name.
const NONE: u32 = u32::MAX;

/// A stored run. Its names are the database's own, because to copy each would take as long as all the
/// rest.
#[derive(Debug)]
pub(super) struct StoredRun<'a> {
    pub id: u64,
    pub at_ms: u64,
    pub title: &'a str,
    pub kind: RecordKind,
    pub compiler: Option<Compiler>,
    pub engine: Engine,
    pub cache: Option<CacheUse>,
    pub export: Option<&'a str>,
    pub error: Option<ErrorCode>,
    pub timings: Timings,
}

/// Runs as a page gets them. The layout is that of `PastRuns` in the contract.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct PackedRuns {
    /// The titles, exports, and codes of errors that the runs have.
    pub names: Vec<String>,
    /// The bytes of the runs, 64 for each.
    pub bytes: Vec<u8>,
}

impl PackedRuns {
    /// The number of runs.
    pub fn count(&self) -> usize {
        self.bytes.len() / SIZE
    }
}

/// Packs runs one after the other.
#[derive(Default)]
pub(super) struct Packer {
    names: Names,
    bytes: Vec<u8>,
}

impl Packer {
    pub(super) fn add(&mut self, it: &StoredRun<'_>) {
        let (names, bytes) = (&mut self.names, &mut self.bytes);
        bytes.extend((it.id as f64).to_le_bytes());
        bytes.extend((it.at_ms as f64).to_le_bytes());
        bytes.push(u8::from(it.kind == RecordKind::Call));
        bytes.push(match it.compiler {
            Some(Compiler::Singlepass) => 0,
            Some(Compiler::Cranelift) => 1,
            Some(Compiler::Llvm) => 2,
            None => u8::MAX,
        });
        bytes.push(u8::from(it.engine == Engine::Native));
        bytes.push(match it.cache {
            Some(CacheUse::Hit) => 0,
            Some(CacheUse::Miss) => 1,
            Some(CacheUse::Off) => 2,
            Some(CacheUse::Sealed) => 3,
            None => u8::MAX,
        });
        let error = it.error.map(|code| code.as_str());
        for name in [Some(it.title), it.export, error] {
            bytes.extend(name.map_or(NONE, |name| names.place(name)).to_le_bytes());
        }
        let times = &it.timings;
        for time in [
            times.parse,
            times.start,
            times.compile,
            times.seal,
            times.load,
            times.instantiate,
            times.call,
            times.total,
        ] {
            bytes.extend(time.map_or(f32::NAN, |ns| ns as f32).to_le_bytes());
        }
    }

    pub(super) fn finish(self) -> PackedRuns {
        PackedRuns { names: self.names.list, bytes: self.bytes }
    }
}

#[derive(Default)]
struct Names {
    list: Vec<String>,
    places: HashMap<String, u32>,
}

impl Names {
    fn place(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = u32::try_from(self.list.len()).unwrap_or(NONE);
        self.list.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}
