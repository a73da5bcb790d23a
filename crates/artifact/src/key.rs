use std::fmt;
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use watshop_protocol::page::{Compiler, Engine, Optimisation, Proposals};
use watshop_protocol::passport::{ABI, FORMAT, Passport, WASMER};

use crate::Machine;

/// Everything that changes the code which a compiler makes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Recipe {
    /// BLAKE3 of the module's binary, in hexadecimal.
    pub module_hash: String,
    /// The compiler.
    pub compiler: Compiler,
    /// The form of the code.
    pub engine: Engine,
    /// The optimisation level. Singlepass has one level, so it ignores this.
    pub optimisation: Optimisation,
    /// The proposals that are on.
    pub proposals: Proposals,
    /// True if the code counts its instructions.
    pub count_instructions: bool,
    /// The machine that the code is for.
    pub machine: Machine,
    /// The build of the compiler's executable, see [`identify`].
    pub program: String,
}

/// The name of an artifact in a [`Cache`](crate::Cache): a hash of its [`Recipe`] and of the
/// versions in this build.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    pub(crate) recipe: Recipe,
    name: String,
}

impl Key {
    /// The key of a recipe.
    pub fn new(recipe: Recipe) -> Self {
        let mut hasher = blake3::Hasher::new();
        let mut field = |name: &str, value: &str| {
            // Each part is hashed behind its length. So no two lists of fields give the same bytes.
            for part in [name, value] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part.as_bytes());
            }
        };
        let optimisation = match recipe.compiler {
            Compiler::Singlepass => Optimisation::default(),
            Compiler::Cranelift | Compiler::Llvm => recipe.optimisation,
        };
        field("format", &FORMAT.to_string());
        field("wasmer", WASMER);
        field("abi", &ABI.to_string());
        field("module", &recipe.module_hash);
        field("compiler", recipe.compiler.as_str());
        field("engine", recipe.engine.as_str());
        field("optimisation", &format!("{optimisation:?}"));
        for (name, on) in recipe.proposals.iter() {
            field(name, if on { "on" } else { "off" });
        }
        if recipe.count_instructions {
            field("instructions", "counted");
        }
        field("triple", &recipe.machine.triple);
        for feature in &recipe.machine.cpu_features {
            field("cpu", feature);
        }
        field("program", &recipe.program);
        let name = hasher.finalize().to_hex().to_string();
        Self { recipe, name }
    }

    /// Returns true if a passport agrees with this key's recipe.
    pub(crate) fn is_of(&self, passport: &Passport) -> bool {
        let recipe = &self.recipe;
        let Some(compiled) = &passport.compiled else { return false };
        compiled.wasmer == WASMER
            && compiled.abi == ABI
            && compiled.module_hash == recipe.module_hash
            && compiled.compiler == recipe.compiler
            && passport.engine == recipe.engine
            && (compiled.optimisation == recipe.optimisation || recipe.compiler == Compiler::Singlepass)
            && compiled.proposals == recipe.proposals
            && compiled.counts_instructions == recipe.count_instructions
            && passport.triple == recipe.machine.triple
            // A compiler may leave features unused; its passport has fewer then.
            && passport.cpu_features.iter().all(|f| recipe.machine.cpu_features.contains(f))
    }
}

/// The key as 64 hexadecimal digits.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// Describes a compiler's executable by the length and the time of its file. A newer build gets
/// another description, so it does not use the artifacts of an older one.
///
/// # Errors
///
/// Fails if the system gives no length or time of the file.
pub fn identify(program: &Path) -> io::Result<String> {
    let metadata = program.metadata()?;
    let since = metadata.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(format!("{} bytes, {} ns", metadata.len(), since.as_nanos()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cache::tests::recipe;

    #[test]
    fn everything_that_changes_code_changes_the_key() {
        let base = recipe();
        let mut proposals = base.proposals;
        proposals.simd = !proposals.simd;
        let mut others = vec![
            Recipe { module_hash: "other".to_owned(), ..base.clone() },
            Recipe { compiler: Compiler::Llvm, ..base.clone() },
            Recipe { engine: Engine::Native, ..base.clone() },
            Recipe { optimisation: Optimisation::None, ..base.clone() },
            Recipe { proposals, ..base.clone() },
            Recipe { count_instructions: true, ..base.clone() },
            Recipe { program: "another build".to_owned(), ..base.clone() },
        ];
        let machine = |triple: &str, features: &[&str]| Machine {
            triple: triple.to_owned(),
            cpu_features: features.iter().map(|f| (*f).to_owned()).collect(),
        };
        for machine in
            [machine("aarch64-unknown-linux-gnu", &[]), machine(&base.machine.triple, &["sse2"])]
        {
            others.push(Recipe { machine, ..base.clone() });
        }
        let mut names: Vec<_> =
            others.into_iter().chain([base]).map(|r| Key::new(r).to_string()).collect();
        let count = names.len();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), count);
    }

    #[test]
    fn the_level_of_singlepass_does_not_change_the_key() {
        let of = |optimisation| {
            Key::new(Recipe { compiler: Compiler::Singlepass, optimisation, ..recipe() })
                .to_string()
        };
        assert_eq!(of(Optimisation::None), of(Optimisation::Speed));
    }
}
