use watshop_protocol::page::{ErrorCode, TrapKind};

/// A call of an export, as a person types it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LessonCall {
    /// The export's name.
    pub function: String,
    /// One text for each parameter, as [`watshop_protocol::value::parse`] reads it.
    pub arguments: Vec<String>,
}

/// An expected result of a lesson.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expectation {
    /// `add_one 41 -> 42`: the call gives these results, as [`watshop_protocol::value::print`]
    /// prints them.
    Results {
        /// The call.
        call: LessonCall,
        /// One text for each result.
        results: Vec<String>,
    },
    /// `trap integer_divide_by_zero: div 1 0`: the call traps in this way, and the instance stays
    /// alive.
    Trap {
        /// The kind of trap.
        kind: TrapKind,
        /// The call.
        call: LessonCall,
    },
    /// `error missing_imports`: the run ends with this error. If a call follows behind a colon,
    /// that call ends with it.
    Error {
        /// The code of the error.
        code: ErrorCode,
        /// The call, if the run itself succeeds.
        call: Option<LessonCall>,
    },
    /// `stdout: Hello\n`: the whole standard output of the program. It is written with `\n`, `\t`
    /// and `\\`.
    Stdout(String),
}

/// Reads the text behind `expect:`.
pub(super) fn parse(text: &str) -> Result<Expectation, String> {
    if let Some(output) = text.strip_prefix("stdout:") {
        return unescape(output.strip_prefix(' ').unwrap_or(output)).map(Expectation::Stdout);
    }
    if let Some(rest) = text.strip_prefix("trap ") {
        let (name, words) =
            rest.split_once(':').ok_or("a trap is `trap KIND: function arguments`")?;
        let kind = super::trap(name.trim())
            .ok_or_else(|| format!("there is no trap `{}`", name.trim()))?;
        return Ok(Expectation::Trap { kind, call: call(words)? });
    }
    if let Some(rest) = text.strip_prefix("error ") {
        let (name, words) = match rest.split_once(':') {
            Some((name, words)) => (name, Some(words)),
            None => (rest, None),
        };
        let code = super::code(name.trim())
            .ok_or_else(|| format!("there is no error `{}`", name.trim()))?;
        return Ok(Expectation::Error { code, call: words.map(call).transpose()? });
    }
    let (words, results) =
        text.split_once("->").ok_or("an expectation is `function arguments -> results`")?;
    Ok(Expectation::Results {
        call: call(words)?,
        results: results.split_whitespace().map(str::to_owned).collect(),
    })
}

fn call(words: &str) -> Result<LessonCall, String> {
    let mut words = words.split_whitespace().map(str::to_owned);
    let function = words.next().ok_or("the name of a function is missing")?;
    Ok(LessonCall { function, arguments: words.collect() })
}

fn unescape(text: &str) -> Result<String, String> {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        plain.push(match c {
            '\\' => match characters.next() {
                Some('n') => '\n',
                Some('t') => '\t',
                Some('\\') => '\\',
                _ => return Err("after `\\` comes n, t or `\\`".into()),
            },
            c => c,
        });
    }
    Ok(plain)
}
