//! Sentences that another language can translate: a pattern with facts, and the English text.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::ops::Deref;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::shown;

/// A sentence, or a part of one. `say!` makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Sentence {
    /// The text in English. Long names in it are shortened.
    pub text: String,
    /// The pattern and the facts that the text is made of.
    pub wording: Wording,
}

/// A pattern with its facts. A page in another language translates the pattern.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wording {
    /// The English sentence with a place, such as `{name}`, for each fact. It is the key of the
    /// translation. Every pattern is listed in `ui/src/words/core.json`.
    pub pattern: Cow<'static, str>,
    /// The facts by the names of their places.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[ts(as = "Option<Vec<(String, Fact)>>", optional)]
    pub facts: Vec<(Cow<'static, str>, Fact)>,
}

/// The wordings of an error or a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Wordings {
    /// That of its message.
    pub message: Wording,
    /// That of its help.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub help: Option<Wording>,
}

/// A fact in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(untagged)]
pub enum Fact {
    /// A name, a number, or the words of another program. No language translates it.
    Text(String),
    /// A sentence, which is translated too.
    Wording(Wording),
}

impl Sentence {
    /// A sentence of a pattern and its facts. Names between backticks are shortened if they are long.
    pub fn new(pattern: &'static str, facts: Vec<(&'static str, Fact)>) -> Self {
        let facts = facts.into_iter().map(|(name, fact)| (name.into(), fact)).collect();
        let mut wording = Wording { pattern: pattern.into(), facts };
        let text = wording.text();
        let short = shown::sentence(text.clone());
        if short != text {
            wording.facts =
                wording.facts.into_iter().map(|(name, fact)| (name, fact.short())).collect();
        }
        Self { text: short, wording }
    }

    /// A sentence without facts, such as one of a table. `pattern!` marks it for translators.
    pub fn plain(pattern: &'static str) -> Self {
        Self::new(pattern, Vec::new())
    }

    /// Several parts as a list: `a, b, c`.
    pub fn list(parts: impl IntoIterator<Item = Self>) -> Self {
        Self::with_between(parts, ", ")
    }

    /// Whole sentences, one after another.
    pub fn joined(sentences: impl IntoIterator<Item = Self>) -> Self {
        Self::with_between(sentences, " ")
    }

    /// Parts with the same sign between them: `{0}, {1}, {2}`. Such a pattern has no words, and a
    /// long list is no deeper than a short one.
    fn with_between(parts: impl IntoIterator<Item = Self>, sign: &str) -> Self {
        let (mut text, mut pattern, mut facts) = (String::new(), String::new(), Vec::new());
        for (number, part) in parts.into_iter().enumerate() {
            if number > 0 {
                text.push_str(sign);
                pattern.push_str(sign);
            }
            text.push_str(&part.text);
            pattern.push_str(&format!("{{{number}}}"));
            facts.push((number.to_string().into(), Fact::Wording(part.wording)));
        }
        Self { text, wording: Wording { pattern: pattern.into(), facts } }
    }

    /// A sentence that was sent as its text and its pattern. Without a pattern it is the words of
    /// another program.
    pub fn again(text: &str, wording: Option<&Wording>) -> Self {
        match wording {
            Some(wording) => Self { text: text.to_owned(), wording: wording.clone() },
            None => Self::quoted(text.to_owned()),
        }
    }

    /// Words that no language translates, such as a value. They are not shortened.
    pub fn quoted(text: String) -> Self {
        let facts = vec![("words".into(), Fact::Text(text.clone()))];
        Self { text, wording: Wording { pattern: "{words}".into(), facts } }
    }
}

impl Wording {
    /// The English text.
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut rest = &*self.pattern;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            rest = &rest[at..];
            // A brace of the sentence itself is doubled.
            if rest.starts_with("{{") || rest.starts_with("}}") {
                out.push_str(&rest[..1]);
                rest = &rest[2..];
                continue;
            }
            let Some((name, after)) = rest[1..].split_once('}') else { break };
            let (capital, name) = (name.starts_with('^'), name.trim_start_matches('^'));
            let fact = match self.facts.iter().find(|(own, _)| own == name) {
                Some((_, Fact::Text(text))) => text.clone(),
                Some((_, Fact::Wording(wording))) => wording.text(),
                None => String::new(),
            };
            let mut letters = fact.chars();
            match letters.next().filter(|_| capital) {
                Some(first) => {
                    out.extend(first.to_uppercase());
                    out.push_str(letters.as_str());
                }
                None => out.push_str(&fact),
            }
            rest = after;
        }
        out + rest
    }
}

