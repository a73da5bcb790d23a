//! Tests of the artifact cache: its files are found again, never trusted, and not touched when it
//! is off.

use std::path::PathBuf;

use watshop_artifact::{Draft, SigningKey};
use watshop_protocol::page::{CacheUse, Compiler, Engine, RunReport};
use watshop_protocol::passport::Compilation;
use watshop_workbench::{CacheMode, Config, StateKind};

use crate::fixture::{ADD_ONE, Fixture};

fn entries(fixture: &Fixture) -> Vec<PathBuf> {
    let folder = fixture.config.data_dir.join("artifacts");
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    files
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|e| e == "wshop"))
        .collect()
}

fn cache(report: &RunReport) -> CacheUse {
    report.record.cache.unwrap()
}

#[tokio::test]
async fn a_damaged_entry_is_compiled_again_and_never_loaded() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    for engine in Engine::ALL {
        fixture.configure(tab, |s| s.engine = engine).await;
        let before = entries(&fixture);
        fixture.run_well(tab).await;
        // Times of files are too coarse to tell which entry is the new one.
        let entry = entries(&fixture).into_iter().find(|entry| !before.contains(entry)).unwrap();
        let sound = std::fs::read(&entry).unwrap();
        let flip = |at: usize| {
            let mut bytes = sound.clone();
            bytes[at] ^= 0x40;
            bytes
        };
        let damages: [(&str, Vec<u8>); 5] = [
            ("the first byte", flip(0)),
            ("the code", flip(sound.len() / 3)),
            ("the trailer", flip(sound.len() - 3)),
            ("the second half is gone", sound[..sound.len() / 2].to_vec()),
            ("nothing is left", Vec::new()),
        ];
        for (what, bytes) in damages {
            // The file is changed in place, under the runner that has it mapped, as a faulty disk
            // changes it.
            std::fs::write(&entry, bytes).unwrap();
            let report = fixture.run_well(tab).await;
            assert_eq!(cache(&report), CacheUse::Miss, "{engine:?}: {what}");
            assert!(report.record.timings.compile.is_some());
            assert_eq!(fixture.results(tab, "add_one", &["41"]).await, ["42"]);
            assert_eq!(cache(&fixture.run_well(tab).await), CacheUse::Hit, "{engine:?}: {what}");
        }
    }
}

#[tokio::test]
async fn what_changes_the_code_changes_the_entry_and_what_does_not_does_not() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    assert_eq!(cache(&fixture.run_well(tab).await), CacheUse::Miss);
    fixture.configure(tab, |s| s.limits.call_ms = 5).await;
    assert_eq!(cache(&fixture.run_well(tab).await), CacheUse::Hit);
    fixture.configure(tab, |s| s.compiler = Compiler::Singlepass).await;
    assert_eq!(cache(&fixture.run_well(tab).await), CacheUse::Miss);
    // Another tab has the same module in another text.
    let other = fixture.tab(&format!(";; a remark\n{ADD_ONE}")).await;
    assert_eq!(cache(&fixture.run_well(other).await), CacheUse::Hit);
}

#[tokio::test]
async fn with_the_cache_off_nothing_is_found_and_nothing_kept() {
    let fixture = Fixture::with(|config| config.cache = CacheMode::Off);
    let tab = fixture.tab(ADD_ONE).await;
    for _ in 0..2 {
        let report = fixture.run_well(tab).await;
        assert_eq!(cache(&report), CacheUse::Off);
        assert!(report.record.timings.compile.is_some());
        assert_eq!(fixture.results(tab, "add_one", &["41"]).await, ["42"]);
    }
    assert!(entries(&fixture).is_empty());
}

#[tokio::test]
async fn workbenches_share_a_cache() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    fixture.run_well(tab).await;
    let config = Config { state: StateKind::InMemory, ..fixture.config.clone() };
    let workbench = watshop_workbench::Workbench::open(config).unwrap();
    let beside = Fixture { events: workbench.subscribe(), workbench, ..Fixture::new() };
    let tab = beside.tab(ADD_ONE).await;
    assert_eq!(cache(&beside.run_well(tab).await), CacheUse::Hit);
}

/// An artifact under the right key ran without a question, so a program that could write into the
/// folder had its own code run.
#[tokio::test]
async fn code_that_another_hand_put_under_a_key_of_ours_never_runs() {
    let fixture = Fixture::new();
    let tab = fixture.tab(ADD_ONE).await;
    let other = fixture.tab(&ADD_ONE.replace("i32.const 1", "i32.const 1000")).await;
    for engine in Engine::ALL {
        for t in [tab, other] {
            fixture.configure(t, |s| s.engine = engine).await;
            fixture.run_well(t).await;
        }
        let newest = |fixture: &Fixture| {
            entries(fixture)
                .into_iter()
                .max_by_key(|e| e.metadata().unwrap().modified().unwrap())
                .unwrap()
        };
        fixture.run_well(other).await;
        let evil = watshop_artifact::open(&newest(&fixture)).unwrap();
        fixture.run_well(tab).await;
        let entry = newest(&fixture);
        let mine = watshop_artifact::open(&entry).unwrap().passport;
        let own = SigningKey::open(&fixture.config.data_dir.join("signing.key")).unwrap();
        let strange = SigningKey::from_hex(&"5a".repeat(32)).unwrap();
        assert!(own.signed(&mine) && !strange.signed(&mine));
        for signing_key in [None, Some(strange)] {
            let compiled: Compilation = mine.compiled.clone().unwrap();
            let draft = Draft {
                compiled,
                engine,
                triple: mine.triple.clone(),
                cpu_features: mine.cpu_features.clone(),
                sections: mine.sections.clone(),
                signing_key,
            };
            watshop_artifact::seal(&entry, evil.payload(), draft).unwrap();
            assert_eq!(cache(&fixture.run_well(tab).await), CacheUse::Miss, "{engine:?}");
            assert_eq!(fixture.results(tab, "add_one", &["41"]).await, ["42"], "{engine:?}");
            assert_eq!(cache(&fixture.run_well(tab).await), CacheUse::Hit, "{engine:?}");
        }
    }
}
