use std::fs;

use proptest::prelude::*;

use super::*;
use crate::layout::tests::draft;
use crate::seal;

fn sealed_bytes(payload: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wshop");
    seal(&path, payload, draft()).unwrap();
    fs::read(path).unwrap()
}

fn open_bytes(bytes: &[u8]) -> Result<Vec<u8>, ArtifactError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wshop");
    fs::write(&path, bytes).unwrap();
    let quick = read_passport(&path);
    let sealed = open(&path)?;
    assert_eq!(
        quick.unwrap(),
        sealed.passport,
        "the quick look and the full check read the same passport"
    );
    Ok(sealed.payload().to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_was_sealed_is_what_is_opened(payload in proptest::collection::vec(any::<u8>(), 0..20_000)) {
        prop_assert_eq!(open_bytes(&sealed_bytes(&payload)).unwrap(), payload);
    }

    #[test]
    fn a_file_cut_short_or_made_longer_is_refused(cut in 0.0..1.0_f64, more in proptest::collection::vec(any::<u8>(), 1..100)) {
        let bytes = sealed_bytes(b"some code");
        let cut = (bytes.len() as f64 * cut) as usize;
        prop_assert!(open_bytes(&bytes[..cut]).is_err());
        prop_assert!(open_bytes(&[&bytes, more.as_slice()].concat()).is_err());
        prop_assert!(open_bytes(&[more.as_slice(), &bytes].concat()).is_err());
    }
}

/// The test flips one bit of every byte of a file: payload, passport and each field of the trailer.
#[test]
fn a_flipped_bit_anywhere_is_found() {
    let bytes = sealed_bytes(b"some code of a compiler");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wshop");
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(&path, damaged).unwrap();
        assert!(open(&path).is_err(), "byte {at} of {}", bytes.len());
    }
}

#[test]
fn a_long_passport_is_read_too() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wshop");
    let long = crate::Draft { cpu_features: vec!["x".repeat(9000)], ..draft() };
    let passport = seal(&path, b"code", long).unwrap();
    assert_eq!(read_passport(&path).unwrap(), passport);
    assert_eq!(open(&path).unwrap().passport, passport);
}

#[test]
fn other_files_are_not_sealed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a");
    for content in [b"".as_slice(), b"(module)", &[0; 5000]] {
        fs::write(&path, content).unwrap();
        assert!(!is_artifact_file(&path));
        assert!(matches!(open(&path), Err(ArtifactError::NotSealed)));
        assert!(matches!(read_passport(&path), Err(ArtifactError::NotSealed)));
    }
    assert!(!is_artifact_file(&folder.path().join("missing")));
    assert!(matches!(open(folder.path()), Err(ArtifactError::File { .. })), "a folder is no file");
}

#[test]
fn a_pipe_of_that_name_makes_nobody_wait() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    assert!(matches!(open(&path), Err(ArtifactError::File { .. })));
    assert!(!is_artifact_file(&path));
}

#[test]
fn an_open_file_keeps_its_code_when_its_name_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wshop");
    seal(&path, b"old code", draft()).unwrap();
    let sealed = open(&path).unwrap();
    seal(&path, b"new code", draft()).unwrap();
    assert_eq!(sealed.payload(), b"old code");
}

/// The file was made by the executables of November 2026, with a key whose 32 bytes are all 0x5a.
#[test]
fn a_file_that_was_sealed_before_is_read_and_known_as_our_own() {
    let bytes = include_bytes!("../tests/fixtures/format-2.wshop");
    let passport = passport_of(bytes).unwrap();
    assert_eq!(
        (passport.triple.as_str(), passport.payload_size),
        ("x86_64-unknown-linux-gnu", 6240)
    );
    assert_eq!(open_bytes(bytes).unwrap(), bytes[..6240]);
    check(bytes, &passport).unwrap();
    crate::prove_bytes(&passport, bytes).unwrap();
    assert!(crate::SigningKey::from_hex(&"5a".repeat(32)).unwrap().signed(&passport));
    assert!(!crate::SigningKey::from_hex(&"5b".repeat(32)).unwrap().signed(&passport));
}

#[test]
fn another_artifact_in_the_place_of_one_is_noticed() {
    let (one, other) = (sealed_bytes(b"some code"), sealed_bytes(b"evil code"));
    let passport = passport_of(&one).unwrap();
    check(&one, &passport).unwrap();
    assert!(matches!(check(&other, &passport), Err(ArtifactError::Damaged(_))));
    assert!(check(&one[1..], &passport).is_err());
    assert!(check(b"", &passport).is_err());
}

/// The reason why every load hashes the file again, also one that was checked a moment ago. A
/// program that has mapped the file before can change the code under the same inode, size and
/// times: Linux sets the times when a page is first written, and not at later writes to it.
#[test]
#[expect(unsafe_code, reason = "the attack maps the file for writing")]
fn code_can_change_while_inode_size_and_times_stay() {
    use std::os::unix::fs::MetadataExt as _;

    use memmap2::MmapMut;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.wshop");
    seal(&path, b"some code of a compiler", draft()).unwrap();
    let about = || {
        let about = fs::metadata(&path).unwrap();
        let times = (about.mtime_nsec(), about.ctime(), about.ctime_nsec());
        (about.ino(), about.size(), about.mtime(), times)
    };
    let attacker = File::options().read(true).write(true).open(&path).unwrap();
    // SAFETY: nothing else in this test maps the file while the attacker writes to it.
    let mut map = unsafe { MmapMut::map_mut(&attacker) }.unwrap();
    // The system may write a page to the disk at any moment, and sets the times anew after that.
    let unnoticed = (0..100).any(|_| {
        map[0] = b's';
        let checked = about();
        open(&path).unwrap();
        map[0] = b'X';
        let unnoticed = about() == checked;
        open(&path).unwrap_err();
        unnoticed
    });
    assert!(unnoticed, "the times tell such a write, so a file need not be checked twice");
}
