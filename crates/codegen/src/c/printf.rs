//! C string literals, and arguments of a host call as `printf` prints them.

use std::fmt::Write as _;

use watshop_protocol::page::ValueType;
use watshop_protocol::template::{ArgumentForm, TemplatePart};

use crate::format::parts;

/// A format string and its arguments.
pub fn filled(template: &str, params: &[ValueType]) -> String {
    let mut text = String::new();
    let mut arguments = String::new();
    for part in parts(template, params) {
        let (index, form) = match part {
            TemplatePart::Text(plain) => {
                text.push_str(&plain.replace('%', "%%"));
                continue;
            }
            TemplatePart::Argument { index, form } => (index, form),
        };
        let kind = params.get(index).copied().unwrap_or(ValueType::I32);
        if form == ArgumentForm::Typed {
            text.push_str(kind.name());
            text.push(' ');
        }
        let (place, argument) = argument(index, kind, form);
        text.push_str(place);
        let _ = write!(arguments, ", {argument}");
    }
    format!("{}{arguments}", quoted(&text))
}

/// The conversion of `printf` for an argument, and the expression for it. `program.c.jinja`
/// contains the functions that the expression calls.
fn argument(index: usize, kind: ValueType, form: ArgumentForm) -> (&'static str, String) {
    let field = format!("arguments->data[{index}].of.{}", kind.name());
    let bits = match kind {
        ValueType::I32 => format!("(uint32_t){field}"),
        ValueType::I64 => format!("(uint64_t){field}"),
        ValueType::F32 => format!("f32_bits({field})"),
        ValueType::F64 => format!("f64_bits({field})"),
        _ => return ("%s", format!("arguments->data[{index}].of.ref ? \"ref\" : \"null\"")),
    };
    match (form, kind) {
        (ArgumentForm::Hexadecimal, _) => ("0x%llx", format!("(unsigned long long){bits}")),
        (ArgumentForm::Binary, _) => ("%s", format!("as_binary((char[67]){{0}}, {bits})")),
        (ArgumentForm::Unsigned, _) => ("%llu", format!("(unsigned long long){bits}")),
        (ArgumentForm::Character, _) => ("%s", format!("as_utf8((char[5]){{0}}, {field})")),
        (_, ValueType::F32) => ("%.9g", format!("(double){field}")),
        (_, ValueType::F64) => ("%.17g", field),
        _ => ("%lld", format!("(long long){field}")),
    }
}

/// Text as a string literal of C. It is split between two question marks in a row, because a
/// trigraph begins with them.
pub fn quoted(text: &str) -> String {
    let octal = |letter: char| {
        let bytes = letter.to_string().into_bytes();
        bytes.iter().map(|byte| format!("\\{byte:03o}")).collect()
    };
    crate::text::quoted(text, octal).replace("??", "?\\?")
}
