//! A person's templates as format strings of a language.

use watshop_protocol::page::ValueType;
use watshop_protocol::template::{ArgumentForm, Template, TemplatePart};

/// The pieces of a template: text, and arguments with the form in which they are printed.
pub fn parts(template: &str, params: &[ValueType]) -> Vec<TemplatePart> {
    Template::parse(template, params).map(|template| template.parts).unwrap_or_default()
}

/// A format string with braces, as Rust and Python write it, and the expression for each of its
/// arguments.
pub fn braces(
    template: &str,
    params: &[ValueType],
    argument: impl Fn(usize, ValueType, ArgumentForm) -> String,
) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut arguments = Vec::new();
    for part in parts(template, params) {
        match part {
            TemplatePart::Text(plain) => {
                text.push_str(&plain.replace('{', "{{").replace('}', "}}"));
            }
            TemplatePart::Argument { index, form } => {
                let kind = params.get(index).copied().unwrap_or(ValueType::I32);
                match form {
                    ArgumentForm::Typed => text.push_str(&format!("{} {{}}", kind.name())),
                    ArgumentForm::Hexadecimal => text.push_str("{:#x}"),
                    ArgumentForm::Binary => text.push_str("{:#b}"),
                    ArgumentForm::Plain if kind == ValueType::V128 => text.push_str("{:#034x}"),
                    ArgumentForm::Plain | ArgumentForm::Unsigned | ArgumentForm::Character => {
                        text.push_str("{}");
                    }
                }
                arguments.push(argument(index, kind, form));
            }
        }
    }
    (text, arguments)
}
