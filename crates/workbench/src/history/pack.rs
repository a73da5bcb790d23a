//! The stored runs as bytes for a page, 64 for each: JSON would be five times as long.

use std::collections::HashMap;

use watshop_protocol::page::{CacheUse, Compiler, Engine, RecordKind};

use super::PastRun;

/// The place of no name.
const NONE: u32 = u32::MAX;

/// Packs runs, and lists the names that they have: titles, exports, and codes of errors. The layout is
/// that of `PastRuns` in the contract.
pub(crate) fn pack(runs: &[PastRun]) -> (Vec<String>, Vec<u8>) {
    let mut names = Names::default();
    let mut bytes = Vec::with_capacity(runs.len() * 64);
    for PastRun { title, record: it } in runs {
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
        let export = it.export.as_deref();
        let error = it.error.map(|code| code.as_str());
        for name in [Some(title.as_str()), export, error] {
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
    (names.list, bytes)
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
