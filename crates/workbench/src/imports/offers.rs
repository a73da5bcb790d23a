//! Offers ways to provide an import, with contents that fit it, and fills the gaps.

use std::collections::HashSet;
use std::sync::Arc;
use watshop_protocol::Sentence;
use watshop_protocol::say;

use watshop_protocol::page::{
    Choice, Choices, ClockOrigin, ClockUnit, Error, ErrorCode, ExternType, Import, ListPart,
    ModuleRef, Offer, Offers, Provider, Provides, Provision, Result, Settings, Stream, ValueType,
    satisfies,
};
use watshop_protocol::shown::shown;

use super::artifact::unlike;
use super::provided::SystemImports;
use super::{Imports, unique};
use crate::tabs::Tab;
use crate::task::blocking;

/// The most exports of other tabs that are offered.
const EXPORTS: usize = 200;

impl Imports {
    /// The ways to provide one import.
    pub(crate) async fn offer(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        module: &str,
        name: &str,
    ) -> Result<Offers> {
        let imports = self.imports_of(tab).await;
        let import =
            imports.iter().find(|i| i.module == module && i.name == name).ok_or_else(|| {
                Error::new(
                    ErrorCode::BadRequest,
                    say!("The module does not import `{module}.{name}`."),
                )
            })?;
        let (first, sentence) = suggest(import);
        let mut offers = vec![Offer { label: sentence, provider: first }];
        for provider in Provider::samples(&import.kind) {
            let kind = provider.describe();
            let new = kind.provide != offers[0].provider.describe().provide;
            if new
                && kind.provides == Provides::of(&import.kind)
                && provider.fits(&import.kind).is_ok()
            {
                offers.push(Offer { provider, label: Sentence::plain(kind.title) });
            }
        }
        offers.extend(self.exports_for(tab, &import.kind).await);
        Ok(Offers { offers })
    }

    /// The exports of other open tabs that satisfy an import. A tab whose module cannot be read or
    /// whose artifact cannot run here has none.
    async fn exports_for(self: &Arc<Self>, tab: &Arc<Tab>, wanted: &ExternType) -> Vec<Offer> {
        let others: Vec<_> = self.tabs.others(tab);
        let mut offers = Vec::new();
        let mut part = ListPart::default();
        for other in others {
            if unlike(tab, &other).is_some() {
                continue;
            }
            let Some(Ok(exports)) = self.exports_of(&other).await else { continue };
            let title = other.held().title.clone();
            let fitting = exports.iter().filter(|export| satisfies(wanted, &export.kind));
            let room = EXPORTS.saturating_sub(offers.len());
            let fitting = fitting.take(room).take_while(|export| part.take(export.name.len()));
            offers.extend(fitting.map(|export| Offer {
                label: say!("`{}` of {title}", shown(&export.name)),
                provider: Provider::ExportOf {
                    of: ModuleRef::Tab(other.id),
                    export: export.name.clone(),
                },
            }));
        }
        offers
    }

    /// Provides every import that has no provider.
    pub(crate) async fn provide_all(self: &Arc<Self>, tab: &Arc<Tab>) -> Result<Choices> {
        let imports = self.imports_of(tab).await;
        let settings = tab.held().settings.clone();
        let (settings, choices) = blocking(move || Ok(fill(&imports, settings))).await?;
        self.tabs.configure_large(tab, settings).await?;
        Ok(choices)
    }

    /// Removes the provisions that the module does not import.
    pub(crate) async fn remove_unused(self: &Arc<Self>, tab: &Arc<Tab>) -> Result<()> {
        let imports = self.imports_of(tab).await;
        let mut settings = tab.held().settings.clone();
        let settings = blocking(move || {
            let asked: HashSet<_> = imports.iter().map(|i| (&*i.module, &*i.name)).collect();
            settings.imports.provisions.retain(|p| asked.contains(&(&*p.module, &*p.name)));
            Ok(settings)
        });
        self.tabs.configure_large(tab, settings.await?).await
    }
}

/// The settings with a fitting provider for every import, and the chosen ones.
fn fill(imports: &[Import], mut settings: Settings) -> (Settings, Choices) {
    let mut choices = Choices::default();
    let providers = settings.imports.providers();
    let system = SystemImports::of(imports);
    let is_open = |import: &&Import| {
        !system.provide(import) && !providers.contains_key(&(&*import.module, &*import.name))
    };
    let mut part = ListPart::default();
    let mut chosen = Vec::new();
    for import in unique(imports).filter(is_open) {
        let (provider, label) = suggest(import);
        if provider.fits(&import.kind).is_err() {
            continue;
        }
        let (module, name) = (import.module.clone(), import.name.clone());
        choices.count += 1;
        // Each has its name twice, and the type in words.
        if choices.choices.len() + 1 == choices.count as usize
            && part.take(2 * (module.len() + name.len()) + 200)
        {
            let sentence = say!("`{module}.{name}` ({}): {label}.", import.kind);
            let (module, name, provider) = (module.clone(), name.clone(), provider.clone());
            choices.choices.push(Choice { module, name, provider, sentence });
        }
        chosen.push(Provision { module, name, provider });
    }
    settings.imports.provisions.append(&mut chosen);
    (settings, choices)
}

