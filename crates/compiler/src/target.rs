use std::str::FromStr as _;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use wasmer_types::Features;
use wasmer_types::target::{Architecture, CpuFeature, OperatingSystem, Target, Triple};
use watshop_protocol::page::{self, Engine, Error, ErrorCode, Proposals, Result};

/// Wasmer's form of the proposals that are on.
pub fn features(proposals: Proposals) -> Features {
    // All fields are named, so a new proposal of ours does not compile until it is handled here.
    let Proposals {
        multi_value,
        bulk_memory,
        reference_types,
        simd,
        threads,
        extended_const,
        multi_memory,
        tail_call,
        exceptions,
        relaxed_simd,
        wide_arithmetic,
        memory64,
    } = proposals;
    Features {
        multi_value,
        bulk_memory,
        reference_types,
        simd,
        threads,
        extended_const,
        multi_memory,
        tail_call,
        exceptions,
        relaxed_simd,
        wide_arithmetic,
        memory64,
        module_linking: false,
    }
}

/// The machine to make code for. By default, it is this machine with all its features.
///
/// # Errors
///
/// `bad_request` for a triple or a feature that does not exist.
pub(crate) fn target(asked: Option<&page::Target>) -> Result<Target> {
    let Some(asked) = asked else { return Ok(Target::default()) };
    let bad = |what: Sentence, name: &str, help: Sentence| {
        Error::new(ErrorCode::BadRequest, say!("`{name}` is not a {what} that Wasmer knows."))
            .help(help)
    };
    let triple = Triple::from_str(&asked.triple).map_err(|_| {
        bad(say!("target triple"), &asked.triple, say!("One looks like x86_64-unknown-linux-gnu."))
    })?;
    let mut features = CpuFeature::set();
    for name in
        watshop_artifact::implied(&asked.triple, asked.cpu_features.iter().map(String::as_str))
    {
        let feature = CpuFeature::from_str(&name).map_err(|_| {
            let known: Vec<_> =
                CpuFeature::all().iter().map(|feature| feature.to_string()).collect();
            bad(say!("CPU feature"), &name, say!("It knows {}.", known.join(", ")))
        })?;
        features.insert(feature);
    }
    Ok(Target::new(triple, features))
}

/// Checks that an engine exists for a target.
///
/// # Errors
///
/// `engine_unavailable` with the reason.
pub(crate) fn check_engine(engine: Engine, target: &Target) -> Result<()> {
    let triple = target.triple();
    let elf = triple.architecture == Architecture::X86_64
        && triple.operating_system == OperatingSystem::Linux;
    if engine == Engine::Jit || elf {
        return Ok(());
    }
    let message =
        say!("The engine Native makes shared objects for x86-64 Linux only, not for {triple}.");
    Err(Error::new(ErrorCode::EngineUnavailable, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use watshop_artifact::Machine;

    fn asked(triple: &str, cpu_features: &[&str]) -> page::Target {
        page::Target {
            triple: triple.to_owned(),
            cpu_features: cpu_features.iter().map(|f| (*f).to_owned()).collect(),
        }
    }

    #[test]
    fn our_defaults_are_wasmers() {
        assert_eq!(features(Proposals::default()), Features::default());
    }

    #[test]
    fn every_proposal_of_ours_is_one_of_wasmers() {
        let all = features(Proposals::all());
        assert_eq!(Features { module_linking: true, ..all }, Features::all());
    }

    /// `watshop-artifact` must not know Wasmer, so it has its own list of CPU features. The two
    /// lists must be the same.
    #[test]
    fn the_artifact_crate_sees_the_same_machine_as_wasmer() {
        let host = Machine::host();
        let target = target(None).unwrap();
        let mut theirs: Vec<_> = target.cpu_features().iter().map(|f| f.to_string()).collect();
        theirs.sort();
        assert_eq!(host.cpu_features, theirs);
        assert_eq!(host.triple, target.triple().to_string());
        assert!(target_of(&host).is_ok());
    }

    fn target_of(machine: &Machine) -> Result<Target> {
        let features: Vec<_> = machine.cpu_features.iter().map(String::as_str).collect();
        target(Some(&asked(&machine.triple, &features)))
    }

    #[test]
    fn names_that_do_not_exist_are_bad_requests_and_say_what_there_is() {
        let error = target(Some(&asked("pdp11", &[]))).unwrap_err();
        assert_eq!(error.code, ErrorCode::BadRequest);
        assert!(error.message.contains("pdp11"), "{error}");
        let error = target(Some(&asked("x86_64-unknown-linux-gnu", &["mmx"]))).unwrap_err();
        assert!(error.help.unwrap().contains("avx2"));
    }

    #[test]
    fn native_code_is_for_x86_64_linux() {
        let check =
            |triple| check_engine(Engine::Native, &target(Some(&asked(triple, &[]))).unwrap());
        check("x86_64-unknown-linux-gnu").unwrap();
        check("x86_64-unknown-linux-musl").unwrap();
        for other in ["aarch64-unknown-linux-gnu", "x86_64-pc-windows-msvc", "x86_64-apple-darwin"]
        {
            assert_eq!(check(other).unwrap_err().code, ErrorCode::EngineUnavailable, "{other}");
        }
    }
}
