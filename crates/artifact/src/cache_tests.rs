use std::fs::File;

use tempfile::TempDir;
use watshop_protocol::page::{Compiler, Engine, Optimisation, Proposals};

use super::*;
use crate::layout::tests::draft;
use crate::{Draft, Machine, Recipe, seal};

pub(crate) fn recipe() -> Recipe {
    Recipe {
        module_hash: crate::hash(b"module"),
        compiler: Compiler::Cranelift,
        engine: Engine::Jit,
        optimisation: Optimisation::Speed,
        proposals: Proposals::default(),
        count_instructions: false,
        machine: Machine::host(),
        program: "this build".to_owned(),
    }
}

/// The key of the n-th module.
fn key(n: usize) -> Key {
    Key::new(Recipe { module_hash: n.to_string(), ..recipe() })
}

fn cache(max_bytes: u64) -> (TempDir, Cache) {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path().join("artifacts"), max_bytes).unwrap();
    (folder, cache)
}

fn signing_key() -> SigningKey {
    SigningKey::from_hex(&"5a".repeat(32)).unwrap()
}

fn of_module(hash: String) -> Draft {
    let mut draft = Draft { signing_key: Some(signing_key()), ..draft() };
    draft.compiled.module_hash = hash;
    draft
}

/// Seals the artifact of the n-th module, last used `age` seconds ago.
fn put(cache: &Cache, n: usize, payload: &[u8], age: u64) -> u64 {
    let path = cache.path(&key(n));
    seal(&path, payload, of_module(n.to_string())).unwrap();
    used(&path, age);
    path.metadata().unwrap().len()
}

