//! Facts about target triples that need no compiler: names, CPU features and presets.

use std::str::FromStr as _;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use target_lexicon::{Architecture, Environment, OperatingSystem, Triple};
use watshop_protocol::page::{Compiler, CpuPreset, Error, ErrorCode, Result, Target};

use crate::Machine;

/// The levels x86-64-v2 to v4 of the x86-64 psABI, as far as Wasmer 7.5 knows their features.
const V2: &[&str] = &["popcnt", "sse2", "sse3", "sse4.1", "sse4.2", "ssse3"];
const V3: &[&str] = &["avx", "avx2", "bmi", "bmi2", "fma", "lzcnt"];
const V4: &[&str] = &["avx512dq", "avx512f", "avx512vl"];

/// The features that a CPU with another feature also has, one step down. Some follow by definition,
/// others are true of all CPUs ever made: each one with BMI2 has AVX2, each one with AVX-512 has
/// FMA and BMI2.
const IMPLIES: &[(&str, &[&str])] = &[
    ("sse3", &["sse2"]),
    ("ssse3", &["sse3"]),
    ("sse4.1", &["ssse3"]),
    ("sse4.2", &["sse4.1", "popcnt"]),
    ("lzcnt", &["popcnt"]),
    ("avx", &["sse4.2"]),
    ("bmi", &["avx"]),
    ("fma", &["avx"]),
    ("avx2", &["avx"]),
    ("bmi2", &["avx2", "bmi", "lzcnt"]),
    ("avx512f", &["avx2", "fma", "bmi2"]),
    ("avx512dq", &["avx512f"]),
    ("avx512vl", &["avx512f"]),
];

/// The CPU features that every CPU of a triple's architecture has.
pub fn baseline(triple: &str) -> &'static [&'static str] {
    match parse(triple).map(|triple| triple.architecture) {
        Ok(Architecture::X86_64) => &["sse2"],
        Ok(Architecture::Aarch64(_)) => &["neon"],
        _ => &[],
    }
}

/// CPU features with all that they imply and with the [`baseline`] of the triple; sorted, each
/// once.
pub fn implied<'a>(triple: &str, features: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<&str> = features.into_iter().collect();
    all.extend(baseline(triple));
    let mut next = 0;
    while let Some(feature) = all.get(next) {
        let below =
            IMPLIES.iter().find(|(name, _)| name == feature).map_or(&[][..], |(_, below)| below);
        let new: Vec<_> = below.iter().copied().filter(|feature| !all.contains(feature)).collect();
        all.extend(new);
        next += 1;
    }
    let mut all = sorted(all);
    all.dedup();
    all
}

/// The CPU features without which a compiler makes wrong code for a triple. For x86-64 without AVX,
/// Singlepass of Wasmer 7.5 swaps the operands of SSE instructions (`sse_fn` and `sse_round_fn` of
/// its `emitter_x64.rs`): `f64.add` of 1 and 2 gives 0.
pub fn needed(compiler: Compiler, triple: &str) -> &'static [&'static str] {
    let x86_64 = parse(triple).is_ok_and(|triple| triple.architecture == Architecture::X86_64);
    if compiler == Compiler::Singlepass && x86_64 { &["avx"] } else { &[] }
}

/// Checks that the CPU features of a machine include those that a compiler needs.
///
/// # Errors
///
/// `target_unsupported` with the feature that is missing.
pub fn check_needed(compiler: Compiler, triple: &str, cpu_features: &[String]) -> Result<()> {
    let lacks = |feature: &&&str| !cpu_features.iter().any(|has| has == **feature);
    let Some(lacking) = needed(compiler, triple).iter().find(lacks) else { return Ok(()) };
    let (title, upper) = (compiler.title(), lacking.to_uppercase());
    let message =
        say!("{title} of Wasmer 7.5 computes floats wrongly on an x86-64 CPU without {upper}.");
    Err(Error::new(ErrorCode::TargetUnsupported, message).help(say!(
        "Add the CPU feature {lacking} if the machine has it, or compile with Cranelift or LLVM."
    )))
}

