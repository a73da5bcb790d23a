use super::{Init, Provider, Provides};
use crate::bounds::{MOST_ELEMENTS, MOST_PAGES};
use crate::page::{ExternType, ValueType};
use crate::template::Template;
use crate::value::{self, Bits};
use crate::{Sentence, say};

/// The most bytes of an import's JavaScript.
const LARGEST_SOURCE: usize = 256 << 10;

impl Provider {
    /// Checks that it can provide an import of this type. The check needs neither the module of an
    /// export nor a JavaScript engine, so it says nothing about these.
    ///
    /// # Errors
    ///
    /// A sentence with the reason against it.
    pub fn fits(&self, import: &ExternType) -> Result<(), Sentence> {
        match (self.describe().provides, import) {
            (Provides::Anything, _) => Ok(()),
            (Provides::Functions, ExternType::Function { params, results }) => {
                self.fits_function(params, results)
            }
            (Provides::Functions, other) => {
                Err(say!("The module asks for a {other}, not for a function."))
            }
            (Provides::Memories, ExternType::Memory { .. })
            | (Provides::Tables, ExternType::Table { .. })
            | (Provides::Globals, ExternType::Global { .. })
            | (Provides::Tags, ExternType::Tag { .. }) => self.fits_external(import),
            (Provides::Memories | Provides::Tables | Provides::Globals | Provides::Tags, other) => {
                Err(say!("The module asks for a {other}."))
            }
        }
    }

    /// Checks a memory, a table, a global or a tag for an import of that kind.
    fn fits_external(&self, import: &ExternType) -> Result<(), Sentence> {
        match self {
            Self::Memory { minimum, maximum, shared, init } => {
                check_limits(*minimum, *maximum, MOST_PAGES, &say!("pages"))?;
                if *shared && maximum.is_none() {
                    return Err(say!("A shared memory needs a maximum."));
                }
                fits_limits(import, &self.extern_type(import))?;
                Init::all(init, u64::from(*minimum) << 16).map(drop)
            }
            Self::Table { minimum, maximum } => {
                check_limits(*minimum, *maximum, MOST_ELEMENTS, &say!("elements"))?;
                fits_limits(import, &self.extern_type(import))
            }
            Self::Global { value } => match import {
                ExternType::Global { value: kind, .. } => constant(*kind, value).map(drop),
                _ => Ok(()),
            },
            Self::Tag {}
            | Self::ExportOf { .. }
            | Self::Value { .. }
            | Self::Log { .. }
            | Self::ReadString { .. }
            | Self::Counter { .. }
            | Self::Clock { .. }
            | Self::Random { .. }
            | Self::Exit { .. }
            | Self::Trap { .. }
            | Self::JavaScript { .. } => Ok(()),
        }
    }

    /// The type of the external that is made for an import: the import's own, with the sizes given
    /// here.
    pub fn extern_type(&self, import: &ExternType) -> ExternType {
        match (self, import) {
            (
                Self::Memory { minimum, maximum, shared, .. },
                ExternType::Memory { memory64, .. },
            ) => ExternType::Memory {
                minimum: (*minimum).into(),
                maximum: maximum.map(u64::from),
                shared: *shared,
                memory64: *memory64,
            },
            (Self::Table { minimum, maximum }, ExternType::Table { element, .. }) => {
                ExternType::Table {
                    element: *element,
                    minimum: (*minimum).into(),
                    maximum: maximum.map(u64::from),
                }
            }
            _ => import.clone(),
        }
    }

    fn fits_function(&self, params: &[ValueType], results: &[ValueType]) -> Result<(), Sentence> {
        match self {
            Self::Value { results: values } => fits_results(values, results),
            Self::Log { template, results: values, .. } => {
                Template::parse(template, params)?;
                fits_results(values, results)
            }
            Self::ReadString { pointer, length, results: values, .. } => {
                is_integer(*pointer, params, &say!("the address"))?;
                length.map_or(Ok(()), |length| is_integer(length, params, &say!("the length")))?;
                fits_results(values, results)
            }
            Self::Counter { start, step } => {
                let kind = number(results)?;
                constant(kind, start).and(constant(kind, step)).map(drop)
            }
            Self::Clock { .. } => number(results).map(drop),
            Self::Random { .. } if results.is_empty() => Err(no_result()),
            Self::Random { seed } => constant(ValueType::I64, seed).map(drop),
            Self::Exit { parameter, .. } => parameter
                .map_or(Ok(()), |parameter| is_integer(parameter, params, &say!("the code"))),
            Self::Trap { message } => Template::parse(message, params).map(drop),
            Self::JavaScript { source } if source.trim().is_empty() => Err(say!(
                "There is no JavaScript yet; write a function, such as `(x, y) => x + y`."
            )),
            Self::JavaScript { source } if source.len() > LARGEST_SOURCE => {
                Err(say!("The JavaScript is longer than {LARGEST_SOURCE} bytes."))
            }
            Self::JavaScript { .. }
            | Self::ExportOf { .. }
            | Self::Memory { .. }
            | Self::Table { .. }
            | Self::Global { .. }
            | Self::Tag {} => Ok(()),
        }
    }
}

