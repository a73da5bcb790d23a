//! The functions of WASI that a runner provides, by name and type. The page, the workbench and the
//! runner share this list.

use crate::page::{ExternType, Import, ValueType};

/// The namespace of snapshot 0.
pub const SNAPSHOT0: &str = "wasi_unstable";

/// The namespace of preview 1.
pub const PREVIEW1: &str = "wasi_snapshot_preview1";

/// The parameters of each function of preview 1: `i` is an i32 and `l` an i64. Each returns an i32,
/// except `proc_exit`, which does not return. Snapshot 0 has the same functions without
/// `sock_accept`.
const FUNCTIONS: [(&str, &str); 46] = [
    ("args_get", "ii"),
    ("args_sizes_get", "ii"),
    ("clock_res_get", "ii"),
    ("clock_time_get", "ili"),
    ("environ_get", "ii"),
    ("environ_sizes_get", "ii"),
    ("fd_advise", "illi"),
    ("fd_allocate", "ill"),
    ("fd_close", "i"),
    ("fd_datasync", "i"),
    ("fd_fdstat_get", "ii"),
    ("fd_fdstat_set_flags", "ii"),
    ("fd_fdstat_set_rights", "ill"),
    ("fd_filestat_get", "ii"),
    ("fd_filestat_set_size", "il"),
    ("fd_filestat_set_times", "illi"),
    ("fd_pread", "iiili"),
    ("fd_prestat_dir_name", "iii"),
    ("fd_prestat_get", "ii"),
    ("fd_pwrite", "iiili"),
    ("fd_read", "iiii"),
    ("fd_readdir", "iiili"),
    ("fd_renumber", "ii"),
    ("fd_seek", "ilii"),
    ("fd_sync", "i"),
    ("fd_tell", "ii"),
    ("fd_write", "iiii"),
    ("path_create_directory", "iii"),
    ("path_filestat_get", "iiiii"),
    ("path_filestat_set_times", "iiiilli"),
    ("path_link", "iiiiiii"),
    ("path_open", "iiiiillii"),
    ("path_readlink", "iiiiii"),
    ("path_remove_directory", "iii"),
    ("path_rename", "iiiiii"),
    ("path_symlink", "iiiii"),
    ("path_unlink_file", "iii"),
    ("poll_oneoff", "iiii"),
    ("proc_exit", "i"),
    ("proc_raise", "i"),
    ("random_get", "ii"),
    ("sched_yield", ""),
    ("sock_accept", "iii"),
    ("sock_recv", "iiiiii"),
    ("sock_send", "iiiii"),
    ("sock_shutdown", "ii"),
];

/// Returns true if a runner provides WASI in this namespace.
pub fn is_namespace(module: &str) -> bool {
    module == SNAPSHOT0 || module == PREVIEW1
}

/// The functions of a namespace; none if it is not one of WASI's.
pub fn functions(module: &str) -> impl Iterator<Item = (&'static str, ExternType)> + use<> {
    let (known, snapshot0) = (is_namespace(module), module == SNAPSHOT0);
    let all = FUNCTIONS
        .into_iter()
        .filter(move |(name, _)| known && !(snapshot0 && *name == "sock_accept"));
    all.map(|(name, params)| (name, function(name, params)))
}

/// Returns true if WASI provides an import.
pub fn provides(import: &Import) -> bool {
    functions(&import.module).any(|(name, kind)| name == import.name && kind == import.kind)
}

/// The reason why WASI does not provide an import of its namespace, in a sentence; `None` if it
/// does, or if the import does not belong to WASI.
pub fn why_not(import: &Import) -> Option<String> {
    if !is_namespace(&import.module) {
        return import.module.starts_with("wasi").then(|| {
            format!(
                "Watshop provides the WASI of `{PREVIEW1}` and `{SNAPSHOT0}`, not of `{}`.",
                import.module
            )
        });
    }
    let module = &import.module;
    if !matches!(import.kind, ExternType::Function { .. }) {
        return Some(format!(
            "WASI (`{module}`) has functions only, and the module asks for a {}.",
            import.kind
        ));
    }
    match functions(module).find(|(name, _)| *name == import.name) {
        Some((_, kind)) if kind == import.kind => None,
        Some((name, kind)) => Some(format!(
            "`{name}` of WASI is a {kind}, and the module asks for a {}.",
            import.kind
        )),
        None => Some(match near(&import.name, module) {
            Some(name) => {
                format!("WASI (`{module}`) has no `{}`; the nearest name is `{name}`.", import.name)
            }
            None => {
                format!("WASI (`{module}`) has no `{}`, and no similar name.", import.name)
            }
        }),
    }
}

fn function(name: &str, params: &str) -> ExternType {
    let kind = |letter| if letter == 'l' { ValueType::I64 } else { ValueType::I32 };
    let results = if name == "proc_exit" { Vec::new() } else { vec![ValueType::I32] };
    ExternType::Function { params: params.chars().map(kind).collect(), results }
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
        let kind = function(name, params);
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
        for (name, params) in FUNCTIONS {
            assert_eq!(why_not(&asks(PREVIEW1, name, params)), None, "{name}");
            assert!(provides(&asks(PREVIEW1, name, params)));
        }
        assert!(!provides(&asks(SNAPSHOT0, "sock_accept", "iii")));
        assert_eq!(why_not(&asks("env", "fd_write", "")), None);
        assert_eq!(functions("env").count(), 0);
    }
}