impl Fact {
    /// The fact with a bound on its length.
    fn short(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(shown::shown(&text)),
            Self::Wording(Wording { pattern, facts }) => Self::Wording(Wording {
                pattern,
                facts: facts.into_iter().map(|(name, fact)| (name, fact.short())).collect(),
            }),
        }
    }
}

impl Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Deref for Sentence {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq<str> for Sentence {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for Sentence {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

impl PartialEq<String> for Sentence {
    fn eq(&self, other: &String) -> bool {
        self.text == *other
    }
}

impl From<Sentence> for String {
    fn from(sentence: Sentence) -> Self {
        sentence.text
    }
}

impl std::error::Error for Sentence {}

/// Marks a pattern without facts that stands in a table, so that it is listed for translators.
#[macro_export]
macro_rules! pattern {
    ($pattern:literal) => {
        $pattern
    };
}

/// A value that `say!` makes a fact of. A sentence becomes one by [`AsSentence`], which the compiler
/// finds first, and another value by [`AsText`].
pub struct Saying<'a, T: ?Sized>(pub &'a T);

/// The fact of a sentence.
pub trait AsSentence {
    /// Returns it.
    fn fact(&self) -> Fact;
}

/// The fact of another value.
pub trait AsText {
    /// Returns it.
    fn fact(&self) -> Fact;
}

impl AsSentence for Saying<'_, Sentence> {
    fn fact(&self) -> Fact {
        Fact::Wording(self.0.wording.clone())
    }
}

impl AsSentence for Saying<'_, &Sentence> {
    fn fact(&self) -> Fact {
        Fact::Wording(self.0.wording.clone())
    }
}

impl<T: Display + ?Sized> AsText for &Saying<'_, T> {
    fn fact(&self) -> Fact {
        Fact::Text(self.0.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say;

    #[test]
    fn a_sentence_has_its_text_its_pattern_and_its_facts() {
        let (name, count) = ("f", 3);
        let said = say!("`{name}` has {count} parameters, and {} were given.", 1 + 1);
        assert_eq!(said, "`f` has 3 parameters, and 2 were given.");
        assert_eq!(said.wording.pattern, "`{name}` has {count} parameters, and {0} were given.");
        let texts: Vec<_> = said.wording.facts.iter().map(|(name, _)| &**name).collect();
        assert_eq!(texts, ["name", "count", "0"]);
    }

    #[test]
    fn a_sentence_in_a_sentence_stays_one() {
        let inner = say!("a memory of {} pages", 2);
        let outer = say!("The module asks for {inner}.");
        assert_eq!(outer, "The module asks for a memory of 2 pages.");
        assert_eq!(outer.wording.facts, [("inner".into(), Fact::Wording(inner.wording.clone()))]);
        let borrowed = &inner;
        assert_eq!(
            say!("The module asks for {borrowed}.").wording.facts[0].1,
            Fact::Wording(inner.wording)
        );
    }

    #[test]
    fn a_fact_at_the_beginning_has_a_capital_letter_if_the_pattern_says_so() {
        let why = say!("its code is for {}", "another CPU");
        assert_eq!(say!("{^why}."), "Its code is for another CPU.");
        assert_eq!(say!("{^why}.").wording.pattern, "{^why}.");
    }

    #[test]
    fn a_list_is_no_deeper_than_its_parts() {
        let parts = || (0..3).map(|n| say!("`f{n}`"));
        assert_eq!(Sentence::list(parts()), "`f0`, `f1`, `f2`");
        assert_eq!(Sentence::joined(parts()).wording.pattern, "{0} {1} {2}");
        let many = Sentence::list((0..1000).map(|n| say!("`f{n}`")));
        let json = serde_json::to_string(&many).unwrap();
        assert_eq!(serde_json::from_str::<Sentence>(&json).unwrap(), many);
        assert_eq!(many.wording.text(), many.text);
    }

    #[test]
    fn a_form_makes_text() {
        assert_eq!(say!("at {:#x}: {:?}", 255, "a"), "at 0xff: \"a\"");
    }

    #[test]
    fn long_names_are_short_in_the_text_and_in_the_facts() {
        let long = "x".repeat(40_000);
        let said = say!("There is no `{long}`.");
        assert!(said.len() < 300 && said.ends_with("… (40000 characters)`."), "{said}");
        assert_eq!(said.wording.text(), said.text);
    }

    #[test]
    fn a_brace_of_the_sentence_is_no_place() {
        let place = "x";
        assert_eq!(say!("Write `{{{place}}}` for a `{{`."), "Write `{x}` for a `{`.");
    }
}
