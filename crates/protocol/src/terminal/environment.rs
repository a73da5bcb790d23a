//! Environment variables as a command line names them.

use crate::page::EnvironmentVariable;

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
}
