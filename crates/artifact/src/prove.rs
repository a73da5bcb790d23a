//! Checking a passport against its code. A passport that we did not sign is only a claim: its hash
//! covers the payload, and anyone can write another passport for the same hash.

use std::str::FromStr as _;
use watshop_protocol::say;

use target_lexicon::Triple;
use watshop_protocol::page::Engine;
use watshop_protocol::passport::Passport;

use crate::{ArtifactError, SealedArtifact, foreign};

impl SealedArtifact {
    /// Checks by the first bytes that the code is for the engine which the passport names. This
    /// costs nothing, so every artifact is checked before its loader is chosen.
    ///
    /// # Errors
    ///
    /// [`ArtifactError::Damaged`] if it is for another engine, or for none.
    pub fn check_engine(&self) -> Result<(), ArtifactError> {
        match foreign::engine(self.payload()) {
            Some(engine) if engine == self.passport.engine => Ok(()),
            other => Err(another_engine(self.passport.engine, other)),
        }
    }

    /// Checks this artifact as [`prove`] does. The passport of a file of Wasmer's own was read from
    /// its code, so there is nothing to check.
    ///
    /// # Errors
    ///
    /// Those of [`prove`].
    pub fn prove(&self) -> Result<(), ArtifactError> {
        if self.passport.compiled.is_none() {
            Ok(())
        } else {
            prove(&self.passport, self.payload())
        }
    }
}

/// Checks engine, CPU and layout against the code, as far as code tells them. The code does not
/// tell the operating system, the CPU features, the compiler and the module: for these the passport
/// stays a claim.
///
/// # Errors
///
/// [`ArtifactError::Damaged`] if passport and code contradict one another,
/// [`ArtifactError::Foreign`] if the code has another layout.
pub fn prove(passport: &Passport, payload: &[u8]) -> Result<(), ArtifactError> {
    let claimed = Triple::from_str(&passport.triple).ok().map(|triple| triple.architecture);
    match foreign::engine(payload) {
        Some(engine) if engine == passport.engine => {}
        other => return Err(another_engine(passport.engine, other)),
    }
    match foreign::engine_of(payload) {
        Ok((_, told)) if Some(told) == claimed => Ok(()),
        Ok((_, told)) => Err(ArtifactError::Damaged(say!(
            "its passport says that its code is for {}, and its code is for {told}",
            passport.triple
        ))),
        Err(ArtifactError::NotSealed) => {
            Err(ArtifactError::Damaged(say!("its code is not machine code of Wasmer's")))
        }
        // Nothing can be proved for a CPU whose code is not known here. Such code does not run here
        // either.
        Err(ArtifactError::Foreign(_)) if claimed.is_some_and(|cpu| !foreign::is_known(cpu)) => {
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Checks an artifact that is in memory as [`prove`] does. The passport of a file of Wasmer's own
/// was read from its code already.
///
/// # Errors
///
/// Those of [`prove`], and [`ArtifactError::Damaged`] if the bytes are fewer than the payload.
pub fn prove_bytes(passport: &Passport, bytes: &[u8]) -> Result<(), ArtifactError> {
    let length = usize::try_from(passport.payload_size).unwrap_or(usize::MAX);
    let payload = bytes.get(..length);
    let payload = payload.ok_or_else(|| ArtifactError::Damaged(say!("its code is cut short")))?;
    if passport.compiled.is_none() {
        return Ok(());
    }
    prove(passport, payload)
}

fn another_engine(claimed: Engine, found: Option<Engine>) -> ArtifactError {
    let found = match found {
        Some(engine) => say!("{}", engine.as_str()),
        None => say!("that of no engine"),
    };
    ArtifactError::Damaged(say!(
        "its passport says that its code is that of the engine {}, and its code is {found}",
        claimed.as_str()
    ))
}

#[cfg(test)]
mod tests {
    use target_lexicon::{Aarch64Architecture, Architecture};

    use super::*;
    use crate::foreign::tests::serialised_for;
    use crate::layout::tests::passport;

    #[test]
    fn a_passport_that_contradicts_its_code_is_damaged() {
        let code = serialised_for(Architecture::X86_64);
        let of =
            |triple: &str, engine| Passport { triple: triple.into(), engine, ..passport(&code) };
        prove(&of("x86_64-unknown-linux-gnu", Engine::Jit), &code).unwrap();
        for (triple, engine) in [
            ("x86_64-unknown-linux-gnu", Engine::Native),
            ("aarch64-unknown-linux-gnu", Engine::Jit),
            ("riscv64gc-unknown-linux-gnu", Engine::Jit),
            ("no triple", Engine::Jit),
        ] {
            let error = prove(&of(triple, engine), &code).unwrap_err();
            assert!(matches!(error, ArtifactError::Damaged(_)), "{triple}: {error}");
        }
        let arm = serialised_for(Architecture::Aarch64(Aarch64Architecture::Aarch64));
        prove(&of("aarch64-apple-darwin", Engine::Jit), &arm).unwrap();
        prove(&of("x86_64-unknown-linux-gnu", Engine::Jit), &arm).unwrap_err();
    }

    #[test]
    fn what_is_no_code_is_no_artifacts_code() {
        for code in [b"".as_slice(), b"code", b"\x7fELF", b"\0asm\x01\0\0\0", b"wasmer-universal"] {
            for engine in Engine::ALL {
                let passport = Passport { engine, ..passport(code) };
                assert!(prove(&passport, code).is_err(), "{engine:?} {code:?}");
            }
        }
    }
}
