//! Tests of loading: only a whole artifact for this machine is loaded. Any other is refused with
//! the reason, and the next one loads.

use std::fs;
use std::path::{Path, PathBuf};

use watshop_artifact::Draft;
use watshop_protocol::instance::Load;
use watshop_protocol::page::{Compiler, Engine, ErrorCode};
use watshop_protocol::passport::Passport;

use crate::process::{Runner, compile, compilers};

const MODULE: &str = r#"(module (func (export "answer") (result i32) i32.const 42))"#;

fn sealed(runner: &Runner, engine: Engine) -> PathBuf {
    let path = runner.folder().join(format!("{}.wshop", engine.as_str()));
    compile(
        Compiler::Cranelift,
        engine,
        Default::default(),
        &wat::parse_str(MODULE).unwrap(),
        &path,
    );
    path
}

fn works(runner: &mut Runner, path: &Path) {
    runner.load(path).unwrap();
    runner.instantiate().unwrap();
    assert_eq!(runner.call("answer", &[]), ["42"]);
}

#[test]
fn code_of_every_compiler_and_engine_runs() {
    for by in compilers() {
        for engine in Engine::ALL {
            assert_eq!(
                Runner::made_by(by, MODULE, engine).call("answer", &[]),
                ["42"],
                "{by:?} {engine:?}"
            );
        }
    }
}

#[test]
fn a_damaged_file_is_never_loaded() {
    let mut runner = Runner::start();
    for engine in Engine::ALL {
        let good = sealed(&runner, engine);
        let bytes = fs::read(&good).unwrap();
        let bad = runner.folder().join("bad.wshop");
        for at in [0, 100, bytes.len() / 2, bytes.len() - 60, bytes.len() - 1] {
            let mut changed = bytes.clone();
            changed[at] ^= 0x40;
            fs::write(&bad, changed).unwrap();
            let error = runner.load(&bad).unwrap_err();
            assert!(
                matches!(error.code, ErrorCode::ArtifactDamaged | ErrorCode::ArtifactForeign),
                "byte {at}: {error:?}"
            );
        }
        for length in [0, 1, 100, bytes.len() - 1] {
            fs::write(&bad, &bytes[..length]).unwrap();
            assert_eq!(
                runner.load(&bad).unwrap_err().code,
                ErrorCode::ArtifactDamaged,
                "{length} bytes"
            );
        }
        works(&mut runner, &good);
    }
}

#[test]
fn no_bit_of_a_passport_and_none_of_a_thousand_of_the_code_can_be_turned() {
    let mut runner = Runner::start();
    for engine in Engine::ALL {
        let good = sealed(&runner, engine);
        let bytes = fs::read(&good).unwrap();
        let code =
            usize::try_from(watshop_artifact::read_passport(&good).unwrap().payload_size).unwrap();
        let bad = runner.folder().join("bad.wshop");
        // Every byte of the passport and its seal is changed, and bytes that are spread over all of
        // the code.
        let of_code = (0..1000).map(|n| (n * 7919 + 13) % code);
        for (n, at) in (code..bytes.len()).chain(of_code).enumerate() {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << (n % 8);
            fs::write(&bad, changed).unwrap();
            let error = runner.load(&bad).unwrap_err();
            let told =
                [ErrorCode::ArtifactDamaged, ErrorCode::ArtifactForeign].contains(&error.code);
            assert!(told, "byte {at}: {error:?}");
        }
        works(&mut runner, &good);
    }
}

#[test]
fn a_file_that_cannot_be_read_is_told_apart() {
    let mut runner = Runner::start();
    let path = runner.folder().join("nowhere.wshop");
    assert_eq!(runner.load(&path).unwrap_err().code, ErrorCode::File);
}

