//! Templates: text with places for the arguments of a host call. [`crate::page::Provider`] has the
//! rules.

use crate::value::ValueType;
use crate::{Sentence, say};

/// A template that fits the parameters it was read for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// The pieces, in order.
    pub parts: Vec<TemplatePart>,
}

/// A piece of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TemplatePart {
    /// Plain text.
    Text(String),
    /// An argument.
    Argument {
        /// The index of the argument, from 0. The function has such an argument.
        index: usize,
        /// The form in which it is printed.
        form: ArgumentForm,
    },
}

/// The form in which an argument is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentForm {
    /// The text that [`crate::value::print`] gives.
    Plain,
    /// The bits in hexadecimal, with `0x`.
    Hexadecimal,
    /// The bits in binary, with `0b`.
    Binary,
    /// An integer without a sign.
    Unsigned,
    /// The character of that number; U+FFFD if there is none.
    Character,
    /// The value with its type: `i32 7`.
    Typed,
}

impl Template {
    /// Reads a template for a function with these parameters.
    ///
    /// # Errors
    ///
    /// A sentence that names the place in the text.
    pub fn parse(text: &str, params: &[ValueType]) -> Result<Self, Sentence> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut next = 0;
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}', '\\']) {
            plain.push_str(&rest[..at]);
            rest = &rest[at..];
            if let Some(after) = rest.strip_prefix("{{") {
                (rest, plain) = (after, plain + "{");
            } else if let Some(after) = rest.strip_prefix("}}") {
                (rest, plain) = (after, plain + "}");
            } else if rest.starts_with('}') {
                return Err(say!(
                    "A `}}` in the template has no `{{` before it; write `}}}}` for a brace."
                ));
            } else if rest.starts_with('\\') {
                let known = [("\\n", '\n'), ("\\t", '\t'), ("\\\\", '\\')];
                let escape = known.into_iter().find_map(|(e, c)| Some((rest.strip_prefix(e)?, c)));
                let (after, letter) = escape.ok_or_else(|| {
                    say!("A `\\` in the template has no `n`, `t` or `\\` after it; write `\\\\`.")
                })?;
                plain.push(letter);
                rest = after;
            } else {
                let end = rest
                    .find('}')
                    .ok_or_else(|| say!("A `{{` in the template has no `}}` after it."))?;
                let (place, after) = (&rest[1..end], &rest[end + 1..]);
                rest = after;
                let places = places(place, params, &mut next)?;
                for (number, part) in places.into_iter().enumerate() {
                    if number > 0 {
                        plain.push_str(", ");
                    }
                    flush(&mut plain, &mut parts);
                    parts.push(part);
                }
            }
        }
        plain.push_str(rest);
        flush(&mut plain, &mut parts);
        Ok(Self { parts })
    }
}

fn flush(plain: &mut String, parts: &mut Vec<TemplatePart>) {
    if !plain.is_empty() {
        parts.push(TemplatePart::Text(std::mem::take(plain)));
    }
}

fn places(
    place: &str,
    params: &[ValueType],
    next: &mut usize,
) -> Result<Vec<TemplatePart>, Sentence> {
    let (which, how) = place.split_once(':').unwrap_or((place, ""));
    let form = match how.trim() {
        "" => ArgumentForm::Plain,
        "x" => ArgumentForm::Hexadecimal,
        "b" => ArgumentForm::Binary,
        "u" => ArgumentForm::Unsigned,
        "c" => ArgumentForm::Character,
        "?" => ArgumentForm::Typed,
        _ => return Err(say!("`{{{place}}}`: after the colon comes one of x, b, u, c and ?.")),
    };
    let indices = match which.trim() {
        "*" => 0..params.len(),
        "" => {
            let index = *next;
            *next += 1;
            index..index + 1
        }
        number => {
            let index: usize = number
                .parse()
                .map_err(|_| say!("`{{{place}}}`: write the number of an argument."))?;
            index..index.saturating_add(1)
        }
    };
    indices
        .map(|index| match params.get(index) {
            None => {
                Err(say!("`{{{place}}}`: the function has {} arguments, from 0.", params.len()))
            }
            Some(kind) if fits(form, *kind) => Ok(TemplatePart::Argument { index, form }),
            Some(kind) => {
                Err(say!("`{{{place}}}`: {} cannot be printed in this form.", kind.sentence()))
            }
        })
        .collect()
}

fn fits(form: ArgumentForm, kind: ValueType) -> bool {
    let integer = matches!(kind, ValueType::I32 | ValueType::I64);
    match form {
        ArgumentForm::Plain | ArgumentForm::Typed => true,
        ArgumentForm::Unsigned | ArgumentForm::Character => integer,
        ArgumentForm::Hexadecimal | ArgumentForm::Binary => {
            integer || matches!(kind, ValueType::F32 | ValueType::F64 | ValueType::V128)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ValueType::{F64, I32};

    fn argument(index: usize, form: ArgumentForm) -> TemplatePart {
        TemplatePart::Argument { index, form }
    }

    fn text(text: &str) -> TemplatePart {
        TemplatePart::Text(text.into())
    }

    #[test]
    fn places_escapes_and_braces_are_read_and_all_else_stays() {
        let read = Template::parse("{{a}} {0:x} {} {}\\n{*}", &[I32, F64]).unwrap();
        assert_eq!(
            read.parts,
            [
                text("{a} "),
                argument(0, ArgumentForm::Hexadecimal),
                text(" "),
                argument(0, ArgumentForm::Plain),
                text(" "),
                argument(1, ArgumentForm::Plain),
                text("\n"),
                argument(0, ArgumentForm::Plain),
                text(", "),
                argument(1, ArgumentForm::Plain),
            ]
        );
        assert_eq!(Template::parse("{*}", &[]).unwrap().parts, []);
    }

    #[test]
    fn what_cannot_be_printed_is_refused_with_the_place() {
        for (template, words) in [
            ("{2}", "has 2 arguments"),
            ("{} {} {}", "has 2 arguments"),
            ("{1:c}", "an f64 cannot"),
            ("{0:y}", "one of x, b"),
            ("{x}", "number of an argument"),
            ("{0", "no `}`"),
            ("}", "no `{`"),
            ("\\q", "has no `n`"),
        ] {
            let why = Template::parse(template, &[I32, F64]).unwrap_err();
            assert!(why.contains(words), "{template}: {why}");
        }
    }
}
