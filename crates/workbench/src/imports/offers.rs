//! Ways to provide an import, with contents that fit it, and what fills the gaps.

use std::sync::Arc;

use watshop_protocol::page::{
    Choice, Choices, ClockOrigin, ClockUnit, Error, ErrorCode, ExternType, Import, ModuleRef, Offer, Offers,
    Provider, Provision, Result, Stream, ValueType, satisfies,
};
use watshop_protocol::wasi;

use super::Imports;
use super::artifact::unlike;
use crate::tabs::Tab;

/// Most exports of other tabs that are offered.
const EXPORTS: usize = 200;

impl Imports {
    /// The ways to provide one import.
    pub(crate) async fn offer(self: &Arc<Self>, tab: &Arc<Tab>, module: &str, name: &str) -> Result<Offers> {
        let imports = self.imports_of(tab).await;
        let import = imports.iter().find(|i| i.module == module && i.name == name).ok_or_else(|| {
            Error::new(ErrorCode::BadRequest, format!("The module does not import `{module}.{name}`."))
        })?;
        let (first, sentence) = suggest(import);
        let mut offers = vec![Offer { label: sentence, provider: first }];
        for (provider, label) in kinds(&import.kind) {
            let new = std::mem::discriminant(&provider) != std::mem::discriminant(&offers[0].provider);
            if new && provider.fits(&import.kind).is_ok() {
                offers.push(Offer { provider, label: label.to_owned() });
            }
        }
        offers.extend(self.exports_for(tab, &import.kind).await);
        Ok(Offers { offers })
    }

    /// Exports of other open tabs that satisfy an import. A tab whose module cannot be read or whose artifact cannot
    /// run here has none.
    async fn exports_for(self: &Arc<Self>, tab: &Arc<Tab>, wanted: &ExternType) -> Vec<Offer> {
        let others: Vec<_> = self.tabs.others(tab);
        let mut offers = Vec::new();
        for other in others {
            if unlike(tab, &other).is_some() {
                continue;
            }
            let Some(Ok(exports)) = self.exports_of(&other).await else { continue };
            let title = other.held().title.clone();
            let fitting = exports.into_iter().filter(|export| satisfies(wanted, &export.kind));
            offers.extend(fitting.take(EXPORTS.saturating_sub(offers.len())).map(|export| Offer {
                label: format!("`{}` of {title}", export.name),
                provider: Provider::ExportOf { of: ModuleRef::Tab(other.id), export: export.name },
            }));
        }
        offers
    }

    /// Fills every gap.
    pub(crate) async fn provide_all(self: &Arc<Self>, tab: &Arc<Tab>) -> Result<Choices> {
        let imports = self.imports_of(tab).await;
        let mut settings = tab.held().settings.clone();
        let mut choices = Choices::default();
        for import in &imports {
            if wasi::provides(import) || settings.imports.find(&import.module, &import.name).is_some() {
                continue;
            }
            let (provider, label) = suggest(import);
            if provider.fits(&import.kind).is_err() {
                continue;
            }
            let (module, name) = (import.module.clone(), import.name.clone());
            settings.imports.provisions.push(Provision {
                module: module.clone(),
                name: name.clone(),
                provider: provider.clone(),
            });
            let sentence = format!("`{module}.{name}` ({}): {label}.", import.kind);
            choices.choices.push(Choice { module, name, provider, sentence });
        }
        self.tabs.configure(tab, settings)?;
        Ok(choices)
    }
}

