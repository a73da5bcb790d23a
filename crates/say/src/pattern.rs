//! Patterns: text with places, as `format!` has them.

/// A pattern whose places have names or numbers.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    /// The text. Each place is `{name}` or `{0}`, without its form. A brace is doubled.
    pub text: String,
    /// The places, each once, in the order of the text.
    pub places: Vec<Place>,
}

/// A place of a pattern.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The name of the value, or its number.
    pub name: String,
    /// The form of the value, with its colon: `:?`. It is empty for most.
    pub form: String,
}

/// Reads a pattern. Places without names get numbers.
pub(crate) fn read(text: &str) -> Result<Pattern, String> {
    let (mut out, mut places, mut next) = (String::new(), Vec::<Place>::new(), 0);
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        // A brace of the sentence itself is doubled, and stays so in the pattern.
        if rest.starts_with("{{") || rest.starts_with("}}") {
            out.push_str(&rest[..2]);
            rest = &rest[2..];
            continue;
        }
        let end = rest.find('}').filter(|_| rest.starts_with('{'));
        let end = end.ok_or("A place of the pattern is not closed.")?;
        let (name, form) = rest[1..end].split_at(rest[1..end].find(':').unwrap_or(end - 1));
        // `{^why}` begins with a capital letter.
        let (capital, name) = match name.strip_prefix('^') {
            Some(name) => ("^", name),
            None => ("", name),
        };
        let name = if name.is_empty() {
            next += 1;
            (next - 1).to_string()
        } else {
            name.to_owned()
        };
        out.push_str(&format!("{{{capital}{name}}}"));
        match places.iter().find(|place| place.name == name) {
            Some(place) if place.form != form => {
                return Err(format!("The place `{name}` has two forms."));
            }
            Some(_) => {}
            None => places.push(Place { name, form: form.to_owned() }),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    Ok(Pattern { text: out, places })
}

/// The text of a string literal as it stands in the source.
pub(crate) fn unquote(literal: &str) -> Result<String, String> {
    let inner = literal
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
        .ok_or("The first argument of say! is the literal of a pattern.")?;
    let mut out = String::new();
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.chars().next() {
            Some('n') => out.push('\n'),
            Some(same @ ('"' | '\\' | '\'')) => out.push(same),
            // A line that goes on in the next one.
            Some('\n') => {
                rest = rest.trim_start();
                continue;
            }
            _ => return Err("A pattern has no escape but \\n, \\\", \\' and \\\\.".into()),
        }
        rest = &rest[1..];
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_their_names_or_numbers_and_forms() {
        let read = read("{} of `{name}`, {:#x} and {name} of {count:>4}").expect("a pattern");
        assert_eq!(read.text, "{0} of `{name}`, {1} and {name} of {count}");
        let places: Vec<_> =
            read.places.iter().map(|one| (one.name.as_str(), one.form.as_str())).collect();
        assert_eq!(places, [("0", ""), ("name", ""), ("1", ":#x"), ("count", ":>4")]);
    }

    #[test]
    fn a_brace_is_doubled_and_is_no_place() {
        let read = read("write `{{{name}}}`").expect("a pattern");
        assert_eq!(read.text, "write `{{{name}}}`");
        assert_eq!(read.places.len(), 1);
    }

    #[test]
    fn places_that_are_not_closed_are_no_pattern() {
        for text in ["{a", "a}", "{a:?} {a}"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_literal_is_read_as_rust_reads_it() {
        assert_eq!(unquote("\"a \\\"b\\\" \\\n     c\\n\""), Ok("a \"b\" c\n".to_owned()));
        assert!(unquote("r\"a\"").is_err());
        assert!(unquote("\"\\u{41}\"").is_err());
    }
}