fn no_result() -> Sentence {
    say!("The function returns nothing, so it needs no number.")
}

/// Returns true if an export of one type can be given to an import of another (specification 4.5.3,
/// matching).
pub fn satisfies(import: &ExternType, export: &ExternType) -> bool {
    match (import, export) {
        (ExternType::Memory { memory64: a, .. }, ExternType::Memory { memory64: b, .. }) => {
            a == b && fits_limits(import, export).is_ok()
        }
        (ExternType::Table { element: a, .. }, ExternType::Table { element: b, .. }) => {
            a == b && fits_limits(import, export).is_ok()
        }
        _ => import == export,
    }
}

/// Returns true if an export of one declared type may satisfy an import of another when its
/// instance exists: a start function may make a memory or a table larger, up to its maximum.
pub fn may_satisfy(import: &ExternType, export: &ExternType) -> bool {
    let wanted = limits(import).map_or(0, |limits| limits.minimum);
    let mut grown = export.clone();
    if let ExternType::Memory { minimum, maximum, .. }
    | ExternType::Table { minimum, maximum, .. } = &mut grown
    {
        *minimum = (*minimum).max(maximum.map_or(wanted, |most| wanted.min(most)));
    }
    satisfies(import, &grown)
}

/// Reads a value that can be given before there is an instance. The only such reference is null.
///
/// # Errors
///
/// A sentence with the reason.
pub fn constant(kind: ValueType, text: &str) -> Result<Bits, Sentence> {
    let bits = value::parse(kind, text).map_err(|error| {
        let error = error.sentence();
        say!("{error}.")
    })?;
    match bits {
        Bits::FuncRef(Some(_)) | Bits::ExternRef(Some(_)) => {
            Err(say!("Only `null` can be given here for {}.", kind.sentence()))
        }
        bits => Ok(bits),
    }
}

fn fits_results(values: &[String], results: &[ValueType]) -> Result<(), Sentence> {
    if values.is_empty() {
        return Ok(());
    }
    if values.len() != results.len() {
        return Err(say!(
            "The function has {} results, and {} are given.",
            results.len(),
            values.len()
        ));
    }
    results.iter().zip(values).try_for_each(|(kind, value)| constant(*kind, value).map(drop))
}

fn number(results: &[ValueType]) -> Result<ValueType, Sentence> {
    match results.first() {
        None => Err(no_result()),
        Some(kind @ (ValueType::I32 | ValueType::I64 | ValueType::F32 | ValueType::F64)) => {
            Ok(*kind)
        }
        Some(other) => {
            Err(say!("Its first result is {}, which is not a number.", other.sentence()))
        }
    }
}

fn is_integer(parameter: u32, params: &[ValueType], what: &Sentence) -> Result<(), Sentence> {
    match params.get(parameter as usize) {
        None => Err(say!(
            "Parameter {parameter} should be {what}, but the function has {} parameters, counted from 0.",
            params.len()
        )),
        Some(ValueType::I32 | ValueType::I64) => Ok(()),
        Some(other) => {
            Err(say!("Parameter {parameter} should be {what}, but it is {}.", other.sentence()))
        }
    }
}

fn check_limits(
    minimum: u32,
    maximum: Option<u32>,
    most: u32,
    what: &Sentence,
) -> Result<(), Sentence> {
    if maximum.is_some_and(|maximum| maximum < minimum) {
        return Err(say!("The maximum is less than the minimum."));
    }
    if minimum.max(maximum.unwrap_or(0)) > most {
        return Err(say!("The most are {most} {what}."));
    }
    Ok(())
}

fn fits_limits(import: &ExternType, given: &ExternType) -> Result<(), Sentence> {
    let (wanted, had) = (limits(import), limits(given));
    let (Some(wanted), Some(had)) = (wanted, had) else { return Ok(()) };
    if wanted.shared != had.shared {
        return Err(if wanted.shared {
            say!("The module asks for a shared memory.")
        } else {
            say!("The module asks for a memory that is not shared.")
        });
    }
    if had.minimum < wanted.minimum {
        return Err(say!(
            "The module asks for at least {}, and {} are given.",
            wanted.minimum,
            had.minimum
        ));
    }
    match (wanted.maximum, had.maximum) {
        (Some(most), None) => Err(say!("The module asks for a maximum of at most {most}.")),
        (Some(most), Some(given)) if given > most => {
            Err(say!("The module asks for a maximum of at most {most}, and it is {given}."))
        }
        _ => Ok(()),
    }
}