/// What is most likely wanted, and what it does.
fn suggest(import: &Import) -> (Provider, String) {
    match &import.kind {
        ExternType::Function { params, results } => suggest_function(&import.name, params, results),
        ExternType::Memory { minimum, maximum, shared, .. } => {
            let small = |pages: u64| u32::try_from(pages).unwrap_or(65_536);
            let pages = small(*minimum);
            let maximum = maximum.map(small).or(shared.then_some(65_536));
            let provider = Provider::Memory { minimum: pages, maximum, shared: *shared, init: Vec::new() };
            (provider, format!("a memory of {pages} pages, all zero"))
        }
        ExternType::Table { minimum, maximum, .. } => {
            let small = |elements: u64| u32::try_from(elements).unwrap_or(u32::MAX);
            let provider = Provider::Table { minimum: small(*minimum), maximum: maximum.map(small) };
            (provider, format!("a table of {minimum} elements, all null"))
        }
        ExternType::Global { value, .. } => {
            (Provider::Global { value: zero(*value).to_owned() }, format!("a global of {}", zero(*value)))
        }
        ExternType::Tag { .. } => (Provider::Tag {}, "a tag made here".to_owned()),
    }
}

fn zero(kind: ValueType) -> &'static str {
    match kind {
        ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef => "null",
        _ => "0",
    }
}

fn suggest_function(name: &str, params: &[ValueType], results: &[ValueType]) -> (Provider, String) {
    // `__wbindgen_throw`, `fd_write`, `consoleLog` and `print_i32` are all names in words.
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            words.push('_');
        }
        words.extend(letter.to_lowercase());
    }
    let has = |wanted: &[&str]| words.split(|c: char| !c.is_alphabetic()).any(|word| wanted.contains(&word));
    let prints =
        has(&["log", "print", "puts", "debug", "warn", "error", "write", "trace", "info", "say", "println"]);
    let none = results.is_empty();
    let number = matches!(results, [ValueType::I32 | ValueType::I64 | ValueType::F32 | ValueType::F64]);
    match params {
        [ValueType::I32 | ValueType::I64] | [] if none && has(&["exit", "quit"]) => {
            let parameter = (!params.is_empty()).then_some(0);
            (Provider::Exit { code: 0, parameter }, "ends the call, since it is called so".to_owned())
        }
        _ if has(&["abort", "panic", "throw", "unreachable", "fail"]) => {
            let message = format!("The module called {name}({{*}})");
            (Provider::Trap { message }, "a trap, since it is called so".to_owned())
        }
        [ValueType::I32, ValueType::I32] if prints && none => {
            let provider = read_string(Some(1));
            (provider, "writes the text that a pointer and a length mean".to_owned())
        }
        [ValueType::I32] if none && (has(&["str", "string", "puts", "text", "cstr"])) => {
            (read_string(None), "writes the text up to NUL that the pointer means".to_owned())
        }
        [ValueType::I32] if none && has(&["putchar", "putc", "char"]) => {
            (log("{0:c}".to_owned()), "writes the character".to_owned())
        }
        [] if number && has(&["now", "time", "clock", "millis", "ticks"]) => {
            let provider = Provider::Clock { unit: ClockUnit::default(), origin: ClockOrigin::default() };
            (provider, "the time in milliseconds since 1970".to_owned())
        }
        [] if number && has(&["random", "rand", "seed"]) => {
            (Provider::Random { seed: "1".to_owned() }, "random numbers, the same after each Run".to_owned())
        }
        _ if none => (log(format!("{name}({{*}})\\n")), "logs the call".to_owned()),
        _ => {
            let zeros: Vec<_> = results.iter().map(|kind| zero(*kind).to_owned()).collect();
            let label = format!("returns {}", zeros.join(", "));
            (Provider::Value { results: zeros }, label)
        }
    }
}

fn log(template: String) -> Provider {
    Provider::Log { template, stream: Stream::Stdout, results: Vec::new() }
}

fn read_string(length: Option<u32>) -> Provider {
    Provider::ReadString {
        pointer: 0,
        length,
        memory: None,
        newline: true,
        stream: Stream::Stdout,
        results: Vec::new(),
    }
}

