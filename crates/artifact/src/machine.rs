use std::str::FromStr;
use watshop_protocol::{Sentence, say};

use target_lexicon::{Environment, OperatingSystem, Triple};
use watshop_protocol::passport::{ABI, Compilation, FORMAT, Passport, WASMER};

use crate::ArtifactError;

/// A machine that code can be made for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Machine {
    /// The triple, as target-lexicon prints it.
    pub triple: String,
    /// The CPU features in Wasmer's spelling, sorted.
    pub cpu_features: Vec<String>,
}

impl Machine {
    /// The machine this program runs on: the triple it was built for, and the features its CPU has.
    pub fn host() -> Self {
        let mut cpu_features = host_features();
        cpu_features.sort();
        Self { triple: target_lexicon::HOST.to_string(), cpu_features }
    }
}

/// Checks that code with this passport runs on a machine under the Wasmer of this Watshop.
///
/// # Errors
///
/// [`ArtifactError::Foreign`] with the first reason against it.
pub fn fits(passport: &Passport, machine: &Machine) -> Result<(), ArtifactError> {
    let foreign = |why: Sentence| Err(ArtifactError::Foreign(why));
    if passport.format != FORMAT {
        return foreign(say!(
            "it has version {} of the sealed form, this Watshop reads version {FORMAT}",
            passport.format
        ));
    }
    if let Some(Compilation { wasmer, abi, .. }) = &passport.compiled {
        if wasmer != WASMER {
            return foreign(say!("it was made by Wasmer {wasmer}, this is Wasmer {WASMER}"));
        }
        if *abi != ABI {
            return foreign(say!(
                "its layout is number {abi} of Wasmer's, this runtime has number {ABI}"
            ));
        }
    }
    if !same_system(&passport.triple, &machine.triple) {
        return foreign(say!(
            "its code is for {}, this machine is {}",
            passport.triple,
            machine.triple
        ));
    }
    let lacking: Vec<_> = passport
        .cpu_features
        .iter()
        .filter(|f| !machine.cpu_features.contains(f))
        .map(String::as_str)
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    foreign(say!("its code needs CPU features that this machine lacks: {}", lacking.join(", ")))
}

/// Returns true if code for one triple runs on the other. The vendor, the version of macOS and the
/// C library of Linux (gnu or musl) change neither instructions nor calling convention.
pub(crate) fn same_system(a: &str, b: &str) -> bool {
    let (Ok(a), Ok(b)) = (Triple::from_str(a), Triple::from_str(b)) else { return false };
    a.architecture == b.architecture
        && system(a.operating_system) == system(b.operating_system)
        && environment(&a) == environment(&b)
        && a.binary_format == b.binary_format
}

fn system(of: OperatingSystem) -> OperatingSystem {
    match of {
        OperatingSystem::Darwin(_) | OperatingSystem::MacOSX(_) => OperatingSystem::Darwin(None),
        other => other,
    }
}

fn environment(of: &Triple) -> Environment {
    match (of.operating_system, of.environment) {
        (OperatingSystem::Linux, Environment::Gnu | Environment::Musl) => Environment::Unknown,
        (_, other) => other,
    }
}

/// The features of this CPU, among those that Wasmer 7.5 knows
/// (`wasmer_types::target::CpuFeature`).
#[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
fn host_features() -> Vec<String> {
    macro_rules! detect {
        ($($rust:tt = $wasmer:literal),+ $(,)?) => {
            [$((std::is_x86_feature_detected!($rust), $wasmer)),+]
        };
    }
    let known = detect![
        "sse2" = "sse2",
        "sse3" = "sse3",
        "ssse3" = "ssse3",
        "sse4.1" = "sse4.1",
        "sse4.2" = "sse4.2",
        "popcnt" = "popcnt",
        "avx" = "avx",
        "bmi1" = "bmi",
        "bmi2" = "bmi2",
        "avx2" = "avx2",
        "fma" = "fma",
        "avx512dq" = "avx512dq",
        "avx512vl" = "avx512vl",
        "avx512f" = "avx512f",
        "lzcnt" = "lzcnt",
    ];
    known.into_iter().filter(|(has, _)| *has).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(target_arch = "aarch64")]
fn host_features() -> Vec<String> {
    if std::arch::is_aarch64_feature_detected!("neon") {
        vec!["neon".to_owned()]
    } else {
        Vec::new()
    }
}

#[cfg(not(any(target_arch = "x86", target_arch = "x86_64", target_arch = "aarch64")))]
fn host_features() -> Vec<String> {
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::passport;

    fn reason(passport: &Passport, machine: &Machine) -> String {
        fits(passport, machine).unwrap_err().to_string()
    }

    #[test]
    fn code_for_this_machine_fits_it() {
        fits(&passport(b""), &Machine::host()).unwrap();
    }

    #[test]
    fn code_for_another_cpu_or_system_says_both_triples() {
        let host = Machine { triple: "x86_64-unknown-linux-gnu".to_owned(), cpu_features: vec![] };
        for other in [
            "aarch64-unknown-linux-gnu",
            "x86_64-pc-windows-msvc",
            "x86_64-apple-darwin",
            "riscv64gc-unknown-linux-gnu",
            "no triple",
        ] {
            let foreign =
                Passport { triple: other.to_owned(), cpu_features: vec![], ..passport(b"") };
            let said = reason(&foreign, &host);
            assert!(said.contains(other) && said.contains(&host.triple), "{said}");
        }
    }

    #[test]
    fn the_vendor_and_the_c_library_of_linux_do_not_matter() {
        let same = [
            ("x86_64-unknown-linux-gnu", "x86_64-unknown-linux-musl"),
            ("x86_64-unknown-linux-gnu", "x86_64-pc-linux-gnu"),
            ("aarch64-apple-darwin", "aarch64-apple-macosx14.0.0"),
        ];
        for (a, b) in same {
            assert!(same_system(a, b), "{a} {b}");
        }
        assert!(!same_system("x86_64-pc-windows-gnu", "x86_64-pc-windows-msvc"));
        assert!(!same_system("arm-unknown-linux-gnueabi", "arm-unknown-linux-gnueabihf"));
    }

    #[test]
    fn features_that_are_missing_are_named_and_those_that_are_spare_are_not_asked_for() {
        let has = |features: &[&str]| features.iter().map(|f| (*f).to_owned()).collect::<Vec<_>>();
        let made = Passport { cpu_features: has(&["avx", "avx512f", "sse2"]), ..passport(b"") };
        let host = Machine { cpu_features: has(&["avx", "avx2", "sse2"]), ..Machine::host() };
        let said = reason(&made, &host);
        assert!(said.ends_with("lacks: avx512f."), "{said}");
        fits(&Passport { cpu_features: has(&["avx"]), ..made }, &host).unwrap();
    }

    #[test]
    fn another_wasmer_abi_or_format_does_not_fit() {
        let host = Machine::host();
        let compiled = passport(b"").compiled.unwrap();
        let by = |compiled: Compilation| Passport { compiled: Some(compiled), ..passport(b"") };
        let newer = Compilation { wasmer: "7.4.3".to_owned(), ..compiled.clone() };
        assert!(reason(&by(newer), &host).contains("7.4.3"));
        assert!(reason(&by(Compilation { abi: ABI + 1, ..compiled }), &host).contains("layout"));
        assert!(
            reason(&Passport { format: FORMAT + 1, ..passport(b"") }, &host)
                .contains("sealed form")
        );
    }
}
