//! A passport for people.

use std::fmt::Write;

use crate::passport::Passport;

/// Writes a passport as [facts](fact).
///
/// # Errors
///
/// Those of `to`; a string has none.
pub fn describe_passport(to: &mut impl Write, passport: &Passport) -> std::fmt::Result {
    let on: Vec<_> = passport.proposals.iter().filter(|(_, on)| *on).map(|(name, _)| name).collect();
    fact(to, "compiler", passport.compiler.title())?;
    fact(to, "engine", passport.engine.as_str())?;
    let optimisation = serde_json::to_value(passport.optimisation).unwrap_or_default();
    fact(to, "optimisation", optimisation.as_str().unwrap_or_default())?;
    fact(to, "target", &passport.triple)?;
    fact(to, "CPU features", &passport.cpu_features.join(", "))?;
    fact(to, "proposals", &on.join(", "))?;
    fact(to, "Wasmer", &format!("{} (ABI {})", passport.wasmer, passport.abi))?;
    fact(to, "format", &passport.format.to_string())?;
    fact(to, "module", &format!("{}, BLAKE3 {}", bytes(passport.module_size), passport.module_hash))?;
    fact(to, "payload", &format!("{}, BLAKE3 {}", bytes(passport.payload_size), passport.payload_hash))?;
    fact(to, "sealed", &format!("{} s after 1970-01-01 UTC", passport.created_ms / 1000))
}

/// Writes one line of what there is to know of a file.
///
/// # Errors
///
/// Those of `to`; a string has none.
pub fn fact(to: &mut impl Write, name: &str, value: &str) -> std::fmt::Result {
    writeln!(to, "  {name:<13} {value}")
}

/// "1 byte", "12 bytes".
pub fn bytes(count: u64) -> String {
    if count == 1 { "1 byte".into() } else { format!("{count} bytes") }
}
