//! The description of every kind of provider, and a sample of each for an import.

use super::describe::{Control, Field, FieldOption, ProviderKind, Provides, field, option};
use super::{ClockOrigin, ClockUnit, ModuleRef, Provider};
use crate::bounds::{MOST_ELEMENTS, MOST_PAGES};
use crate::page::{ExternType, Stream, ValueType};
use crate::pattern;

const TEMPLATE: Option<&str> = Some(
    "{0} is the first argument, {*} all of them, {0:x} hexadecimal, {0:c} a character; \\n ends a line.",
);
const RESULTS: Field = field("results", "Result", Control::Results);
const STREAM: Field = field(
    "stream",
    "Writes to",
    Control::Choice {
        options: &[option("stdout", "standard output"), option("stderr", "standard error")],
    },
);
const UNITS: &[FieldOption] = &[
    option("seconds", "seconds"),
    option("milliseconds", "milliseconds"),
    option("microseconds", "microseconds"),
    option("nanoseconds", "nanoseconds"),
];
const ORIGINS: &[FieldOption] =
    &[option("unix", "since 1970 (UTC)"), option("instance", "since the instance was made")];

const fn template(name: &'static str, label: &'static str) -> Field {
    Field { name, label, control: Control::Template, help: TEMPLATE }
}

const fn function(provide: &'static str, title: &'static str, noun: &'static str) -> ProviderKind {
    ProviderKind { provide, title, noun, provides: Provides::Functions, fields: &[], about: "" }
}

impl Provider {
    /// The description of this kind of provider, for people.
    pub fn describe(&self) -> ProviderKind {
        match self {
            Self::Value { .. } => ProviderKind {
                fields: &[RESULTS],
                about: "one for each result, or none for zeros",
                ..function("value", "Return a value", pattern!("a value"))
            },
            Self::Log { .. } => ProviderKind {
                fields: const { &[template("template", "Template"), STREAM, RESULTS] },
                ..function("log", "Log the call", pattern!("a log"))
            },
            Self::ReadString { .. } => ProviderKind {
                fields: const {
                    &[
                        field("pointer", "Address", Control::Parameter { null: None }),
                        field(
                            "length",
                            "Length",
                            Control::Parameter { null: Some("up to the first NUL byte") },
                        ),
                        field("memory", "Memory", Control::Memory { null: "the first one" }),
                        field(
                            "newline",
                            "Ends with",
                            Control::Switch { on: "a line feed", off: "nothing more" },
                        ),
                        STREAM,
                        RESULTS,
                    ]
                },
                about: "parameters are counted from 0; without a `length` the text ends at NUL",
                ..function("read_string", "Read a string", pattern!("reading a string"))
            },
            Self::Counter { .. } => ProviderKind {
                fields: const {
                    &[
                        field("start", "Starts at", Control::Number),
                        field("step", "Step", Control::Number),
                    ]
                },
                about: "call n returns start + n × step",
                ..function("counter", "Counter", pattern!("a counter"))
            },
            Self::Clock { .. } => ProviderKind {
                fields: const {
                    &[
                        field("unit", "Counts", Control::Choice { options: UNITS }),
                        field("origin", "Since", Control::Choice { options: ORIGINS }),
                    ]
                },
                ..function("clock", "Clock", pattern!("a clock"))
            },
            Self::Random { .. } => ProviderKind {
                fields: const {
                    &[Field {
                        help: Some("The same numbers come in each run."),
                        ..field("seed", "Seed", Control::Seed)
                    }]
                },
                ..function("random", "Random", pattern!("random numbers"))
            },
            Self::Exit { .. } => ProviderKind {
                fields: const {
                    &[
                        field(
                            "parameter",
                            "Code from",
                            Control::Parameter { null: Some("this number") },
                        ),
                        field("code", "Code", Control::Unless { field: "parameter" }),
                    ]
                },
                about: "the call ends with the code, or with that of the parameter if one is named; it is not a trap",
                ..function("exit", "Exit early", pattern!("an exit"))
            },
            Self::Trap { .. } => ProviderKind {
                fields: const { &[template("message", "Message")] },
                about: "a template",
                ..function("trap", "Trap with a message", pattern!("a trap"))
            },
            Self::JavaScript { .. } => ProviderKind {
                fields: const { &[field("source", "JavaScript", Control::Source)] },
                ..function("javascript", "JavaScript", pattern!("JavaScript"))
            },
            Self::ExportOf { .. } => ProviderKind {
                provides: Provides::Anything,
                fields: const {
                    &[field("of", "Tab", Control::Tab), field("export", "Export", Control::Export)]
                },
                about: "`of` is `{\"file\": …}`, or `{\"tab\": …}` while it belongs to a tab",
                ..function(
                    "export_of",
                    "An export of another tab",
                    pattern!("an export of another module"),
                )
            },
            Self::Memory { .. } => ProviderKind {
                provides: Provides::Memories,
                fields: const {
                    &[
                        field(
                            "minimum",
                            "Minimum",
                            Control::Minimum { unit: "pages", largest: MOST_PAGES },
                        ),
                        field(
                            "maximum",
                            "Maximum",
                            Control::Maximum { unit: "pages", largest: MOST_PAGES },
                        ),
                        field(
                            "shared",
                            "Shared",
                            Control::Told { yes: "Shared between threads, as the import is." },
                        ),
                        field("init", "Begins with", Control::Inits),
                    ]
                },
                about: "`init` is a list of `at`, and `content` as `text`, `hex` or `base64`",
                ..function("memory", "New memory", pattern!("a memory"))
            },
            Self::Table { .. } => ProviderKind {
                provides: Provides::Tables,
                fields: const {
                    &[
                        field(
                            "minimum",
                            "Minimum",
                            Control::Minimum { unit: "elements", largest: MOST_ELEMENTS },
                        ),
                        field(
                            "maximum",
                            "Maximum",
                            Control::Maximum { unit: "elements", largest: MOST_ELEMENTS },
                        ),
                    ]
                },
                ..function("table", "New table", pattern!("a table"))
            },
            Self::Global { .. } => ProviderKind {
                provides: Provides::Globals,
                fields: const { &[field("value", "Value", Control::Value)] },
                ..function("global", "New global", pattern!("a global"))
            },
            Self::Tag {} => ProviderKind {
                provides: Provides::Tags,
                ..function("tag", "New tag", pattern!("a tag"))
            },
        }
    }

