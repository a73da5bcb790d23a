//! Names as people see them: short, with the length of a long one.

use crate::bounds::{MOST_LIST_BYTES, MOST_NAME, MOST_ROWS, MOST_SENTENCE};

/// A name where it is shown. A long one has its first characters, and its length.
pub fn shown(name: &str) -> String {
    shorter(name).unwrap_or_else(|| name.to_owned())
}

/// The short form of a name; `None` if the name is short.
fn shorter(name: &str) -> Option<String> {
    const MOST: usize = MOST_NAME as usize;
    if name.len() <= MOST {
        return None;
    }
    let (end, _) = name.char_indices().nth(MOST)?;
    let (count, kept) = (name.chars().count(), name.char_indices().nth(MOST / 2));
    let kept = kept.map_or(end, |(at, _)| at);
    Some(format!("{}… ({count} characters)", &name[..kept]))
}

/// A sentence in which each quoted name is short. A sentence that is too long even then is cut.
pub fn sentence(text: String) -> String {
    if text.len() <= MOST_NAME as usize {
        return text;
    }
    let mut short = String::new();
    for (at, piece) in text.split('`').enumerate() {
        if at > 0 {
            short.push('`');
        }
        // Every other piece stands between two quotes.
        match shorter(piece).filter(|_| at % 2 == 1) {
            Some(name) => short.push_str(&name),
            None => short.push_str(piece),
        }
    }
    if short.len() > MOST_SENTENCE as usize {
        short.truncate(short.floor_char_boundary(MOST_SENTENCE as usize));
        short.push('…');
    }
    short
}

/// The first names of a list, as many as a message may have.
pub fn bounded_names(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut bytes = 0;
    names
        .take(MOST_ROWS as usize)
        .take_while(|name| {
            let room = bytes < MOST_LIST_BYTES as usize;
            bytes += name.len();
            room
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_short_where_it_is_shown_and_says_how_long_it_is() {
        assert_eq!(shown("memory"), "memory");
        let all: String = "aé€😀".chars().cycle().take(MOST_NAME as usize).collect();
        assert_eq!(shown(&all), all);
        let long = "é".repeat(40_000);
        assert_eq!(shown(&long), format!("{}… (40000 characters)", "é".repeat(100)));
    }

    #[test]
    fn a_long_name_in_a_sentence_is_short_and_the_sentence_has_a_bound() {
        let name = "x".repeat(40_000);
        let text = format!("`f` calls `{name}`, which is not a function.");
        let short = sentence(text);
        assert!(short.starts_with("`f` calls `xxx") && short.len() < 300, "{short}");
        assert!(short.ends_with("… (40000 characters)`, which is not a function."), "{short}");
        let words = "and ".repeat(10_000);
        assert_eq!(sentence(words).chars().count(), MOST_SENTENCE as usize + 1);
    }

    #[test]
    fn names_in_a_list_have_a_bound() {
        let names = |count: usize, letters: usize| (0..count).map(move |_| "x".repeat(letters));
        assert_eq!(bounded_names(names(5000, 1)).len(), MOST_ROWS as usize);
        assert_eq!(bounded_names(names(20, 100_000)).len(), 3);
    }
}
