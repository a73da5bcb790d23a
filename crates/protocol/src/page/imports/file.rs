use crate::{Sentence, say};
use serde::{Deserialize, Serialize};

use super::{ImportObject, Provision};
use crate::page::{Error, ErrorCode, Result};

/// The version of the form of `.imports.json` that this code writes and reads.
pub const IMPORTS_SCHEMA: u32 = 1;

/// The largest file that is read: the content of some memories.
const LARGEST: usize = 16 << 20;

/// The content of an `.imports.json`. `docs/imports.schema.json` is made from this type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportsFile {
    /// The [`IMPORTS_SCHEMA`] of the program that wrote it.
    pub schema: u32,
    /// The provisions, each import once.
    pub provisions: Vec<Provision>,
}

impl ImportsFile {
    /// The import object in a file of this name.
    ///
    /// # Errors
    ///
    /// `imports_file` with the reason: too large, from a newer Watshop, not such JSON, an import
    /// provided twice.
    pub fn read(name: &str, bytes: &[u8]) -> Result<ImportObject> {
        let refuse = |why: Sentence| {
            Error::new(ErrorCode::ImportsFile, say!("`{name}` is not an import object: {why}"))
        };
        if bytes.len() > LARGEST {
            return Err(refuse(say!("it has more than {} MiB.", LARGEST >> 20)));
        }
        /// The part that is read first, before the rest is trusted.
        #[derive(Deserialize)]
        struct Head {
            schema: u32,
        }
        if let Ok(Head { schema }) = serde_json::from_slice(bytes)
            && schema > IMPORTS_SCHEMA
        {
            return Err(refuse(say!(
                "it is of a newer Watshop (schema {schema}; this one reads up to {IMPORTS_SCHEMA})."
            )));
        }
        let file: Self = serde_json::from_slice(bytes).map_err(|error| {
            refuse(unreadable(&error)).help(say!("docs/imports.schema.json describes such a file."))
        })?;
        let twice = file.provisions.iter().enumerate().find(|(at, provision)| {
            file.provisions[..*at]
                .iter()
                .any(|other| (&other.module, &other.name) == (&provision.module, &provision.name))
        });
        if let Some((_, provision)) = twice {
            return Err(refuse(say!(
                "`{}.{}` is provided twice.",
                provision.module,
                provision.name
            )));
        }
        Ok(ImportObject { provisions: file.provisions })
    }
}

/// The names that serde_json has for whole numbers.
const WHOLE_NUMBERS: [&str; 6] = ["u8", "u16", "u32", "u64", "i32", "i64"];

/// The reason why JSON cannot be read, in our words instead of serde_json's.
fn unreadable(error: &serde_json::Error) -> Sentence {
    use serde_json::error::Category;
    let place = say!("line {}, column {}", error.line(), error.column());
    match error.classify() {
        Category::Eof => {
            say!("the JSON ends too soon, at {place}. Perhaps a `}}` or a `]` is missing.")
        }
        Category::Syntax | Category::Io => {
            say!("it is not JSON at {place}. Perhaps a comma or a quote is missing.")
        }
        Category::Data => {
            let words = error.to_string();
            let words = words.split(" at line ").next().unwrap_or_default();
            let plain = if let Some(field) = words.strip_prefix("missing field ") {
                say!("the field {field} is missing")
            } else if let Some(kinds) = words.strip_prefix("invalid type: ") {
                let (found, expected) =
                    kinds.split_once(", expected ").unwrap_or((kinds, "another kind"));
                let expected = if WHOLE_NUMBERS.contains(&expected) {
                    say!("a whole number")
                } else {
                    say!("{expected}")
                };
                say!("a value has another kind: {found} instead of {expected}")
            } else {
                say!("{words}")
            };
            say!("{plain}, at {place}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let package = std::env::var("CARGO_MANIFEST_DIR").unwrap();
        let path = Path::new(&package).join("../../docs/imports.schema.json");
        let schema =
            serde_json::to_string_pretty(&schemars::schema_for!(ImportsFile)).unwrap() + "\n";
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        if published != schema && std::env::var_os("WATSHOP_WRITE_SCHEMA").is_some() {
            std::fs::write(&path, &schema).unwrap();
            return;
        }
        assert!(
            published == schema,
            "WATSHOP_WRITE_SCHEMA=1 cargo test -p watshop-protocol writes it anew"
        );
    }

    #[test]
    fn what_may_be_left_out_is_left_out() {
        let text = r#"{"schema": 1, "provisions": [
            {"module": "env", "name": "print", "provider": {"provide": "log", "template": "{0}\n"}},
            {"module": "env", "name": "memory", "provider": {"provide": "memory", "minimum": 1}}
        ]}"#;
        let file: ImportsFile = serde_json::from_str(text).unwrap();
        let again = serde_json::to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<ImportsFile>(&again).unwrap(), file);
        let unknown = text.replace("template", "templates");
        assert!(
            serde_json::from_str::<ImportsFile>(&unknown).is_err(),
            "a word that is misspelt is told"
        );
    }

    #[test]
    fn a_file_that_is_none_says_what_is_wrong_with_it() {
        for (text, words) in [
            ("{", "the JSON ends too soon"),
            (r#"{"schema": 2, "unheard": 1}"#, "newer Watshop"),
            (
                r#"{"schema": 1, "provisions": [{"module": "a", "name": "b", "provider": {"provide": "magic"}}]}"#,
                "magic",
            ),
            (
                r#"{"schema": 1, "provisions": [
                    {"module": "a", "name": "b", "provider": {"provide": "value"}},
                    {"module": "a", "name": "b", "provider": {"provide": "value"}}]}"#,
                "`a.b` is provided twice",
            ),
        ] {
            let error = ImportsFile::read("x.imports.json", text.as_bytes()).unwrap_err();
            assert_eq!(error.code, ErrorCode::ImportsFile);
            assert!(error.message.contains(words), "{}", error.message);
        }
    }

    #[test]
    fn what_is_wrong_with_a_file_is_a_sentence_with_its_place() {
        let said = |text: &str| ImportsFile::read("a.json", text.as_bytes()).unwrap_err().message;
        let provision = |provider: &str| {
            said(&format!(
                r#"{{"schema": 1, "provisions": [{{"module": "m", "name": "n", "provider": {provider}}}]}}"#
            ))
        };
        for (message, words) in [
            (said("{"), "the JSON ends too soon, at line 1, column 1"),
            (said("imports"), "it is not JSON at line 1, column 1"),
            (said(r#"{"schema": "one"}"#), "instead of a whole number"),
            (provision("{}"), "the field `provide` is missing"),
            (provision(r#"{"provide": "fly"}"#), "`fly`"),
        ] {
            assert!(message.contains(words), "{message}");
            assert!(message.starts_with("`a.json` is not an import object: "), "{message}");
        }
    }
}