/// Reads a triple and gives it as target-lexicon prints it.
///
/// # Errors
///
/// `bad_request` if the text is not a triple.
pub fn canonical(triple: &str) -> Result<String> {
    parse(triple).map(|triple| triple.to_string())
}

fn parse(text: &str) -> Result<Triple> {
    if text.trim().starts_with("wasm") {
        let message = say!(
            "`{}` is WebAssembly, which is compiled from here, not to: a target is a machine.",
            text.trim()
        );
        return Err(Error::new(ErrorCode::BadRequest, message).help(
            say!("One looks like x86_64-unknown-linux-gnu or aarch64-apple-darwin. The formats `wasm` and `wat` are \
             the module itself, and need no target."),
        ));
    }
    let wrong = |why: Sentence| {
        Error::new(ErrorCode::BadRequest, say!("`{text}` is not a target triple: {why}.")).help(
            say!("One looks like aarch64-unknown-linux-gnu: architecture, vendor, system, and the C library \
                 if there are several."),
        )
    };
    let triple = Triple::from_str(text.trim()).map_err(|error| wrong(say!("{error}")))?;
    if triple.architecture == Architecture::Unknown
        || triple.operating_system == OperatingSystem::Unknown
    {
        return Err(wrong(say!("it names no architecture or no system")));
    }
    Ok(triple)
}

/// The operating system of a triple, by its usual name.
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

/// Sets of CPU features to choose from. The first is the default: this machine's own for its own
/// triple, else the features that every CPU of the last fifteen years has.
pub fn presets(triple: &str, host: &Machine) -> Vec<CpuPreset> {
    let preset = |name: &str, names: Vec<&str>| CpuPreset {
        name: name.into(),
        cpu_features: implied(triple, names),
    };
    let mut presets = match parse(triple).map(|triple| triple.architecture) {
        Ok(Architecture::X86_64) => vec![
            preset("x86-64-v2", V2.to_vec()),
            preset("baseline", Vec::new()),
            preset("x86-64-v3", [V2, V3].concat()),
            preset("x86-64-v4", [V2, V3, V4].concat()),
        ],
        Ok(Architecture::Aarch64(_)) => vec![preset("baseline", Vec::new())],
        _ => vec![preset("none", Vec::new())],
    };
    if crate::machine::same_system(triple, &host.triple) {
        presets
            .insert(0, CpuPreset { name: "host".into(), cpu_features: host.cpu_features.clone() });
    }
    presets
}

/// The CPU features that code for a triple may use by default: those that every CPU of the last
/// fifteen years has, and those that the compiler [needs](needed).
pub fn usual(triple: &str, compiler: Compiler) -> Vec<String> {
    let none = Machine { triple: String::new(), cpu_features: Vec::new() };
    let first = presets(triple, &none).into_iter().next();
    let features = first.map(|preset| preset.cpu_features).unwrap_or_default();
    implied(
        triple,
        features.iter().map(String::as_str).chain(needed(compiler, triple).iter().copied()),
    )
}

/// A target with its names written out. The triple `host` becomes this machine's triple. The CPU
/// features may contain the names of [`presets`], `usual` for those of [`usual`], and `none`.
///
/// # Errors
///
/// `bad_request` if the triple is not one, or if its architecture does not have a CPU feature.
pub fn resolve(target: &Target, compiler: Compiler) -> Result<Target> {
    let host = Machine::host();
    let triple = if target.triple == "host" { &host.triple } else { &target.triple };
    let sets = presets(triple, &host);
    let features = target.cpu_features.iter().flat_map(|name| match name.as_str() {
        "usual" => usual(triple, compiler),
        "none" => Vec::new(),
        name => match sets.iter().find(|set| set.name == name) {
            Some(set) => set.cpu_features.clone(),
            None => vec![name.to_owned()],
        },
    });
    let written_out = Target { triple: triple.clone(), cpu_features: features.collect() };
    let Machine { triple, cpu_features } = Machine::of(Some(&written_out))?;
    Ok(Target { triple, cpu_features })
}

fn sorted(mut names: Vec<&str>) -> Vec<String> {
    names.sort_unstable();
    names.into_iter().map(str::to_owned).collect()
}