/// The most likely provider, and a description.
fn suggest(import: &Import) -> (Provider, Sentence) {
    match &import.kind {
        ExternType::Function { params, results } => suggest_function(&import.name, params, results),
        ExternType::Memory { minimum, .. } => {
            (Provider::sample(&import.kind), say!("a memory of {minimum} pages, all zero"))
        }
        ExternType::Table { minimum, .. } => {
            (Provider::sample(&import.kind), say!("a table of {minimum} elements, all null"))
        }
        ExternType::Global { value, .. } => {
            (Provider::sample(&import.kind), say!("a global of {}", value.zero()))
        }
        ExternType::Tag { .. } => (Provider::sample(&import.kind), say!("a tag made here")),
    }
}

fn suggest_function(
    name: &str,
    params: &[ValueType],
    results: &[ValueType],
) -> (Provider, Sentence) {
    // The names `__wbindgen_throw`, `fd_write`, `consoleLog` and `print_i32` consist of words.
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            words.push('_');
        }
        words.extend(letter.to_lowercase());
    }
    let has = |wanted: &[&str]| {
        words.split(|c: char| !c.is_alphabetic()).any(|word| wanted.contains(&word))
    };
    let prints = has(&[
        "log", "print", "puts", "debug", "warn", "error", "write", "trace", "info", "say",
        "println",
    ]);
    let none = results.is_empty();
    let number =
        matches!(results, [ValueType::I32 | ValueType::I64 | ValueType::F32 | ValueType::F64]);
    match params {
        [ValueType::I32 | ValueType::I64] | [] if none && has(&["exit", "quit"]) => {
            let parameter = (!params.is_empty()).then_some(0);
            (Provider::Exit { code: 0, parameter }, say!("ends the call, as its name says"))
        }
        _ if has(&["abort", "panic", "throw", "unreachable", "fail"]) => {
            let message = format!("The module called {name}({{*}})");
            (Provider::Trap { message }, say!("traps, as its name says"))
        }
        [ValueType::I32, ValueType::I32] if prints && none => {
            let provider = Provider::read_string(Some(1));
            (provider, say!("writes the text that a pointer and a length mean"))
        }
        [ValueType::I32] if none && (has(&["str", "string", "puts", "text", "cstr"])) => {
            (Provider::read_string(None), say!("writes the text up to NUL that the pointer means"))
        }
        [ValueType::I32] if none && has(&["putchar", "putc", "char"]) => {
            (log("{0:c}".to_owned()), say!("writes the character"))
        }
        [] if number && has(&["now", "time", "clock", "millis", "ticks"]) => {
            let provider =
                Provider::Clock { unit: ClockUnit::default(), origin: ClockOrigin::default() };
            (provider, say!("the time in milliseconds since 1970"))
        }
        [] if number && has(&["random", "rand", "seed"]) => (
            Provider::Random { seed: "1".to_owned() },
            say!("random numbers, the same in each run"),
        ),
        _ if none => (log(format!("{name}({{*}})\\n")), say!("logs the call")),
        _ => {
            let zeros: Vec<_> = results.iter().map(|kind| kind.zero().to_owned()).collect();
            let label = say!("returns {}", zeros.join(", "));
            (Provider::Value { results: zeros }, label)
        }
    }
}

fn log(template: String) -> Provider {
    Provider::Log { template, stream: Stream::Stdout, results: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValueType::{F64, I32, I64};

    fn import(name: &str, params: &[ValueType], results: &[ValueType]) -> Import {
        let kind = ExternType::Function {
            params: params.to_vec().into(),
            results: results.to_vec().into(),
        };
        Import { module: "env".into(), name: name.into(), kind }
    }

    /// 60,000 held every other request of the workbench for a minute: each looked through all.
    #[test]
    fn many_imports_are_filled_in_a_time_that_grows_as_they_do() {
        let many = |count: usize| -> Vec<_> {
            (0..count).map(|n| import(&format!("f{n}"), &[], &[])).collect()
        };
        let time = |count| {
            let imports = many(count);
            let settings = Settings::default();
            let began = std::time::Instant::now();
            let (settings, choices) = fill(&imports, settings);
            assert_eq!(settings.imports.provisions.len(), count);
            assert_eq!((choices.count as usize, choices.choices.len()), (count, 1000));
            began.elapsed()
        };
        let few = (0..3).map(|_| time(5_000)).min().unwrap();
        let many = (0..3).map(|_| time(80_000)).min().unwrap();
        assert!(many < few * 64, "5,000: {few:?}, 80,000: {many:?}");
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
}
