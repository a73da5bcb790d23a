//! The messages about modules that a compiler refuses.

use wast::parser::ParseBuffer;
use wast::{Wast, WastDirective};
use watshop_protocol::page::{Compiler, Engine, Proposals};

use crate::artifacts::Artifacts;

/// Compiles each valid module of a file with all proposals on, and returns the faults of the
/// refusals.
pub fn faults(compiler: Compiler, text: &str) -> Result<Vec<String>, wast::Error> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer)?;
    let mut artifacts = Artifacts::new(compiler, Engine::Jit, Proposals::all());
    let mut faults = Vec::new();
    for directive in wast::parser::parse::<Wast<'_>>(&buffer)?.directives {
        let line = directive.span().linecol_in(text).0 + 1;
        if let WastDirective::Module(mut module) | WastDirective::ModuleDefinition(mut module) =
            directive
            && let Ok(binary) = module.encode()
            && let Err(error) = artifacts.make(&binary)
        {
            faults.push(format!("  line {line}: {error:?}"));
        }
    }
    Ok(faults)
}