impl Machine {
    /// The machine of a target; without a target, this machine.
    ///
    /// # Errors
    ///
    /// `bad_request` if the triple is not one, or if its architecture does not have a CPU feature.
    pub fn of(target: Option<&Target>) -> Result<Self> {
        let Some(target) = target else { return Ok(Self::host()) };
        let triple = canonical(&target.triple)?;
        let known = cpu_features(&triple);
        if let Some(stranger) = target.cpu_features.iter().find(|feature| !known.contains(feature))
        {
            let there = if known.is_empty() { "none".into() } else { known.join(", ") };
            return Err(Error::new(
                ErrorCode::BadRequest,
                say!("`{stranger}` is not a CPU feature that Wasmer knows for {triple}."),
            )
            .help(say!("It knows {there}.")));
        }
        let cpu_features = implied(&triple, target.cpu_features.iter().map(String::as_str));
        Ok(Self { triple, cpu_features })
    }

    /// Returns true if this machine has the system and the architecture of a triple.
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
        for triple in
            ["x86_64-unknown-linux-gnu", "aarch64-apple-darwin", "riscv64gc-unknown-linux-gnu"]
        {
            let known = cpu_features(triple);
            for preset in presets(triple, &host) {
                assert!(
                    preset.cpu_features.iter().all(|f| known.contains(f)),
                    "{triple} {}",
                    preset.name
                );
            }
        }
    }

    #[test]
    fn a_feature_brings_those_that_every_cpu_with_it_has() {
        let x86 = "x86_64-unknown-linux-gnu";
        let all = |feature: &str| implied(x86, [feature]).join(" ");
        assert_eq!(implied(x86, []), ["sse2"]);
        assert_eq!(all("sse4.2"), "popcnt sse2 sse3 sse4.1 sse4.2 ssse3");
        assert_eq!(all("ssse3"), "sse2 sse3 ssse3");
        assert_eq!(all("avx2"), "avx avx2 popcnt sse2 sse3 sse4.1 sse4.2 ssse3");
        assert_eq!(all("fma"), "avx fma popcnt sse2 sse3 sse4.1 sse4.2 ssse3");
        for feature in ["avx512f", "avx512dq", "avx512vl"] {
            for below in ["avx2", "fma", "bmi", "bmi2", "lzcnt", "sse2"] {
                assert!(all(feature).split(' ').any(|one| one == below), "{feature} {below}");
            }
        }
        assert_eq!(implied("aarch64-apple-darwin", []), ["neon"]);
        assert!(implied("riscv64gc-unknown-linux-gnu", []).is_empty());
        let target = Target { triple: x86.into(), cpu_features: vec!["sse4.2".into()] };
        assert!(Machine::of(Some(&target)).unwrap().cpu_features.contains(&"sse2".to_owned()));
        // Every implied feature exists, and the features of this very CPU imply no further ones.
        let known = cpu_features(x86);
        assert!(
            known
                .iter()
                .all(|feature| implied(x86, [feature.as_str()]).iter().all(|f| known.contains(f)))
        );
    }

    #[test]
    fn singlepass_needs_avx_on_x86_64_and_nothing_elsewhere() {
        let x86 = "x86_64-pc-windows-msvc";
        let error = check_needed(Compiler::Singlepass, x86, &implied(x86, ["sse4.2"])).unwrap_err();
        assert_eq!(error.code, ErrorCode::TargetUnsupported);
        check_needed(Compiler::Singlepass, x86, &implied(x86, ["avx2"])).unwrap();
        check_needed(Compiler::Cranelift, x86, &[]).unwrap();
        check_needed(Compiler::Singlepass, "aarch64-apple-darwin", &[]).unwrap();
        assert!(usual(x86, Compiler::Singlepass).contains(&"avx".to_owned()));
    }

    #[test]
    fn webassembly_is_no_target_and_the_error_says_what_is() {
        for triple in
            ["wasm32-unknown-unknown", "wasm32-wasi", "wasm32-wasip1", "wasm64-unknown-unknown"]
        {
            let error = canonical(triple).unwrap_err();
            assert!(error.message.contains("compiled from here"), "{error}");
            assert!(error.help.unwrap().contains("x86_64-unknown-linux-gnu"));
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
