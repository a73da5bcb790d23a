//! The messages about texts and binaries that are refused before any compiler sees them.

use std::collections::BTreeSet;

use wast::core::ModuleKind;
use wast::lexer::{Lexer, TokenKind};
use wast::parser::ParseBuffer;
use wast::{QuoteWat, Wast, WastDirective, Wat};
use watshop_protocol::page::{Problem, Proposals};

use crate::plain;

/// Checks each refused module of a file, with the default proposals, all of them, and none. Returns
/// the faults of the messages.
pub fn faults(text: &str) -> Result<Vec<String>, wast::Error> {
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer)?;
    let off: serde_json::Value = Proposals::NAMES.iter().map(|name| (*name, false)).collect();
    let none: Proposals = serde_json::from_value(off).unwrap();
    let mut faults = BTreeSet::new();
    for directive in wast::parser::parse::<Wast<'_>>(&buffer)?.directives {
        let (WastDirective::AssertMalformed { module, .. }
        | WastDirective::AssertInvalid { module, .. }
        | WastDirective::Module(module)) = directive
        else {
            continue;
        };
        for proposals in [Proposals::default(), Proposals::all(), none] {
            for problem in said(text, &module, &proposals) {
                note(&problem.message);
                faults.extend(plain::of_problem(&problem));
            }
        }
    }
    Ok(faults.into_iter().collect())
}

/// Prints a message if `WATSHOP_SPEC_PRINT` asks for all of them.
pub fn note(message: &str) {
    if std::env::var_os("WATSHOP_SPEC_PRINT").is_some() {
        eprintln!("SAID\t{}", message.replace('\n', "\\n"));
    }
}

fn said(text: &str, module: &QuoteWat<'_>, proposals: &Proposals) -> Vec<Problem> {
    match module {
        QuoteWat::Wat(Wat::Module(module)) => match &module.kind {
            ModuleKind::Text(_) => {
                let written = written(text, module.span.offset()).unwrap_or("");
                watshop_module::check_text(written, proposals).problems
            }
            ModuleKind::Binary(parts) => watshop_module::check_binary(&parts.concat(), proposals),
        },
        QuoteWat::QuoteModule(_, parts) => {
            let parts: Vec<_> = parts.iter().map(|(_, part)| *part).collect();
            // Bytes that are not UTF-8 get an error about their encoding, and are never a text.
            let written = String::from_utf8(parts.join(&b' '));
            written.map_or_else(
                |_| Vec::new(),
                |written| watshop_module::check_text(&written, proposals).problems,
            )
        }
        _ => Vec::new(),
    }
}

/// Returns the module that begins before a place, as it is written.
fn written(text: &str, place: usize) -> Option<&str> {
    let begin = text.get(..place)?.rfind('(')?;
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let (mut at, mut depth) = (begin, 0_u32);
    while let Ok(Some(token)) = lexer.parse(&mut at) {
        match token.kind {
            TokenKind::LParen => depth += 1,
            TokenKind::RParen => depth = depth.checked_sub(1)?,
            _ => continue,
        }
        if depth == 0 {
            return text.get(begin..at);
        }
    }
    None
}