struct SizeLimits {
    minimum: u64,
    maximum: Option<u64>,
    shared: bool,
}

fn limits(of: &ExternType) -> Option<SizeLimits> {
    match of {
        ExternType::Memory { minimum, maximum, shared, .. } => {
            Some(SizeLimits { minimum: *minimum, maximum: *maximum, shared: *shared })
        }
        ExternType::Table { minimum, maximum, .. } => {
            Some(SizeLimits { minimum: *minimum, maximum: *maximum, shared: false })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValueType::{F64, I32, I64};

    fn function(params: &[ValueType], results: &[ValueType]) -> ExternType {
        ExternType::Function { params: params.to_vec().into(), results: results.to_vec().into() }
    }

    fn memory(minimum: u64, maximum: Option<u64>, shared: bool) -> ExternType {
        ExternType::Memory { minimum, maximum, shared, memory64: false }
    }

    fn provider(json: &str) -> Provider {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_provider_that_fits_is_taken_and_one_that_does_not_says_why() {
        let sum = function(&[I32, I32], &[I32]);
        let fits = [
            (&sum, r#"{"provide": "value"}"#),
            (&sum, r#"{"provide": "value", "results": ["0x10"]}"#),
            (&sum, r#"{"provide": "log", "template": "{0} {1}", "results": ["1"]}"#),
            (&sum, r#"{"provide": "read_string", "pointer": 0, "length": 1}"#),
            (&sum, r#"{"provide": "counter", "start": "1", "step": "-1"}"#),
            (&sum, r#"{"provide": "random", "seed": "18446744073709551615"}"#),
            (&sum, r#"{"provide": "exit", "code": 0, "parameter": 1}"#),
            (&sum, r#"{"provide": "javascript", "source": "(x, y) => x + y"}"#),
            (&memory(1, Some(4), false), r#"{"provide": "memory", "minimum": 2, "maximum": 4}"#),
        ];
        for (import, json) in fits {
            assert_eq!(provider(json).fits(import), Ok(()), "{json}");
        }
        let none = function(&[F64], &[]);
        let unfit = [
            (&sum, r#"{"provide": "value", "results": ["1", "2"]}"#, "has 1 results"),
            (&sum, r#"{"provide": "value", "results": ["1.5"]}"#, "an i32"),
            (&sum, r#"{"provide": "log", "template": "{2}"}"#, "2 arguments"),
            (&sum, r#"{"provide": "read_string", "pointer": 2}"#, "the function has 2"),
            (&none, r#"{"provide": "exit", "code": 0, "parameter": 0}"#, "an f64"),
            (&none, r#"{"provide": "counter", "start": "1", "step": "1"}"#, "returns nothing"),
            (&none, r#"{"provide": "random", "seed": "1"}"#, "returns nothing"),
            (&sum, r#"{"provide": "javascript", "source": " "}"#, "no JavaScript"),
            (&sum, r#"{"provide": "memory", "minimum": 1}"#, "asks for a function"),
            (&memory(1, Some(4), false), r#"{"provide": "value"}"#, "not for a function"),
            (&memory(2, None, false), r#"{"provide": "memory", "minimum": 1}"#, "at least 2"),
            (&memory(1, Some(4), false), r#"{"provide": "memory", "minimum": 1}"#, "at most 4"),
            (
                &memory(1, Some(4), true),
                r#"{"provide": "memory", "minimum": 1, "maximum": 2}"#,
                "a shared",
            ),
            (
                &memory(1, None, false),
                r#"{"provide": "memory", "minimum": 1, "init": [{"at": 65535, "content": {"text": "ab"}}]}"#,
                "past the end",
            ),
        ];
        for (import, json, words) in unfit {
            let why = provider(json).fits(import).unwrap_err();
            assert!(why.contains(words), "{json}: {why}");
        }
        let reference = ExternType::Global { value: ValueType::FuncRef, mutable: false };
        assert!(provider(r#"{"provide": "global", "value": "func 1"}"#).fits(&reference).is_err());
    }

    #[test]
    fn an_export_satisfies_an_import_where_the_specification_says_so() {
        assert!(satisfies(&memory(1, None, false), &memory(2, Some(3), false)));
        assert!(!satisfies(&memory(1, Some(2), false), &memory(1, None, false)));
        assert!(!satisfies(&function(&[I32], &[]), &function(&[I64], &[])));
        let grows = |minimum, maximum| {
            may_satisfy(&memory(3, Some(5), false), &memory(minimum, maximum, false))
        };
        assert!(grows(1, Some(5)) && grows(4, Some(4)) && grows(1, Some(3)));
        assert!(!grows(1, Some(2)) && !grows(1, None) && !grows(1, Some(6)));
        let global = |mutable| ExternType::Global { value: I32, mutable };
        assert!(
            satisfies(&global(true), &global(true)) && !satisfies(&global(true), &global(false))
        );
    }
}
