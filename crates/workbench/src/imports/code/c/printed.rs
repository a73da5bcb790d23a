//! Arguments of a host call as `printf` prints them.

use std::fmt::Write as _;

use watshop_protocol::page::ValueType;
use watshop_protocol::template::{Form, Part};

use super::super::parts;
use super::quoted;

/// What `printf` has no letter for, each with how its call begins.
pub(super) const HELPERS: [(&str, &str); 4] = [
    (
        "as_binary((char",
        "
static const char* as_binary(char* to, uint64_t bits) {
  char* at = to + 66;
  do {
    *--at = (char)('0' + (bits & 1));
  } while (bits >>= 1);
  *--at = 'b';
  *--at = '0';
  return at;
}
",
    ),
    (
        "as_utf8((char",
        "
static const char* as_utf8(char* to, int64_t code) {
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) code = 0xfffd;
  char* at = to;
  if (code < 0x80) {
    *at = (char)code;
    return to;
  }
  int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
  *at++ = (char)((int[]){0xc0, 0xe0, 0xf0}[more - 1] | code >> (6 * more));
  while (more-- > 0) *at++ = (char)(0x80 | ((code >> (6 * more)) & 0x3f));
  return to;
}
",
    ),
    (
        "f32_bits(arguments",
        "
static uint32_t f32_bits(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}
",
    ),
    (
        "f64_bits(arguments",
        "
static uint64_t f64_bits(double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}
",
    ),
];

/// A format and its arguments.
pub(super) fn filled(template: &str, params: &[ValueType]) -> String {
    let mut text = String::new();
    let mut arguments = String::new();
    for part in parts(template, params) {
        let (index, form) = match part {
            Part::Text(plain) => {
                text.push_str(&plain.replace('%', "%%"));
                continue;
            }
            Part::Argument { index, form } => (index, form),
        };
        let kind = params.get(index).copied().unwrap_or(ValueType::I32);
        if form == Form::Typed {
            text.push_str(kind.name());
            text.push(' ');
        }
        let (place, argument) = argument(index, kind, form);
        text.push_str(place);
        let _ = write!(arguments, ", {argument}");
    }
    format!("{}{arguments}", quoted(&text))
}

/// How `printf` prints an argument, and the expression for it.
fn argument(index: usize, kind: ValueType, form: Form) -> (&'static str, String) {
    let field = format!("arguments->data[{index}].of.{}", kind.name());
    let bits = match kind {
        ValueType::I32 => format!("(uint32_t){field}"),
        ValueType::I64 => format!("(uint64_t){field}"),
        ValueType::F32 => format!("f32_bits({field})"),
        ValueType::F64 => format!("f64_bits({field})"),
        _ => return ("%s", format!("arguments->data[{index}].of.ref ? \"ref\" : \"null\"")),
    };
    match (form, kind) {
        (Form::Hexadecimal, _) => ("0x%llx", format!("(unsigned long long){bits}")),
        (Form::Binary, _) => ("%s", format!("as_binary((char[67]){{0}}, {bits})")),
        (Form::Unsigned, _) => ("%llu", format!("(unsigned long long){bits}")),
        (Form::Character, _) => ("%s", format!("as_utf8((char[5]){{0}}, {field})")),
        (_, ValueType::F32) => ("%.9g", format!("(double){field}")),
        (_, ValueType::F64) => ("%.17g", field),
        _ => ("%lld", format!("(long long){field}")),
    }
}
