//! A passport for people.

use std::fmt::Write;

use super::spelled;
use crate::passport::{Compilation, Passport};

/// Writes a passport as [facts](fact). The caller has checked engine, CPU and layout against the
/// code.
///
/// # Errors
///
/// Those of `to`; writing to a string does not fail.
pub fn describe_passport(to: &mut impl Write, passport: &Passport) -> std::fmt::Result {
    match &passport.compiled {
        Some(compiled) => describe_compiled(to, compiled)?,
        None => fact(to, "compiler", "unknown: Wasmer's own file format does not say")?,
    }
    fact(to, "engine", passport.engine.as_str())?;
    fact(to, "target", &passport.triple)?;
    fact(to, "CPU features", &passport.cpu_features.join(", "))?;
    fact(to, "format", &passport.format.to_string())?;
    fact(
        to,
        "payload",
        &format!("{}, BLAKE3 {}", bytes(passport.payload_size), passport.payload_hash),
    )?;
    if passport.compiled.is_some() {
        fact(
            to,
            "proved",
            "engine, CPU and layout, by the code itself; the passport only claims the rest",
        )?;
    }
    Ok(())
}

fn describe_compiled(to: &mut impl Write, compiled: &Compilation) -> std::fmt::Result {
    let on: Vec<_> =
        compiled.proposals.iter().filter(|(_, on)| *on).map(|(name, _)| name).collect();
    fact(to, "compiler", compiled.compiler.title())?;
    let optimisation = serde_json::to_value(compiled.optimisation).unwrap_or_default();
    fact(to, "optimisation", optimisation.as_str().unwrap_or_default())?;
    fact(to, "proposals", &on.join(", "))?;
    if compiled.counts_instructions {
        fact(to, "instructions", "counted while it runs")?;
    }
    fact(to, "Wasmer", &format!("{} (ABI {})", compiled.wasmer, compiled.abi))?;
    fact(
        to,
        "module",
        &format!("{}, BLAKE3 {}", bytes(compiled.module_size), compiled.module_hash),
    )?;
    fact(to, "sealed", &format!("{} s after 1970-01-01 UTC", compiled.created_ms / 1000))
}

/// Writes one fact about a file as a line. The value may be untrusted text.
///
/// # Errors
///
/// Those of `to`; writing to a string does not fail.
pub fn fact(to: &mut impl Write, name: &str, value: &str) -> std::fmt::Result {
    writeln!(to, "  {name:<13} {}", spelled::name(value))
}

/// A number of bytes in words: "1 byte", "12 bytes".
pub fn bytes(count: u64) -> String {
    if count == 1 { "1 byte".into() } else { format!("{count} bytes") }
}