    /// One provider of every kind, in the order in which people choose them. Each has the values
    /// that a person most likely wants for this import. [`Self::fits`] decides if it fits.
    pub fn samples(import: &ExternType) -> [Self; 14] {
        let (params, results) = match import {
            ExternType::Function { params, results } => (&params[..], &results[..]),
            _ => (&[][..], &[][..]),
        };
        let length = matches!(params, [_, ValueType::I32 | ValueType::I64, ..]).then_some(1);
        let (minimum, maximum, shared) = sizes(import);
        let value = match import {
            ExternType::Global { value, .. } => value.zero(),
            _ => "0",
        };
        [
            Self::Value { results: results.iter().map(|kind| kind.zero().to_owned()).collect() },
            Self::Log {
                template: "called with ({*})\\n".to_owned(),
                stream: Stream::Stdout,
                results: Vec::new(),
            },
            Self::read_string(length),
            Self::Counter { start: "1".to_owned(), step: "1".to_owned() },
            Self::Clock { unit: ClockUnit::default(), origin: ClockOrigin::default() },
            Self::Random { seed: "1".to_owned() },
            Self::Exit { code: 0, parameter: None },
            Self::Trap { message: "called with ({*})".to_owned() },
            Self::JavaScript { source: script(params.len(), results) },
            // The export is not known here.
            Self::ExportOf { of: ModuleRef::File(String::new()), export: String::new() },
            Self::Memory { minimum, maximum, shared, init: Vec::new() },
            Self::Table { minimum, maximum },
            Self::Global { value: value.to_owned() },
            Self::Tag {},
        ]
    }

    /// The first sample that is made for the kind of the import.
    pub fn sample(import: &ExternType) -> Self {
        let provides = Provides::of(import);
        let mut samples = Self::samples(import).into_iter();
        // Every kind of import has one.
        samples.find(|sample| sample.describe().provides == provides).unwrap_or(Self::Tag {})
    }

    /// The descriptions of all kinds.
    pub fn kinds() -> [ProviderKind; 14] {
        Self::samples(&ExternType::Tag { params: Vec::new().into() })
            .map(|sample| sample.describe())
    }

    /// A provider that reads the text at the address in the first parameter.
    pub fn read_string(length: Option<u32>) -> Self {
        Self::ReadString {
            pointer: 0,
            length,
            memory: None,
            newline: true,
            stream: Stream::Stdout,
            results: Vec::new(),
        }
    }
}

/// The sizes that an import asks for. A shared memory needs a maximum.
fn sizes(import: &ExternType) -> (u32, Option<u32>, bool) {
    let small = |size: u64, most: u32| u32::try_from(size).unwrap_or(most);
    match import {
        ExternType::Memory { minimum, maximum, shared, .. } => {
            let maximum = maximum.map(|pages| small(pages, MOST_PAGES));
            (small(*minimum, MOST_PAGES), maximum.or(shared.then_some(MOST_PAGES)), *shared)
        }
        ExternType::Table { minimum, maximum, .. } => (
            small(*minimum, MOST_ELEMENTS),
            maximum.map(|elements| small(elements, MOST_ELEMENTS)),
            false,
        ),
        ExternType::Function { .. } | ExternType::Global { .. } | ExternType::Tag { .. } => {
            (0, None, false)
        }
    }
}

/// A function in JavaScript that returns zeros.
fn script(params: usize, results: &[ValueType]) -> String {
    let parameter = |index: usize| match index {
        0 => "x".to_owned(),
        1 => "y".to_owned(),
        2 => "z".to_owned(),
        index => format!("p{index}"),
    };
    let zero = |kind: &ValueType| match kind {
        ValueType::I64 | ValueType::V128 => "0n",
        other => other.zero(),
    };
    let names: Vec<_> = (0..params).map(parameter).collect();
    let zeros: Vec<_> = results.iter().map(zero).collect();
    let result = match zeros.as_slice() {
        [] => "{}".to_owned(),
        [one] => (*one).to_owned(),
        many => format!("[{}]", many.join(", ")),
    };
    format!("({}) => {result}", names.join(", "))
}

#[cfg(test)]
#[path = "kinds_tests.rs"]
mod tests;
