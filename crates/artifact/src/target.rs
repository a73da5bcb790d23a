//! What is known of target triples without any compiler: their names, CPU features and presets.

use std::str::FromStr as _;

use target_lexicon::{Architecture, Environment, OperatingSystem, Triple};
use watshop_protocol::page::{Compiler, CpuPreset, Error, ErrorCode, Result, Target};

use crate::Machine;

/// x86-64-v2 to v4 are the levels of the x86-64 psABI, as far as Wasmer 7.5 knows their features.
const V2: &[&str] = &["popcnt", "sse2", "sse3", "sse4.1", "sse4.2", "ssse3"];
const V3: &[&str] = &["avx", "avx2", "bmi", "bmi2", "fma", "lzcnt"];
const V4: &[&str] = &["avx512dq", "avx512f", "avx512vl"];

/// Reads a triple and gives it as target-lexicon prints it.
///
/// # Errors
///
/// `bad_request` where it is no triple.
pub fn canonical(triple: &str) -> Result<String> {
    parse(triple).map(|triple| triple.to_string())
}

fn parse(text: &str) -> Result<Triple> {
    let wrong = |why: String| {
        Error::new(ErrorCode::BadRequest, format!("`{text}` is not a target triple: {why}."))
            .help("One looks like aarch64-unknown-linux-gnu: architecture, vendor, system, and where it matters the C library.")
    };
    let triple = Triple::from_str(text.trim()).map_err(|error| wrong(error.to_string()))?;
    if triple.architecture == Architecture::Unknown || triple.operating_system == OperatingSystem::Unknown {
        return Err(wrong("it names no architecture or no system".into()));
    }
    Ok(triple)
}

/// Of which operating system a triple is, as people call it.
pub fn system(triple: &str) -> &'static str {
    let Ok(triple) = parse(triple) else { return "Other" };
    match (triple.operating_system, triple.environment) {
        (_, Environment::Android | Environment::Androideabi) => "Android",
        (OperatingSystem::Linux, _) => "Linux",
        (OperatingSystem::Darwin(_) | OperatingSystem::MacOSX(_), _) => "macOS",
        (OperatingSystem::IOS(_), _) => "iOS",
        (OperatingSystem::Windows, _) => "Windows",
        (OperatingSystem::Freebsd, _) => "FreeBSD",
        _ => "Other",
    }
}

/// The CPU features that Wasmer knows for a triple's architecture, sorted.
pub fn cpu_features(triple: &str) -> Vec<String> {
    let names = match parse(triple).map(|triple| triple.architecture) {
        Ok(Architecture::X86_64 | Architecture::X86_32(_)) => [V2, V3, V4].concat(),
        Ok(Architecture::Aarch64(_)) => vec!["neon"],
        _ => Vec::new(),
    };
    sorted(names)
}

/// Sets of CPU features to choose from. The first is what is taken where nothing is said: this machine's own
/// for its own triple, else what every CPU of the last fifteen years has.
pub fn presets(triple: &str, host: &Machine) -> Vec<CpuPreset> {
    let preset = |name: &str, names: Vec<&str>| CpuPreset { name: name.into(), cpu_features: sorted(names) };
    let mut presets = match parse(triple).map(|triple| triple.architecture) {
        Ok(Architecture::X86_64) => vec![
            preset("x86-64-v2", V2.to_vec()),
            preset("baseline", vec!["sse2"]),
            preset("x86-64-v3", [V2, V3].concat()),
            preset("x86-64-v4", [V2, V3, V4].concat()),
        ],
        Ok(Architecture::Aarch64(_)) => vec![preset("baseline", vec!["neon"])],
        _ => Vec::new(),
    };
    if crate::machine::same_system(triple, &host.triple) {
        presets.insert(0, CpuPreset { name: "host".into(), cpu_features: host.cpu_features.clone() });
    }
    presets.push(preset("none", Vec::new()));
    presets
}

