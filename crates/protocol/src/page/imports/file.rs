use serde::{Deserialize, Serialize};

use super::Provision;

/// The version of the form of `.imports.json` that this code writes and reads.
pub const IMPORTS_SCHEMA: u32 = 1;

/// What stands in an `.imports.json`. `docs/imports.schema.json` is made from this type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ImportsFile {
    /// [`IMPORTS_SCHEMA`] of whoever wrote it.
    pub schema: u32,
    /// Each import once.
    pub provisions: Vec<Provision>,
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_published_schema_is_that_of_the_types() {
        let package = std::env::var("CARGO_MANIFEST_DIR").unwrap();
        let path = Path::new(&package).join("../../docs/imports.schema.json");
        let schema = serde_json::to_string_pretty(&schemars::schema_for!(ImportsFile)).unwrap() + "\n";
        let published = std::fs::read_to_string(&path).unwrap_or_default();
        if published != schema && std::env::var_os("WATSHOP_WRITE_SCHEMA").is_some() {
            std::fs::write(&path, &schema).unwrap();
            return;
        }
        assert!(published == schema, "WATSHOP_WRITE_SCHEMA=1 cargo test -p watshop-protocol writes it anew");
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
        assert!(serde_json::from_str::<ImportsFile>(&unknown).is_err(), "a word that is misspelt is told");
    }
}
