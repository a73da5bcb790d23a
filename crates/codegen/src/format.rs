//! A person's templates as format strings of a language.

use watshop_protocol::page::ValueType;
use watshop_protocol::template::{Form, Part, Template};

/// The pieces of a template: text, and arguments with the form in which they are printed.
pub fn parts(template: &str, params: &[ValueType]) -> Vec<Part> {
    Template::parse(template, params).map(|template| template.parts).unwrap_or_default()
}

/// A format string with braces, as Rust and Python write it, and the expression for each of its
/// arguments.
pub fn braces(
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