/// The CPU features that code for a triple may use where nothing is said: what every CPU of the last fifteen years has. For
/// Singlepass AVX as well, without which Wasmer 7.5's computes floats wrongly and is refused.
pub fn usual(triple: &str, compiler: Compiler) -> Vec<String> {
    let nobody = Machine { triple: String::new(), cpu_features: Vec::new() };
    let first = presets(triple, &nobody).into_iter().next();
    let mut features = first.map(|preset| preset.cpu_features).unwrap_or_default();
    if compiler == Compiler::Singlepass && cpu_features(triple).iter().any(|feature| feature == "avx") {
        features.push("avx".into());
        features.sort();
    }
    features
}

fn sorted(mut names: Vec<&str>) -> Vec<String> {
    names.sort_unstable();
    names.into_iter().map(str::to_owned).collect()
}

impl Machine {
    /// The machine of a target; none is this one.
    ///
    /// # Errors
    ///
    /// `bad_request` where its triple is none, or a CPU feature is not one of its architecture.
    pub fn of(target: Option<&Target>) -> Result<Self> {
        let Some(target) = target else { return Ok(Self::host()) };
        let triple = canonical(&target.triple)?;
        let known = cpu_features(&triple);
        let mut cpu_features = target.cpu_features.clone();
        cpu_features.sort();
        cpu_features.dedup();
        if let Some(stranger) = cpu_features.iter().find(|feature| !known.contains(feature)) {
            let there = if known.is_empty() { "none".into() } else { known.join(", ") };
            return Err(Error::new(
                ErrorCode::BadRequest,
                format!("`{stranger}` is not a CPU feature that Wasmer knows for {triple}."),
            )
            .help(format!("It knows {there}.")));
        }
        Ok(Self { triple, cpu_features })
    }

    /// Whether code for a triple runs on this machine, as far as the system and the architecture go.
    pub fn is_of(&self, triple: &str) -> bool {
        crate::machine::same_system(triple, &self.triple)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triples_are_grouped_by_the_system_people_know() {
        for (triple, name) in [
            ("x86_64-unknown-linux-musl", "Linux"),
            ("aarch64-linux-android", "Android"),
            ("aarch64-apple-darwin", "macOS"),
            ("aarch64-apple-ios", "iOS"),
            ("x86_64-pc-windows-gnu", "Windows"),
            ("x86_64-unknown-freebsd", "FreeBSD"),
        ] {
            assert_eq!(system(triple), name, "{triple}");
        }
    }

    #[test]
    fn what_is_no_triple_says_what_one_looks_like() {
        for text in ["", "pdp11", "x86_64", "linux", "a b c"] {
            let error = canonical(text).unwrap_err();
            assert_eq!(error.code, ErrorCode::BadRequest, "{text}");
            assert!(error.help.unwrap().contains("aarch64-unknown-linux-gnu"));
        }
        assert_eq!(canonical(" x86_64-unknown-linux-gnu ").unwrap(), "x86_64-unknown-linux-gnu");
    }

    #[test]
    fn every_feature_of_a_preset_exists_and_the_levels_grow() {
        let host = Machine::host();
        for triple in ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "riscv64gc-unknown-linux-gnu"] {
            let known = cpu_features(triple);
            for preset in presets(triple, &host) {
                assert!(preset.cpu_features.iter().all(|f| known.contains(f)), "{triple} {}", preset.name);
            }
            assert_eq!(presets(triple, &host).last().unwrap().name, "none");
        }
    }

    #[test]
    fn a_feature_of_another_architecture_is_refused_by_name() {
        let target = |triple: &str, feature: &str| Target {
            triple: triple.into(),
            cpu_features: vec![feature.to_owned()],
        };
        let error = Machine::of(Some(&target("aarch64-unknown-linux-gnu", "avx2"))).unwrap_err();
        assert!(error.message.contains("avx2") && error.help.unwrap().contains("neon"));
        assert!(Machine::of(Some(&target("x86_64-unknown-linux-gnu", "avx2"))).is_ok());
        assert_eq!(Machine::of(None).unwrap(), Machine::host());
    }
}