/// One of each kind, in the order in which they are offered.
fn kinds(wanted: &ExternType) -> Vec<(Provider, &'static str)> {
    let ExternType::Function { params, results } = wanted else { return Vec::new() };
    let zeros = results.iter().map(|kind| zero(*kind).to_owned()).collect();
    let names: Vec<_> = (0..params.len()).map(parameter_name).collect();
    let result = match results.as_slice() {
        [] => "{}".to_owned(),
        [one] => script_zero(*one).to_owned(),
        many => format!("[{}]", many.iter().map(|kind| script_zero(*kind)).collect::<Vec<_>>().join(", ")),
    };
    let length = matches!(params.as_slice(), [_, ValueType::I32 | ValueType::I64, ..]).then_some(1);
    vec![
        (Provider::Value { results: zeros }, "return a value"),
        (log("called with ({*})\\n".to_owned()), "log the call"),
        (read_string(length), "read a string"),
        (Provider::Counter { start: "1".to_owned(), step: "1".to_owned() }, "counter"),
        (Provider::Clock { unit: ClockUnit::default(), origin: ClockOrigin::default() }, "clock"),
        (Provider::Random { seed: "1".to_owned() }, "random"),
        (Provider::Exit { code: 0, parameter: None }, "exit early"),
        (Provider::Trap { message: "called with ({*})".to_owned() }, "trap with a message"),
        (Provider::JavaScript { source: format!("({}) => {result}", names.join(", ")) }, "JavaScript"),
    ]
}

fn script_zero(kind: ValueType) -> &'static str {
    match kind {
        ValueType::I64 | ValueType::V128 => "0n",
        other => zero(other),
    }
}

fn parameter_name(index: usize) -> String {
    match index {
        0 => "x".to_owned(),
        1 => "y".to_owned(),
        2 => "z".to_owned(),
        index => format!("p{index}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValueType::{F64, I32, I64};

    fn import(name: &str, params: &[ValueType], results: &[ValueType]) -> Import {
        let kind = ExternType::Function { params: params.to_vec(), results: results.to_vec() };
        Import { module: "env".into(), name: name.into(), kind }
    }

    #[test]
    fn names_and_types_say_what_is_likely_wanted() {
        let kind = |name, params, results| {
            let import = import(name, params, results);
            let (provider, _) = suggest(&import);
            assert_eq!(provider.fits(&import.kind), Ok(()), "{name}");
            let json = serde_json::to_value(provider).unwrap();
            json["provide"].as_str().unwrap().to_owned()
        };
        assert_eq!(kind("print", &[I32], &[]), "log");
        assert_eq!(kind("consoleLog", &[I32, I32], &[]), "read_string");
        assert_eq!(kind("print_str", &[I32], &[]), "read_string");
        assert_eq!(kind("sum", &[I32, I32], &[I32]), "value");
        assert_eq!(kind("several", &[], &[I32, F64, I64]), "value");
        assert_eq!(kind("exit", &[I32], &[]), "exit");
        assert_eq!(kind("__wbindgen_throw", &[I32, I32], &[]), "trap");
        assert_eq!(kind("performance_now", &[], &[F64]), "clock");
        assert_eq!(kind("Math.random", &[], &[F64]), "random");
    }

    #[test]
    fn what_is_offered_fits_or_is_not_offered() {
        for (params, results) in [
            (&[][..], &[][..]),
            (&[I32, I32], &[I32]),
            (&[F64], &[I64, ValueType::ExternRef, ValueType::V128]),
        ] {
            let import = import("f", params, results);
            let fitting = kinds(&import.kind).into_iter().filter(|(p, _)| p.fits(&import.kind).is_ok());
            let words: Vec<_> = fitting.map(|(_, words)| words).collect();
            assert!(words.contains(&"JavaScript") && words.contains(&"return a value"), "{words:?}");
            assert_eq!(words.contains(&"counter"), !results.is_empty());
        }
    }

    #[test]
    fn a_memory_is_made_as_the_import_wants_it() {
        let kind = ExternType::Memory { minimum: 2, maximum: Some(5), shared: true, memory64: false };
        let memory = Import { module: "env".into(), name: "memory".into(), kind };
        assert_eq!(suggest(&memory).0.fits(&memory.kind), Ok(()));
    }
}