fn used(path: &Path, seconds_ago: u64) {
    let time = SystemTime::now() - Duration::from_secs(seconds_ago);
    File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

fn held(cache: &Cache, count: usize) -> Vec<usize> {
    (0..count).filter(|n| cache.path(&key(*n)).exists()).collect()
}

#[test]
fn what_was_sealed_under_a_key_is_found_by_it() {
    let (_folder, cache) = cache(DEFAULT_MAX_BYTES);
    assert!(cache.find(&key(1), &signing_key()).is_none());
    put(&cache, 1, b"code", 0);
    let (path, passport) = cache.find(&key(1), &signing_key()).unwrap();
    assert_eq!(crate::open(&path).unwrap().passport, passport);
    assert!(cache.find(&key(2), &signing_key()).is_none());
    cache.discard(&key(1));
    cache.discard(&key(1));
    assert!(cache.find(&key(1), &signing_key()).is_none());
}

#[test]
fn trimming_removes_what_was_used_longest_ago() {
    let (_folder, measured) = cache(0);
    let size = put(&measured, 0, &[7; 5000], 0);
    let (_folder, cache) = cache(3 * size);
    for n in 0..6 {
        put(&cache, n, &[7; 5000], 600 - n as u64);
    }
    assert!(
        cache.find(&key(0), &signing_key()).is_some(),
        "finding the oldest makes it the newest"
    );
    assert_eq!(cache.trim().unwrap(), TrimReport { files: 3, bytes: 3 * size });
    assert_eq!(held(&cache, 6), [0, 4, 5]);
    assert_eq!(cache.trim().unwrap(), TrimReport::default(), "what is within the bound stays");
}

#[test]
fn the_newest_entry_stays_even_where_it_alone_is_too_much() {
    let (_folder, cache) = cache(10);
    put(&cache, 0, &[7; 5000], 5);
    put(&cache, 1, &[7; 5000], 0);
    cache.trim().unwrap();
    assert_eq!(held(&cache, 2), [1]);
}

#[test]
fn a_damaged_entry_is_not_found_and_makes_room() {
    let (_folder, cache) = cache(DEFAULT_MAX_BYTES);
    for length in [0, 1, 60, 500] {
        put(&cache, 1, b"code", 0);
        File::options().write(true).open(cache.path(&key(1))).unwrap().set_len(length).unwrap();
        assert!(cache.find(&key(1), &signing_key()).is_none());
        assert!(!cache.path(&key(1)).exists());
    }
}

#[test]
fn an_entry_under_the_name_of_another_is_not_found() {
    let (_folder, cache) = cache(DEFAULT_MAX_BYTES);
    put(&cache, 1, b"code", 0);
    fs::rename(cache.path(&key(1)), cache.path(&key(2))).unwrap();
    assert!(cache.find(&key(2), &signing_key()).is_none());
}

#[test]
fn files_begun_and_abandoned_are_swept_away_and_those_of_others_are_not() {
    let (_folder, cache) = cache(0);
    let make = |name: &str, age| {
        let path = cache.folder.join(name);
        fs::write(&path, b"half").unwrap();
        used(&path, age);
        path
    };
    let abandoned = make(".sealing-abc123.partial", 2 * 60 * 60);
    let current = make(".sealing-def456.partial", 60);
    let foreign = make("notes.txt", 9_000_000);
    let lookalike = make("notes.wshop", 9_000_000);
    assert_eq!(cache.trim().unwrap(), TrimReport { files: 1, bytes: 4 });
    assert!(!abandoned.exists());
    assert!(current.exists() && foreign.exists() && lookalike.exists());
}

/// A process that is killed while it seals leaves a temporary file, never an entry, whole or half.
#[test]
fn a_half_written_file_is_never_an_entry() {
    let (_folder, cache) = cache(DEFAULT_MAX_BYTES);
    put(&cache, 1, b"code", 0);
    let whole = fs::read(cache.path(&key(1))).unwrap();
    cache.discard(&key(1));
    for length in 0..whole.len() {
        fs::write(cache.folder.join(".sealing-abc123.partial"), &whole[..length]).unwrap();
        assert!(cache.find(&key(1), &signing_key()).is_none());
    }
}

#[test]
fn several_users_of_one_folder_do_not_trip_over_one_another() {
    let (_folder, cache) = cache(20_000);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for n in 0..60 {
                    let draft = of_module((n % 12).to_string());
                    seal(&cache.path(&key(n % 12)), &[7; 3000], draft).unwrap();
                    cache.trim().unwrap();
                    if let Some((path, passport)) = cache.find(&key(n % 12), &signing_key()) {
                        // Another thread may have removed it again; if it exists, it is whole.
                        match crate::open(&path) {
                            Ok(sealed) => {
                                assert_eq!(sealed.passport.payload_hash, passport.payload_hash);
                            }
                            Err(ArtifactError::File { source, .. }) => {
                                assert_eq!(source.kind(), io::ErrorKind::NotFound);
                            }
                            Err(error) => panic!("{error}"),
                        }
                    }
                }
            });
        }
    });
    cache.trim().unwrap();
    let total: u64 =
        fs::read_dir(&cache.folder).unwrap().map(|e| e.unwrap().metadata().unwrap().len()).sum();
    assert!(total <= 20_000, "{total}");
}

#[test]
fn what_another_hand_made_is_not_found_and_makes_room() {
    let (_folder, cache) = cache(DEFAULT_MAX_BYTES);
    let path = cache.path(&key(1));
    let other = SigningKey::from_hex(&"a5".repeat(32)).unwrap();
    for hand_of_another in [None, Some(other)] {
        let draft = Draft { signing_key: hand_of_another, ..of_module("1".to_owned()) };
        seal(&path, b"somebody's code", draft).unwrap();
        assert!(cache.find(&key(1), &signing_key()).is_none());
        assert!(!path.exists());
    }
    // Our own signature stands below another passport: one with other code, and one for each field
    // that decides.
    put(&cache, 1, b"code", 0);
    let (_, own) = cache.find(&key(1), &signing_key()).unwrap();
    let compiled = own.compiled.clone().unwrap();
    for forged in [
        Passport { payload_hash: crate::hash(b"evil"), ..own.clone() },
        Passport { engine: Engine::Native, ..own.clone() },
        Passport { triple: "aarch64-unknown-linux-gnu".into(), ..own.clone() },
        Passport { cpu_features: vec!["avx512f".into()], ..own.clone() },
        Passport {
            compiled: Some(watshop_protocol::passport::Compilation { abi: 1, ..compiled }),
            ..own.clone()
        },
    ] {
        let ending = crate::layout::ending(&forged).unwrap();
        fs::write(&path, [b"code".as_slice(), &ending].concat()).unwrap();
        assert!(cache.find(&key(1), &signing_key()).is_none(), "{forged:?}");
        assert!(!path.exists());
    }
}
