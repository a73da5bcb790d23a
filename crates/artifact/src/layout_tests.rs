use proptest::prelude::*;
use watshop_protocol::page::{Compiler, Engine, Optimisation, Proposals};

use super::*;
use crate::{Draft, Machine};

pub(crate) fn draft() -> Draft {
    let host = Machine::host();
    let module = crate::hash(b"module");
    Draft {
        compiled: crate::compiled(
            Compiler::Cranelift,
            Optimisation::Speed,
            Proposals::default(),
            module,
            6,
        ),
        engine: Engine::Jit,
        triple: host.triple,
        cpu_features: host.cpu_features,
        sections: Vec::new(),
        signing_key: None,
    }
}

pub(crate) fn passport(payload: &[u8]) -> Passport {
    draft().passport(crate::hash(payload), payload.len() as u64)
}

fn sealed(payload: &[u8], passport: &Passport) -> Vec<u8> {
    let mut bytes = payload.to_vec();
    bytes.extend(ending(passport).unwrap());
    bytes
}

proptest! {
    #[test]
    fn what_was_laid_out_is_read_back(payload in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let passport = passport(&payload);
        let bytes = sealed(&payload, &passport);
        prop_assert!(is_sealed(&bytes));
        prop_assert_eq!(read_passport_bytes(&bytes).unwrap(), passport);
    }

    #[test]
    fn garbage_is_an_error_and_never_a_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..300), marked: bool) {
        if marked {
            bytes.extend_from_slice(&MAGIC);
        }
        prop_assert!(read_passport_bytes(&bytes).is_err());
    }

    /// Invented lengths in a trailer that is otherwise right.
    #[test]
    fn hostile_lengths_are_refused(payload_length: u64, passport_length: u32) {
        let mut bytes = sealed(b"payload", &passport(b"payload"));
        let at = bytes.len() - TRAILER;
        bytes[at + 32..at + 40].copy_from_slice(&payload_length.to_le_bytes());
        bytes[at + 40..at + 44].copy_from_slice(&passport_length.to_le_bytes());
        prop_assert!(read_passport_bytes(&bytes).is_err());
    }
}

#[test]
fn a_trailer_with_the_right_sum_and_the_wrong_parts_is_refused() {
    let passport = passport(b"payload");
    let mut bytes = sealed(b"payload", &passport);
    let at = bytes.len() - TRAILER;
    let json = at - 7;
    bytes[at + 32..at + 40].copy_from_slice(&8_u64.to_le_bytes());
    bytes[at + 40..at + 44].copy_from_slice(&(json as u32 - 1).to_le_bytes());
    assert!(matches!(read_passport_bytes(&bytes), Err(ArtifactError::Damaged(_))));
}

#[test]
fn a_newer_form_is_foreign_and_not_damaged() {
    let mut bytes = sealed(b"payload", &passport(b"payload"));
    let at = bytes.len() - TRAILER + 44;
    bytes[at..at + 4].copy_from_slice(&(FORMAT + 1).to_le_bytes());
    assert!(matches!(read_passport_bytes(&bytes), Err(ArtifactError::Foreign(_))));
}

#[test]
fn a_passport_of_another_payload_length_is_damaged() {
    let wrong = Passport { payload_size: 3, ..passport(b"payload") };
    let mut bytes = sealed(b"payload", &wrong);
    let at = bytes.len() - TRAILER + 32;
    bytes[at..at + 8].copy_from_slice(&7_u64.to_le_bytes());
    assert!(matches!(read_passport_bytes(&bytes), Err(ArtifactError::Damaged(_))));
}
