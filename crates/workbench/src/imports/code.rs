//! An import object as a program in another language.

use std::path::Path;
use std::sync::Arc;

use watshop_protocol::page::{CodeLanguage, ExternType, ImportsCode, Provider, Stream, ValueType};
use watshop_protocol::template::{Form, Part, Template};
use watshop_protocol::wasi;

use super::Imports;
use crate::tabs::Tab;

mod c;
mod javascript;
mod python;
mod rust;

/// Names of an import that the programs, or their languages, have a use for.
const TAKEN: [&str; 2] = ["_", "import_object"];

/// What a program is made from.
struct Plan {
    /// The module's file.
    file: String,
    /// The same in a comment: of one line, whatever the tab is called.
    title: String,
    /// What it imports, in its order.
    items: Vec<Item>,
}

/// One import and what the tab gives.
struct Item {
    module: String,
    name: String,
    kind: ExternType,
    provider: Option<Provider>,
    /// A name in the program: `env_sum`, which no other item has.
    variable: String,
}

impl Item {
    /// `env.sum`, for comments and notes.
    fn title(&self) -> String {
        format!("{}.{}", self.module, self.name)
    }
}

/// The results of a function that gives one number: that, and zeros in the place of the others.
fn with_zeros(
    one: String,
    results: &[ValueType],
    literal: impl Fn(ValueType, &str) -> String,
) -> Vec<String> {
    let rest = results.iter().skip(1).map(|kind| literal(*kind, "0"));
    std::iter::once(one).chain(rest).collect()
}

impl Imports {
    /// The tab's import object as a program.
    pub(crate) async fn code_imports(
        self: &Arc<Self>,
        tab: &Arc<Tab>,
        language: CodeLanguage,
    ) -> ImportsCode {
        let imports = self.imports_of(tab).await;
        let (title, object) = {
            let held = tab.held();
            (held.title.clone(), held.settings.imports.clone())
        };
        let stem = Path::new(&title).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut notes = Vec::new();
        let mut items = Vec::<Item>::new();
        for import in imports {
            let provider = object.find(&import.module, &import.name).cloned();
            if provider.is_none() {
                let who = if wasi::provides(&import) {
                    "is WASI's, which this program does not set up"
                } else {
                    "has no provider yet"
                };
                notes.push(format!("`{}.{}` {who}.", import.module, import.name));
            }
            let mut variable = name_of(&format!("{}_{}", import.module, import.name));
            while TAKEN.contains(&variable.as_str()) || items.iter().any(|item| item.variable == variable) {
                variable.push('_');
            }
            items.push(Item {
                module: import.module,
                name: import.name,
                kind: import.kind,
                provider,
                variable,
            });
        }
        let file = format!("{stem}.wasm");
        let title = file.replace(|c: char| c.is_control() || c == '\\', " ");
        let plan = Plan { file, title, items };
        let text = match language {
            CodeLanguage::JavaScript => javascript::program(&plan, &mut notes),
            CodeLanguage::Rust => rust::program(&plan, &mut notes),
            CodeLanguage::Python => python::program(&plan, &mut notes),
            CodeLanguage::C => c::program(&plan, &mut notes),
        };
        ImportsCode { text, notes }
    }
}

/// A name that is one in all of the languages, and no word of any of them.
fn name_of(text: &str) -> String {
    let clean: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if clean.starts_with(|c: char| c.is_ascii_digit()) { format!("_{clean}") } else { clean }
}

/// Text in double quotes, as C, Rust, Python and JavaScript read it alike, but for letters that cannot stand in
/// a program as they are: each language has its own way to write those.
fn quoted(text: &str, escaped: impl Fn(char) -> String) -> String {
    let mut to = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => to.push_str("\\\""),
            '\\' => to.push_str("\\\\"),
            '\n' => to.push_str("\\n"),
            '\t' => to.push_str("\\t"),
            other if is_unseen(other) => to.push_str(&escaped(other)),
            other => to.push(other),
        }
    }
    to.push('"');
    to
}

/// Control characters, and those that change the direction of what is read after them, which Rust refuses.
fn is_unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The values a function returns, as text: those that are given, or zeros.
fn returned(provider: &Provider, results: &[ValueType]) -> Vec<String> {
    match provider {
        Provider::Value { results: given }
        | Provider::Log { results: given, .. }
        | Provider::ReadString { results: given, .. }
            if !given.is_empty() =>
        {
            given.clone()
        }
        _ => results.iter().map(|kind| if is_reference(*kind) { "null" } else { "0" }.to_owned()).collect(),
    }
}

fn is_reference(kind: ValueType) -> bool {
    matches!(kind, ValueType::FuncRef | ValueType::ExternRef | ValueType::ExnRef)
}

/// The pieces of a template: text, and arguments with how they are printed.
fn parts(template: &str, params: &[ValueType]) -> Vec<Part> {
    Template::parse(template, params).map(|template| template.parts).unwrap_or_default()
}

/// A template as a format string with braces, which Rust and Python write alike, and what stands for each of its arguments.
fn braces(
    template: &str,
    params: &[ValueType],
    argument: impl Fn(usize, ValueType, Form) -> String,
) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut arguments = Vec::new();
    for part in parts(template, params) {
        match part {
            Part::Text(plain) => text.push_str(&plain.replace('{', "{{").replace('}', "}}")),
            Part::Argument { index, form } => {
                let kind = params.get(index).copied().unwrap_or(ValueType::I32);
                match form {
                    Form::Typed => text.push_str(&format!("{} {{}}", kind.name())),
                    Form::Hexadecimal => text.push_str("{:#x}"),
                    Form::Binary => text.push_str("{:#b}"),
                    Form::Plain if kind == ValueType::V128 => text.push_str("{:#034x}"),
                    Form::Plain | Form::Unsigned | Form::Character => text.push_str("{}"),
                }
                arguments.push(argument(index, kind, form));
            }
        }
    }
    (text, arguments)
}

/// What a provider is called in a note.
fn called(provider: &Provider) -> &'static str {
    match provider {
        Provider::Value { .. } => "a value",
        Provider::Log { .. } => "a log",
        Provider::ReadString { .. } => "reading a string",
        Provider::Counter { .. } => "a counter",
        Provider::Clock { .. } => "a clock",
        Provider::Random { .. } => "random numbers",
        Provider::Exit { .. } => "an exit",
        Provider::Trap { .. } => "a trap",
        Provider::JavaScript { .. } => "JavaScript",
        Provider::ExportOf { .. } => "an export of another module",
        Provider::Memory { .. } => "a memory",
        Provider::Table { .. } => "a table",
        Provider::Global { .. } => "a global",
        Provider::Tag {} => "a tag",
    }
}

fn is_error(stream: Stream) -> bool {
    stream == Stream::Stderr
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_texts_are_those_of_every_language() {
        assert_eq!(name_of("env_my-func"), "env_my_func");
        assert_eq!(name_of("1_x"), "_1_x");
        let number = |letter: char| format!("<{:x}>", u32::from(letter));
        assert_eq!(quoted("a\"b\\\n\r\u{202e}ü", number), r#""a\"b\\\n<d><202e>ü""#);
    }
}