#[test]
fn another_payload_than_the_expected_one_is_refused() {
    let mut runner = Runner::start();
    let path = sealed(&runner, Engine::Jit);
    let hash = watshop_artifact::read_passport(&path).unwrap().payload_hash;
    let ask =
        |hash: &str| Load { sealed: path.clone(), payload_hash: Some(hash.into()), own: false };
    assert_eq!(runner.ask(ask(&"0".repeat(64))).unwrap_err().code, ErrorCode::ArtifactDamaged);
    runner.ask(ask(&hash)).unwrap();
}

#[test]
fn code_for_another_machine_or_version_says_which() {
    let mut runner = Runner::start();
    let path = sealed(&runner, Engine::Jit);
    let passport = watshop_artifact::read_passport(&path).unwrap();
    let payload = watshop_artifact::open(&path).unwrap().payload().to_vec();
    let foreign = runner.folder().join("foreign.wshop");
    let draft = Draft { triple: "aarch64-unknown-linux-gnu".into(), ..draft(&passport) };
    watshop_artifact::seal(&foreign, &payload, draft).unwrap();
    let error = runner.load(&foreign).unwrap_err();
    assert_eq!(error.code, ErrorCode::ArtifactForeign);
    assert!(error.message.contains("aarch64-unknown-linux-gnu"), "{}", error.message);
}

/// The hash in a passport is of the code alone. A passport with another engine or target before the
/// same code does not make a trusted artifact.
#[test]
fn a_passport_that_contradicts_its_code_is_refused_whoever_signed_it() {
    let mut runner = Runner::start();
    for engine in Engine::ALL {
        let good = sealed(&runner, engine);
        let passport = watshop_artifact::read_passport(&good).unwrap();
        let payload = watshop_artifact::open(&good).unwrap().payload().to_vec();
        let other = Engine::ALL.into_iter().find(|other| *other != engine).unwrap();
        let path = runner.folder().join("forged.wshop");
        watshop_artifact::seal(&path, &payload, Draft { engine: other, ..draft(&passport) })
            .unwrap();
        for own in [false, true] {
            let request = Load {
                sealed: path.clone(),
                payload_hash: Some(passport.payload_hash.clone()),
                own,
            };
            let error = runner.ask(request).unwrap_err();
            assert_eq!(error.code, ErrorCode::ArtifactDamaged, "{engine:?} {own}: {error:?}");
            assert!(error.message.contains(other.as_str()), "{error}");
        }
        works(&mut runner, &good);
    }
}

#[test]
fn whole_files_with_nonsense_for_code_are_refused_and_do_not_end_the_process() {
    let mut runner = Runner::start();
    for engine in Engine::ALL {
        let good = sealed(&runner, engine);
        let passport = watshop_artifact::read_passport(&good).unwrap();
        let payload = watshop_artifact::open(&good).unwrap().payload().to_vec();
        let nonsense: [Vec<u8>; 4] = [
            vec![],
            b"nonsense".to_vec(),
            payload[..payload.len() / 2].to_vec(),
            payload[..64].to_vec(),
        ];
        for (number, payload) in nonsense.into_iter().enumerate() {
            let path = runner.folder().join("nonsense.wshop");
            watshop_artifact::seal(&path, &payload, draft(&passport)).unwrap();
            let error = runner.load(&path).unwrap_err();
            assert_eq!(
                error.code,
                ErrorCode::ArtifactDamaged,
                "{engine:?} {number}: {}",
                error.message
            );
        }
        works(&mut runner, &good);
    }
}

#[test]
fn a_file_that_is_replaced_or_removed_after_loading_keeps_running() {
    for engine in Engine::ALL {
        let mut runner = Runner::start();
        let path = sealed(&runner, engine);
        runner.load(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, b"another file of the same name").unwrap();
        runner.instantiate().unwrap();
        assert_eq!(runner.call("answer", &[]), ["42"]);
    }
}

/// The compiler's facts about the code of this passport.
fn draft(passport: &Passport) -> Draft {
    Draft {
        compiled: passport.compiled.clone().unwrap(),
        engine: passport.engine,
        triple: passport.triple.clone(),
        cpu_features: passport.cpu_features.clone(),
        sections: Vec::new(),
        signing_key: None,
    }
}
