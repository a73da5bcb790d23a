//! The functions of WASI that a runner provides, by name and type. The page, the workbench and the
//! runner share this list.

use crate::page::{Error, ErrorCode, ExternType, Import, ValueType};
use crate::{Sentence, say};
pub use errnos::ERRNOS;
pub use table::{FUNCTIONS, Function, Kind, Parameter, typed};

mod errnos;
mod rules;
mod table;

/// The namespace of snapshot 0.
pub const SNAPSHOT0: &str = "wasi_unstable";

/// The namespace of preview 1.
pub const PREVIEW1: &str = "wasi_snapshot_preview1";

/// Returns true if a runner provides WASI in this namespace.
pub fn is_namespace(module: &str) -> bool {
    module == SNAPSHOT0 || module == PREVIEW1
}

/// The namespaces of WASIX, with addresses of 32 and of 64 bits.
pub const WASIX: [&str; 2] = ["wasix_32v1", "wasix_64v1"];

/// The executable that runs modules with WASIX.
pub const WASIX_RUNNER: &str = "watshop-runner-wasix";

/// Returns true if a namespace belongs to WASIX.
pub fn is_wasix(module: &str) -> bool {
    WASIX.contains(&module)
}

/// The error of a module that imports WASIX, in a runner that has none.
pub fn wasix_error(namespace: &str) -> Error {
    let why = say!("This module needs WASIX (`{namespace}`), and this runner has WASI only.");
    Error::new(ErrorCode::WasixUnavailable, why).help(say!(
        "`{WASIX_RUNNER}` is the runner that has WASIX. It takes the same file and options."
    ))
}

/// The functions of a namespace; none if it is not one of WASI's.
pub fn functions(module: &str) -> impl Iterator<Item = (&'static str, ExternType)> + use<> {
    let (known, snapshot0) = (is_namespace(module), module == SNAPSHOT0);
    let all = FUNCTIONS
        .iter()
        .filter(move |function| known && !(snapshot0 && function.name == "sock_accept"));
    all.map(|function| (function.name, function.kind()))
}

/// Returns true if WASI provides an import.
pub fn provides(import: &Import) -> bool {
    functions(&import.module).any(|(name, kind)| name == import.name && kind == import.kind)
}

/// The reason why WASI does not provide an import of its namespace, in a sentence; `None` if it
/// does, or if the import does not belong to WASI.
pub fn why_not(import: &Import) -> Option<Sentence> {
    if !is_namespace(&import.module) {
        return import.module.starts_with("wasi").then(|| {
            say!(
                "Watshop provides the WASI of `{PREVIEW1}` and `{SNAPSHOT0}`, not of `{}`.",
                import.module
            )
        });
    }
    let module = &import.module;
    if !matches!(import.kind, ExternType::Function { .. }) {
        return Some(say!(
            "WASI (`{module}`) has functions only, and the module asks for a {}.",
            import.kind
        ));
    }
    match functions(module).find(|(name, _)| *name == import.name) {
        Some((_, kind)) if kind == import.kind => None,
        Some((name, kind)) => {
            Some(say!("`{name}` of WASI is a {kind}, and the module asks for a {}.", import.kind))
        }
        None => Some(match near(&import.name, module) {
            Some(name) => {
                say!("WASI (`{module}`) has no `{}`; the nearest name is `{name}`.", import.name)
            }
            None => {
                say!("WASI (`{module}`) has no `{}`, and no similar name.", import.name)
            }
        }),
    }
}

impl Function {
    /// Its type in WebAssembly.
    pub fn kind(&self) -> ExternType {
        let params = self.parameters.iter().map(|parameter| match parameter.kind.bits() {
            64 => ValueType::I64,
            _ => ValueType::I32,
        });
        let results = if self.returns { vec![ValueType::I32] } else { Vec::new() };
        ExternType::Function { params: params.collect(), results: results.into() }
    }
}

/// The function with the most similar name, if one is similar enough.
fn near(wanted: &str, module: &str) -> Option<&'static str> {
    let wanted: String = wanted.chars().take(64).collect();
    let scored =
        functions(module).map(|(name, _)| (strsim::damerau_levenshtein(&wanted, name), name));
    let (distance, name) = scored.min_by_key(|(distance, _)| *distance)?;
    (distance <= 1 + wanted.chars().count() / 3).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(module: &str, name: &str, params: &str) -> Import {
        let value = |letter| if letter == 'l' { ValueType::I64 } else { ValueType::I32 };
        let results = if name == "proc_exit" { Vec::new() } else { vec![ValueType::I32] };
        let kind = ExternType::Function {
            params: params.chars().map(value).collect(),
            results: results.into(),
        };
        Import { module: module.into(), name: name.into(), kind }
    }

    #[test]
    fn what_wasi_has_with_another_type_or_by_another_name_is_told() {
        let exit = asks(PREVIEW1, "proc_exit", "l");
        assert!(!provides(&exit));
        assert_eq!(
            why_not(&exit).unwrap(),
            "`proc_exit` of WASI is a function (i32), and the module asks for a function (i64)."
        );
        let slip = asks(SNAPSHOT0, "fd_wirte", "iiii");
        assert_eq!(
            why_not(&slip).unwrap(),
            "WASI (`wasi_unstable`) has no `fd_wirte`; the nearest name is `fd_write`."
        );
        assert!(
            why_not(&asks(PREVIEW1, "nothing_like_this_at_all", ""))
                .unwrap()
                .contains("no similar name")
        );
        let memory =
            ExternType::Memory { minimum: 1, maximum: None, shared: false, memory64: false };
        let memory = Import { module: PREVIEW1.into(), name: "memory".into(), kind: memory };
        assert!(why_not(&memory).unwrap().contains("has functions only"));
        assert!(
            why_not(&asks("wasi_snapshot_preview2", "fd_write", "iiii"))
                .unwrap()
                .contains(PREVIEW1)
        );
    }

    #[test]
    fn what_wasi_provides_and_what_it_has_nothing_to_do_with_is_no_problem() {
        for function in FUNCTIONS {
            let import = Import {
                module: PREVIEW1.into(),
                name: function.name.into(),
                kind: function.kind(),
            };
            assert_eq!(why_not(&import), None, "{}", function.name);
            assert!(provides(&import));
        }
        assert!(provides(&asks(PREVIEW1, "path_open", "iiiiillii")));
        assert!(provides(&asks(SNAPSHOT0, "proc_exit", "i")));
        assert!(!provides(&asks(SNAPSHOT0, "sock_accept", "iii")));
        assert_eq!(why_not(&asks("env", "fd_write", "")), None);
        assert_eq!(functions("env").count(), 0);
    }

    #[test]
    fn a_text_in_the_table_is_followed_by_its_length_and_each_function_is_told_in_a_sentence() {
        assert_eq!(FUNCTIONS.len(), 46);
        assert!(FUNCTIONS.is_sorted_by_key(|function| function.name));
        for Function { name, about, parameters, .. } in FUNCTIONS {
            assert!(about.trim().ends_with('.'), "{name}: {about}");
            for pair in parameters.windows(2) {
                if pair[0].kind == Kind::Text {
                    assert_eq!(pair[1].kind, Kind::Length, "{name}");
                }
                if pair[0].kind == Kind::Pieces {
                    assert_eq!(pair[1].kind, Kind::Count, "{name}");
                }
            }
        }
    }
}
