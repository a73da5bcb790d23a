use std::fmt::Write as _;

use wasmer_compiler::types::symbols::{ModuleMetadataSymbolRegistry, Symbol, SymbolRegistry as _};
use wasmer_compiler::{Artifact, BaseTunables, CompilerConfig};
use wasmer_types::target::Target;
use wasmer_types::{CompileError, ExportIndex, ModuleInfo, SignatureIndex, Type};
use watshop_protocol::page::Compiler;
use watshop_protocol::process::compiler::CompileJob;

use crate::macho;
use crate::target::features;

/// An object file with its C header and its symbols.
pub(crate) struct ObjectOutput {
    pub bytes: Vec<u8>,
    pub header: String,
    pub symbols: Vec<String>,
}

/// Compiles a module to a relocatable object. Its symbols contain the beginning of the module's
/// hash, so the objects of two modules can be linked into one program.
pub(crate) fn make(
    compiler: Compiler,
    mut config: Box<dyn CompilerConfig>,
    job: &CompileJob,
    module: &[u8],
    target: &Target,
) -> Result<ObjectOutput, CompileError> {
    // A shared object has to work at any address. LLVM's code does so without PIC. With PIC it has
    // relocations that Wasmer 7.5 cannot write.
    if compiler != Compiler::Llvm {
        config.enable_pic();
    }
    let prefix = job.module_hash.get(..16).unwrap_or(&job.module_hash);
    let (info, object, length, _) = Artifact::generate_object(
        &*config.compiler(),
        module,
        Some(prefix),
        target,
        &BaseTunables::new(),
        &features(job.proposals),
    )?;
    let mut bytes = object.write().map_err(|error| CompileError::Codegen(error.to_string()))?;
    macho::mend(&mut bytes);
    let names = SymbolNames::of(&info, prefix);
    Ok(ObjectOutput { bytes, header: names.header(&info, target, length), symbols: names.all() })
}

/// The symbols that a program may use.
struct SymbolNames {
    prefix: String,
    metadata: String,
    /// The export, the symbol and the type of each exported function that the module itself
    /// defines.
    functions: Vec<(String, String, SignatureIndex)>,
}

impl SymbolNames {
    fn of(info: &ModuleInfo, prefix: &str) -> Self {
        let registry = ModuleMetadataSymbolRegistry { prefix: prefix.to_owned() };
        let functions = info.exports.iter().filter_map(|(name, index)| {
            let ExportIndex::Function(index) = index else { return None };
            let local = info.local_func_index(*index)?;
            let symbol = registry.symbol_to_name(Symbol::LocalFunction(local));
            Some((name.clone(), symbol, info.functions[*index]))
        });
        Self {
            prefix: prefix.to_owned(),
            metadata: registry.symbol_to_name(Symbol::Metadata),
            functions: functions.collect(),
        }
    }

    fn all(&self) -> Vec<String> {
        let mut all: Vec<_> = self.functions.iter().map(|(_, symbol, _)| symbol.clone()).collect();
        all.push(self.metadata.clone());
        all.sort();
        all.dedup();
        all
    }

    fn header(&self, info: &ModuleInfo, target: &Target, length: usize) -> String {
        let Self { prefix, metadata, functions } = self;
        let guard = format!("WATSHOP_{}_H", prefix.to_uppercase());
        let mut text = format!(
            "/* Functions of a WebAssembly module, compiled for {}.\n   \
             Every function takes Wasmer's VM context first (VMContext of wasmer-vm 7.5), which a runtime makes from\n   \
             the metadata; results beyond the first, and v128 and references, follow Wasmer's own convention. */\n\
             #ifndef {guard}\n#define {guard}\n\n#include <stddef.h>\n#include <stdint.h>\n\n\
             #ifdef __cplusplus\nextern \"C\" {{\n#endif\n\n\
             #define {metadata}_LENGTH ((size_t){length})\nextern const uint8_t {metadata}[];\n",
            target.triple(),
        );
        for (export, symbol, signature) in functions {
            let kind = &info.signatures[*signature];
            // A name can contain anything, even the end of a comment.
            let shown = export.replace("*/", "* /").replace(|c: char| c.is_control(), "?");
            let _ = write!(
                text,
                "\n/* {shown}: {kind} */\n{};\n",
                prototype(symbol, kind.params(), kind.results())
            );
        }
        text + "\n#ifdef __cplusplus\n}\n#endif\n\n#endif\n"
    }
}

/// A C declaration. It has no parameters if C has no word for one of the types.
fn prototype(symbol: &str, parameters: &[Type], results: &[Type]) -> String {
    let parameters: Option<Vec<_>> = parameters.iter().map(c_type).collect();
    let result = match results {
        [] => Some("void"),
        [one] => c_type(one),
        _ => None,
    };
    match (result, parameters) {
        (Some(result), Some(parameters)) => {
            let context = std::iter::once("void *vmctx");
            format!(
                "extern {result} {symbol}({})",
                context.chain(parameters).collect::<Vec<_>>().join(", ")
            )
        }
        _ => format!("extern void {symbol}(void)"),
    }
}

fn c_type(kind: &Type) -> Option<&'static str> {
    match kind {
        Type::I32 => Some("int32_t"),
        Type::I64 => Some("int64_t"),
        Type::F32 => Some("float"),
        Type::F64 => Some("double"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_of_numbers_has_its_type_in_c() {
        let made = prototype("f", &[Type::I32, Type::F64], &[Type::I64]);
        assert_eq!(made, "extern int64_t f(void *vmctx, int32_t, double)");
        assert_eq!(prototype("g", &[], &[]), "extern void g(void *vmctx)");
    }

    #[test]
    fn what_c_has_no_word_for_is_declared_without_a_type() {
        assert_eq!(prototype("f", &[Type::V128], &[]), "extern void f(void)");
        assert_eq!(prototype("f", &[], &[Type::I32, Type::I32]), "extern void f(void)");
    }
}
