//! Environment variables as a command line names them.

use std::{fs, io};

use crate::page::EnvironmentVariable;

/// The largest file of variables, in bytes.
const LARGEST_FILE: u64 = 1 << 20;

/// Reads `NAME=VALUE`.
///
/// # Errors
///
/// The sentence about the form, if there is no name.
pub fn variable(text: &str) -> Result<EnvironmentVariable, String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => {
            Ok(EnvironmentVariable { name: name.to_owned(), value: value.to_owned() })
        }
        _ => Err(format!("`{text}` is not a variable: write NAME=VALUE")),
    }
}

/// Reads a file with a variable on each line. A line that is empty or begins with `#` is ignored.
/// Quotes have no special meaning.
///
/// # Errors
///
/// The number of the first line without a name.
pub fn variables(text: &str) -> Result<Vec<EnvironmentVariable>, String> {
    let lines = text.lines().zip(1..);
    let told = lines.filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    told.map(|(line, number)| variable(line).map_err(|why| format!("line {number}: {why}")))
        .collect()
}

/// Reads a file of variables, see [`variables`]. It is a regular file of at most 1 MiB.
///
/// # Errors
///
/// The file's name, and why it cannot be read or the number of the first line without a name.
pub fn file(name: &str) -> Result<Vec<EnvironmentVariable>, String> {
    let read = fs::metadata(name).and_then(|about| match about.is_file() {
        true if about.len() <= LARGEST_FILE => fs::read_to_string(name),
        _ => Err(io::Error::other(format!("it is no file of at most {LARGEST_FILE} bytes"))),
    });
    let read = read.map_err(|why| why.to_string()).and_then(|text| variables(&text));
    read.map_err(|why| format!("`{name}`: {why}"))
}

/// Adds variables. Each replaces one of the same name.
pub fn add(
    to: &mut Vec<EnvironmentVariable>,
    variables: impl IntoIterator<Item = EnvironmentVariable>,
) {
    for variable in variables {
        to.retain(|before| before.name != variable.name);
        to.push(variable);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_variable_on_each_line() {
        let read = variables("# where\nHOME=/home/me\n\nEMPTY=\nSUM=1+1=2\n").unwrap();
        let pairs: Vec<_> = read.iter().map(|v| (v.name.as_str(), v.value.as_str())).collect();
        assert_eq!(pairs, [("HOME", "/home/me"), ("EMPTY", ""), ("SUM", "1+1=2")]);
        for wrong in ["A=1\nno variable", "A=1\n=1"] {
            assert!(variables(wrong).unwrap_err().starts_with("line 2: "), "{wrong}");
        }
    }

    #[test]
    fn a_variable_replaces_one_of_the_same_name() {
        let mut all = variables("A=1\nB=2").unwrap();
        add(&mut all, variables("A=3\nC=4").unwrap());
        let pairs: Vec<_> = all.iter().map(|v| (v.name.as_str(), v.value.as_str())).collect();
        assert_eq!(pairs, [("B", "2"), ("A", "3"), ("C", "4")]);
    }

    #[test]
    fn a_file_that_is_none_is_told_by_its_name() {
        for name in ["/dev/zero", "/", "/no such file"] {
            assert!(file(name).unwrap_err().starts_with(&format!("`{name}`: ")), "{name}");
        }
    }
}
